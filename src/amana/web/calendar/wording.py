# SPDX-License-Identifier: EUPL-1.2
"""A dated row of the node (`node.queries.calendar`) in the reader's words, and how much of it leaves for a calendar application.

Coded words, codes of agencies, the reference and the page's address always; the title and the place where the officer
chose them. Nothing else of a dossier: what somebody wrote stays in the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amana.dossiers.dated import DatedKind
from amana.phrases import Words, label, tell
from amana.web.calendar.events import CalendarEvent

Plain = Mapping[str, Any]
TITLES, PLACES = "calendar_titles", "calendar_places"  # keys of an account's preferences


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the officer lets into a calendar beyond coded words."""

    titles: bool = False
    places: bool = False


def choice_of(preferences: Mapping[str, Any]) -> Choice:
    """The choice that an account's preferences hold; without one, neither."""
    return Choice(titles=preferences.get(TITLES) is True, places=preferences.get(PLACES) is True)


def event_of(row: Plain, *, language: str, own: str, choice: Choice, address: str) -> CalendarEvent:
    """The event of one row; `address` is that of its page."""
    title, place = row["title"] if choice.titles else "", row["place"] if choice.places else ""
    summary = _summary(language, row, own)
    if row["exercise"]:
        summary = tell(language, "Exercise: {what}", what=summary)
    return CalendarEvent(
        uid=row["entry"],
        kind=DatedKind(row["kind"]),
        starts=row["starts"],
        ends=row["ends"],
        summary=tell(language, "{what}: {title}", what=summary, title=title) if title else summary,
        description="\n".join(_lines(language, row, address)),
        place=place,
        organiser=row["organiser"],
        attendees=tuple(code for code in row["parties"] if code != row["organiser"]),
        sequence=row["sequence"],
        cancelled=row["cancelled"],
        url=address,
        changed_at=row["changed_at"],
    )


def _summary(language: str, row: Plain, own: str) -> Words:
    with_whom = _codes(language, [code for code in row["parties"] if code != own])
    match DatedKind(row["kind"]):
        case DatedKind.VISIT:
            return tell(language, "Visit: {agencies}", agencies=with_whom)
        case DatedKind.MEETING:
            return tell(language, "Meeting: {agencies}", agencies=with_whom)
        case DatedKind.SESSION:
            return tell(language, "Session: {agencies}", agencies=with_whom)
        case DatedKind.PROGRAMME:
            part = label(language, "programme_type", row["type"])
            return tell(language, "Programme of the visit, {part}: {agencies}", part=part, agencies=with_whom)
        case DatedKind.MISSION:
            return tell(language, "Mission of experts: {agencies}", agencies=with_whom)
        case DatedKind.ACTION:
            return tell(language, "Action of an operation: {agencies}", agencies=with_whom)
        case DatedKind.DUE:
            return _due(language, row)


def _due(language: str, row: Plain) -> Words:
    if row["type"] == "action":
        return tell(language, "An action is due: {reference}", reference=row["reference"])
    if row["type"] == "task":
        return tell(language, "A task of an operation is due: {reference}", reference=row["reference"])
    if row["type"] == "follow_up":
        return tell(language, "The follow-up of a mission is due: {reference}", reference=row["reference"])
    return tell(language, "A decision is due: {reference}", reference=row["reference"])


def _lines(language: str, row: Plain, address: str) -> list[Words]:
    lines = [tell(language, "Reference: {reference}", reference=row["reference"])]
    if row["level"]:
        lines.append(tell(language, "Level: {level}", level=label(language, "meeting_level", row["level"])))
    if row["area"]:
        lines.append(tell(language, "Field: {area}", area=label(language, "area", row["area"])))
    lines.append(tell(language, "Agencies: {agencies}", agencies=_codes(language, row["parties"])))
    lines.append(tell(language, "In Amana: {address}", address=address))
    return lines


def _codes(language: str, codes: list[str]) -> Words:
    return Words(("، " if language == "ar" else ", ").join(codes))
