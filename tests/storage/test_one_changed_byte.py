# SPDX-License-Identifier: EUPL-1.2
"""One byte changed in any column of any table of the database file is named by a verification.

The file is changed as SQL may change it; a change that the schema itself refuses cannot be made. What cannot be told
is listed with its reason. The same for every sort of row, in memory: tests/node/test_one_changed_byte.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from amana.node.rebuilding import no_progress, rebuild
from amana.node.verifying import Findings, verify_node
from amana.node.verifying_derived import copy_facts
from amana.storage.memory.journal import MemoryJournal
from amana.storage.orm.journal import OrmJournal
from tests.node.furnished import changed, furnished

UNTELLABLE = {
    ("entry", "arrival"): "only the order in which things came, and no signature covers it; other tables name it",
    ("queue", "seq"): "only the order of the queue means anything, and that is compared",
    ("origin", "number"): "a number that other tables name",
}
TABLES = (
    *("entry", "body", "file", "chunk", "origin", "log", "position", "step"),
    *("queue", "waiting", "dossier", "snapshot", "local", "record"),
)


@pytest.fixture(scope="module")
def furnished_database(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The furnished node's journal as a file."""
    path = tmp_path_factory.mktemp("furnished") / "node.sqlite3"
    path.write_bytes(empty_database.read_bytes())
    agency = furnished().victim
    with OrmJournal(path) as journal:

        def fill() -> None:
            agency.journal.read(lambda reading: journal.write(lambda writing: copy_facts(reading, writing)))
            journal.write(lambda writing: rebuild(writing, agency.code, no_progress))

        fill()
        journal.truncate_wal()
    return path


def columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return [name for _, name, *_ in raw.execute(f"PRAGMA table_info({table})")]


def verify(path: Path) -> Findings:
    agency = furnished().victim
    with OrmJournal(path) as journal:
        return verify_node(journal, agency.fence, MemoryJournal(), agency.code)


def rows_of(raw: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    """The first and the last row of a table, in its own order."""
    rows = raw.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - names of our own tables
    assert rows, f"the furnished node has a row in {table}"
    return rows[:1] + rows[1:][-1:]


def changes(path: Path, table: str, column: str) -> Iterator[str]:
    """Make each change in turn and take it back afterwards; what was changed."""
    names = columns(path, table)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        rows = rows_of(raw, table)
    at = names.index(column)
    for row in rows:
        for value in list(changed(row[at]))[:2]:
            after = (*row[:at], value, *row[at + 1 :])
            if swap(path, table, names, row, after):
                yield f"{table}.{column}: {row[at]!r} became {value!r}"[:300]
                assert swap(path, table, names, after, row)


def swap(path: Path, table: str, names: list[str], before: tuple[Any, ...], after: tuple[Any, ...]) -> bool:
    """Put one row in the place of another; False where the schema refuses."""
    sets = ", ".join(f"{name} = ?" for name in names)
    same = " AND ".join(f"{name} IS ?" for name in names)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        try:
            return raw.execute(f"UPDATE {table} SET {sets} WHERE {same}", (*after, *before)).rowcount == 1  # noqa: S608 - as above
        except sqlite3.IntegrityError:
            return False


def test_the_file_is_sound(furnished_database: Path) -> None:
    assert verify(furnished_database).first_failure is None


@pytest.mark.parametrize("table", TABLES)
def test_a_changed_byte_in_the_file_is_named(furnished_database: Path, table: str) -> None:
    for column in columns(furnished_database, table):
        if (table, column) in UNTELLABLE:
            continue
        for change in changes(furnished_database, table, column):
            assert verify(furnished_database).first_failure is not None, change


def test_every_table_is_tried(furnished_database: Path) -> None:
    with closing(sqlite3.connect(furnished_database)) as raw:
        names = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names - {"sqlite_sequence", "django_migrations"} == set(TABLES)
