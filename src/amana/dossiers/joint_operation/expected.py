# SPDX-License-Identifier: EUPL-1.2
"""What an operation expects of each party, and its days for calendars. Spec: spec/kinds/joint_operation.md."""

from __future__ import annotations

from collections.abc import Iterator

from amana.dossiers.dated import Dated, DatedKind
from amana.dossiers.joint_operation.phases import OVER, missing
from amana.dossiers.joint_operation.plan import SCOPE, Plan, draft_now, governing, plan_in_force
from amana.dossiers.joint_operation.state import KeptTask, OperationState, work_of, work_state
from amana.dossiers.joint_operation.state import tasks as standing_tasks
from amana.dossiers.shared.joint_text.state import (
    ClauseState,
    awaiting,
    clause_state,
    clauses,
    objected_to,
    present,
    standing,
    unanswered,
)
from amana.dossiers.shared.operations import EvaluationTime, Gate, Phase
from amana.dossiers.tasks import Task, in_order
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

_BY_GATE = {
    Gate.BASIS: Task.BASIS,
    Gate.CONTACT: Task.CONTACT,
    Gate.READY: Task.READY,
    Gate.DOUBLES: Task.COMPARE,
    Gate.EVALUATION: Task.EVALUATE,
}


def tasks(state: OperationState, own: AgencyCode) -> tuple[Task, ...]:
    """Everything that is expected of a party now."""
    return in_order(_tasks(state, own)) if own in present(state.plan) else ()


def _tasks(state: OperationState, own: AgencyCode) -> Iterator[Task]:
    lacking = missing(state)
    if not state.closed:
        yield from _of_the_plan(state, own)
        if any(own == one.owner for one in _open_tasks(state)):
            yield Task.CARRY_OUT
    for one in lacking:
        if own in one.of and (task := _BY_GATE.get(one.gate)) is not None:
            yield task
    if len(lacking) == 1 and own in lacking[0].of:  # nothing else is missing
        if lacking[0].gate is Gate.START:
            yield Task.START
        if lacking[0].gate is Gate.CLOSE:
            yield Task.CLOSE


def _of_the_plan(state: OperationState, own: AgencyCode) -> Iterator[Task]:
    if _waiting_plans(state, own) or _ready_to_approve(state, own):
        yield Task.APPROVE
    if unanswered(state.plan, own):
        yield Task.AGREE
    if objected_to(state.plan, own):
        yield Task.REVISE


def _waiting_plans(state: OperationState, own: AgencyCode) -> bool:  # bool: a fact of the state
    """Whether others approve a plan that is later than the one that governs."""
    held = governing(state)
    since = held.since if held is not None else Millis(0)
    return any(_is_later(state, bound.hash, since) for bound in awaiting(state.plan, own))


def _is_later(state: OperationState, hash: bytes, since: Millis) -> bool:  # bool: as above
    return any(one.hash == hash and not one.ended and one.since >= since for party in state.plan.parties for one in party.approvals)


def _ready_to_approve(state: OperationState, own: AgencyCode) -> bool:  # bool: as above
    """Whether every point is agreed and this party has not approved the plan as it stands."""
    draft = draft_now(state)
    if not draft or not all_agreed(state):
        return False
    mine = {one.hash for party in state.plan.parties if party.agency == own for one in party.approvals if not one.ended}
    return not any(bound.versions == draft and bound.hash in mine for bound in state.plan.texts)


def all_agreed(state: OperationState) -> bool:  # bool: as above
    """Whether no point of the plan waits for anybody's word."""
    found = (clause_state(state.plan, standing(state.plan, SCOPE, clause)) for clause in clauses(state.plan, SCOPE))
    return all(one in (ClauseState.AGREED, ClauseState.STRUCK) for one in found)


def _open_tasks(state: OperationState) -> Iterator[KeptTask]:
    worked = work_of(state)
    return (one for one in standing_tasks(state) if work_state(worked.get(one.id)) not in OVER)


def due(state: OperationState, phase: Phase) -> Millis:
    """The earliest day by which something is to be done; 0: none."""
    plan = plan_in_force(state)
    moments = [one.due for one in _open_tasks(state)] if not state.closed else []
    if phase in (Phase.AGREED, Phase.PREPARATION) and plan is not None:
        moments.append(plan.window.starts)
    return min(moments, default=Millis(0))


def dates(state: OperationState, own: AgencyCode) -> tuple[Dated, ...]:
    """The action by the plan that governs (else as it was proposed), and the tasks of this party."""
    plan = governing(state)
    return tuple(_dates(state, own, plan)) if not state.closed else ()


def _dates(state: OperationState, own: AgencyCode, plan: Plan | None) -> Iterator[Dated]:
    starts, ends = (plan.window.starts, plan.window.ends) if plan is not None else (state.starts, state.ends)
    yield Dated(kind=DatedKind.ACTION, starts=starts, ends=ends, host=state.lead, area=state.area.value)
    for one in _open_tasks(state):
        if one.owner == own:
            yield Dated(kind=DatedKind.DUE, entry=EntryId(one.id), worded=EntryId(one.entry), starts=one.due, type="task")


def evaluated(state: OperationState, own: AgencyCode, time: EvaluationTime) -> bool:  # bool: a fact of the state
    """Whether this party has judged the operation at that time."""
    return any(one.time is time for party in state.parties if party.agency == own for one in party.evaluations)
