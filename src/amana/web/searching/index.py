# SPDX-License-Identifier: EUPL-1.2
"""The index of one node kept up to date beside the pages: built at start and after commits, in a thread of its own.

The writer is never held up: a commit only wakes the thread. A search that comes first brings the index up to date
itself, so what it finds is never old.
"""

from __future__ import annotations

import threading

from amana.storage.orm.journal import OrmJournal
from amana.storage.search_index import SearchIndex

PAUSE_SECONDS = 1.0  # a burst of commits is taken in once


class KeptIndex:
    """A search index and the thread that keeps it."""

    def __init__(self, journal: OrmJournal) -> None:
        self.index = SearchIndex()
        self._journal = journal
        self._changed = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="search-index", daemon=True)

    def start(self) -> None:
        """Build the index, then keep it."""
        self._changed.set()
        self._thread.start()

    def changed(self) -> None:
        """Something was committed; from any thread, at once."""
        self._changed.set()

    def stop(self) -> None:
        """End the thread; what it reads meanwhile is finished."""
        self._ended.set()
        self._changed.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _keep(self) -> None:
        while True:
            self._changed.wait()
            if self._ended.is_set():
                return
            self._changed.clear()
            self._journal.read(self.index.catch_up)
            self._ended.wait(PAUSE_SECONDS)
