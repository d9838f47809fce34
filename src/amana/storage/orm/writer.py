# SPDX-License-Identifier: EUPL-1.2
"""The one thread that writes to a journal's file, and commits once for all who wait (group commit).

Promise: a future resolves after its act is on disk; an act that raises leaves no trace and harms no other; a full disk
undoes the whole group, tells every caller in it, and the next group is tried afresh. The thread sleeps until it is given
something. Why one thread: docs/decisions/0003-one-writer-group-commit.md.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from amana.node.ports import FaultPoint
from amana.protocol.errors import OperatorFault
from amana.storage.orm.connect import open_connection
from amana.storage.orm.faults import told
from amana.storage.orm.writing import OrmWriting

T = TypeVar("T")
BEFORE_COMMIT = "journal.before_commit"
AFTER_COMMIT = "journal.after_commit"
CACHE_KIB = 65_536  # pages of the indexes that entries are added to, kept in memory
CHECKPOINT_ROWS = 4_000  # rows changed before the WAL is moved into the file, at the next moment when nobody waits
CHECKPOINT_PAGES = 8_192  # 64 MiB of WAL: then it is moved even while others wait


class _Job(Generic[T]):
    """A closure handed over, and what came of it."""

    __slots__ = ("act", "future", "outcome", "refused")

    def __init__(self, act: Callable[[OrmWriting], T]) -> None:
        self.act = act
        self.future: Future[T] = Future()
        self.outcome: T | None = None
        self.refused: BaseException | None = None

    def run(self, raw: sqlite3.Connection) -> None:
        """Keep what the act returns; raise what it or one of its statements raised."""
        writing = OrmWriting(raw)
        self.outcome = self.act(writing)
        if writing.fault is not None:
            raise writing.fault

    def resolve(self) -> None:
        """Tell the caller."""
        if self.refused is not None:
            self.future.set_exception(self.refused)
        else:
            self.future.set_result(self.outcome)  # type: ignore[arg-type]  # set by run, which raised otherwise


class _Checkpoint:
    """A wish to empty the WAL, between two transactions."""

    def __init__(self) -> None:
        self.future: Future[None] = Future()


class Writer:
    """Owns the writing connection. `submit` from any thread; `close` ends it after what waits is committed."""

    def __init__(self, path: Path, fault: FaultPoint) -> None:
        self.commits = 0
        self._path = path
        self._fault = fault
        self.committed: Callable[[], None] | None = None  # called in this thread after each commit; must be quick
        self._given: SimpleQueue[_Job[Any] | _Checkpoint | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._checkpointed = 0  # rows changed until the last checkpoint
        self._raw = open_connection(path)
        self._raw.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._raw.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        self._thread = threading.Thread(target=self._run, name="amana-writer", daemon=True)
        self._thread.start()

    @property
    def is_current_thread(self) -> bool:
        """Whether the caller runs inside an act."""
        return threading.current_thread() is self._thread

    def submit(self, act: Callable[[OrmWriting], T]) -> Future[T]:
        """Hand an act over. Raises OperatorFault `journal_closed`."""
        job = _Job(act)
        self._give(job)
        return job.future

    def truncate_wal(self) -> Future[None]:
        """Move everything into the database file and cut the WAL to nothing."""
        wish = _Checkpoint()
        self._give(wish)
        return wish.future

    def close(self) -> None:
        """Commit what waits, end the thread, close the connection; a second call changes nothing."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._given.put(None)
        self._thread.join()

    def _give(self, given: _Job[Any] | _Checkpoint) -> None:
        with self._gate:
            if self._closed:
                raise OperatorFault("journal_closed")
            self._given.put(given)

    def _run(self) -> None:
        ending = False
        while not ending:
            jobs: list[_Job[Any]] = []
            wishes: list[_Checkpoint] = []
            given = self._given.get()
            while True:
                if given is None:
                    ending = True
                elif isinstance(given, _Checkpoint):
                    wishes.append(given)
                elif given.future.set_running_or_notify_cancel():
                    jobs.append(given)
                if self._given.empty():
                    break
                given = self._given.get()
            if jobs:
                self._commit(jobs)
            for wish in wishes:
                self._truncate(wish)
            if self._given.empty() and self._raw.total_changes - self._checkpointed > CHECKPOINT_ROWS:
                with suppress(sqlite3.Error):  # nothing is lost: what is committed stays in the WAL
                    self._checkpoint("PASSIVE")
        self._raw.close()

    def _commit(self, jobs: list[_Job[Any]]) -> None:
        """One transaction for all of them."""
        try:
            self._raw.execute("BEGIN IMMEDIATE")
            for job in jobs:
                self._attempt(job, alone=len(jobs) == 1)
            self._fault(BEFORE_COMMIT)
            self._raw.execute("COMMIT")
            self.commits += 1
            self._fault(AFTER_COMMIT)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the callers get it and the thread goes on
            if self._raw.in_transaction:
                with suppress(sqlite3.Error):
                    self._raw.execute("ROLLBACK")
            for job in jobs:
                job.refused = told(error)
        for job in jobs:
            job.resolve()
        if self.committed is not None:
            self.committed()

    def _attempt(self, job: _Job[Any], *, alone: bool) -> None:
        """Run one act so that its failure undoes itself only; raise where the whole group must go."""
        if alone:
            job.run(self._raw)
            return
        self._raw.execute("SAVEPOINT act")
        try:
            job.run(self._raw)
        except BaseException as error:
            refused = told(error)
            if not self._raw.in_transaction or (isinstance(refused, OperatorFault) and refused.code == "disk_full"):
                raise
            job.refused = refused
            self._raw.execute("ROLLBACK TO act")
        self._raw.execute("RELEASE act")

    def _truncate(self, wish: _Checkpoint) -> None:
        wish.future.set_running_or_notify_cancel()
        try:
            held_up = self._checkpoint("TRUNCATE")
        except BaseException as error:  # noqa: BLE001 - the caller gets it and the thread goes on
            wish.future.set_exception(told(error))
        else:
            if held_up:
                wish.future.set_exception(OperatorFault("database_busy"))
            else:
                wish.future.set_result(None)

    def _checkpoint(self, mode: str) -> bool:
        """Move the WAL into the file; whether a reader or another program stood in the way."""
        self._checkpointed = self._raw.total_changes
        held_up, _, _ = self._raw.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
        return bool(held_up)
