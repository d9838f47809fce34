# SPDX-License-Identifier: EUPL-1.2
"""Meetings for tests: a visit with a session, minutes with a decision, approved by two, three or five agencies."""

from __future__ import annotations

from typing import Any

from amana.dossiers.meeting.state import MINUTES, MeetingState, scope_of
from amana.dossiers.shared.joint_text.state import text_hash, text_now
from amana.protocol.identifiers import AgencyCode, EntryId
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling

CNP, DGSI = AgencyCode("es.cnp"), AgencyCode("fr.dgsi")
TWO = (DGPN, DGSN)
THREE = (DGPN, DGSN, DGST)
FIVE = (CNP, DGPN, DGSI, DGSN, DGST)
DAY = 24 * HOUR
HOURS = {"starts": START + 40 * DAY, "ends": START + 40 * DAY + 2 * HOUR}
VISIT: dict[str, Any] = {"form": "visit", "level": "joint_committee", **HOURS}
POINT: dict[str, Any] = {"language": "fr"}
DECISION: dict[str, Any] = {"area": "drugs", "due": START + 60 * DAY, "owner": DGPN, "language": "fr"}


def convened(parties: tuple[AgencyCode, ...] = TWO, **changes: Any) -> Telling:
    """A visit that DGSN receives."""
    told = Telling("meeting", parties)
    assert told.say(DGSN, "convene", {**VISIT, **changes}) is None
    return told


def sitting(parties: tuple[AgencyCode, ...] = TWO) -> Telling:
    """With one working session: the entry after the opening."""
    told = convened(parties)
    assert told.say(DGSN, "session", HOURS) is None
    return told


def session_of(told: Telling) -> EntryId:
    """The first working session."""
    return next(fact.id for fact in told.facts if fact.header.type == "session")


def scope(told: Telling, text: str = MINUTES) -> str:
    """The scope of that session's minutes."""
    return scope_of(text, session_of(told))


def minuted(parties: tuple[AgencyCode, ...] = TWO, **changes: Any) -> Telling:
    """With a point of the minutes in DGSN's wording and a decision in DGPN's: entries 2 and 3."""
    told = sitting(parties)
    assert told.say(DGSN, "minutes_point", POINT) is None
    assert told.say(DGPN, "decision", {**DECISION, **changes}) is None
    return told


def approve(told: Telling, *agencies: AgencyCode) -> None:
    """These agencies approve the minutes as they stand."""
    for agency in agencies:
        assert told.say(agency, "approve") is None


def approved(parties: tuple[AgencyCode, ...] = TWO, **changes: Any) -> Telling:
    """All approve: the decision is in force."""
    told = minuted(parties, **changes)
    approve(told, *parties)
    return told


def hash_now(told: Telling) -> str:
    """The hash of the minutes as they stand."""
    state: MeetingState = told.state
    return text_hash(scope(told), text_now(state.text, scope(told))).hex()
