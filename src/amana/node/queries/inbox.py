# SPDX-License-Identifier: EUPL-1.2
"""What is due: dossiers that expect something of us, by time left; what waits for release; what was set aside.

`list_inbox` is what the command shows; `desk_inbox` a person's day with its three views (mine, my units', all that
one may see); `counts` the few numbers beside every page, which are no look into any dossier and are not recorded.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from amana.dossiers.information_request.state import RequestState, overdue
from amana.dossiers.tasks import Task
from amana.node.access import Role, Scope, record_consultation, require_content_role, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.decided import next_owed
from amana.node.queries.drafts import list_drafts
from amana.node.queries.rows import show_row, state_of, tasks_of
from amana.node.records import DispositionRecord
from amana.protocol.canonical import parse
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

Plain = dict[str, Any]
NEVER = 2**62
WEEK = 7 * 24 * 60 * 60 * 1000
MINE, UNIT, ALL = VIEWS = ("mine", "unit", "all")
OVERDUE, TODAY, IN_A_WEEK, LATER, NO_CLOCK = GROUPS = ("overdue", "today", "week", "later", "no_clock")


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
            "drafts": _drafts(reading, node, scope),
            "set_aside": _set_aside(reading, rows),
        }

    shown = node.journal.read(ask)
    node.journal.write(lambda writing: record_consultation(writing, node, scope, "inbox"))
    return shown


def desk_inbox(node: Node, scope: Scope, *, day_end: Millis, view: str = MINE, record: bool = True) -> Plain:
    """A person's day. `day_end`: when the day ends where that person is; `record=False` for a page that renews itself.

    What is no view is the one that serves this person (`view` of the answer): one's own, or the units' for a supervisor
    and for whom nothing of one's own is due. `held`: the dossiers of each view.
    """
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        rows = visible_dossiers(reading, scope)
        shown = [_line_of_the_day(reading, row, now, node.code, scope.account) for row in _of_the_day(rows, node.code)]
        held = {name: [row for row in shown if _in_view(row, scope, name)] for name in VIEWS}
        counts = {name: sum(1 for row in rows_of if row["tasks"]) for name, rows_of in held.items()}
        chosen_view = view if view in VIEWS else UNIT if scope.role == Role.SUPERVISOR or not counts[MINE] else MINE
        chosen = held[chosen_view]
        drafts, releases = list_drafts(reading, node, scope)
        late = {row.id.hex(): late for row in rows if (late := _late_partners(row, node.code, now))}
        return {
            "agency": node.code,
            "officer": scope.account,
            "now": now,
            "view": chosen_view,
            "held": {name: [row["dossier"] for row in rows_of] for name, rows_of in held.items()},
            "counts": counts,
            "groups": _grouped([row for row in chosen if row["tasks"]], now, day_end),
            "waiting": sorted((row for row in chosen if not row["tasks"]), key=_urgency_then_clock),
            "releases": releases,
            "drafts": drafts,
            "set_aside": _set_aside(reading, [row for row in rows if not row.closed]),
            "reminders": [row | {"late": late[row["dossier"]]} for row in chosen if row["dossier"] in late],
        }

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "inbox"))
    return shown


def counts(node: Node, scope: Scope) -> Plain:
    """The numbers beside every page: what awaits this person, without a look at any content."""
    require_content_role(scope)

    def ask(reading: Reading) -> Plain:
        rows = visible_dossiers(reading, scope)
        open = [row for row in rows if not row.closed]
        due = [row for row in rows if tasks_of(row, node.code)]
        drafts, releases = list_drafts(reading, node, scope)
        incoming = sum(1 for row in open if _is_incoming(reading, row, node.code))
        return {
            "to_do": len(due),
            "incoming": incoming,
            "outgoing": len(open) - incoming,
            "open": len(open),
            "dossiers": len(rows),
            "releases": len(releases),
            "drafts": len(drafts),
        }

    return node.journal.read(ask)


def group_of(row: Plain, now: Millis, day_end: Millis) -> str:
    """The group of time left that a shown row belongs to: by the clock that matters to us, while it runs."""
    due = row["clock_due"]
    if not due or row["paused_at"] or row["closed"]:
        return NO_CLOCK
    if due < now:
        return OVERDUE
    if due < day_end:
        return TODAY
    return IN_A_WEEK if due < now + WEEK else LATER


def _grouped(rows: Iterable[Plain], now: Millis, day_end: Millis) -> list[Plain]:
    """All groups in order, also the empty ones."""
    groups: dict[str, list[Plain]] = {name: [] for name in GROUPS}
    for row in sorted(rows, key=_urgency_then_clock):
        groups[group_of(row, now, day_end)].append(row)
    return [{"group": name, "rows": held} for name, held in groups.items()]


def _urgency_then_clock(row: Plain) -> tuple[bool, int, int]:
    return row["urgency"] != "urgent", row["clock_due"] or NEVER, -row["changed_at"]


def _of_the_day(rows: Iterable[DossierRow], own: AgencyCode) -> list[DossierRow]:
    """Those that expect something of us, closed ones too (a recall binds them as well), or of partners."""
    return [row for row in rows if tasks_of(row, own) or (row.turn and not row.closed)]


def _in_view(row: Plain, scope: Scope, view: str) -> bool:
    if view == MINE:
        return bool(row["officer"] == scope.account)
    return view == ALL or (row["unit"] or scope.desk_unit) in scope.units


def _line_of_the_day(reading: Reading, row: DossierRow, now: Millis, own: AgencyCode, account: str) -> Plain:
    """A row with `owes`: of a meeting in which something was decided that we carry out, what and by when."""
    shown = show_row(reading, row, now, own=own, account=account)
    return shown | {"owes": next_owed(reading, row, own) if Task.CARRY_OUT in shown["tasks"] else None}


def _late_partners(row: DossierRow, own: AgencyCode, now: Millis) -> list[str]:
    """The partners that owe us an answer whose date has passed: a reminder is due."""
    state = state_of(row)
    if not isinstance(state, RequestState) or state.asker != own:
        return []
    return list(overdue(state, now))


def _is_incoming(reading: Reading, row: DossierRow, own: AgencyCode) -> bool:
    state = state_of(row)
    if isinstance(state, RequestState):
        return state.asker != own
    opening = reading.entry(EntryId(row.id))
    return opening is None or opening.author != own


def _by_clock(row: DossierRow) -> tuple[int, int]:
    return row.due or NEVER, -row.changed_at


def _drafts(reading: Reading, node: Node, scope: Scope) -> list[Plain]:
    """Own drafts, and what colleagues of one's units wrote that waits for release."""
    own, releases = list_drafts(reading, node, scope)
    found = {draft["draft"]: draft for draft in [*own, *releases]}
    return [{name: found[id][name] for name in ("draft", "state", "author", "at")} for id in sorted(found)]


def _set_aside(reading: Reading, rows: Iterable[DossierRow]) -> list[Plain]:
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
