# SPDX-License-Identifier: EUPL-1.2
"""One byte changed in what a stopped node stores, wherever it is, is named by `verify`: in every column of every table, in the
key files, the passphrase and the fence. Flipped anywhere in the database file itself, it is named or changes nothing stored.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from amana.compose.checking import verify_directory
from amana.node.verifying_derived import RECORD_KINDS
from tests.processes.nodes import PARIS, copy_agencies, real_nodes
from tests.processes.rich import make_rich_directory
from tests.processes.truth import read_held

pytestmark = pytest.mark.processes
ROWS = 3  # of each table, changed one after the other in every column
TRIES = 6  # values for one cell, until the database takes one
FLIPS = 250
SEED = 20_261_123
ONLY_BY_CRIME = {"evidence"}  # kinds of record that no honest partner brings about
NO_CONTENT = {
    "queue.seq": "only the order counts, and a rebuild numbers anew",
    "local.erased": "counts only together with a content of zeros, which is checked",
    "django_migrations.id": "Django's own number",
    "django_migrations.applied": "when the schema was made, for people",
    "sqlite_sequence.name": "SQLite's memory of the highest number given",
    "sqlite_sequence.seq": "the same",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """A node directory to spoil, and the sound database."""

    directory: Path
    sound: bytes

    @property
    def database(self) -> Path:
        """The file that is spoilt."""
        return self.directory / "node.db"

    def put(self, content: bytes) -> None:
        """The database file, and nothing beside it."""
        for name in ("node.db-wal", "node.db-shm"):
            (self.directory / name).unlink(missing_ok=True)
        self.database.write_bytes(content)

    def verify(self) -> str:
        """What is found first; empty where everything holds."""
        found = verify_directory(self.directory)
        first = found["first_failure"]
        assert found["ok"] is (first is None)
        if first is None:
            return ""
        assert all(isinstance(said, str) and said for said in first.values()), first
        return str(first["what"])


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_rich_directory(tmp_path_factory.mktemp("rich"))


@pytest.fixture
def stored(rich: Path, tmp_path: Path) -> Stored:
    directory = copy_agencies(rich, tmp_path / rich.name)
    return Stored(directory, (directory / "node.db").read_bytes())


def rows_of(database: Path, table: str) -> list[tuple[Any, ...]]:
    """All rows of a table."""
    with closing(sqlite3.connect(database)) as raw:
        return raw.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a name from the schema


def tables(database: Path) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Each table with its columns and rows."""
    with closing(sqlite3.connect(database)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
            columns = [str(column) for _, column, *_ in raw.execute(f"PRAGMA table_info({name})")]
            yield name, columns, rows_of(database, name)


def changed(held: Any, chance: random.Random) -> bytes | str | int:
    """The same with one bit or one letter changed."""
    match held:
        case bytes():
            place = chance.randrange(len(held)) if held else 0
            return held[:place] + bytes([held[place] ^ 1 << chance.randrange(8)]) + held[place + 1 :] if held else b"\x01"
        case str():
            place = chance.randrange(len(held)) if held else 0
            return held[:place] + chr(ord(held[place]) ^ 1) + held[place + 1 :] if held else "x"
        case int():
            return held ^ 1 << chance.randrange(max(1, held.bit_length()))
        case _:
            raise AssertionError(type(held))


def test_the_directory_holds_something_of_everything(stored: Stored) -> None:
    assert stored.verify() == ""
    assert [name for name, _, rows in tables(stored.database) if not rows] == []
    kinds = {row[columns.index("kind")] for name, columns, rows in tables(stored.database) if name == "record" for row in rows}
    assert set(RECORD_KINDS) - kinds == ONLY_BY_CRIME


def test_a_changed_byte_in_any_column_is_named(stored: Stored) -> None:
    chance = random.Random(SEED)
    tried: Counter[str] = Counter()
    unnoticed: set[str] = set()
    for table, columns, rows in list(tables(stored.database)):
        for row in chance.sample(rows, min(ROWS, len(rows))):
            for number, column in enumerate(columns):
                cell = f"{table}.{column}"
                stored.put(stored.sound)
                values = (changed(row[number], chance) for _ in range(TRIES))
                if not any(change_cell(stored.database, table, columns, row, number, value) for value in values):
                    continue  # the database itself refused each: another row has that key
                tried[cell] += 1
                if not stored.verify():
                    unnoticed.add(cell)
    assert unnoticed <= NO_CONTENT.keys()
    missed = {f"{table}.{column}" for table, columns, _ in tables(stored.database) for column in columns} - tried.keys()
    assert missed <= {"entry.arrival", "body.entry_id", "position.number", "local.seq"}  # dense numbers: any other is another row's
    assert tried.total() > 150


def change_cell(database: Path, table: str, columns: list[str], row: tuple[Any, ...], number: int, value: object) -> int:
    """Change one cell; how many it changed."""
    where = " AND ".join(f"{column} IS ?" for column in columns)
    with closing(sqlite3.connect(database, isolation_level=None)) as raw:
        try:
            return raw.execute(f"UPDATE {table} SET {columns[number]} = ? WHERE {where}", (value, *row)).rowcount  # noqa: S608 - names from the schema
        except sqlite3.IntegrityError:
            return 0


def test_a_bit_flipped_anywhere_in_the_file_is_named_or_changes_nothing_stored(stored: Stored) -> None:
    chance = random.Random(SEED)
    sound = {name: rows for name, _, rows in tables(stored.database)}
    found: Counter[str] = Counter()
    for _ in range(FLIPS):
        place = chance.randrange(len(stored.sound))
        stored.put(stored.sound[:place] + bytes([stored.sound[place] ^ 1 << chance.randrange(8)]) + stored.sound[place + 1 :])
        what = stored.verify()
        found["named" if what else "room that holds nothing"] += 1
        if not what:
            differing = {name for name, rows in sound.items() if rows_of(stored.database, name) != rows}
            assert differing <= {cell.partition(".")[0] for cell in NO_CONTENT}, place
    assert found["named"] > FLIPS / 3


def test_a_schema_that_cannot_be_read_is_named_and_never_stops_the_verification(stored: Stored) -> None:
    begin = stored.sound.index(b'CREATE TABLE "origin"')
    found: Counter[str] = Counter()
    for place in range(begin, begin + 60):
        stored.put(stored.sound[:place] + bytes([stored.sound[place] ^ 0x80]) + stored.sound[place + 1 :])
        found[stored.verify()] += 1
    assert found["database_damaged"] > 30


def test_a_bit_flipped_in_the_wal_of_a_killed_node_is_named_or_leaves_a_shorter_past(stored: Stored) -> None:
    with real_nodes(stored.directory.parent, [PARIS]) as (paris,):
        paris.start()
        dossier = max(paris.dossiers().items(), key=lambda held: held[1])[0]
        said = [paris.act("information_request.part_answer", dossier, text="Encore.")["entry"] for _ in range(20)]
        paris.kill()
    database, wal = (stored.directory / name for name in ("node.db", "node.db-wal"))
    sound = database.read_bytes(), wal.read_bytes()
    before = [row.id.hex() for row in read_held(database).arrivals]
    assert before[-20:] == said
    chance = random.Random(SEED)
    for _ in range(40):
        place = chance.randrange(len(sound[1]))
        stored.put(sound[0])
        wal.write_bytes(sound[1][:place] + bytes([sound[1][place] ^ 1 << chance.randrange(8)]) + sound[1][place + 1 :])
        if not stored.verify():  # SQLite drops a damaged frame and all that follow, as after a power cut
            held = [row.id.hex() for row in read_held(database).arrivals]
            assert held == before[: len(held)]


@pytest.mark.parametrize("name", ["fence", "node.key", "identity.key", "passphrase"])
def test_a_changed_byte_in_a_file_beside_the_database_is_named(stored: Stored, name: str) -> None:
    path = stored.directory / name
    sound = path.read_bytes()
    chance = random.Random(SEED)
    for place in [0, len(sound) - 1, *chance.sample(range(len(sound)), 25)]:
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1 << chance.randrange(8)]) + sound[place + 1 :])
        assert stored.verify() == ("fence_damaged" if name == "fence" else "wrong_passphrase_or_damaged_key_file"), place
    path.write_bytes(sound)
    assert stored.verify() == ""
