# SPDX-License-Identifier: EUPL-1.2
"""Counts and delays of what two agencies asked of each other, from headers alone. Pure.

An erased body changes no figure, and both agencies find the same ones in what both hold. These are the plain figures of a
briefing file: indicators that both sides compute alike and sign take the place of `figures_of`, and nothing else changes.
A figure that rests on fewer than `FEW` cases says so: its reader must not take three answers for a tendency.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from amana.dossiers.information_request.state import RequestState, Slot, Stage, answered_on_time, overdue
from amana.protocol.identifiers import AgencyCode, Millis

FEW = 5  # cases; a share or a delay of fewer is not given


class FigureCode(StrEnum):
    """What is counted; `MEDIAN` and `LONGEST` are in milliseconds."""

    ASKED = "asked"
    ANSWERED = "answered"
    REFUSED = "refused"
    OPEN = "open"
    OVERDUE = "overdue"
    IN_TIME = "in_time"  # of those answered or refused by a date
    MEDIAN = "median"
    LONGEST = "longest"
    ASKED_IN = "asked_in"  # in one area


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """One request towards one respondent. `took`: from its delivery to the answer or refusal, None while there is none."""

    asker: AgencyCode
    respondent: AgencyCode
    area: str
    outcome: FigureCode | None  # answered, refused, open; None for one that was withdrawn or closed without
    took: int | None
    in_time: bool | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: `value` of `of` cases."""

    code: FigureCode
    value: int
    of: int
    area: str = ""

    @property
    def few(self) -> bool:
        """Whether it rests on too few cases to be given; a mere count always says what it counts."""
        return self.code in (FigureCode.IN_TIME, FigureCode.MEDIAN, FigureCode.LONGEST) and self.of < FEW


def exchanged_in(state: RequestState, asked_at: Millis, now: Millis) -> tuple[Exchanged, ...]:
    """A request, once for each respondent; of a notice, nothing."""
    if state.notice:
        return ()
    late = overdue(state, now)
    return tuple(
        Exchanged(
            asker=state.asker,
            respondent=slot.agency,
            area=state.area.value,
            outcome=_outcome(state, slot),
            took=max(0, slot.settled_at - (slot.delivered_at or asked_at)) if _settled(slot) else None,
            in_time=answered_on_time(slot) if _settled(slot) else None,
            overdue=slot.agency in late,
        )
        for slot in state.slots
    )


def figures_of(exchanged: Iterable[Exchanged]) -> tuple[Figure, ...]:
    """The figures of these requests: counts first, then times, then the areas by how many they are."""
    held = list(exchanged)
    if not held:
        return ()
    outcomes = Counter(one.outcome for one in held)
    counts = [
        (FigureCode.ASKED, len(held)),
        *((code, outcomes[code]) for code in (FigureCode.ANSWERED, FigureCode.REFUSED, FigureCode.OPEN)),
    ]
    counts.append((FigureCode.OVERDUE, sum(one.overdue for one in held)))
    areas = sorted(Counter(one.area for one in held).items(), key=lambda pair: (-pair[1], pair[0]))
    return (
        *(Figure(code=code, value=value, of=len(held)) for code, value in counts),
        *_times([one.took for one in held if one.took is not None]),
        *_punctual([one.in_time for one in held if one.in_time is not None]),
        *(Figure(code=FigureCode.ASKED_IN, value=value, of=len(held), area=area) for area, value in areas),
    )


def _times(took: Sequence[int]) -> Iterable[Figure]:
    if took:
        yield Figure(code=FigureCode.MEDIAN, value=int(median(took)), of=len(took))
        yield Figure(code=FigureCode.LONGEST, value=max(took), of=len(took))


def _punctual(kept: Sequence[bool]) -> Iterable[Figure]:
    if kept:
        yield Figure(code=FigureCode.IN_TIME, value=sum(kept), of=len(kept))


def _settled(slot: Slot) -> int:
    """When it was answered or refused; 0 while it is not, or was reopened since."""
    return slot.settled_at if not slot.withdrawn and slot.stage in (Stage.ANSWERED, Stage.REFUSED) else 0


def _outcome(state: RequestState, slot: Slot) -> FigureCode | None:
    if slot.withdrawn:
        return None
    match slot.stage:
        case Stage.ANSWERED:
            return FigureCode.ANSWERED
        case Stage.REFUSED:
            return FigureCode.REFUSED
        case _:
            return None if state.closed_at else FigureCode.OPEN
