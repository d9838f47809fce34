# SPDX-License-Identifier: EUPL-1.2
"""Who may say what of a mission: the giver reports, the receiver judges, both agree on terms by their id.

Terms and acceptances only add, so what crosses commutes: of two terms accepted at once the later in order stands. The
numbers at the refusals are those of the checks in spec/kinds/expertise_mission.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.dated import Dated
from amana.dossiers.expertise_mission import entries as e
from amana.dossiers.expertise_mission.completing import complete
from amana.dossiers.expertise_mission.expected import clock_in, dates_in, stage_of, tasks_in
from amana.dossiers.expertise_mission.state import Completed, KeptTerms, MissionState, Told, follow_up_due, is_over, sides
from amana.dossiers.kind import Clock, Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.missions import MissionType
from amana.dossiers.shared.registers import find
from amana.dossiers.shared.vocabulary import Form
from amana.dossiers.tasks import Task
from amana.protocol.identifiers import AgencyCode, DossierId, Millis

MAX_TERMS = 60  # of one side


class ExpertiseMissionKind(Kind[MissionState]):
    """Missions of experts as a total fold."""

    name = e.KIND
    form = Form.EXPERTISE
    rules = frozenset({1})
    state = MissionState
    entry_types = e.ENTRY_TYPES

    def form_of(self, given: Mapping[str, Any]) -> Form | None:
        """Training and technical assistance are forms of their own."""
        named = given.get("type")
        return Form(named) if named in {each.value for each in MissionType} else self.form

    def open(self, fact: Fact, coded: Coded) -> MissionState | Refused:
        said = cast(e.Request | e.Propose, coded)
        author = fact.header.author
        parties = {author, *fact.header.audience}
        if said.giver == said.receiver or not {said.giver, said.receiver} <= parties:
            return Refused(Reason.HOST_NO_PARTY)  # (1)
        if author != (said.receiver if isinstance(said, e.Request) else said.giver):
            return Refused(Reason.NOT_THE_GIVER)  # (2)
        if said.ends < said.starts:
            return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (3)
        return MissionState(
            area=said.area,
            ends=said.ends,
            type=said.type,
            event=said.event,
            giver=said.giver,
            author=author,
            people=said.people,
            starts=said.starts,
            parties=tuple(sorted(parties)),
            exercise=said.exercise,
            receiver=said.receiver,
            expertise=said.expertise,
            languages=said.languages,
        )

    def apply(self, state: MissionState, fact: Fact, coded: Coded) -> MissionState | Refused:
        said = cast(e.MissionCoded, coded)
        author = fact.header.author
        if author not in sides(state):
            return Refused(Reason.NOT_ASKED_OF_YOU)  # (4)
        match said:
            case e.Request() | e.Propose():
                return Refused(Reason.SECOND_OPENING)
            case e.Terms():
                return _propose_terms(state, fact, said)
            case e.Accept():
                return _accept(state, author, said)
            case e.Decline():
                return replace(state, declined=tuple(sorted({*state.declined, author})))
            case e.Withdraw():
                return replace(state, withdrawn=True) if author == state.author else Refused(Reason.NOT_THE_AUTHOR)  # (7)
            case e.Lesson():
                return replace(state, lessons=state.lessons + 1)
            case e.Feedback() | e.FollowUp():
                return _judge(state, author, said)
            case e.Send() | e.Start() | e.Report() | e.Complete():
                return _carry_out(state, fact, said)
            case _:
                assert_never(said)

    def summary(self, state: MissionState) -> Summary:
        turn = tuple(side for side in sorted(sides(state)) if tasks_in(state, side))
        over = is_over(state) or state.follow_up is not None
        due = follow_up_due(state) if state.feedback is not None and not over else Millis(0)
        return Summary(
            stage=stage_of(state),
            area=state.area.value,
            turn=() if over else turn,
            due=due,
            closed=over,
            within=DossierId(state.event),
        )

    def tasks(self, state: MissionState, own: AgencyCode) -> tuple[Task, ...]:
        return tasks_in(state, own)

    def clock(self, state: MissionState, own: AgencyCode) -> Clock | None:
        return clock_in(state, own)

    def dates(self, state: MissionState, own: AgencyCode) -> tuple[Dated, ...]:
        return dates_in(state, own)

    def choices(self, state: MissionState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:
        return {"terms": tuple(one.id for one in _others_terms(state, own))} if entry_type == "accept" else {}

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: MissionState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """The author's side, what the terms leave open, the latest terms of the other side; see `completing`."""
        return complete(state, entry_type, given, author)


def _others_terms(state: MissionState, own: AgencyCode) -> Iterator[KeptTerms]:
    return (one for one in sorted(state.terms, key=lambda each: (-each.at, each.id)) if own not in one.accepted)


def _propose_terms(state: MissionState, fact: Fact, said: e.Terms) -> MissionState | Refused:
    author = fact.header.author
    if said.ends < said.starts:
        return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (3)
    if sum(1 for one in state.terms if one.author == author) >= MAX_TERMS:
        return Refused(Reason.TOO_MANY_OPEN)  # (8)
    own = KeptTerms(
        at=Millis(fact.effective),
        id=fact.id,
        cost=said.cost,
        ends=said.ends,
        author=author,
        people=said.people,
        starts=said.starts,
        accepted=(author,),
        languages=said.languages,
        deliverables=said.deliverables,
    )
    return replace(state, terms=tuple(sorted((*state.terms, own), key=lambda one: one.id)))


def _accept(state: MissionState, author: AgencyCode, said: e.Accept) -> MissionState | Refused:
    held = find(state.terms, said.terms)
    if held is None:
        return Refused(Reason.NO_SUCH_TERMS)  # (5)
    if author in held.accepted:
        return Refused(Reason.ALREADY_SAID)
    others = (one for one in state.terms if one.id != held.id)
    accepted = replace(held, accepted=tuple(sorted((*held.accepted, author))))
    return replace(state, terms=tuple(sorted((*others, accepted), key=lambda one: one.id)))


def _judge(state: MissionState, author: AgencyCode, said: e.Feedback | e.FollowUp) -> MissionState | Refused:
    """What the receiver alone says; the last word stands."""
    if author != state.receiver:
        return Refused(Reason.NOT_A_RECEIVER)  # (6)
    return replace(state, feedback=said.usefulness) if isinstance(said, e.Feedback) else replace(state, follow_up=said.result)


def _carry_out(state: MissionState, fact: Fact, said: e.Send | e.Start | e.Report | e.Complete) -> MissionState | Refused:
    """What the giver alone says."""
    if fact.header.author != state.giver:
        return Refused(Reason.NOT_THE_GIVER)  # (2)
    match said:
        case e.Send():
            return replace(state, team=Told(at=Millis(fact.effective), entry=fact.id, author=fact.header.author), people=said.people)
        case e.Start():
            return replace(state, started_at=said.at)
        case e.Report():
            return replace(state, days=said.days, reports=state.reports + 1)
        case e.Complete():
            over = Completed(at=said.at, days=said.days, entry=fact.id, trained=said.trained, deliverables=said.deliverables)
            return replace(state, completed=over)
        case _:
            assert_never(said)
