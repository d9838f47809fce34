# SPDX-License-Identifier: EUPL-1.2
"""What can be said of an incident: it is reported, routed to desks, taken in hand, assessed anew, closed, reopened.

What happened and who was concerned is in bodies; here are the words of CAP 1.2, the place, the desks and the nations.
An incident opened for some of an event's parties is known to these alone. Spec: spec/kinds/event_incident.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.events import (
    CapCertainty,
    CapSeverity,
    CapUrgency,
    IncidentOutcome,
    IncidentType,
    NationsField,
    ObserversField,
    ReportSource,
)
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.identifiers import AgencyCodeField, EntryId, EntryIdField, MillisField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "event_incident"
RETENTION = 2 * 365  # days; personal data goes by the event's own, earlier date
DesksField = Annotated[tuple[AgencyCodeField, ...], Meta(max_length=16)]


class Report(Coded, frozen=True, kw_only=True):
    """Opens the incident: what, where, how urgent, how grave, how certain, and whose desks are to take it in hand."""

    at: MillisField
    area: Area = Area.PUBLIC_ORDER
    host: AgencyCodeField
    type: IncidentType
    desks: DesksField = ()
    event: EntryIdField  # DossierId of the event
    venue: Reference = b""  # the venue's entry in the event
    source: ReportSource = ReportSource.DESK
    nations: NationsField = ()
    urgency: CapUrgency
    exercise: bool = False
    severity: CapSeverity
    certainty: CapCertainty
    observers: ObserversField = ()
    on_behalf_of: AgencyCodeField | None = None


class Reassess(Coded, frozen=True, kw_only=True):
    """This service holds it for more or less urgent, grave, certain; the latest such word is shown."""

    urgency: CapUrgency
    severity: CapSeverity
    certainty: CapCertainty


class Route(Coded, frozen=True, kw_only=True):
    """Further desks are to take it in hand."""

    desks: Annotated[tuple[AgencyCodeField, ...], Meta(min_length=1, max_length=16)]


class Take(Coded, frozen=True, kw_only=True):
    """This desk has taken it in hand."""


class Update(Coded, frozen=True, kw_only=True):
    """What has become of it since; in the body."""

    at: MillisField


class Close(Coded, frozen=True, kw_only=True):
    """It is over."""

    outcome: IncidentOutcome


class Reopen(Coded, frozen=True, kw_only=True):
    """It is not over: the closing named is undone."""

    close: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.close,)


IncidentCoded = Report | Reassess | Route | Take | Update | Close | Reopen
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H2), purpose=Purpose.EVENT_SECURITY)


def _type(name: str, coded: type[Coded], *, personal: Personal = Personal.NONE, opens: bool = False) -> EntryType:
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=RETENTION,
        personal=personal,
        kind=KIND,
        opens=opens,
        needs_basis=personal is not Personal.NONE,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("report", Report, personal=Personal.BODY_MAY, opens=True),
        _type("reassess", Reassess),
        _type("route", Route),
        _type("take", Take),
        _type("update", Update, personal=Personal.BODY_MAY),
        _type("close", Close),
        _type("reopen", Reopen),
    )
}
