# SPDX-License-Identifier: EUPL-1.2
"""What can be said of a major event: it is announced, set up, its risks are assessed, it is evaluated and closed.

Names of venues and sessions and the reasons of a risk are in bodies; here are places, dates, numbers, codes. What an
event's days, incidents, needs and reports are stands in dossiers of their own that name it. Spec: spec/kinds/major_event.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded
from amana.dossiers.shared.events import (
    EvaluationCriterion,
    LatitudeField,
    LongitudeField,
    MarkField,
    NationField,
    NationsField,
    ObserversField,
    PeopleField,
    RiskPhase,
    SessionType,
    VenueType,
)
from amana.dossiers.shared.joint_text.entries import Leave, Reference
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, EntryId, EntryIdField, MillisField

ZoneField = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_+/-]{1,40}\Z")]  # a name of the IANA time zone database
NameField = Annotated[str, Meta(max_length=200)]


class Announce(Coded, frozen=True, kw_only=True):
    """Opens the event: who hosts it, from when to when, in which zone its days begin, who only looks on."""

    ends: MillisField
    host: AgencyCodeField
    zone: ZoneField
    starts: MillisField
    erase_on: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType; 0: see `erased_on`
    exercise: bool = False
    agreement: Reference = b""  # DossierId of the agreement under which it is secured
    observers: ObserversField = ()


class Names(Canonical, frozen=True, kw_only=True):
    """In the body: what something is called in each language, where it differs from the title."""

    ar: NameField = ""
    en: NameField = ""
    fr: NameField = ""


class Revise(Coded, frozen=True, kw_only=True):
    """The host gives new dates."""

    ends: MillisField
    starts: MillisField
    erase_on: MillisField = 0  # type: ignore[assignment]  # as above


class Venue(Coded, frozen=True, kw_only=True):
    """A venue and where it lies. `venue`: the one that it changes."""

    type: VenueType
    venue: Reference = b""
    struck: bool = False
    capacity: PeopleField = 0
    latitude: LatitudeField
    longitude: LongitudeField

    def named(self) -> tuple[EntryId, ...]:
        return (EntryId(self.venue),) if self.venue else ()


class Session(Coded, frozen=True, kw_only=True):
    """A session or fixture at a venue. `session`: the one that it changes."""

    ends: MillisField
    type: SessionType
    venue: EntryIdField
    starts: MillisField
    struck: bool = False
    nations: NationsField = ()
    session: Reference = b""
    spectators: PeopleField = 0

    def named(self) -> tuple[EntryId, ...]:
        return (self.venue, *((EntryId(self.session),) if self.session else ()))


class Nation(Coded, frozen=True, kw_only=True):
    """A nation that takes part, how many it sends, and the service that is its desk: a party, or a guest."""

    desk: AgencyCodeField | None = None
    nation: NationField
    struck: bool = False
    delegation: PeopleField = 0


class Guest(Coded, frozen=True, kw_only=True):
    """A service without a node, whose officers work on the host's: what is said for it says so."""

    code: AgencyCodeField
    nation: NationField
    struck: bool = False


class Risk(Coded, frozen=True, kw_only=True):
    """How great the host holds the risk at a venue, on a day or in a session: three marks of 1 to 5. The body says why."""

    day: MillisField  # midnight of the day in the event's zone
    phase: RiskPhase = RiskPhase.BEFORE
    venue: EntryIdField
    impact: MarkField
    threat: MarkField
    session: Reference = b""
    vulnerability: MarkField

    def named(self) -> tuple[EntryId, ...]:
        return (self.venue, *((EntryId(self.session),) if self.session else ()))


class Mark(Canonical, frozen=True, kw_only=True):
    """One mark of an evaluation: 1 (poor) to 5 (very good)."""

    mark: MarkField
    criterion: EvaluationCriterion


class Evaluate(Coded, frozen=True, kw_only=True):
    """This party judges the event; it takes the place of what it said before."""

    marks: Annotated[tuple[Mark, ...], Meta(min_length=1, max_length=len(EvaluationCriterion))]


class Close(Coded, frozen=True, kw_only=True):
    """The host closes the event: afterwards it is evaluated, and no more is set up."""


HostSaid = Revise | Venue | Session | Nation | Guest | Risk | Close
MajorEventCoded = Announce | HostSaid | Evaluate | Leave
