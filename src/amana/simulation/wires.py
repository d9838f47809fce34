# SPDX-License-Identifier: EUPL-1.2
"""The wires between simulated agencies: what can happen to a message, how often, and who is cut off from whom.

A wire does no more than an attacker on the network could: lose, repeat, hold back, change a byte. It forges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

from amana.protocol.identifiers import AgencyCode, Millis
from amana.simulation.chance import SeededRandomness

MESSAGE_MS = 20  # a message and its answer take this long


class Fate(StrEnum):
    """What becomes of one request and its response."""

    DELIVERED = "delivered"
    REQUEST_LOST = "request_lost"
    RESPONSE_LOST = "response_lost"
    DOUBLED = "doubled"  # the request arrives twice; the first response counts
    DELAYED = "delayed"  # the request arrives later, out of order, when nobody waits for the response any more
    REQUEST_CORRUPTED = "request_corrupted"  # one byte changed
    RESPONSE_CORRUPTED = "response_corrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """How many of a hundred exchanges meet each fate; the rest is delivered."""

    request_lost: int = 0
    response_lost: int = 0
    doubled: int = 0
    delayed: int = 0
    request_corrupted: int = 0
    response_corrupted: int = 0


NO_FAULTS = Faults()
ROUGH = Faults(request_lost=8, response_lost=8, doubled=8, delayed=8, request_corrupted=4, response_corrupted=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A request that is still on its way."""

    sender: AgencyCode
    receiver: AgencyCode
    wire: bytes
    due: Millis
    attachments: bool = False  # of the exchange of attachments


class Wires:
    """All wires of a federation. `faults` may be set at any time."""

    def __init__(self, chance: SeededRandomness) -> None:
        self.faults = NO_FAULTS
        self._chance = chance
        self._apart: list[tuple[frozenset[AgencyCode], frozenset[AgencyCode]]] = []

    def partition(self, here: Iterable[AgencyCode], there: Iterable[AgencyCode]) -> None:
        """Nothing passes between these two sets until `heal`."""
        self._apart.append((frozenset(here), frozenset(there)))

    def heal(self) -> None:
        """Every wire works again, without faults."""
        self._apart.clear()
        self.faults = NO_FAULTS

    def connected(self, one: AgencyCode, other: AgencyCode) -> bool:
        """Whether anything passes between two agencies."""
        return not any((one in here and other in there) or (one in there and other in here) for here, there in self._apart)

    def decide_fate(self) -> Fate:
        """What becomes of the next exchange."""
        drawn = self._chance.below(100)
        for field in fields(self.faults):
            share: int = getattr(self.faults, field.name)
            if drawn < share:
                return Fate(field.name)
            drawn -= share
        return Fate.DELIVERED

    def corrupt(self, wire: bytes) -> bytes:
        """The message with one byte changed."""
        at, flip = self._chance.below(len(wire)), 1 + self._chance.below(255)
        return wire[:at] + bytes([wire[at] ^ flip]) + wire[at + 1 :]
