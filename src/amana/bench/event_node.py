# SPDX-License-Identifier: EUPL-1.2
"""One node process of `amana bench event`: the product's own `run_node` with its pages, told on stdin what to write.

It calls the action function in this process, as pages do, and learns of receipts by the product's fault points. Each
order is a line of JSON, and so is each answer.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from pathlib import Path
from typing import Any

import msgspec

from amana.bench.processes import READY
from amana.compose.logs import configure_logs
from amana.compose.opening import OpenNode
from amana.compose.running import run_node
from amana.node.actions.act import act_many
from amana.node.ports import Reading

OFFICER = "bench"
BATCH = 250  # lines that share a transaction
AHEAD = 8  # batches that may wait for their receipts while the next one is made
MINUTE = 60_000
MINUTES = 24 * 60
CATEGORIES = ("fact", "fact", "fact", "crowd", "transport", "forces", "border", "threat", "cyber", "health", "apprehension", "media")
COUNTED = frozenset({"crowd", "apprehension"})
TEXTS = (
    "Ouverture des accès, flux réguliers, aucun incident à signaler, données fictives.",
    "Équipe mixte en place au point de contrôle, relève effectuée, données fictives.",
    "Affluence en hausse à la sortie de la station, filtrage renforcé, données fictives.",
)


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What to write: `count` lines into a day's log, in batches or one by one; `mark` stands in the words of a single line."""

    dossier: str
    day: int
    count: int
    single: bool = False
    mark: str = ""


class Writer:
    """Writes what is ordered, and waits for the receipts of every partner."""

    def __init__(self) -> None:
        self._receipt = threading.Event()
        self._chance = random.Random(5)  # noqa: S311 - a choice of words, no secret

    def passed(self, point: str) -> None:
        """A fault point of the node was passed."""
        if point == "outbox.receipt_stored":
            self._receipt.set()

    def start(self, opened: OpenNode) -> None:
        """Begin once the node runs."""
        os.write(sys.stdout.fileno(), READY)
        threading.Thread(target=self._obey, args=(opened,), daemon=True).start()

    def _obey(self, opened: OpenNode) -> None:
        for line in sys.stdin:
            order = msgspec.json.decode(line, type=Order)
            waited = self._one_by_one(opened, order) if order.single else self._many(opened, order)
            os.write(sys.stdout.fileno(), msgspec.json.encode({"waited": waited}) + b"\n")

    def _one_by_one(self, opened: OpenNode, order: Order) -> list[float]:
        """Seconds of each append, until it is on disk here."""
        waited = []
        for _ in range(order.count):
            line = self._line(order)
            start = time.perf_counter()
            act_many(opened.node, OFFICER, [line])
            waited.append(time.perf_counter() - start)
        return waited

    def _many(self, opened: OpenNode, order: Order) -> list[float]:
        """Seconds for all of them, until every partner has receipted them."""
        start = time.perf_counter()
        base = self._receipted(opened, 0)
        for made in range(0, order.count, BATCH):
            act_many(opened.node, OFFICER, [self._line(order) for _ in range(min(BATCH, order.count - made))])
            self._receipted(opened, base + made - (AHEAD - 1) * BATCH)
        self._receipted(opened, base + order.count)
        return [time.perf_counter() - start]

    def _line(self, order: Order) -> dict[str, Any]:
        category = self._chance.choice(CATEGORIES)
        coded = {"at": order.day + self._chance.randrange(MINUTES) * MINUTE, "category": category, "source": "desk"}
        if category in COUNTED:
            coded["number"] = self._chance.randrange(1, 5)
        text = f"{order.mark} {self._chance.choice(TEXTS)}".strip()
        return {"action": "event_day.line", "dossier": order.dossier, "coded": coded, "text": text, "language": "fr"}

    def _receipted(self, opened: OpenNode, wanted: int) -> int:
        """Wait until every partner has receipted so much; how much the slowest has."""

        def ask(reading: Reading) -> int:
            return min((log.receipted for log in reading.logs() if log.outgoing), default=0)

        while True:
            self._receipt.clear()
            got = opened.journal.read(ask)
            if got >= wanted:
                return got
            if not self._receipt.wait(60):
                raise RuntimeError("no receipt for a minute")


if __name__ == "__main__":
    configure_logs(verbose=False)
    writer = Writer()
    run_node(Path(sys.argv[1]), on_ready=writer.start, fault=writer.passed)
