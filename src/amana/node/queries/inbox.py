# SPDX-License-Identifier: EUPL-1.2
"""What is due: open dossiers whose turn is ours, by clock; what waits for release; what arrived and was set aside."""

from __future__ import annotations

from typing import Any

from amana.node.access import Scope, record_consultation, require_content_role, visible_dossiers
from amana.node.context import Node
from amana.node.local import OfficerAdded
from amana.node.ports import DossierRow, Reading
from amana.node.queries.dossiers import show_row
from amana.node.records import DispositionRecord, DraftRecord
from amana.protocol.canonical import parse

Plain = dict[str, Any]
NEVER = 2**62


def list_inbox(node: Node, scope: Scope) -> Plain:
    """The day of one officer: `due` first by deadline, then `open`, drafts to release, dispositions."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        rows = visible_dossiers(reading, scope, closed=False)
        ours = sorted((row for row in rows if node.code in row.turn), key=_by_clock)
        theirs = sorted((row for row in rows if row.turn and node.code not in row.turn), key=_by_clock)
        return {
            "agency": node.code,
            "officer": scope.account,
            "now": now,
            "to_do": [show_row(reading, row, now, own=node.code, account=scope.account) for row in ours],
            "waiting_for_others": [show_row(reading, row, now, own=node.code, account=scope.account) for row in theirs],
            "drafts": _drafts(reading, scope),
            "set_aside": _set_aside(reading, rows),
        }

    shown = node.journal.read(ask)
    node.journal.write(lambda writing: record_consultation(writing, node, scope, "inbox"))
    return shown


def _by_clock(row: DossierRow) -> tuple[int, int]:
    return row.due or NEVER, -row.changed_at


def _drafts(reading: Reading, scope: Scope) -> list[Plain]:
    """Own drafts, and what colleagues of one's units wrote that waits for release."""
    shown = []
    for row in reading.records("draft"):
        draft = parse(row.value, DraftRecord)
        if draft.state in ("draft", "awaiting_release") and _of_unit(reading, scope, draft):
            shown.append({"draft": row.key.hex(), "state": draft.state, "author": draft.author, "at": draft.at})
    return shown


def _of_unit(reading: Reading, scope: Scope, draft: DraftRecord) -> bool:
    if draft.author == scope.account:
        return True
    held = reading.record("officer", draft.author.encode())
    units = parse(held, OfficerAdded).units if held else ()
    return draft.state == "awaiting_release" and bool(scope.units & set(units))


def _set_aside(reading: Reading, rows: list[DossierRow]) -> list[Plain]:
    """Entries of visible dossiers that were not simply taken, each with its code."""
    visible = {row.id for row in rows}
    shown = []
    for row in reading.records("disposition"):
        entry = reading.entry(row.key)  # type: ignore[arg-type]  # the key of a disposition is an entry's id
        if entry is not None and entry.dossier in visible:
            disposition = parse(row.value, DispositionRecord)
            shown.append(
                {
                    "entry": row.key.hex(),
                    "dossier": entry.dossier.hex(),
                    "code": disposition.code,
                    "partner": disposition.partner,
                    "told": disposition.told,
                }
            )
    return shown
