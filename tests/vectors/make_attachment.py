# SPDX-License-Identifier: EUPL-1.2
"""The cases of spec/vectors/attachment: single chunks, and whole files; each defect by one change. Nothing in them is random."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from amana.protocol.attachment import CHUNK, associated_data, chunk_nonce, seal_chunks
from amana.protocol.entry import Attachment
from amana.protocol.identifiers import Digest
from tests.vectors.cases import ACCEPT, Case
from tests.vectors.writing import write_area

KEY, OTHER_KEY = (hashlib.sha256(name).digest() for name in (b"attachment key", b"another key"))
SHORT = b"Tanger, le 3 novembre.\n"
LONG = bytes(CHUNK) + b"tail\n"


def attachment(content: bytes, **changed: Any) -> Attachment:
    said: dict[str, Any] = {
        "key": KEY,
        "name": "note.txt",
        "size": len(content),
        "type": "text/plain",
        "sha256": Digest(hashlib.sha256(content).digest()),
    }
    return Attachment(**(said | changed))


def sealed(content: bytes, **changed: Any) -> list[bytes]:
    return list(seal_chunks(attachment(content, **changed), content))


def chunk_case(name: str, about: str, said: Attachment, index: int, chunk: bytes, expect: str = ACCEPT, check: int = 0) -> Case:
    fields = {"kind": "chunk", **_said(said), "index": str(index), "sealed": chunk.hex()}
    return Case(name=f"attachment/{name}", expect=expect, check=check, about=about, fields=fields)


def file_case(name: str, about: str, said: Attachment, chunks: Sequence[bytes], expect: str = ACCEPT, check: int = 0) -> Case:
    fields = {"kind": "file", **_said(said), "chunks": ",".join(chunk.hex() or "-" for chunk in chunks)}
    return Case(name=f"attachment/{name}", expect=expect, check=check, about=about, fields=fields)


def _said(said: Attachment) -> dict[str, str]:
    return {"key": said.key.hex(), "size": str(said.size), "sha256": said.sha256.hex()}


def attachment_of(case: Case) -> Attachment:
    """What a case says of its file."""
    digest = Digest(case.octets("sha256"))
    return Attachment(key=case.octets("key"), name="note.txt", size=case.number("size"), type="text/plain", sha256=digest)


def attachment_cases() -> Iterator[Case]:
    """All cases."""
    yield file_case("short", "a file of one chunk", attachment(SHORT), sealed(SHORT))
    yield file_case("empty", "an empty file has one chunk, of a tag alone", attachment(b""), sealed(b""))
    yield file_case("two-chunks", "a full chunk and a short one", attachment(LONG), sealed(LONG))
    yield chunk_case("last-chunk", "the second chunk of the same file, alone", attachment(LONG), 1, sealed(LONG)[1])
    yield from _out_of_place()
    yield from _not_opening()
    yield from _not_the_file()


def _out_of_place() -> Iterator[Case]:
    said, code = attachment(LONG), "attachment_chunk"
    first, last = sealed(LONG)
    yield chunk_case("check1-beyond", "a third chunk of a file of two", said, 2, last, code, 1)
    yield chunk_case("check1-beyond-empty", "a second chunk of an empty file", attachment(b""), 1, sealed(b"")[0], code, 1)
    yield chunk_case("check2-short", "the last chunk without its last byte", said, 1, last[:-1], code, 2)
    yield chunk_case("check2-long", "the last chunk with a byte more", said, 1, last + b"\0", code, 2)
    yield chunk_case("check2-no-tag", "less than a tag", attachment(b""), 0, b"", code, 2)
    yield chunk_case("check2-last-in-the-place-of-the-first", "a short chunk where a full one belongs", said, 0, last, code, 2)
    yield file_case("check2-swapped", "the two chunks swapped", said, [last, last], code, 2)
    yield chunk_case("check2-first-in-the-place-of-the-last", "a full chunk where a short one belongs", said, 1, first, code, 2)


def _not_opening() -> Iterator[Case]:
    said, code, last = attachment(LONG), "attachment_chunk", sealed(LONG)[1]
    plain, bound = LONG[CHUNK:], associated_data(said)

    def made(nonce: bytes, associated: bytes = bound, key: bytes = KEY) -> bytes:
        return AESGCM(key).encrypt(nonce, plain, associated)

    true = chunk_nonce(1, last=True)
    digest = hashlib.sha256(LONG).digest()
    for name, about, chunk in (
        ("bit", "a bit of the sealed bytes", bytes([last[0] ^ 1]) + last[1:]),
        ("tag", "a bit of the tag", last[:-1] + bytes([last[-1] ^ 1])),
        ("other-key", "sealed under another key", made(true, key=OTHER_KEY)),
        ("not-said-to-be-last", "sealed as one that others follow: the file was cut", made(chunk_nonce(1, last=False))),
        ("other-number", "sealed as another chunk", made(chunk_nonce(2, last=True))),
        ("nonce-from-one", "chunks counted from 1", made(chunk_nonce(0, last=True))),
        ("other-size", "bound to another size", made(true, b"amana/attachment/v1\0" + digest + (len(LONG) + 1).to_bytes(8, "big"))),
        ("other-file", "bound to another hash", made(true, b"amana/attachment/v1\0" + bytes(32) + len(LONG).to_bytes(8, "big"))),
        ("other-label", "bound to another label", made(true, b"amana/attachment/v2\0" + bound[20:])),
        ("unbound", "bound to nothing", made(true, b"")),
    ):
        yield chunk_case(f"check3-{name}", about, said, 1, chunk, code, 3)


def _not_the_file() -> Iterator[Case]:
    first, _ = sealed(LONG)
    yield file_case("check4-none", "no chunk at all", attachment(SHORT), [], "attachment_incomplete", 4)
    yield file_case("check4-cut", "the first of two chunks alone", attachment(LONG), [first], "attachment_incomplete", 4)
    false = {"sha256": Digest(hashlib.sha256(b"another text").digest())}
    chunks = sealed(SHORT, **false)
    yield file_case(
        "check5-hash", "chunks that open, of another file than the entry names", attachment(SHORT, **false), chunks, "attachment_hash", 5
    )


if __name__ == "__main__":
    write_area("attachment", attachment_cases())
