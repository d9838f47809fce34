# SPDX-License-Identifier: EUPL-1.2
"""Who may say what in a day of an event: every party but observers writes, the host plans.

Lines only add to sums, so they commute; a duty and a handover are their author's own registers. The numbers at the
refusals are those of the checks in spec/kinds/event_day.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.event_day import entries as e
from amana.dossiers.event_day.state import HOURS, Counted, DayState, HandedOver, KeptShift, OnDuty, hour_of, pending, shifts
from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.registers import find, keep
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis

MAX_SHIFTS, MAX_DUTIES, MAX_HANDOVERS = 300, 60, 40  # of the host; of one author; of one author


class EventDayKind(Kind[DayState]):
    """Days of events as a total fold."""

    name = e.KIND
    rules = frozenset({1})
    state = DayState
    entry_types = e.ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> DayState | Refused:
        said = cast(e.Open, coded)
        if said.host != fact.header.author:
            return Refused(Reason.NOT_THE_HOST)  # (1)
        return DayState(
            day=said.day,
            host=said.host,
            event=said.event,
            parties=tuple(sorted({fact.header.author, *fact.header.audience})),
            exercise=said.exercise,
            observers=said.observers,
        )

    def apply(self, state: DayState, fact: Fact, coded: Coded) -> DayState | Refused:
        said = cast(e.DayCoded, coded)
        author = fact.header.author
        if author in state.observers:
            return Refused(Reason.OBSERVER)  # (2)
        if isinstance(said, e.Line | e.Duty) and said.on_behalf_of is not None and author != state.host:
            return Refused(Reason.NOT_THE_HOST)  # (3)
        match said:
            case e.Open():
                return Refused(Reason.SECOND_OPENING)
            case e.Line():
                return _line(state, said)
            case e.Duty():
                return _duty(state, fact, said)
            case e.Handover():
                return _hand_over(state, fact, said)
            case e.TakeOver():
                return _take_over(state, author, said)
            case e.Shift() | e.Level() | e.Close():
                return _host(state, fact, said)
            case _:
                assert_never(said)

    def summary(self, state: DayState) -> Summary:
        return Summary(stage="closed" if state.closed else "open", closed=state.closed, within=DossierId(state.event))

    def tasks(self, state: DayState, own: AgencyCode) -> tuple[Task, ...]:  # noqa: ARG002 - who is on duty looks at the board
        return ()

    def choices(self, state: DayState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:  # noqa: ARG002 - the same for all
        match entry_type:
            case "duty":
                return {"shift": tuple(one.id for one in shifts(state))}
            case "take_over":
                return {"handover": tuple(one.id for one in pending(state))}
            case _:
                return {}

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: DayState | None,
        agreement: Conditions | None,  # noqa: ARG002 - no condition of an agreement bears on it
    ) -> Mapping[str, Any]:
        """`open`: the author is host. `line`: the moment must be of the day. `duty`, `take_over`: the shift or the handover where
        there is only one. Raises Refusal for an observer."""
        if state is None:
            return {"host": author, **given}
        if author in state.observers:
            raise Refusal(Reason.OBSERVER)
        if entry_type == "line" and isinstance(at := given.get("at"), int) and hour_of(state, at) is None:
            raise Refusal(Reason.NOT_THIS_DAY)
        if entry_type == "line" and "at" not in given:
            return {"at": state.day, **given}
        only = {name: ids[0].hex() for name, ids in self.choices(state, entry_type, author).items() if len(ids) == 1}
        return {**only, **given}


def _line(state: DayState, said: e.Line) -> DayState | Refused:
    hour = hour_of(state, said.at)
    if hour is None:
        return Refused(Reason.NOT_THIS_DAY)  # (4)
    held = next((one for one in state.counted if one.category is said.category), None)
    empty = (0,) * HOURS
    sums, lines = (held.sums, held.lines) if held else (empty, empty)
    counted = Counted(sums=_plus(sums, hour, said.number), lines=_plus(lines, hour, 1), category=said.category)
    others = (one for one in state.counted if one.category is not said.category)
    return replace(state, counted=tuple(sorted((*others, counted), key=lambda one: one.category)))


def _plus(held: tuple[int, ...], hour: int, more: int) -> tuple[int, ...]:
    return (*held[:hour], held[hour] + more, *held[hour + 1 :])


def _host(state: DayState, fact: Fact, said: e.HostSaid) -> DayState | Refused:
    """What the host alone sets."""
    if fact.header.author != state.host:
        return Refused(Reason.NOT_THE_HOST)  # (5)
    match said:
        case e.Level():
            return replace(state, level=said.level, level_at=Millis(fact.effective), level_entry=fact.id)
        case e.Close():
            return Refused(Reason.ALREADY_SAID) if state.closed else replace(state, closed=True)
        case e.Shift():
            if said.ends < said.starts:
                return Refused(Reason.ENDS_BEFORE_IT_STARTS)  # (6)
            shift = KeptShift(
                id=EntryId(said.shift) or fact.id,
                ends=said.ends,
                role=said.role,
                entry=fact.id,
                agency=said.agency,
                needed=said.needed,
                starts=said.starts,
                struck=said.struck,
            )
            kept = keep(state.shifts, shift, new=not said.shift, most=MAX_SHIFTS, missing=Reason.NO_SUCH_SHIFT)  # (7) (9)
            return kept if isinstance(kept, Refused) else replace(state, shifts=kept)
        case _:
            assert_never(said)


def _duty(state: DayState, fact: Fact, said: e.Duty) -> DayState | Refused:
    author = fact.header.author
    if find(state.shifts, said.shift) is None:
        return Refused(Reason.NO_SUCH_SHIFT)  # (7)
    own = OnDuty(
        at=Millis(fact.effective),
        entry=fact.id,
        shift=said.shift,
        state=said.state,
        agency=author,
        members=said.members,
        on_behalf_of=said.on_behalf_of,
    )
    others = tuple(one for one in state.duties if (one.shift, one.agency, one.on_behalf_of) != (own.shift, author, own.on_behalf_of))
    if sum(1 for one in others if one.agency == author) >= MAX_DUTIES:
        return Refused(Reason.TOO_MANY_OPEN)  # (9)
    return replace(state, duties=tuple(sorted((*others, own), key=lambda one: (one.shift, one.agency, one.on_behalf_of or ""))))


def _hand_over(state: DayState, fact: Fact, said: e.Handover) -> DayState | Refused:
    author = fact.header.author
    if said.shift and find(state.shifts, said.shift) is None:
        return Refused(Reason.NO_SUCH_SHIFT)  # (7)
    if sum(1 for one in state.handovers if one.author == author) >= MAX_HANDOVERS:
        return Refused(Reason.TOO_MANY_OPEN)  # (9)
    own = HandedOver(at=Millis(fact.effective), id=fact.id, open=said.open, role=said.role, shift=said.shift, author=author)
    return replace(state, handovers=tuple(sorted((*state.handovers, own), key=lambda one: one.id)))


def _take_over(state: DayState, author: AgencyCode, said: e.TakeOver) -> DayState | Refused:
    held = find(state.handovers, said.handover)
    if held is None:
        return Refused(Reason.NO_SUCH_HANDOVER)  # (8)
    if author in held.taken:
        return Refused(Reason.ALREADY_SAID)
    taken = replace(held, taken=tuple(sorted((*held.taken, author))))
    others = (one for one in state.handovers if one.id != held.id)
    return replace(state, handovers=tuple(sorted((*others, taken), key=lambda one: one.id)))
