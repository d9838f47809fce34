# SPDX-License-Identifier: EUPL-1.2
"""What a form must ask for, read from the declared types of items and coded values, so that it is written nowhere twice.

`describe_fields` gives each value's kind, bounds and choices. A new entry type or a longer text needs nothing here. How
submitted strings become plain values again: `filling`. Spec: spec/kinds/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from msgspec import inspect

from amana.dossiers.shared.conditions import ClockField, LanguageField
from amana.dossiers.shared.events import NationField
from amana.dossiers.shared.items import Country, LongText, PartDate
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, Digest, MillisField

FieldKind = Literal[
    "choice",  # one code of a closed list: `choices`, and `enum` where it is one
    "text",
    "long_text",
    "country",  # ISO 3166-1 alpha-2
    "part_date",  # a year, a month or a day
    "moment",  # UTC milliseconds
    "span",  # milliseconds
    "number",
    "degrees",  # parts of a degree: how many make one follows from the most (`DEGREES`)
    "flag",
    "agency",
    "language",
    "reference",  # the id of an entry or a dossier, in hex; the field's name says of which
    "fingerprint",  # SHA-256, in hex
    "part",  # values of their own: `parts`
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value that a form asks for. `many`: how many of it may be given, 0 where it is a single one."""

    name: str
    kind: FieldKind
    required: bool
    many: int = 0
    choices: tuple[str, ...] = ()
    enum: type[Enum] | None = None
    min_length: int = 0
    max_length: int = 0  # 0: what the kind itself bounds
    pattern: str = ""
    least: int | None = None
    most: int | None = None
    parts: tuple[Field, ...] = ()


DEGREES = {90_000_000: 1_000_000, 180_000_000: 1_000_000, 9_000_000: 100_000, 18_000_000: 100_000}  # by a bound: parts of one degree
_ENDLESS = 1_000  # where a list has no bound of its own
_BY_TYPE: tuple[tuple[Any, FieldKind], ...] = (
    (Country, "country"),
    (NationField, "country"),
    (PartDate, "part_date"),
    (LongText, "long_text"),
    (MillisField, "moment"),
    (ClockField, "span"),
    (AgencyCodeField, "agency"),
    (LanguageField, "language"),
)
_LISTED = re.compile(r"\^\((?:\[(?P<letters>\w+)\]|(?P<words>\w+(?:\|\w+)+))\)\??\\Z")


@cache
def describe_fields(shape: type[Canonical]) -> tuple[Field, ...]:
    """The values of an item type, of an entry type's coded values or of its detail, in the order they are declared."""
    described = inspect.type_info(shape)
    assert isinstance(described, inspect.StructType)  # noqa: S101 - every Canonical is a struct; told to the type checker
    hints = get_type_hints(shape, include_extras=True)
    return tuple(_field(field.encode_name, field.type, hints[field.name], required=field.required) for field in described.fields)


def _field(name: str, declared: inspect.Type, hint: Any, *, required: bool) -> Field:
    match declared:
        case inspect.UnionType(types=types):
            inner = next(one for one in types if not isinstance(one, inspect.NoneType))
            return _field(name, inner, hint, required=required)
        case inspect.VarTupleType(item_type=item, min_length=least, max_length=most):
            return Field(name=name, required=bool(least), many=most or _ENDLESS, **_traits(item, _inner(hint)))
        case _:
            needed = required and (not isinstance(declared, inspect.StrType) or declared.min_length != 0)
            return Field(name=name, required=needed, **_traits(declared, hint))


def _inner(hint: Any) -> Any:
    """What a tuple's hint holds, under its own annotations."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return next(iter(get_args(hint)), None)


def _traits(declared: inspect.Type, hint: Any) -> dict[str, Any]:
    """The parts of a field that its type tells."""
    named = _kinds().get(repr(declared))
    match declared:
        case inspect.EnumType(cls=enum):
            return {"kind": "choice", "enum": enum, "choices": tuple(_codes(enum))}
        case inspect.StructType(cls=shape):
            return {"kind": "part", "parts": describe_fields(shape)}
        case inspect.BoolType():
            return {"kind": "flag"}
        case inspect.BytesType():
            return {"kind": "fingerprint" if Digest in get_args(hint) else "reference"}
        case inspect.IntType(ge=least, le=most, lt=below):
            kind = named or ("degrees" if most in DEGREES and least == -most else "number")
            return {"kind": kind, "least": least, "most": most if below is None else below - 1}
        case inspect.StrType(pattern=str(pattern)) if listed := _LISTED.fullmatch(pattern):
            return {"kind": "choice", "choices": tuple(listed["letters"] or listed["words"].split("|"))}
        case inspect.StrType(pattern=pattern, min_length=least, max_length=most):
            return {"kind": named or "text", "pattern": pattern or "", "min_length": least or 0, "max_length": most or 0}
        case _:
            raise TypeError(f"no form asks for a {type(declared).__name__} yet")


@cache
def _kinds() -> dict[str, FieldKind]:
    """The kinds of the declared types that have one of their own, by what inspection says of them."""
    return {repr(inspect.type_info(declared)): kind for declared, kind in _BY_TYPE}


def _codes(enum: type[Enum]) -> Iterator[str]:
    """The values of an enum as a form sends them."""
    yield from (str(int(member.value)) if issubclass(enum, IntEnum) else str(member.value) for member in enum)
