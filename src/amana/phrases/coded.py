# SPDX-License-Identifier: EUPL-1.2
"""Coded values as words: what was chosen from lists is read in the reader's language, whoever wrote it.

The declared type of a value says which list it is from, so that a new entry type needs nothing here. Terminal and
pages say it by the same words; each sets the pairs as its own lines or tables.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Protocol

from msgspec import inspect

from amana.dossiers.registry import find_entry_type
from amana.dossiers.shared.forms import DEGREES
from amana.phrases.bidi import Words, isolated, on_one_line
from amana.phrases.catalogue import tell
from amana.phrases.dates import day, span
from amana.phrases.labels import VOCABULARY_OF, of_kind
from amana.phrases.telling import label

DAYS = frozenset("signed_on in_force_on day erase_on".split())  # said of a day, at no hour
DATES = frozenset("at valid_until expires expected starts ends due on begins seen embargo since until".split())
SPANS = frozenset("clock other urgent urgent_direct".split())
COUNTRIES = frozenset("country flag issued_by nationalities".split())  # by their two letters
NATIONS = frozenset({"nation", "nations"})  # likewise, among coded values
COORDINATES = frozenset({"latitude", "longitude"})
MICRODEGREES = 1_000_000
REFERENCE = 12  # characters of an id that are shown where it is not to be typed


class Reader(Protocol):
    """For whom values are put into words: language and clock, and the numbers of the dossier's entries by id."""

    @property
    def language(self) -> str: ...
    @property
    def numbers(self) -> Mapping[str, int]: ...
    @property
    def comma(self) -> str: ...
    def moment(self, millis: int) -> Words: ...
    def typed(self, text: str) -> Words:
        """What a person typed, set among our own words."""
        ...


def coded_values(reader: Reader, entry: Mapping[str, Any]) -> Iterator[tuple[str, Words]]:
    """Each coded value of an entry that says something, as the code of its field's name and its words."""
    declared = find_entry_type(entry["kind"], entry["type"])
    types = field_types(declared.coded) if declared is not None else {}
    for name, value in entry["coded"].items():
        if name in types and (shown := worded(reader, name, types[name], value)):
            yield of_kind("coded_field", entry["kind"], name), shown


def item_value(reader: Reader, item_type: str, name: str, value: Any) -> Words:
    """One value of an item in words."""
    language = reader.language
    if name == "kind":
        return label(language, f"{item_type.removeprefix('cyber_')}_kind", value)
    if name == "sex":
        return label(language, "sex", value)
    if name in DATES and isinstance(value, int):
        return reader.moment(value)
    if name in COORDINATES:
        return isolated(language, f"{value / MICRODEGREES:.6f}")
    if isinstance(value, list):
        return Words(" / ".join(reader.typed(on_one_line(str(one))) for one in value))
    return reader.typed(on_one_line(str(value)))


def named_value(reader: Reader, name: str, shown: Words) -> Words:
    """The name of a field with its value."""
    return tell(reader.language, "{name}: {value}", name=label(reader.language, "coded_field", name), value=shown)


@cache
def field_types(shape: type) -> Mapping[str, inspect.Type]:
    """The declared type of each value of a struct, by its name."""
    described = inspect.type_info(shape)
    assert isinstance(described, inspect.StructType)  # noqa: S101 - coded values are structs; told to the type checker
    return {field.encode_name: field.type for field in described.fields}


def worded(reader: Reader, name: str, kind: inspect.Type, value: Any) -> Words:
    """A plain value in words; empty where it says nothing."""
    match kind:
        case inspect.UnionType(types=types) if value is not None:
            inner = next(one for one in types if not isinstance(one, inspect.NoneType))
            return worded(reader, name, inner, value)
        case inspect.EnumType(cls=enum_type):
            return _chosen(reader, enum_type, value)
        case inspect.VarTupleType(item_type=item):
            return Words(reader.comma.join(shown for one in value if (shown := worded(reader, name, item, one))))
        case inspect.StructType(cls=shape):
            return _struct(reader, shape, value)
        case inspect.BoolType():
            return tell(reader.language, "yes") if value else tell(reader.language, "no")
        case inspect.IntType(le=most) if most in DEGREES:
            return isolated(reader.language, f"{value / DEGREES[most]:.5f}")
        case inspect.IntType():
            return _number(reader, name, value)
        case inspect.BytesType():
            return _reference(reader, str(value))
        case inspect.StrType() if name in ("language", "languages"):
            return label(reader.language, "language", value)
        case inspect.StrType() if name in NATIONS and value:
            return label(reader.language, "country", value)
        case _:
            return reader.typed(str(value if value is not None else ""))


def _chosen(reader: Reader, enum_type: type[enum.Enum], value: Any) -> Words:
    vocabulary = VOCABULARY_OF.get(enum_type)
    return label(reader.language, vocabulary, value) if vocabulary else reader.typed(str(value))


def _struct(reader: Reader, shape: type, value: Mapping[str, Any]) -> Words:
    if shape.__name__ == "ItemCount":
        return Words(f"{value['count']} × {label(reader.language, 'item_type', value['type'])}")
    types = field_types(shape)
    parts = [named_value(reader, name, shown) for name, held in value.items() if (shown := worded(reader, name, types[name], held))]
    return Words(f"({reader.comma.join(parts)})")


def _reference(reader: Reader, id: str) -> Words:
    """An entry of this dossier by its number, anything else by the start of its id."""
    if id in reader.numbers:
        return tell(reader.language, "entry {number}", number=reader.numbers[id])
    return isolated(reader.language, id[:REFERENCE])


def _number(reader: Reader, name: str, value: int) -> Words:
    if name in DAYS:
        return day(reader.language, value) if value else Words("")
    if name in DATES:
        return reader.moment(value) if value else Words("")
    return span(reader.language, value) if name in SPANS else Words(str(value))
