# SPDX-License-Identifier: EUPL-1.2
"""The action of an operation as it is followed: the last lines of its logs, decisions apart, tallies by agency.

What the page shows costs what its lines cost, however long the log is. Where several logs were opened, during an outage, their
lines stand together by their hours. A look is recorded; `record=False` is for a page that refreshes itself.
"""

from __future__ import annotations

from typing import Any

from amana.dossiers.action_log.entries import KIND as LOG_KIND
from amana.dossiers.action_log.entries import Line
from amana.dossiers.action_log.state import LogState
from amana.dossiers.fold import parse_coded
from amana.dossiers.joint_operation.state import OperationState
from amana.dossiers.shared.operations import ActionCategory
from amana.node.access import Scope, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, EntryRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.operations import looked_at
from amana.node.queries.rows import state_of
from amana.protocol.entry import parse_header
from amana.protocol.identifiers import DossierId

Plain = dict[str, Any]
MOST_LINES = 200
SCANNED = 2_000  # entries of a log that are read for lines of one category


def show_action(node: Node, scope: Scope, dossier: DossierId, *, category: str = "", record: bool = True) -> Plain:
    """`logs`, the latest `lines` (of a category, where one is given), `decisions` among them, `tallies` by category and agency,
    and the `log` into which a new line goes ("": none is open). Raises Refusal `not_found`."""

    def whole(reading: Reading, row: DossierRow, state: OperationState) -> Plain:
        rows = visible_dossiers(reading, scope, kind=LOG_KIND, within=row.id)
        logs = [(each, held) for each in rows if isinstance(held := state_of(each), LogState)]
        lines = sorted((line for each, _ in logs for line in _lines(reading, each, category)), key=lambda one: (-one["at"], one["entry"]))
        open_logs = [each for each, held in sorted(logs, key=lambda one: (one[0].opened_at, one[0].id)) if not held.closed]
        return {
            "logs": [{"dossier": each.id.hex(), "author": held.author, "closed": bool(held.closed)} for each, held in logs],
            "log": open_logs[0].id.hex() if open_logs else "",
            "lines": lines[:MOST_LINES],
            "decisions": [one for one in lines if one["category"] == ActionCategory.DECISION.value][:20],
            "tallies": _tallies([held for _, held in logs], [one.agency for one in state.parties]),
            "agencies": [one.agency for one in state.parties],
        }

    return looked_at(node, scope, dossier, "action", whole, record=record)


def _tallies(logs: list[LogState], agencies: list[str]) -> list[Plain]:
    """Of each category that has lines: how many, and the sum of their numbers, by agency in the order of `agencies`."""
    shown = []
    for category in ActionCategory:
        held = [one for log in logs for one in log.tallies if one.category is category]
        if held:
            by_agency = [[one for one in held if one.agency == code] for code in agencies]
            shown.append(
                {
                    "category": category.value,
                    "lines": sum(one.lines for one in held),
                    "sum": sum(one.sum for one in held),
                    "by_agency": [{"lines": sum(one.lines for one in own), "sum": sum(one.sum for one in own)} for own in by_agency],
                }
            )
    return shown


def _lines(reading: Reading, row: DossierRow, category: str) -> list[Plain]:
    """The last lines of a log."""
    scanned = reading.last_entries(row.id, SCANNED if category else MOST_LINES, None)
    found = [(entry, line) for entry in scanned if (line := _line(entry)) is not None and category in ("", line["category"])]
    bodies = Bodies(reading, [entry.id for entry, _ in found[:MOST_LINES]])
    return [line | bodies.words(entry.id) | {"detail": bodies.detail(entry.id)} for entry, line in found[:MOST_LINES]]


def _line(entry: EntryRow) -> Plain | None:
    said = parse_coded(parse_header(entry.header).coded, Line) if entry.type == "line" and not entry.outcome else None
    if not isinstance(said, Line):
        return None
    return {
        "entry": entry.id.hex(),
        "author": entry.author,
        "at": said.at,
        "made_at": entry.made_at,
        "category": said.category.value,
        "number": said.number,
        "task": said.task.hex(),
        "corrects": said.corrects.hex(),
    }
