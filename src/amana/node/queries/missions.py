# SPDX-License-Identifier: EUPL-1.2
"""Missions of experts as people read them: the list with the expert days given and received, and one whole.

Facts come from headers, words from bodies that are here. What a mission names (its event, the line of the directory, a
note of good practice) is shown only where this person may see it. A look is recorded in the log of consultation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.dossiers.expertise_mission.entries import KIND as MISSION
from amana.dossiers.expertise_mission.state import MissionState, agreed, expert_days, follow_up_due, to_accept
from amana.dossiers.plain import to_plain
from amana.dossiers.registry import find_entry_type
from amana.dossiers.shared.events import MAJOR_EVENT
from amana.dossiers.shared.vocabulary import DAY
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, EntryRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.events import names_of
from amana.node.queries.rows import show_row, state_of
from amana.protocol.canonical import parse
from amana.protocol.entry import parse_header
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import DossierId, EntryId

Plain = dict[str, Any]
COURSE = frozenset({"team", "start", "report", "complete", "feedback", "follow_up", "lesson", "decline", "withdraw"})
COMPARED = ("cost", "ends", "people", "starts", "languages", "deliverables")
ASKED = ("ends", "people", "starts", "languages")  # of them, those that an opening says too


def list_missions(node: Node, scope: Scope, *, record: bool = True) -> Plain:
    """`missions`: every mission that this person may see, open ones first; `days`: as `missions_in` says."""
    require_content_role(scope)
    now = node.clock.now()
    shown = node.journal.read(lambda reading: missions_in(reading, node, scope, now))
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "missions"))
    return {"agency": node.code, "now": now, **shown}


def missions_in(reading: Reading, node: Node, scope: Scope, now: int) -> Plain:
    """`missions`, open ones first, then by their beginning; `days`: expert days given and received in them by this agency,
    exercises not counted."""
    rows = [(row, state) for row in visible_dossiers(reading, scope, kind=MISSION) if isinstance(state := state_of(row), MissionState)]
    real = [state for _, state in rows if not state.exercise]
    lines = [_line(reading, node, scope, row, state, now) for row, state in rows]
    return {
        "missions": sorted(lines, key=lambda one: (one["closed"], one["starts"], one["dossier"])),
        "days": {
            "given": sum(expert_days(state) for state in real if state.giver == node.code),
            "received": sum(expert_days(state) for state in real if state.receiver == node.code),
        },
    }


def show_mission(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """One mission whole: its line, `words` of its opening, `place`, `team`, `terms` (the latest first, each with what it
    changes and what was said before), `course` (what was said since, in order), `named` (its event and line of the
    directory). Raises Refusal `not_found`, also for a dossier of another kind."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, dossier)
        state = state_of(row)
        if not isinstance(state, MissionState):
            raise Refusal("not_found")
        return _line(reading, node, scope, row, state, now) | _whole(reading, node, scope, row, state)

    shown = node.journal.read(ask)
    if record:
        count = shown["entries"]
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "mission", dossier, count=count))
    return {"agency": node.code, "now": now, **shown}


def _line(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: MissionState, now: int) -> Plain:
    terms = agreed(state)
    due = follow_up_due(state)
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "type": state.type.value,
        "giver": state.giver,
        "receiver": state.receiver,
        "given": state.giver == node.code,
        "people": terms.people if terms else state.people,
        "starts": terms.starts if terms else state.starts,
        "ends": terms.ends if terms else state.ends,
        "languages": list(terms.languages if terms else state.languages),
        "cost": terms.cost.value if terms else "",
        "days": expert_days(state),
        "trained": state.completed.trained if state.completed else 0,
        "deliverables": [each.value for each in state.completed.deliverables] if state.completed else [],
        "feedback": state.feedback.value if state.feedback else "",
        "follow_up": state.follow_up.value if state.follow_up else "",
        "follow_up_due": due,
        "follow_up_days": abs(due - now) // DAY,  # to it, or since
        "follow_up_late": bool(due) and state.follow_up is None and due < now,
    }


def _whole(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: MissionState) -> Plain:
    said = [one for one in reading.dossier_entries(row.id) if one.type in COURSE and not one.outcome]
    held = agreed(state)
    team = EntryId(state.team.entry) if state.team else None
    sources = [each for each in (team, EntryId(held.id) if held else None, EntryId(row.id)) if each is not None]
    bodies = Bodies(reading, [*sources, *(one.id for one in said), *(EntryId(one.id) for one in state.terms)])
    details = [bodies.detail(each) for each in sources]  # the team's word first, then the terms', then the opening's
    return {
        "words": bodies.words(EntryId(row.id)),
        "place": next((str(each["place"]) for each in details if each.get("place")), ""),
        "team": {
            "people": state.people if team else 0,
            "posts": next((list(each["posts"]) for each in details if each.get("posts")), []),
        },
        "terms": _versions(bodies, node, state, _coded(reading.entry(EntryId(row.id)))),
        "course": [_said(reading, scope, bodies, one) for one in said],
        "named": {
            "event": _seen(reading, scope, state.event, MAJOR_EVENT),
            "expertise": _seen(reading, scope, state.expertise, "expertise"),
        },
    }


def _versions(bodies: Bodies, node: Node, state: MissionState, opening: Plain) -> list[Plain]:
    """The terms, the latest first; each against those before it, the first against what the opening says."""
    held, waiting = agreed(state), {one.id for one in to_accept(state, node.code)}
    in_order = sorted(state.terms, key=lambda one: (one.at, one.id))
    before: Mapping[str, Any] = {name: opening[name] for name in ASKED if name in opening}
    shown = []
    for one in in_order:
        terms = to_plain(one)
        changed = [name for name in COMPARED if name in before and terms[name] != before[name]]
        id = EntryId(one.id)
        shown.append(
            terms
            | {"changed": changed, "before": {name: before[name] for name in changed}}
            | {"agreed": held is not None and one.id == held.id, "waits_for_us": one.id in waiting}
            | {"words": bodies.words(id), "detail": bodies.detail(id)}
        )
        before = terms
    return shown[::-1]


def _said(reading: Reading, scope: Scope, bodies: Bodies, row: EntryRow) -> Plain:
    """A word of the course: who, when, its coded values and its words; of a lesson the note that it names."""
    coded = _coded(row)
    practice = bytes.fromhex(coded.get("practice", "") or "")
    return {
        "type": row.type,
        "author": row.author,
        "at": row.made_at,
        "coded": coded,
        "practice": _seen(reading, scope, practice, "good_practice"),
        **bodies.words(row.id),
    }


def _coded(row: EntryRow | None) -> Plain:
    """The coded values of an entry; none where it cannot be read."""
    declared = find_entry_type(row.kind, row.type) if row is not None else None
    if row is None or declared is None:
        return {}
    try:
        return to_plain(parse(parse_header(row.header).coded, declared.coded))
    except PeerFault:
        return {}


def _seen(reading: Reading, scope: Scope, named: bytes, kind: str) -> Plain | None:
    """What another dossier is called, where it is one of this kind and this person may see it; else nothing is said of it."""
    if not named:
        return None
    try:
        row = require_dossier(reading, scope, DossierId(named))
    except Refusal:
        return None
    return {"dossier": row.id.hex(), **names_of(reading, EntryId(row.id))} if row.kind == kind else None
