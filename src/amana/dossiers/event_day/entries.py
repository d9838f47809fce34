# SPDX-License-Identifier: EUPL-1.2
"""What can be said in one day of an event: lines of the log, shifts and who is on them, handovers, the overall level.

The words of a line and of a handover are in bodies, people by post there too; here are hours, categories and numbers.
Spec: spec/kinds/event_day.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.events import CentreRole, DutyState, LogCategory, ObserversField, PeopleField, ReportSource, RiskLevel
from amana.dossiers.shared.joint_text.entries import Reference
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, EntryId, EntryIdField, MillisField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "event_day"
MAX_OPEN = 64  # what one handover names
RETENTION = 2 * 365  # days; personal data goes by the event's own, earlier date
Post = Annotated[str, Meta(min_length=1, max_length=200)]


class Open(Coded, frozen=True, kw_only=True):
    """Opens a day: the host does, ahead of time, so that it can be planned."""

    day: MillisField  # midnight in the event's zone
    host: AgencyCodeField
    event: EntryIdField  # DossierId of the event
    exercise: bool = False
    observers: ObserversField = ()


class Line(Coded, frozen=True, kw_only=True):
    """A line of the log. `number`: how many persons it speaks of; figures are sums, so a correction says the difference."""

    at: MillisField
    venue: Reference = b""  # the venue's entry in the event
    number: Annotated[int, Meta(ge=-1_000_000, le=1_000_000)] = 0
    source: ReportSource = ReportSource.DESK
    category: LogCategory
    corrects: Reference = b""  # an earlier line
    incident: Reference = b""  # DossierId
    on_behalf_of: AgencyCodeField | None = None  # a guest without a node

    def named(self) -> tuple[EntryId, ...]:
        return (EntryId(self.corrects),) if self.corrects else ()


class Shift(Coded, frozen=True, kw_only=True):
    """A shift of the centre: which role, whose desk, from when to when, how many are needed. `shift`: the one it changes."""

    ends: MillisField
    role: CentreRole
    shift: Reference = b""
    agency: AgencyCodeField | None = None
    needed: Annotated[int, Meta(ge=0, le=500)] = 1
    starts: MillisField
    struck: bool = False

    def named(self) -> tuple[EntryId, ...]:
        return (EntryId(self.shift),) if self.shift else ()


class Duty(Coded, frozen=True, kw_only=True):
    """Who of this service is on a shift, by number; the posts are in the body. It takes the place of its earlier word."""

    shift: EntryIdField
    state: DutyState = DutyState.PLANNED
    members: PeopleField
    on_behalf_of: AgencyCodeField | None = None

    def named(self) -> tuple[EntryId, ...]:
        return (self.shift,)


class Posts(Canonical, frozen=True, kw_only=True):
    """In the body: who it is, by post and never by name."""

    posts: Annotated[tuple[Post, ...], Meta(max_length=100)] = ()


class Handover(Coded, frozen=True, kw_only=True):
    """A shift hands over: what is still open, each by its dossier; the notes are in the body."""

    open: Annotated[tuple[EntryIdField, ...], Meta(max_length=MAX_OPEN)] = ()  # DossierIds
    role: CentreRole
    shift: Reference = b""

    def named(self) -> tuple[EntryId, ...]:
        return (EntryId(self.shift),) if self.shift else ()


class TakeOver(Coded, frozen=True, kw_only=True):
    """The next shift has read the handover and taken over what was open."""

    handover: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.handover,)


class Level(Coded, frozen=True, kw_only=True):
    """The host sets the overall level; the body says why."""

    level: RiskLevel


class Close(Coded, frozen=True, kw_only=True):
    """The host closes the day. Lines that come late still count."""


HostSaid = Shift | Level | Close
DayCoded = Open | HostSaid | Line | Duty | Handover | TakeOver
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H2), purpose=Purpose.EVENT_SECURITY)


def _type(
    name: str,
    coded: type[Coded],
    *,
    detail: type[Canonical] | None = None,
    personal: Personal = Personal.NONE,
    opens: bool = False,
) -> EntryType:
    return EntryType(
        name=name, coded=coded, default_marking=_MARKING, retention=RETENTION, personal=personal, kind=KIND, detail=detail, opens=opens
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("open", Open, opens=True),
        _type("line", Line, personal=Personal.BODY_MAY),
        _type("shift", Shift),
        _type("duty", Duty, detail=Posts),
        _type("handover", Handover, personal=Personal.BODY_MAY),
        _type("take_over", TakeOver),
        _type("level", Level),
        _type("close", Close),
    )
}
