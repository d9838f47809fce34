# SPDX-License-Identifier: EUPL-1.2
"""Coded values and items as pairs of words, name and value, for tables on paper.

The declared type of a value says which list it is from, so a new entry type needs nothing here. What a person typed
goes through `value_of`; what was chosen is read in the reader's language, whoever chose it.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import inspect

from amana.dossiers.registry import find_entry_type
from amana.phrases import Words, day, isolated, label, span, tell
from amana.phrases.labels import VOCABULARY_OF
from amana.web.printing.sheet import REFERENCE, Plain, Sheet, headed, value_of

DAYS = frozenset("signed_on in_force_on".split())
DATES = frozenset("valid_until expires expected ends on begins seen".split())
SPANS = frozenset("clock other urgent urgent_direct".split())
COORDINATES = frozenset({"latitude", "longitude"})
MICRODEGREES = 1_000_000
Pair = tuple[Words, Words]


def coded_pairs(sheet: Sheet, entry: Plain, *, without: Collection[str] = ()) -> list[Pair]:
    """Each coded value of an entry that says something, but those shown elsewhere."""
    declared = find_entry_type(entry["kind"], entry["type"])
    types = _field_types(declared.coded) if declared is not None else {}
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


@cache
def _field_types(shape: type) -> Mapping[str, inspect.Type]:
    described = inspect.type_info(shape)
    assert isinstance(described, inspect.StructType)  # noqa: S101 - coded values are structs; told to the type checker
    return {field.encode_name: field.type for field in described.fields}


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
            return _worded(sheet, name, kind, value)


def _numbered(sheet: Sheet, shape: type, value: Plain) -> Words:
    """One of several on its line; what has a number of its own, as an article has, begins with it."""
    if "number" not in value:
        return Words(sheet.comma.join(_parts(sheet, shape, value)))
    rest = {name: held for name, held in value.items() if name != "number"}
    types = _field_types(shape)
    said = sheet.comma.join(_worded(sheet, name, types[name], held) for name, held in rest.items() if name in types)
    return tell(sheet.language, "{name}: {value}", name=value_of(sheet.language, str(value["number"])), value=Words(said))


def _worded(sheet: Sheet, name: str, kind: inspect.Type, value: Any) -> Words:
    """A plain value in words; empty where it says nothing."""
    match kind:
        case inspect.UnionType(types=types) if value is not None:
            inner = next(one for one in types if not isinstance(one, inspect.NoneType))
            return _worded(sheet, name, inner, value)
        case inspect.EnumType(cls=enum_type):
            return _chosen(sheet, enum_type, value)
        case inspect.VarTupleType(item_type=item):
            return Words(sheet.comma.join(shown for one in value if (shown := _worded(sheet, name, item, one))))
        case inspect.StructType(cls=shape):
            return _struct(sheet, shape, value)
        case inspect.BoolType():
            return tell(sheet.language, "yes") if value else tell(sheet.language, "no")
        case inspect.IntType():
            return _number(sheet, name, value)
        case inspect.BytesType():
            return reference_of(sheet, str(value))
        case inspect.StrType() if name in ("language", "languages"):
            return label(sheet.language, "language", value)
        case _:
            return value_of(sheet.language, str(value if value is not None else ""))


def _chosen(sheet: Sheet, enum_type: type[enum.Enum], value: Any) -> Words:
    vocabulary = VOCABULARY_OF.get(enum_type)
    return label(sheet.language, vocabulary, value) if vocabulary else value_of(sheet.language, str(value))


def _struct(sheet: Sheet, shape: type, value: Plain) -> Words:
    if shape.__name__ == "ItemCount":
        return Words(f"{value['count']} × {label(sheet.language, 'item_type', value['type'])}")
    return Words(f"({sheet.comma.join(_parts(sheet, shape, value))})")


def _parts(sheet: Sheet, shape: type, value: Plain) -> Iterator[Words]:
    types = _field_types(shape)
    for name, held in value.items():
        if name in types and (worded := _worded(sheet, name, types[name], held)):
            yield tell(sheet.language, "{name}: {value}", name=label(sheet.language, "coded_field", name), value=worded)


def reference_of(sheet: Sheet, id: str) -> Words:
    """An entry of this dossier by its number, anything else by the start of its id."""
    if id in sheet.numbers:
        return tell(sheet.language, "entry {number}", number=sheet.numbers[id])
    return isolated(sheet.language, id[:REFERENCE])


def _number(sheet: Sheet, name: str, value: int) -> Words:
    if name in DAYS:
        return day(sheet.language, value) if value else Words("")
    if name in DATES:
        return sheet.moment(value) if value else Words("")
    return span(sheet.language, value) if name in SPANS else Words(str(value))


def _item_value(sheet: Sheet, item_type: str, name: str, value: Any) -> Words:
    language = sheet.language
    if name == "kind":
        return label(language, f"{item_type.removeprefix('cyber_')}_kind", value)
    if name == "sex":
        return label(language, "sex", value)
    if name in DATES and isinstance(value, int):
        return sheet.moment(value)
    if name in COORDINATES:
        return isolated(language, f"{value / MICRODEGREES:.6f}")
    return Words("\n".join(_typed(language, value)))  # each name on a line of its own


def _typed(language: str, value: Any) -> Iterator[Words]:
    for one in value if isinstance(value, list) else [value]:
        yield value_of(language, str(one))
