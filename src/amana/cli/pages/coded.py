# SPDX-License-Identifier: EUPL-1.2
"""Coded values as words: what was chosen from lists is read in the reader's language, whoever wrote it.

The declared type of a value says which list it is from, so that a new entry type needs nothing here.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import inspect

from amana.cli.pages.page import REFERENCE, Page
from amana.dossiers.registry import find_entry_type
from amana.phrases import Words, isolated, label, span, tell
from amana.phrases.labels import VOCABULARY_OF

DATES = frozenset("signed_on in_force_on valid_until expires expected ends on begins seen".split())
SPANS = frozenset("clock other urgent urgent_direct".split())


def coded_lines(page: Page, entry: Mapping[str, Any]) -> Iterator[Words]:
    """One line for each coded value of an entry as `show` gives it."""
    declared = find_entry_type(entry["kind"], entry["type"])
    types = _field_types(declared.coded) if declared is not None else {}
    for name, value in entry["coded"].items():
        if name in types and (shown := _worded(page, name, types[name], value)):
            yield _named(page, name, shown)


def _named(page: Page, name: str, shown: Words) -> Words:
    return tell(page.language, "{name}: {value}", name=label(page.language, "coded_field", name), value=shown)


@cache
def _field_types(shape: type) -> Mapping[str, inspect.Type]:
    described = inspect.type_info(shape)
    assert isinstance(described, inspect.StructType)  # noqa: S101 - coded values are structs; told to the type checker
    return {field.encode_name: field.type for field in described.fields}


def _worded(page: Page, name: str, kind: inspect.Type, value: Any) -> Words:
    """A plain value in words; empty where it says nothing."""
    match kind:
        case inspect.UnionType(types=types) if value is not None:
            inner = next(one for one in types if not isinstance(one, inspect.NoneType))
            return _worded(page, name, inner, value)
        case inspect.EnumType(cls=enum_type):
            return _chosen(page, enum_type, value)
        case inspect.VarTupleType(item_type=item):
            return Words(page.comma.join(shown for one in value if (shown := _worded(page, name, item, one))))
        case inspect.StructType(cls=shape):
            return _struct(page, shape, value)
        case inspect.BoolType():
            return tell(page.language, "yes") if value else tell(page.language, "no")
        case inspect.IntType():
            return _number(page, name, value)
        case inspect.BytesType():
            return _reference(page, str(value))
        case inspect.StrType() if name in ("language", "languages"):
            return label(page.language, "language", value)
        case _:
            return isolated(page.language, str(value if value is not None else ""))


def _chosen(page: Page, enum_type: type[enum.Enum], value: Any) -> Words:
    vocabulary = VOCABULARY_OF.get(enum_type)
    return label(page.language, vocabulary, value) if vocabulary else isolated(page.language, str(value))


def _struct(page: Page, shape: type, value: Mapping[str, Any]) -> Words:
    if shape.__name__ == "ItemCount":
        return Words(f"{value['count']} × {label(page.language, 'item_type', value['type'])}")
    types = _field_types(shape)
    parts = [_named(page, name, shown) for name, held in value.items() if (shown := _worded(page, name, types[name], held))]
    return Words(f"({page.comma.join(parts)})")


def _reference(page: Page, id: str) -> Words:
    """An entry of this dossier by its number, anything else by the start of its id."""
    if id in page.numbers:
        return tell(page.language, "entry {number}", number=page.numbers[id])
    return isolated(page.language, id[:REFERENCE])


def _number(page: Page, name: str, value: int) -> Words:
    if name in DATES:
        return page.moment(value) if value else Words("")
    return span(page.language, value) if name in SPANS else Words(str(value))
