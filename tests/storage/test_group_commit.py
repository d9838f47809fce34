# SPDX-License-Identifier: EUPL-1.2
"""One writer commits for all who wait; what fails undoes itself only; a full disk undoes all and is survived.

A full disk is played by SQLite's own limit on the file (PRAGMA max_page_count), which raises the same SQLITE_FULL as
a write that the system refuses for want of room.
"""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from amana.node.ports import Writing
from amana.protocol.errors import OperatorFault, Refusal
from amana.storage.orm.journal import OrmJournal
from amana.storage.orm.writing import OrmWriting
from tests.storage.rows import entry, entry_id


def held_up(journal: OrmJournal, acts: list[Callable[[Writing], object]]) -> tuple[Future[None], list[Future[object]]]:
    """Submit `acts` while the writer is busy with another act, so that they make one group; the busy one's future first."""
    started, go_on = threading.Event(), threading.Event()

    def busy(w: Writing) -> None:
        started.set()
        go_on.wait(10)

    first = journal.submit(busy)
    started.wait(10)
    futures = [journal.submit(act) for act in acts]
    go_on.set()
    return first, futures


def add(number: int) -> Callable[[Writing], object]:
    return lambda w: w.add_entries([entry(number)])


def refused(number: int) -> Callable[[Writing], object]:
    def act(w: Writing) -> None:
        w.add_entries([entry(number)])
        raise Refusal("not_your_turn")

    return act


def limit_pages(journal: OrmJournal, extra: int | None) -> None:
    """Let the file grow by `extra` pages at most; None for any size."""

    def act(w: Writing) -> None:
        assert isinstance(w, OrmWriting)
        (now,) = w.raw.execute("PRAGMA page_count").fetchone()
        w.raw.execute(f"PRAGMA max_page_count = {now + extra if extra is not None else 2**31 - 2}")

    journal.write(act)


def present(journal: OrmJournal, numbers: range) -> list[int]:
    here = journal.read(lambda r: r.present([entry_id(number) for number in numbers]))
    return [number for number in numbers if entry_id(number) in here]


def test_acts_that_wait_together_share_one_commit(orm_journal: OrmJournal) -> None:
    first, futures = held_up(orm_journal, [add(number) for number in range(40)])
    first.result(10)
    assert [future.result(10) for future in futures] == [None] * 40
    assert orm_journal.commits == 2
    assert present(orm_journal, range(40)) == list(range(40))


def test_many_threads_make_fewer_commits_than_writes(orm_journal: OrmJournal) -> None:
    def write(base: int) -> None:
        for number in range(base, base + 25):
            orm_journal.write(add(number))

    threads = [threading.Thread(target=write, args=(1000 * thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert orm_journal.commits < 200
    assert len(present(orm_journal, range(8000))) == 200


def test_an_act_sees_what_those_before_it_in_the_group_wrote(orm_journal: OrmJournal) -> None:
    _, futures = held_up(orm_journal, [add(1), lambda w: w.present([entry_id(1), entry_id(2)]), add(2)])
    assert futures[1].result(10) == {entry_id(1)}


def test_an_act_that_fails_undoes_itself_only(orm_journal: OrmJournal) -> None:
    _, futures = held_up(orm_journal, [add(1), refused(2), add(3), add(1), add(4)])
    outcomes = [future.exception(10) for future in futures]
    assert [type(outcome) for outcome in outcomes] == [type(None), Refusal, type(None), OperatorFault, type(None)]
    assert str(outcomes[3]).startswith("journal_conflict")
    assert present(orm_journal, range(9)) == [1, 3, 4]


def test_a_full_disk_undoes_the_group_and_the_node_goes_on_when_there_is_room(orm_journal: OrmJournal) -> None:
    orm_journal.write(add(0))
    limit_pages(orm_journal, 3)
    big: Callable[[Writing], object] = lambda w: w.add_entries([entry(3, body=b"x" * 200_000)])  # noqa: E731 - an act among acts
    _, futures = held_up(orm_journal, [add(1), add(2), big, add(4)])
    outcomes = [future.exception(10) for future in futures]
    assert [getattr(outcome, "code", None) for outcome in outcomes] == ["disk_full"] * 4
    assert present(orm_journal, range(9)) == [0]
    with pytest.raises(OperatorFault, match="disk_full"):
        orm_journal.write(big)
    orm_journal.write(add(5))  # what still fits is kept meanwhile
    limit_pages(orm_journal, None)
    orm_journal.write(big)
    assert present(orm_journal, range(9)) == [0, 3, 5]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_no_room_for_a_file_that_an_act_writes_is_a_full_disk(orm_journal: OrmJournal, number: int) -> None:
    def act(w: Writing) -> None:
        w.add_entries([entry(1)])
        raise OSError(number, "no room")

    with pytest.raises(OperatorFault, match="disk_full"):
        orm_journal.write(act)
    assert present(orm_journal, range(9)) == []


@pytest.mark.parametrize(("point", "kept"), [("journal.before_commit", [0]), ("journal.after_commit", [0, 1, 2])])
def test_a_fault_at_the_commit_reaches_every_caller_and_the_writer_goes_on(database: Path, point: str, kept: list[int]) -> None:
    broken: list[str] = []

    def fault(name: str) -> None:
        if broken and name == point:
            raise KeyboardInterrupt

    with OrmJournal(database, fault=fault) as journal:
        journal.write(add(0))
        started = threading.Event()
        journal.submit(lambda w: started.wait(10))
        futures = [journal.submit(add(number)) for number in (1, 2)]
        broken.append("now")
        started.set()
        assert [type(future.exception(10)) for future in futures] == [KeyboardInterrupt] * 2
        broken.clear()
        assert present(journal, range(9)) == kept
        journal.write(add(7))


def test_the_writer_empties_the_wal_when_nobody_waits(orm_journal: OrmJournal) -> None:
    rows = [entry(number, body=b"") for number in range(5000)]
    orm_journal.write(lambda w: w.add_entries(rows))
    until = time.monotonic() + 10
    while orm_journal.path.stat().st_size < 5000 * 100 and time.monotonic() < until:
        time.sleep(0.01)
    assert orm_journal.path.stat().st_size > 5000 * 100
