# SPDX-License-Identifier: EUPL-1.2
"""One node of a test as a process of its own: the product's `run_node`, nothing in it replaced.

The test holds the other end of `commands`: its end, however it came, ends the node as SIGTERM does, so that no node
outlives its test. A number sent over it limits the database to so many more pages, as a disk that is nearly full; None
makes room again. A set-up that cannot run is told as one JSON line on standard output, exit code 2.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from amana.compose.logs import configure_logs
from amana.compose.opening import FAULT_VARIABLE, OpenNode
from amana.compose.running import run_node
from amana.protocol.errors import OperatorFault

PLENTY = 1_000_000_000
SAID, LOG = "run.out", "run.log"


def run(directory: Path, fault: str, commands: Connection) -> None:
    """The whole life of the process."""
    for number, name in ((1, SAID), (2, LOG)):
        opened = os.open(directory / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    faulthandler.enable(file=2)  # a crash that nobody ordered shows where it was
    os.environ[FAULT_VARIABLE] = fault
    os.environ.pop("CREDENTIALS_DIRECTORY", None)
    configure_logs(verbose=True)
    running: SimpleQueue[OpenNode] = SimpleQueue()
    threading.Thread(target=obey, args=(commands, running), daemon=True).start()
    try:
        run_node(directory, on_ready=running.put)
    except OperatorFault as refused:
        say(json.dumps({"fault": refused.code, "facts": dict(refused.facts)}))
        sys.exit(2)


def obey(commands: Connection, running: SimpleQueue[OpenNode]) -> None:
    """Do what the test says until it ends."""
    opened: OpenNode | None = None
    while True:
        try:
            pages: int | None = commands.recv()
        except (EOFError, OSError):
            os.kill(os.getpid(), signal.SIGTERM)
            return
        opened = opened or running.get()  # it answers others a moment before it tells us that it is up
        limit_pages(opened, PLENTY if pages is None else pages)
        commands.send("done")


def limit_pages(opened: OpenNode, more: int) -> None:
    """Let the database file grow by so many pages."""

    def act(writing: Any) -> None:
        (held,) = writing.raw.execute("PRAGMA page_count").fetchone()
        writing.raw.execute(f"PRAGMA max_page_count = {held + more}").fetchone()

    opened.journal.write(act)


def say(line: str) -> None:
    """One line to whoever reads standard output."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
