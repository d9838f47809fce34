# SPDX-License-Identifier: EUPL-1.2
"""An agreement as a page shows it: which article allows what, what one text changes in another, agencies as a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from amana.phrases import Words, isolated, label, tell
from amana.phrases.bidi import LRI, PDI
from amana.web.doors import Desk
from amana.web.html import direction, html

Plain = dict[str, Any]
CHOSEN = {"areas": "area", "forms": "form", "levels": "cooperation_level"}  # fields chosen from lists
CONDITIONS = ("clocks", "languages", "codes", "level", "categories")
DATES = ("signed_on", "in_force_on", "valid_until")


def listed(language: str, words: Iterable[str]) -> Words:
    """Several names or codes as one run of a sentence."""
    comma = "، " if language == "ar" else ", "
    return Words(comma.join(str(isolated(language, word)) for word in words))


def codes_listed(language: str, codes: Iterable[str]) -> Words:
    """The codes of agencies, each from left to right."""
    return listed(language, [Words(f"{LRI}{code}{PDI}") for code in codes])


def in_words(desk: Desk, line: Plain) -> Plain:
    """Where an agreement stands, as one sentence, and in which group of the list it is."""
    language, own, now = desk.language, desk.node.code, desk.node.clock.now()
    waiting = [code for code in line["waiting_for"] if code != own]
    ended = bool(line["ended_on"]) and line["ended_on"] <= now
    ours = own in line["waiting_for"] and not ended and not line["suspended_by"]
    group = "stopped" if ended or line["suspended_by"] else "ours" if ours else "in_force" if line["in_force"] else "awaited"
    awaits: Words | None = None
    if line["waiting_for"] and not ended and waiting:
        awaits = tell(language, "Awaiting the consent of {agencies}.", agencies=codes_listed(language, waiting))
    stopped = None
    if line["suspended_by"]:
        stopped = tell(language, "Suspended by {agencies}.", agencies=codes_listed(language, line["suspended_by"]))
    title = named(language, line)
    return {"title": title, "group": group, "awaits": awaits, "stopped": stopped, "ended": ended, "ours": ours}


def named(language: str, line: Mapping[str, Any]) -> str:
    """The title in the page's language where the text has one, else as it was opened."""
    return str(line["titles"].get(language) or line["title"])


def matrix(text: Mapping[str, Any]) -> list[Plain]:
    """A row for each area of a text: under each form the articles that allow it; an empty list: none does."""
    return [
        {
            "area": area,
            "cells": [
                {"form": form, "articles": [one["number"] for one in text["articles"] if area in one["areas"] and form in one["forms"]]}
                for form in text["forms"]
            ],
        }
        for area in text["areas"]
    ]


def sides_of(name: str, texts: Mapping[str, Mapping[str, str]], language: str) -> Plain:
    """The fields of a clause: its languages side by side, the page's first, and in which of them something is written."""
    codes = sorted(texts, key=lambda code: code != language)
    sides = [{"code": code, "dir": direction(code), **texts[code]} for code in codes]
    written = [label(language, "language", side["code"]) for side in sides if side["title"] or side["text"]]
    return {"name": name, "sides": sides, "written": bool(written), "in_languages": html(listed(language, written)) if written else ""}


def changes(language: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Plain]:
    """What a text changes in the one before it: the field, what is added and what goes, in words where it is a list."""
    if before is None:
        return []
    found: list[Plain] = []
    for field, vocabulary in CHOSEN.items():
        added = [one for one in after[field] if one not in before[field]]
        gone = [one for one in before[field] if one not in after[field]]
        if added or gone:
            found.append({"field": field, "added": _named(language, vocabulary, added), "gone": _named(language, vocabulary, gone)})
    old, new = _articles(before), _articles(after)
    added = [number for number in new if new[number] != old.get(number)]
    gone = [number for number in old if number not in new]
    if added or gone:
        found.append({"field": "articles", "added": listed(language, added), "gone": listed(language, gone)})
    found += [_plain(name) for name in CONDITIONS if before["conditions"][name] != after["conditions"][name]]
    found += [_plain(name) for name in DATES if before[name] != after[name]]
    return found


def _plain(field: str) -> Plain:
    return {"field": field, "added": "", "gone": ""}


def _named(language: str, vocabulary: str, codes: Sequence[str]) -> Words:
    return listed(language, [label(language, vocabulary, code) for code in codes])


def _articles(text: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Each article with what its own words name; empty stands for all."""
    return {
        one["number"]: (() if one["all_areas"] else tuple(one["areas"]), () if one["all_forms"] else tuple(one["forms"]))
        for one in text["articles"]
    }
