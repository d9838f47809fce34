# SPDX-License-Identifier: EUPL-1.2
"""The ORM journal keeps every journal's promises, and those that only a file has: threads, sizes, an event loop."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from amana.node.ports import Reading
from amana.protocol.errors import OperatorFault
from amana.storage.orm.journal import OrmJournal
from amana.storage.orm.reading import OrmReading
from tests.storage.rows import digest, dossier_id, entry, entry_id, local, placed
from tests.storage.suite import JournalSuite


def connection_of(reading: Reading) -> sqlite3.Connection:
    """What the ORM store's reading side asks."""
    assert isinstance(reading, OrmReading)
    return reading.raw


class TestOrmJournal(JournalSuite):
    @pytest.fixture
    def journal(self, orm_journal: OrmJournal) -> OrmJournal:
        return orm_journal


def test_what_was_written_is_there_after_opening_again(database: Path) -> None:
    with OrmJournal(database) as journal:
        journal.write(lambda w: w.add_entries([placed(1, 5)]))
    with OrmJournal(database) as journal:
        assert journal.read(lambda r: r.entry(entry_id(1))) == placed(1, 5)


def test_a_read_keeps_its_state_while_another_thread_commits(orm_journal: OrmJournal) -> None:
    def ask(reading: Reading) -> tuple[int, int]:
        before = reading.local_head()[0]
        writer = threading.Thread(target=lambda: orm_journal.write(lambda w: w.add_local([local(1)])))
        writer.start()
        writer.join()
        return before, reading.local_head()[0]

    assert orm_journal.read(ask) == (0, 0)
    assert orm_journal.read(lambda r: r.local_head()[0]) == 1


def test_a_thread_takes_its_connection_along_when_it_ends(orm_journal: OrmJournal) -> None:
    held: list[sqlite3.Connection] = []

    def ask() -> None:
        orm_journal.read(lambda r: held.append(connection_of(r)))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        held[0].execute("SELECT 1")


def test_closing_lets_go_of_every_file(orm_journal: OrmJournal) -> None:
    orm_journal.write(lambda w: w.add_local([local(1)]))
    orm_journal.read(lambda r: r.local_head())
    orm_journal.close()
    assert sorted(path.name for path in orm_journal.path.parent.iterdir()) == ["node.sqlite3"]


def test_what_waits_at_closing_is_committed(database: Path) -> None:
    journal = OrmJournal(database)
    futures = [journal.submit(lambda w: w.add_local([local(w.local_head()[0] + 1)])) for _ in range(50)]
    journal.close()
    assert all(future.done() for future in futures)
    with OrmJournal(database) as journal:
        assert journal.read(lambda r: r.local_head()[0]) == 50


def test_an_event_loop_reads_directly_and_awaits_its_writes(orm_journal: OrmJournal) -> None:
    async def both() -> int:
        await asyncio.gather(
            *(asyncio.wrap_future(orm_journal.submit(lambda w: w.add_local([local(w.local_head()[0] + 1)]))) for _ in range(9))
        )
        return orm_journal.read(lambda r: r.local_head()[0])

    assert asyncio.run(both()) == 9


def test_an_act_taken_back_before_its_turn_is_not_run(orm_journal: OrmJournal) -> None:
    turn = threading.Event()
    first = orm_journal.submit(lambda w: turn.wait(10))
    second = orm_journal.submit(lambda w: w.add_local([local(1)]))
    assert second.cancel()
    turn.set()
    assert first.result() is True
    assert orm_journal.read(lambda r: r.local_head()[0]) == 0


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (lambda r: r.dossier_entries(dossier_id(1), (5, entry_id(1))), "entry_order (dossier=? AND effective>?)"),
        (lambda r: r.last_entries(dossier_id(1), 3, (5, entry_id(1))), "entry_order (dossier=? AND effective>?"),
        (lambda r: r.waiting_in(dossier_id(1)), "entry_waiting (dossier=?)"),
        (lambda r: r.entries([entry_id(1), entry_id(2)]), "sqlite_autoindex_entry_1 (id=?)"),
        (lambda r: r.position_of("o", entry_id(1)), "position_entry (entry_id=? AND origin_id=?)"),
        (lambda r: r.positions("o", 1, 2), "PRIMARY KEY (origin_id=? AND number>? AND number<?)"),
        (lambda r: r.step_from("o", 1), "sqlite_autoindex_step_1 (origin_id=? AND size>?)"),
        (lambda r: r.step_over("o", 1), "sqlite_autoindex_step_1 (origin_id=? AND size>?)"),
        (lambda r: r.queue("fr.dgpn", 5), "queue_partner (partner=?)"),
        (lambda r: r.snapshot_before(dossier_id(1), (5, entry_id(1))), "(dossier=? AND (effective,id)<(?,?))"),
        (lambda r: r.local_of(dossier_id(1), "consulted"), "local_dossier (dossier=?)"),
        (lambda r: r.chunks(entry_id(1), 0, 2, 9), "sqlite_autoindex_chunk_1 (file_id=? AND number>?)"),
        (lambda r: r.chunk_count(entry_id(1), 0), "sqlite_autoindex_chunk_1 (file_id=?)"),
        (lambda r: r.records("officer", b"a"), "PRIMARY KEY (kind=? AND key>? AND key<?)"),
    ],
)
def test_no_question_reads_a_whole_table(orm_journal: OrmJournal, question: Callable[[Reading], object], index: str) -> None:
    asked: list[str] = []
    orm_journal.write(lambda w: w.add_entries([placed(1, 5), entry(2)]))

    def ask(reading: Reading) -> list[str]:
        raw = connection_of(reading)
        raw.set_trace_callback(asked.append)
        question(reading)
        raw.set_trace_callback(None)
        (statement,) = [said for said in asked if said.startswith("SELECT")]
        return [detail for _, _, _, detail in raw.execute(f"EXPLAIN QUERY PLAN {statement}")]

    plan = orm_journal.read(ask)
    assert any(index in line for line in plan), plan
    assert not [line for line in plan if line.startswith("SCAN") or "TEMP B-TREE" in line], plan


@pytest.mark.parametrize("part", ["a table's page", "the first page"])
def test_a_damaged_file_is_said_to_be_damaged(database: Path, part: str) -> None:
    with OrmJournal(database) as journal:
        journal.write(lambda w: w.add_entries([entry(number, body=digest(number) * 200) for number in range(1, 60)]))
    content = bytearray(database.read_bytes())
    if part == "the first page":
        content[:16] = b"SQLITE FORMAT 3\n"
    else:
        content[8192:] = b"\xff" * (len(content) - 8192)
    database.write_bytes(content)
    with pytest.raises(OperatorFault, match="database_damaged"), OrmJournal(database) as journal:
        journal.read(lambda r: r.entries_by_arrival(0, 100))


def test_text_that_is_no_text_is_damage(orm_journal: OrmJournal) -> None:
    orm_journal.write(lambda w: w.add_entries([entry(1)]))
    orm_journal.write(lambda w: connection_of(w).execute("UPDATE entry SET kind = CAST(x'ff' AS TEXT)"))
    with pytest.raises(OperatorFault, match="database_damaged"):
        orm_journal.read(lambda r: r.entry(entry_id(1)))
