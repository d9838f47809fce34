# SPDX-License-Identifier: EUPL-1.2
"""Joint operations for tests: proposed, planned, approved, begun, counted. All invented."""

from __future__ import annotations

from typing import Any

from amana.protocol.comparison import Comparison, announce
from amana.protocol.identifiers import AgencyCode, EntryId
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling, entry

CNP, DGSI, GNR = AgencyCode("es.cnp"), AgencyCode("fr.dgsi"), AgencyCode("pt.gnr")
SIX = (CNP, DGPN, DGSI, DGSN, DGST, GNR)
DAY = 24 * HOUR
OPENING: dict[str, Any] = {"area": "drugs", "starts": START + 20 * DAY, "ends": START + 21 * DAY, "observers": [DGST]}
OPERATION = entry(800).hex()
POINT: dict[str, Any] = {"part": "objective", "language": "fr"}
EXHIBIT: dict[str, Any] = {
    "operation": OPERATION,
    "area": "drugs",
    "at": START,
    "type": "drugs",
    "amount": 412_000,
    "substance": "cannabis_resin",
    "origin": "search",
    "observers": [DGST],
}


def say(told: Telling, author: AgencyCode, type: str, given: dict[str, Any] | None = None) -> str:
    """Say what counts; its id, as coded values take it."""
    assert told.say(author, type, given) is None
    return told.last


def proposed() -> Telling:
    """An operation that DGSN leads, with DGPN, and DGST looking on."""
    told = Telling("joint_operation", (DGPN, DGSN, DGST))
    assert told.say(DGSN, "propose", OPENING) is None
    return told


def planned() -> Telling:
    """The same with a point by each, to which both agree."""
    told = proposed()
    say(told, DGSN, "plan_point", POINT)
    say(told, DGPN, "plan_point", {"part": "safety", "language": "fr"})
    say(told, DGSN, "agree")
    say(told, DGPN, "agree")
    return told


def approved() -> Telling:
    """The same, the plan in force."""
    told = planned()
    say(told, DGSN, "approve")
    say(told, DGPN, "approve")
    return told


def prepared() -> Telling:
    """The same, with bases and contact points, both ready, one task that is done."""
    told = approved()
    for agency in (DGSN, DGPN):
        say(told, agency, "basis", {"type": "agreement", "article": "4"})
        say(told, agency, "contact", {"function": "command"})
    task = say(told, DGSN, "task", {"owner": DGPN})
    say(told, DGPN, "progress", {"task": task, "state": "done"})
    for agency in (DGSN, DGPN):
        say(told, agency, "ready")
    return told


def in_action() -> Telling:
    """The same, begun."""
    told = prepared()
    say(told, DGSN, "start")
    return told


def with_results() -> Telling:
    """The same, with a result of each."""
    told = in_action()
    say(told, DGSN, "result", {"at": START, "type": "apprehension", "amount": 3})
    say(told, DGPN, "result", {"at": START, "type": "apprehension", "amount": 2})
    return told


def registered() -> Telling:
    """An exhibit in DGSN's hands, with DGPN, and DGST looking on."""
    told = Telling("exhibit", (DGPN, DGSN, DGST))
    assert told.say(DGSN, "register", EXHIBIT) is None
    return told


def announcement(told: Telling, agency: AgencyCode, round: int = 1, tokens: tuple[bytes, ...] = (b"\x01" * 32,)) -> dict[str, Any]:
    """What an agency announces for a round, as plain values."""
    other = next(one for one in told.parties if one != agency)

    def side(asker: AgencyCode, answerer: AgencyCode) -> dict[str, Any]:
        compared = Comparison(asker=asker, round=round, dossier=EntryId(told.facts[0].id), answerer=answerer)
        made = announce(compared, tokens, secret=b"\x07" * 32)
        return {"key": made.key.hex(), "count": made.count, "commitment": made.commitment.hex()}

    return {"asks": side(agency, other), "answers": side(other, agency)}


def compared() -> Telling:
    """A deconfliction of two that both have announced."""
    told = Telling("deconfliction", (DGPN, DGSN))
    assert told.say(DGSN, "begin", {"operation": OPERATION, "area": "drugs"}) is None
    for agency in (DGSN, DGPN):
        say(told, agency, "announce", announcement(told, agency))
    return told


def log_opened() -> Telling:
    """An action log that DGSN has opened."""
    told = Telling("action_log", (DGPN, DGSN, DGST))
    assert told.say(DGSN, "open", {"operation": OPERATION, "area": "drugs", "observers": [DGST]}) is None
    return told


OPENERS = {"joint_operation": "propose", "action_log": "open", "exhibit": "register", "deconfliction": "begin"}


def setting(kind: str, type: str) -> tuple[Telling | None, AgencyCode]:
    """A dossier in which the example of an entry type makes sense, and who says it."""
    if type == OPENERS[kind]:
        return None, DGSN
    match kind:
        case "action_log":
            return log_opened(), DGSN
        case "exhibit":
            return _exhibit(type)
        case "deconfliction":
            return _deconfliction(type)
        case _:
            return _operation(type)


def _operation(type: str) -> tuple[Telling, AgencyCode]:
    match type:
        case "start":
            return prepared(), DGSN
        case "stop":
            return in_action(), DGSN
        case "compare":
            return with_results(), DGPN
        case "close":
            told = with_results()
            say(told, DGSN, "stop")
            return told, DGSN
        case "withdraw_approval":
            return approved(), DGPN
        case "approve":
            return planned(), DGSN
        case "agree" | "object":
            told = proposed()
            say(told, DGSN, "plan_point", POINT)
            return told, DGPN
        case _:
            return prepared(), DGPN


def _exhibit(type: str) -> tuple[Telling, AgencyCode]:
    told = registered()
    if type in ("receive", "decline"):
        say(told, DGSN, "transfer", {"at": START, "to": DGPN})
        return told, DGPN
    if type in ("court_grant", "court_refuse"):
        say(told, DGPN, "court_request")
    return told, DGPN if type == "court_request" else DGSN


def _deconfliction(type: str) -> tuple[Telling, AgencyCode]:
    told = compared()
    if type == "announce":
        told = Telling("deconfliction", (DGPN, DGSN))
        assert told.say(DGSN, "begin", {"operation": OPERATION, "area": "drugs"}) is None
    if type == "reply":
        say(told, DGSN, "ask")
        return told, DGPN
    return told, DGSN
