# SPDX-License-Identifier: EUPL-1.2
"""Major events as people read them: the list of them, and one whole, with its programme, risks, nations and needs.

Facts come from headers, names from bodies that are here. A look is recorded in the log of consultation; `record=False`
is for a page that refreshes itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amana.dossiers.event_day.entries import KIND as DAY_KIND
from amana.dossiers.event_day.state import DayState
from amana.dossiers.event_incident.entries import KIND as INCIDENT_KIND
from amana.dossiers.major_event.state import KeptSession, MajorEventState, erased_on, present, sessions, venues
from amana.dossiers.plain import to_plain
from amana.dossiers.reinforcement.entries import KIND as NEED_KIND
from amana.dossiers.reinforcement.state import NeedState
from amana.dossiers.shared.events import MAJOR_EVENT
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.rows import show_row, state_of
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId

Plain = dict[str, Any]
COMING, UNDER_WAY, OVER = "coming", "under_way", "over"


def list_events(node: Node, scope: Scope, *, record: bool = True) -> Plain:
    """Every event that this person may see: those under way, to come, over; each as `show_row` with its facts."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> list[Plain]:
        rows = visible_dossiers(reading, scope, kind=MAJOR_EVENT)
        shown = [event_line(reading, node, scope, row, state, now) for row in rows if isinstance(state := state_of(row), MajorEventState)]
        order = {UNDER_WAY: 0, COMING: 1, OVER: 2}
        return sorted(shown, key=lambda one: (order[one["when"]], one["starts"], one["dossier"]))

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "events"))
    return {"agency": node.code, "now": now, "events": shown}


def show_event(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """One event whole: its line, `venues`, `sessions`, `nations`, `guests`, `observers`, `risks`, `evaluations`, `days`,
    and how many incidents and needs there are. Raises Refusal `not_found`, also for a dossier of another kind."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row, state = require_event(reading, scope, dossier)
        return event_line(reading, node, scope, row, state, now) | _whole(reading, scope, row, state)

    shown = node.journal.read(ask)
    if record:
        count = shown["entries"]
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "event", dossier, count=count))
    return {"agency": node.code, "now": now, **shown}


def require_event(reading: Reading, scope: Scope, dossier: DossierId) -> tuple[DossierRow, MajorEventState]:
    """An event that this person may see. Raises Refusal `not_found`."""
    row = require_dossier(reading, scope, dossier)
    state = state_of(row)
    if not isinstance(state, MajorEventState):
        raise Refusal("not_found")
    return row, state


def event_line(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: MajorEventState, now: int) -> Plain:
    """An event as a line."""
    when = OVER if state.closed or state.ends <= now else COMING if state.starts > now else UNDER_WAY
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "when": when,
        "host": state.host,
        "hosted": state.host == node.code,
        "starts": state.starts,
        "ends": state.ends,
        "zone": state.zone,
        "exercise": state.exercise,
        "observing": node.code in state.observers,
        "erased_on": erased_on(state),
        "names": names_of(reading, EntryId(row.id)),
        "present": list(present(state)),
        "over": state.closed,
    }


def names_of(reading: Reading, *entries: EntryId) -> Plain:
    """What something is called: `title` and `language` as written, and the names in `ar`, `fr`, `en` where they are given; of
    several entries the last that says something."""
    bodies = Bodies(reading, entries)
    found: Plain = {"title": "", "language": "", "ar": "", "fr": "", "en": ""}
    for entry in entries:
        words, detail = bodies.words(entry), bodies.detail(entry)
        if words["title"]:
            found |= {"title": words["title"], "language": words["language"]}
        found |= {language: str(detail[language]) for language in ("ar", "fr", "en") if detail.get(language)}
    return found


def find_days(reading: Reading, scope: Scope, event: DossierId) -> list[tuple[DossierRow, DayState]]:
    """The days of an event that are opened, in order."""
    rows = visible_dossiers(reading, scope, kind=DAY_KIND, within=event)
    found = [(row, state) for row in rows if isinstance(state := state_of(row), DayState)]
    return sorted(found, key=lambda one: (one[1].day, one[0].id))


def _whole(reading: Reading, scope: Scope, row: DossierRow, state: MajorEventState) -> Plain:
    return {
        "venues": show_venues(reading, state),
        "sessions": show_sessions(reading, sessions(state)),
        "nations": [to_plain(one) for one in state.nations],
        "guests": [to_plain(one) | {"names": names_of(reading, EntryId(one.entry))} for one in state.guests],
        "observers": list(state.observers),
        "risks": _risks(reading, state),
        "evaluations": [
            to_plain(one) | {"words": Bodies(reading, [EntryId(one.entry)]).words(EntryId(one.entry))} for one in state.evaluations
        ],
        "days": [
            {"dossier": day.id.hex(), "day": held.day, "level": held.level.value if held.level else ""}
            for day, held in find_days(reading, scope, row.id)
        ],
        "incidents": len(visible_dossiers(reading, scope, kind=INCIDENT_KIND, within=row.id)),
        "needs": len(visible_dossiers(reading, scope, kind=NEED_KIND, within=row.id)),
    }


def show_venues(reading: Reading, state: MajorEventState) -> list[Plain]:
    """The venues that stand, each with its names."""
    return [to_plain(one) | {"names": names_of(reading, EntryId(one.id), EntryId(one.entry))} for one in venues(state)]


def show_sessions(reading: Reading, held: Sequence[KeptSession]) -> list[Plain]:
    """Sessions, each with its title."""
    bodies = Bodies(reading, [EntryId(id) for one in held for id in (one.id, one.entry)])
    return [to_plain(one) | {"title": bodies.words(EntryId(one.entry))["title"] or bodies.words(EntryId(one.id))["title"]} for one in held]


def _risks(reading: Reading, state: MajorEventState) -> list[Plain]:
    """The risks as they stand, each with its reason."""
    bodies = Bodies(reading, [EntryId(one.entry) for one in state.risks])
    return [
        to_plain(one) | {"score": one.score, "level": one.level.value, "words": bodies.words(EntryId(one.entry))} for one in state.risks
    ]


def need_states(reading: Reading, scope: Scope, event: DossierId) -> list[tuple[DossierRow, NeedState]]:
    """The needs of an event, by when they begin."""
    rows = visible_dossiers(reading, scope, kind=NEED_KIND, within=event)
    found = [(row, state) for row in rows if isinstance(state := state_of(row), NeedState)]
    return sorted(found, key=lambda one: (one[1].starts, one[1].kind, one[0].id))
