# SPDX-License-Identifier: EUPL-1.2
"""The cooperation centre: the log of a day page by page, incidents by clock, and the board of what is going on now.

The board costs what its lines cost, however long the log is: open incidents, the last lines, folded figures. What may be
read from the wall is coded (`wall_line`): an incident that was opened for some of the parties is never on it, and of the
others, of lines and of requests it has no word that anybody wrote. Looks are recorded; `record=False` is for a page that refreshes itself.
"""

from __future__ import annotations

from typing import Any

from amana.dossiers.event_day.entries import Line
from amana.dossiers.event_day.state import DayState, manned, on_shift, pending, shifts
from amana.dossiers.event_incident.entries import KIND as INCIDENT_KIND
from amana.dossiers.event_incident.state import IncidentState, awaited, closing, now_held
from amana.dossiers.fold import parse_coded
from amana.dossiers.major_event.state import MajorEventState, risk_of, sessions_between
from amana.dossiers.plain import to_plain
from amana.dossiers.shared.events import CapUrgency, SessionType
from amana.dossiers.shared.vocabulary import DAY
from amana.node.access import Scope, record_consultation, require_content_role, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, EntryRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.events import event_line, find_days, names_of, need_states, require_event, show_venues
from amana.node.queries.forces import forces_now
from amana.node.queries.rows import show_row, state_of
from amana.protocol.entry import parse_header
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId, Millis

Plain = dict[str, Any]
PAGE_LINES = 100
BOARD_LINES = 8
SCANNED = 400  # entries read at once while lines are looked for among shifts and duties
Key = tuple[int, EntryId]
_RANK = {urgency.value: rank for rank, urgency in enumerate(CapUrgency)}


def show_board(node: Node, scope: Scope, event: DossierId, *, record: bool = True) -> Plain:
    """What is going on in an event: `event`, `day`, `level`, `incidents` that are open by clock, `closed`, `lines`, `shifts`,
    `handovers`, `forces`, `requests` with their clocks, the next `briefing` (0: none), `sessions`
    of the day, `venues`. Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row, state = require_event(reading, scope, event)
        days = find_days(reading, scope, event)
        today = day_at(days, now)
        incidents = visible_dossiers(reading, scope, kind=INCIDENT_KIND, within=event, closed=False)
        opened = [_incident(reading, node, scope, each, held, row, now) for each in incidents if (held := _incident_state(each))]
        return {
            "event": event_line(reading, node, scope, row, state, now),
            "incidents": sorted(opened, key=_by_clock),
            "closed": len(reading.dossiers(kind=INCIDENT_KIND, within=event, closed=True)),
            "forces": forces_now([held for _, held in need_states(reading, scope, event)], _within(state, now)),
            "venues": show_venues(reading, state),
            "requests": _requests(reading, node, scope, event, now),
            "briefing": _next_briefing(state, now),
            **_of_day(reading, state, today),
        }

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "board", event))
    return {"agency": node.code, "now": now, **shown}


def show_log(node: Node, scope: Scope, event: DossierId, day: DossierId | None, *, category: str = "", before: Key | None = None) -> Plain:
    """A page of a day's log, the latest line first: `event`, `days`, `day`, `lines`, `more` (the key of the next page, or None).

    Without `day` the one that is now, else the last that is opened. Raises Refusal `not_found`.
    """
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row, state = require_event(reading, scope, event)
        days = find_days(reading, scope, event)
        chosen = next((one for one in days if one[0].id == day), None) if day is not None else day_at(days, now)
        if day is not None and chosen is None:
            raise Refusal("not_found")
        lines, more = _lines(reading, chosen[0], PAGE_LINES, before, category) if chosen else ([], None)
        return {
            "event": event_line(reading, node, scope, row, state, now),
            "days": [{"dossier": each.id.hex(), "day": held.day, "lines": _count(held)} for each, held in days],
            "day": _day(chosen) if chosen else None,
            "venues": {one["id"]: one["names"] for one in show_venues(reading, state)},
            "lines": lines,
            "more": more,
        }

    shown = node.journal.read(ask)
    node.journal.write(lambda writing: record_consultation(writing, node, scope, "event_log", event, count=len(shown["lines"])))
    return {"agency": node.code, "now": now, **shown}


def _next_briefing(state: MajorEventState, now: int) -> int:
    """When the briefing begins that is on or comes next within a day; 0 where none is planned."""
    planned = (one.starts for one in sessions_between(state, now - DAY, now + DAY) if one.type is SessionType.BRIEFING and one.ends > now)
    return min(planned, default=0)


def _requests(reading: Reading, node: Node, scope: Scope, event: DossierId, now: int) -> list[Plain]:
    """The information requests about the event that are open, those whose clock ends first at the head."""
    rows = visible_dossiers(reading, scope, kind="information_request", within=event, closed=False)
    shown = [show_row(reading, row, now, own=node.code, account=scope.account) for row in rows]
    return sorted(shown, key=lambda one: (not one["clock_due"], one["clock_due"], one["dossier"]))


def list_incidents(node: Node, scope: Scope, event: DossierId, *, record: bool = True) -> Plain:
    """The incidents of an event that this person may see: `open` by clock, `over` the latest first. Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row, state = require_event(reading, scope, event)
        found = visible_dossiers(reading, scope, kind=INCIDENT_KIND, within=event)
        shown = [_incident(reading, node, scope, each, held, row, now) for each in found if (held := _incident_state(each))]
        return {
            "event": event_line(reading, node, scope, row, state, now),
            "venues": {one["id"]: one["names"] for one in show_venues(reading, state)},
            "open": sorted((one for one in shown if not one["closed"]), key=_by_clock),
            "over": sorted((one for one in shown if one["closed"]), key=lambda one: (-one["at"], one["dossier"])),
        }

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "incidents", event))
    return {"agency": node.code, "now": now, **shown}


def wall_line(line: Plain) -> Plain | None:
    """What may stand on the wall of an incident: nothing of one that is not for all parties of the event."""
    kept = ("dossier", "type", "urgency_cap", "severity", "certainty", "venue", "at", "desks", "stage", "number")
    return {name: line[name] for name in kept if name in line} if line["to_all"] else None


def _incident_state(row: DossierRow) -> IncidentState | None:
    state = state_of(row)
    return state if isinstance(state, IncidentState) else None


def _incident(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: IncidentState, event: DossierRow, now: int) -> Plain:
    held, over = now_held(state), closing(state)
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "at": state.at,
        "type": state.type.value,
        "urgency_cap": held.urgency.value,
        "severity": held.severity.value,
        "certainty": held.certainty.value,
        "venue": state.venue.hex(),
        "nations": list(state.nations),
        "source": state.source.value,
        "author": state.author,
        "on_behalf_of": state.on_behalf_of or "",
        "to_all": set(event.parties) <= set(row.parties),
        "outcome": over.outcome.value if over else "",
        "desks": [
            {"desk": one.desk, "taken_at": one.taken_at, "due": one.due, "late": not one.taken_at and one.due < now}
            for one in awaited(state)
        ],
    }


def _by_clock(one: Plain) -> tuple[int, bool, int, str]:
    """The most urgent first; of these what nobody has in hand; then the latest."""
    return (_RANK[one["urgency_cap"]], not one["due"], -one["at"], one["dossier"])


def day_at(days: list[tuple[DossierRow, DayState]], now: int) -> tuple[DossierRow, DayState] | None:
    """The day that is now; else the last one before, else the first."""
    begun = [one for one in days if one[1].day <= now]
    return begun[-1] if begun else (days[0] if days else None)


def _within(state: MajorEventState, now: int) -> int:
    """Now, or the nearest moment of the event."""
    return min(max(now, state.starts), max(state.starts, state.ends - 1))


def _of_day(reading: Reading, state: MajorEventState, today: tuple[DossierRow, DayState] | None) -> Plain:
    if today is None:
        return {"day": None, "level": "", "level_at": 0, "lines": [], "shifts": [], "handovers": [], "sessions": []}
    row, held = today
    lines, _ = _lines(reading, row, BOARD_LINES, None, "")
    return {
        "day": _day(today),
        "level": held.level.value if held.level else "",
        "level_at": held.level_at,
        "lines": lines,
        "shifts": show_shifts(reading, held),
        "handovers": [to_plain(one) for one in pending(held)],
        "sessions": [
            to_plain(one)
            | {
                "names": names_of(reading, EntryId(one.id), EntryId(one.entry)),
                "level": risk.level.value if (risk := risk_of(state, one.venue, held.day)) else "",
            }
            for one in sessions_between(state, held.day, held.day + DAY)
        ],
    }


def show_shifts(reading: Reading, held: DayState) -> list[Plain]:
    """The shifts of a day, each with who is on it and how many are missing."""
    found = []
    for one in shifts(held):
        there = on_shift(held, one)
        bodies = Bodies(reading, [EntryId(each.entry) for each in there])
        found.append(
            to_plain(one)
            | {
                "manned": manned(held, one),
                "missing": max(0, one.needed - manned(held, one)),
                "duties": [to_plain(each) | {"posts": bodies.detail(EntryId(each.entry)).get("posts", ())} for each in there],
            }
        )
    return found


def _day(today: tuple[DossierRow, DayState]) -> Plain:
    row, held = today
    return {
        "dossier": row.id.hex(),
        "day": held.day,
        "closed": held.closed,
        "lines": _count(held),
        "counts": [{"category": one.category.value, "lines": sum(one.lines), "sum": sum(one.sums)} for one in held.counted],
    }


def _count(held: DayState) -> int:
    return sum(sum(one.lines) for one in held.counted)


def _lines(reading: Reading, row: DossierRow, most: int, before: Key | None, category: str) -> tuple[list[Plain], Plain | None]:
    """The last lines of a day before a key; and the key from which to go on, where there are more."""
    found: list[Plain] = []
    key = before
    while True:
        scanned = reading.last_entries(row.id, SCANNED if category else most * 2, key)
        for entry in scanned:
            key = (entry.effective, entry.id)
            line = _line(entry) if entry.type == "line" and not entry.outcome else None
            if line is not None and category in ("", line["category"]):
                found.append(line | Bodies(reading, [entry.id]).words(entry.id))
                if len(found) == most:
                    return found, {"effective": entry.effective, "entry": entry.id.hex()}
        if not scanned:
            return found, None


def _line(entry: EntryRow) -> Plain | None:
    said = parse_coded(parse_header(entry.header).coded, Line)
    if not isinstance(said, Line):
        return None
    return {
        "entry": entry.id.hex(),
        "author": entry.author,
        "at": said.at,
        "made_at": Millis(entry.made_at),
        "category": said.category.value,
        "number": said.number,
        "venue": said.venue.hex(),
        "source": said.source.value,
        "incident": said.incident.hex(),
        "corrects": said.corrects.hex(),
        "on_behalf_of": said.on_behalf_of or "",
    }
