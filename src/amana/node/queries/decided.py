# SPDX-License-Identifier: EUPL-1.2
"""Decisions in force, with their words and what became of them, and those that a later meeting takes up by itself.

A meeting carries every decision of an earlier one (earlier by its first hour) that is in force and still open, if all
who meet are parties of that earlier meeting and have not left it. Which these are follows from headers alone: every
node that holds the same entries finds the same ones.
"""

from __future__ import annotations

from typing import Any

from amana.dossiers.meeting.entries import AgendaPoint
from amana.dossiers.meeting.state import (
    AGENDA,
    STANDING,
    Decided,
    MeetingState,
    actions,
    decided,
    minutes_of,
    reported,
    sittings,
)
from amana.dossiers.meeting.types import KIND
from amana.dossiers.shared.joint_text.state import BoundText, Version, present, version_of
from amana.node.ports import DossierRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.rows import dossier_title, reference_of, state_of
from amana.protocol.canonical import parse
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

Plain = dict[str, Any]


def meeting_state(row: DossierRow) -> MeetingState | None:
    """The state of a meeting; None where its opening was refused, or the dossier is none."""
    state = state_of(row)
    return state if isinstance(state, MeetingState) else None


def show_decided(reading: Reading, row: DossierRow, now: int) -> list[Plain]:
    """The decisions in force of one meeting, by date due.

    Each: `clause`, `version`, `session`, `owner`, `area`, `due`, `since`, `state`, `moved`, `open`, `overdue`, its words
    (`title`, `text`, `language`, `void`), `translations` that were approved with it, and the owner's `last` word.
    """
    state = meeting_state(row)
    if state is None:
        return []
    found = decided(state)
    told = {one.clause: reported(state, one.clause, one.owner) for one in found}
    spoken = [said.entry for said in told.values() if said is not None]
    bodies = Bodies(reading, [*(id for one in found for id in _wordings(state, one)), *spoken])
    shown = []
    for one in found:
        said = told[one.clause]
        last = None if said is None else {"at": said.at, "entry": said.entry.hex(), "author": said.author, **bodies.words(said.entry)}
        shown.append(_show(state, one, bodies, now) | {"last": last})
    return shown


def carried_into(reading: Reading, row: DossierRow, now: Millis) -> list[Plain]:
    """Open decisions of earlier meetings that the next session of this one takes up by itself, by date due; none where
    nothing of it is still to be held. As `show_decided`, with the `meeting`, its `reference`, `meeting_title` and `held`;
    `point`: the clause of the agenda's point that takes it up already, or empty."""
    state = meeting_state(row)
    if state is None or state.cancelled or not is_ahead(state, now):
        return []
    taken, here, found = _taken_up(state), set(present(state.text)), []
    for earlier in reading.dossiers(kind=KIND):
        then = meeting_state(earlier)
        if then is None or then.cancelled or (then.starts, earlier.id) >= (state.starts, row.id):
            continue
        if here <= set(present(then.text)):
            found += [meeting_line(reading, earlier, then) | one for one in show_decided(reading, earlier, now) if one["open"]]
    shown = [one | {"point": taken.get(one["clause"], "")} for one in found]
    return sorted(shown, key=lambda one: (one["due"], one["clause"]))


def next_owed(reading: Reading, row: DossierRow, own: AgencyCode) -> Plain | None:
    """The first that `own` has to carry out in a meeting, a decision or an action of its own: `due` and its words."""
    state = meeting_state(row)
    if state is None:
        return None
    owed = [(one.due, one.version) for one in decided(state) if one.owner == own and one.open]
    owed += [(one.due, one.entry) for one, progress in actions(state) if one.owner == own and progress in STANDING]
    if not owed:
        return None
    due, entry = min(owed)
    return {"due": due, **Bodies(reading, [entry]).words(entry)}


def is_ahead(state: MeetingState, now: Millis) -> bool:  # bool: a fact for lists
    """Whether a session, or the meeting itself, is still to be held or to end."""
    held = sittings(state)
    return any(one.ends > now for one in held) if held else state.ends > now


def _show(state: MeetingState, one: Decided, bodies: Bodies, now: int) -> Plain:
    bound = minutes_of(state, one.session)
    return {
        "clause": one.clause.hex(),
        "version": one.version.hex(),
        "session": one.session.hex(),
        "owner": one.owner,
        "area": one.area.value,
        "due": one.due,
        "since": one.since,
        "state": one.state.value,
        "moved": one.moved,
        "open": one.open,
        "overdue": one.open and one.due < now,
        "translations": [{"id": held.id.hex(), **bodies.words(held.id)} for held in _translations(state, bound, one.version)],
        **bodies.words(one.version),
    }


def _wordings(state: MeetingState, one: Decided) -> list[EntryId]:
    bound = minutes_of(state, one.session)
    return [one.version, *(held.id for held in _translations(state, bound, one.version))]


def _translations(state: MeetingState, bound: BoundText | None, version: EntryId) -> list[Version]:
    """Those that were approved with it."""
    found = [version_of(state.text, id) for id in bound.versions] if bound is not None else []
    return [held for held in found if held is not None and held.translates == version]


def meeting_line(reading: Reading, row: DossierRow, state: MeetingState) -> Plain:
    """The meeting at which something was decided: `meeting`, `reference`, `meeting_title`, `held`."""
    opening = reading.entry(EntryId(row.id))
    return {
        "meeting": row.id.hex(),
        "reference": reference_of(row, opening.author if opening is not None else row.parties[0]),
        "meeting_title": dossier_title(reading, row.id),
        "held": state.starts,
    }


def _taken_up(state: MeetingState) -> dict[str, str]:
    """The clauses of the agenda's points, by the decision that each carries."""
    taken: dict[str, str] = {}
    for version in state.text.versions:
        if version.replaced or version.translates or not version.scope.startswith(f"{AGENDA}."):
            continue
        try:
            said = parse(version.coded, AgendaPoint)
        except PeerFault:
            continue
        if said.carried and not said.struck:
            taken[said.carried.hex()] = version.clause.hex()
    return taken
