# SPDX-License-Identifier: EUPL-1.2
"""`amana.node.ports.Journal` in memory: each write is whole or absent, each read sees one state.

The tables outlive the node that used them, as a disk does: a simulated crash drops the node and starts another
over the same journal. A fault point that raises before the commit discards the write; one that raises after it
leaves the write kept and its caller unaware, as a machine that dies between the two.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from amana.node.ports import FaultPoint, Reading, Writing, no_fault
from amana.protocol.errors import OperatorFault
from amana.storage.memory.reading import MemoryReading
from amana.storage.memory.tables import Tables
from amana.storage.memory.writing import MemoryWriting

T = TypeVar("T")
BEFORE_COMMIT = "journal.before_commit"
AFTER_COMMIT = "journal.after_commit"


class MemoryJournal:
    """A journal for simulations and tests; safe to share between threads."""

    def __init__(self, *, fault: FaultPoint = no_fault) -> None:
        self.fault = fault
        self._tables = Tables()
        self._lock = threading.RLock()
        self._busy = ""  # what this journal is in the middle of, seen only under the lock
        self._closed = False

    def write(self, act: Callable[[Writing], T]) -> T:
        """Run `act` and keep all it did; where it raises, nothing of it stays."""
        with self._lock:
            self._require_open()
            if self._busy:
                raise RuntimeError(f"a write inside a {self._busy}")
            self._busy = "write"
            try:
                writing = MemoryWriting(self._tables)
                outcome = act(writing)
                if writing.fault is not None:
                    raise writing.fault
                self.fault(BEFORE_COMMIT)
                self._tables.keep()
            finally:
                self._busy = ""
                self._tables.take_back()
            self.fault(AFTER_COMMIT)
            return outcome

    def read(self, ask: Callable[[Reading], T]) -> T:
        """Answer `ask` from one state; no write happens meanwhile."""
        with self._lock:
            self._require_open()
            if self._busy == "write":
                raise RuntimeError("a read inside a write")
            before, self._busy = self._busy, "read"
            try:
                return ask(MemoryReading(self._tables))
            finally:
                self._busy = before

    def copy(self) -> MemoryJournal:
        """Another journal that holds the same now, as a backup does."""
        with self._lock:
            if self._busy == "write":
                raise RuntimeError("a copy inside a write")
            same = MemoryJournal()
            same._tables = self._tables.copy()
            return same

    def close(self) -> None:
        """Nothing is written or read from now on, until `reopen`."""
        with self._lock:
            self._closed = True

    def reopen(self) -> None:
        """Use what was kept again, as a restarted node does."""
        with self._lock:
            self._closed = False

    def _require_open(self) -> None:
        if self._closed:
            raise OperatorFault("journal_closed")
