# SPDX-License-Identifier: EUPL-1.2
"""What costs a receiver far more than its sender: refused before it costs anything, by whoever sends it.

All of these come before any signature is checked, so anybody who reaches the endpoint could send them.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import cbor2
import pytest

from amana.protocol.canonical import decode_loosely
from amana.protocol.entry import parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.sync import MAX_MESSAGE, parse_request

SECONDS = 2.0  # on any machine; before they were refused, each of the costly ones took between ten seconds and hours
MEMORY = 512 * 1024 * 1024


def long_head(major: int, length: int) -> bytes:
    return bytes([major << 5 | 27]) + length.to_bytes(8, "big")


def text(content: bytes) -> bytes:
    return long_head(3, len(content)) + content


def tag(number: int, content: bytes) -> bytes:
    return bytes([6 << 5 | 26]) + number.to_bytes(4, "big") + content


def bignum(size: int) -> bytes:
    return b"\xc2" + long_head(2, size) + b"\xa5" * size


ROOM = MAX_MESSAGE - 16
COSTLY: dict[str, bytes] = {
    "a regular expression of wide classes": tag(35, text(b"(?i)" + "[\x01-\U0010ffff]".encode() * 3000)),
    "a fraction of two numbers of a megabyte": tag(30, b"\x82" + bignum(1_000_000) + bignum(1_000_001)),
    "a decimal number of eight megabytes": tag(4, b"\x82\x01" + bignum(8_000_000)),
    "a message of empty lists": long_head(4, ROOM) + b"\x80" * ROOM,
    "a message of empty maps": long_head(4, ROOM) + b"\xa0" * ROOM,
    "a message of empty texts": long_head(4, ROOM) + b"\x60" * ROOM,
    "a list that says it is long": long_head(4, 2**40),
    "a string that says it is long": long_head(2, 2**60),
    "a string of endless pieces": b"\x5f" + b"\x40" * ROOM,
    "a million lists in each other": b"\x81" * 1_000_000 + b"\x00",
    "numbers as keys whose hashes collide": long_head(5, 9_000)
    + b"".join(b"\xc2" + long_head(2, 12) + (number * (2**61 - 1)).to_bytes(12, "big") + b"\x00" for number in range(9_000)),
}


@pytest.mark.parametrize("wire", COSTLY.values(), ids=COSTLY)
def test_a_costly_message_from_anybody_is_refused_at_once(wire: bytes) -> None:
    started = time.process_time()
    with pytest.raises(PeerFault):
        parse_request(wire)
    assert time.process_time() - started < SECONDS


def test_no_message_makes_the_decoder_take_memory_without_measure() -> None:
    """In a process of its own, whose memory the system bounds."""
    program = (
        "from tests.attacks.test_decoding import COSTLY, MEMORY\n"
        "import resource\n"
        "from amana.protocol.errors import PeerFault\n"
        "from amana.protocol.sync import parse_request\n"
        "resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))\n"
        "for name, wire in COSTLY.items():\n"
        "    try:\n        parse_request(wire)\n"
        "    except PeerFault as fault:\n        assert not isinstance(fault.__cause__, MemoryError), name\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env={"PYTHONPATH": "src:."})
    assert done.returncode == 0, done.stderr


CONTENTS: dict[str, bytes] = {
    "a number": b"\x01",
    "bytes": b"\x42\x01\x02",
    "a text": b"\x61a",
    "a list": b"\x82\x01\x02",
    "a map": b"\xa0",
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_no_tag_is_acted_upon(content: bytes) -> None:
    """Whatever the decoder's own list of tags grows to, nothing comes of one but the plain value or a sign that one was there."""
    plain = (int, bytes, str, list, dict, cbor2.CBORTag, object)
    for number in {*range(70_000), 2**32 - 1} - {55_799}:  # that one says "this is CBOR" and no more
        try:
            loose = decode_loosely(tag(number, content), what="tag")
        except PeerFault:
            continue
        assert type(loose) in plain, number


REFUSED: dict[str, Callable[[], bytes]] = {
    "a tag in the place of a value": lambda: cbor2.dumps({"kind": cbor2.CBORTag(1, 0)}),
    "a shared value that holds itself": lambda: b"\xd8\x1c\x81\xd8\x1d\x00",
    "a string that is named by number": lambda: b"\xd9\x01\x00\x82\x64abcd\xd8\x19\x00",
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_what_stands_under_a_tag_is_refused_as_another_shape(make: Callable[[], bytes]) -> None:
    with pytest.raises(PeerFault):
        parse_header(make())
