# SPDX-License-Identifier: EUPL-1.2
"""What is erased is in no file of the node any more, wherever SQLite may have moved it meanwhile."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from amana.node.ports import Writing
from amana.protocol.errors import Refusal
from amana.storage.orm.journal import OrmJournal
from tests.storage.rows import digest, entry, entry_id, local

LENGTHS = (40, 700, 3_000, 9_000, 60_000)


def needle(number: int) -> bytes:
    """Bytes that occur in one body only, again and again from its first byte to its last."""
    return digest("needle", number)


def body_of(number: int) -> bytes:
    return needle(number) * (LENGTHS[number % len(LENGTHS)] // 32 + 1)


def found(database: Path, numbers: list[int]) -> set[int]:
    """Those whose needle stands in any file of the directory, whole or in halves (a page may end inside one)."""
    files = [path.read_bytes() for path in database.parent.iterdir()]
    return {number for number in numbers if any(half in file for file in files for half in (needle(number)[:16], needle(number)[16:]))}


def test_an_erased_body_is_nowhere_and_the_others_are_whole(database: Path) -> None:
    chance = random.Random(7)
    numbers = list(range(1, 401))
    erased = chance.sample(numbers, 200)
    kept = sorted(set(numbers) - set(erased))
    with OrmJournal(database) as journal:
        for start in range(0, 400, 50):
            rows = [entry(number, body=body_of(number)) for number in numbers[start : start + 50]]
            journal.write(lambda w, rows=rows: w.add_entries(rows))  # type: ignore[misc]  # a default binds the loop's value
            placing = [(row.id, chance.randrange(1, 99), "") for row in rows]
            journal.write(lambda w, placing=placing: w.place_entries(placing))  # type: ignore[misc]  # as above
        assert found(database, erased) == set(erased)
        for start in range(0, 200, 20):
            voided = [(entry_id(number), "erased") for number in erased[start : start + 20]]
            journal.write(lambda w, voided=voided: w.void_entries(voided))  # type: ignore[misc]  # as above
        journal.truncate_wal()
        assert found(database, numbers) == set(kept)
        held = journal.read(lambda r: r.entries([entry_id(number) for number in numbers]))
        assert all(held[entry_id(number)].body == body_of(number) for number in kept)
        assert all((held[entry_id(number)].body, held[entry_id(number)].void) == (b"", "erased") for number in erased)
    assert found(database, numbers) == set(kept)


def test_an_erased_attachment_is_nowhere_and_the_others_are_whole(database: Path) -> None:
    chance = random.Random(7)
    numbers = list(range(1, 81))
    erased = chance.sample(numbers, 40)
    with OrmJournal(database) as journal:
        for number in numbers:
            chunks = [body_of(number), needle(number) * 2048, needle(number) * 9]
            journal.write(lambda w, number=number, chunks=chunks: w.add_chunks(entry_id(number), 0, 0, chunks))  # type: ignore[misc]  # a default binds the loop's value
        journal.truncate_wal()
        for start in range(0, 40, 8):
            files = [(entry_id(number), 0) for number in erased[start : start + 8]]
            journal.write(lambda w, files=files: w.destroy_chunks(files))  # type: ignore[misc]  # as above
        journal.truncate_wal()
        assert found(database, numbers) == set(numbers) - set(erased)
        fresh = [number + 100 for number in erased]
        for number in fresh:  # into the room that was given back
            journal.write(lambda w, number=number: w.add_chunks(entry_id(number), 0, 0, [needle(number) * 2048]))  # type: ignore[misc]  # as above
        journal.truncate_wal()
        assert found(database, [*numbers, *fresh]) == {*fresh, *set(numbers) - set(erased)}
        for number in set(numbers) - set(erased):
            assert journal.read(lambda r, number=number: r.chunks(entry_id(number), 0, 1, 1)) == [needle(number) * 2048]  # type: ignore[misc]  # as above


def test_an_erased_note_is_nowhere(database: Path) -> None:
    numbers = list(range(1, 101))
    erased = numbers[::3]
    with OrmJournal(database) as journal:
        journal.write(lambda w: w.add_local([local(number, content=body_of(number)) for number in numbers]))
        journal.truncate_wal()
        journal.write(lambda w: w.erase_local(erased))
        journal.truncate_wal()
        assert found(database, numbers) == set(numbers) - set(erased)


def test_a_write_that_was_refused_leaves_nothing_behind(database: Path) -> None:
    def act(w: Writing) -> None:
        w.add_entries([entry(1, body=body_of(4))])
        raise Refusal("not_your_turn")

    with OrmJournal(database) as journal:
        with pytest.raises(Refusal):
            journal.write(act)
        journal.truncate_wal()
        assert found(database, [4]) == set()


def test_the_wal_is_empty_after_it_is_cut(database: Path) -> None:
    with OrmJournal(database) as journal:
        journal.write(lambda w: w.add_local([local(1)]))
        wal = database.with_name("node.sqlite3-wal")
        assert wal.stat().st_size > 0
        journal.truncate_wal()
        assert wal.stat().st_size == 0


def test_a_zero_that_someone_changed_in_an_erased_body_is_shown(database: Path) -> None:
    body = needle(1) * 1000
    with OrmJournal(database) as journal:
        journal.write(lambda w: w.add_entries([entry(1, body=body)]))
        journal.truncate_wal()
        at = database.read_bytes().index(needle(1))
        journal.write(lambda w: w.void_entries([(entry_id(1), "erased")]))
    content = bytearray(database.read_bytes())
    content[at] ^= 1
    database.write_bytes(content)
    with OrmJournal(database) as journal:
        row = journal.read(lambda r: r.entry(entry_id(1)))
        assert row is not None
        assert (row.void, len(row.body), sum(row.body)) == ("erased", len(body), 1)
