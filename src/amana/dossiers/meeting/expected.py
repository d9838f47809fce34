# SPDX-License-Identifier: EUPL-1.2
"""What a meeting expects of each agency, where it stands in lists, and what a new word may name. Pure and total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amana.dossiers.kind import Clock, Summary
from amana.dossiers.meeting.state import STANDING, MeetingState, actions, decided, has_minutes, sittings, unapproved
from amana.dossiers.shared.joint_text.state import approved_hashes, awaiting, objected_to, present, unanswered
from amana.dossiers.tasks import Task, in_order
from amana.protocol.identifiers import AgencyCode, Millis

_VERSIONED = frozenset({"agenda_point", "minutes_point", "decision"})


def tasks_in(state: MeetingState, own: AgencyCode) -> tuple[Task, ...]:
    """Everything that the meeting expects of `own`, the most pressing first."""
    return in_order(_expected(state, own))


def clock_in(state: MeetingState, own: AgencyCode) -> Clock | None:
    """Until the first of what `own` has to carry out is due."""
    running = sorted(_owed(state, own))
    return Clock(started_at=running[0][1], due=running[0][0]) if running else None


def summary_of(state: MeetingState) -> Summary:
    """What lists show: called off, all minutes approved, minutes being written, convened."""
    area = state.areas[0].value if state.areas else ""
    turn = tuple(agency for agency in present(state.text) if tasks_in(state, agency))
    due = min((due for party in present(state.text) for due, _ in _owed(state, party)), default=Millis(0))
    if state.cancelled:
        return Summary(stage="cancelled", area=area, turn=turn, due=due, closed=not due)
    if sittings(state) and not unapproved(state):
        return Summary(stage="minuted", area=area, turn=turn, due=due, closed=not due)
    return Summary(stage="in_minutes" if has_minutes(state) else "convened", area=area, turn=turn, due=due)


def choices_in(state: MeetingState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:
    """The sessions, versions, decisions and actions that an entry of this type can name."""
    if entry_type in _VERSIONED:
        return {"session": tuple(one.id for one in sittings(state))}
    match entry_type:
        case "object":
            return {"versions": tuple(one.id for one in unanswered(state.text, own))}
        case "translation":
            return {"version": tuple(one.id for one in state.text.versions if not one.replaced and not one.translates)}
        case "withdraw_approval":
            return {"hash": approved_hashes(state.text, own)}
        case "progress":
            ours = [one.clause for one in decided(state) if one.owner == own]
            return {"of": (*ours, *(one.id for one, _ in actions(state) if one.owner == own))}
        case _:
            return {}


def _expected(state: MeetingState, own: AgencyCode) -> Iterator[Task]:
    if own not in present(state.text):
        return
    if not state.cancelled:
        if awaiting(state.text, own):
            yield Task.APPROVE
        if unanswered(state.text, own):
            yield Task.AGREE
        if objected_to(state.text, own):
            yield Task.REVISE
        if own != state.host and not has_minutes(state) and all(held.agency != own for held in state.delegations):
            yield Task.DELEGATION
    if any(True for _ in _owed(state, own)):
        yield Task.CARRY_OUT


def _owed(state: MeetingState, own: AgencyCode) -> Iterator[tuple[Millis, Millis]]:
    """(due, since) of what this agency has to carry out. What all decided the host alone does not call off; what was to
    prepare the meeting falls with it."""
    for one in decided(state):
        if one.owner == own and one.open:
            yield one.due, one.since
    for action, progress in actions(state):
        if action.owner == own and progress in STANDING and (action.decision or not state.cancelled):
            yield action.due, action.since
