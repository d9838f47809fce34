# SPDX-License-Identifier: EUPL-1.2
"""Values of any type of the wire, taken from the far ends of what each field allows."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from msgspec import inspect

from amana.protocol.canonical import Canonical

T = TypeVar("T", bound=Canonical)

WORDS = (
    "",
    "0",
    "1",
    "fr",
    "ar",
    "X",
    "MA",
    "1999",
    "1999-12-31",
    "0000",
    "9999-99-99",
    "A1",
    "ma.dgsn",
    "fr.dgpn",
    "passport",
    "bank",
    "ipv4",
    "9" * 7,
    "9" * 9,
)
LONG = ("é", "\u0301", "\u202e", "\x00", "\U0001f600", "٣", "\u00ad", "ﷺ", "İ", "ß", "\ud7ff", "A")


def invent(rng: random.Random, shape: type[T], ids: Sequence[bytes]) -> T:
    """A value that a strict reader takes, at the edges of its bounds."""
    value = _invent(rng, inspect.type_info(shape), ids)
    assert isinstance(value, shape)
    return value


def _invent(rng: random.Random, kind: inspect.Type, ids: Sequence[bytes]) -> Any:
    match kind:
        case inspect.StructType(fields=fields, cls=cls):
            chosen = [field for field in fields if field.required or rng.random() < 0.8]
            return cls(**{field.name: _invent(rng, field.type, ids) for field in chosen})
        case inspect.EnumType(cls=cls):
            return rng.choice(list(cls))
        case inspect.BytesType(min_length=low, max_length=high):
            return _bytes(rng, low or 0, high, ids)
        case inspect.VarTupleType(item_type=item, min_length=low, max_length=high):
            return tuple(_invent(rng, item, ids) for _ in range(rng.choice([low or 0, max(low or 0, 1), min(high or 3, 64)])))
        case inspect.BoolType():
            return rng.random() < 0.5
        case inspect.IntType(ge=low, le=high, lt=bound):
            top = high if high is not None else (bound - 1 if bound is not None else 2**53 - 1)
            return rng.choice([low or 0, top, min(top, (low or 0) + 1), rng.randint(low or 0, top)])
        case inspect.StrType(pattern=pattern, min_length=low, max_length=high):
            return _text(rng, pattern, low or 0, high if high is not None else 40)
        case inspect.UnionType(types=types):
            return _invent(rng, rng.choice(list(types)), ids)
        case inspect.NoneType():
            return None
        case _:
            raise AssertionError(kind)


def _bytes(rng: random.Random, low: int, high: int | None, ids: Sequence[bytes]) -> bytes:
    if 32 in (low, high) and rng.random() < 0.9:
        return rng.choice([*ids, *([b""] if low == 0 else [])])
    return rng.randbytes(rng.choice([low, min(high or 64, 64), min(high or 5, 5)]) if high != low else low)


def _text(rng: random.Random, pattern: str | None, low: int, high: int) -> str:
    if pattern is None:
        return rng.choice(LONG) * rng.choice([max(low, 1), high]) if rng.random() < 0.7 else "a" * max(low, 1)
    fitting = [word for word in (*WORDS, "a" * high, "z" * min(high, 48)) if re.search(pattern, word) and low <= len(word) <= high]
    spelt: list[str] = re.findall(r"[a-z_0-9]+(?=[|)])", pattern)
    return rng.choice([*fitting, *(word for word in spelt if re.search(pattern, word))])
