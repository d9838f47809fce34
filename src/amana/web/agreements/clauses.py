# SPDX-License-Identifier: EUPL-1.2
"""A text clause by clause, its languages side by side, and what it changes in the text before it, word by word.

Every article stands there, also one without wording, with the fields and forms that it allows; what is no longer in the
text stands where it was. Languages: the page's first, then those that the text has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amana.phrases.differences import differences
from amana.web.html import direction

Plain = dict[str, Any]
LANGUAGES = ("ar", "fr", "en")
HEADINGS = frozenset({"preamble", "closing"})
SAME, CHANGED, NEW, REMOVED = "same", "changed", "new", "removed"  # the vocabulary `clause_change`


def clauses_of(language: str, text: Mapping[str, Any], before: Mapping[str, Any] | None) -> list[Plain]:
    """The clauses of a text; `state` of each says what it is beside `before`, and is empty where there is nothing before."""
    after_clauses, after_articles = _worded(text), _articles(text)
    before_clauses, before_articles = (_worded(before), _articles(before)) if before is not None else ({}, {})
    languages = _languages(language, [*after_clauses.values(), *before_clauses.values()])
    here = _numbers(after_clauses, after_articles)
    shown = []
    for number in _woven(here, _numbers(before_clauses, before_articles)):
        new, old = after_clauses.get(number, {}), before_clauses.get(number, {})
        article, former = after_articles.get(number), before_articles.get(number)
        versions = [_version(code, old.get(code), new.get(code), compared=before is not None) for code in languages]
        coded = before is not None and _coded(article) != _coded(former)
        state = _state(number in here, bool(old or former), coded or any(one["changed"] for one in versions))
        shown.append(
            {
                "number": number,
                "heading": number in HEADINGS,
                "numbered": number[:1].isdecimal() or article is not None or former is not None,
                "state": state if before is not None else "",
                "article": article or former,
                "coded_changed": coded and article is not None and former is not None,
                "title": _title(language, new or old),
                "versions": [one for one in versions if one["there"]],
                "lacking": [one["code"] for one in versions if not one["there"]] if new or old else [],
                "worded": bool(new or old),
            }
        )
    return shown


def counted(clauses: Sequence[Plain]) -> list[Plain]:
    """How many clauses are new, changed, removed, unchanged; only what there is."""
    return [
        {"state": state, "count": count}
        for state in (CHANGED, NEW, REMOVED, SAME)
        if (count := sum(one["state"] == state for one in clauses))
    ]


def _state(here: bool, there: bool, changed: bool) -> str:
    if not here:
        return REMOVED
    if not there:
        return NEW
    return CHANGED if changed else SAME


def _worded(text: Mapping[str, Any]) -> dict[str, dict[str, Plain]]:
    """By number, by language; what stands there twice in one language is read one after the other."""
    worded: dict[str, dict[str, Plain]] = {}
    for clause in text["clauses"]:
        held = worded.setdefault(clause["number"], {})
        for one in clause["texts"]:
            former = held.get(one["language"])
            held[one["language"]] = one if former is None else {**former, "text": f"{former['text']}\n\n{one['title']}\n{one['text']}"}
    return worded


def _articles(text: Mapping[str, Any]) -> dict[str, Plain]:
    return {one["number"]: one for one in text["articles"]}


def _coded(article: Plain | None) -> tuple[Any, ...]:
    """What an article's own words name; empty stands for all."""
    if article is None:
        return ()
    return (() if article["all_areas"] else tuple(article["areas"]), () if article["all_forms"] else tuple(article["forms"]))


def _numbers(worded: Mapping[str, Any], articles: Mapping[str, Any]) -> list[str]:
    """Preamble, articles in their order, what else is worded, the closing."""
    coded = [number for number in articles if number not in HEADINGS]
    rest = [number for number in worded if number not in coded and number not in HEADINGS]
    first, last = (["preamble"] if "preamble" in worded else []), (["closing"] if "closing" in worded else [])
    return [*first, *coded, *rest, *last]


def _woven(here: Sequence[str], there: Sequence[str]) -> list[str]:
    """The numbers of both in one order: what is no longer here follows what it followed there."""
    woven = list(here)
    for place, number in enumerate(there):
        if number not in woven:
            former = there[place - 1] if place else ""
            woven.insert(woven.index(former) + 1 if former else 0, number)
    return woven


def _languages(language: str, clauses: Sequence[Mapping[str, Plain]]) -> list[str]:
    held = {code for clause in clauses for code in clause}
    known = [code for code in (language, *LANGUAGES) if code in held]
    return [*dict.fromkeys(known), *sorted(held - set(known))]


def _title(language: str, clause: Mapping[str, Plain]) -> str:
    """The clause's title for its line: in the page's language where there is one."""
    titles = [clause[code]["title"] for code in (language, *LANGUAGES) if code in clause and clause[code]["title"]]
    return str(titles[0]) if titles else ""


def _version(code: str, old: Plain | None, new: Plain | None, *, compared: bool) -> Plain:
    """One clause in one language: title and text, as pieces that are kept, put in or taken out."""
    shown: Plain = {"code": code, "dir": direction(code), "there": bool(old or new), "changed": False}
    for name in ("title", "text"):
        before, after = (old or {}).get(name, ""), (new or {}).get(name, "")
        pieces = differences(before if compared else after, after)
        shown[name] = [{"kind": one.kind, "text": one.text} for one in pieces]
        shown["changed"] |= compared and before != after
    return shown
