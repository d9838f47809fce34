# SPDX-License-Identifier: EUPL-1.2
"""One dossier at a glance, beside a list: its line, what its opening entry asks and rests on, its clocks; what arrived.

A glance shows content and is recorded as one (`peek`); it does not count as having read the dossier, so what is new
stays new. `record=False` is for a panel that brings itself up to date.
"""

from __future__ import annotations

from typing import Any

from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import Reading
from amana.node.queries.entries import show_entry
from amana.node.queries.rows import is_automatic, is_new, show_row
from amana.node.queries.standing import show_basis_of, show_clocks, show_turn
from amana.protocol.identifiers import DossierId, EntryId, Millis

Plain = dict[str, Any]


def peek(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """A row as in every list, with `opened_by` (its opening entry), `clocks`, `turn_of`, `agreement`, `notes` (how many).

    Raises Refusal `not_found`.
    """
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, dossier)
        opening = reading.entry(EntryId(row.id))
        return show_row(reading, row, now, own=node.code, account=scope.account) | {
            "opened_by": show_entry(reading, opening, node.code, row.parties) if opening is not None else None,
            "clocks": show_clocks(row, now),
            "turn_of": show_turn(row, node.code, now),
            "agreement": show_basis_of(reading, row, now),
            "notes": len(reading.records("note", row.id)),
        }

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "peek", dossier))
    return {"agency": node.code, "now": now} | shown


def arrivals_since(node: Node, scope: Scope, since: Millis) -> list[Plain]:
    """What people of other agencies said that came to visible dossiers since then and is new to this person, oldest first."""
    require_content_role(scope)
    second = since // 1000 * 1000  # arrivals are dated by the step that brought them, to the second

    def ask(reading: Reading) -> list[Plain]:
        found: list[Plain] = []
        for row in visible_dossiers(reading, scope):
            if not is_new(reading, row, node.code, scope.account):
                continue
            found += [
                {"dossier": row.id.hex(), "author": entry.author, "type": entry.type, "at": entry.arrived_at}
                for entry in reading.dossier_entries(row.id)
                if entry.arrived_at >= second and entry.author != node.code and not is_automatic(entry.kind, entry.type)
            ]
        return sorted(found, key=lambda one: one["at"])

    return node.journal.read(ask)
