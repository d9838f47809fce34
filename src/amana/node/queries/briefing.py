# SPDX-License-Identifier: EUPL-1.2
"""The briefing file before a meeting, drawn in one look: who owes what, open decisions, figures, last communiqué, points.

Only from dossiers that this person may see (`visible_dossiers`): another compartment shows in no line and no figure.
It is made for this agency alone: it becomes no entry, and a look is recorded as any other. A dossier that not everybody
who meets knows says so (`unknown_to`), because what is read here is soon said there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from amana.dossiers.information_request.state import RequestState, overdue, slot_of
from amana.dossiers.kind import NO_DATE
from amana.dossiers.plain import to_plain
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.vocabulary import DAY
from amana.dossiers.tasks import Task
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, unit_of
from amana.node.briefs import MOST_LINES, Brief, BriefLine, BriefSection
from amana.node.briefs_kept import load_brief, only_visible
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.briefing_points import last_communique, open_decisions, points_proposed
from amana.node.queries.decided import meeting_state
from amana.node.queries.exporting import reason_to_keep
from amana.node.queries.figures import Exchanged, exchanged_in, figures_of
from amana.node.queries.preparing import Preparing, load_preparing
from amana.node.queries.printing import record_print
from amana.node.queries.rows import dossier_title, show_row, state_of
from amana.protocol.entry import parse_header
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.protocol.marking import Marking, Use, join

Plain = dict[str, Any]
YEAR = 365 * DAY
BRIEFING = "briefing"
SECTIONS = ("owed_by_partners", "owed_by_us", "decisions", "figures_out", "figures_in", "communique", "points")
NEVER = 2**62
_NO_DEBT = frozenset({Task.CARRY_OUT, Task.DELEGATION, Task.NONE})  # what was decided has a section of its own; who comes is no debt


def draw_briefing(node: Node, scope: Scope, dossier: DossierId, *, since_previous: bool = False, record: bool = True) -> Plain:
    """The file drawn now. Raises Refusal `not_found`, also for a dossier that is no meeting.

    `agency`, `now`, the meeting (`dossier`, `reference`, `title`, `title_language`, `starts`, `place`, `parties`,
    `previous`), and `brief`: a `Brief` as plain values. Figures count the last twelve months, or what was asked since the
    `previous` meeting of the same agencies.
    """
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        before = load_preparing(reading, node, scope, dossier, now)
        return _show_meeting(reading, before) | {"brief": to_plain(_draw(reading, before, since_previous=since_previous))}

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, BRIEFING, dossier))
    return {"agency": node.code, "now": now, **shown}


def show_briefing(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """The file that was kept last and that this person may read: as `draw_briefing`, with `kept_at` and `author`; `brief` is
    None where there is none. Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        before = load_preparing(reading, node, scope, dossier, now)
        kept = load_brief(reading, scope, dossier)
        shown = _show_meeting(reading, before)
        if kept is None:
            return shown | {"brief": None, "kept_at": 0, "author": ""}
        return shown | {"brief": to_plain(kept.brief), "kept_at": kept.at, "author": kept.author}

    shown = node.journal.read(ask)
    if record and shown["brief"] is not None:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, BRIEFING, dossier))
    return {"agency": node.code, "now": now, **shown}


def visible_brief(node: Node, scope: Scope, brief: Brief) -> Brief:
    """A file that somebody is still editing, without the lines whose dossier he may not see any more."""
    require_content_role(scope)
    return node.journal.read(lambda reading: only_visible(reading, scope, brief))


def printed_brief(node: Node, scope: Scope, dossier: DossierId, brief: Brief) -> tuple[Brief, Marking, int]:
    """What of a file goes on paper: lines that were not left out and whose marking lets this agency print them, under the
    strictest of their markings; how many lines stay off for their marking. That it was printed is recorded.

    Raises Refusal `not_found`.
    """
    require_content_role(scope)

    def ask(reading: Reading) -> tuple[Brief, Marking, int]:
        require_dossier(reading, scope, dossier)
        wanted = only_visible(reading, scope, brief)
        sources = {id: reading.entry(id) for section in wanted.sections for line in section.lines for id in _sources(line)}
        barred = {id for id, row in sources.items() if reason_to_keep(row, node, Use.PRINT)}
        markings = [parse_header(row.header).marking for id, row in sources.items() if row is not None and id not in barred]
        sections, withheld = [], 0
        for section in wanted.sections:
            chosen = [line for line in section.lines if not line.off]
            lines = tuple(line for line in chosen if not barred & set(_sources(line)))
            withheld += len(chosen) - len(lines)
            sections.append(replace(section, lines=lines))
        return replace(wanted, sections=tuple(sections)), join(markings) if markings else Marking(), withheld

    made = node.journal.read(ask)
    count = sum(len(section.lines) for section in made[0].sections)
    record_print(node, scope, dossier, count=count)
    return made


def _sources(line: BriefLine) -> list[EntryId]:
    """The entries whose words are in a line."""
    return [EntryId(id) for id in (line.entry, line.last_entry) if id]


def _show_meeting(reading: Reading, before: Preparing) -> Plain:
    line = show_row(reading, before.row, before.now, own=before.own, account=before.scope.account)
    previous = meeting_state(before.previous) if before.previous is not None else None
    return {
        **{name: line[name] for name in ("dossier", "reference", "title", "title_language", "stage")},
        "starts": before.state.starts,
        "place": str(Bodies(reading, [EntryId(before.row.id)]).detail(EntryId(before.row.id)).get("place", "")),
        "form": before.state.form.value,
        "parties": list(before.parties),
        "previous": None
        if before.previous is None or previous is None
        else {"dossier": before.previous.id.hex(), "title": dossier_title(reading, before.previous.id), "starts": previous.starts},
    }


def _draw(reading: Reading, before: Preparing, *, since_previous: bool) -> Brief:
    held = meeting_state(before.previous) if before.previous is not None and since_previous else None
    since = held.starts if held is not None else Millis(max(0, before.now - YEAR))
    owed = _owed(reading, before)
    counted = {row.id: _exchanged(row, before, since) for row in before.rows}
    exchanged = [one for held in counted.values() for one in held]
    lines = {
        "owed_by_partners": [one for one in owed if one.agency != before.own],
        "owed_by_us": [one for one in owed if one.agency == before.own],
        "decisions": open_decisions(reading, before),
        "figures_out": _figures(one for one in exchanged if one.asker == before.own),
        "figures_in": _figures(one for one in exchanged if one.respondent == before.own),
        "communique": last_communique(reading, before),
        "points": points_proposed(reading, before),
    }
    sources = {
        before.row.id,
        *(id for id, held in counted.items() if held),
        *(DossierId(line.dossier) for held in lines.values() for line in held if line.dossier),
    }
    return Brief(
        since=since,
        units=tuple(sorted({unit_of(reading, before.scope, id) for id in sources})),
        drawn_at=before.now,
        sections=tuple(
            BriefSection(code=code, more=max(0, len(lines[code]) - MOST_LINES), lines=tuple(lines[code][:MOST_LINES])) for code in SECTIONS
        ),
    )


def _owed(reading: Reading, before: Preparing) -> list[BriefLine]:
    """What each of those who meet is expected to do in an open dossier: what is overdue first, then by date."""
    found = [line for row in before.rows if not row.closed for line in _debts(reading, row, before)]
    return sorted(found, key=lambda one: (not one.urgent, one.due or NEVER, one.agency, one.dossier))


def _debts(reading: Reading, row: DossierRow, before: Preparing) -> Iterable[BriefLine]:
    state = state_of(row)
    if state is None:
        return
    for agency in before.parties:
        tasks = [task for task in KINDS[row.kind].tasks(state, agency) if task not in _NO_DEBT]
        if tasks and agency in row.parties:
            yield _debt(reading, row, before, agency, tasks[0])


def _debt(reading: Reading, row: DossierRow, before: Preparing, agency: AgencyCode, task: Task) -> BriefLine:
    state, due, late = state_of(row), NO_DATE, False
    if isinstance(state, RequestState):
        slot = slot_of(state, agency)
        due = slot.due if slot is not None and not slot.settled_at and not slot.paused_at else NO_DATE
        late = agency in overdue(state, before.now)
    elif state is not None and (clock := KINDS[row.kind].clock(state, agency)) is not None:
        due = clock.due
        late = bool(due) and due < before.now
    shown = show_row(reading, row, before.now, own=before.own)
    return BriefLine(
        due=due,
        code="owed",
        text=shown["title"],
        entry=row.id,
        state=task.value,
        agency=agency,
        urgent=late,
        dossier=row.id,
        language=shown["title_language"],
        reference=shown["reference"],
        unknown_to=before.unknown_to(row),
    )


def _exchanged(row: DossierRow, before: Preparing, since: Millis) -> list[Exchanged]:
    """What we asked of those who meet since then, and they of us."""
    state = state_of(row)
    if not isinstance(state, RequestState) or row.opened_at < since:
        return []
    met = set(before.parties)
    held = exchanged_in(state, row.opened_at, before.now)
    return [one for one in held if before.own in (one.asker, one.respondent) and {one.asker, one.respondent} <= met]


def _figures(exchanged: Iterable[Exchanged]) -> list[BriefLine]:
    return [
        BriefLine(code=one.code.value, area=one.area, of=one.of, value=one.value, state="few" if one.few else "")
        for one in figures_of(exchanged)
    ]
