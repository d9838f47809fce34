# SPDX-License-Identifier: EUPL-1.2
"""What a request or a notice expects of an agency, and which of its clocks matters to it. Pure and total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amana.dossiers.information_request.state import SETTLED, RequestState, Slot, Stage, open_slots, slot_of
from amana.dossiers.kind import Clock
from amana.dossiers.tasks import Task, in_order
from amana.protocol.identifiers import AgencyCode, EntryId

_RESPONDENT: Mapping[Stage, Task] = {
    Stage.SENT: Task.ACKNOWLEDGE,
    Stage.DELIVERED: Task.ACKNOWLEDGE,
    Stage.ACKNOWLEDGED: Task.ANSWER,
    Stage.IN_WORK: Task.ANSWER,
    Stage.PARTLY_ANSWERED: Task.COMPLETE_ANSWER,
    Stage.PAUSED: Task.RESUME,
}


def tasks_in(state: RequestState, own: AgencyCode) -> tuple[Task, ...]:
    """Everything that the request or notice expects of `own`, the most pressing first."""
    return in_order((*_of_the_matter(state, own), *_asked_of_us(state, own)))


def clock_in(state: RequestState, own: AgencyCode) -> Clock | None:
    """The clock that matters to `own`: its own while it owes an answer, else the one that ends first."""
    slot = _running(state, own) if not state.closed_at else None
    return Clock(started_at=slot.delivered_at, due=slot.due, paused_at=slot.paused_at) if slot is not None else None


def choices_in(state: RequestState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:
    """The questions, answers, recalls and permissions that an entry of this type can name."""
    match entry_type:
        case "clarify":
            return {"question": tuple(question for slot in state.slots for question in slot.questions)}
        case "reopen":
            return {"answer": tuple(EntryId(slot.settled) for slot in state.slots if slot.stage in SETTLED and not slot.withdrawn)}
        case "recall_answer":
            waiting = (held for held in state.recalls if held.author != own and all(said.agency != own for said in held.answers))
            return {"recall": tuple(held.recall for held in waiting)}
        case "permission_grant" | "permission_refuse":
            return {"request": tuple(held.request for held in state.permissions if held.originator == own and not held.grant)}
        case _:
            return {}


def _of_the_matter(state: RequestState, own: AgencyCode) -> Iterator[Task]:
    slot = slot_of(state, own)
    if state.notice:
        if slot is not None and slot.stage is not Stage.ACKNOWLEDGED and not state.cancelled:
            yield Task.READ
        return
    if state.closed_at:
        return
    if slot is not None and not slot.withdrawn and not slot.questions and slot.stage in _RESPONDENT:
        yield _RESPONDENT[slot.stage]
    if own != state.asker:
        return
    kept: list[Slot] = [held for held in state.slots if not held.withdrawn]
    if any(held.questions for held in kept):
        yield Task.CLARIFY
    if kept and not open_slots(state):
        yield Task.CLOSE


def _asked_of_us(state: RequestState, own: AgencyCode) -> Iterator[Task]:
    """What other parties asked for single entries, whatever became of the request itself."""
    if own not in state.parties:
        return
    if any(held.author != own and all(said.agency != own for said in held.answers) for held in state.recalls):
        yield Task.RECALL_ANSWER
    if any(held.originator == own and not held.grant for held in state.permissions):
        yield Task.PERMISSION_ANSWER
    if any(held.asker != own for held in state.translations):
        yield Task.TRANSLATE


def _running(state: RequestState, own: AgencyCode) -> Slot | None:
    mine = slot_of(state, own)
    if mine is not None:
        return mine if mine.due and not mine.withdrawn and mine.stage not in SETTLED else None
    return min((slot for slot in open_slots(state) if slot.due), key=lambda slot: (bool(slot.paused_at), slot.due), default=None)
