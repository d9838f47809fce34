# SPDX-License-Identifier: EUPL-1.2
"""What can be said of a mission of experts: asked or proposed, agreed by the id of its terms, carried out, judged.

Objectives, place and people by post are in bodies; who gives and who receives, numbers, dates, languages and what it
leaves behind are coded. Training and technical assistance are missions with other deliverables.
Spec: spec/kinds/expertise_mission.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.conditions import LanguagesField
from amana.dossiers.shared.events import CostBearer
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.missions import Deliverable, FollowUpResult, MissionReport, MissionType
from amana.dossiers.shared.vocabulary import Area, RefusalCode, Usefulness
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, EntryId, EntryIdField, MillisField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "expertise_mission"
RETENTION = 10 * 365
PeopleField = Annotated[int, Meta(ge=0, le=10_000)]
DaysField = Annotated[int, Meta(ge=0, le=100_000)]  # expert days: people × days worked
DeliverablesField = Annotated[tuple[Deliverable, ...], Meta(max_length=len(Deliverable))]
Line = Annotated[str, Meta(min_length=1, max_length=200)]


class Request(Coded, frozen=True, kw_only=True):
    """Opens a mission: this service asks another for experts."""

    area: Area
    ends: MillisField
    type: MissionType
    event: Reference = b""  # DossierId of the event for which they come
    giver: AgencyCodeField
    people: PeopleField
    starts: MillisField
    exercise: bool = False  # filled in from the event
    receiver: AgencyCodeField
    expertise: Reference = b""  # DossierId of the line of the directory
    languages: LanguagesField = ()


class Propose(Coded, frozen=True, kw_only=True):
    """Opens a mission: this service proposes experts of its own."""

    area: Area
    ends: MillisField
    type: MissionType
    event: Reference = b""
    giver: AgencyCodeField
    people: PeopleField
    starts: MillisField
    exercise: bool = False
    receiver: AgencyCodeField
    expertise: Reference = b""
    languages: LanguagesField = ()


class Team(Canonical, frozen=True, kw_only=True):
    """In the body: who comes, by post, and where they work."""

    place: Annotated[str, Meta(max_length=200)] = ""
    posts: Annotated[tuple[Line, ...], Meta(max_length=100)] = ()


class Terms(Coded, frozen=True, kw_only=True):
    """Terms, by either side; the other accepts them by their id. The body may say more."""

    cost: CostBearer
    ends: MillisField
    people: PeopleField
    starts: MillisField
    languages: LanguagesField = ()
    deliverables: DeliverablesField = ()


class Accept(Coded, frozen=True, kw_only=True):
    """This side accepts exactly these terms."""

    terms: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.terms,)


class Decline(Coded, frozen=True, kw_only=True):
    """This side does not take part in it; the body may say more."""

    code: RefusalCode


class Withdraw(Coded, frozen=True, kw_only=True):
    """Who opened it takes it back."""


class Send(Coded, frozen=True, kw_only=True):
    """The giver names its team, by number; the posts are in the body. It takes the place of its earlier word."""

    people: PeopleField


class Start(Coded, frozen=True, kw_only=True):
    """The mission has begun."""

    at: MillisField


class Report(Coded, frozen=True, kw_only=True):
    """The giver reports: an interim or the final report, and the expert days worked so far."""

    days: DaysField
    type: MissionReport


class Complete(Coded, frozen=True, kw_only=True):
    """The mission is over; how many expert days it took, and what it leaves behind."""

    at: MillisField
    days: DaysField
    trained: PeopleField = 0
    deliverables: DeliverablesField = ()


class Feedback(Coded, frozen=True, kw_only=True):
    """The receiver says what it was worth; the body says why."""

    usefulness: Usefulness


class FollowUp(Coded, frozen=True, kw_only=True):
    """The receiver says, half a year later, what has become of it."""

    result: FollowUpResult


class Lesson(Coded, frozen=True, kw_only=True):
    """What was learnt; in the body, or in a note of good practice."""

    practice: Reference = b""  # DossierId


MissionCoded = Request | Propose | Terms | Accept | Decline | Withdraw | Send | Start | Report | Complete | Feedback | FollowUp | Lesson
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H2), purpose=Purpose.COOPERATION)


def _type(
    name: str,
    coded: type[Coded],
    *,
    detail: type[Canonical] | None = None,
    personal: Personal = Personal.NONE,
    opens: bool = False,
    binds: bool = False,
) -> EntryType:
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=RETENTION,
        personal=personal,
        kind=KIND,
        detail=detail,
        opens=opens,
        needs_basis=opens,
        binds=binds,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("request", Request, detail=Team, opens=True),
        _type("propose", Propose, detail=Team, opens=True),
        _type("terms", Terms, detail=Team),
        _type("accept", Accept, binds=True),
        _type("decline", Decline),
        _type("withdraw", Withdraw),
        _type("team", Send, detail=Team),
        _type("start", Start),
        _type("report", Report, personal=Personal.BODY_MAY),
        _type("complete", Complete),
        _type("feedback", Feedback),
        _type("follow_up", FollowUp),
        _type("lesson", Lesson),
    )
}
