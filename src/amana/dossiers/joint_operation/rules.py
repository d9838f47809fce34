# SPDX-License-Identifier: EUPL-1.2
"""Who may say what in an operation: each party speaks for itself, the lead begins and ends the action, observers look on.

Nothing here counts what others said, so words that cross commute; that an operation is in action, and what its results come
to, is derived. The numbers at the refusals are those of the checks in spec/kinds/joint_operation.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.dated import Dated
from amana.dossiers.joint_operation import completing, expected
from amana.dossiers.joint_operation import entries as e
from amana.dossiers.joint_operation.phases import phase_of
from amana.dossiers.joint_operation.plan import SCOPE, conditions_of, window_of
from amana.dossiers.joint_operation.state import (
    Action,
    Compared,
    Evaluated,
    KeptContact,
    KeptResult,
    KeptTask,
    OperationState,
    Party,
    StatedBasis,
    Worked,
    party_of,
    with_party,
)
from amana.dossiers.joint_operation.types import ENTRY_TYPES, KIND
from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.joint_text import rules as joint
from amana.dossiers.shared.joint_text.entries import Agree, Leave, Object, Translation, WithdrawApproval
from amana.dossiers.shared.joint_text.state import BoundText, JointText, approved_hashes, begin, departed, has_left, present
from amana.dossiers.shared.operations import Phase
from amana.dossiers.shared.registers import find
from amana.dossiers.shared.vocabulary import Form
from amana.dossiers.tasks import Task
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

MAX_TASKS, MAX_WORKED, MAX_RESULTS, MAX_COMPARED = 150, 300, 100, 200  # of one author


class JointOperationKind(Kind[OperationState]):
    """Joint operations as a total fold."""

    name = KIND
    form = Form.JOINT_OPERATION
    rules = frozenset({1})
    state = OperationState
    entry_types = ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> OperationState | Refused:
        said = cast(e.Propose, coded)
        author = fact.header.author
        if said.lead != author:
            return Refused(Reason.NOT_THE_LEAD)  # (1)
        if said.ends < said.starts:
            return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (2)
        if not set(said.observers) <= set(fact.header.audience):
            return Refused(Reason.FOREIGN_AUDIENCE)  # (3)
        parties = sorted({author, *fact.header.audience} - set(said.observers))
        return OperationState(
            area=said.area,
            ends=said.ends,
            lead=said.lead,
            plan=begin(parties),
            starts=said.starts,
            parties=tuple(Party(agency=agency) for agency in parties),
            observers=tuple(sorted(set(said.observers))),
        )

    def apply(self, state: OperationState, fact: Fact, coded: Coded) -> OperationState | Refused:
        said = cast(e.OperationCoded, coded)
        author = fact.header.author
        if has_left(state.plan, author) or author in state.lookers_left:
            return Refused(Reason.LEFT)  # (4)
        party = party_of(state, author)
        if party is None:
            return _looker(state, author, said)  # (5)
        match said:
            case e.Propose():
                return Refused(Reason.SECOND_OPENING)
            case e.PlanPoint() | Translation() | Agree() | Object() | WithdrawApproval() | e.Approve() | Leave():
                outcome = _of_the_plan(state, fact, said)
                return outcome if isinstance(outcome, Refused) else replace(state, plan=outcome)
            case e.Task() | e.Progress() | e.Result() | e.Compare():
                return _of_the_work(state, fact, said)
            case e.Start() | e.Stop() | e.Close():
                return _lead(state, fact, said)
            case e.Basis() | e.Ready() | e.Contact() | e.Document() | e.Evaluate():
                return with_party(state, _of_itself(party, fact, said))
            case _:
                assert_never(said)

    def summary(self, state: OperationState) -> Summary:
        phase = phase_of(state)
        turn = tuple(agency for agency in present(state.plan) if self.tasks(state, agency))
        due = expected.due(state, phase)
        return Summary(
            stage=phase.value, area=state.area.value, turn=turn, due=due, closed=phase is Phase.EVALUATED or not present(state.plan)
        )

    def tasks(self, state: OperationState, own: AgencyCode) -> tuple[Task, ...]:
        return expected.tasks(state, own)

    def dates(self, state: OperationState, own: AgencyCode) -> tuple[Dated, ...]:
        return expected.dates(state, own)

    def departed(self, state: OperationState) -> frozenset[AgencyCode]:
        return departed(state.plan) | frozenset(state.lookers_left)

    def choices(self, state: OperationState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:
        return completing.choices(state, entry_type, own)

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: OperationState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """What a planner would fill in, see `completing`."""
        return {"lead": author, **given} if state is None else completing.complete(state, entry_type, given, author)


def _looker(state: OperationState, author: AgencyCode, said: e.OperationCoded) -> OperationState | Refused:
    """An observer may leave, and says nothing else."""
    if isinstance(said, Leave):
        return replace(state, lookers_left=tuple(sorted((*state.lookers_left, author))))
    return Refused(Reason.OBSERVER)


def _of_the_plan(state: OperationState, fact: Fact, said: e.PlanSaid) -> JointText | Refused:
    match said:
        case e.PlanPoint():
            return joint.write(state.plan, fact, said, SCOPE)
        case e.Approve():
            return _approve(state, fact, said)
        case Leave() if fact.header.author == state.lead:
            return Refused(Reason.NOT_AT_THIS_STAGE)  # (6)
        case Translation() | Agree() | Object() | WithdrawApproval() | Leave():
            return joint.say(state.plan, fact, said)
        case _:
            assert_never(said)


def _of_the_work(state: OperationState, fact: Fact, said: e.WorkSaid) -> OperationState | Refused:
    match said:
        case e.Task():
            return _task(state, fact, said)
        case e.Progress():
            return _progress(state, fact, said)
        case e.Result():
            return _result(state, fact, said)
        case e.Compare():
            return _compare(state, fact, said)
        case _:
            assert_never(said)


def _approve(state: OperationState, fact: Fact, said: e.Approve) -> JointText | Refused:
    """An approval: with a number above that of every other plan that its author approves, so that an amendment is one."""
    if said.ends < said.starts:
        return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (2)
    others = set(approved_hashes(state.plan, fact.header.author)) - {said.hash}
    if any(bound.hash in others and window_of(bound).version >= said.version for bound in state.plan.texts):
        return Refused(Reason.WRONG_VERSION)  # (7)
    conditions = conditions_of(e.Window(ends=said.ends, starts=said.starts, version=said.version))
    return joint.approve(state.plan, fact, BoundText(hash=said.hash, scope=SCOPE, versions=said.versions, conditions=conditions))


def _of_itself(party: Party, fact: Fact, said: e.SelfSaid) -> Party:
    """What a party says of itself alone."""
    at = Millis(fact.effective)
    match said:
        case e.Basis():
            return replace(party, basis=StatedBasis(at=at, type=said.type, entry=fact.id, article=said.article, agreement=said.agreement))
        case e.Ready():
            return replace(party, ready_at=Millis(0) if said.withdrawn else at)
        case e.Contact():
            others = [one for one in party.contacts if one.function is not said.function]
            held = others if said.struck else [*others, KeptContact(entry=fact.id, function=said.function)]
            return replace(party, contacts=tuple(sorted(held, key=lambda one: one.function)))
        case e.Document():
            return replace(party, documents=party.documents + 1)
        case e.Evaluate():
            own = Evaluated(at=at, time=said.time, entry=fact.id, marks=said.marks)
            kept = [*(one for one in party.evaluations if one.time is not said.time), own]
            return replace(party, evaluations=tuple(sorted(kept, key=lambda one: one.time)))
        case _:
            assert_never(said)


def _lead(state: OperationState, fact: Fact, said: e.LeadSaid) -> OperationState | Refused:
    """What the lead says of the whole."""
    at = Millis(fact.effective)
    if fact.header.author != state.lead:
        return Refused(Reason.NOT_THE_LEAD)  # (1)
    if state.closed:
        return Refused(Reason.CLOSED)  # (8)
    match said:
        case e.Start():
            if said.hash not in approved_hashes(state.plan, state.lead):
                return Refused(Reason.NOT_APPROVED)  # (9)
            if state.action is not None and not state.action.ended_at:
                return Refused(Reason.ALREADY_SAID)  # (10)
            return replace(state, action=Action(hash=said.hash, started_at=at))
        case e.Stop():
            if state.action is None or state.action.ended_at:
                return Refused(Reason.NOT_AT_THIS_STAGE)  # (10)
            return replace(state, action=replace(state.action, ended_at=at))
        case e.Close():
            return replace(state, closed=at)
        case _:
            assert_never(said)


def _task(state: OperationState, fact: Fact, said: e.Task) -> OperationState | Refused:
    author = fact.header.author
    if said.due < said.starts:
        return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (2)
    if party_of(state, said.owner) is None:
        return Refused(Reason.OWNER_NO_PARTY)  # (11)
    held = find(state.tasks, said.task) if said.task else None
    if said.task and (held is None or held.author != author):
        return Refused(Reason.NO_SUCH_TASK)  # (12)
    if any(find(state.tasks, need) is None or need == said.task for need in said.needs):
        return Refused(Reason.NO_SUCH_TASK)  # (12)
    if held is None and sum(one.author == author for one in state.tasks) >= MAX_TASKS:
        return Refused(Reason.TOO_MANY_OPEN)  # (15)
    task = KeptTask(
        id=held.id if held else fact.id,
        due=said.due,
        entry=fact.id,
        needs=tuple(sorted(set(said.needs))),
        owner=said.owner,
        phase=said.phase,
        author=author,
        starts=said.starts,
        struck=said.struck,
    )
    others = (one for one in state.tasks if one.id != task.id)
    return replace(state, tasks=tuple(sorted((*others, task), key=lambda one: one.id)))


def _progress(state: OperationState, fact: Fact, said: e.Progress) -> OperationState | Refused:
    """A party's word on a task. It counts while the task is its own: whose it is may change by a word that crosses this one."""
    author = fact.header.author
    if find(state.tasks, said.task) is None:
        return Refused(Reason.NO_SUCH_TASK)  # (12)
    others = [one for one in state.worked if (one.task, one.agency) != (said.task, author)]
    if sum(one.agency == author for one in others) >= MAX_WORKED:
        return Refused(Reason.TOO_MANY_OPEN)  # (15)
    own = Worked(at=Millis(fact.effective), task=said.task, entry=fact.id, state=said.state, agency=author)
    return replace(state, worked=tuple(sorted((*others, own), key=lambda one: (one.task, one.agency))))


def _result(state: OperationState, fact: Fact, said: e.Result) -> OperationState | Refused:
    author = fact.header.author
    held = find(state.results, said.result) if said.result else None
    if said.result and (held is None or held.author != author):
        return Refused(Reason.NO_SUCH_RESULT)  # (13)
    if held is None and sum(one.author == author for one in state.results) >= MAX_RESULTS:
        return Refused(Reason.TOO_MANY_OPEN)  # (15)
    if not completing.is_sound(said):
        return Refused(Reason.UNIT_DIFFERS)  # (14)
    result = KeptResult(
        at=said.at,
        id=held.id if held else fact.id,
        type=said.type,
        unit=said.unit,
        entry=fact.id,
        since=held.since if held else Millis(fact.effective),
        amount=said.amount,
        author=author,
        struck=said.struck,
        exhibit=said.exhibit,
        currency=said.currency,
        substance=said.substance,
    )
    others = (one for one in state.results if one.id != result.id)
    return replace(state, results=tuple(sorted((*others, result), key=lambda one: one.id)))


def _compare(state: OperationState, fact: Fact, said: e.Compare) -> OperationState | Refused:
    author = fact.header.author
    if said.first == said.second or find(state.results, said.first) is None or find(state.results, said.second) is None:
        return Refused(Reason.NO_SUCH_RESULT)  # (13)
    first, second = sorted((said.first, said.second))
    own = Compared(same=said.same, first=EntryId(first), author=author, second=EntryId(second))
    others = [one for one in state.compared if (one.first, one.second, one.author) != (first, second, author)]
    if sum(one.author == author for one in others) >= MAX_COMPARED:
        return Refused(Reason.TOO_MANY_OPEN)  # (15)
    return replace(state, compared=tuple(sorted((*others, own), key=lambda one: (one.first, one.second, one.author))))
