# SPDX-License-Identifier: EUPL-1.2
"""The second implementation of attachments: written from spec/12 alone, with AES-GCM from the same library and nothing else.

The nonce and the associated data are put together byte by byte. `Failed` is its only error and carries the number of the check.
"""

from __future__ import annotations

import hashlib
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Failed(Exception):
    """A check of the specification fails."""

    def __init__(self, check: int) -> None:
        self.check = check
        super().__init__(check)


def chunks_in(size: int) -> int:
    """The number of chunks: full ones of 65,536 bytes, then the rest; one where there is nothing."""
    full, rest = divmod(size, 65_536)
    return full + (1 if rest or not full else 0)


def plain_length(size: int, number: int) -> int:
    """How long chunk `number` is before it is sealed."""
    return 65_536 if number < chunks_in(size) - 1 else size - 65_536 * (chunks_in(size) - 1)


def seal(key: bytes, digest: bytes, size: int, number: int, plain: bytes) -> bytes:
    """One sealed chunk."""
    return AESGCM(key).encrypt(nonce(size, number), plain, bound(digest, size))


def unseal(key: bytes, digest: bytes, size: int, number: int, sealed: bytes) -> bytes:
    """Checks (1) to (3)."""
    if not number < chunks_in(size):
        raise Failed(1)
    if len(sealed) - 16 != plain_length(size, number):
        raise Failed(2)
    try:
        return AESGCM(key).decrypt(nonce(size, number), sealed, bound(digest, size))
    except InvalidTag:
        raise Failed(3) from None


def whole(key: bytes, digest: bytes, size: int, chunks: list[bytes]) -> bytes:
    """Checks (1) to (5) of a file."""
    opened = [unseal(key, digest, size, number, sealed) for number, sealed in enumerate(chunks)]
    if len(opened) != chunks_in(size):
        raise Failed(4)
    if hashlib.sha256(b"".join(opened)).digest() != digest:
        raise Failed(5)
    return b"".join(opened)


def nonce(size: int, number: int) -> bytes:
    """0 (7 bytes), number (4 bytes), 1 if it is the last (1 byte)."""
    return struct.pack(">7xIB", number, number + 1 == chunks_in(size))


def bound(digest: bytes, size: int) -> bytes:
    """The associated data."""
    return b"amana/attachment/v1\0" + digest + struct.pack(">Q", size)
