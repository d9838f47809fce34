# SPDX-License-Identifier: EUPL-1.2
"""Files laid ready by an officer: checked, sealed at once under a key of their own, sent later with an entry or destroyed.

The key stands in the node's own log until the entry is made, whose body holds it from then on; that record's content is
erased in the same write. What is never sent is destroyed after 30 days.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from amana.node.access import open_scope, require_content_role
from amana.node.attachments.kinds import find_type_fault, require_name
from amana.node.context import Node
from amana.node.local import AttachmentStaged, StagedEnded
from amana.node.ports import Reading, Writing
from amana.node.records import StagedRecord, append_event
from amana.protocol.attachment import MAX_SIZE, seal_chunks
from amana.protocol.canonical import parse
from amana.protocol.entry import Attachment
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import Digest, EntryId, Millis

KEPT = 30 * 24 * 3_600_000  # ms; what was never sent by then is destroyed
MAX_STAGED = 100  # files of one account that lie ready
MAX_PER_ENTRY = 20  # as `entry.Body.attachments`
MAX_TOTAL = 50 * 1024 * 1024  # bytes that one entry may carry
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A checked and sealed file that is not in the journal yet."""

    token: bytes
    attachment: Attachment = field(repr=False)
    chunks: tuple[bytes, ...] = field(repr=False)


def prepare_file(node: Node, *, name: str, type: str, content: bytes) -> Prepared:
    """Check and seal a file. Raises Refusal `attachment_name`, `attachment_too_large`, `attachment_type`, `attachment_content`."""
    require_name(name)
    if len(content) > MAX_SIZE:
        raise Refusal("attachment_too_large", limit=MAX_SIZE, got=len(content))
    fault = find_type_fault(type, content)
    if fault == "attachment_type":
        raise Refusal("attachment_type")
    if fault:
        raise Refusal("attachment_content", type=type)
    secret = node.randomness.token(48)
    attachment = Attachment(key=secret[:32], name=name, size=len(content), type=type, sha256=Digest(hashlib.sha256(content).digest()))
    return Prepared(token=secret[32:], attachment=attachment, chunks=tuple(seal_chunks(attachment, content)))


def stage_attachment(node: Node, account: str, *, name: str, type: str, content: bytes) -> Plain:
    """Lay a file ready: {token, name, type, size, sha256}. Raises Refusal as `prepare_file`, also `too_many_staged`."""
    require_content_role(open_scope(node, account))
    prepared = prepare_file(node, name=name, type=type, content=content)
    node.journal.write(lambda writing: stage_prepared(writing, node, account, prepared))
    return _shown(prepared.token, prepared.attachment)


def stage_prepared(writing: Writing, node: Node, account: str, prepared: Prepared) -> None:
    """Keep a prepared file. Raises Refusal `too_many_staged`."""
    if len(_staged_by(writing, account)) >= MAX_STAGED:
        raise Refusal("too_many_staged", limit=MAX_STAGED)
    said = prepared.attachment
    event = AttachmentStaged(key=said.key, name=said.name, size=said.size, type=said.type, token=prepared.token, sha256=Digest(said.sha256))
    append_event(writing, event, at=node.clock.now(), officer=account)
    writing.add_chunks(prepared.token, 0, 0, prepared.chunks)


def list_staged(node: Node, account: str) -> list[Plain]:
    """What this account has laid ready, by token."""
    held = node.journal.read(lambda reading: _staged_by(reading, account))
    return [_shown(token, staged_attachment(record)) | {"at": record.at} for token, record in held]


def require_staged(reading: Reading, account: str, tokens: Sequence[bytes]) -> list[tuple[StagedRecord, Attachment]]:
    """What lies ready under these tokens for one entry of this account.

    Raises Refusal `attachment_unknown`, `too_many_attachments`, `attachments_too_large`.
    """
    if len(tokens) > MAX_PER_ENTRY:
        raise Refusal("too_many_attachments", limit=MAX_PER_ENTRY)
    if len(set(tokens)) < len(tokens):
        raise Refusal("attachment_unknown")
    found = []
    for token in tokens:
        record = _load(reading, token)
        if record is None or record.account != account:
            raise Refusal("attachment_unknown")
        found.append((record, staged_attachment(record)))
    total = sum(record.size for record, _ in found)
    if total > MAX_TOTAL:
        raise Refusal("attachments_too_large", limit=MAX_TOTAL, got=total)
    return found


def give_staged(writing: Writing, node: Node, entry: EntryId, tokens: Sequence[bytes]) -> None:
    """Make what lies ready the attachments of an entry whose body holds their keys."""
    for place, token in enumerate(tokens):
        writing.give_file(token, entry, place)
        _end(writing, node, token, StagedEnded(entry=entry, state="sent", token=token))


def drop_staged(node: Node, account: str, token: bytes) -> None:
    """Destroy what this account laid ready. Raises Refusal `attachment_unknown`. Empty the write-ahead file afterwards."""

    def act(writing: Writing) -> None:
        record = _load(writing, token)
        if record is None or record.account != account:
            raise Refusal("attachment_unknown")
        _destroy(writing, node, token, "dropped")

    node.journal.write(act)


def sweep_staged(node: Node, now: Millis) -> int:
    """Destroy what was laid ready more than 30 days ago; how many files. Empty the write-ahead file afterwards."""

    def expired(reading: Reading) -> list[bytes]:
        return [row.key for row in reading.records("staged") if parse(row.value, StagedRecord).at <= now - KEPT]

    def act(writing: Writing) -> int:
        tokens = expired(writing)
        for token in tokens:
            _destroy(writing, node, token, "expired")
        return len(tokens)

    return node.journal.write(act) if node.journal.read(expired) else 0


def staged_attachment(record: StagedRecord) -> Attachment:
    """What the body of the entry will say of a file that lies ready."""
    return Attachment(key=record.key, name=record.name, size=record.size, type=record.type, sha256=Digest(record.sha256))


def _load(reading: Reading, token: bytes) -> StagedRecord | None:
    held = reading.record("staged", token)
    return None if held is None else parse(held, StagedRecord)


def _staged_by(reading: Reading, account: str) -> list[tuple[bytes, StagedRecord]]:
    held = [(row.key, parse(row.value, StagedRecord)) for row in reading.records("staged")]
    return [(token, record) for token, record in held if record.account == account]


def _destroy(writing: Writing, node: Node, token: bytes, state: str) -> None:
    writing.destroy_chunks([(token, 0)])
    _end(writing, node, token, StagedEnded(state=state, token=token))


def _end(writing: Writing, node: Node, token: bytes, event: StagedEnded) -> None:
    """Forget the key here: the content of the record that holds it is erased."""
    record = _load(writing, token)
    if record is not None:
        writing.erase_local([record.seq])
    append_event(writing, event, at=node.clock.now())


def _shown(token: bytes, attachment: Attachment) -> Plain:
    return {
        "token": token.hex(),
        "name": attachment.name,
        "type": attachment.type,
        "size": attachment.size,
        "sha256": attachment.sha256.hex(),
    }
