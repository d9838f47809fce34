# SPDX-License-Identifier: EUPL-1.2
"""After each commit, in a thread of its own: the search index is brought up to date, and open pages are told if there is news.

News is an entry, a head or receipt, a file that has come whole, or an event of the node's own log that somebody's page
shows; that a person looked at something or signed in is none, or every look would renew every page. The writer is never
held up: a commit only wakes the thread. A search that comes first brings the index up to date itself, so what it finds is never old.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

from amana.node.attachments.wanted import WANTED
from amana.node.ports import Reading
from amana.storage.orm.journal import OrmJournal
from amana.storage.search_index import SearchIndex

PAUSE_SECONDS = 0.1  # a burst of commits is taken in once
BATCH = 500
QUIET = frozenset({"consulted", "signed_in", "signed_out"})
LOG = structlog.get_logger("amana.pages")
AWAITED = 1_000  # files that are still to come: as many as are counted
Seen = tuple[int, int, tuple[tuple[str, int, int], ...], int]  # last arrival, last local event, logs with sizes and receipts, files to come


class Noticing:
    """A search index and the thread that keeps it; `told` is called, from that thread, when there is news."""

    def __init__(self, journal: OrmJournal, told: Callable[[], None]) -> None:
        self.index = SearchIndex()
        self._journal = journal
        self._told = told
        self._changed = threading.Event()
        self._ended = threading.Event()
        self._seen: Seen = (0, 0, (), 0)
        self._thread = threading.Thread(target=self._keep, name="noticing", daemon=True)

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
            try:
                news = self._journal.read(self._look)
            except Exception as error:  # noqa: BLE001 - whatever it is, pages are told and the thread goes on
                LOG.warning("not noticed", error=type(error).__name__)
                news = 1
            if news:
                self._told()
            self._ended.wait(PAUSE_SECONDS)

    def _look(self, reading: Reading) -> int:
        """Take in what was committed since; how much of it is news."""
        self.index.catch_up(reading)
        arrival, seq, logs, awaited = self._seen
        news = 0
        while rows := reading.entries_by_arrival(arrival, BATCH):
            arrival, news = rows[-1][0], news + len(rows)
        while events := reading.local_after(seq, BATCH):
            seq = events[-1].seq
            news += sum(1 for event in events if event.type not in QUIET)
        now = tuple((str(log.origin), log.size, log.receipted) for log in reading.logs())
        files = len(reading.records(WANTED, limit=AWAITED))
        news += (now, files) != (logs, awaited)
        self._seen = (arrival, seq, now, files)
        return news
