# SPDX-License-Identifier: EUPL-1.2
"""Where an operation stands, what is missing before it goes on, and of whom. All is derived; nobody says a phase.

In action means: the lead has begun it and not ended it, the plan in force is one that every party which has not left
approves, and each of them has stated its basis, has named whom to call, and is ready. Spec: spec/kinds/joint_operation.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amana.dossiers.joint_operation.counting import doubles
from amana.dossiers.joint_operation.plan import Plan, governing, plan_in_force
from amana.dossiers.joint_operation.state import KeptTask, OperationState, here, tasks, work_of, work_state
from amana.dossiers.shared.joint_text.state import waiting_for
from amana.dossiers.shared.operations import EvaluationTime, Gate, Phase, TaskPhase, WorkState
from amana.protocol.identifiers import AgencyCode

OVER = frozenset({WorkState.DONE, WorkState.DROPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What is missing before the next phase, and from whom."""

    gate: Gate
    of: tuple[AgencyCode, ...]


def phase_of(state: OperationState, plan: Plan | None = None) -> Phase:
    """Where the operation stands; `plan`: the one in force, where it was found already."""
    plan = plan or plan_in_force(state)
    if state.closed:
        return Phase.CLOSED if any(_unevaluated(state)) else Phase.EVALUATED
    if state.action is not None and state.action.ended_at:
        return Phase.EXPLOITATION
    if state.action is not None:
        return Phase.ACTION if plan is not None and not any(_unprepared(state)) else Phase.HALTED
    if plan is None:
        return Phase.PROPOSED
    return Phase.AGREED if any(_without_basis_or_contact(state)) else Phase.PREPARATION


def missing(state: OperationState) -> tuple[Missing, ...]:
    """What stands between the operation and its next phase, in the order in which it is best done."""
    plan = plan_in_force(state)
    return tuple(_missing(state, phase_of(state, plan), plan))


def _missing(state: OperationState, phase: Phase, plan: Plan | None) -> Iterator[Missing]:
    match phase:
        case Phase.PROPOSED | Phase.HALTED | Phase.AGREED | Phase.PREPARATION:
            if plan is None:
                yield Missing(gate=Gate.PLAN, of=_to_approve(state))
            yield from _unprepared(state)
            if phase is not Phase.HALTED:
                yield from _undone(state, TaskPhase.PREPARATION)
                yield Missing(gate=Gate.START, of=(state.lead,))
        case Phase.ACTION:
            yield Missing(gate=Gate.STOP, of=(state.lead,))
        case Phase.EXPLOITATION:
            yield from _undone(state, None)
            if authors := {one.author for pair in doubles(state) for one in pair} & {one.agency for one in here(state)}:
                yield Missing(gate=Gate.DOUBLES, of=tuple(sorted(authors)))
            yield Missing(gate=Gate.CLOSE, of=(state.lead,))
        case Phase.CLOSED:
            yield Missing(gate=Gate.EVALUATION, of=tuple(_unevaluated(state)))
        case Phase.EVALUATED:
            return


def _to_approve(state: OperationState) -> tuple[AgencyCode, ...]:
    """Who does not approve the plan that governs; before there is one, the plan that most approve, or any."""
    held = governing(state)
    if held is not None:
        return waiting_for(state.plan, held.bound.hash)
    waiting = [waiting_for(state.plan, bound.hash) for bound in state.plan.texts]
    fewest = min(waiting, key=lambda agencies: (len(agencies), agencies), default=())
    return fewest or tuple(one.agency for one in here(state))


def _without_basis_or_contact(state: OperationState) -> Iterator[Missing]:
    parties = here(state)
    if lacking := tuple(one.agency for one in parties if one.basis is None):
        yield Missing(gate=Gate.BASIS, of=lacking)
    if lacking := tuple(one.agency for one in parties if not one.contacts):
        yield Missing(gate=Gate.CONTACT, of=lacking)


def _unprepared(state: OperationState) -> Iterator[Missing]:
    yield from _without_basis_or_contact(state)
    if lacking := tuple(one.agency for one in here(state) if not one.ready_at):
        yield Missing(gate=Gate.READY, of=lacking)


def _undone(state: OperationState, phase: TaskPhase | None) -> Iterator[Missing]:
    """The owners of tasks that are not over, of one phase or of all. One that has left holds nothing up."""
    worked, parties = work_of(state), {one.agency for one in here(state)}
    open_tasks = [one for one in tasks(state) if phase in (None, one.phase) and work_state(worked.get(one.id)) not in OVER]
    if owners := {one.owner for one in open_tasks} & parties:
        yield Missing(gate=Gate.TASKS, of=tuple(sorted(owners)))


def _unevaluated(state: OperationState) -> Iterator[AgencyCode]:
    for party in here(state):
        if all(one.time is not EvaluationTime.FINAL for one in party.evaluations):
            yield party.agency


def held_up(state: OperationState) -> dict[KeptTask, tuple[KeptTask, ...]]:
    """Open tasks with the tasks that they wait for; a task that was struck or dropped holds nothing up."""
    worked = work_of(state)
    unfinished = {one.id: one for one in tasks(state) if work_state(worked.get(one.id)) not in OVER}
    found = {one: tuple(unfinished[need] for need in one.needs if need in unfinished) for one in unfinished.values()}
    return {one: needs for one, needs in found.items() if needs}


def in_a_circle(state: OperationState) -> tuple[KeptTask, ...]:
    """Open tasks that wait for themselves, through whatever others: somebody must take a need away."""
    waits = held_up(state)
    while free := [one for one, needs in waits.items() if not any(need in waits for need in needs)]:
        for one in free:
            del waits[one]
    return tuple(sorted(waits, key=lambda one: (one.due, one.id)))
