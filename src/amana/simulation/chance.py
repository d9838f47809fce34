# SPDX-License-Identifier: EUPL-1.2
"""Time and chance of a simulation: one time line, clocks that may stand askew, and bytes that follow from a seed.

The same seed gives the same tokens and the same choices, hence the same entries with the same ids in the same order
of exchanges. Signatures and sealed bytes still differ between two runs: ML-DSA and HPKE draw their own randomness.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from amana.protocol.identifiers import Millis

T = TypeVar("T")
START = Millis(1_795_219_200_000)  # 2026-11-21 00:00 UTC, where every simulation begins


@dataclass(slots=True)
class Timeline:
    """The one time that passes in a simulation; it only rises."""

    now: Millis = START

    def advance(self, by: int) -> None:
        """Let `by` milliseconds pass."""
        if by < 0:
            raise ValueError("time only rises")
        self.now = Millis(self.now + by)


@dataclass(slots=True)
class SimulatedClock:
    """One agency's clock: the time line's, `skew` milliseconds ahead (negative: behind)."""

    timeline: Timeline
    skew: int = 0

    def now(self) -> Millis:
        """What this clock shows."""
        return Millis(self.timeline.now + self.skew)


class SeededRandomness:
    """SHA-256 over label, seed, name and a counter. For simulations only: whoever knows the seed knows every byte."""

    def __init__(self, seed: int, name: str) -> None:
        self._base = hashlib.sha256(f"amana/simulation/{seed}/{name}".encode()).digest()
        self._counter = 0

    def token(self, length: int) -> bytes:
        """The next `length` bytes."""
        drawn = b""
        while len(drawn) < length:
            drawn += hashlib.sha256(self._base + self._counter.to_bytes(8, "big")).digest()
            self._counter += 1
        return drawn[:length]

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1."""
        return int.from_bytes(self.token(8), "big") % limit

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The values in another order."""
        left = list(values)
        return [left.pop(self.below(len(left))) for _ in range(len(left))]
