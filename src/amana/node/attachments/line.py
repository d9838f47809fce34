# SPDX-License-Identifier: EUPL-1.2
"""What is remembered of the exchange of attachments with one partner; all of it can be lost at any moment.

When to try again: soon at first, never more than half a minute where the partner does not answer, and ten minutes at
most where it answers and nothing moves. Whoever calls leads; the other leaves it to him for some seconds.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from amana.protocol.attachment_exchange import MAX_OFFERS, Want
from amana.protocol.identifiers import EntryId, Millis

Place = tuple[EntryId, int]
FIRST_MS = 500
AWAY_CAP_MS = 30_000  # as for entries
STILL_CAP_MS = 600_000
LEAD_MS = 5_000  # a partner that called this recently, and was left with something to call for, goes on calling
MAX_RESTING = 256
NEVER = Millis(0)


@dataclass(slots=True)
class Line:
    """Mutable on purpose. `lock` guards it, never the wire."""

    asked: tuple[Want, ...] = ()  # what the partner's last response wants: our next request brings it
    done: list[Place] = field(default_factory=list)  # what we need no more, to be told with the next request
    resting: set[Place] = field(default_factory=set)  # what was asked for in vain: others come first
    challenge: bytes = b""
    show_card: bool = False
    repeats: int = 0
    failures: int = 0
    retry_at: Millis = NEVER
    led_at: Millis = NEVER  # when the partner last called about attachments
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def is_led(self, now: Millis) -> bool:
        """Whether the partner is calling about attachments itself just now."""
        return self.led_at != NEVER and 0 <= now - self.led_at < LEAD_MS

    def note_failure(self, now: Millis, *, answered: bool) -> None:
        """It did not answer, or moved nothing: wait longer each time."""
        self.failures += 1
        cap = STILL_CAP_MS if answered else AWAY_CAP_MS
        self.retry_at = Millis(now + min(cap, FIRST_MS * 2 ** min(self.failures - 1, 11)))
        self.asked = ()

    def note_progress(self) -> None:
        """It answered, and something moved."""
        self.failures, self.repeats, self.retry_at = 0, 0, NEVER
        self.resting.clear()

    def rest(self, places: Iterable[Place]) -> None:
        """These were asked for in vain."""
        self.resting.update(places)
        if len(self.resting) > MAX_RESTING:
            self.resting.clear()

    def tell_done(self, places: Iterable[Place]) -> None:
        """Tell the partner with the next request; where it gets lost, the partner offers them again and is told then."""
        self.done = [*self.done, *places][-MAX_OFFERS:]
