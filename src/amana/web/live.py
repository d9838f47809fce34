# SPDX-License-Identifier: EUPL-1.2
"""Something changed: told to every open page without being asked again and again.

`noticing` calls `changed` when a commit brought news; whoever listens on the event loop is woken, at most
once in PAUSE_SECONDS, and decides itself whether what it shows is still true. Nothing of content passes here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

PAUSE_SECONDS = 0.3  # a burst of commits wakes once
HEARTBEAT_SECONDS = 20.0  # so that a proxy or a closed laptop is noticed
MAX_LISTENERS = 128  # open pages that are told; beyond, a page asks for itself now and then


class Arrivals:
    """Wakes listeners after commits."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listening: set[asyncio.Event] = set()
        self._ended = False

    def start(self) -> None:
        """Call on the event loop."""
        self._loop = asyncio.get_running_loop()

    def changed(self) -> None:
        """Something was committed; from any thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed() and self._listening:
            loop.call_soon_threadsafe(self._wake)

    def stop(self) -> None:
        """End every stream; call on the event loop."""
        self._ended = True
        self._wake()

    @property
    def full(self) -> int:
        """How many more listeners would be too many: 0 while there is room."""
        return max(0, len(self._listening) - MAX_LISTENERS + 1)

    async def listen(self) -> AsyncIterator[str]:
        """`changed` after commits, `alive` in between; ends when the node does."""
        woken = asyncio.Event()
        self._listening.add(woken)
        try:
            while not self._ended:  # ends within a pause where `stop` was called
                try:
                    async with asyncio.timeout(HEARTBEAT_SECONDS):
                        await woken.wait()
                except TimeoutError:
                    yield "alive"
                    continue
                woken.clear()
                if not self._ended:
                    yield "changed"
                await asyncio.sleep(PAUSE_SECONDS)
        finally:
            self._listening.discard(woken)

    def _wake(self) -> None:
        for woken in self._listening:
            woken.set()
