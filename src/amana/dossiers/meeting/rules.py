# SPDX-License-Identifier: EUPL-1.2
"""Who may say what in a meeting, and when.

The host sets dates, sessions and programme; every party writes agenda, minutes and decisions, agrees, objects and
approves; an owner says how far it is. Nothing is decided without every party's approval of the same hash.
The numbers at the refusals are those of the checks in spec/kinds/meeting.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.dated import Dated
from amana.dossiers.kind import Clock, Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.meeting import entries as e
from amana.dossiers.meeting.completing import complete
from amana.dossiers.meeting.dates import dates_in
from amana.dossiers.meeting.expected import choices_in, clock_in, summary_of, tasks_in
from amana.dossiers.meeting.state import (
    AGENDA,
    MINUTES,
    Delegated,
    MeetingState,
    Part,
    Reported,
    Sitting,
    Undertaken,
    decision_of,
    scope_of,
    sitting,
)
from amana.dossiers.meeting.types import ENTRY_TYPES, KIND
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.joint_text import rules as joint
from amana.dossiers.shared.joint_text.entries import Agree, Leave, Object, Translation, WithdrawApproval
from amana.dossiers.shared.joint_text.state import BoundText, JointText, begin, departed, has_left, version_of
from amana.dossiers.shared.registers import keep
from amana.dossiers.tasks import Task
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

MAX_KEPT = 200  # parts of a programme, sessions, actions of one author


class MeetingKind(Kind[MeetingState]):
    """Visits and meetings as a total fold."""

    name = KIND
    rules = frozenset({1})
    state = MeetingState
    entry_types = ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> MeetingState | Refused:
        said = cast(e.Convene, coded)
        parties = {fact.header.author, *fact.header.audience}
        if said.host not in parties:
            return Refused(Reason.HOST_NO_PARTY)  # (1)
        if said.ends < said.starts:
            return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (2)
        return MeetingState(
            ends=said.ends,
            form=said.form,
            host=said.host,
            text=begin(parties),
            areas=said.areas,
            level=said.level,
            starts=said.starts,
            previous=said.previous,
            agreement=said.agreement,
        )

    def apply(self, state: MeetingState, fact: Fact, coded: Coded) -> MeetingState | Refused:
        said = cast(e.MeetingCoded, coded)
        if has_left(state.text, fact.header.author):
            return Refused(Reason.LEFT)  # (3)
        match said:
            case e.Convene():
                return Refused(Reason.SECOND_OPENING)
            case e.Reschedule() | e.Cancel() | e.Programme() | e.Session():
                return _host(state, fact, said)
            case e.Delegation():
                return _delegate(state, fact, said)
            case e.AgendaPoint() | e.MinutesPoint() | e.Decision():
                return _write(state, fact, said)
            case e.Approve():
                return _approve(state, fact, said)
            case e.Action():
                return _undertake(state, fact, said)
            case e.Progress():
                return _report(state, fact, said)
            case Translation() | Agree() | Object() | WithdrawApproval() | Leave():
                return _with_text(state, joint.say(state.text, fact, said))
            case _:
                assert_never(said)

    def summary(self, state: MeetingState) -> Summary:
        return summary_of(state)

    def dates(self, state: MeetingState, own: AgencyCode) -> tuple[Dated, ...]:
        return dates_in(state, own)

    def tasks(self, state: MeetingState, own: AgencyCode) -> tuple[Task, ...]:
        return tasks_in(state, own)

    def clock(self, state: MeetingState, own: AgencyCode) -> Clock | None:
        return clock_in(state, own)

    def departed(self, state: MeetingState) -> frozenset[AgencyCode]:
        return departed(state.text)

    def choices(self, state: MeetingState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:
        return choices_in(state, entry_type, own)

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: MeetingState | None,
        agreement: Conditions | None,  # noqa: ARG002 - that people meet rests on no article
    ) -> Mapping[str, Any]:
        """`convene`: the author is host. A version: the only session, the clause's standing versions, a place after the
        last. `agree`: every version that waits for this agency. `approve`: the minutes as they stand, with their hash."""
        return complete(entry_type, given, author=author, state=state)


def _with_text(state: MeetingState, text: JointText | Refused) -> MeetingState | Refused:
    return text if isinstance(text, Refused) else replace(state, text=text)


def _host(state: MeetingState, fact: Fact, said: e.HostSaid) -> MeetingState | Refused:
    """What the host alone sets."""
    if fact.header.author != state.host:
        return Refused(Reason.NOT_THE_HOST)  # (4)
    if isinstance(said, e.Cancel):
        return Refused(Reason.ALREADY_SAID) if state.cancelled else replace(state, cancelled=True)  # (5)
    if said.ends < said.starts:
        return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (6)
    match said:
        case e.Reschedule():
            return replace(state, ends=said.ends, starts=said.starts)
        case e.Programme():
            id = EntryId(said.item) or fact.id
            part = Part(id=id, ends=said.ends, type=said.type, entry=fact.id, starts=said.starts, struck=said.struck)
            parts = keep(state.programme, part, new=not said.item, most=MAX_KEPT, missing=Reason.NO_SUCH_SESSION)  # (7) (17)
            return parts if isinstance(parts, Refused) else replace(state, programme=parts)
        case e.Session():
            id = EntryId(said.session) or fact.id
            held = Sitting(id=id, ends=said.ends, entry=fact.id, starts=said.starts, struck=said.struck)
            sessions = keep(state.sessions, held, new=not said.session, most=MAX_KEPT, missing=Reason.NO_SUCH_SESSION)  # (7) (17)
            return sessions if isinstance(sessions, Refused) else replace(state, sessions=sessions)
        case _:
            assert_never(said)


def _delegate(state: MeetingState, fact: Fact, said: e.Delegation) -> MeetingState | Refused:
    agency = fact.header.author
    own = Delegated(entry=fact.id, agency=agency, members=said.members, interpreters=said.interpreters)
    others = (held for held in state.delegations if held.agency != agency)
    return replace(state, delegations=tuple(sorted((*others, own), key=lambda held: held.agency)))


def _write(state: MeetingState, fact: Fact, said: e.Versioned) -> MeetingState | Refused:
    """A version of a point or a decision, in the text of a session that there is."""
    if sitting(state, said.session) is None:
        return Refused(Reason.NO_SUCH_SESSION)  # (8)
    if isinstance(said, e.Decision) and all(party.agency != said.owner for party in state.text.parties):
        return Refused(Reason.OWNER_NO_PARTY)  # (9)
    if not isinstance(said, e.AgendaPoint) and said.agenda:
        point = version_of(state.text, said.agenda)
        if point is None or point.scope != scope_of(AGENDA, said.session):
            return Refused(Reason.NO_SUCH_VERSION)  # (10)
    scope = scope_of(AGENDA if isinstance(said, e.AgendaPoint) else MINUTES, said.session)
    first = version_of(state.text, said.clause)
    if first is not None and (first.type, first.scope) != (fact.header.type, scope):
        return Refused(Reason.OTHER_CLAUSE)  # (11)
    return _with_text(state, joint.write(state.text, fact, said, scope))


def _approve(state: MeetingState, fact: Fact, said: e.Approve) -> MeetingState | Refused:
    """The minutes of one session, whose versions are all of that session."""
    scope = scope_of(MINUTES, said.session)
    named = set(said.versions)
    if any(version.id in named and version.scope != scope for version in state.text.versions):
        return Refused(Reason.OTHER_CLAUSE)  # (12)
    bound = BoundText(hash=said.hash, scope=scope, versions=said.versions)
    return _with_text(state, joint.approve(state.text, fact, bound))


def _undertake(state: MeetingState, fact: Fact, said: e.Action) -> MeetingState | Refused:
    own = fact.header.author
    earlier = next((one for one in state.actions if one.id == said.action), None)
    if said.action and (earlier is None or earlier.owner != own):
        return Refused(Reason.NOT_THE_OWNER)  # (13)
    if said.decision and decision_of(state, said.decision) is None:
        return Refused(Reason.NO_SUCH_DECISION)  # (14)
    if earlier is None and sum(1 for one in state.actions if one.owner == own) >= MAX_KEPT:
        return Refused(Reason.TOO_MANY_OPEN)  # (17)
    action = Undertaken(
        id=earlier.id if earlier else fact.id,
        due=said.due,
        entry=fact.id,
        owner=own,
        since=earlier.since if earlier else Millis(fact.effective),
        struck=said.struck,
        decision=said.decision,
    )
    others = (one for one in state.actions if one.id != action.id)
    return replace(state, actions=tuple(sorted((*others, action), key=lambda one: one.id)))


def _report(state: MeetingState, fact: Fact, said: e.Progress) -> MeetingState | Refused:
    """Of an action its owner speaks. Of a decision every party may, for who its owner is can change with a version that
    crosses this word: each word is kept beside the others, and only the owner's is read."""
    own = fact.header.author
    action = next((one for one in state.actions if one.id == said.of), None)
    if action is None and decision_of(state, said.of) is None:
        return Refused(Reason.NO_SUCH_DECISION)  # (15)
    if action is not None and action.owner != own:
        return Refused(Reason.NOT_THE_OWNER)  # (16)
    told = Reported(at=Millis(fact.effective), of=said.of, entry=fact.id, state=said.state, author=own)
    others = (one for one in state.progress if (one.of, one.author) != (said.of, own))
    return replace(state, progress=tuple(sorted((*others, told), key=lambda one: (one.of, one.author))))
