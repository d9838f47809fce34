# SPDX-License-Identifier: EUPL-1.2
"""Coded values and items as pairs of words, name and value, for tables on paper.

The declared type of a value says which list it is from, so a new entry type needs nothing here. What a person typed
goes through `value_of`; what was chosen is read in the reader's language, whoever chose it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from msgspec import inspect

from amana.dossiers.registry import find_entry_type
from amana.phrases import Words, label, tell
from amana.phrases.coded import COUNTRIES, field_types, item_value, worded
from amana.web.printing.sheet import Plain, Sheet, headed, value_of

Pair = tuple[Words, Words]


def coded_pairs(sheet: Sheet, entry: Plain, *, without: Collection[str] = ()) -> list[Pair]:
    """Each coded value of an entry that says something, but those shown elsewhere."""
    declared = find_entry_type(entry["kind"], entry["type"])
    types = field_types(declared.coded) if declared is not None else {}
    return [
        (headed(label(sheet.language, "coded_field", name)), shown)
        for name, value in entry["coded"].items()
        if name in types and name not in without and (shown := _lines(sheet, name, types[name], value))
    ]


def item_rows(sheet: Sheet, item: Plain) -> list[Pair]:
    """The values of one item."""
    if not item["understood"]:
        return [(Words(""), tell(sheet.language, "not understood by this version"))]
    return [
        (headed(label(sheet.language, "item_field", name)), _item_value(sheet, item["type"], name, value))
        for name, value in item["value"].items()
    ]


def item_marks(sheet: Sheet, item: Plain) -> dict[str, Any]:
    """What is said of an item beside its values: what a person is to the matter, the grade in words, fact or assessment."""
    language = sheet.language
    marks = [] if item["category"] == "none" else [label(language, "category", item["category"])]
    if item["minor"]:
        marks.append(label(language, "person_mark", "minor"))
    source, information = item["grade"] or ("", "")
    grade = [label(language, "source_grade", source), label(language, "information_grade", information)] if item["grade"] else []
    certainty = label(language, "certainty", "fact" if item["fact"] else "assessment")
    return {"who": marks, "certainty": certainty, "grade": item["grade"], "grade_words": grade}


def _lines(sheet: Sheet, name: str, kind: inspect.Type, value: Any) -> Words:
    """A value in words; what has parts of its own stands line by line."""
    match kind:
        case inspect.UnionType(types=types) if value is not None:
            return _lines(sheet, name, next(one for one in types if not isinstance(one, inspect.NoneType)), value)
        case inspect.StructType(cls=shape):
            return Words("\n".join(_parts(sheet, shape, value)))
        case inspect.VarTupleType(item_type=inspect.StructType(cls=shape)) if shape.__name__ != "ItemCount":
            return Words("\n".join(_numbered(sheet, shape, one) for one in value))
        case _:
            return worded(sheet, name, kind, value)


def _numbered(sheet: Sheet, shape: type, value: Plain) -> Words:
    """One of several on its line; what has a number of its own, as an article has, begins with it."""
    if "number" not in value:
        return Words(sheet.comma.join(_parts(sheet, shape, value)))
    rest = {name: held for name, held in value.items() if name != "number"}
    types = field_types(shape)
    said = sheet.comma.join(worded(sheet, name, types[name], held) for name, held in rest.items() if name in types)
    return tell(sheet.language, "{name}: {value}", name=value_of(sheet.language, str(value["number"])), value=Words(said))


def _parts(sheet: Sheet, shape: type, value: Plain) -> Iterator[Words]:
    types = field_types(shape)
    for name, held in value.items():
        if name in types and (shown := worded(sheet, name, types[name], held)):
            yield tell(sheet.language, "{name}: {value}", name=label(sheet.language, "coded_field", name), value=shown)


def _item_value(sheet: Sheet, item_type: str, name: str, value: Any) -> Words:
    """A value of an item, countries by their names; each of several names stands on a line of its own."""
    if name in COUNTRIES:
        codes = value if isinstance(value, list) else [value]
        return Words("\n".join(label(sheet.language, "country", str(one)) for one in codes if one))
    if isinstance(value, list):
        return Words("\n".join(sheet.typed(str(one)) for one in value))
    return item_value(sheet, item_type, name, value)
