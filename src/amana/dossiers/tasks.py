# SPDX-License-Identifier: EUPL-1.2
"""What a dossier's state expects of one agency now: short codes for badges and for the order of a day.

Pure and total over every state of every kind, derived from the same registers as whose turn it is; an agency that is
no party is expected to do nothing. `SERVED_BY` says which entry types serve a task, so that pages put these first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from amana.dossiers.agreement.state import AgreementState, ended_on, newest_text, waiting_for
from amana.dossiers.information_request.state import RequestState, Slot, Stage, open_slots, slot_of
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCode


class Task(StrEnum):
    """What is expected of an agency, the most pressing first."""

    ACKNOWLEDGE = "acknowledge"  # take a request in hand
    ANSWER = "answer"
    COMPLETE_ANSWER = "complete_answer"  # a part was sent
    RESUME = "resume"  # we stopped the clock, or suspended the agreement
    CLARIFY = "clarify"  # a respondent asked back
    RECALL_ANSWER = "recall_answer"
    PERMISSION_ANSWER = "permission_answer"
    CONSENT = "consent"  # to a text of an agreement, or decline
    AMEND = "amend"  # our text was declined
    READ = "read"  # take note of a notice
    TRANSLATE = "translate"
    CLOSE = "close"  # everybody has answered: say what it was worth
    NONE = "none"


_ORDER = {task: rank for rank, task in enumerate(Task)}
_RESPONDENT: Mapping[Stage, Task] = {
    Stage.SENT: Task.ACKNOWLEDGE,
    Stage.DELIVERED: Task.ACKNOWLEDGE,
    Stage.ACKNOWLEDGED: Task.ANSWER,
    Stage.IN_WORK: Task.ANSWER,
    Stage.PARTLY_ANSWERED: Task.COMPLETE_ANSWER,
    Stage.PAUSED: Task.RESUME,
}
SERVED_BY: Mapping[Task, tuple[str, ...]] = {
    Task.ACKNOWLEDGE: ("acknowledge", "answer", "part_answer"),
    Task.ANSWER: ("answer", "part_answer", "ask_back"),
    Task.COMPLETE_ANSWER: ("answer", "part_answer", "ask_back"),
    Task.RESUME: ("unpause", "resume", "answer"),
    Task.CLARIFY: ("clarify",),
    Task.RECALL_ANSWER: ("recall_answer",),
    Task.PERMISSION_ANSWER: ("permission_grant", "permission_refuse"),
    Task.CONSENT: ("consent", "decline"),
    Task.AMEND: ("amend",),
    Task.READ: ("acknowledge",),
    Task.TRANSLATE: ("translation",),
    Task.CLOSE: ("close", "reopen"),
    Task.NONE: (),
}


def decide_tasks(state: Canonical | None, own: AgencyCode) -> tuple[Task, ...]:
    """Everything that this state expects of `own`, the most pressing first; empty where that is nothing."""
    match state:
        case RequestState():
            found = {*_request_tasks(state, own), *_asked_of_us(state, own)}
        case AgreementState():
            found = set(_agreement_tasks(state, own))
        case _:
            found = set()
    return tuple(sorted(found, key=_ORDER.__getitem__))


def _request_tasks(state: RequestState, own: AgencyCode) -> Iterator[Task]:
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


def _agreement_tasks(state: AgreementState, own: AgencyCode) -> Iterator[Task]:
    party = next((held for held in state.parties if held.agency == own), None)
    if party is None or ended_on(state):
        return
    newest = newest_text(state)
    declined = any(newest.hash in held.declined for held in state.parties)
    if own in waiting_for(state, newest.hash) and newest.hash not in party.declined:
        yield Task.CONSENT
    if declined and newest.author == own:
        yield Task.AMEND
    if party.suspended:
        yield Task.RESUME
