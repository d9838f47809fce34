# SPDX-License-Identifier: EUPL-1.2
"""Dossiers of major events and of experts in which something has happened: what tests of their rules begin with."""

from __future__ import annotations

from typing import Any

from amana.protocol.identifiers import AgencyCode
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling, entry

DAY = 24 * HOUR
OPENING_DAY = 1_721_952_000_000  # 26 July 2024, 00:00 UTC
EVENT = entry(700).hex()
EVENTFUL = (
    "event_day",
    "event_incident",
    "expertise",
    "expertise_mission",
    "good_practice",
    "major_event",
    "reinforcement",
    "situation_report",
)
OPENINGS: dict[str, dict[str, Any]] = {
    "major_event": {"starts": START, "ends": START + 17 * DAY, "observers": [DGST]},
    "event_day": {"event": EVENT, "day": OPENING_DAY, "observers": [DGST]},
    "event_incident": {
        "event": EVENT,
        "at": START,
        "type": "abandoned_object",
        "urgency": "immediate",
        "severity": "moderate",
        "certainty": "observed",
        "desks": [DGPN],
        "observers": [DGST],
    },
    "reinforcement": {
        "event": EVENT,
        "kind": "explosive_dogs",
        "number": 12,
        "starts": START,
        "ends": START + 17 * DAY,
        "observers": [DGST],
    },
    "situation_report": {
        "event": EVENT,
        "type": "situation_report",
        "number": 1,
        "starts": START,
        "ends": START + DAY,
        "level": "moderate",
    },
    "expertise": {"area": "public_order", "forms": ["expertise"], "people": 24},
    "expertise_mission": {"giver": DGPN, "type": "expertise", "area": "public_order", "people": 10, "starts": START, "ends": START + DAY},
    "good_practice": {"area": "public_order", "language": "fr"},
}
OPENED_BY = {
    "major_event": "announce",
    "event_day": "open",
    "event_incident": "report",
    "reinforcement": "request",
    "situation_report": "issue",
    "expertise": "publish",
    "expertise_mission": "request",
    "good_practice": "publish",
}


def opened(kind: str, **more: Any) -> Telling:
    """A dossier of the kind that Rabat has opened, with Paris, and Temara as observer where there are some."""
    told = Telling(kind, (DGPN, DGSN, DGST))
    assert told.say(DGSN, OPENED_BY[kind], {**OPENINGS[kind], **more}) is None
    return told


def eventful(kind: str, type: str) -> tuple[Telling | None, AgencyCode]:
    """A dossier in which the example of this entry type makes sense, and who says it."""
    if type == OPENED_BY[kind] or (kind, type) in (("expertise_mission", "propose"), ("reinforcement", "offer_unsolicited")):
        return None, DGSN
    told = opened(kind)
    match kind, type:
        case "event_incident", "take":
            return told, DGPN
        case "event_incident", "reopen":
            assert told.say(DGSN, "close", {"outcome": "resolved"}) is None
        case "expertise_mission", "team" | "start" | "report" | "complete":
            _agreed(told)
            return told, DGPN
        case "expertise_mission", "feedback" | "follow_up":
            _agreed(told)
            assert told.say(DGPN, "complete") is None
        case "major_event", "evaluate" | "leave":
            return told, DGPN
        case "reinforcement", "offer" | "decline" | "withdraw_offer" | "extend_answer":
            return told, DGPN
        case "reinforcement", "status":
            assert told.say(DGPN, "offer", {"number": 6, "cost": "sender"}) is None
            assert told.say(DGSN, "commit", {"offer": told.last}) is None
            return told, DGPN
        case _:
            pass
    return told, DGSN


def _agreed(told: Telling) -> None:
    """Terms that both sides stand by."""
    assert told.say(DGPN, "terms", {"cost": "shared"}) is None
    assert told.say(DGSN, "accept") is None
