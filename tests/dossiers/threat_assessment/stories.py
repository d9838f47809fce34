# SPDX-License-Identifier: EUPL-1.2
"""Threat assessments for tests: written by several agencies, agreed, dissented from, approved. All invented."""

from __future__ import annotations

from typing import Any

from amana.protocol.identifiers import AgencyCode
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling

EVERYBODY = (DGPN, DGST, DGSN)
FIVE = (*EVERYBODY, AgencyCode("es.cnp"), AgencyCode("fr.dgsi"))
VALID_UNTIL = START + 200 * 24 * HOUR
SITUATION: dict[str, Any] = {"part": "situation", "language": "fr"}
JUDGEMENT: dict[str, Any] = {"part": "judgement", "language": "ar", "likelihood": "likely", "confidence": "moderate"}


def begun(parties: tuple[AgencyCode, ...] = EVERYBODY) -> Telling:
    """An assessment that DGSN has begun with the others."""
    told = Telling("threat_assessment", parties)
    assert told.say(DGSN, "begin", {"area": "drugs"}) is None
    return told


def say(told: Telling, author: AgencyCode, type: str, given: dict[str, Any] | None = None) -> str:
    """Say what counts; its id, as coded values take it."""
    assert told.say(author, type, given) is None
    return told.last


def drafted(parties: tuple[AgencyCode, ...] = EVERYBODY) -> Telling:
    """A situation by DGSN and a judgement by DGPN, on which the others have not said a word."""
    told = begun(parties)
    say(told, DGSN, "passage", SITUATION)
    say(told, DGPN, "passage", JUDGEMENT)
    return told


def agreed(parties: tuple[AgencyCode, ...] = EVERYBODY) -> Telling:
    """The same, agreed by all."""
    told = drafted(parties)
    for agency in parties:
        say(told, agency, "agree")
    return told


def approved(parties: tuple[AgencyCode, ...] = EVERYBODY) -> Telling:
    """The same, in force as revision 1."""
    told = agreed(parties)
    say(told, parties[0], "approve", {"valid_until": VALID_UNTIL})
    for agency in parties[1:]:
        say(told, agency, "approve")
    return told


def setting(type: str) -> tuple[Telling | None, AgencyCode]:
    """An assessment in which the example of an entry type makes sense, and who says it."""
    if type == "begin":
        return None, DGSN
    if type == "approve":
        return agreed(), DGSN
    return (approved() if type in ("withdraw_approval", "leave") else drafted()), DGST
