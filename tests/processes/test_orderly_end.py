# SPDX-License-Identifier: EUPL-1.2
"""SIGTERM or SIGINT in the middle of traffic: the process ends within seconds with exit code 0, and what it acknowledged stays."""

from __future__ import annotations

import signal
import threading

import pytest

from amana.protocol.errors import OperatorFault
from tests.processes.nodes import OFFICER, PARIS, RABAT, RealNode, wait_for
from tests.processes.pairs import Pair
from tests.processes.truth import require_one_truth

pytestmark = pytest.mark.processes
IN_GOOD_TIME = 6.0  # seconds
WRITERS = 4


class Traffic:
    """Several officers of one agency writing until their node goes away."""

    def __init__(self, node: RealNode, dossier: str) -> None:
        self.said: set[str] = set()
        self.unknown = 0
        self._node, self._dossier = node, dossier
        self._threads = [threading.Thread(target=self._write) for _ in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def _write(self) -> None:
        while True:
            try:
                self.said.add(self._node.act("information_request.supplement", self._dossier, text="De plus.")["entry"])
            except OperatorFault as fault:
                if fault.code not in ("node_went_away", "journal_closed"):
                    raise
                self.unknown += 1
                return

    def join(self) -> None:
        """Wait for the writers."""
        for thread in self._threads:
            thread.join()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("side", [RABAT, PARIS])
def test_a_signal_ends_a_busy_node_soon_and_loses_nothing(pair: Pair, side: str, name: str) -> None:
    pair.start()
    ending = pair.rabat if side == RABAT else pair.paris
    traffic = Traffic(pair.rabat, pair.dossier)
    wait_for(lambda: len(traffic.said) > 40, what="traffic")
    ending.signal(signal.Signals[name])
    wait_for(ending.has_ended, what="the end", seconds=IN_GOOD_TIME)
    assert ending.wait() == 0
    if ending is not pair.rabat:
        assert pair.rabat.stop() == 0
    traffic.join()
    assert traffic.unknown <= WRITERS

    for node in (pair.rabat, pair.paris):
        if node.has_ended():
            node.start()
    pair.wait_quiet()
    shown = pair.paris.ask("show", officer=OFFICER, dossier=pair.dossier)["entries"]
    arrived = [entry["id"] for entry in shown if entry["type"] == "supplement"]
    assert traffic.said <= set(arrived)
    assert len(arrived) - len(traffic.said) <= traffic.unknown  # done, but the answer did not come through
    pair.stop()
    require_one_truth([pair.rabat, pair.paris], {RABAT: arrived}, ["supplement"])
