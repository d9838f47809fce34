# SPDX-License-Identifier: EUPL-1.2
"""Deterministic CBOR (RFC 8949 section 4.2.1) for typed values, and the strict decoder that takes no other form.

Values are frozen msgspec Structs whose fields are declared in canonical key order (shorter encoded keys first,
then bytewise). `encode` writes the one form; `parse` decodes, checks the types and encodes again: bytes that
differ are refused. No float, no tag, no undefined and no map with free keys can pass, because no type holds one.
Decoding does nothing but decode: no tag is acted upon (a few bytes under one can cost a minute), and the number of
values in a long input is bounded before the first is made. Spec: spec/01-encoding.md.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final, TypeVar

import cbor2
import msgspec

from amana.protocol.errors import PeerFault

T = TypeVar("T", bound="Canonical")

MAX_ENCODED = 16 * 1024 * 1024  # a step with its envelope, the largest value there is (spec/01-encoding.md)
MAX_VALUES = 200_000  # numbers, strings, lists and maps in one input (spec/01-encoding.md)
COUNTED_FROM = 32 * 1024  # bytes: a shorter input cannot hold enough of them to hurt

_TAGGED: Final = object()  # stands for whatever came under a tag; no type takes it
_TAGS = (0, 1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37, 52, 54, 100, 256, 258, 260, 261, 1004, 43000)  # those cbor2 acts upon
_KEY_FAULT = "must be a text string or byte string"  # cbor2's words for a map key that no record has


class Canonical(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every value that has an encoding. Fields are declared in canonical key order (a test checks it)."""

    most_values: ClassVar[int] = MAX_VALUES  # in a long input; fewer where a type can hold but few


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
    loose = decode_loosely(encoded, what=shape.__name__, most=shape.most_values)
    try:
        value = msgspec.convert(loose, shape, builtin_types=(bytes,))
    except Exception as error:  # a custom constructor may raise beside msgspec's own errors
        raise PeerFault("wrong_shape", what=shape.__name__) from error
    if encode(value) != encoded:
        raise PeerFault("not_canonical", what=shape.__name__)
    return value


def require_fit(value: Canonical) -> None:
    """Raise PeerFault `wrong_shape` where no reader would take the encoding of `value`: its fields are not checked when
    it is made, and what an author signs can never be taken back."""
    try:
        msgspec.convert(msgspec.to_builtins(value, builtin_types=(bytes,)), type(value), builtin_types=(bytes,))
    except msgspec.ValidationError as error:
        raise PeerFault("wrong_shape", what=type(value).__name__) from error


def decode_loosely(encoded: bytes, *, what: str, most: int = MAX_VALUES) -> Any:
    """The plain value of CBOR that nobody has checked, at a cost that its length bounds; never an object made by a tag.

    Raises PeerFault `too_large` (too many values), `not_cbor`, `wrong_shape` (a map key that is no string).
    """
    if len(encoded) > COUNTED_FROM:
        _require_few_values(encoded, what, most)
    try:
        return cbor2.loads(encoded, semantic_decoders=_UNTAGGED, strict_hashable_types=True)
    except Exception as error:  # the decoder raises many kinds; hostile bytes get one
        raise PeerFault("wrong_shape" if _KEY_FAULT in str(error) else "not_cbor", what=what) from error


def _untag(_value: Any, _immutable: bool) -> Any:
    """Of what stands under a tag nothing is made."""
    return _TAGGED


def _unbignum(value: Any, _immutable: bool) -> Any:
    """A short bignum is another form of a number, and refused as that."""
    return int.from_bytes(value) if isinstance(value, bytes) and len(value) <= 8 else _TAGGED


_UNTAGGED = dict.fromkeys(_TAGS, _untag) | {2: _unbignum}


def _require_few_values(encoded: bytes, what: str, most: int) -> None:
    """Count initial bytes, strings passed over; what is no CBOR is the decoder's to say."""
    at, counted, end = 0, 0, len(encoded)
    while at < end:
        counted += 1
        if counted > most:
            raise PeerFault("too_large", what=what, limit=most, got=counted)
        major, short = encoded[at] >> 5, encoded[at] & 31
        wide = 1 << (short - 24) if 24 <= short < 28 else 0
        length = int.from_bytes(encoded[at + 1 : at + 1 + wide]) if wide else short
        at += 1 + wide
        if major in (2, 3) and short < 28:
            at += length
