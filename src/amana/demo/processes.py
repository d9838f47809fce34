# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's node processes: started, asked whether they are up, stopped; none outlives the demonstration.

Each is in a process group of its own, so that Ctrl+C at the terminal reaches the demonstration alone, which then
ends them in order. Its standard input is a pipe whose end ends it (see `node_process`).
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from amana.compose.control import find_running
from amana.protocol.errors import OperatorFault

LOG_NAME = "run.log"
MODULE = "amana.demo.node_process"
START_SECONDS = 120.0  # on a machine that does much else
STOP_SECONDS = 20.0
PAUSE = 0.02  # seconds between two questions


class NodeProcess:
    """One running node."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        with (directory / LOG_NAME).open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", MODULE, str(directory)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                process_group=0,
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether the process is no more."""
        return self._process.poll() is not None

    def await_running(self) -> None:
        """Return once the node answers. Raises OperatorFault `demo_node_ended`, `demo_stalled`."""
        until = time.monotonic() + START_SECONDS
        while find_running(self.directory) is None:
            if self._process.poll() is not None:
                raise OperatorFault("demo_node_ended", log=str(self.directory / LOG_NAME))
            if time.monotonic() > until:
                raise OperatorFault("demo_stalled", seconds=int(START_SECONDS))
            time.sleep(PAUSE)

    def ask_to_stop(self) -> None:
        """Have the node end; it may take a moment."""
        if self._process.poll() is None:
            self._process.terminate()

    def stop(self) -> None:
        """End the node and wait for it."""
        self.ask_to_stop()
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def free_ports(count: int) -> tuple[int, ...]:
    """Ports of the loopback interface that nobody listens on just now."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return tuple(int(probe.getsockname()[1]) for probe in probes)
    finally:
        for probe in probes:
            probe.close()


def stop_all(processes: Iterable[NodeProcess]) -> None:
    """End these nodes together."""
    ending = list(processes)
    for process in ending:
        process.ask_to_stop()
    for process in ending:
        process.stop()
