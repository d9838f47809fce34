# SPDX-License-Identifier: EUPL-1.2
"""The situation of a period in figures, counted from what this node holds, and the reports that were issued.

Lines are counted in the folded hours of the days, so a period costs the same however long the log is. Only what all
parties of the event hold is counted: the picture is the same for all. `show_figure` lists exactly what a figure counts.
Definitions: spec/kinds/situation_report.md, "Sections and figures".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from amana.dossiers.event_day.entries import Line
from amana.dossiers.event_day.state import DayState, counts_between
from amana.dossiers.event_incident.entries import KIND as INCIDENT_KIND
from amana.dossiers.event_incident.state import IncidentState, closing, now_held
from amana.dossiers.fold import parse_coded
from amana.dossiers.major_event.state import MajorEventState, sessions
from amana.dossiers.plain import to_plain
from amana.dossiers.reinforcement.state import coverage_on
from amana.dossiers.shared.events import CapSeverity, LogCategory
from amana.dossiers.shared.vocabulary import DAY, HOUR
from amana.dossiers.situation_report.entries import KIND as REPORT_KIND
from amana.dossiers.situation_report.entries import ReportFigure
from amana.dossiers.situation_report.state import ReportState
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.events import event_line, find_days, need_states, require_event, show_sessions
from amana.node.queries.rows import show_row, state_of
from amana.protocol.entry import parse_header
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId

Plain = dict[str, Any]
F = ReportFigure
OF_CATEGORY = {  # figures that count lines of one category, or sum the numbers said in them
    F.APPREHENSIONS: (LogCategory.APPREHENSION, True),
    F.CROWD: (LogCategory.CROWD, True),
    F.TRANSPORT: (LogCategory.TRANSPORT, False),
    F.BORDER: (LogCategory.BORDER, False),
    F.THREATS: (LogCategory.THREAT, False),
    F.CYBER: (LogCategory.CYBER, False),
    F.HEALTH: (LogCategory.HEALTH, False),
}
GRAVE = frozenset({CapSeverity.SEVERE, CapSeverity.EXTREME})
MOST_LISTED = 500
REQUEST_KIND = "information_request"


def count_situation(node: Node, scope: Scope, event: DossierId, starts: int, ends: int) -> Plain:
    """`event`, `figures` (code to count), `by_type` (incidents), `number` of the next report, `level` as last set, for the
    period [starts, ends) widened to whole hours. Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()
    starts, ends = _hours(starts, ends)

    def ask(reading: Reading) -> Plain:
        row, state = require_event(reading, scope, event)
        days = [held for _, held in find_days(reading, scope, event)]
        incidents = list(_incidents(reading, scope, row))
        level = max((held for held in days if held.level and held.day < ends), key=lambda held: held.day, default=None)
        return {
            "event": event_line(reading, node, scope, row, state, now),
            "starts": starts,
            "ends": ends,
            "figures": {code.value: count for code, count in _figures(reading, scope, row, state, days, incidents, starts, ends).items()},
            "by_type": dict(Counter(held.type.value for _, held in incidents if starts <= held.at < ends)),
            "number": 1 + sum(1 for _ in _reports(reading, scope, event)),
            "level": level.level.value if level is not None and level.level else "",
        }

    return node.journal.read(ask)


def show_figure(node: Node, scope: Scope, event: DossierId, code: ReportFigure, starts: int, ends: int) -> Plain:
    """What a figure counts: `lines` of the log or `dossiers`, at most five hundred, and `count` of all. Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()
    starts, ends = _hours(starts, ends)

    def ask(reading: Reading) -> Plain:
        row, state = require_event(reading, scope, event)
        lines = list(_lines(reading, scope, event, code, starts, ends)) if code is F.LINES or code in OF_CATEGORY else []
        dossiers = [each for each, state_now in _incidents(reading, scope, row) if _counts(state_now, code, starts, ends)]
        if code is F.REQUESTS:
            asked = visible_dossiers(reading, scope, kind=REQUEST_KIND, within=row.id)
            dossiers = [each for each in asked if starts <= each.opened_at < ends]
        if code in (F.COMMITTED, F.DEPLOYED):
            dossiers = [each for each, _ in need_states(reading, scope, event)]
        held = [one for one in sessions(state) if _held(one.starts, code, starts, ends)]
        return {
            "event": event_line(reading, node, scope, row, state, now),
            "starts": starts,
            "ends": ends,
            "count": len(lines) or len(dossiers) or len(held),
            "sessions": show_sessions(reading, held),
            "lines": [
                line | Bodies(reading, [EntryId(bytes.fromhex(line["entry"]))]).words(EntryId(bytes.fromhex(line["entry"])))
                for line in lines[:MOST_LISTED]
            ],
            "dossiers": [show_row(reading, each, now, own=node.code, account=scope.account) for each in dossiers[:MOST_LISTED]],
        }

    shown = node.journal.read(ask)
    node.journal.write(lambda writing: record_consultation(writing, node, scope, "figure", event, count=len(shown["lines"])))
    return shown


def list_reports(node: Node, scope: Scope, event: DossierId) -> Plain:
    """`event` and `reports`, the latest period first. Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row, state = require_event(reading, scope, event)
        shown = [_report_line(reading, node, scope, each, held, now) for each, held in _reports(reading, scope, event)]
        return {
            "event": event_line(reading, node, scope, row, state, now),
            "reports": sorted(shown, key=lambda one: (-one["ends"], -one["opened_at"], one["dossier"])),
        }

    shown = node.journal.read(ask)
    node.journal.write(lambda writing: record_consultation(writing, node, scope, "reports", event))
    return {"agency": node.code, "now": now, **shown}


def show_report(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """One report whole: its line, `event`, `figures`, `sections` (code, language, text). Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, dossier)
        held = state_of(row)
        if not isinstance(held, ReportState):
            raise Refusal("not_found")
        event, state = require_event(reading, scope, DossierId(held.event))
        sections = Bodies(reading, [EntryId(held.entry)]).detail(EntryId(held.entry)).get("sections", ())
        return _report_line(reading, node, scope, row, held, now) | {
            "event": event_line(reading, node, scope, event, state, now),
            "figures": [{"figure": one.figure.value, "count": one.count} for one in held.figures],
            "sections": list(sections),
        }

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "report", dossier, count=shown["entries"]))
    return {"agency": node.code, "now": now, **shown}


def _hours(starts: int, ends: int) -> tuple[int, int]:
    """The period widened to whole hours."""
    return starts // HOUR * HOUR, -(-ends // HOUR) * HOUR


def _incidents(reading: Reading, scope: Scope, event: DossierRow) -> Iterator[tuple[DossierRow, IncidentState]]:
    """The incidents that all parties of the event have."""
    for row in visible_dossiers(reading, scope, kind=INCIDENT_KIND, within=event.id):
        state = state_of(row)
        if isinstance(state, IncidentState) and set(event.parties) <= set(row.parties):
            yield row, state


def _counts(held: IncidentState, code: ReportFigure, starts: int, ends: int) -> bool:  # bool: a count is made of it
    within = starts <= held.at < ends
    match code:
        case F.INCIDENTS:
            return within
        case F.INCIDENTS_SEVERE:
            return within and now_held(held).severity in GRAVE
        case F.INCIDENTS_CLOSED:
            return within and closing(held) is not None
        case F.INCIDENTS_OPEN:
            return held.at < ends and closing(held) is None
        case _:
            return False


def _held(at: int, code: ReportFigure, starts: int, ends: int) -> bool:  # bool: a count is made of it
    """Whether a session that begins at this moment is counted."""
    return (code is F.SESSIONS and starts <= at < ends) or (code is F.SESSIONS_NEXT and ends <= at < ends + DAY)


def _figures(
    reading: Reading,
    scope: Scope,
    row: DossierRow,
    state: MajorEventState,
    days: list[DayState],
    incidents: list[tuple[DossierRow, IncidentState]],
    starts: int,
    ends: int,
) -> dict[ReportFigure, int]:
    lines: Counter[LogCategory] = Counter()
    sums: Counter[LogCategory] = Counter()
    for day in days:
        for category, (count, total) in counts_between(day, starts, ends).items():
            lines[category] += count
            sums[category] += total
    covered = [coverage_on(held, ends - 1) for _, held in need_states(reading, scope, row.id)]
    held = sessions(state)
    asked = visible_dossiers(reading, scope, kind=REQUEST_KIND, within=row.id)
    return {
        F.LINES: lines.total(),
        **{code: sums[category] if summed else lines[category] for code, (category, summed) in OF_CATEGORY.items()},
        **{
            code: sum(1 for _, each in incidents if _counts(each, code, starts, ends))
            for code in (F.INCIDENTS, F.INCIDENTS_SEVERE, F.INCIDENTS_CLOSED, F.INCIDENTS_OPEN)
        },
        F.REQUESTS: sum(1 for each in asked if starts <= each.opened_at < ends),
        F.COMMITTED: sum(one.committed for one in covered),
        F.DEPLOYED: sum(one.deployed for one in covered),
        **{code: sum(1 for one in held if _held(one.starts, code, starts, ends)) for code in (F.SESSIONS, F.SESSIONS_NEXT)},
    }


def _lines(reading: Reading, scope: Scope, event: DossierId, code: ReportFigure, starts: int, ends: int) -> Iterator[Plain]:
    """The lines that a figure counts, by hour."""
    wanted = OF_CATEGORY.get(code)
    for row, day in find_days(reading, scope, event):
        if day.day - HOUR >= ends or day.day + 26 * HOUR <= starts:
            continue
        for entry in reading.dossier_entries(row.id):
            if entry.type != "line" or entry.outcome:
                continue
            said = parse_coded(parse_header(entry.header).coded, Line)
            if isinstance(said, Line) and starts <= said.at < ends and (wanted is None or said.category is wanted[0]):
                yield {"entry": entry.id.hex(), "author": entry.author, **to_plain(said)}


def _reports(reading: Reading, scope: Scope, event: DossierId) -> Iterator[tuple[DossierRow, ReportState]]:
    for row in visible_dossiers(reading, scope, kind=REPORT_KIND, within=event):
        state = state_of(row)
        if isinstance(state, ReportState):
            yield row, state


def _report_line(reading: Reading, node: Node, scope: Scope, row: DossierRow, held: ReportState, now: int) -> Plain:
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "type": held.type.value,
        "number": held.number,
        "starts": held.starts,
        "ends": held.ends,
        "level": held.level.value,
        "confidence": held.confidence.value,
        "languages": list(held.languages),
        "issued_at": held.issued_at,
        "revisions": held.revisions,
        "withdrawn": held.withdrawn,
    }
