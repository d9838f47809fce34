# SPDX-License-Identifier: EUPL-1.2
"""Node directories and node processes for tests: made cheaply, started, asked, stopped, killed, always cleaned up.

Whoever waits asks again until a bound; nothing sleeps for a guessed time. Only processes started here are ended here.
"""

from __future__ import annotations

import base64
import json
import multiprocessing
import os
import random
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import permutations
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any, TypeVar

import pytest

from amana.compose.calling import call_node
from amana.compose.control import ask_running, find_running
from amana.compose.creating import Created, Wanted, create_node
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import AgencyCode
from amana.storage.keyfile import Cost
from tests.processes.node_process import LOG, SAID, run

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
RABAT, TEMARA, PARIS, LEVALLOIS = "ma.dgsn", "ma.dgst", "fr.dgpn", "fr.dgsi"
CHEAP = Cost(lanes=1, memory=1024, passes=1)  # opening the key files is not what these tests are about
OFFICER = "amal"
PATIENCE = 30.0  # seconds: far more than anything here takes
PAUSE = 0.02
PORTS = range(15_000, 32_000)  # below the range from which systems take the near end of a connection
HOUR = 3_600_000
TERMS = {
    "areas": ["drugs"],
    "forms": ["information"],
    "version": 1,
    "articles": [{"number": "1", "areas": ["drugs"], "forms": ["information"]}],
    "conditions": {"clocks": {"other": 168 * HOUR, "urgent": 72 * HOUR, "urgent_direct": 8 * HOUR}},
}


def wait_for(ask: Callable[[], T | None], *, what: str, seconds: float = PATIENCE) -> T:
    """What `ask` gives once it gives anything but None or False; a machine that stood still meanwhile is forgiven."""
    waited = 0.0
    while True:
        begun = time.monotonic()
        found = ask()
        if found is not None and found is not False:
            return found
        assert waited < seconds, f"waited {waited:.0f} s for {what}"
        time.sleep(PAUSE)
        waited += min(1.0, time.monotonic() - begun)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now, and that no outgoing connection will be given."""
    found: list[int] = []
    while len(found) < count:
        port = random.SystemRandom().choice(PORTS)
        with socket.socket() as probe:
            if port not in found and probe.connect_ex(("127.0.0.1", port)) != 0:
                found.append(port)
    return found


def create_agencies(root: Path, codes: Sequence[str]) -> dict[str, Created]:
    """Node directories of agencies that are all partners of each other, with one officer each."""
    made: dict[str, Created] = {}
    for code, port in zip(codes, free_ports(len(codes)), strict=True):
        wanted = Wanted(
            code=AgencyCode(code),
            names={"ar": code, "fr": code, "en": code},
            port=port,
            addresses=(f"http://127.0.0.1:{port}",),
            cost=CHEAP,
        )
        made[code] = create_node(root / code, wanted)
        officer = {"name": "Amal", "role": "supervisor", "units": ["desk"], "account": OFFICER, "language": "fr"}
        call_node(root / code, "officer_add", officer)
    for here, there in permutations(codes, 2):
        call_node(root / here, "partner_add", {"card": base64.b64encode(made[there].card).decode()})
        call_node(root / here, "partner_confirm", {"code": there, "number": made[there].safety_number})
    return made


@cache
def forking() -> ForkServerContext:
    """Where node processes come from: a server that has imported the program and forks, so that starting one is quick."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.processes.node_process"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{ROOT / 'src'}{os.pathsep}{ROOT}")
        forkserver.ensure_running()
    return context


class RealNode:
    """A node directory and, while it runs, its process."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.code = directory.name
        self._process: ForkServerProcess | None = None
        self._commands: Connection | None = None

    @property
    def database(self) -> Path:
        """Its database file."""
        return self.directory / "node.db"

    @property
    def process(self) -> ForkServerProcess:
        """The process that was started last."""
        assert self._process is not None, f"{self.code} was never started"
        return self._process

    @property
    def commands(self) -> Connection:
        """The line to the process."""
        assert self._commands is not None, f"{self.code} does not run"
        return self._commands

    def start(self, *, fault: str = "", ready: bool = True) -> None:
        """Start the process; with `ready`, return once it answers. `fault`: where it kills itself, name:count."""
        if self._process is not None:
            assert self.has_ended(), f"{self.code} runs already"
            self.wait()
        (self.directory / SAID).unlink(missing_ok=True)
        self._commands, theirs = multiprocessing.Pipe()
        starting = forking().Process(target=run, args=(self.directory, fault, theirs), daemon=True)
        starting.start()
        self._process = starting
        theirs.close()
        if ready:
            wait_for(self.is_up, what=f"{self.code} to answer")

    def is_up(self) -> bool:
        """Whether it answers; fails where it has ended instead."""
        code = self.process.exitcode
        assert code is None, f"{self.code} ended with {code}:\n{self.said()}\n{self.log()[-2000:]}"
        return find_running(self.directory) is not None

    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self.process.exitcode is not None

    def ask(self, verb: str, **arguments: Any) -> dict[str, Any]:
        """Have the running node do something. Raises what it raised, OperatorFault `node_went_away`."""
        running = find_running(self.directory)
        if running is None:
            raise OperatorFault("node_went_away")
        return ask_running(running, verb, arguments, seconds=4 * PATIENCE)

    def ask_offline(self, verb: str, **arguments: Any) -> dict[str, Any]:
        """The same while it does not run, by opening its directory here."""
        return call_node(self.directory, verb, arguments)

    def act(self, action: str, dossier: str = "", **more: Any) -> dict[str, Any]:
        """One action of the officer."""
        return self.ask("act", officer=OFFICER, action={"action": action, "dossier": dossier, **more})

    def act_often(self, count: int, action: str, dossier: str, **more: Any) -> list[str]:
        """The same action many times in one write; the entries' ids."""
        actions = [{"action": action, "dossier": dossier, **more}] * count
        return [str(done["entry"]) for done in self.ask("act_many", officer=OFFICER, actions=actions)["done"]]

    def dossiers(self) -> dict[str, int]:
        """Dossiers that the officer sees, with how many entries each has."""
        return {row["dossier"]: int(row["entries"]) for row in self.ask("show", officer=OFFICER)["dossiers"]}

    def partner(self, code: str) -> dict[str, Any]:
        """What the node says of the exchange with a partner."""
        return next(row for row in self.ask("doctor")["partners"] if row["code"] == code)

    def is_quiet(self) -> bool:
        """Whether nothing waits for any partner."""
        return all(row["waiting_entries"] == 0 for row in self.ask("doctor")["partners"])

    def limit_pages(self, more: int | None) -> None:
        """Let the database grow by `more` pages only; None: as it likes."""
        self.commands.send(more)
        assert self.commands.poll(PATIENCE)
        assert self.commands.recv() == "done"

    def signal(self, number: signal.Signals) -> None:
        """Send the process a signal."""
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.signal(signal.SIGTERM)
        return self.wait()

    def kill(self) -> None:
        """SIGKILL, if it runs; nothing of the process is left afterwards."""
        if self._process is not None:
            self._process.kill()
            self.wait()

    def wait(self) -> int:
        """The exit code, once it has ended."""
        wait_for(self.has_ended, what=f"the end of {self.code}")
        code = self.process.exitcode
        assert code is not None
        if self._commands is not None:
            self._commands.close()
            self._commands = None
        return code

    def was_killed(self) -> bool:
        """Whether it ended by kill -9."""
        return self.process.exitcode == -signal.SIGKILL

    def said(self) -> str:
        """What it wrote to standard output."""
        return (self.directory / SAID).read_text()

    def log(self) -> str:
        """What it logged."""
        return (self.directory / LOG).read_text()

    def refusal(self) -> tuple[int, str, Mapping[str, Any]]:
        """Exit code, fault code and facts of a process that did not come up."""
        code = self.wait()
        told = json.loads(self.said().splitlines()[-1])
        return code, str(told["fault"]), told["facts"]


@contextmanager
def real_nodes(root: Path, codes: Sequence[str]) -> Iterator[list[RealNode]]:
    """Nodes on existing directories below `root`; none of their processes is left behind."""
    nodes = [RealNode(root / code) for code in codes]
    try:
        yield nodes
    finally:
        for node in nodes:
            node.kill()


def agree(author: RealNode, *others: RealNode) -> str:
    """An agreement in force among running nodes; its dossier."""
    to = sorted(other.code for other in others)
    agreement = str(author.act("agreement.propose", to=to, title="Accord", coded=TERMS)["dossier"])
    for other in others:
        wait_for(lambda other=other: agreement in other.dossiers(), what="the agreement")  # type: ignore[misc]  # a default binds the loop's value
        other.act("agreement.consent", agreement)
    for node in (author, *others):
        wait_for(node.is_quiet, what=f"{node.code} to be quiet")
    return agreement


def ask(asker: RealNode, *asked: RealNode, **more: Any) -> str:
    """An information request that has arrived everywhere; its dossier."""
    coded = {"area": "drugs", "types": ["information"], "urgency": "ordinary"}
    to = sorted(node.code for node in asked)
    dossier = str(asker.act("information_request.request", to=to, title="Mesure", coded=coded, **more)["dossier"])
    for node in asked:
        wait_for(lambda node=node: dossier in node.dossiers(), what="the request")  # type: ignore[misc]  # a default binds the loop's value
    return dossier


def copy_agencies(template: Path, to: Path) -> Path:
    """Directories of stopped nodes, copied with their ports: copies of one template run one set at a time."""
    shutil.copytree(template, to, ignore=shutil.ignore_patterns("control.sock", "run.*"))
    return to
