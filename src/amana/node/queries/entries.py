# SPDX-License-Identifier: EUPL-1.2
"""One entry as people read it: coded values, text in its language, items, marking, who has it, what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amana.dossiers.plain import to_plain
from amana.dossiers.registry import find_entry_type
from amana.dossiers.shared.items import parse_item
from amana.node.attachments.reading import show_attachments_of
from amana.node.ports import WAITING, EntryRow, Reading
from amana.node.queries.delivery import Deliveries
from amana.node.queries.rows import INCOMING, OUTGOING
from amana.node.queries.wording import show_worded
from amana.node.set_aside import NOT_FOLDED, disposition_code
from amana.protocol.canonical import parse
from amana.protocol.entry import Body, Header, Item, parse_body, parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode

Plain = dict[str, Any]
HANDLE_DIGITS = 4  # enough to tell the officers of one dossier apart


def show_entry(
    reading: Reading, row: EntryRow, own: AgencyCode, parties: Sequence[AgencyCode], deliveries: Deliveries | None = None
) -> Plain:
    """An entry for its dossier's page; `deliveries` of the whole dossier say who has taken ours in hand."""
    disposition = disposition_code(reading, row.id)
    shown: Plain = {"id": row.id.hex(), "author": row.author, "arrived_at": row.arrived_at, "disposition": disposition}
    shown["direction"] = OUTGOING if row.author == own else INCOMING
    if disposition in NOT_FOLDED:
        return shown | {"refused": disposition}
    header = parse_header(row.header)
    shown |= _show_header(header, parties)
    shown |= {"order": row.effective, "refused": "" if row.outcome == WAITING else row.outcome}
    shown |= {"waiting": row.outcome == WAITING, "void": row.void}
    if row.body:
        shown |= _show_body(reading, header, row.body, own) | {"attachments": show_attachments_of(reading, row)}
    if row.author == own:
        shown["delivery"] = (deliveries or Deliveries(reading=reading)).show(row, header)
    return shown


def _show_header(header: Header, parties: Sequence[AgencyCode]) -> Plain:
    declared = find_entry_type(header.kind, header.type)
    coded: Plain = {}
    if declared is not None:
        try:
            coded = to_plain(parse(header.coded, declared.coded))
        except PeerFault:
            coded = {}
    return {
        "kind": header.kind,
        "type": header.type,
        "understood": declared is not None,
        "automatic": declared is not None and declared.automatic,
        "made_at": header.made_at,
        "audience": list(header.audience),
        "aside": len(header.audience) + 1 < len(parties),
        "coded": coded,
        "marking": to_plain(header.marking),
    }


def _show_body(reading: Reading, header: Header, encoded: bytes, own: AgencyCode) -> Plain:
    try:
        body = parse_body(encoded)
    except PeerFault:
        return {"readable": False}
    return {
        "readable": True,
        "title": body.title,
        "text": body.text,
        "language": body.language,
        "items": [show_item(item) for item in body.items],
        "officer": _officer(reading, body, header, own),
        "handle": body.handle.hex()[:HANDLE_DIGITS].upper(),
        **show_worded(header, body),
    }


def _officer(reading: Reading, body: Body, header: Header, own: AgencyCode) -> str:
    """Our own officer's account; of a partner's officer only that there is one."""
    if header.author != own or not body.handle:
        return ""
    owner = reading.record("handle_owner", body.handle)
    return owner[32:].decode() if owner else ""


def show_item(item: Item) -> Plain:
    """An item of a body in coded values; of one that this version cannot read, its type and marks."""
    shown: Plain = {
        "type": item.type,
        "fact": item.fact,
        "grade": item.grade,
        "category": item.category.value,
        "minor": item.minor,
    }
    try:
        value = parse_item(item.type, item.value)
    except PeerFault:
        value = None
    return shown | {"understood": value is not None, "value": to_plain(value) if value is not None else {}}
