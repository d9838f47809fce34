# SPDX-License-Identifier: EUPL-1.2
"""A second implementation of the encoding, written from spec/01 and spec/02 alone, to be held against the product's.

It shares no code with `amana` and uses no CBOR or schema library: a strict decoder and encoder, and the shapes of
headers, bodies and steps as tables. It is slow and plain on purpose. `Reject` is its only error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Checker = Callable[[Any], None]
REQUIRED = object()
MAX_DEPTH = 16  # deeper than any shape here


class Reject(Exception):
    """These bytes are not the one form of a value of this shape."""


# --- CBOR, deterministic form (RFC 8949 section 4.2.1), the subset of spec/01: integers, strings, arrays, maps, booleans, null


def decode(encoded: bytes) -> Any:
    """The one item that `encoded` is."""
    value, end = _item(encoded, 0, 0)
    if end != len(encoded):
        raise Reject("trailing bytes")
    return value


def _item(encoded: bytes, at: int, depth: int) -> tuple[Any, int]:
    if depth > MAX_DEPTH:
        raise Reject("too deep")
    if at >= len(encoded):
        raise Reject("ends early")
    major, low = encoded[at] >> 5, encoded[at] & 31
    if major == 7:
        if low not in (20, 21, 22):
            raise Reject("float, undefined or another simple value")
        return {20: False, 21: True, 22: None}[low], at + 1
    number, at = _argument(encoded, at + 1, low)
    match major:
        case 0:
            return number, at
        case 1:
            return -1 - number, at
        case 2 | 3:
            if at + number > len(encoded):
                raise Reject("ends early")
            content = encoded[at : at + number]
            return (content if major == 2 else _text(content)), at + number
        case 4:
            items = []
            for _ in range(number):
                value, at = _item(encoded, at, depth + 1)
                items.append(value)
            return items, at
        case 5:
            return _map(encoded, at, number, depth)
        case _:
            raise Reject("tag")


def _argument(encoded: bytes, at: int, low: int) -> tuple[int, int]:
    if low < 24:
        return low, at
    if low > 27:
        raise Reject("indefinite length")
    width = 1 << (low - 24)
    if at + width > len(encoded):
        raise Reject("ends early")
    number = int.from_bytes(encoded[at : at + width], "big")
    if number < (24 if width == 1 else 1 << (4 * width)):
        raise Reject("number written longer than needed")
    return number, at + width


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Reject("bad UTF-8") from error


def _map(encoded: bytes, at: int, count: int, depth: int) -> tuple[dict[str, Any], int]:
    pairs: dict[str, Any] = {}
    before: tuple[int, bytes] = (-1, b"")
    for _ in range(count):
        start = at
        key, at = _item(encoded, at, depth + 1)
        if not isinstance(key, str):
            raise Reject("key that is no text")
        place = (at - start, encoded[start:at])
        if place <= before:
            raise Reject("keys out of order or twice")
        before = place
        pairs[key], at = _item(encoded, at, depth + 1)
    return pairs, at


def encode(value: Any) -> bytes:
    """The one form of `value`: text keys in maps, shorter ones first."""
    match value:
        case bool() | None:
            return bytes([{False: 0xF4, True: 0xF5, None: 0xF6}[value]])
        case int():
            return write_head(0, value) if value >= 0 else write_head(1, -1 - value)
        case bytes():
            return write_head(2, len(value)) + value
        case str():
            return write_head(3, len(value.encode())) + value.encode()
        case list():
            return write_head(4, len(value)) + b"".join(map(encode, value))
        case dict():
            keys = sorted(map(encode, value), key=lambda key: (len(key), key))
            return write_head(5, len(value)) + b"".join(key + encode(value[decode(key)]) for key in keys)
        case _:
            raise TypeError(type(value))


def write_head(major: int, number: int) -> bytes:
    for low, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 24:
            return bytes([major << 5 | number])
        if number < 1 << (8 * width):
            return bytes([major << 5 | low]) + number.to_bytes(width, "big")
    raise ValueError(number)


# --- shapes


def _require(holds: bool) -> None:
    if not holds:
        raise Reject("shape")


def number(low: int, below: int) -> Checker:
    return lambda value: _require(type(value) is int and low <= value < below)


def octets(low: int, high: int) -> Checker:
    return lambda value: _require(type(value) is bytes and low <= len(value) <= high)


def text(low: int, high: int, pattern: str = r"[\s\S]*") -> Checker:
    return lambda value: _require(type(value) is str and low <= len(value) <= high and re.fullmatch(pattern, value) is not None)


def boolean(value: Any) -> None:
    _require(type(value) is bool)


def one_of(*names: str) -> Checker:
    return lambda value: _require(value in names)


def array(element: Checker, low: int, high: int) -> Checker:
    def check(value: Any) -> None:
        _require(type(value) is list and low <= len(value) <= high)
        for each in value:
            element(each)

    return check


def record(**fields: tuple[Checker, Any]) -> Checker:
    """A map of exactly these fields; one with a default is absent where it has that value."""

    def check(value: Any) -> None:
        _require(type(value) is dict and value.keys() <= fields.keys())
        for name, (checker, default) in fields.items():
            if name in value:
                checker(value[name])
                _require(value[name] != default or type(value[name]) is not type(default))
            else:
                _require(default is not REQUIRED)

    return check


def parse(encoded: bytes, shape: Checker, limit: int) -> Any:
    """The value of this shape; raises Reject."""
    _require(len(encoded) <= limit)
    value = decode(encoded)
    shape(value)
    return value


AGENCY = text(1, 32, r"[a-z0-9]+(\.[a-z0-9]+)*")
CODE = text(1, 48, r"[a-z0-9_]+")
HASH = octets(32, 32)
MILLIS = number(0, 2**53)

MARKING = record(
    tlp=(one_of("clear", "green", "amber", "amber+strict", "red"), ""),
    basis=(record(article=(text(0, 32), REQUIRED), agreement=(octets(0, 32), REQUIRED)), None),
    codes=(array(one_of("H0", "H1", "H2", "H3"), 0, 2**32), []),
    level=(number(0, 5), 0),
    purpose=(
        one_of("prevention", "investigation", "public_security", "humanitarian", "event_security", "cooperation", "by_grant"),
        "cooperation",
    ),
    erase_on=(MILLIS, 0),
    national=(text(0, 48), ""),
    review_on=(MILLIS, 0),
)
HEADER = record(
    run=(number(1, 2**31), REQUIRED),
    body=(HASH, REQUIRED),
    kind=(CODE, REQUIRED),
    type=(CODE, REQUIRED),
    after=(array(HASH, 0, 64), []),
    coded=(octets(0, 32 * 1024), REQUIRED),
    nonce=(octets(16, 16), REQUIRED),
    rules=(number(0, 2**16), 0),
    author=(AGENCY, REQUIRED),
    format=(number(1, 2**16), 1),
    dossier=(octets(0, 32), b""),
    made_at=(MILLIS, REQUIRED),
    marking=(MARKING, REQUIRED),
    audience=(array(AGENCY, 1, 64), REQUIRED),
    previous=(octets(0, 32), b""),
)
ITEM = record(
    fact=(boolean, False),
    type=(CODE, REQUIRED),
    grade=(text(0, 2, r"([ABCX][1-4])?"), ""),
    minor=(boolean, False),
    value=(octets(0, 16 * 1024), REQUIRED),
    category=(one_of("none", "suspect", "convicted", "victim", "witness", "contact", "missing", "deceased", "other"), "none"),
)
ATTACHMENT = record(
    key=(HASH, REQUIRED),
    name=(text(1, 200), REQUIRED),
    size=(number(0, 10 * 1024 * 1024 + 1), REQUIRED),
    type=(text(3, 100), REQUIRED),
    sha256=(HASH, REQUIRED),
)
BODY = record(
    text=(text(0, 200_000), ""),
    items=(array(ITEM, 0, 500), []),
    nonce=(octets(16, 16), REQUIRED),
    title=(text(0, 300), ""),
    detail=(octets(0, 64 * 1024), b""),
    handle=(octets(0, 16), b""),
    language=(text(0, 3, r"([a-z]{2,3})?"), ""),
    attachments=(array(ATTACHMENT, 0, 20), []),
)


def parse_header(encoded: bytes) -> Any:
    """A header, with the rules between its fields (spec/02)."""
    header = parse(encoded, HEADER, 32 * 1024)
    marking = header["marking"]
    basis = marking.get("basis")
    for names in (header["audience"], header.get("after", []), marking.get("codes", [])):
        _require(list(names) == sorted(set(names)))
    _require(header["author"] not in header["audience"])
    _require(all(len(header.get(name, b"")) in (0, 32) for name in ("dossier", "previous")))
    _require(basis is None or len(basis["agreement"]) == 32)
    _require(header["kind"] != "partnership" or ("dossier" not in header and len(header["audience"]) == 1))
    return header


def parse_body(encoded: bytes) -> Any:
    """A body."""
    return parse(encoded, BODY, 256 * 1024)
