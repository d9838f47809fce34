# SPDX-License-Identifier: EUPL-1.2
"""What a mission expects of each side, where it stands in lists, and its days for calendars. Pure and total."""

from __future__ import annotations

from collections.abc import Iterator

from amana.dossiers.dated import Dated, DatedKind
from amana.dossiers.expertise_mission.state import MissionState, agreed, follow_up_due, is_over, sides, to_accept
from amana.dossiers.kind import Clock
from amana.dossiers.tasks import Task, in_order
from amana.protocol.identifiers import AgencyCode, Millis


def tasks_in(state: MissionState, own: AgencyCode) -> tuple[Task, ...]:
    """Everything that the mission expects of `own`, the most pressing first."""
    return () if is_over(state) or own not in sides(state) else in_order(_expected(state, own))


def _expected(state: MissionState, own: AgencyCode) -> Iterator[Task]:
    if to_accept(state, own) or (not state.terms and own != state.author):
        yield Task.ACCEPT  # the terms of the other side, or to answer an opening with terms
    if state.completed is not None and own == state.receiver:
        if state.feedback is None:
            yield Task.FEEDBACK
        elif state.follow_up is None:
            yield Task.FOLLOW_UP
    if agreed(state) is not None and state.completed is None and own == state.giver:
        yield Task.CARRY_OUT


def stage_of(state: MissionState) -> str:
    """How far it is."""
    if state.withdrawn:
        return "withdrawn"
    if is_over(state):
        return "declined"
    if state.follow_up is not None:
        return "followed_up"
    if state.completed is not None:
        return "judged" if state.feedback is not None else "completed"
    if state.started_at:
        return "under_way"
    if agreed(state) is not None:
        return "agreed"
    return "in_negotiation" if state.terms else "asked" if state.author == state.receiver else "proposed"


def clock_in(state: MissionState, own: AgencyCode) -> Clock | None:
    """Until the follow-up is due."""
    if state.completed is None or own != state.receiver or state.follow_up is not None:
        return None
    return Clock(started_at=Millis(state.completed.at), due=follow_up_due(state))


def dates_in(state: MissionState, own: AgencyCode) -> tuple[Dated, ...]:
    """The mission itself, and the day on which its follow-up is due."""
    terms = agreed(state)
    starts, ends = (terms.starts, terms.ends) if terms is not None else (state.starts, state.ends)
    mission = Dated(kind=DatedKind.MISSION, starts=starts, ends=ends, host=state.receiver, area=state.area.value, cancelled=is_over(state))
    if state.completed is None or own != state.receiver:
        return (mission,)
    due = Dated(entry=state.completed.entry, kind=DatedKind.DUE, starts=follow_up_due(state), area=state.area.value, type="follow_up")
    return (mission, due)
