# SPDX-License-Identifier: EUPL-1.2
"""A full disk: what cannot be kept is refused whole, partners get no receipt and try again, and the node goes on by itself
once there is room.

Full in two ways: the database may not grow (SQLite says so before it writes), or the system writes no further byte (it
says so in the middle of a commit).
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from amana.compose.checking import verify_directory
from amana.protocol.errors import OperatorFault
from tests.processes.nodes import PARIS, RABAT, RealNode, wait_for
from tests.processes.pairs import Pair
from tests.processes.truth import require_one_truth

pytestmark = pytest.mark.processes
ENOUGH = 100
TEXT = "Données fictives. " * 300
ROOM = 100_000  # bytes that every file may still grow
CODES = {"pages": "disk_full", "bytes": "database_error"}


@contextmanager
def full(node: RealNode, way: str) -> Iterator[None]:
    """There is nearly no room on the node's disk meanwhile."""
    if way == "pages":
        node.limit_pages(12)
    else:
        largest = max(path.stat().st_size for path in node.directory.iterdir())
        limit_bytes(node, largest + ROOM)
    yield
    if way == "pages":
        node.limit_pages(None)
    else:
        limit_bytes(node, resource.RLIM_INFINITY)


def limit_bytes(node: RealNode, largest: int) -> None:
    """Let no file of the process grow beyond this size."""
    assert node.process.pid is not None
    resource.prlimit(node.process.pid, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))


def say(node: RealNode, dossier: str) -> str:
    """The id of a new entry of several KiB, or why there is none."""
    try:
        return str(node.act("information_request.supplement", dossier, text=TEXT)["entry"])
    except OperatorFault as fault:
        return fault.code


@pytest.mark.parametrize("way", CODES)
def test_an_act_that_finds_no_room_is_refused_whole_and_the_next_is_taken_when_there_is(pair: Pair, way: str) -> None:
    pair.start()
    said: list[str] = []
    with full(pair.rabat, way):
        outcomes = [say(pair.rabat, pair.dossier) for _ in range(ENOUGH)]
        said += [outcome for outcome in outcomes if len(outcome) == 64]
        assert set(outcomes) - set(said) == {CODES[way]}
        assert outcomes[-1] == CODES[way]
        assert pair.rabat.ask("doctor")["agency"] == RABAT
        found = verify_directory(pair.rabat.directory)
        assert found["first_failure"] is None
    said.append(say(pair.rabat, pair.dossier))
    assert len(said[-1]) == 64
    pair.wait_quiet()
    pair.stop()
    require_one_truth([pair.rabat, pair.paris], {RABAT: said}, ["supplement"])


@pytest.mark.parametrize("way", CODES)
def test_a_partner_without_room_gives_no_receipt_and_gets_everything_later(pair: Pair, way: str) -> None:
    pair.start()
    with full(pair.paris, way):
        said = [say(pair.rabat, pair.dossier) for _ in range(ENOUGH)]
        wait_for(lambda: pair.rabat.partner(PARIS)["failures"] > 1, what="Rabat to be turned away twice")
        assert f'code={CODES[way]} event="request not served"' in pair.paris.log()
        waiting = pair.rabat.partner(PARIS)["waiting_entries"]
        found = verify_directory(pair.paris.directory)
        assert found["first_failure"] is None
        assert waiting > 0
        assert found["entries"] + waiting == verify_directory(pair.rabat.directory)["entries"]
    pair.wait_quiet()
    pair.stop()
    require_one_truth([pair.rabat, pair.paris], {RABAT: said}, ["supplement"])
