# SPDX-License-Identifier: EUPL-1.2
"""The thread of a dossier: each entry as its template needs it, translations beside what they translate, notes between.

Pure and total on what `show_dossier` gives, whatever partners sent. Everything returned is text to be escaped, or HTML
made by `web.html`. Order is the dossier's own; internal notes stand where their hour puts them and have no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from amana.phrases import About, Words, day, file_size, label, sentence, tell
from amana.phrases.coded import coded_values
from amana.web.dossiers.items import item_card, label_html, one_line, paragraph
from amana.web.dossiers.reader import Reader, headed
from amana.web.html import html

Plain = dict[str, Any]
IN_CARDS = frozenset({"counts"})  # said by the cards themselves, where there are any
SPOKEN_OF = frozenset({"entry"})  # said in the line that leads there
IN_HEAD = frozenset({"area", "urgency", "clock"})  # of the opening entry, said at the head of the page
STATIONS = ("sent", "delivered", "taken")
SHAPES = {"sent": "not_yet", "delivered": "half", "taken": "done"}
SHORT = 12  # characters of an id in an anchor
PREVIEWED = frozenset({"application/pdf", "image/png", "image/jpeg", "image/tiff", "image/webp", "text/plain", "text/csv"})


def thread(reader: Reader, shown: Mapping[str, Any]) -> list[Plain]:
    """The entries and notes of a dossier, in order; a line on another day than the one before it says which."""
    entries: Sequence[Plain] = shown["entries"]
    beside = translations_beside(reader, entries)
    placed = {translation["id"]: original for original, translation in beside.items()}
    by_id = {entry["id"]: entry for entry in entries}
    lines = [_entry(reader, entry, beside.get(entry["id"]), placed.get(entry["id"], ""), by_id) for entry in entries]
    lines = _with_notes(lines, [_note(reader, place, note) for place, note in enumerate(shown["notes"], 1)])
    last = day(reader.language, lines[0]["at"], reader.zone) if lines else ""
    for line in lines:
        today = day(reader.language, line["at"], reader.zone)
        line["day"] = html(today) if today != last else ""  # the first day stands above the thread
        last = today
    return lines


def translations_beside(reader: Reader, entries: Iterable[Plain]) -> dict[str, Plain]:
    """For each entry the translation to set beside it: into the reader's language before others, then the latest."""
    found: dict[str, Plain] = {}
    for entry in entries:
        about = entry.get("translates", "")
        if not about or not entry.get("text"):
            continue
        if about in found and found[about]["language"] == reader.language != entry["language"]:
            continue
        found[about] = entry
    return found


def anchor(id: str) -> str:
    """The place of an entry on the page."""
    return f"e-{id[:SHORT]}"


def _with_notes(lines: list[Plain], notes: list[Plain]) -> list[Plain]:
    """Each note before the first entry that is later than it."""
    waiting, merged = sorted(notes, key=lambda note: note["at"]), []
    for line in lines:
        while waiting and waiting[0]["at"] < line["order"]:
            merged.append(waiting.pop(0))
        merged.append(line)
    return [*merged, *waiting]


def _note(reader: Reader, place: int, note: Plain) -> Plain:
    return {
        "way": "private",
        "anchor": f"n-{place}",
        "number": 0,
        "at": note["at"],
        "own_note": note["author"] == reader.account,
        "post": one_line(reader.posts.get(note["author"], note["author"])),
        "text": paragraph(note["text"], note["language"] or reader.language),
        "slim": False,
    }


def _entry(reader: Reader, entry: Plain, translation: Plain | None, original: str, by_id: Mapping[str, Plain]) -> Plain:
    at = entry.get("made_at", entry["arrived_at"])
    line: Plain = {
        "way": entry["direction"],
        "id": entry["id"],
        "anchor": anchor(entry["id"]),
        "number": entry.get("number", 0),
        "at": at,
        "order": entry.get("order", at),
        "author": entry["author"],
        "arrived_at": 0 if entry["author"] == reader.own else entry["arrived_at"],
        "set_aside": "kind" not in entry,
        "heading": headed(tell(reader.language, "set aside unread")),
        "remarks": list(_fate(reader, entry)),
        "slim": True,
        "letter": False,
    }
    if "kind" not in entry:
        return line
    line |= _said(reader, entry, translation, original, _usual(by_id))
    line["remarks"] = [*_before_reading(reader, entry), *line["remarks"], *_afterwards(reader, entry, by_id)]
    line |= _travel(entry) | _marks(reader, entry)
    line["slim"] = entry["automatic"] or not any(line[part] for part in ("text", "title", "items", "attachments", "values", "remarks"))
    line["letter"] = not entry["automatic"]
    return line


def _said(reader: Reader, entry: Plain, translation: Plain | None, original: str, usual: str) -> Plain:
    """Heading, coded values, title, text with its translation, items, files."""
    language, author = reader.language, entry.get("language", "")
    opening = entry.get("number") == 1
    without = (
        (IN_CARDS if entry.get("items") else frozenset())
        | (IN_HEAD if opening else frozenset())
        | (SPOKEN_OF if entry["corrects"] else frozenset())
    )
    values = [(name, shown) for name, shown in coded_values(reader, entry) if name not in without]
    text = paragraph(entry["text"], author) if entry.get("text") and not original else None
    return {
        "heading": headed(label(language, "entry_type", f"{entry['kind']}.{entry['type']}")),
        "automatic": entry["automatic"],
        "receivers": [code for code in entry["audience"] if code != reader.own],
        "aside": entry["aside"],
        "values": [{"name": headed(label(language, "coded_field", name)), "value": html(shown)} for name, shown in values],
        "written_in": label_html(reader, "language", author) if author and text and (opening or author != usual) else "",
        "title": one_line(entry["title"]) if entry.get("title") and not opening and not original else None,
        "text": text,
        "translation": _translation(reader, translation) if translation is not None and text else None,
        "beside": reader.numbers.get(original, 0) if original else 0,
        "clauses": len(entry.get("clauses", ())),  # of an agreement's text: read on its page
        "items": [item_card(reader, item) for item in entry.get("items", ())],
        "attachments": [_attachment(reader, entry["id"], one) for one in entry.get("attachments", ())],
        "by": one_line(reader.posts.get(entry["officer"], "")) if entry.get("officer") else None,
        "by_reader": bool(entry.get("officer")) and entry["officer"] == reader.account,
        "handle": entry.get("handle", ""),
    }


def _usual(by_id: Mapping[str, Plain]) -> str:
    """The language in which the dossier was opened: what is written in it is not said of every entry."""
    return str(next((entry.get("language", "") for entry in by_id.values()), ""))


def _translation(reader: Reader, translation: Plain) -> Plain:
    return {
        "kind": headed(label(reader.language, "translation", translation["coded"].get("kind", ""))),
        "code": translation["author"],
        "at": translation["made_at"],
        "number": translation.get("number", 0),
        "text": paragraph(translation["text"], translation["language"]),
    }


def _before_reading(reader: Reader, entry: Plain) -> Iterable[Plain]:
    """What a reader must know before reading."""
    language = reader.language
    if not entry["understood"]:
        yield remark("warn", tell(language, "not understood by this version; kept, and read again after an upgrade"))
    if entry["aside"]:
        audience = Words(reader.comma.join(entry["audience"]))
        yield remark("info", tell(language, "an aside, only to {audience}", audience=audience), "eye")
    if entry.get("void"):
        yield remark("warn", label(language, "void", entry["void"]), "eraser")
    elif not entry.get("readable", True):
        yield remark("warn", tell(language, "its content cannot be read"))


def _fate(reader: Reader, entry: Plain) -> Iterable[Plain]:
    """Why it does not count, where it does not."""
    language = reader.language
    if entry.get("waiting"):
        yield remark("warn", sentence(language, "waiting", {}, About.ARRIVAL), "clock")
    if entry.get("refused") and entry["refused"] != entry["disposition"]:
        yield remark("alarm", tell(language, "refused: {reason}", reason=sentence(language, entry["refused"], {}, About.ENTRY)), "ban")
    if entry.get("disposition"):
        yield remark("alarm", sentence(language, entry["disposition"], {}, About.ARRIVAL), "ban")


def _afterwards(reader: Reader, entry: Plain, by_id: Mapping[str, Plain]) -> Iterable[Plain]:
    """What was said of it later, by whom: corrections, recalls, answers to a question."""
    language = reader.language
    for id in entry.get("corrected_by", ()):
        number = reader.numbers.get(id, 0)
        yield remark("warn", tell(language, "corrected by entry {number}", number=number), "pencil", anchor(id))
    if entry.get("corrects"):
        yield remark(
            "info",
            tell(language, "corrects entry {number}", number=reader.numbers.get(entry["corrects"], 0)),
            "pencil",
            anchor(entry["corrects"]),
        )
    if recalled := entry.get("recalled"):
        reason = label(language, "recall", recalled["code"])
        number = reader.numbers.get(recalled["by"], 0)
        told = tell(language, "called back by its originator in entry {number}: {reason}", number=number, reason=reason)
        yield remark("alarm", told, "undo-2", anchor(recalled["by"]))
        for answer in recalled["answers"]:
            said = label(language, "recall_answer", answer["code"])
            at = reader.moment(answer["at"])
            told = tell(language, "{code} {answer} ({at})", code=answer["agency"], answer=said, at=at)
            yield remark("info", told, "undo-2") | {"words": html(told)}  # a code keeps its small letter
    if question := entry.get("question"):
        if question["by"]:
            numbers = Words(reader.comma.join(str(reader.numbers.get(id, 0)) for id in question["by"] if id in by_id))
            yield remark("info", tell(language, "answered in entry {number}", number=numbers), "done", anchor(question["by"][0]))
        else:
            yield remark("info", tell(language, "the question is open"), "not_yet")


def remark(tone: str, words: Words, icon: str = "info", at: str = "") -> Plain:
    """A line beside what was said; `at`: the entry it speaks of."""
    return {"tone": tone, "words": headed(words), "icon": icon, "at": at}


def _travel(entry: Plain) -> Plain:
    """How far an entry of ours has come at each receiver."""
    if entry["automatic"]:
        return {"delivery": []}
    several = len(entry.get("delivery", ())) > 1
    return {"delivery": [{"named": several, **_delivery(one)} for one in entry.get("delivery", ())]}


def _delivery(one: Plain) -> Plain:
    waiting = one["state"] not in STATIONS
    return {"partner": one["partner"], "waiting": waiting, "stations": [] if waiting else _stations(one)}


def _stations(one: Plain) -> list[Plain]:
    """The three stations, those that lie ahead as not yet; one that was reached by what came later counts as reached."""
    reached = STATIONS.index(one["state"])
    return [
        {
            "station": station,
            "shape": SHAPES[station] if place <= reached else "not_yet",
            "reached": place <= reached,
            "at": one[f"{station}_at"],
        }
        for place, station in enumerate(STATIONS)
    ]


def _marks(reader: Reader, entry: Plain) -> Plain:
    """The handling conditions as badges, each with its meaning."""
    marking = entry["marking"]
    return {
        "codes": [{"code": code, "meaning": label_html(reader, "handling", code)} for code in marking.get("codes", ())],
        "level": label_html(reader, "level", marking["level"]) if marking.get("level") else "",
        "tlp": label_html(reader, "tlp", marking["tlp"]) if marking.get("tlp") else "",
        "national": one_line(marking["national"]) if marking.get("national") else None,
    }


def _attachment(reader: Reader, entry: str, one: Plain) -> Plain:
    """A file with its state and what may be done with it."""
    here = one["state"] == "here"
    matches = one["type_matches"]
    return {
        "entry": entry,
        "place": one["place"],
        "name": one_line(one["name"]),
        "type": label_html(reader, "file_type", one["type"]),
        "size": html(file_size(reader.language, one["size"])),
        "state": one["state"],
        "state_words": label_html(reader, "attachment_state", one["state"]),
        "parts": {"received": one["received_chunks"], "of": one["chunks"]},
        "here": here,
        "other_type": here and matches is False,
        "preview": here and matches is True and one["type"] in PREVIEWED,
    }
