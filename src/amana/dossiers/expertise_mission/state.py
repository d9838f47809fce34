# SPDX-License-Identifier: EUPL-1.2
"""What is true of a mission: which terms both sides stand by, how far it is, what it was worth.

Spec: spec/kinds/expertise_mission.md.
"""

from __future__ import annotations

from amana.dossiers.expertise_mission.entries import DaysField, DeliverablesField, PeopleField
from amana.dossiers.shared.conditions import LanguagesField
from amana.dossiers.shared.events import CostBearer
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.missions import FollowUpResult, MissionType
from amana.dossiers.shared.vocabulary import DAY, Area, Usefulness
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EffectiveField, EntryIdField, Millis, MillisField, SizeField

FOLLOW_UP_AFTER = Millis(183 * DAY)  # six months


class KeptTerms(Canonical, frozen=True, kw_only=True):
    """Terms, and which sides stand by them: their author does."""

    at: EffectiveField
    id: EntryIdField
    cost: CostBearer
    ends: MillisField
    author: AgencyCodeField
    people: PeopleField
    starts: MillisField
    accepted: tuple[AgencyCodeField, ...]
    languages: LanguagesField = ()
    deliverables: DeliverablesField = ()


class Told(Canonical, frozen=True, kw_only=True):
    """An entry of its author that stands, and its hour."""

    at: EffectiveField
    entry: EntryIdField
    author: AgencyCodeField


class Completed(Canonical, frozen=True, kw_only=True):
    """That it is over, as its giver says."""

    at: MillisField
    days: DaysField
    entry: EntryIdField
    trained: PeopleField
    deliverables: DeliverablesField = ()


class MissionState(Canonical, frozen=True, kw_only=True):
    """The whole state of a mission."""

    area: Area
    days: DaysField = 0  # expert days reported so far
    ends: MillisField
    team: Told | None = None
    type: MissionType
    event: Reference = b""
    giver: AgencyCodeField
    terms: tuple[KeptTerms, ...] = ()  # sorted by id
    author: AgencyCodeField
    people: PeopleField
    starts: MillisField
    lessons: SizeField = 0
    parties: tuple[AgencyCodeField, ...]
    reports: SizeField = 0
    declined: tuple[AgencyCodeField, ...] = ()
    exercise: bool = False
    feedback: Usefulness | None = None
    receiver: AgencyCodeField
    completed: Completed | None = None
    expertise: Reference = b""
    follow_up: FollowUpResult | None = None
    languages: LanguagesField = ()
    withdrawn: bool = False
    started_at: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType; 0: not yet


def sides(state: MissionState) -> tuple[AgencyCode, AgencyCode]:
    """Who gives and who receives."""
    return (state.giver, state.receiver)


def agreed(state: MissionState) -> KeptTerms | None:
    """The latest terms by which both sides stand."""
    both = set(sides(state))
    standing = [one for one in state.terms if both <= set(one.accepted)]
    return max(standing, key=lambda one: (one.at, one.id)) if standing else None


def to_accept(state: MissionState, own: AgencyCode) -> tuple[KeptTerms, ...]:
    """The terms of the other side, later than what is agreed, by which this side does not stand yet; the latest first."""
    if own not in sides(state):
        return ()
    held = agreed(state)
    since = (held.at, held.id) if held is not None else (0, b"")
    ours = max(((one.at, one.id) for one in state.terms if one.author == own), default=(0, b""))
    waiting = [one for one in state.terms if own not in one.accepted and (one.at, one.id) > max(since, ours)]
    return tuple(sorted(waiting, key=lambda one: (one.at, one.id), reverse=True))


def is_over(state: MissionState) -> bool:  # bool: the stage, of which nothing more is expected
    """Whether it was declined or taken back."""
    return state.withdrawn or bool(set(state.declined) & set(sides(state)))


def follow_up_due(state: MissionState) -> Millis:
    """When the receiver is to say what has become of it; 0 while it is not over."""
    return Millis(state.completed.at + FOLLOW_UP_AFTER) if state.completed is not None else Millis(0)


def expert_days(state: MissionState) -> int:
    """People × days worked, as the giver says: at the end, else so far."""
    return state.completed.days if state.completed is not None else state.days
