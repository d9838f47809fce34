# SPDX-License-Identifier: EUPL-1.2
"""Who may say what of an incident: any party but observers; it is closed by whoever reported, hosts or has it in hand.

Each word is its author's register or adds to a set, so words that cross commute; a closing that nobody has undone keeps
the incident closed. The numbers at the refusals are those of the checks in spec/kinds/event_incident.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.event_incident import entries as e
from amana.dossiers.event_incident.state import (
    Assessed,
    Awaited,
    Closing,
    IncidentState,
    Taken,
    awaited,
    closing,
    may_close,
    now_held,
    undone_by,
)
from amana.dossiers.kind import Clock, Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.events import CapUrgency
from amana.dossiers.shared.registers import find
from amana.dossiers.shared.vocabulary import Form, Urgency
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, Millis

MAX_DESKS, MAX_CLOSINGS = 16, 20  # in all; of one author
PRESSING = frozenset({CapUrgency.IMMEDIATE, CapUrgency.EXPECTED})


class EventIncidentKind(Kind[IncidentState]):
    """Incidents as a total fold."""

    name = e.KIND
    form = Form.EVENT_SECURITY
    rules = frozenset({1})
    state = IncidentState
    entry_types = e.ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> IncidentState | Refused:
        said = cast(e.Report, coded)
        author = fact.header.author
        parties = {author, *fact.header.audience}
        if author in said.observers:
            return Refused(Reason.OBSERVER)  # (1)
        if said.on_behalf_of is not None and author != said.host:
            return Refused(Reason.NOT_THE_HOST)  # (2)
        if not set(said.desks) <= parties:
            return Refused(Reason.NO_SUCH_DESK)  # (3)
        at = Millis(fact.effective)
        first = Assessed(at=at, entry=fact.id, author=author, urgency=said.urgency, severity=said.severity, certainty=said.certainty)
        return IncidentState(
            at=said.at,
            area=said.area,
            host=said.host,
            type=said.type,
            desks=tuple(sorted(set(said.desks))),
            event=said.event,
            venue=said.venue,
            author=author,
            source=said.source,
            nations=said.nations,
            parties=tuple(sorted(parties)),
            assessed=(first,),
            exercise=said.exercise,
            observers=said.observers,
            reported_at=at,
            on_behalf_of=said.on_behalf_of,
        )

    def apply(self, state: IncidentState, fact: Fact, coded: Coded) -> IncidentState | Refused:
        said = cast(e.IncidentCoded, coded)
        author = fact.header.author
        if author in state.observers:
            return Refused(Reason.OBSERVER)  # (1)
        match said:
            case e.Report():
                return Refused(Reason.SECOND_OPENING)
            case e.Reassess():
                return _reassess(state, fact, said)
            case e.Route():
                return _route(state, said)
            case e.Take():
                return _take(state, fact)
            case e.Update():
                return replace(state, updates=state.updates + 1)
            case e.Close():
                return _close(state, fact, said)
            case e.Reopen():
                return _reopen(state, said)
            case _:
                assert_never(said)

    def summary(self, state: IncidentState) -> Summary:
        over = closing(state) is not None
        waiting = [] if over else [one for one in awaited(state) if not one.taken_at]
        stage = "closed" if over else "reported" if waiting or not state.taken else "in_hand"
        urgency = Urgency.URGENT if now_held(state).urgency in PRESSING else Urgency.ORDINARY
        return Summary(
            stage=stage,
            area=state.area.value,
            urgency=urgency.value,
            turn=tuple(one.desk for one in waiting),
            due=min((one.due for one in waiting), default=Millis(0)),
            closed=over,
            within=DossierId(state.event),
        )

    def tasks(self, state: IncidentState, own: AgencyCode) -> tuple[Task, ...]:
        return (Task.ACKNOWLEDGE,) if _waits_for(state, own) is not None else ()

    def clock(self, state: IncidentState, own: AgencyCode) -> Clock | None:
        waiting = _waits_for(state, own)
        return Clock(started_at=Millis(state.reported_at), due=waiting.due) if waiting is not None else None

    def choices(self, state: IncidentState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:  # noqa: ARG002 - the same for all
        return {"close": undone_by(state)} if entry_type == "reopen" else {}

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: IncidentState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """`report`: the host, where no event says it. `reassess`: what is not said stays. Raises Refusal for what makes no sense."""
        if state is None:
            return {"host": author, **given}
        if author in state.observers:
            raise Refusal(Reason.OBSERVER)
        over = closing(state) is not None
        if over and entry_type in ("take", "route", "reassess", "close"):
            raise Refusal(Reason.CLOSED)
        if not over and entry_type == "reopen":
            raise Refusal(Reason.NOT_AT_THIS_STAGE)
        if entry_type == "take" and any(one.desk == author for one in state.taken):
            raise Refusal(Reason.ALREADY_SAID)
        if entry_type == "close" and not may_close(state, author):
            raise Refusal(Reason.NOT_ASKED_OF_YOU)
        if entry_type == "reassess":
            held = now_held(state)
            return {"urgency": held.urgency.value, "severity": held.severity.value, "certainty": held.certainty.value, **given}
        if entry_type == "reopen" and "close" not in given and len(undone_by(state)) == 1:
            return {**given, "close": undone_by(state)[0].hex()}
        return given


def _waits_for(state: IncidentState, own: AgencyCode) -> Awaited | None:
    if closing(state) is not None:
        return None
    return next((one for one in awaited(state) if one.desk == own and not one.taken_at), None)


def _reassess(state: IncidentState, fact: Fact, said: e.Reassess) -> IncidentState:
    author = fact.header.author
    own = Assessed(
        at=Millis(fact.effective), entry=fact.id, author=author, urgency=said.urgency, severity=said.severity, certainty=said.certainty
    )
    others = (one for one in state.assessed if one.author != author)
    return replace(state, assessed=tuple(sorted((*others, own), key=lambda one: one.author)))


def _route(state: IncidentState, said: e.Route) -> IncidentState | Refused:
    if not set(said.desks) <= set(state.parties):
        return Refused(Reason.NO_SUCH_DESK)  # (3)
    desks = tuple(sorted({*state.desks, *said.desks}))
    return Refused(Reason.TOO_MANY_OPEN) if len(desks) > MAX_DESKS else replace(state, desks=desks)  # (6)


def _take(state: IncidentState, fact: Fact) -> IncidentState | Refused:
    """A second taking changes nothing: the first hour counts."""
    desk = fact.header.author
    if any(one.desk == desk for one in state.taken):
        return Refused(Reason.ALREADY_SAID)
    own = Taken(at=Millis(fact.effective), desk=desk)
    return replace(state, taken=tuple(sorted((*state.taken, own), key=lambda one: one.desk)))


def _close(state: IncidentState, fact: Fact, said: e.Close) -> IncidentState | Refused:
    author = fact.header.author
    if not may_close(state, author):
        return Refused(Reason.NOT_ASKED_OF_YOU)  # (4)
    if sum(1 for one in state.closings if one.author == author) >= MAX_CLOSINGS:
        return Refused(Reason.TOO_MANY_OPEN)  # (6)
    own = Closing(at=Millis(fact.effective), id=fact.id, author=author, outcome=said.outcome)
    return replace(state, closings=tuple(sorted((*state.closings, own), key=lambda one: one.id)))


def _reopen(state: IncidentState, said: e.Reopen) -> IncidentState | Refused:
    held = find(state.closings, said.close)
    if held is None:
        return Refused(Reason.NOT_AT_THIS_STAGE)  # (5)
    if held.undone:
        return Refused(Reason.ALREADY_SAID)
    others = (one for one in state.closings if one.id != held.id)
    return replace(state, closings=tuple(sorted((*others, replace(held, undone=True)), key=lambda one: one.id)))
