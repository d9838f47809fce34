# SPDX-License-Identifier: EUPL-1.2
"""A CBOR writer that can write what the strict form forbids, for vectors and mutations.

`Raw` bytes are copied as they are; `Pairs` is a map in the given order, with whatever keys. Everything else is
written in the deterministic form.
"""

from __future__ import annotations

from typing import Any

from tests.vectors.independent import encode, write_head


class Raw(bytes):
    """Encoded bytes to copy verbatim."""

    __slots__ = ()


class Pairs(list[tuple[Any, Any]]):
    """A map with its pairs in this order."""

    __slots__ = ()


def write(value: Any) -> bytes:
    """The bytes of `value`."""
    match value:
        case Raw():
            return bytes(value)
        case Pairs():
            return write_head(5, len(value)) + b"".join(write(key) + write(each) for key, each in value)
        case dict():
            pairs = sorted(((write(key), write(each)) for key, each in value.items()), key=lambda pair: (len(pair[0]), pair[0]))
            return write_head(5, len(value)) + b"".join(key + each for key, each in pairs)
        case list() | tuple():
            return write_head(4, len(value)) + b"".join(map(write, value))
        case _:
            return encode(value)
