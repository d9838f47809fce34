# SPDX-License-Identifier: EUPL-1.2
"""One node process of `amana bench exchange`: the product's own `run_node`; with a plan it drives the measurement.

The driver calls the action function in this process, as pages do, and learns of receipts by the product's fault
points. CPU is the whole process's, read on both nodes before and after.
"""

from __future__ import annotations

import os
import statistics
import sys
import threading
import time
from pathlib import Path

import msgspec

from amana.bench.processes import READY
from amana.compose.control import ask_running, find_running
from amana.compose.logs import configure_logs
from amana.compose.opening import OpenNode
from amana.compose.running import run_node
from amana.node.actions.act import act_many
from amana.node.ports import LogRow, Reading

TEXT = "Information complémentaire, données fictives. " * 12  # with its header and frame an entry of about 1 KiB
AHEAD = 8  # batches that may wait for their step while the next one is made


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What to measure."""

    dossier: str
    entries: int
    batch: int
    paced: int
    per_second: int
    partner_directory: str


class Driver:
    """Acts at A, waits for the receipts stored at A."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.receipt = threading.Event()

    def passed(self, point: str) -> None:
        """A fault point of the node was passed."""
        if point == "outbox.receipt_stored":
            self.receipt.set()

    def start(self, opened: OpenNode) -> None:
        """Begin once the node runs."""
        os.write(sys.stdout.fileno(), READY)
        threading.Thread(target=self._drive, args=(opened,), daemon=True).start()

    def _drive(self, opened: OpenNode) -> None:
        figures = self._through(opened)
        figures |= self._paced(opened)
        os.write(sys.stdout.fileno(), msgspec.json.encode(figures) + b"\n")

    def _act(self, opened: OpenNode, count: int) -> None:
        action = {"action": "information_request.supplement", "dossier": self.plan.dossier, "text": TEXT, "language": "fr"}
        act_many(opened.node, "bench", [action] * count)

    def _through(self, opened: OpenNode) -> dict[str, float]:
        """Full speed: batches of actions, at most AHEAD of them without a receipt."""
        self._act(opened, 1)
        base = self._wait_for(opened, 1 + self._receipted(opened))
        cpu = self._cpu()
        start = time.perf_counter()
        for made in range(0, self.plan.entries, self.plan.batch):
            self._act(opened, self.plan.batch)
            self._wait_for(opened, base + made - (AHEAD - 1) * self.plan.batch)
        self._wait_for(opened, base + self.plan.entries)
        seconds = time.perf_counter() - start
        return {
            "entries_per_second": self.plan.entries / seconds,
            "cpu_ms_per_entry": (self._cpu() - cpu) * 1000 / self.plan.entries,
        }

    def _paced(self, opened: OpenNode) -> dict[str, float]:
        """One action at a time at a fixed pace."""
        delays = []
        due = time.perf_counter()
        for _ in range(self.plan.paced):
            due += 1 / self.plan.per_second
            time.sleep(max(0.0, due - time.perf_counter()))
            wanted = self._receipted(opened) + 1
            start = time.perf_counter()
            self._act(opened, 1)
            self._wait_for(opened, wanted)
            delays.append((time.perf_counter() - start) * 1000)
        cuts = statistics.quantiles(delays, n=20, method="inclusive")
        return {"p50_ms": statistics.median(delays), "p95_ms": cuts[18]}

    def _wait_for(self, opened: OpenNode, receipted: int) -> int:
        while True:
            self.receipt.clear()
            got = self._receipted(opened)
            if got >= receipted:
                return got
            if not self.receipt.wait(60):
                raise RuntimeError("no receipt for a minute")

    def _receipted(self, opened: OpenNode) -> int:
        def ask(reading: Reading) -> list[LogRow]:
            return [log for log in reading.logs() if log.outgoing]

        return max((log.receipted for log in opened.journal.read(ask)), default=0)

    def _cpu(self) -> float:
        """Seconds of both node processes."""
        partner = find_running(Path(self.plan.partner_directory))
        if partner is None:
            raise RuntimeError("the other node does not run")
        return time.process_time() + float(ask_running(partner, "doctor", {})["cpu_seconds"])


def _ready(_opened: OpenNode) -> None:
    os.write(sys.stdout.fileno(), READY)


if __name__ == "__main__":
    configure_logs(verbose=False)
    if len(sys.argv) > 2:
        driver = Driver(msgspec.json.decode(sys.argv[2], type=Plan))
        run_node(Path(sys.argv[1]), on_ready=driver.start, fault=driver.passed)
    else:
        run_node(Path(sys.argv[1]), on_ready=_ready)
