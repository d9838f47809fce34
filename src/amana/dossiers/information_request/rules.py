# SPDX-License-Identifier: EUPL-1.2
"""Who may say what in an information request or a notice, and when.

A withdrawal (of a notice: a cancellation) has the last word over whatever is answered at the same time; a close
names the answers it closes. Spec: spec/kinds/information_request.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.information_request import entries as e
from amana.dossiers.information_request.completing import complete
from amana.dossiers.information_request.expected import choices_in, clock_in, tasks_in
from amana.dossiers.information_request.handling import say_of_entries
from amana.dossiers.information_request.state import (
    SETTLED,
    RequestState,
    Slot,
    Stage,
    open_slots,
    slot_of,
    stage_of,
    with_slot,
)
from amana.dossiers.information_request.steps import respond
from amana.dossiers.information_request.types import ENTRY_TYPES, KIND
from amana.dossiers.kind import Clock, Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.vocabulary import Form
from amana.dossiers.tasks import Task
from amana.protocol.identifiers import AgencyCode, DossierId, Millis

_PROGRESS = tuple(Stage)  # the order in which the summary takes the least advanced respondent


class InformationRequestKind(Kind[RequestState]):
    """Information requests and notices as a total fold."""

    name = KIND
    form = Form.INFORMATION
    rules = frozenset({1})
    state = RequestState
    entry_types = ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> RequestState | Refused:
        header = fact.header
        opening = cast(e.Request | e.Notice, coded)
        parties = tuple(sorted({header.author, *header.audience}))
        if isinstance(opening, e.Notice):
            if opening.expires <= header.made_at:
                return Refused(Reason.EXPIRES_IN_THE_PAST)
            slots = tuple(Slot(agency=agency) for agency in header.audience)
            return RequestState(
                area=opening.area,
                about=opening.about,
                asker=header.author,
                slots=slots,
                notice=opening.type.value,
                expires=opening.expires,
                parties=parties,
            )
        asked = [agency for agency in header.audience if agency not in opening.informed]
        if not asked:
            return Refused(Reason.NO_RESPONDENT)
        return RequestState(
            area=opening.area,
            about=opening.about,
            asker=header.author,
            clock=opening.clock,
            slots=tuple(Slot(agency=agency) for agency in asked),
            parties=parties,
            urgency=opening.urgency,
        )

    def apply(self, state: RequestState, fact: Fact, coded: Coded) -> RequestState | Refused:
        said = cast(e.RequestCoded, coded)
        match said:
            case e.Request() | e.Notice():
                return Refused(Reason.SECOND_OPENING)
            case e.Clarify() | e.Reminder() | e.Withdraw() | e.Close() | e.Reopen():
                if state.notice:
                    return Refused(Reason.ONLY_IN_REQUESTS)
                return Refused(Reason.NOT_THE_ASKER) if fact.header.author != state.asker else _ask(state, fact, said)
            case e.Rate() | e.Update() | e.Cancel():
                return _notice(state, fact, said) if state.notice else Refused(Reason.ONLY_IN_NOTICES)
            case (
                e.Delivered()
                | e.Acknowledge()
                | e.Progress()
                | e.AskBack()
                | e.PartAnswer()
                | e.Answer()
                | e.Refuse()
                | e.Pause()
                | e.Unpause()
            ):
                return respond(state, fact, said)
            case _:
                return say_of_entries(state, fact, said)

    def summary(self, state: RequestState) -> Summary:
        return _notice_summary(state) if state.notice else _request_summary(state)

    def tasks(self, state: RequestState, own: AgencyCode) -> tuple[Task, ...]:
        return tasks_in(state, own)

    def clock(self, state: RequestState, own: AgencyCode) -> Clock | None:
        return clock_in(state, own)

    def choices(self, state: RequestState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:
        return choices_in(state, entry_type, own)

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: RequestState | None,
        agreement: Conditions | None,
    ) -> Mapping[str, Any]:
        return complete(entry_type, given, author=author, state=state, agreement=agreement)


def _ask(state: RequestState, fact: Fact, said: e.AskerSaid) -> RequestState | Refused:
    """The state after an entry by the asker of a request."""
    match said:
        case e.Clarify(question=question):
            slot = next((slot for slot in state.slots if question in slot.questions), None)
            if slot is None:
                return Refused(Reason.NO_SUCH_QUESTION)
            return with_slot(state, replace(slot, questions=tuple(held for held in slot.questions if held != question)))
        case e.Reminder(respondents=respondents):
            meant = _meant(state, respondents)
            if isinstance(meant, Refused):
                return meant
            for slot in meant:
                state = with_slot(state, replace(slot, reminders=slot.reminders + 1))
            return state
        case e.Withdraw(respondents=respondents):
            meant = _meant(state, respondents)
            if isinstance(meant, Refused):
                return meant
            for slot in meant:
                state = with_slot(state, replace(slot, withdrawn=True))
            return state
        case e.Close():
            return _close(state, fact, said)
        case e.Reopen():
            return _reopen(state, fact, said)
        case _:
            assert_never(said)


def _meant(state: RequestState, respondents: tuple[AgencyCode, ...]) -> tuple[Slot, ...] | Refused:
    """The slots of the named respondents (none named: of all) that the asker has not withdrawn or closed itself."""
    if state.closed_at:
        return Refused(Reason.CLOSED)
    if any(slot_of(state, agency) is None for agency in respondents):
        return Refused(Reason.NO_RESPONDENT)
    meant = tuple(slot for slot in state.slots if (not respondents or slot.agency in respondents) and not slot.withdrawn)
    return meant or Refused(Reason.WITHDRAWN)


def _close(state: RequestState, fact: Fact, said: e.Close) -> RequestState | Refused:
    """Closes where every respondent that was not withdrawn has settled, and the close names how."""
    if state.closed_at:
        return Refused(Reason.ALREADY_CLOSED)
    feedback = {of.respondent: of for of in said.feedback}
    if any(slot.agency not in feedback for slot in state.slots if not slot.withdrawn):
        return Refused(Reason.NOT_ALL_SETTLED)
    for agency, of in feedback.items():
        slot = slot_of(state, agency)
        if slot is None or slot.stage not in SETTLED or slot.settled != of.answer:
            return Refused(Reason.NO_SUCH_ANSWER)
        state = with_slot(state, replace(slot, usefulness=of.usefulness))
    return replace(state, closed_at=Millis(fact.effective))


def _reopen(state: RequestState, fact: Fact, said: e.Reopen) -> RequestState | Refused:
    slot = next((slot for slot in state.slots if slot.settled == said.answer), None)
    if slot is None:
        return Refused(Reason.NO_SUCH_ANSWER)
    if slot.withdrawn:
        return Refused(Reason.WITHDRAWN)
    fresh = Slot(
        agency=slot.agency,
        parts=slot.parts,
        round=slot.round + 1,
        questions=slot.questions,
        reminders=slot.reminders,
        started_by=fact.id,
    )
    return with_slot(replace(state, closed_at=Millis(0)), fresh)


def _notice(state: RequestState, fact: Fact, said: e.NoticeSaid) -> RequestState | Refused:
    author = fact.header.author
    if isinstance(said, e.Rate):
        slot = slot_of(state, author)
        if slot is None:
            return Refused(Reason.NOT_A_RECEIVER)
        return with_slot(state, replace(slot, usefulness=said.usefulness))
    if author != state.asker:
        return Refused(Reason.NOT_THE_AUTHOR)
    if state.cancelled:
        return Refused(Reason.ALREADY_SAID)
    if isinstance(said, e.Cancel):
        return replace(state, cancelled=True)
    if said.expires <= fact.header.made_at:
        return Refused(Reason.EXPIRES_IN_THE_PAST)
    return replace(state, expires=said.expires)


def _request_summary(state: RequestState) -> Summary:
    urgency = state.urgency.value if state.urgency else ""
    kept = [slot for slot in state.slots if not slot.withdrawn]
    if state.closed_at or not kept:
        stage = Stage.CLOSED if state.closed_at and kept else Stage.WITHDRAWN
        return Summary(stage=stage.value, area=state.area.value, urgency=urgency, closed=True, within=DossierId(state.about))
    owing = open_slots(state)
    stages = [slot.stage for slot in owing] or [stage_of(state, slot) for slot in kept]
    asking = any(slot.questions for slot in kept)
    turn = {slot.agency for slot in owing if not slot.questions} | ({state.asker} if asking or not owing else set())
    running = [slot.due for slot in owing if slot.due and not slot.paused_at]
    return Summary(
        stage=min(stages, key=_PROGRESS.index).value,
        area=state.area.value,
        urgency=urgency,
        turn=tuple(sorted(turn)),
        due=min(running, default=Millis(0)),
        within=DossierId(state.about),
    )


def _notice_summary(state: RequestState) -> Summary:
    if state.cancelled:
        return Summary(stage="cancelled", area=state.area.value, closed=True, within=DossierId(state.about))
    return Summary(
        stage=min((slot.stage for slot in state.slots), key=_PROGRESS.index).value,
        area=state.area.value,
        turn=tuple(slot.agency for slot in state.slots if slot.stage is not Stage.ACKNOWLEDGED),
        within=DossierId(state.about),
    )
