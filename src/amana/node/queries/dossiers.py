# SPDX-License-Identifier: EUPL-1.2
"""Dossiers as people read them: lists and one whole dossier. A look is recorded in the log of consultation.

`record=False` is for a page that brings what it already shows up to date by itself: nobody looked again.
"""

from __future__ import annotations

from typing import Any

from amana.dossiers.fold import Cursor
from amana.dossiers.plain import to_plain
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.delivery import Deliveries
from amana.node.queries.entries import show_entry
from amana.node.queries.refusals import show_refusals
from amana.node.queries.relations import relate
from amana.node.queries.rows import dossier_title, is_automatic, show_row, state_of
from amana.node.queries.standing import count_held, show_basis_of, show_clocks, show_turn
from amana.node.records import NoteRecord, VerifiedRecord
from amana.protocol.canonical import parse
from amana.protocol.identifiers import AgencyCode, DossierId, Millis

Plain = dict[str, Any]


def list_dossiers(node: Node, scope: Scope) -> Plain:
    """Every dossier that this person may see, last changed first."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> list[Plain]:
        rows = visible_dossiers(reading, scope)
        return [show_row(reading, row, now, own=node.code, account=scope.account) for row in rows]

    shown = node.journal.read(ask)
    node.journal.write(lambda writing: record_consultation(writing, node, scope, "list"))
    return {"agency": node.code, "dossiers": shown}


def show_dossier(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """One dossier whole; `new` is as it was before this look. Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, dossier)
        return show_row(reading, row, now, own=node.code, account=scope.account) | _show_whole(reading, row, node.code, now)

    shown = node.journal.read(ask)
    if record:
        others = sum(1 for entry in shown["entries"] if _said_by_others(entry, node.code))
        count = shown["entries_placed"]
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "dossier", dossier, count=count, others=others))
    return {"agency": node.code} | shown


def _show_whole(reading: Reading, row: DossierRow, own: AgencyCode, now: Millis) -> Plain:
    placed = reading.dossier_entries(row.id)
    waiting = reading.waiting_in(row.id)
    rows = reading.entries([entry.id for entry in [*placed, *waiting]])
    whole = [rows[entry.id] for entry in [*placed, *waiting]]
    deliveries = Deliveries.of(reading, placed, own)
    entries = [show_entry(reading, entry, own, row.parties, deliveries) for entry in whole]
    for number, entry in enumerate(entries, 1):
        entry["number"] = number if number <= len(placed) else 0
    relate(entries)
    return {
        "state": _show_state(row),
        "entries": entries,
        "entries_placed": len(placed),
        "notes": [_show_note(note.value) for note in reading.records("note", row.id)],
        "clocks": show_clocks(row, now),
        "turn_of": show_turn(row, own, now),
        "seen_by": count_held(whole, row.parties),
        "agreement": show_basis_of(reading, row, now),
        "refusals": show_refusals(reading, row.id, whole, own, row.parties),
        "verified": _show_verified(reading, row.id),
    }


def _said_by_others(entry: Plain, own: AgencyCode) -> bool:
    return bool(entry["number"]) and entry["author"] != own and not is_automatic(entry.get("kind", ""), entry.get("type", ""))


def _show_state(row: DossierRow) -> Plain:
    state = state_of(row)
    return {"refused": parse(row.cursor, Cursor).barred} if state is None else to_plain(state)


def _show_verified(reading: Reading, dossier: DossierId) -> Plain | None:
    """The last verification of this dossier's proofs; None where nobody asked for one."""
    held = reading.record("verified", dossier)
    return None if held is None else _plain_verified(parse(held, VerifiedRecord))


def _plain_verified(record: VerifiedRecord) -> Plain:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _show_note(encoded: bytes) -> Plain:
    note = parse(encoded, NoteRecord)
    return {"at": note.at, "author": note.author, "text": note.text, "language": note.language}


__all__ = ["dossier_title", "list_dossiers", "show_dossier", "show_row"]
