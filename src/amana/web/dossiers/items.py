# SPDX-License-Identifier: EUPL-1.2
"""One structured item as a card: what it is, the value one looks for, its other spellings, particulars, grade.

Total on whatever a partner sent: an item that this version cannot read is shown as that, with its type and marks. No
value becomes a link: an address of a partner's is looked at, not followed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from amana.phrases import Words, cleaned, label, on_one_line, tell
from amana.phrases.bidi import reads_right_to_left
from amana.phrases.coded import COUNTRIES, item_value
from amana.phrases.labels import LABELS
from amana.web.dossiers.plates import plate_cells
from amana.web.dossiers.reader import Reader, headed
from amana.web.html import html, ltr

Plain = dict[str, Any]
ICONS = {
    "person": "user",
    "document": "id-card",
    "vehicle": "truck",
    "phone": "smartphone",
    "account": "landmark",
    "place": "map-pin",
    "vessel": "ship",
    "organisation": "building-2",
    "event": "calendar",
    "cyber_observable": "network",
}
UNKNOWN_ICON = "circle-question-mark"
NAMES, PLATE, CODE, TEXT, NOTHING = "names", "plate", "code", "text", "nothing"
LEADING: Mapping[str, tuple[tuple[str, str], ...]] = {  # by type: the value one looks for, the first that is there
    "person": (("names", NAMES),),
    "document": (("number", CODE),),
    "vehicle": (("plate", PLATE), ("chassis", CODE), ("make", TEXT)),
    "phone": (("number", CODE), ("imei", CODE), ("imsi", CODE)),
    "account": (("number", CODE),),
    "place": (("name", TEXT), ("street", TEXT), ("city", TEXT)),
    "vessel": (("name", TEXT), ("imo", CODE), ("mmsi", CODE), ("registration", CODE)),
    "organisation": (("name", TEXT),),
    "event": (("name", TEXT),),
    "cyber_observable": (("value", CODE),),
}
DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")  # or the year or the month alone
SHOWN_NAMES = 20


def item_card(reader: Reader, item: Mapping[str, Any]) -> Plain:
    """The card of one item."""
    type = str(item["type"])
    value: Mapping[str, Any] = item["value"] if item["understood"] else {}
    field, shape = next(((name, shape) for name, shape in LEADING.get(type, ()) if value.get(name)), ("", NOTHING))
    known = item["understood"] and type in LABELS["item_type"]
    return {
        "icon": ICONS.get(type, UNKNOWN_ICON),
        "type": headed(label(reader.language, "item_type", type)),
        "understood": known,
        "shape": shape if known else NOTHING,
        "lead": _lead(shape, value[field]) if field else None,
        "particulars": [_particular(reader, type, name, held) for name, held in value.items() if name not in (field, "remarks") and held],
        "remarks": one_line(value.get("remarks", "")),
        "category": label_html(reader, "category", item["category"]) if item["category"] != "none" else "",
        "minor": bool(item["minor"]),
        "grade": _grade(reader, item["grade"]),
        "fact": bool(item["fact"]),
    }


def _lead(shape: str, value: Any) -> Any:
    match shape:
        case "names":
            return [one_line(name) for name in value[:SHOWN_NAMES]]
        case "plate":
            return plate_cells(str(value))
        case "code":
            return on_one_line(str(value))
        case _:
            return one_line(value)


def _particular(reader: Reader, type: str, name: str, value: Any) -> Plain:
    """A further value with its name; names and aliases keep their scripts, each apart."""
    shown = {"name": headed(label(reader.language, "item_field", name)), "value": "", "listed": []}
    if name in ("names", "aliases"):
        return shown | {"listed": [one_line(one) for one in value[:SHOWN_NAMES]]}
    if name in COUNTRIES:
        codes = value if isinstance(value, list) else [value]
        return shown | {"value": html(Words(reader.comma.join(label(reader.language, "country", code) for code in codes)))}
    if isinstance(value, str) and DATE.fullmatch(value):  # browsers end lines at its hyphens
        return shown | {"value": ltr(value)}
    return shown | {"value": html(item_value(reader, type, name, value))}


def _grade(reader: Reader, grade: str) -> Plain | None:
    """The two grades with their meaning in words."""
    if len(grade) != 2:
        return None
    source, information = grade[0], grade[1]
    meaning = tell(
        reader.language,
        "{source}; {information}",
        source=label(reader.language, "source_grade", source),
        information=label(reader.language, "information_grade", information),
    )
    return {"both": ltr(f"{source} {information}"), "meaning": html(meaning)}


def label_html(reader: Reader, vocabulary: str, code: Any) -> Any:
    """The name of a coded value as HTML."""
    return html(label(reader.language, vocabulary, code))


def one_line(text: Any) -> Plain:
    """What a person wrote in one line, with its script's direction; the language only where the script says it."""
    shown = on_one_line(str(text))
    rtl = reads_right_to_left(shown)
    return {"text": shown, "dir": "rtl" if rtl else "ltr", "language": "ar" if rtl else ""}


def paragraph(text: str, language: str) -> Plain:
    """What a person wrote, of any length, with its language; a language that is not known here is told by the script."""
    shown = cleaned(text)
    known = language if language in ("ar", "fr", "en") else ("ar" if reads_right_to_left(shown[:200]) else "")
    return {"text": shown, "language": known, "long": len(shown) > LONG or shown.count("\n") > LONG_LINES}


LONG, LONG_LINES = 3000, 40  # beyond, a text scrolls in its own place and the thread stays a thread
