# SPDX-License-Identifier: EUPL-1.2
"""Attachments as they travel and rest: chunks of 64 KiB, each sealed under the key that the entry's body holds.

The nonce is STREAM's (Hoang et al., CRYPTO 2015): the chunk's number and whether it is the last. What the body says of
the file, hash and size, is associated data: a chunk opens in one place of one file or nowhere. Checks (spec/12-attachments.md):
(1) the number of the chunk is one that the file has; (2) the sealed chunk has the length that its place demands;
(3) it opens; of a whole file: (4) every chunk is there, in order; (5) the bytes hash to what the body says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from amana.protocol.entry import Attachment
from amana.protocol.errors import PeerFault

CHUNK = 64 * 1024  # bytes of the file in every chunk but the last
TAG = 16
SEALED_CHUNK = CHUNK + TAG
MAX_SIZE = 10 * 1024 * 1024  # as `entry.Attachment.size`
MAX_CHUNKS = MAX_SIZE // CHUNK
LABEL = b"amana/attachment/v1\0"


def chunk_count(size: int) -> int:
    """How many chunks a file of this size has; an empty file has one, so that it too is sealed."""
    return max(1, -(-size // CHUNK))


def sealed_length(size: int, index: int) -> int:
    """The length of sealed chunk `index` of a file of this size."""
    return min(CHUNK, size - index * CHUNK) + TAG


def seal_chunks(attachment: Attachment, content: bytes) -> Iterator[bytes]:
    """The sealed chunks of a file, in order; `attachment` says its true size and hash. Its key seals this file alone."""
    cipher, associated = AESGCM(attachment.key), associated_data(attachment)
    count = chunk_count(len(content))
    for index in range(count):
        part = content[index * CHUNK : (index + 1) * CHUNK]
        yield cipher.encrypt(chunk_nonce(index, last=index == count - 1), part, associated)


def open_chunk(attachment: Attachment, index: int, sealed: bytes) -> bytes:
    """The bytes of one chunk, by checks (1) to (3). Raises PeerFault `attachment_chunk` with `why`, checks 1 to 3."""
    count = chunk_count(attachment.size)
    if not 0 <= index < count:  # (1)
        raise PeerFault("attachment_chunk", check=1, why="number", expected=count, got=index)
    if len(sealed) != sealed_length(attachment.size, index):  # (2)
        raise PeerFault("attachment_chunk", check=2, why="length", expected=sealed_length(attachment.size, index), got=len(sealed))
    try:
        nonce = chunk_nonce(index, last=index == count - 1)
        return AESGCM(attachment.key).decrypt(nonce, sealed, associated_data(attachment))  # (3)
    except InvalidTag as error:
        raise PeerFault("attachment_chunk", check=3, why="sealed", expected=index, got=index) from error


def verify_attachment(attachment: Attachment, chunks: Iterable[bytes]) -> bytes:
    """The whole file from its sealed chunks in order, by checks (1) to (5).

    Raises PeerFault `attachment_chunk`, `attachment_incomplete` (check 4), `attachment_hash` (check 5).
    """
    parts: list[bytes] = []
    for index, sealed in enumerate(chunks):
        parts.append(open_chunk(attachment, index, sealed))
    if len(parts) != chunk_count(attachment.size):  # (4)
        raise PeerFault("attachment_incomplete", check=4, expected=chunk_count(attachment.size), got=len(parts))
    content = b"".join(parts)
    if hashlib.sha256(content).digest() != attachment.sha256:  # (5); its size follows from (2) and (4)
        raise PeerFault("attachment_hash", check=5)
    return content


def associated_data(attachment: Attachment) -> bytes:
    """What every chunk of a file is bound to: the label, the file's hash, its size in eight bytes."""
    return LABEL + attachment.sha256 + attachment.size.to_bytes(8, "big")


def chunk_nonce(index: int, *, last: bool) -> bytes:
    """Seven zero bytes, the number in four, and 1 for the last chunk: the key is new for each file, so none comes twice."""
    return bytes(7) + index.to_bytes(4, "big") + bytes([last])
