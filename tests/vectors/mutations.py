# SPDX-License-Identifier: EUPL-1.2
"""Seeded mutations of encodings: of their bytes, and of their values written in every way that CBOR allows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.vectors.independent import decode
from tests.vectors.loose import Pairs, Raw, write

# Heads that a strict decoder trips over: long arguments, indefinite lengths, tags, simple values, floats, breaks.
_HEADS = bytes.fromhex("18191a1b1c1f38405859 5f60787f80989fa0b8bf c0c1c2d8e0f4f5f6f7f8 f9fafbff")


def mutated(seeds: list[bytes], count: int, rng: random.Random) -> Iterator[bytes]:
    """`count` inputs: half changed bytes, half changed values."""
    values = [decode(each) for each in seeds]
    for turn in range(count):
        if turn % 2:
            yield mutated_bytes(bytearray(rng.choice(seeds)), rng)
        else:
            yield write(_mutated_value(rng.choice(values), rng, rng.randint(1, 2)))


def mutated_bytes(encoded: bytearray, rng: random.Random) -> bytes:
    """One to four changes to the bytes."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        at = rng.randrange(len(encoded) + 1)
        match rng.randrange(6):
            case 0 if at < len(encoded):
                encoded[at] ^= 1 << rng.randrange(8)
            case 1 if at < len(encoded):
                encoded[at] = rng.choice(_HEADS)
            case 2:
                encoded[at:at] = bytes([rng.choice(_HEADS)])
            case 3:
                del encoded[at : at + rng.randint(1, 4)]
            case 4:
                encoded[at:at] = encoded[at : at + rng.randint(1, 40)]
            case _:
                encoded[at:at] = rng.randbytes(rng.randint(1, 3))
    return bytes(encoded)


def _mutated_value(value: Any, rng: random.Random, depth: int) -> Any:
    """One change somewhere in `value`: here, or further down."""
    if isinstance(value, dict) and value:
        if rng.random() < 0.35:
            return _mutated_map(dict(value), rng)
        name = rng.choice(list(value))
        return {**value, name: _mutated_value(value[name], rng, depth)}
    if isinstance(value, list) and value and rng.random() < 0.7:
        at = rng.randrange(len(value))
        changed = [*value[:at], _mutated_value(value[at], rng, depth), *value[at + 1 :]]
        return rng.choice([changed, changed, value[::-1], [*value, value[at]], value[:at]])
    return _rewritten(value, rng)


def _mutated_map(fields: dict[str, Any], rng: random.Random) -> Any:
    pairs = Pairs(fields.items())
    match rng.randrange(7):
        case 0:
            rng.shuffle(pairs)
            return pairs
        case 1:
            return Pairs([*pairs, rng.choice(pairs)])
        case 2:
            del fields[rng.choice(list(fields))]
            return fields
        case 3:
            return {
                **fields,
                rng.choice(("extra", "rules", "after", "tlp", "text", "items", "step")): rng.choice((0, 1, "", b"", [], None, {})),
            }
        case 4:
            return Raw(b"\xbf" + b"".join(write(key) + write(each) for key, each in pairs) + b"\xff")
        case 5:
            return Raw(b"\xb8" + bytes([len(pairs)]) + write(fields)[1:])
        case _:
            return Pairs([(rng.choice((1, b"run", None)), 1), *pairs])


def _rewritten(value: Any, rng: random.Random) -> Any:
    """`value` in another spelling, or another value of its kind or of another kind."""
    others: list[Callable[[], Any]] = [
        lambda: rng.choice((None, True, False, 0, 1, -1, 2**31, 2**53, 2**53 - 1, 2**64 - 1, "", "a", b"", b"\0", [], {})),
        lambda: Raw(rng.choice((b"\xc1", b"\xd8\x25", b"\xd9\xd9\xf7")) + write(value)),
        lambda: Raw(rng.choice((b"\xf7", b"\xf8\x20", b"\xf9\x3c\x00", b"\xfb" + bytes(8), b"\xff"))),
    ]
    match value:
        case bool() | None:
            pass
        case int():
            wide = {width: value.to_bytes(width, "big") for width in (1, 2, 4, 8) if 0 <= value < 1 << (8 * width)}
            others += [lambda: Raw(bytes([{1: 24, 2: 25, 4: 26, 8: 27}[width := rng.choice(list(wide))]]) + wide[width])]
            others += [lambda: max(0, value + rng.choice((-1, 1, 1000))), lambda: rng.getrandbits(rng.randint(1, 60))]
        case bytes():
            others += [lambda: rng.randbytes(len(value)), lambda: value[:-1], lambda: value + b"\0", value.hex]
            others += [lambda: Raw(b"\x5f" + write(value) + b"\xff"), lambda: Raw(b"\x59" + len(value).to_bytes(2, "big") + value)]
        case str():
            others += [lambda: value + rng.choice(("\n", "a", "é", "ع", "A", ".", "\0")), lambda: value[1:], value.encode]
            others += [lambda: Raw(b"\x7f" + write(value) + b"\xff"), lambda: Raw(b"\x61" + rng.randbytes(1))]
        case _:
            others += [lambda: Raw(b"\x9f" + b"".join(map(write, value)) + b"\xff")]
    return rng.choice(others)()
