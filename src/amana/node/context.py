# SPDX-License-Identifier: EUPL-1.2
"""A node as its parts see it: who it is, what it may accept, its journal, clock, randomness, fence and keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from amana.node.askings import Askings
from amana.node.keys import NodeKeys
from amana.node.ports import Clock, FaultPoint, Fence, Journal, Randomness, no_fault
from amana.protocol.card import VerifiedCard
from amana.protocol.identifiers import AgencyCode
from amana.protocol.marking import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSettings:
    """What the agency has decided about its node; read once from its configuration file."""

    limit: Level = Level.RESTRICTED  # the highest classification the node accepts (Diffusion Restreinte by default)
    desk_unit: str = "desk"  # where dossiers arrive that nobody has been assigned
    four_eyes: frozenset[str] = frozenset()  # entry types ("kind.type") that a second person releases
    supervisors_bind: bool = False  # only a supervisor says what binds the agency; on in every real node
    quarantine_per_hour: int = 120  # refused messages kept whole; beyond, they are only counted


def _wake_nobody(_partner: AgencyCode) -> None:
    """Nobody drives exchanges: what waits leaves with the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One agency's installation, ready to act. Shared by threads; holds no state of its own but its ports and the questions that wait."""

    code: AgencyCode
    settings: NodeSettings
    journal: Journal
    clock: Clock
    randomness: Randomness
    fence: Fence
    keys: NodeKeys = field(repr=False)
    card: VerifiedCard
    fault: FaultPoint = no_fault
    askings: Askings = field(default_factory=Askings, repr=False)
    wake: Callable[[AgencyCode], None] = field(default=_wake_nobody, repr=False)
    """Called after a commit that left something for a partner; starts an exchange without polling."""
