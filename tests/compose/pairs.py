# SPDX-License-Identifier: EUPL-1.2
"""Two real node directories that exchange in this process, turn by turn, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from amana.compose.config import UnitNames
from amana.compose.creating import Created, Wanted, create_node
from amana.compose.opening import OpenNode, open_node
from amana.node.access import add_officer
from amana.node.local import OfficerAdded
from amana.node.partners import add_partner, confirm_partner
from amana.protocol.identifiers import AgencyCode
from amana.storage.keyfile import Cost

QUICK = Cost(lanes=1, memory=1024, passes=1)
UNITS = {  # `desk` has no name, so that both ways are seen
    "drugs": UnitNames(ar="مصلحة مكافحة المخدرات", fr="Unité stupéfiants", en='The "drugs" unit'),
}
RABAT, PARIS = AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn")


def make(directory: Path, code: AgencyCode, port: int = 9) -> Created:
    """A node directory with keys that open quickly."""
    names = {"ar": "جهاز", "fr": "Service", "en": "Agency"}
    address = f"http://127.0.0.1:{port}"
    return create_node(directory, Wanted(code=code, names=names, port=port, addresses=(address,), cost=QUICK, unit_names=UNITS))


def make_partners(directory: Path) -> None:
    """`ma.dgsn` and `fr.dgpn` below `directory`, each the other's confirmed partner, each with an officer."""
    made = {code: make(directory / code, code) for code in (RABAT, PARIS)}
    for code, other in ((RABAT, PARIS), (PARIS, RABAT)):
        with open_node(directory / code) as opened:
            add_officer(opened.node, OfficerAdded(name="", role="supervisor", units=("desk",), account="desk", language="fr"))
            add_partner(opened.node, made[other].card)
            confirm_partner(opened.node, other, made[other].safety_number)


@contextmanager
def both_open(directory: Path) -> Iterator[tuple[OpenNode, OpenNode]]:
    """Both directories in use."""
    with open_node(directory / RABAT) as rabat, open_node(directory / PARIS) as paris:
        yield rabat, paris


def exchange(one: OpenNode, other: OpenNode, *, turns: int = 3) -> None:
    """Some turns in both directions."""
    for _ in range(turns):
        for caller, called in ((one, other), (other, one)):
            turn = caller.exchange.open_turn(called.node.code, always=True)
            assert turn is not None
            caller.exchange.close_turn(turn, called.exchange.answer(turn.wire))
