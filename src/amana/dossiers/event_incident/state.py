# SPDX-License-Identifier: EUPL-1.2
"""What is true of an incident: how urgent it is held to be, whose desks it waits for, whether it is over.

Spec: spec/kinds/event_incident.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from amana.dossiers.event_incident.entries import DesksField
from amana.dossiers.shared.events import (
    CapCertainty,
    CapSeverity,
    CapUrgency,
    IncidentOutcome,
    IncidentType,
    NationsField,
    ObserversField,
    ReportSource,
    decide_take_within,
)
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EffectiveField, EntryId, EntryIdField, Millis, MillisField, SizeField


class Assessed(Canonical, frozen=True, kw_only=True):
    """How a service last assessed it."""

    at: EffectiveField
    entry: EntryIdField
    author: AgencyCodeField
    urgency: CapUrgency
    severity: CapSeverity
    certainty: CapCertainty


class Taken(Canonical, frozen=True, kw_only=True):
    """A desk that has taken it in hand."""

    at: EffectiveField
    desk: AgencyCodeField


class Closing(Canonical, frozen=True, kw_only=True):
    """A word that it is over, and whether it was undone."""

    at: EffectiveField
    id: EntryIdField
    author: AgencyCodeField
    undone: bool = False
    outcome: IncidentOutcome


class IncidentState(Canonical, frozen=True, kw_only=True):
    """The whole state of an incident."""

    at: MillisField
    area: Area
    host: AgencyCodeField
    type: IncidentType
    desks: DesksField = ()
    event: EntryIdField
    taken: tuple[Taken, ...] = ()  # sorted by desk
    venue: Reference = b""
    author: AgencyCodeField
    source: ReportSource
    nations: NationsField = ()
    parties: tuple[AgencyCodeField, ...]
    updates: SizeField = 0
    assessed: tuple[Assessed, ...]  # sorted by author
    closings: tuple[Closing, ...] = ()  # sorted by id
    exercise: bool = False
    observers: ObserversField = ()
    reported_at: EffectiveField
    on_behalf_of: AgencyCodeField | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A desk and how far it is: since when it has it in hand, or until when it should."""

    desk: AgencyCode
    taken_at: Millis  # 0: not yet
    due: Millis


def now_held(state: IncidentState) -> Assessed:
    """The assessment that stands: the latest word of any service."""
    return max(state.assessed, key=lambda one: (one.at, one.entry))


def closing(state: IncidentState) -> Closing | None:
    """The closing that stands, the latest of them; one that nobody has undone keeps the incident closed."""
    standing = [one for one in state.closings if not one.undone]
    return max(standing, key=lambda one: (one.at, one.id)) if standing else None


def awaited(state: IncidentState) -> tuple[Awaited, ...]:
    """Every desk that is to take it in hand, by name."""
    within = decide_take_within(now_held(state).urgency)
    taken = {one.desk: one.at for one in state.taken}
    due = Millis(state.reported_at + within)
    return tuple(Awaited(desk=desk, taken_at=taken.get(desk, Millis(0)), due=due) for desk in sorted(state.desks))


def may_close(state: IncidentState, agency: AgencyCode) -> bool:  # bool: a rule asks it, by what this agency itself said
    """Who reported it, who hosts, or who has taken it in hand."""
    return agency in (state.author, state.host) or any(one.desk == agency for one in state.taken)


def undone_by(state: IncidentState) -> tuple[EntryId, ...]:
    """The closings that a reopening may name."""
    return tuple(one.id for one in state.closings if not one.undone)
