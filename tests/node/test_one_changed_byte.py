# SPDX-License-Identifier: EUPL-1.2
"""One byte changed in any stored field of any row is named by a verification; no error escapes it.

Every column of every table of the journal is changed in several rows: in bytes and texts the first, middle and last
place, in numbers one bit low and one high, in truth values the value. What cannot be told is listed with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest

from amana.node.ports import DossierRow, EntryRow, LocalRow, LogRow, QueueRow, SnapshotRow, StepRow
from amana.node.records import attachment_key
from amana.node.verifying import Findings, verify_node
from amana.node.verifying_derived import RECORD_KINDS
from amana.protocol.identifiers import Digest, EntryId
from amana.storage.memory.fence import MemoryFence
from amana.storage.memory.journal import MemoryJournal
from amana.storage.memory.tables import Tables
from tests.node.furnished import changed, furnished

ROWS = 3  # rows of each table: the first, one in the middle, the last
UNTELLABLE = {
    ("queue", "seq"): "only the order of the queue means anything, and that is compared",
}


class Position(NamedTuple):
    origin: str
    number: int
    entry: bytes


class Waiting(NamedTuple):
    missing: bytes
    entry: bytes


class Chunk(NamedTuple):
    owner: bytes
    place: int
    number: int
    content: bytes


class Record(NamedTuple):
    kind: str
    key: bytes
    value: bytes


@dataclass(frozen=True)
class Table:
    """How rows are taken from and put into the memory journal's dicts."""

    row: type[Any]
    rows: Callable[[Tables], list[Any]]
    drop: Callable[[Tables, Any], object]
    put: Callable[[Tables, Any], None]


def put_entry(tables: Tables, row: EntryRow) -> None:
    """As a database would: the row keeps its arrival number whatever changes in it."""
    arrival = next(number for number, id in tables.arrivals.items() if id not in tables.entries)
    tables.arrivals[arrival] = row.id
    tables.entries[row.id] = row
    tables.members[row.dossier][row.id] = arrival


def drop_entry(tables: Tables, row: EntryRow) -> None:
    del tables.entries[row.id]
    del tables.members[row.dossier][row.id]


TABLES: Mapping[str, Table] = {
    "entry": Table(EntryRow, lambda t: list(t.entries.values()), drop_entry, put_entry),
    "chunk": Table(
        Chunk,
        lambda t: [Chunk(*file, number, sealed) for file, held in t.files.items() for number, sealed in held.items()],
        lambda t, r: t.files[r.owner, r.place].pop(r.number),
        lambda t, r: t.files[r.owner, r.place].update({r.number: r.content}),
    ),
    "log": Table(LogRow, lambda t: list(t.logs.values()), lambda t, r: t.logs.pop(r.origin), lambda t, r: t.logs.update({r.origin: r})),
    "position": Table(
        Position,
        lambda t: [Position(origin, number, entry) for origin, held in t.positions.items() for number, entry in held.items()],
        lambda t, r: t.positions[r.origin].pop(r.number),
        lambda t, r: t.positions[r.origin].update({r.number: r.entry}),
    ),
    "step": Table(
        StepRow,
        lambda t: [row for held in t.steps.values() for row in held.values()],
        lambda t, r: t.steps[r.origin].pop(r.size),
        lambda t, r: t.steps[r.origin].update({r.size: r}),
    ),
    "queue": Table(QueueRow, lambda t: list(t.queue.values()), lambda t, r: t.queue.pop(r.seq), lambda t, r: t.queue.update({r.seq: r})),
    "waiting": Table(
        Waiting,
        lambda t: [Waiting(missing, entry) for missing, held in t.missing.items() for entry in held],
        lambda t, r: t.missing[r.missing].pop(r.entry),
        lambda t, r: t.missing[r.missing].update({r.entry: None}),
    ),
    "dossier": Table(
        DossierRow, lambda t: list(t.dossiers.values()), lambda t, r: t.dossiers.pop(r.id), lambda t, r: t.dossiers.update({r.id: r})
    ),
    "snapshot": Table(
        SnapshotRow,
        lambda t: [row for held in t.snapshots.values() for row in held.values()],
        lambda t, r: t.snapshots[r.dossier].pop((r.effective, r.id)),
        lambda t, r: t.snapshots[r.dossier].update({(r.effective, r.id): r}),
    ),
    "local": Table(LocalRow, lambda t: list(t.local.values()), lambda t, r: t.local.pop(r.seq), lambda t, r: t.local.update({r.seq: r})),
    "record": Table(
        Record,
        lambda t: [Record(kind, key, value) for kind, held in t.records.items() for key, value in held.items()],
        lambda t, r: t.records[r.kind].pop(r.key),
        lambda t, r: t.records[r.kind].update({r.key: r.value}),
    ),
}


def chosen(name: str) -> list[Any]:
    """Some rows of a table; of records, one of each kind."""
    rows = sorted(TABLES[name].rows(furnished().victim.journal._tables), key=repr)
    if name == "record":
        return list({row.kind: row for row in rows}.values())
    if name == "entry":  # one of each fate
        return list({(row.outcome, row.void, row.kind): row for row in rows}.values())
    if name == "chunk":  # one of each file
        return list({(row.owner, row.place): row for row in rows}.values())
    if name == "local":  # one of each type
        return list({row.type: row for row in rows}.values())
    return [rows[at] for at in sorted({0, len(rows) // 2, len(rows) - 1})][:ROWS]


def is_wanted(journal: MemoryJournal, chunk: Chunk) -> bool:
    key = attachment_key(EntryId(chunk.owner), chunk.place)
    return journal.read(lambda reading: any(row.key.endswith(key) for row in reading.records("attachment_wanted")))


def verify(journal: MemoryJournal) -> Findings:
    agency = furnished().victim
    return verify_node(journal, agency.fence, MemoryJournal(), agency.code)


COLUMNS = [(name, column) for name, table in TABLES.items() for column in table.row._fields]


@pytest.mark.parametrize(("name", "column"), [pair for pair in COLUMNS if pair not in UNTELLABLE])
def test_a_changed_byte_is_named(name: str, column: str) -> None:
    table = TABLES[name]
    assert chosen(name), "the furnished node has such a row"
    for row in chosen(name):
        for value in changed(getattr(row, column)):
            journal = furnished().victim.journal.copy()
            table.drop(journal._tables, row)
            table.put(journal._tables, row._replace(**{column: value}))
            failure = verify(journal).first_failure
            assert failure is not None, f"{name}.{column}: {getattr(row, column)!r} became {value!r}"
            assert failure.what
            assert failure.where


def test_the_furnished_node_is_sound() -> None:
    assert verify(furnished().victim.journal.copy()).first_failure is None


def test_it_holds_a_row_of_every_sort() -> None:
    held = {row.kind for row in chosen("record")}
    assert set(RECORD_KINDS) - held == set()


@pytest.mark.parametrize("part", ["origin", "size", "root"])
def test_a_changed_fence_is_named(part: str) -> None:
    agency = furnished().victim
    for origin, (size, digest) in agency.fence.levels().items():
        values = {"origin": origin, "size": size, "root": digest}
        for value in changed(values[part]):
            fence = MemoryFence()
            fence._levels = dict(agency.fence.levels())
            del fence._levels[origin]
            given = {**values, part: value}
            fence._levels[given["origin"]] = (given["size"], Digest(given["root"]))
            assert not verify_node(agency.journal, fence, MemoryJournal(), agency.code).ok


@pytest.mark.parametrize("name", [name for name in TABLES if name not in ("queue", "entry")])
def test_a_row_that_is_gone_is_named(name: str) -> None:
    for row in chosen(name):
        journal = furnished().victim.journal.copy()
        TABLES[name].drop(journal._tables, row)
        if name == "chunk" and is_wanted(furnished().victim.journal, row):
            continue  # it had not arrived whole: it is asked for once more
        assert not verify(journal).ok, f"{name} without {row!r}"[:300]
