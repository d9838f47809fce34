# SPDX-License-Identifier: EUPL-1.2
"""The table of a respondent's stages, and what its entries do to its slot. The diagram in the spec is made from it.

Only a respondent's own entries (and `reopen`, which names the answer it reopens) move its stage. A withdrawn or
closed slot still records what its respondent said in the meantime; what is shown stays withdrawn or closed.
Spec: spec/kinds/information_request.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from msgspec.structs import replace

from amana.dossiers.information_request.entries import (
    Acknowledge,
    Answer,
    AskBack,
    Delivered,
    PartAnswer,
    Pause,
    Progress,
    Refuse,
    RespondentSaid,
    Unpause,
)
from amana.dossiers.information_request.state import MAX_QUESTIONS, RequestState, Slot, Stage, slot_of, with_slot
from amana.dossiers.kind import Fact, Reason, Refused
from amana.protocol.identifiers import EntryId, Millis

_ENDINGS = {"answer": Stage.ANSWERED, "refuse": Stage.REFUSED}
_WORK = {"ask_back": Stage.ACKNOWLEDGED, "part_answer": Stage.PARTLY_ANSWERED, "pause": Stage.PAUSED, **_ENDINGS}
_TAKEN_UP = {"acknowledge": Stage.ACKNOWLEDGED, "progress": Stage.IN_WORK, **_WORK}

STEPS: Mapping[Stage, Mapping[str, Stage]] = {
    Stage.SENT: {"delivered": Stage.DELIVERED, **_TAKEN_UP},
    Stage.DELIVERED: _TAKEN_UP,
    Stage.ACKNOWLEDGED: {"progress": Stage.IN_WORK, **_WORK},
    Stage.IN_WORK: {"progress": Stage.IN_WORK, **_WORK, "ask_back": Stage.IN_WORK},
    Stage.PAUSED: {"ask_back": Stage.PAUSED, "part_answer": Stage.PAUSED, "unpause": Stage.IN_WORK, **_ENDINGS},
    Stage.PARTLY_ANSWERED: {"progress": Stage.PARTLY_ANSWERED, **_WORK, "ask_back": Stage.PARTLY_ANSWERED},
    Stage.ANSWERED: {"reopen": Stage.SENT},
    Stage.REFUSED: {"answer": Stage.ANSWERED, "reopen": Stage.SENT},
}
NOTICE_STEPS: Mapping[Stage, Mapping[str, Stage]] = {
    Stage.SENT: {"delivered": Stage.DELIVERED, "acknowledge": Stage.ACKNOWLEDGED},
    Stage.DELIVERED: {"acknowledge": Stage.ACKNOWLEDGED},
    Stage.ACKNOWLEDGED: {},
}


def next_stage(state: RequestState, slot: Slot, event: str) -> Stage | None:
    """The stage that the event leads to, or None where it cannot be said now."""
    table = NOTICE_STEPS if state.notice else STEPS
    return table.get(slot.stage, {}).get(event)


def respond(state: RequestState, fact: Fact, said: RespondentSaid) -> RequestState | Refused:
    """The state after an entry by a respondent (or receiver)."""
    header = fact.header
    slot = slot_of(state, header.author)
    if isinstance(said, Delivered):
        return _delivered(state, slot, fact, said)
    if slot is None:
        return Refused(Reason.NOT_A_RECEIVER if state.notice else Reason.NOT_A_RESPONDENT)
    if state.notice and not isinstance(said, Acknowledge):
        return Refused(Reason.ONLY_IN_REQUESTS)
    stage = next_stage(state, slot, header.type)
    if stage is None:
        return Refused(Reason.NOT_AT_THIS_STAGE)
    moved = _moved(slot, stage, fact, said)
    return moved if isinstance(moved, Refused) else with_slot(state, moved)


def _delivered(state: RequestState, slot: Slot | None, fact: Fact, said: Delivered) -> RequestState | Refused:
    """Starts the clock, once, where it names the entry that does; says nothing more of what else arrived."""
    if slot is None:
        return Refused(Reason.NOT_A_RECEIVER) if fact.header.author == state.asker else state
    starts = EntryId(slot.started_by or fact.header.dossier)
    if slot.delivered_at or starts not in said.entries:
        return state
    at = Millis(fact.effective)
    stage = Stage.DELIVERED if slot.stage is Stage.SENT else slot.stage
    due = Millis(at + state.clock) if state.clock else Millis(0)
    return with_slot(state, replace(slot, stage=stage, delivered_at=at, due=due))


def _moved(slot: Slot, stage: Stage, fact: Fact, said: RespondentSaid) -> Slot | Refused:
    """The slot after its respondent's entry, which the table allows. Whoever speaks has taken the matter in hand."""
    at = Millis(fact.effective)
    slot = replace(slot, stage=stage, acknowledged_at=slot.acknowledged_at or at)
    match said:
        case Delivered() | Acknowledge():
            return slot
        case Progress(expected=expected):
            return replace(slot, expected=expected)
        case AskBack():
            if len(slot.questions) >= MAX_QUESTIONS:
                return Refused(Reason.TOO_MANY_OPEN)
            return replace(slot, questions=tuple(sorted((*slot.questions, fact.id))))
        case PartAnswer():
            return replace(slot, parts=slot.parts + 1)
        case Answer():
            return replace(_running(slot, at), settled=fact.id, settled_at=at, refusal="")
        case Refuse(code=code):
            return replace(_running(slot, at), settled=fact.id, settled_at=at, refusal=code.value)
        case Pause():
            return replace(slot, paused_at=at)
        case Unpause():
            return _running(slot, at)
        case _:
            assert_never(said)


def _running(slot: Slot, at: Millis) -> Slot:
    """The slot with its clock running again: the answer date moves by the time it stood."""
    if not slot.paused_at:
        return slot
    stood_from = max(slot.paused_at, slot.delivered_at)
    due = Millis(slot.due + at - stood_from) if slot.due else slot.due
    return replace(slot, paused_at=Millis(0), due=due)
