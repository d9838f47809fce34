# SPDX-License-Identifier: EUPL-1.2
"""Reading connections: one per thread, opened at its first read, closed when the thread ends or the journal closes.

Plain sqlite3 connections and not Django's, which refuse to be opened where an event loop runs; the exchange reads
there. A reading transaction sees the state at its first statement, whatever is committed meanwhile.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from amana.protocol.errors import OperatorFault
from amana.storage.orm.connect import open_connection
from amana.storage.orm.faults import fault_of


class _Held:
    """A thread's connection; goes with the thread."""

    __slots__ = ("__weakref__", "raw")

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    def __del__(self) -> None:
        self.raw.close()


class Readers:
    """The reading connections to one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._own = threading.local()
        self._held: weakref.WeakSet[_Held] = weakref.WeakSet()
        self._state = threading.Condition()
        self._reading = 0
        self._closed = False

    @property
    def is_reading(self) -> bool:
        """Whether this thread is in the middle of a read."""
        held: _Held | None = getattr(self._own, "held", None)
        return held is not None and held.raw.in_transaction

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection in a reading transaction; a read inside a read sees the same state."""
        if self.is_reading:
            yield self._own.held.raw
            return
        with self._state:
            if self._closed:
                raise OperatorFault("journal_closed")
            self._reading += 1
        try:
            raw = self._connection()
            raw.execute("BEGIN DEFERRED")
            try:
                yield raw
            finally:
                if raw.in_transaction:  # SQLite may have ended it after an error
                    raw.execute("ROLLBACK")  # nothing was written
        except sqlite3.Error as error:
            raise fault_of(error) from error
        finally:
            with self._state:
                self._reading -= 1
                self._state.notify_all()

    def _connection(self) -> sqlite3.Connection:
        held: _Held | None = getattr(self._own, "held", None)
        if held is None:
            held = self._own.held = _Held(open_connection(self._path))
            with self._state:
                self._held.add(held)
        return held.raw

    def close(self) -> None:
        """Let the reads under way finish, allow no more, close every thread's connection."""
        with self._state:
            self._closed = True
            self._state.wait_for(lambda: self._reading == 0)
            for held in list(self._held):
                held.raw.close()
