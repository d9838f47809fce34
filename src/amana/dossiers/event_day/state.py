# SPDX-License-Identifier: EUPL-1.2
"""What is true of a day: how many lines of which category each hour, who is on which shift, what was handed over.

The lines themselves are not in the state: it is as large after ten thousand of them as after ten. Hours are counted from
one before midnight, so that what is dated a little early or late still has its place. Spec: spec/kinds/event_day.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.shared.events import CentreRole, DutyState, LogCategory, ObserversField, PeopleField, RiskLevel
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.vocabulary import HOUR
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EffectiveField, EntryIdField, MillisField

BEFORE = 1  # hours before midnight that belong to the day
HOURS = 27  # of a day: one before, 24, two after (a day of 25 hours is among them)
Total = Annotated[int, Meta(ge=-(2**53), lt=2**53)]


class Counted(Canonical, frozen=True, kw_only=True):
    """One category by hour: sums of the numbers said, and how many lines there are."""

    sums: tuple[Total, ...]
    lines: tuple[Total, ...]
    category: LogCategory


class KeptShift(Canonical, frozen=True, kw_only=True):
    """A shift: `id` is its first entry, `entry` the last that changed it."""

    id: EntryIdField
    ends: MillisField
    role: CentreRole
    entry: EntryIdField
    agency: AgencyCodeField | None = None
    needed: PeopleField
    starts: MillisField
    struck: bool = False


class OnDuty(Canonical, frozen=True, kw_only=True):
    """What a service last said of its people on a shift."""

    at: EffectiveField
    entry: EntryIdField
    shift: EntryIdField
    state: DutyState
    agency: AgencyCodeField
    members: PeopleField
    on_behalf_of: AgencyCodeField | None = None

    @property
    def who(self) -> AgencyCode:
        """The service whose people they are."""
        return self.on_behalf_of or self.agency


class HandedOver(Canonical, frozen=True, kw_only=True):
    """A handover, what it leaves open, and who has taken it over."""

    at: EffectiveField
    id: EntryIdField
    open: tuple[EntryIdField, ...] = ()
    role: CentreRole
    shift: Reference = b""
    taken: tuple[AgencyCodeField, ...] = ()
    author: AgencyCodeField


class DayState(Canonical, frozen=True, kw_only=True):
    """The whole state of a day."""

    day: MillisField
    host: AgencyCodeField
    event: EntryIdField
    level: RiskLevel | None = None
    closed: bool = False
    duties: tuple[OnDuty, ...] = ()  # sorted by shift, agency, guest
    shifts: tuple[KeptShift, ...] = ()  # sorted by id
    counted: tuple[Counted, ...] = ()  # sorted by category
    parties: tuple[AgencyCodeField, ...]
    exercise: bool = False
    level_at: EffectiveField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    handovers: tuple[HandedOver, ...] = ()  # sorted by id
    observers: ObserversField = ()
    level_entry: Reference = b""


def hour_of(state: DayState, at: int) -> int | None:
    """The place of a moment among the day's hours; None where it is of another day."""
    hour = (at - state.day) // HOUR + BEFORE
    return hour if 0 <= hour < HOURS else None


def counts_between(state: DayState, begins: int, ends: int) -> dict[LogCategory, tuple[int, int]]:
    """Of each category (lines, sum of numbers) in [begins, ends), whole hours from the day's midnight."""
    first = max(0, (begins - state.day) // HOUR + BEFORE)
    last = min(HOURS, -((state.day - ends) // HOUR) + BEFORE)
    return {one.category: (sum(one.lines[first:last]), sum(one.sums[first:last])) for one in state.counted if first < last}


def shifts(state: DayState) -> tuple[KeptShift, ...]:
    """The shifts that stand, by hour and role."""
    return tuple(sorted((one for one in state.shifts if not one.struck), key=lambda one: (one.starts, one.role, one.id)))


def on_shift(state: DayState, shift: KeptShift) -> tuple[OnDuty, ...]:
    """What was said of people on a shift."""
    return tuple(one for one in state.duties if one.shift == shift.id)


def manned(state: DayState, shift: KeptShift) -> int:
    """How many are on a shift, or planned for it, without those who are absent."""
    return sum(one.members for one in on_shift(state, shift) if one.state is not DutyState.ABSENT)


def pending(state: DayState) -> tuple[HandedOver, ...]:
    """The handovers that nobody has taken over, the latest first."""
    return tuple(sorted((one for one in state.handovers if not one.taken), key=lambda one: (-one.at, one.id)))
