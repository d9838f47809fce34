# SPDX-License-Identifier: EUPL-1.2
"""Nodes for the browser: copies of the played demonstration, and a pair that is made cheaply for a story of its own."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
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
class Pair:
    """Rabat and Paris with an agreement, and what a story does to them."""

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


def found_pair(home: Path, closing: ExitStack, *, demonstration: bool = True) -> Pair:
    """Two new nodes that run, their posts those of the demonstration."""
    ports = dict(zip(SERVED, free_ports(len(SERVED)), strict=True))
    made = {code: _make(home / code, BY_CODE[code], ports[code], demonstration=demonstration) for code in SERVED}
    for code, other in (SERVED, SERVED[::-1]):
        _employ(home / code, BY_CODE[code])
        with open_node(home / code) as opened:
            add_partner(opened.node, made[other].card)
            confirm_partner(opened.node, other, made[other].safety_number)
    houses = {str(code): House(code=code, address=f"http://127.0.0.1:{ports[code]}", directory=home / code, dossiers={}) for code in SERVED}
    pair = Pair(houses=houses, closing=closing, processes={})
    for code in SERVED:
        pair.processes[code] = started(home / code, closing)
    for process in pair.processes.values():
        process.await_running()
    _agree(houses[RABAT], houses[PARIS])
    return pair


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


def _agree(author: House, other: House) -> None:
    action = {"action": "agreement.propose", "to": [other.code], "title": "Accord de coopération", "coded": TERMS, "unit": "desk"}
    agreement = str(author.call("act", officer="chef", action=action)["dossier"])
    wait_for(lambda: agreement in {row["dossier"] for row in other.call("show", officer="chef")["dossiers"]}, what="the agreement")
    other.call("act", officer="chef", action={"action": "agreement.consent", "dossier": agreement})
    wait_for(lambda: all(row["waiting_entries"] == 0 for row in other.call("doctor")["partners"]), what="the consent")
