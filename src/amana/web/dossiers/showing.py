# SPDX-License-Identifier: EUPL-1.2
"""A dossier as its page needs it: head, clocks, thread, facts. Pure: plain values in, plain values out.

Total on whatever partners sent. Text of people stays text (templates escape it); sentences of ours are HTML already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from amana.phrases import About, label, sentence
from amana.phrases.labels import LABELS, of_kind
from amana.web.dossiers.acts import choice_of
from amana.web.dossiers.clocks import clocks_of
from amana.web.dossiers.entries import anchor, thread
from amana.web.dossiers.items import label_html, one_line
from amana.web.dossiers.reader import Reader, headed
from amana.web.html import html

Plain = dict[str, Any]
Shown = Mapping[str, Any]
ASKABLE = frozenset({"not_in_court", "third_party", "other_restriction", "tlp", "information_only", "other_purpose"})
NOT_UNDERSTOOD = "not_understood"
SHOWN_REFUSALS = 20


def numbers_of(shown: Shown) -> dict[str, int]:
    """The numbers of a dossier's entries by id; those that wait for an earlier one have none."""
    return {entry["id"]: entry["number"] for entry in shown["entries"] if entry.get("number")}


def page_of(reader: Reader, shown: Shown, offered: Shown) -> Plain:
    """Everything the page shows but its acts."""
    return {
        "head": head(reader, shown),
        "clocks": clocks_of(reader, shown),
        "thread": thread(reader, shown),
        "facts": facts(reader, shown, offered),
    }


def head(reader: Reader, shown: Shown) -> Plain:
    """Title, badges, whose turn, who has it."""
    turn = shown["turn_of"]
    title = one_line(shown["title"])
    return {
        "dossier": shown["dossier"],
        "reference": shown["reference"],
        "what": _what(shown),
        "incoming": shown["direction"] == "in",
        "title": title | {"language": shown["title_language"] if shown["title_language"] in ("ar", "fr", "en") else title["language"]},
        "urgent": shown["urgency"] == "urgent",
        "ordinary": shown["urgency"] == "ordinary",
        "area": headed(label(reader.language, "area", shown["area"])) if shown["area"] else "",
        "total": shown["state"].get("clock", 0),
        "stage": headed(stage_of(reader.language, shown)),
        "closed": shown["closed"],
        "ours": turn["ours"],
        "task": label_html(reader, "task", shown["task"]) if turn["ours"] and shown["task"] != "none" else "",
        "turn": turn["partners"],
        "late": turn["late"],
        "refused": _barred(reader, shown),
        "unit": shown["unit"],
        "officer": one_line(reader.posts.get(shown["officer"], shown["officer"])) if shown["officer"] else None,
        "mine": bool(shown["officer"]) and shown["officer"] == reader.account,
        "expires": shown["state"].get("expires", 0),
        "count": shown["entries_placed"],
    }


def stage_of(language: str, shown: Shown) -> Any:
    """The stage in words."""
    vocabulary = f"{shown['kind']}_stage"
    return label(language, vocabulary if shown["stage"] in LABELS.get(vocabulary, {}) else "stage", shown["stage"])


def _what(shown: Shown) -> str:
    """request, notice, or the kind as it is named."""
    if shown["opening"] in ("request", "notice"):
        return str(shown["opening"])
    known = shown["stage"] != NOT_UNDERSTOOD and shown["kind"] in LABELS["kind"] and shown["kind"] != "information_request"
    return str(shown["kind"]) if known else NOT_UNDERSTOOD


def _barred(reader: Reader, shown: Shown) -> Any:
    refused = shown["state"].get("refused", "")
    return html(sentence(reader.language, refused, {}, About.ENTRY)) if refused else ""


def facts(reader: Reader, shown: Shown, offered: Shown) -> Plain:
    """The column beside the thread."""
    return {
        "seen": [{"code": code, "count": count, "own": code == reader.own} for code, count in shown["seen_by"].items()],
        "asides": any(entry.get("aside") for entry in shown["entries"]),
        "marking": markings(reader, shown["entries"]),
        "basis": _basis(reader, shown["agreement"]),
        "refusals": [_refusal(reader, one, choice_of(offered, "permission_request")) for one in shown["refusals"][-SHOWN_REFUSALS:]],
        "refused_count": len(shown["refusals"]),
        "verified": _verified(reader, shown["verified"]),
        "translations": [_translation_asked(reader, one) for one in shown["state"].get("translations", ())],
        "permissions": [_permission(reader, one) for one in shown["state"].get("permissions", ())],
        "retention": _retention(shown["entries"]),
    }


def markings(reader: Reader, entries: Iterable[Shown]) -> Plain:
    """Every handling condition in the dossier with its sentence; of one that not all entries carry, the numbers."""
    marked = [entry for entry in entries if "marking" in entry]
    held: dict[tuple[str, Any], list[int]] = {}
    for entry in marked:
        marking = entry["marking"]
        named = [("code", code) for code in marking.get("codes", ())]
        named += [(name, marking[name]) for name in ("level", "tlp", "national", "purpose") if marking.get(name)]
        for one in named:
            held.setdefault(one, []).append(entry["number"])
    lines = [_condition(reader, name, value, numbers, len(marked)) for (name, value), numbers in held.items()]
    return {
        "codes": sorted((line for line in lines if line["name"] == "code"), key=lambda line: line["value"]),
        "others": [line for line in lines if line["name"] in ("level", "tlp", "national")],
        "purposes": [line for line in lines if line["name"] == "purpose"],
    }


def _condition(reader: Reader, name: str, value: Any, numbers: list[int], of: int) -> Plain:
    vocabulary = "handling" if name == "code" else name
    words = html(str(value)) if name == "national" else label_html(reader, vocabulary, value)
    only = reader.comma.join(str(number) for number in numbers if number) if len(numbers) < of else ""
    return {"name": name, "value": value, "words": words, "only": html(only), "count": sum(number > 0 for number in numbers)}


def _basis(reader: Reader, basis: Shown | None) -> Plain | None:
    if basis is None:
        return None
    areas = reader.comma.join(label(reader.language, "area", area) for area in basis["areas"])
    return {
        "agreement": basis["agreement"],
        "article": one_line(basis["article"]),
        "here": basis["here"],
        "title": one_line(basis["title"]),
        "areas": html(areas),
        "in_force": basis["in_force"],
        "since": basis["in_force_since"],
        "suspended_by": basis["suspended_by"],
    }


def _refusal(reader: Reader, one: Shown, askable: frozenset[str]) -> Plain:
    about = {"fold": About.ENTRY, "act": About.ACT}.get(one["origin"], About.ARRIVAL)
    by_number = {number: id for id, number in reader.numbers.items()}
    entry = one["entry"] or by_number.get(one["facts"].get("number"), "")
    return {
        "words": html(sentence(reader.language, one["code"], one["facts"], about)),
        "origin": headed(label(reader.language, "refusal_origin", one["origin"])),
        "at": one["at"],
        "number": reader.numbers.get(entry, 0),
        "anchor": anchor(entry) if entry in reader.numbers else "",
        "act": _act_refused(reader, one["action"]) if one["origin"] == "act" else "",
        "author": one["author"],
        "ask": entry if one["facts"].get("because") in ASKABLE and entry in askable else "",
    }


def _act_refused(reader: Reader, action: str) -> Any:
    """What was tried, where it has a name: an act of a dossier, or a use such as printing."""
    kind, _, type = action.rpartition(".")
    vocabulary = next((one for one in ("act", "use") if type in LABELS[one]), "")
    return headed(label(reader.language, vocabulary, of_kind(vocabulary, kind, type))) if vocabulary else ""


def _verified(reader: Reader, held: Shown | None) -> Plain | None:
    if held is None:
        return None
    failure = html(sentence(reader.language, held["failure"], {}, About.CHECK)) if held["failure"] else ""
    return {**held, "failure_words": failure}


def _translation_asked(reader: Reader, one: Shown) -> Plain:
    return {
        "number": reader.numbers.get(one["entry"], 0),
        "language": label_html(reader, "language", one["language"]),
        "asker": one["asker"],
        "ours": one["asker"] == reader.own,
        "entry": one["entry"],
    }


def _permission(reader: Reader, one: Shown) -> Plain:
    return {
        "number": reader.numbers.get(one["entry"], 0),
        "reuse": label_html(reader, "reuse", one["reuse"]),
        "asker": one["asker"],
        "originator": one["originator"],
        "granted": bool(one.get("grant")),
        "ends": one.get("ends", 0),
    }


def _retention(entries: Iterable[Shown]) -> Plain:
    """When contents are reviewed and erased: the first and the last date."""
    erase = [entry["marking"]["erase_on"] for entry in entries if entry.get("marking", {}).get("erase_on")]
    review = [entry["marking"]["review_on"] for entry in entries if entry.get("marking", {}).get("review_on")]
    return {"first": min(erase, default=0), "last": max(erase, default=0), "review": min(review, default=0)}


def proof_of(reader: Reader, kind: str, result: Shown) -> Plain:
    """A verification in words: the counts, every entry, and the first thing that does not hold."""
    first = result["first_failure"]
    return {
        **result,
        "lines": [_proof_line(reader, kind, line) for line in result["lines"]],
        "failure": None
        if first is None
        else {
            "words": html(sentence(reader.language, first["what"], {}, About.CHECK)),
            "where": first["where"],
            "expected": first["expected"],
            "got": first["got"],
        },
    }


def _proof_line(reader: Reader, kind: str, line: Shown) -> Plain:
    return {
        "number": line["number"],
        "anchor": anchor(line["entry"]),
        "id": line["entry"],
        "type": headed(label(reader.language, "entry_type", f"{kind}.{line['type']}")),
        "author": line["author"],
        "erased": line["erased"],
        "receipt": line["receipt"],
        "logs": line["logs"],
    }
