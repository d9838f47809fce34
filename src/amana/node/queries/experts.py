# SPDX-License-Identifier: EUPL-1.2
"""The directory of expertise, missions of experts and the library of good practice, as people read them.

Facts come from headers, words from bodies that are here. A look is recorded in the log of consultation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.dossiers.expertise.entries import KIND as EXPERTISE
from amana.dossiers.expertise.state import ExpertiseState
from amana.dossiers.expertise_mission.entries import KIND as MISSION
from amana.dossiers.expertise_mission.state import KeptTerms, MissionState, agreed, expert_days, follow_up_due, to_accept
from amana.dossiers.good_practice.entries import KIND as PRACTICE
from amana.dossiers.good_practice.state import PracticeState, translations_now, used_times
from amana.dossiers.plain import to_plain
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.rows import show_row, state_of
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId

Plain = dict[str, Any]


def list_expertise(node: Node, scope: Scope, *, record: bool = True) -> Plain:
    """`directory`: every line that stands, ours first; `missions`: every mission, open ones first; `days`: expert days
    given and received by this agency, in all missions that it may see."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        lines = [line for row in visible_dossiers(reading, scope, kind=EXPERTISE) if (line := _line(reading, node, scope, row, now))]
        rows = [(row, state) for row in visible_dossiers(reading, scope, kind=MISSION) if isinstance(state := state_of(row), MissionState)]
        missions = [_mission_line(reading, node, scope, row, state, now) for row, state in rows]
        given = sum(expert_days(state) for _, state in rows if state.giver == node.code)
        received = sum(expert_days(state) for _, state in rows if state.receiver == node.code)
        return {
            "directory": sorted(lines, key=lambda one: (not one["ours"], one["area"], one["dossier"])),
            "missions": sorted(missions, key=lambda one: (one["closed"], one["starts"], one["dossier"])),
            "days": {"given": given, "received": received},
        }

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "expertise"))
    return {"agency": node.code, "now": now, **shown}


def show_mission(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """One mission whole: its line, `terms` (the latest first, each with what differs from the one before), `team`, `words`
    of its opening, `spoken` (reports, feedback, follow-up, lessons in order). Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, dossier)
        state = state_of(row)
        if not isinstance(state, MissionState):
            raise Refusal("not_found")
        return _mission_line(reading, node, scope, row, state, now) | _mission(reading, node, row, state)

    shown = node.journal.read(ask)
    if record:
        count = shown["entries"]
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "mission", dossier, count=count))
    return {"agency": node.code, "now": now, **shown}


def list_practices(node: Node, scope: Scope, *, record: bool = True) -> Plain:
    """`practices`: every note that stands, the most used first."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> list[Plain]:
        rows = visible_dossiers(reading, scope, kind=PRACTICE)
        shown = [_practice_line(reading, node, scope, row, state, now) for row in rows if isinstance(state := state_of(row), PracticeState)]
        return sorted((one for one in shown if not one["withdrawn"]), key=lambda one: (-one["used"], -one["opened_at"], one["dossier"]))

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "practices"))
    return {"agency": node.code, "now": now, "practices": shown}


def show_practice(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """One note whole: its line, `words`, `translations` of the text as it is now, `uses`, `comments`. Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, dossier)
        state = state_of(row)
        if not isinstance(state, PracticeState):
            raise Refusal("not_found")
        return _practice_line(reading, node, scope, row, state, now) | _practice(reading, row, state)

    shown = node.journal.read(ask)
    if record:
        count = shown["entries"]
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "practice", dossier, count=count))
    return {"agency": node.code, "now": now, **shown}


def _line(reading: Reading, node: Node, scope: Scope, row: DossierRow, now: int) -> Plain | None:
    state = state_of(row)
    if not isinstance(state, ExpertiseState) or state.withdrawn:
        return None
    bodies = Bodies(reading, [EntryId(state.entry), EntryId(row.id)])
    words, detail = bodies.words(EntryId(state.entry)), bodies.detail(EntryId(state.entry))
    first = bodies.words(EntryId(row.id))
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "ours": state.author == node.code,
        "author": state.author,
        "people": state.people,
        "done": state.missions,
        "forms": [form.value for form in state.forms],
        "languages": list(state.languages),
        "starts": state.starts,
        "ends": state.ends,
        "words": words if words["title"] or words["text"] else first,
        "specialisms": detail.get("specialisms", ()),
        "posts": detail.get("posts", ()),
        "references": detail.get("references", ()),
    }


def _mission_line(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: MissionState, now: int) -> Plain:
    terms = agreed(state)
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "type": state.type.value,
        "giver": state.giver,
        "receiver": state.receiver,
        "people": terms.people if terms else state.people,
        "starts": terms.starts if terms else state.starts,
        "ends": terms.ends if terms else state.ends,
        "languages": list(terms.languages if terms else state.languages),
        "days": expert_days(state),
        "started_at": state.started_at,
        "completed": to_plain(state.completed) if state.completed else None,
        "feedback": state.feedback.value if state.feedback else "",
        "follow_up": state.follow_up.value if state.follow_up else "",
        "follow_up_due": follow_up_due(state),
        "event": state.event.hex(),
        "expertise": state.expertise.hex(),
    }


SPOKEN = frozenset({"report", "complete", "feedback", "follow_up", "lesson", "decline", "withdraw"})


def _mission(reading: Reading, node: Node, row: DossierRow, state: MissionState) -> Plain:
    spoken = [one for one in reading.dossier_entries(row.id) if one.type in SPOKEN and not one.outcome]
    team = [EntryId(state.team.entry)] if state.team else []
    bodies = Bodies(reading, [EntryId(row.id), *team, *(one.id for one in spoken), *(EntryId(one.id) for one in state.terms)])
    held = agreed(state)
    waiting = {one.id for one in to_accept(state, node.code)}
    terms = sorted(state.terms, key=lambda one: (one.at, one.id))
    return {
        "words": bodies.words(EntryId(row.id)),
        "place": str(bodies.detail(EntryId(row.id)).get("place", "")),
        "terms": [
            _terms(bodies, one, terms[number - 1] if number else None)
            | {"agreed": held is not None and one.id == held.id, "waits_for_us": one.id in waiting}
            for number, one in enumerate(terms)
        ][::-1],
        "team": bodies.detail(team[0]) if team else {},
        "spoken": [{"type": one.type, "author": one.author, "at": one.made_at, **bodies.words(one.id)} for one in spoken],
        "may_see_event": bool(state.event) and reading.dossier(DossierId(state.event)) is not None,
    }


COMPARED = ("cost", "ends", "people", "starts", "languages", "deliverables")


def _terms(bodies: Bodies, terms: KeptTerms, before: KeptTerms | None) -> Plain:
    """Terms, and which of their values differ from those before."""
    plain = to_plain(terms)
    earlier: Mapping[str, Any] = to_plain(before) if before is not None else {}
    changed = [name for name in COMPARED if before is not None and plain.get(name) != earlier.get(name)]
    return plain | {"changed": changed, "words": bodies.words(EntryId(terms.id)), "detail": bodies.detail(EntryId(terms.id))}


def _practice_line(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: PracticeState, now: int) -> Plain:
    translated = translations_now(state)
    ids = [EntryId(state.entry), *(EntryId(one.entry) for one in translated.values())]
    bodies = Bodies(reading, ids)
    words = bodies.words(EntryId(state.entry))
    languages = sorted({state.language, *translated})
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "author": state.author,
        "ours": state.author == node.code,
        "language": state.language,
        "languages": languages,
        "missing": [each for each in ("ar", "fr", "en") if each not in languages],
        "words": words,
        "titles": {language: bodies.words(EntryId(one.entry)) for language, one in translated.items()},
        "used": used_times(state),
        "commented": state.comments,
        "withdrawn": state.withdrawn,
        "event": state.event.hex(),
        "mission": state.mission.hex(),
    }


def _practice(reading: Reading, row: DossierRow, state: PracticeState) -> Plain:
    entries = [one for one in reading.dossier_entries(row.id) if one.type in ("used", "comment") and not one.outcome]
    bodies = Bodies(reading, [one.id for one in entries])
    spoken = [{"type": one.type, "author": one.author, "at": one.made_at, **bodies.words(one.id)} for one in entries]
    return {
        "uses": [to_plain(use) for use in state.uses],
        "comments": [one for one in spoken if one["text"]],
        "versions": len(state.versions),
    }
