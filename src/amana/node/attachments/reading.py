# SPDX-License-Identifier: EUPL-1.2
"""Attachments as people see and save them: where each stands, and its bytes, verified whenever they are opened.

Access is the dossier's (`node.access`), and every opening is recorded in the log of consultation.
"""

from __future__ import annotations

from typing import Any

from amana.node.access import Scope, record_consultation, require_content_role, require_dossier
from amana.node.attachments.kinds import find_type_fault, shown_name
from amana.node.attachments.wanted import SETTLED, attached_to, attachment_at
from amana.node.context import Node
from amana.node.ports import EntryRow, Reading
from amana.node.records import attachment_key
from amana.protocol.attachment import MAX_CHUNKS, chunk_count, verify_attachment
from amana.protocol.entry import Attachment, Body, parse_header
from amana.protocol.errors import OperatorFault, PeerFault, Refusal
from amana.protocol.identifiers import DossierId, EntryId

HERE, INCOMING, DAMAGED, ERASED, UNAVAILABLE = "here", "incoming", "damaged", "erased", "unavailable"
Plain = dict[str, Any]


def show_attachments(reading: Reading, row: EntryRow, body: Body | None) -> list[Plain]:
    """Each attachment of an entry with its state; `type_matches` is None until it is here."""
    return [_shown(reading, row, place, attachment) for place, attachment in enumerate(body.attachments if body else ())]


def show_attachments_of(reading: Reading, row: EntryRow) -> list[Plain]:
    """The same of a stored entry; nothing where its body cannot be read."""
    found = attached_to(reading, row)
    return show_attachments(reading, row, found[1]) if found is not None else []


def load_attachment(node: Node, scope: Scope, entry: EntryId, place: int) -> tuple[str, str, bytes, bool]:
    """Name, type, content of an attachment, and whether the content is of that type.

    Raises Refusal `not_found` (also where it is forbidden), `attachment_not_here`; OperatorFault `attachment_changed` where what
    is stored is not what the entry says.
    """
    require_content_role(scope)

    def ask(reading: Reading) -> tuple[DossierId, Attachment, list[bytes]]:
        found = attachment_at(reading, entry, place) if place >= 0 else None
        if found is None:
            raise Refusal("not_found")
        row, _, attachment = found
        require_dossier(reading, scope, row.dossier)
        return row.dossier, attachment, reading.chunks(entry, place, 0, MAX_CHUNKS + 1)

    dossier, attachment, chunks = node.journal.read(ask)
    if len(chunks) < chunk_count(attachment.size):
        raise Refusal("attachment_not_here")
    try:
        content = verify_attachment(attachment, chunks)
    except PeerFault as fault:
        raise OperatorFault("attachment_changed", check=fault.check) from fault
    node.journal.write(lambda writing: record_consultation(writing, node, scope, "attachment", dossier))
    return shown_name(attachment.name), attachment.type, content, not find_type_fault(attachment.type, content)


def _shown(reading: Reading, row: EntryRow, place: int, attachment: Attachment) -> Plain:
    held, chunks = reading.chunk_count(row.id, place), chunk_count(attachment.size)
    settled = {found.key[33:].decode(): found.value.decode() for found in reading.records(SETTLED, attachment_key(row.id, place))}
    state = _state(row, held >= chunks, settled)
    return {
        "place": place,
        "name": shown_name(attachment.name),
        "type": attachment.type,
        "size": attachment.size,
        "sha256": attachment.sha256.hex(),
        "state": state,
        "received_chunks": held,
        "chunks": chunks,
        "type_matches": "other_type" not in settled.values() if state == HERE else None,
    }


def _state(row: EntryRow, whole: bool, settled: dict[str, str]) -> str:
    if row.void:
        return ERASED
    if "damaged" in settled.values():
        return DAMAGED
    if whole:
        return HERE
    refused = {code for code, what in settled.items() if what == "refused"}
    if row.author in refused or refused >= set(parse_header(row.header).audience):
        return UNAVAILABLE
    return INCOMING
