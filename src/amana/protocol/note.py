# SPDX-License-Identifier: EUPL-1.2
"""The lines that heads and receipts are made of: C2SP signed-note, with one spelling for each value.

A signature line is an em dash, a key name and the base64 of key id, time (in timed kinds) and signature. Text is
UTF-8 and each line ends with a line feed; numbers have no leading zero, base64 is padded and its spare bits are
zero. Whatever is spelled otherwise is refused as PeerFault `note_form`, always as check (1) of the caller.
Spec: spec/04-checkpoint.md, "Lines".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import Seconds

MAX_TIME = 2**53  # exclusive; C2SP allows more

_DASH = "\u2014"
_KEY_ID_BYTES = 4
_TIME_BYTES = 8
_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeySignature:
    """One signature line: the key it names and what that key signed. `time` is 0 where the kind carries none."""

    key_id: bytes
    time: Seconds
    signature: bytes


def key_id(name: str, kind: bytes, public: bytes) -> bytes:
    """C2SP's key id: the first four bytes of SHA-256(name, line feed, signature type, public key)."""
    return hashlib.sha256(name.encode() + b"\n" + kind + public).digest()[:_KEY_ID_BYTES]


def render_line(name: str, line: KeySignature) -> bytes:
    """A signature line, with its line feed."""
    timed = line.time.to_bytes(_TIME_BYTES, "big") if line.time else b""
    return f"{_DASH} {name} {base64.b64encode(line.key_id + timed + line.signature).decode()}\n".encode()


def parse_line(text: str, *, name: str, timed: bool, length: int) -> KeySignature:
    """A signature line of this name and length; a timed one has a time above 0."""
    start = f"{_DASH} {name} "
    if not text.startswith(start):
        raise PeerFault("note_form", check=1, what="line")
    ahead = _KEY_ID_BYTES + (_TIME_BYTES if timed else 0)
    content = parse_base64(text[len(start) :], length=ahead + length)
    time = int.from_bytes(content[_KEY_ID_BYTES:ahead], "big")
    if timed and not 0 < time < MAX_TIME:
        raise PeerFault("note_form", check=1, what="time")
    return KeySignature(key_id=content[:_KEY_ID_BYTES], time=Seconds(time), signature=content[ahead:])


def split_lines(note: bytes, *, limit: int, count: int) -> list[str]:
    """Exactly `count` lines, each ended by a line feed."""
    if len(note) > limit:
        raise PeerFault("too_large", check=1, what="note", limit=limit, got=len(note))
    try:
        lines = note.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise PeerFault("note_form", check=1, what="utf8") from error
    if len(lines) != count + 1 or lines.pop():
        raise PeerFault("note_form", check=1, what="lines")
    return lines


def parse_number(text: str, *, below: int) -> int:
    """A decimal number below `below`, without leading zeroes, of ASCII digits."""
    if _NUMBER.fullmatch(text) is None or int(text) >= below:
        raise PeerFault("note_form", check=1, what="number")
    return int(text)


def parse_base64(text: str, *, length: int) -> bytes:
    """Standard base64 of `length` bytes, in its one spelling: padded, no other character, spare bits zero."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise PeerFault("note_form", check=1, what="base64") from error
    if len(content) != length or base64.b64encode(content).decode() != text:
        raise PeerFault("note_form", check=1, what="base64")
    return content
