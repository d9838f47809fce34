# SPDX-License-Identifier: EUPL-1.2
"""One entry as values for a template: when, by whom, what kind, coded values, text with its translation, items, delivery.

Everything a person wrote becomes paragraphs with a direction of their own. A translation stands beside the text it
translates where both are in the dossier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amana.phrases import About, Words, day, file_size, hour, isolated, label, sentence, tell
from amana.web.printing.clauses import clause_paragraphs
from amana.web.printing.permission import conditions_of, heading_of, marking_of
from amana.web.printing.sheet import REFERENCE, Plain, Sheet, headed, paragraphs, said, value_of
from amana.web.printing.values import coded_pairs, item_marks, item_rows

Value = dict[str, Any]
TOLD_OTHERWISE = frozenset({"counts"})  # the items themselves are there
KEPT_WHOLE = 1000  # letters of an item that are kept on one page; more might not fit on any
STATIONS = ("sent", "delivered", "taken")  # of a delivery, in order


def entry_value(sheet: Sheet, entry: Plain, number: int, translations: Mapping[str, Plain]) -> Value:
    """An entry for the template."""
    language = sheet.language
    at = entry.get("made_at", entry["arrived_at"])
    value: Value = {
        "number": str(number),
        "day": day(language, at, sheet.zone),
        "hour": hour(at, sheet.zone),
        "out": entry["author"] == sheet.own,
        "direction": label(language, "direction", "outgoing" if entry["author"] == sheet.own else "incoming"),
        "author": tell(language, "from {code}", code=entry["author"]),
        "id": entry["id"],
        "refused": refusals_of(sheet, entry),
        "remarks": [],
        "officer": "",
        "type": headed(label(language, "printed", "aside")),
        "code": entry["author"],
        "slim": True,
    }
    if "kind" not in entry:
        return value
    value |= {
        "type": headed(label(language, "entry_type", f"{entry['kind']}.{entry['type']}")),
        "slim": bool(entry["automatic"]),
        "remarks": _remarks(sheet, entry),
        "coded": coded_pairs(sheet, entry, without=TOLD_OTHERWISE if entry.get("items") else ()),
        "officer": officer_of(sheet, entry),
        "attachments": [_attachment(sheet, one) for one in entry.get("attachments", ())],
        "title": said(entry["title"], entry["language"]) if entry.get("title") else None,
        "items": [item_value(sheet, place, item) for place, item in enumerate(entry.get("items", ()), 1)],
        "delivery": _delivery(sheet, entry),
        "codes": [code["code"] for code in heading_of(sheet, marking_of(entry))["codes"]],
        "conditions": conditions_of(sheet, marking_of(entry)),
    }
    return value | text_value(sheet, entry, translations.get(entry["id"]))


def text_value(sheet: Sheet, entry: Plain, translation: Plain | None) -> Value:
    """The text in its own language, and the translation beside it."""
    clauses = clause_paragraphs(entry)
    if not entry.get("text") and not clauses:
        return {"text": None, "translation": None}
    language = sheet.language
    written_text = paragraphs(entry["text"], entry["language"]) if entry["text"] else []
    original = {
        "label": "",
        "paragraphs": [*written_text, *(paragraphs("", entry["language"]) if written_text and clauses else []), *clauses],
    }
    if clauses:
        return {"text": original, "translation": None}
    if translation is not None or entry["language"] != language:
        written = label(language, "language", entry["language"]) if entry["language"] else Words("–")
        original["label"] = headed(tell(language, "original text: {language}", language=written))
    if translation is None:
        return {"text": original, "translation": None}
    kind = label(language, "translation", translation["coded"].get("kind", ""))
    into = label(language, "language", translation["language"])
    beside = {
        "label": headed(tell(language, "{kind}: {language}", kind=kind, language=into)),
        "paragraphs": paragraphs(translation["text"], translation["language"]),
    }
    return {"text": original, "translation": beside}


def translations_in(sheet: Sheet, entries: Sequence[Plain]) -> dict[str, Plain]:
    """For each entry the translation to set beside it: the last that was taken, the reader's language before others."""
    found: dict[str, Plain] = {}
    for entry in entries:
        if entry.get("type") != "translation" or not entry.get("text") or entry["refused"] or entry.get("waiting"):
            continue
        about = entry["coded"].get("entry", "")
        if about in found and found[about]["language"] == sheet.language != entry["language"]:
            continue
        found[about] = entry
    return found


def item_value(sheet: Sheet, place: int, item: Plain) -> Value:
    """One item as a row."""
    rows = item_rows(sheet, item)
    return {
        "number": str(place),
        "type": headed(label(sheet.language, "item_type", item["type"])),
        "rows": rows,
        "whole": sum(len(name) + len(value) for name, value in rows) < KEPT_WHOLE,
        **item_marks(sheet, item),
    }


def refusals_of(sheet: Sheet, entry: Plain) -> list[Words]:
    """Why an entry was refused or set aside, if it was."""
    reasons = []
    if entry["refused"] and entry["refused"] != entry["disposition"]:
        reasons.append(sentence(sheet.language, entry["refused"], {}, About.ENTRY))
    if entry["disposition"]:
        reasons.append(sentence(sheet.language, entry["disposition"], {}, About.ARRIVAL))
    return reasons


def _remarks(sheet: Sheet, entry: Plain) -> list[Words]:
    """What a reader must know before reading: not understood, an aside, destroyed content, waiting."""
    language = sheet.language
    remarks = []
    if entry["automatic"]:
        remarks.append(label(language, "printed", "automatic"))
    if not entry["understood"]:
        remarks.append(tell(language, "not understood by this version; kept, and read again after an upgrade"))
    if entry["aside"]:
        remarks.append(tell(language, "an aside, only to {audience}", audience=sheet.listed(entry["audience"])))
    if entry.get("void"):
        remarks.append(label(language, "void", entry["void"]))
    if not entry.get("readable", True):
        remarks.append(tell(language, "its content cannot be read"))
    if entry.get("waiting"):
        remarks.append(sentence(language, "waiting", {}, About.ARRIVAL))
    remarks += _history(sheet, entry)
    return remarks


def officer_of(sheet: Sheet, entry: Plain) -> Words:
    """The officer by the handle that partners see as well: an account may be made of a name, and stays off paper."""
    handle = entry.get("handle", "")
    return tell(sheet.language, "officer {handle}", handle=isolated(sheet.language, handle)) if handle else Words("")


def _history(sheet: Sheet, entry: Plain) -> list[Words]:
    """What was said of the entry afterwards: corrections, and that its originator called it back."""
    language = sheet.language
    later = [
        tell(language, "corrected by entry {number}", number=sheet.numbers[id])
        for id in entry.get("corrected_by", ())
        if id in sheet.numbers
    ]
    if recalled := entry.get("recalled"):
        reason = label(language, "recall", recalled["code"])
        later.append(
            tell(language, "called back by its originator in entry {number}: {reason}", number=sheet.numbers[recalled["by"]], reason=reason)
        )
    return later


def _attachment(sheet: Sheet, one: Plain) -> Words:
    """A file of an entry: its name, its size and the start of its fingerprint."""
    name, size = value_of(sheet.language, one["name"]), file_size(sheet.language, one["size"])
    start = f"{one['sha256'][:REFERENCE]}…"
    return tell(sheet.language, "attachment {name}, {size}, SHA-256 {hash}", name=name, size=size, hash=start)


def _delivery(sheet: Sheet, entry: Plain) -> list[Value]:
    """How far an entry of ours has come at each receiver, with the time of each station."""
    return [{"to": one["partner"], "stations": _stations(sheet, one, entry["made_at"])} for one in entry.get("delivery", ())]


def _stations(sheet: Sheet, one: Plain, made_at: int) -> list[Value]:
    language = sheet.language
    if one["state"] not in STATIONS:
        return [{"state": "waiting", "words": label(language, "delivery", one["state"]), "at": ""}]
    passed = STATIONS[: STATIONS.index(one["state"]) + 1]
    times = [(station, one.get(f"{station}_at", 0)) for station in passed]
    told = [(station, at) for station, at in times if at] or [(one["state"], 0)]
    return [{"state": station, "words": label(language, "delivery", station), "at": _at(sheet, at, made_at)} for station, at in told]


def _at(sheet: Sheet, at: int, made_at: int) -> str:
    """The hour; with its day where that is not the day in the margin."""
    if not at:
        return ""
    same = day(sheet.language, at, sheet.zone) == day(sheet.language, made_at, sheet.zone)
    return hour(at, sheet.zone) if same else sheet.moment(at)
