# SPDX-License-Identifier: EUPL-1.2
"""Forty agencies in one event, in the simulation: all see the situation picture, some not each other's intelligence.

Every agency writes into the day's log; incidents of some go to these alone; one is an observer, one a guest on the
host's node. At the end everybody holds the same state of what it holds, and nobody holds what was not for it.
"""

from __future__ import annotations

import time
from typing import Any

from amana.protocol.identifiers import AgencyCode, DossierId
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation

AGENCIES = 40
LINES = 3  # of each agency
GROUP = 5  # agencies that share intelligence among themselves
HOUR = 3_600_000
DAY = 24 * HOUR
TERMS = {
    "areas": ["public_order"],
    "forms": ["event_security"],
    "version": 1,
    "articles": [{"number": "1", "areas": ["public_order"], "forms": ["event_security"]}],
    "conditions": {"clocks": {"other": 168 * HOUR, "urgent": 72 * HOUR, "urgent_direct": 8 * HOUR}},
}
INCIDENT = {"type": "attack_threat", "urgency": "expected", "severity": "severe", "certainty": "possible"}


def converge(agencies: int = AGENCIES, *, seed: int = 7) -> dict[str, Any]:
    """What came of it: `agencies`, `entries`, `dossiers`, `converged`, `leaks` (dossiers held by who is no party), `seconds`."""
    began = time.perf_counter()
    codes = [f"{chr(97 + number // 26)}{chr(97 + number % 26)}.police" for number in range(agencies)]
    made = Federation(seed, codes)
    made.introduce_all()
    event, day = _prepare(made, codes)
    kept = _write(made, codes, event, day)
    made.settle()
    compared = made.converged()
    return {
        "agencies": compared.agencies,
        "dossiers": compared.dossiers,
        "converged": not compared.differences,
        "leaks": sum(1 for code in codes for dossier, parties in kept.items() if code not in parties and _holds(made, code, dossier)),
        "seconds": round(time.perf_counter() - began, 1),
    }


def _prepare(made: Federation, codes: list[str]) -> tuple[DossierId, DossierId]:
    """An agreement among all, the event with an observer, and the first day's log."""
    host, others = codes[0], codes[1:]
    agreement = _open(made, host, {"action": "agreement.propose", "to": others, "title": "Accord", "coded": TERMS})
    made.settle()
    for other in others:
        made.act(other, DESK, {"action": "agreement.consent", "dossier": agreement.hex()})
    made.settle()
    begins = made.timeline.now // DAY * DAY
    announced = {"starts": begins, "ends": begins + 21 * DAY, "zone": "UTC", "observers": [others[-1]]}
    event = _open(made, host, {"action": "major_event.announce", "to": others, "title": "Mesure, données fictives", "coded": announced})
    opened = {"event": event.hex(), "day": begins}
    day = _open(made, host, {"action": "event_day.open", "title": "Main courante", "coded": opened})
    made.settle()
    return event, day


def _write(made: Federation, codes: list[str], event: DossierId, day: DossierId) -> dict[DossierId, frozenset[str]]:
    """Lines of everybody but the observer, and an incident of each group for that group alone; who is to hold which."""
    speakers = codes[:-1]
    at = made.timeline.now
    for code in speakers:
        coded = {"at": at, "category": "fact", "source": "desk"}
        line = {"action": "event_day.line", "dossier": day.hex(), "coded": coded, "text": "Rien à signaler.", "language": "fr"}
        made.act_many(code, DESK, [line] * LINES)
    kept = {}
    for first in range(0, len(speakers) - GROUP + 1, GROUP):
        group = speakers[first : first + GROUP]
        coded = {"event": event.hex(), "at": at, "desks": group[1:2], **INCIDENT}
        report = {"action": "event_incident.report", "to": group[1:], "title": "Menace", "coded": coded}
        kept[_open(made, group[0], report)] = frozenset(group)
    return kept


def _open(made: Federation, code: str, action: dict[str, Any]) -> DossierId:
    done = made.act(code, DESK, action)
    if done.dossier is None:
        raise RuntimeError("nothing was opened")
    return done.dossier


def _holds(made: Federation, code: str, dossier: DossierId) -> bool:  # bool: a count is made of it
    return made.agencies[AgencyCode(code)].journal.read(lambda reading: reading.dossier(dossier)) is not None
