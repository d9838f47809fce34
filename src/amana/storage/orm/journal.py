# SPDX-License-Identifier: EUPL-1.2
"""`amana.node.ports.Journal` in one SQLite file: one writer thread, reads in the calling thread.

Promise: `write` returns after the commit is on disk (WAL, synchronous=FULL), what it raises leaves no trace, and many
callers share one commit; `read` sees one committed state and never waits for a writer. A write is short and closed in
itself: inside one, use the `Writing` it is given. Tables and erasure: docs/develop/journal.md.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from amana.node.ports import FaultPoint, Reading, Writing, no_fault
from amana.storage.orm.readers import Readers
from amana.storage.orm.reading import OrmReading
from amana.storage.orm.schema import require_current_schema
from amana.storage.orm.writer import Writer

T = TypeVar("T")


class OrmJournal:
    """A node's journal in the file at `path`, which must exist with the current schema (`amana.storage.orm.schema`).

    Raises OperatorFault `database_missing`, `database_damaged`, `schema_older`, `schema_newer`.
    """

    def __init__(self, path: Path, *, fault: FaultPoint = no_fault) -> None:
        require_current_schema(path)
        self.path = path
        self._readers = Readers(path)
        self._writer = Writer(path, fault)

    @property
    def commits(self) -> int:
        """How many transactions were committed since opening."""
        return self._writer.commits

    def on_commit(self, told: Callable[[], None]) -> None:
        """Have `told` called, in the writer thread, after each commit. It must be quick and raise nothing."""
        self._writer.committed = told

    def write(self, act: Callable[[Writing], T]) -> T:
        """Run `act` in the writer thread and return what it returned, once it is on disk."""
        if self._writer.is_current_thread:
            raise RuntimeError("a write inside a write")
        if self._readers.is_reading:
            raise RuntimeError("a write inside a read")
        return self._writer.submit(act).result()

    def submit(self, act: Callable[[Writing], T]) -> Future[T]:
        """As `write`, without waiting; for an event loop, with `asyncio.wrap_future`."""
        return self._writer.submit(act)

    def read(self, ask: Callable[[Reading], T]) -> T:
        """Answer `ask` from one committed state."""
        if self._writer.is_current_thread:
            raise RuntimeError("a read inside a write")
        with self._readers.snapshot() as raw:
            return ask(OrmReading(raw))

    def truncate_wal(self) -> None:
        """Leave nothing in the WAL file: after an erasure, once it is committed. Raises OperatorFault `database_busy`."""
        if self._readers.is_reading:
            raise RuntimeError("a checkpoint inside a read")
        self._writer.truncate_wal().result()

    def close(self) -> None:
        """Commit what waits and let go of the file; afterwards everything raises OperatorFault `journal_closed`."""
        self._writer.close()
        self._readers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
