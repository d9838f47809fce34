# SPDX-License-Identifier: EUPL-1.2
"""Made-up coded values of any entry type, as plain JSON: to try a rule before a person has chosen anything.

Only what a type requires is made up, from the type itself: the first word of a closed list, a number in its bounds,
an id of zeros, a moment to come. Values are never sent and never shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from amana.protocol.canonical import Canonical

WIDE = 2**48  # a number that may be as large as this is a moment


def sample_values(shape: type[Canonical], *, later: int) -> dict[str, Any]:
    """Plain values for the fields that `shape` requires; `later` is a moment to come."""
    described = _described(shape)
    return {field.encode_name: _sample(field.type, later) for field in described.fields if field.required}


def first_of(shape: type[Canonical], choices: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The first choice of each value that has some, as the field wants it: alone, or as one of several."""
    several = {field.encode_name for field in _described(shape).fields if isinstance(field.type, inspect.VarTupleType)}
    return {name: [named[0]] if name in several else named[0] for name, named in choices.items() if named}


@cache
def _described(shape: type[Canonical]) -> inspect.StructType:
    described = inspect.type_info(shape)
    if not isinstance(described, inspect.StructType):
        raise TypeError(shape.__name__)
    return described


def _sample(kind: inspect.Type, later: int) -> Any:
    match kind:
        case inspect.EnumType(cls=words):
            first: Enum = next(iter(words))
            return first.value
        case inspect.IntType(ge=least, lt=bound):
            return later if bound is not None and bound >= WIDE else (least or 0)
        case inspect.BoolType():
            return False
        case inspect.BytesType(min_length=length):
            return "00" * (length or 0)
        case inspect.StrType(pattern=pattern):
            return "xx" if pattern is None or re.search(pattern, "xx") else "XX"  # a nation is written in capitals
        case inspect.VarTupleType(item_type=item, min_length=length):
            return [_sample(item, later)] * (length or 0)
        case inspect.StructType(cls=shape) if issubclass(shape, Canonical):
            return sample_values(shape, later=later)
        case inspect.UnionType(types=kinds):
            return _sample(kinds[0], later)
        case _:
            return msgspec.UNSET
