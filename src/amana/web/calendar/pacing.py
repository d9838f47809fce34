# SPDX-License-Identifier: EUPL-1.2
"""How often one feed is asked for: a calendar that asks without end gets no more work done than others."""

from __future__ import annotations

import threading
from collections import deque

MOST, WITHIN_SECONDS = 60, 3600.0  # of one feed: several devices that ask every few minutes pass
MOST_FEEDS = 4096  # counted at once; beyond, the one asked for longest ago is forgotten


class Pace:
    """Counts fetches of feeds in this process."""

    def __init__(self, most: int = MOST, within: float = WITHIN_SECONDS) -> None:
        self._most, self._within = most, within
        self._asked: dict[int, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, feed: int, now: float) -> int:
        """Seconds until this feed may be asked for; 0 for now, and then the fetch is counted."""
        with self._lock:
            asked = self._asked.pop(feed, None) or deque()
            self._asked[feed] = asked  # last
            while len(self._asked) > MOST_FEEDS:
                self._asked.pop(next(iter(self._asked)))
            while asked and asked[0] <= now - self._within:
                asked.popleft()
            if len(asked) >= self._most:
                return int(asked[0] + self._within - now) + 1
            asked.append(now)
            return 0
