# SPDX-License-Identifier: EUPL-1.2
"""The registers of a desk: arrivals, departures and all dossiers, filtered and in pages.

Only what the person may see; a filter that means nothing finds nothing. Filters of coded columns are asked before
anything of a dossier is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from amana.dossiers.kind import NO_DATE
from amana.node.access import Scope, record_consultation, require_content_role, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.rows import show_row, tasks_of
from amana.protocol.identifiers import AgencyCode, Millis

Plain = dict[str, Any]
PAGE = 50
LARGEST_PAGE = 500
ORDERS = ("changed", "opened", "due")
NEVER = 2**62
ANY_TASK = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a register is narrowed to; empty means all. `since` and `until` (exclusive) bound when it was opened."""

    direction: str = ""  # in, out
    kind: str = ""
    opening: str = ""  # request, notice, propose
    area: str = ""
    partner: str = ""
    stage: str = ""
    urgency: str = ""
    officer: str = ""
    unit: str = ""
    task: str = ""  # a task's code, or "any"
    since: Millis = NO_DATE
    until: Millis = NO_DATE
    closed: bool | None = None
    new: bool = False
    overdue: bool = False


def register(
    node: Node,
    scope: Scope,
    filters: Filters | None = None,
    *,
    order: str = "changed",
    page: int = 1,
    size: int = PAGE,
    record: bool = True,
) -> Plain:
    """One page of a register: `rows` as in every list, `total` and `pages`; `record=False` where a page renews itself."""
    require_content_role(scope)
    wanted = filters or Filters()
    now = node.clock.now()
    size = max(1, min(size, LARGEST_PAGE))

    def ask(reading: Reading) -> list[Plain]:
        rows = visible_dossiers(reading, scope, kind=wanted.kind, closed=wanted.closed)
        chosen = (row for row in rows if fits(row, wanted, node.code))
        shown = [show_row(reading, row, now, own=node.code, account=scope.account) for row in chosen]
        return sorted((row for row in shown if shown_fits(row, wanted, scope)), key=lambda row: _place(row, order))

    found = node.journal.read(ask)
    pages = max(1, -(-len(found) // size))
    page = max(1, min(page, pages))
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "list"))
    rows = found[(page - 1) * size : page * size]
    return {"agency": node.code, "now": now, "rows": rows, "total": len(found), "page": page, "pages": pages, "size": size}


def fits(row: DossierRow, wanted: Filters, own: AgencyCode) -> bool:
    """Whether the row’s own columns fit."""
    if wanted.partner and (wanted.partner == own or wanted.partner not in row.parties):
        return False
    if wanted.task and wanted.task not in _task_words(row, own):
        return False
    columns = ((wanted.area, row.area), (wanted.stage, row.stage), (wanted.urgency, row.urgency))
    if any(want and want != held for want, held in columns):
        return False
    return wanted.since <= row.opened_at and (not wanted.until or row.opened_at < wanted.until)


def _task_words(row: DossierRow, own: AgencyCode) -> set[str]:
    tasks = {task.value for task in tasks_of(row, own)}
    return {*tasks, ANY_TASK} if tasks else tasks


def shown_fits(row: Plain, wanted: Filters, scope: Scope) -> bool:
    """Whether what was read of the dossier fits."""
    if wanted.unit and (row["unit"] or scope.desk_unit) != wanted.unit:
        return False
    named = ((wanted.direction, "direction"), (wanted.opening, "opening"), (wanted.officer, "officer"))
    if any(want and row[name] != want for want, name in named):
        return False
    return not (wanted.new and not row["new"]) and not (wanted.overdue and not row["overdue"])


def _place(row: Plain, order: str) -> tuple[int, str]:
    match order:
        case "due":
            return row["clock_due"] or NEVER, row["dossier"]
        case "opened":
            return -row["opened_at"], row["dossier"]
        case _:
            return -row["changed_at"], row["dossier"]
