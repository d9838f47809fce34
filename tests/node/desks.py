# SPDX-License-Identifier: EUPL-1.2
"""Desks for the tests of what pages ask: Rabat and Paris under an agreement, Rabat with several officers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from amana.node.access import Scope, add_officer, open_scope
from amana.node.context import Node, NodeSettings
from amana.node.local import Consulted, OfficerAdded
from amana.protocol.canonical import parse
from amana.protocol.identifiers import DossierId
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import PARIS, RABAT, allied

SUPERVISOR, COLLEAGUE, OTHER_UNIT = "head", "colleague", "narcotics"
SEES_NOTHING = (OTHER_UNIT, ADMINISTRATOR)
REQUEST: dict[str, Any] = {
    "action": "information_request.request",
    "to": [PARIS],
    "title": "Demande",
    "text": "Qui utilise ce numéro ?",
    "language": "fr",
    "coded": {"area": "drugs", "types": ["information"], "urgency": "urgent"},
}
PHONE = {"type": "phone", "value": {"number": "+212 600-00 00 01"}, "grade": "B2", "fact": True}


def desks(*, four_eyes: Iterable[str] = ()) -> Federation:
    """The two agencies at rest, Rabat's officers at their desks."""
    made = allied(RABAT, PARIS, settings={RABAT: NodeSettings(four_eyes=frozenset(four_eyes))})
    for account, role, units in (
        (SUPERVISOR, "supervisor", ("desk", "narcotics")),
        (COLLEAGUE, "desk", ("desk",)),
        (OTHER_UNIT, "desk", ("narcotics",)),
    ):
        add_officer(made[RABAT].node, OfficerAdded(name="", role=role, units=units, account=account, language="ar"))
    return made


def at(made: Federation, code: str = RABAT, account: str = DESK) -> tuple[Node, Scope]:
    """A node and the scope of one of its officers."""
    node = made[code].node
    return node, open_scope(node, account)


def of(text: str) -> DossierId:
    """A dossier's id from its hex."""
    return DossierId(bytes.fromhex(text))


def consultations(made: Federation, code: str = RABAT) -> list[str]:
    """What was recorded as looked at, in order."""
    rows = made[code].journal.read(lambda reading: reading.local_after(0, 10_000))
    return [parse(row.content or b"", Consulted).what for row in rows if row.type == "consulted"]
