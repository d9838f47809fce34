# SPDX-License-Identifier: EUPL-1.2
"""Check (7) of a verification: every chunk that is here, against the entry whose body says what it must be.

(7a) chunks belong to an attachment of a body that is here, or to a file that lies ready; (7b) they are numbered from 0
without a gap; (7c) each opens in its place, and a whole file hashes to what is said of it; (7d) what lies ready is whole.
Chunks that have not arrived are counted and are no failure. Spec: spec/11-verification.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from amana.node.attachments.staging import staged_attachment
from amana.node.attachments.wanted import attached_to, attachment_at
from amana.node.ports import FileRow, Reading
from amana.node.rebuilding import Progress, arrival_batches
from amana.node.records import StagedRecord
from amana.node.verifying_failure import Failure, differs
from amana.protocol.attachment import chunk_count, open_chunk, verify_attachment
from amana.protocol.canonical import parse
from amana.protocol.entry import Attachment
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import EntryId

TOKEN_BYTES, ID_BYTES = 16, 32
PART = 32  # chunks looked at together, where a file is not whole


def attachment_failures(reading: Reading, progress: Progress) -> Iterator[Failure]:
    """(7) of every file of which a chunk is here, and of those that must be here."""
    here: set[bytes] = set()
    for number, file in enumerate(reading.files(), 1):
        here.add(file.owner)
        yield from _file_failures(reading, file)
        progress("attachments", number)
    for row in reading.records("staged"):
        if row.key not in here:  # (7d)
            yield Failure(what="attachment_missing", where=f"staged {row.key.hex()}", expected="every chunk", got="0")


def count_attachments(reading: Reading) -> tuple[int, int]:
    """How many attachments the entries here have, and how many of them have not arrived whole."""
    total = incomplete = 0
    for rows in arrival_batches(reading):
        for row in rows:
            found = attached_to(reading, row) if row.body else None
            for place, attachment in enumerate(found[1].attachments if found else ()):
                total += 1
                incomplete += reading.chunk_count(row.id, place) < chunk_count(attachment.size)
    return total, incomplete


def _file_failures(reading: Reading, file: FileRow) -> Iterator[Failure]:
    where = f"attachment {file.owner.hex()} {file.place}"
    attachment = _said_of(reading, file)
    if attachment is None:  # (7a)
        yield Failure(what="attachment_unknown", where=where, expected="an entry that has it", got=f"{file.count}")
        return
    total = chunk_count(attachment.size)
    if file.last != file.count - 1 or file.count > total:  # (7b)
        yield Failure(what="attachment_gap", where=where, expected=f"at most {total}, from 0 on", got=f"{file.count}, to {file.last}")
        return
    if len(file.owner) == TOKEN_BYTES and file.count < total:  # (7d)
        yield Failure(what="attachment_missing", where=where, expected=str(total), got=str(file.count))
        return
    try:
        if file.count == total:
            verify_attachment(attachment, reading.chunks(file.owner, file.place, 0, total))  # (7c)
            return
        for start in range(0, file.count, PART):
            for index, sealed in enumerate(reading.chunks(file.owner, file.place, start, PART), start):
                open_chunk(attachment, index, sealed)  # (7c)
    except PeerFault as fault:
        if fault.code == "attachment_hash":
            yield differs("attachment_hash", where, attachment.sha256, b"")
        else:
            yield Failure(what="attachment_chunk", where=where, expected="chunks that open", got=str(fault.facts.get("got", "")))


def _said_of(reading: Reading, file: FileRow) -> Attachment | None:
    """What the entry, or the record of a file that lies ready, says of it."""
    if len(file.owner) == TOKEN_BYTES and file.place == 0:
        held = reading.record("staged", file.owner)
        return None if held is None else staged_attachment(parse(held, StagedRecord))
    if len(file.owner) != ID_BYTES or file.place < 0:
        return None
    found = attachment_at(reading, EntryId(file.owner), file.place)
    return found[2] if found is not None else None
