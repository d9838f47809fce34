# SPDX-License-Identifier: EUPL-1.2
"""Dossiers as people read them: lists and one whole dossier. Every look is recorded in the log of consultation."""

from __future__ import annotations

from typing import Any

from amana.dossiers.fold import Cursor
from amana.dossiers.plain import to_plain
from amana.dossiers.registry import KINDS
from amana.node.access import Scope, load_assignment, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.entries import show_entry
from amana.node.records import NoteRecord
from amana.protocol.canonical import parse
from amana.protocol.entry import parse_body
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import DossierId, EntryId

Plain = dict[str, Any]


def list_dossiers(node: Node, scope: Scope) -> Plain:
    """Every dossier that this person may see, last changed first."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> list[Plain]:
        return [show_row(reading, row, now) for row in visible_dossiers(reading, scope)]

    shown = node.journal.read(ask)
    node.journal.write(lambda writing: record_consultation(writing, node, scope, "list"))
    return {"agency": node.code, "dossiers": shown}


def show_dossier(node: Node, scope: Scope, dossier: DossierId) -> Plain:
    """One dossier whole. Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, dossier)
        placed = [entry.id for entry in reading.dossier_entries(dossier)]
        waiting = [entry.id for entry in reading.waiting_in(dossier)]
        rows = reading.entries([*placed, *waiting])
        return show_row(reading, row, now) | {
            "state": _show_state(row),
            "entries": [show_entry(reading, rows[id], node.code, row.parties) for id in [*placed, *waiting]],
            "notes": [_show_note(note.value) for note in reading.records("note", dossier)],
        }

    shown = node.journal.read(ask)
    node.journal.write(lambda writing: record_consultation(writing, node, scope, "dossier", dossier))
    return {"agency": node.code} | shown


def show_row(reading: Reading, row: DossierRow, now: int) -> Plain:
    """One line of a list."""
    assigned = load_assignment(reading, row.id)
    return {
        "dossier": row.id.hex(),
        "kind": row.kind,
        "title": dossier_title(reading, row.id),
        "stage": row.stage,
        "area": row.area,
        "urgency": row.urgency,
        "turn": list(row.turn),
        "due": row.due,
        "overdue": bool(row.due) and not row.closed and row.due < now,
        "closed": row.closed,
        "parties": list(row.parties),
        "entries": row.count,
        "opened_at": row.opened_at,
        "changed_at": row.changed_at,
        "unit": assigned.unit if assigned else "",
        "officer": assigned.account if assigned else "",
    }


def dossier_title(reading: Reading, dossier: DossierId) -> str:
    """The title in the opening entry's body; empty where it was erased or cannot be read."""
    opening = reading.entry(EntryId(dossier))
    if opening is None or not opening.body:
        return ""
    try:
        return parse_body(opening.body).title
    except PeerFault:
        return ""


def _show_state(row: DossierRow) -> Plain:
    cursor = parse(row.cursor, Cursor)
    if cursor.barred or cursor.kind not in KINDS:
        return {"refused": cursor.barred}
    return to_plain(cursor.state_of(KINDS[cursor.kind]))


def _show_note(encoded: bytes) -> Plain:
    note = parse(encoded, NoteRecord)
    return {"at": note.at, "author": note.author, "text": note.text, "language": note.language}
