# SPDX-License-Identifier: EUPL-1.2
"""Which entries speak of the same phone, plate or document: for the warning before a likely duplicate is sent.

Derived from bodies and gone with them: an erased body leaves no key. Keys are hashed only to be of one length; they
are as confidential as the bodies beside them and never leave the node.
"""

from __future__ import annotations

import hashlib

from amana.dossiers.shared.items import duplicate_keys
from amana.node.ports import EntryRow, Reading, RecordRow, Writing
from amana.protocol.entry import Body, Item, parse_body
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import DossierId, EntryId

KIND = "item"


def index_entry(writing: Writing, row: EntryRow) -> None:
    """Index the items of a stored entry's body, if it has any that can be read."""
    if not row.body:
        return
    try:
        body = parse_body(row.body)
    except PeerFault:
        return
    index_body(writing, row.id, row.dossier, body)


def index_body(writing: Writing, id: EntryId, dossier: DossierId, body: Body) -> None:
    """Index the items of a body."""
    if body.items:
        writing.store_records([RecordRow(kind=KIND, key=key + id, value=dossier) for key in item_keys(body.items)])


def drop_entry(writing: Writing, row: EntryRow) -> None:
    """Forget the items of an entry whose body is about to be destroyed."""
    if not row.body:
        return
    try:
        body = parse_body(row.body)
    except PeerFault:
        return
    writing.drop_records(KIND, [key + row.id for key in item_keys(body.items)])


def dossiers_with(reading: Reading, items: tuple[Item, ...]) -> set[DossierId]:
    """The dossiers in which any of these items occurs already."""
    return {DossierId(row.value) for key in item_keys(items) for row in reading.records(KIND, key)}


def item_keys(items: tuple[Item, ...]) -> list[bytes]:
    """The keys of these items, 32 bytes each, sorted; none for items that cannot be read or identify nothing."""
    return sorted({hashlib.sha256(key.encode()).digest() for item in items for key in duplicate_keys(item)})
