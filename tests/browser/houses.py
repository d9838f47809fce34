# SPDX-License-Identifier: EUPL-1.2
"""Nodes for the browser: copies of the played demonstration, and a pair or more, made cheaply for a story of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from amana.compose.calling import call_node
from amana.compose.config import load_config
from amana.compose.creating import Created, Wanted, create_node
from amana.compose.opening import open_node
from amana.demo.agencies import AGENCIES, Agency
from amana.demo.processes import NodeProcess, free_ports
from amana.demo.proving import copy_node
from amana.node.access import add_officer
from amana.node.local import OfficerAdded
from amana.node.partners import add_partner, confirm_partner
from amana.protocol.identifiers import AgencyCode
from tests.compose.pairs import PARIS, QUICK, RABAT
from tests.demo.conftest import Played
from tests.processes.nodes import wait_for

HOUR = 3_600_000
SERVED = (RABAT, PARIS)
BY_CODE = {agency.code: agency for agency in AGENCIES}
AREAS = ("drugs", "document_fraud")
TERMS = {
    "areas": list(AREAS),
    "forms": ["information"],
    "version": 1,
    "articles": [{"number": "1", "areas": list(AREAS), "forms": ["information"]}],
    "conditions": {"clocks": {"other": 168 * HOUR, "urgent": 72 * HOUR, "urgent_direct": 8 * HOUR}},
}
RELEASED = ("information_request.answer",)  # what a second person releases in Paris


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One running node of the demonstration."""

    code: str
    address: str
    directory: Path
    dossiers: Mapping[str, str]  # "chapter/name" of a paper: the dossier that it opened

    def call(self, verb: str, **arguments: Any) -> dict[str, Any]:
        """Have the node do or say something."""
        return call_node(self.directory, verb, arguments)


def open_houses(played: Played, home: Path, closing: ExitStack) -> dict[str, House]:
    """Start copies of Rabat's and Paris's nodes. The two other services stay away, as a partner may."""
    houses, running = {}, []
    for code in SERVED:
        directory = home / code
        copy_node(played.home / code, directory)
        address = f"http://127.0.0.1:{load_config(directory).port}"
        houses[str(code)] = House(code=code, address=address, directory=directory, dossiers=played.result["dossiers"])
        running.append(started(directory, closing))
    for process in running:
        process.await_running()
    return houses


def started(directory: Path, closing: ExitStack) -> NodeProcess:
    """A node process that ends with the test."""
    process = NodeProcess(directory)
    closing.callback(process.stop)
    return process


@dataclass(slots=True, kw_only=True)
class Circle:
    """Nodes with an agreement between all of them, and what a story does to them."""

    houses: Mapping[str, House]
    closing: ExitStack
    processes: dict[str, NodeProcess]

    def stop(self, code: str) -> None:
        """The machine goes."""
        self.processes.pop(code).stop()

    def start(self, code: str) -> None:
        """The machine returns."""
        self.processes[code] = started(self.houses[code].directory, self.closing)
        self.processes[code].await_running()


Pair = Circle  # of Rabat and Paris


def found_pair(home: Path, closing: ExitStack, *, demonstration: bool = True) -> Pair:
    """Rabat and Paris."""
    return found_circle(home, closing, SERVED, demonstration=demonstration)


def found_circle(home: Path, closing: ExitStack, codes: Sequence[AgencyCode], *, demonstration: bool = True) -> Circle:
    """New nodes that run, their posts those of the demonstration; the first proposes the agreement, the others consent."""
    ports = dict(zip(codes, free_ports(len(codes)), strict=True))
    made = {code: _make(home / code, BY_CODE[code], ports[code], demonstration=demonstration) for code in codes}
    for code in codes:
        _employ(home / code, BY_CODE[code])
        with open_node(home / code) as opened:
            for other in codes:
                if other != code:
                    add_partner(opened.node, made[other].card)
                    confirm_partner(opened.node, other, made[other].safety_number)
    houses = {str(code): House(code=code, address=f"http://127.0.0.1:{ports[code]}", directory=home / code, dossiers={}) for code in codes}
    circle = Circle(houses=houses, closing=closing, processes={})
    for code in codes:
        circle.processes[code] = started(home / code, closing)
    for process in circle.processes.values():
        process.await_running()
    agree(*(houses[code] for code in codes))
    return circle


def found_alone(home: Path, closing: ExitStack) -> House:
    """Rabat's node in service: nobody enters it by a click."""
    (port,), code = free_ports(1), RABAT
    _make(home / code, BY_CODE[code], port, demonstration=False)
    _employ(home / code, BY_CODE[code])
    started(home / code, closing).await_running()
    return House(code=code, address=f"http://127.0.0.1:{port}", directory=home / code, dossiers={})


def _employ(directory: Path, agency: Agency) -> None:
    with open_node(directory) as opened:
        for post in agency.posts:
            given = OfficerAdded(name=post.name, role=post.role, units=post.units, account=post.account, language=post.language)
            add_officer(opened.node, given)


def _make(directory: Path, agency: Agency, port: int, *, demonstration: bool) -> Created:
    wanted = Wanted(
        code=agency.code,
        names=dict(agency.names),
        port=port,
        addresses=(f"http://127.0.0.1:{port}",),
        cost=QUICK,
        four_eyes=RELEASED if agency.code == PARIS else (),
        time_zone=agency.zone,
        demonstration=demonstration,
    )
    return create_node(directory, wanted)


def agree(author: House, *others: House, terms: Mapping[str, Any] = TERMS) -> None:
    """An agreement in force between these, proposed by the first."""
    action = {
        "action": "agreement.propose",
        "to": [other.code for other in others],
        "title": "Accord de coopération",
        "coded": dict(terms),
        "unit": "desk",
    }
    agreement = str(author.call("act", officer="chef", action=action)["dossier"])
    for other in others:
        wait_for(partial(_holds, other, agreement), what="the agreement")
        other.call("act", officer="chef", action={"action": "agreement.consent", "dossier": agreement})
    for other in others:
        wait_for(partial(_all_sent, other), what="the consent")


def _holds(house: House, dossier: str) -> bool:
    return dossier in {row["dossier"] for row in house.call("show", officer="chef")["dossiers"]}


def _all_sent(house: House) -> bool:
    return all(row["waiting_entries"] == 0 for row in house.call("doctor")["partners"])
