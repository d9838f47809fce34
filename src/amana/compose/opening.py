# SPDX-License-Identifier: EUPL-1.2
"""Opening a node directory: lock, configuration, keys, database, fence, in this order; and closing it again.

Two processes never hold one directory: the second gets OperatorFault `node_running`.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from amana.compose.config import NodeConfig, load_config
from amana.compose.ports import SystemClock, SystemRandomness
from amana.compose.shapes import complete_shapes
from amana.node.context import Node
from amana.node.exchange import Exchange
from amana.node.keys import NodeKeys, open_keys
from amana.node.outbox import raise_fence
from amana.node.ports import FaultPoint, no_fault
from amana.protocol.card import VerifiedCard, verify_card
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import AgencyCode
from amana.storage.fence import FileFence
from amana.storage.keyfile import read_key_file, read_passphrase
from amana.storage.lockfile import hold_directory
from amana.storage.orm.journal import OrmJournal

FAULT_VARIABLE = "AMANA_FAULT_POINT"


def _nobody(partner: AgencyCode) -> None:
    """Nobody drives exchanges: what waits leaves with the next `amana sync` or `amana run`."""


class Waker:
    """Passes "something waits for this partner" on to whoever drives the exchanges, if anybody does."""

    def __init__(self) -> None:
        self.wake: Callable[[AgencyCode], None] = _nobody

    def __call__(self, partner: AgencyCode) -> None:
        """Wake the exchange with a partner."""
        self.wake(partner)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNode:
    """A node directory in use by this process."""

    directory: Path
    config: NodeConfig
    node: Node
    exchange: Exchange
    journal: OrmJournal
    fence: FileFence
    waker: Waker


@contextmanager
def open_node(directory: Path, *, fault: FaultPoint | None = None) -> Iterator[OpenNode]:
    """Use a node directory; it is locked meanwhile. Raises OperatorFault with what to mend.

    `fault` is called at every fault point; benchmarks watch by it, tests crash by the environment.
    """
    complete_shapes()  # the journal's writer is the second thread
    config = load_config(directory)
    config.require_sane()
    with ExitStack() as closing:
        closing.enter_context(hold_directory(directory))
        keys = read_working_keys(directory, config)
        fault = fault or crash_point(os.environ.get(FAULT_VARIABLE, ""))
        journal = closing.enter_context(OrmJournal(directory / config.database, fault=fault))
        fence = closing.enter_context(FileFence(directory / config.fence))
        waker = Waker()
        node = Node(
            code=config.code,
            settings=config.settings(),
            journal=journal,
            clock=SystemClock(),
            randomness=SystemRandomness(),
            fence=fence,
            keys=keys,
            card=own_card(journal, keys),
            fault=fault,
            wake=waker,
        )
        raise_fence(node)
        yield OpenNode(
            directory=directory,
            config=config,
            node=node,
            exchange=Exchange(node),
            journal=journal,
            fence=fence,
            waker=waker,
        )


def read_working_keys(directory: Path, config: NodeConfig) -> NodeKeys:
    """The node's working keys. Raises OperatorFault `no_passphrase`, `wrong_passphrase_or_damaged_key_file`, …."""
    passphrase = load_passphrase(directory, config)
    return open_keys(read_key_file(directory / config.working_keys, passphrase))


def load_passphrase(directory: Path, config: NodeConfig) -> bytes:
    """The passphrase of the key files, from the service manager or the file that the configuration names."""
    named = config.key_passphrase_file
    return read_passphrase(os.environ, directory / named if named else None)


def own_card(journal: OrmJournal, keys: NodeKeys) -> VerifiedCard:
    """This node's card, which must name its keys. Raises OperatorFault `no_card`, `card_of_other_keys`."""
    signed = journal.read(lambda reading: reading.record("own_card", b""))
    if signed is None:
        raise OperatorFault("no_card")
    card = verify_card(signed, known=None)
    if card.card.head != keys.head.public or card.card.request != keys.request.public:
        raise OperatorFault("card_of_other_keys")
    return card


def crash_point(wanted: str) -> FaultPoint:
    """A fault point that kills this process where the tests ask for it; does nothing otherwise.

    `wanted` is a name, or name:count for the count-th time that it is passed.
    """
    if not wanted:
        return no_fault
    name, _, count = wanted.partition(":")
    left = [int(count or "1")]

    def crash(passed: str) -> None:
        if passed == name:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return crash
