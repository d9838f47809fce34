# SPDX-License-Identifier: EUPL-1.2
"""One process holds a node directory: a second is refused in words, and what a killed one left behind is no obstacle."""

from __future__ import annotations

import pytest

from amana.compose.checking import rebuild_directory
from amana.compose.control import SOCKET_NAME
from amana.compose.opening import open_node
from amana.protocol.errors import OperatorFault
from amana.storage.lockfile import NAME
from tests.processes.nodes import RABAT, RealNode
from tests.processes.pairs import Pair
from tests.processes.truth import require_sound

pytestmark = pytest.mark.processes


def test_a_second_run_is_refused_with_the_holders_number_and_the_first_goes_on(pair: Pair) -> None:
    pair.rabat.start()
    second = RealNode(pair.rabat.directory)
    try:
        second.start(ready=False)
        assert second.refusal() == (2, "node_running", {"pid": pair.rabat.process.pid})
    finally:
        second.kill()
    assert pair.rabat.ask("doctor")["agency"] == RABAT
    assert pair.rabat.act("information_request.supplement", pair.dossier, text="De plus.")["entry"]
    assert pair.rabat.stop() == 0


def test_nobody_opens_or_rebuilds_the_directory_of_a_running_node(pair: Pair) -> None:
    pair.rabat.start()
    with pytest.raises(OperatorFault, match="node_running"), open_node(pair.rabat.directory):
        pass
    with pytest.raises(OperatorFault, match="node_running"):
        rebuild_directory(pair.rabat.directory)


def test_what_a_killed_node_leaves_behind_is_no_obstacle(pair: Pair) -> None:
    for _ in range(3):
        pair.rabat.start()
        pair.rabat.kill()
        left = [(pair.rabat.directory / name).exists() for name in (SOCKET_NAME, NAME)]
        assert left == [True, True]
    pair.rabat.start()
    assert pair.rabat.stop() == 0
    assert not (pair.rabat.directory / SOCKET_NAME).exists()
    require_sound(pair.rabat)
