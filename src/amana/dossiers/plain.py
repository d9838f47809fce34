# SPDX-License-Identifier: EUPL-1.2
"""Coded values as plain JSON and back: bytes as hex, enums by value, tuples as lists.

For action files, `show --json` and examples; never for the wire. Values come from this node's own people, so what
does not fit is a Refusal `bad_values` with where and why, not a PeerFault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from amana.protocol.canonical import Canonical
from amana.protocol.errors import Refusal

T = TypeVar("T", bound=Canonical)
Plain = Mapping[str, Any]


def to_plain(value: Canonical) -> dict[str, Any]:
    """`value` as what JSON can hold."""
    plain = _hexed(msgspec.to_builtins(value, builtin_types=(bytes,)))
    assert isinstance(plain, dict)  # noqa: S101 - a struct becomes a dict; told to the type checker
    return plain


def from_plain(given: Plain, shape: type[T]) -> T:
    """The value of type `shape` that `given` describes. Raises Refusal `bad_values`."""
    try:
        return msgspec.convert(_unhexed(given, _type_of(shape)), shape, builtin_types=(bytes,))
    except (msgspec.ValidationError, ValueError) as error:
        raise Refusal("bad_values", what=shape.__name__, where=_where(str(error))) from error


def _where(message: str) -> str:
    """The path in msgspec's message, without the value it met."""
    return message.rpartition("at `")[2].rstrip("`") if "at `" in message else "$"


@cache
def _type_of(shape: type[Canonical]) -> inspect.Type:
    return inspect.type_info(shape)


def _hexed(plain: Any) -> Any:
    match plain:
        case bytes():
            return plain.hex()
        case dict():
            return {name: _hexed(value) for name, value in plain.items()}
        case list() | tuple():
            return [_hexed(value) for value in plain]
        case _:
            return plain


def _unhexed(given: Any, kind: inspect.Type) -> Any:
    """`given` with the hex strings that stand where `kind` wants bytes turned into bytes."""
    match kind:
        case inspect.BytesType() if isinstance(given, str):
            return bytes.fromhex(given)
        case inspect.StructType(fields=fields) if isinstance(given, Mapping):
            types = {field.encode_name: field.type for field in fields}
            return {name: _unhexed(value, types[name]) if name in types else value for name, value in given.items()}
        case inspect.VarTupleType(item_type=item) if isinstance(given, Sequence) and not isinstance(given, str):
            return [_unhexed(value, item) for value in given]
        case inspect.UnionType(types=types_) if given is not None:
            inner = next((t for t in types_ if not isinstance(t, inspect.NoneType)), None)
            return given if inner is None else _unhexed(given, inner)
        case _:
            return given
