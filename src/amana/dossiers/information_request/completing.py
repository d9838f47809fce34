# SPDX-License-Identifier: EUPL-1.2
"""What follows from the context is filled in before an entry is made, and a senseless act is refused to its author.

The fold bears words that crossed on the wire (an answer to a request withdrawn meanwhile); an author who already
knows is stopped here. Values given are never changed. Spec: spec/kinds/information_request.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from amana.dossiers.information_request.state import SETTLED, RequestState, Slot, open_slots, slot_of
from amana.dossiers.information_request.steps import next_stage
from amana.dossiers.kind import Reason
from amana.dossiers.shared.conditions import Clocks, Conditions, decide_clock
from amana.dossiers.shared.vocabulary import NOT_URGENT, URGENT_DIRECT, URGENT_OTHER, AnswerOutcome, Urgency, Usefulness
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode

Given = Mapping[str, Any]
_MODEL_CLOCKS = Clocks(other=NOT_URGENT, urgent=URGENT_OTHER, urgent_direct=URGENT_DIRECT)
_RESPONDENT_SAYS = frozenset({"acknowledge", "progress", "ask_back", "part_answer", "answer", "refuse", "pause", "unpause"})
_ASKER_SAYS = frozenset({"clarify", "reminder", "withdraw", "close", "reopen"})


def complete(entry_type: str, given: Given, *, author: AgencyCode, state: RequestState | None, agreement: Conditions | None) -> Given:
    """`request`: urgency, clock and languages from the agreement (the model's clocks without one). `answer`: outcome.
    `clarify`, `reopen`, `recall_answer`, `permission_grant`, `permission_refuse`: what they name, where there is
    exactly one. `close`: the answers, and `too_early_to_say` where nothing was said of one."""
    if state is None:
        return _request(given, agreement) if entry_type == "request" else given
    _require_may(state, entry_type, author)
    if entry_type == "close":
        return _close(state, given)
    filled = _FILLING.get(entry_type)
    return {**filled(state, given, author), **given} if filled else given


def _request(given: Given, agreement: Conditions | None) -> Given:
    urgency = str(given.get("urgency", Urgency.ORDINARY.value))
    clocks = agreement.clocks if agreement else _MODEL_CLOCKS
    known = {member.value for member in Urgency}
    clock = decide_clock(clocks, Urgency(urgency), direct=bool(given.get("direct", False))) if urgency in known else 0
    languages = {"languages": list(agreement.languages)} if agreement and agreement.languages else {}
    return {"urgency": urgency, "clock": clock, **languages, **given}


def _require_may(state: RequestState, entry_type: str, author: AgencyCode) -> None:
    """Refuses what a person at `author` can already see to be out of place."""
    if entry_type in _RESPONDENT_SAYS:
        _require_respondent_may(state, entry_type, author)
    if entry_type in _ASKER_SAYS and (state.notice or author != state.asker):
        raise Refusal(Reason.ONLY_IN_REQUESTS if state.notice else Reason.NOT_THE_ASKER)
    if entry_type in ("withdraw", "reminder") and not open_slots(state):
        raise Refusal(Reason.NOT_AT_THIS_STAGE)
    if entry_type in ("update", "cancel") and author != state.asker:
        raise Refusal(Reason.NOT_THE_AUTHOR)


def _require_respondent_may(state: RequestState, entry_type: str, author: AgencyCode) -> None:
    slot = slot_of(state, author)
    if slot is None:
        raise Refusal(Reason.NOT_A_RECEIVER if state.notice else Reason.NOT_A_RESPONDENT)
    if slot.withdrawn or state.cancelled:
        raise Refusal(Reason.WITHDRAWN)
    if state.closed_at:
        raise Refusal(Reason.CLOSED)
    if next_stage(state, slot, entry_type) is None:
        raise Refusal(Reason.ONLY_IN_REQUESTS if state.notice and entry_type != "acknowledge" else Reason.NOT_AT_THIS_STAGE)


def _the_one(found: list[bytes], reason: Reason) -> str:
    """The one thing that can be meant, as hex; with none or several the author has to say which."""
    if len(found) != 1:
        raise Refusal(reason, found=len(found))
    return found[0].hex()


def _clarify(state: RequestState, given: Given, _author: AgencyCode) -> Given:
    if "question" in given:
        return {}
    questions: list[bytes] = [question for slot in state.slots for question in slot.questions]
    return {"question": _the_one(questions, Reason.NO_SUCH_QUESTION)}


def _answer(_state: RequestState, _given: Given, _author: AgencyCode) -> Given:
    return {"outcome": AnswerOutcome.PROVIDED.value}


def _settled(state: RequestState) -> list[Slot]:
    return [slot for slot in state.slots if slot.stage in SETTLED and not slot.withdrawn]


def _close(state: RequestState, given: Given) -> Given:
    """The feedback with the answers it means, one for each respondent that was not withdrawn."""
    if state.closed_at:
        raise Refusal(Reason.ALREADY_CLOSED)
    settled = _settled(state)
    if len(settled) < sum(not slot.withdrawn for slot in state.slots):
        raise Refusal(Reason.NOT_ALL_SETTLED)
    said = {str(of.get("respondent", "")): of for of in given.get("feedback", ())}
    defaults = {"usefulness": Usefulness.TOO_EARLY_TO_SAY.value}
    named = [{**defaults, "respondent": slot.agency, "answer": slot.settled.hex(), **said.pop(slot.agency, {})} for slot in settled]
    return {**given, "feedback": [*named, *said.values()]}


def _reopen(state: RequestState, given: Given, _author: AgencyCode) -> Given:
    return {} if "answer" in given else {"answer": _the_one([slot.settled for slot in _settled(state)], Reason.NO_SUCH_ANSWER)}


def _recall_answer(state: RequestState, given: Given, author: AgencyCode) -> Given:
    if "recall" in given:
        return {}
    waiting: list[bytes] = [
        held.recall for held in state.recalls if held.author != author and all(answered.agency != author for answered in held.answers)
    ]
    return {"recall": _the_one(waiting, Reason.NO_SUCH_REQUEST)}


def _permission(state: RequestState, given: Given, author: AgencyCode) -> Given:
    asked = [held for held in state.permissions if held.originator == author and not held.grant]
    if "request" in given:
        asked = [held for held in state.permissions if held.request.hex() == given["request"]]
    return {"request": _the_one([held.request for held in asked], Reason.NO_SUCH_REQUEST)}


def _permission_grant(state: RequestState, given: Given, author: AgencyCode) -> Given:
    request = _permission(state, given, author)
    asked = next(held for held in state.permissions if held.request.hex() == request["request"])
    return {**request, "entry": asked.entry.hex(), "reuse": asked.reuse.value, "agencies": list(asked.agencies)}


_FILLING: Mapping[str, Callable[[RequestState, Given, AgencyCode], Given]] = {
    "clarify": _clarify,
    "answer": _answer,
    "reopen": _reopen,
    "recall_answer": _recall_answer,
    "permission_grant": _permission_grant,
    "permission_refuse": _permission,
}
