# SPDX-License-Identifier: EUPL-1.2
"""Deterministic CBOR (RFC 8949 section 4.2.1) for typed values, and the strict decoder that takes no other form.

Values are frozen msgspec Structs whose fields are declared in canonical key order (shorter encoded keys first,
then bytewise). `encode` writes the one form; `parse` decodes, checks the types and encodes again: bytes that
differ are refused. No float, no tag, no undefined and no map with free keys can pass, because no type holds one.
Spec: spec/01-encoding.md.
"""

from __future__ import annotations

from typing import TypeVar

import cbor2
import msgspec

from amana.protocol.errors import PeerFault

T = TypeVar("T", bound="Canonical")

MAX_ENCODED = 16 * 1024 * 1024  # a step with its envelope, the largest value there is (spec/01-encoding.md)


class Canonical(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every value that has an encoding. Fields are declared in canonical key order (a test checks it)."""


def encode(value: Canonical) -> bytes:
    """The deterministic CBOR form of `value`; the same value gives the same bytes on every machine."""
    return cbor2.dumps(msgspec.to_builtins(value, builtin_types=(bytes,)))


def parse(encoded: bytes, shape: type[T], *, limit: int = MAX_ENCODED) -> T:
    """The value of type `shape` that `encoded` is the one canonical form of.

    Raises PeerFault: `too_large`, `not_cbor` (no CBOR item), `wrong_shape` (another type), `not_canonical`
    (right value, other bytes).
    """
    if len(encoded) > limit:
        raise PeerFault("too_large", what=shape.__name__, limit=limit, got=len(encoded))
    try:
        loose = cbor2.loads(encoded)
    except Exception as error:  # the decoder raises many kinds; hostile bytes get one
        raise PeerFault("not_cbor", what=shape.__name__) from error
    try:
        value = msgspec.convert(loose, shape, builtin_types=(bytes,))
    except Exception as error:  # a custom constructor may raise beside msgspec's own errors
        raise PeerFault("wrong_shape", what=shape.__name__) from error
    if encode(value) != encoded:
        raise PeerFault("not_canonical", what=shape.__name__)
    return value
