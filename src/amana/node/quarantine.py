# SPDX-License-Identifier: EUPL-1.2
"""Bytes from outside that failed a check: kept apart with the reason and their claimed sender, for the administrator.

They changed nothing. A flood cannot fill the disk: beyond `quarantine_per_hour` records an hour only a count is
kept in memory, and each record holds at most SAMPLE bytes. What a partner has signed, and what anybody could have
sent, are counted apart: nobody hides a partner's faults behind a flood of his own.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque

from amana.node.context import Node
from amana.node.local import Quarantined
from amana.node.records import append_event
from amana.protocol.errors import PeerFault

SAMPLE = 65_536  # bytes of what a partner signed
SAMPLE_OF_ANYBODY = 4_096  # bytes of what nobody has proved to have sent
ANYBODY = ""
HOUR = 60 * 60 * 1000


class Quarantine:
    """The one way refused bytes are kept; shared by every channel of a node."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._recent: defaultdict[str, deque[int]] = defaultdict(deque)  # by the partner that proved to be the sender
        self._lock = threading.Lock()
        self.uncounted = 0
        """Refused messages beyond the hourly limit since the start; shown to the administrator."""

    def keep(self, fault: PeerFault, sample: bytes, *, claimed: str, proven: bool = False) -> None:
        """Record one refused message; `claimed` is whom it says it is from, `proven` where that partner signed it just now."""
        now = self._node.clock.now()
        with self._lock:
            recent = self._recent[claimed if proven else ANYBODY]
            while recent and recent[0] < now - HOUR:
                recent.popleft()
            if len(recent) >= self._node.settings.quarantine_per_hour:
                self.uncounted += 1
                return
            recent.append(now)
        facts = " ".join(f"{name}={value}" for name, value in fault.facts.items())
        event = Quarantined(
            code=fault.code,
            fact=facts[:500],
            check=fault.check,
            sample=sample[: SAMPLE if proven else SAMPLE_OF_ANYBODY],
            claimed=claimed[:32],
            size=len(sample),
        )
        self._node.journal.write(lambda writing: append_event(writing, event, at=now))
