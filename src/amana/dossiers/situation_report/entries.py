# SPDX-License-Identifier: EUPL-1.2
"""What a cooperation centre issues: a situation report, a briefing, the closing report; its revision, its withdrawal.

The period, the level and every figure are coded; the sections, each in up to three languages, are in the body. The
sections are those of OASIS EDXL-SitRep 1.0 as an event needs them. Spec: spec/kinds/situation_report.md.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.conditions import LanguageField, LanguagesField
from amana.dossiers.shared.events import ObserversField, ReportType, RiskLevel
from amana.dossiers.shared.vocabulary import Confidence
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, EntryIdField, MillisField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "situation_report"
RETENTION = 10 * 365
MAX_TEXT = 4_000


class ReportFigure(StrEnum):
    """What is counted for a report; how, stands on the page of the figure and in the specification."""

    LINES = "lines"
    APPREHENSIONS = "apprehensions"
    INCIDENTS = "incidents"
    INCIDENTS_SEVERE = "incidents_severe"
    INCIDENTS_CLOSED = "incidents_closed"
    INCIDENTS_OPEN = "incidents_open"
    CROWD = "crowd"
    TRANSPORT = "transport"
    BORDER = "border"
    THREATS = "threats"
    CYBER = "cyber"
    HEALTH = "health"
    REQUESTS = "requests"
    COMMITTED = "committed"
    DEPLOYED = "deployed"
    SESSIONS = "sessions"
    SESSIONS_NEXT = "sessions_next"


class ReportSection(StrEnum):
    """The sections of a report, in the order in which they are read."""

    SUMMARY = "summary"
    FACTS = "facts"
    CROWD = "crowd"
    TRANSPORT_BORDER = "transport_border"
    THREATS = "threats"
    FORCES = "forces"
    NEXT = "next"
    REQUESTS = "requests"
    MEDIA_LINE = "media_line"


class Figure(Canonical, frozen=True, kw_only=True):
    """One figure as it was counted."""

    count: Annotated[int, Meta(ge=-(2**53), lt=2**53)]
    figure: ReportFigure


class Issue(Coded, frozen=True, kw_only=True):
    """Opens the report: issued as it stands, by a person who approves it."""

    ends: MillisField
    host: AgencyCodeField
    type: ReportType
    event: EntryIdField  # DossierId of the event
    level: RiskLevel
    number: Annotated[int, Meta(ge=1, le=10_000)]
    starts: MillisField
    figures: Annotated[tuple[Figure, ...], Meta(max_length=len(ReportFigure))] = ()
    exercise: bool = False
    languages: LanguagesField = ()
    observers: ObserversField = ()
    confidence: Confidence = Confidence.MODERATE


class Written(Canonical, frozen=True, kw_only=True):
    """One section in one language."""

    text: Annotated[str, Meta(max_length=MAX_TEXT)]
    section: ReportSection
    language: LanguageField


class Sections(Canonical, frozen=True, kw_only=True):
    """In the body: the words of the report."""

    sections: Annotated[tuple[Written, ...], Meta(max_length=3 * len(ReportSection))] = ()


class Revise(Coded, frozen=True, kw_only=True):
    """The report as it is now; it takes the place of the earlier one whole."""

    level: RiskLevel
    figures: Annotated[tuple[Figure, ...], Meta(max_length=len(ReportFigure))] = ()
    languages: LanguagesField = ()
    confidence: Confidence = Confidence.MODERATE


class Withdraw(Coded, frozen=True, kw_only=True):
    """The report is withdrawn; the body may say why."""


ReportCoded = Issue | Revise | Withdraw
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H2), purpose=Purpose.EVENT_SECURITY)


def _type(name: str, coded: type[Coded], *, detail: type[Canonical] | None = None, opens: bool = False) -> EntryType:
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=RETENTION,
        personal=Personal.NONE,
        kind=KIND,
        detail=detail,
        opens=opens,
        binds=True,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("issue", Issue, detail=Sections, opens=True),
        _type("revise", Revise, detail=Sections),
        _type("withdraw", Withdraw),
    )
}
