# SPDX-License-Identifier: EUPL-1.2
"""The days of a meeting: the visit, its sessions and programme, and what is due of one agency. Pure and total.

What was struck or called off stays, as cancelled: a calendar that has it must learn so. Who has left has no days.
"""

from __future__ import annotations

from collections.abc import Iterator

from amana.dossiers.dated import Dated, DatedKind
from amana.dossiers.meeting.state import STANDING, MeetingState, actions, decided
from amana.dossiers.meeting.vocabulary import MeetingForm, ProgrammeType
from amana.dossiers.shared.joint_text.state import departed
from amana.protocol.identifiers import AgencyCode

_CALLED_OFF = frozenset({"cancel"})
_MOVED = frozenset({"cancel", "reschedule"})


def dates_in(state: MeetingState, own: AgencyCode) -> tuple[Dated, ...]:
    """Everything that has a day, for `own`."""
    if own in departed(state.text):
        return ()
    return (*_whole(state), *_sessions(state), *_programme(state), *_due(state, own))


def _whole(state: MeetingState) -> Iterator[Dated]:
    """The visit; a meeting that stands alone only where no session says its hours."""
    visit = state.form is MeetingForm.VISIT
    if visit or all(one.struck for one in state.sessions):
        yield Dated(
            changed_by=_MOVED,
            kind=DatedKind.VISIT if visit else DatedKind.MEETING,
            starts=state.starts,
            ends=state.ends,
            host=state.host,
            level=state.level.value,
            cancelled=state.cancelled,
        )


def _sessions(state: MeetingState) -> Iterator[Dated]:
    for one in state.sessions:
        yield Dated(
            entry=one.id,
            worded=one.entry,
            changed_by=_CALLED_OFF if state.cancelled else frozenset(),
            kind=DatedKind.SESSION,
            starts=one.starts,
            ends=one.ends,
            host=state.host,
            level=state.level.value,
            cancelled=state.cancelled or one.struck,
        )


def _programme(state: MeetingState) -> Iterator[Dated]:
    """Its parts, but for sessions, which have their own entries."""
    for one in state.programme:
        if one.type is not ProgrammeType.SESSION or not state.sessions:
            yield Dated(
                entry=one.id,
                worded=one.entry,
                changed_by=_CALLED_OFF if state.cancelled else frozenset(),
                kind=DatedKind.PROGRAMME,
                starts=one.starts,
                ends=one.ends,
                host=state.host,
                type=one.type.value,
                cancelled=state.cancelled or one.struck,
            )


def _due(state: MeetingState, own: AgencyCode) -> Iterator[Dated]:
    """What this agency has still to carry out."""
    for decision in decided(state):
        if decision.owner == own and decision.open:
            yield Dated(
                entry=decision.clause,
                worded=decision.version,
                kind=DatedKind.DUE,
                starts=decision.due,
                area=decision.area.value,
                type="decision",
            )
    for action, progress in actions(state):
        if action.owner == own and progress in STANDING and (action.decision or not state.cancelled):
            yield Dated(entry=action.id, worded=action.entry, kind=DatedKind.DUE, starts=action.due, type="action")
