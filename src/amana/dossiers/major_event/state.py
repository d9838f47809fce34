# SPDX-License-Identifier: EUPL-1.2
"""What is true of an event: its dates, venues, sessions, nations, guests, the risks as they stand, its evaluations.

Headers alone: an erased body changes nothing here. Of a risk the last word stands; earlier ones are in the entries.
Spec: spec/kinds/major_event.md.
"""

from __future__ import annotations

from amana.dossiers.major_event.entries import Mark, ZoneField
from amana.dossiers.shared.events import (
    LatitudeField,
    LongitudeField,
    MarkField,
    NationField,
    NationsField,
    ObserversField,
    PeopleField,
    RiskLevel,
    RiskPhase,
    SessionType,
    VenueType,
    decide_level,
)
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.vocabulary import DAY
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EffectiveField, EntryIdField, Millis, MillisField

ERASE_AFTER = Millis(180 * DAY)  # our choice, short: half a year after the event for complaints and proceedings to begin


class KeptVenue(Canonical, frozen=True, kw_only=True):
    """A venue: `id` is its first entry, `entry` the last that changed it."""

    id: EntryIdField
    type: VenueType
    entry: EntryIdField
    struck: bool = False
    capacity: PeopleField
    latitude: LatitudeField
    longitude: LongitudeField


class KeptSession(Canonical, frozen=True, kw_only=True):
    """A session, as a `KeptVenue`."""

    id: EntryIdField
    ends: MillisField
    type: SessionType
    entry: EntryIdField
    venue: EntryIdField
    starts: MillisField
    struck: bool = False
    nations: NationsField = ()
    spectators: PeopleField


class KeptNation(Canonical, frozen=True, kw_only=True):
    """A nation that takes part."""

    desk: AgencyCodeField | None = None
    entry: EntryIdField
    nation: NationField
    delegation: PeopleField


class KeptGuest(Canonical, frozen=True, kw_only=True):
    """A service without a node."""

    code: AgencyCodeField
    entry: EntryIdField
    nation: NationField


class KeptRisk(Canonical, frozen=True, kw_only=True):
    """The risk of a venue on a day, or in a session, as last assessed by the entry `entry`."""

    at: EffectiveField
    day: MillisField
    entry: EntryIdField
    phase: RiskPhase
    venue: EntryIdField
    impact: MarkField
    threat: MarkField
    session: Reference = b""
    vulnerability: MarkField

    @property
    def score(self) -> int:
        """Threat × vulnerability × impact: 1 to 125."""
        return self.threat * self.vulnerability * self.impact

    @property
    def level(self) -> RiskLevel:
        """The score in one of five words."""
        return decide_level(self.score)


class Evaluated(Canonical, frozen=True, kw_only=True):
    """A party's evaluation, and the entry whose body has its words."""

    entry: EntryIdField
    marks: tuple[Mark, ...]
    agency: AgencyCodeField


class MajorEventState(Canonical, frozen=True, kw_only=True):
    """The whole state of an event."""

    ends: MillisField
    host: AgencyCodeField
    left: tuple[AgencyCodeField, ...] = ()
    zone: ZoneField
    risks: tuple[KeptRisk, ...] = ()  # sorted by venue, day and session
    closed: bool = False
    guests: tuple[KeptGuest, ...] = ()  # sorted by code
    starts: MillisField
    venues: tuple[KeptVenue, ...] = ()  # sorted by id
    nations: tuple[KeptNation, ...] = ()  # sorted by nation
    parties: tuple[AgencyCodeField, ...]
    erase_on: MillisField
    exercise: bool = False
    sessions: tuple[KeptSession, ...] = ()  # sorted by id
    agreement: Reference = b""
    observers: ObserversField = ()
    evaluations: tuple[Evaluated, ...] = ()  # sorted by agency


def erased_on(state: MajorEventState) -> Millis:
    """When the personal data of the event goes: as the host said, else half a year after its end."""
    return state.erase_on or Millis(state.ends + ERASE_AFTER)


def present(state: MajorEventState) -> tuple[AgencyCode, ...]:
    """The parties that have not left."""
    return tuple(party for party in state.parties if party not in state.left)


def venues(state: MajorEventState) -> tuple[KeptVenue, ...]:
    """The venues that stand."""
    return tuple(one for one in state.venues if not one.struck)


def sessions(state: MajorEventState) -> tuple[KeptSession, ...]:
    """The sessions that are held, in the order of their hours."""
    return tuple(sorted((one for one in state.sessions if not one.struck), key=lambda one: (one.starts, one.id)))


def sessions_between(state: MajorEventState, begins: int, ends: int) -> tuple[KeptSession, ...]:
    """The sessions of which some part lies in [begins, ends), in the order of their hours."""
    return tuple(one for one in sessions(state) if one.starts < ends and one.ends > begins)


def risk_of(state: MajorEventState, venue: bytes, day: int, session: bytes = b"") -> KeptRisk | None:
    """The risk of a venue on a day, or in one of its sessions."""
    return next((one for one in state.risks if (one.venue, one.day, one.session) == (venue, day, session)), None)


def desk_of(state: MajorEventState, nation: str) -> AgencyCode | None:
    """The service that is a nation's desk: a party, or a guest on the host's node."""
    return next((one.desk for one in state.nations if one.nation == nation), None)


def speaks_for(state: MajorEventState, desk: AgencyCode) -> AgencyCode:
    """The party at whose node a desk works: itself, or the host for a guest."""
    return state.host if any(one.code == desk for one in state.guests) else desk
