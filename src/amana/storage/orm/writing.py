# SPDX-License-Identifier: EUPL-1.2
"""The writing side of the SQLite journal: `amana.node.ports.Writing`, a batch per statement.

Bodies and local contents are appended and, when destroyed, overwritten with zeros where they stand: their rows never
move between pages, so no copy of them is left behind anywhere in the file (docs/develop/journal.md, erasure).
A method that raised spoils the whole write: `fault` then holds what it raised, and the journal keeps nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from amana.node.ports import WAITING, DossierRow, EntryRow, LocalRow, LogRow, RecordRow, SnapshotRow, StepRow
from amana.protocol.checkpoint import Origin
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId
from amana.storage.orm.faults import fault_of
from amana.storage.orm.reading import OrmReading

_ZEROS = bytes(65_536)
_ADD_ENTRY = (
    "INSERT INTO entry (arrival, id, dossier, kind, type, author, void, made_at, arrived_at, effective, outcome, header) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_REPLACE_ENTRY = (
    "UPDATE entry SET dossier = ?, kind = ?, type = ?, author = ?, void = ?, made_at = ?, arrived_at = ?, effective = ?, outcome = ?, "
    "header = ? WHERE arrival = ?"
)
_ADD_STEP = (
    "INSERT INTO step (origin_id, size, old_size, old_root, head, card, receipt, receipt_card, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADD_LOCAL = "INSERT INTO local (seq, at, type, officer, dossier, digest, chain, erased, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_CLEAR = (
    "DELETE FROM queue",
    "DELETE FROM sqlite_sequence WHERE name = 'queue'",  # numbers begin at 1 again, so two rebuilds make the same rows
    "DELETE FROM waiting",
    "DELETE FROM dossier",
    "DELETE FROM snapshot",
    "DELETE FROM record",
)
_STORE_LOG = (
    "INSERT INTO log (origin_id, partner, outgoing, size, frontier, receipted) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (origin_id) DO UPDATE SET partner = excluded.partner, outgoing = excluded.outgoing, size = excluded.size, "
    "frontier = excluded.frontier, receipted = excluded.receipted"
)
_STORE_DOSSIER = (
    "INSERT INTO dossier (id, kind, cursor, count, last_effective, last_id, parties, stage, area, urgency, turn, due, closed, opened_at, "
    "changed_at, within) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, cursor = excluded.cursor, count = excluded.count, "
    "last_effective = excluded.last_effective, last_id = excluded.last_id, parties = excluded.parties, stage = excluded.stage, "
    "area = excluded.area, urgency = excluded.urgency, turn = excluded.turn, due = excluded.due, closed = excluded.closed, "
    "opened_at = excluded.opened_at, changed_at = excluded.changed_at, within = excluded.within"
)


class OrmWriting(OrmReading):
    """One write; the writer undoes it where its act raises."""

    __slots__ = ("_arrivals", "fault")

    def __init__(self, raw: sqlite3.Connection) -> None:
        super().__init__(raw)
        self.fault: OperatorFault | None = None
        self._arrivals: dict[EntryId, int] = {}  # of entries added in this write

    def _spoil(self, fault: OperatorFault) -> OperatorFault:
        self.fault = fault
        return fault

    def _run(self, sql: str, values: Sequence[object] = ()) -> int:
        try:
            return self.raw.execute(sql, values).rowcount
        except sqlite3.Error as error:
            raise self._spoil(fault_of(error)) from error

    def _run_each(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        """Run `sql` for each row; how many rows of the table it touched."""
        try:
            return self.raw.executemany(sql, rows).rowcount
        except sqlite3.Error as error:
            raise self._spoil(fault_of(error)) from error

    def _arrivals_of(self, ids: Sequence[EntryId]) -> list[int]:
        """Arrival numbers of entries that must be here."""
        known = self._arrivals
        absent = [id for id in ids if id not in known]
        known.update(self._among("id, arrival FROM entry WHERE id IN ()", absent))
        try:
            return [known[id] for id in ids]
        except KeyError:
            raise self._spoil(OperatorFault("journal_missing", table="entry")) from None

    def _origin_number(self, origin: Origin) -> int:
        """The small number of a log's name, given on first use."""
        self._run("INSERT INTO origin (name) VALUES (?) ON CONFLICT (name) DO NOTHING", (origin,))
        return int(self._rows("number FROM origin WHERE name = ?", (origin,))[0][0])

    def add_entries(self, rows: Sequence[EntryRow]) -> None:
        last = self._rows("coalesce(max(arrival), 0) FROM entry")[0][0]
        numbered = list(enumerate(rows, last + 1))
        self._run_each(
            _ADD_ENTRY,
            [
                (n, r.id, r.dossier, r.kind, r.type, r.author, r.void, r.made_at, r.arrived_at, r.effective, r.outcome, r.header)
                for n, r in numbered
            ],
        )
        self._run_each("INSERT INTO body (entry_id, content) VALUES (?, ?)", [(n, r.body) for n, r in numbered if r.body])
        self._arrivals.update((row.id, number) for number, row in numbered)

    def replace_entries(self, rows: Sequence[EntryRow]) -> None:
        arrivals = self._arrivals_of([row.id for row in rows])
        numbered = list(zip(arrivals, rows, strict=True))
        self._run_each(
            _REPLACE_ENTRY,
            [
                (r.dossier, r.kind, r.type, r.author, r.void, r.made_at, r.arrived_at, r.effective, r.outcome, r.header, n)
                for n, r in numbered
            ],
        )
        for arrival, row in numbered:
            if not row.body and self._rows("1 FROM body WHERE entry_id = ?", (arrival,)):
                self._overwrite("body", arrival)
        self._destroy_owned([row.id for row in rows if not row.body])
        sql = "INSERT INTO body (entry_id, content) VALUES (?, ?) ON CONFLICT (entry_id) DO UPDATE SET content = excluded.content"
        self._run_each(sql, [(n, r.body) for n, r in numbered if r.body])

    def place_entries(self, placed: Sequence[tuple[EntryId, int, str]]) -> None:
        arrivals = self._arrivals_of([id for id, _, _ in placed])
        rows = [(effective, outcome, arrival) for arrival, (_, effective, outcome) in zip(arrivals, placed, strict=True)]
        self._run_each("UPDATE entry SET effective = ?, outcome = ? WHERE arrival = ?", rows)

    def void_entries(self, voided: Sequence[tuple[EntryId, str]]) -> None:
        arrivals = self._arrivals_of([id for id, _ in voided])
        for arrival in arrivals:
            if self._rows("1 FROM body WHERE entry_id = ?", (arrival,)):
                self._overwrite("body", arrival)
        words = [(word, arrival) for arrival, (_, word) in zip(arrivals, voided, strict=True)]
        self._run_each("UPDATE entry SET void = ? WHERE arrival = ?", words)
        self._destroy_owned([id for id, _ in voided])

    def add_chunks(self, owner: bytes, place: int, start: int, chunks: Sequence[bytes]) -> None:
        if start != self.chunk_count(owner, place):
            raise self._spoil(OperatorFault("journal_conflict", table="chunk"))
        if not chunks:
            return
        self._run("INSERT INTO file (owner, place) VALUES (?, ?) ON CONFLICT DO NOTHING", (owner, place))
        number = self._rows("number FROM file WHERE owner = ? AND place = ?", (owner, place))[0][0]
        rows = [(number, index, sealed) for index, sealed in enumerate(chunks, start)]
        self._run_each("INSERT INTO chunk (file_id, number, content) VALUES (?, ?, ?)", rows)

    def give_file(self, token: bytes, entry: EntryId, place: int) -> None:
        if self.chunk_count(entry, place):
            raise self._spoil(OperatorFault("journal_conflict", table="file"))
        if self._run("UPDATE file SET owner = ?, place = ? WHERE owner = ? AND place = 0", (entry, place, token)) != 1:
            raise self._spoil(OperatorFault("journal_missing", table="file"))

    def destroy_chunks(self, files: Sequence[tuple[bytes, int]]) -> None:
        for owner, place in files:
            for (number,) in self._rows("number FROM file WHERE owner = ? AND place = ?", (owner, place)):
                self._destroy_file(number)

    def _destroy_owned(self, owners: Sequence[EntryId]) -> None:
        """Destroy every attachment of these entries."""
        for number in [number for (number,) in self._among("number FROM file WHERE owner IN ()", owners)]:
            self._destroy_file(number)

    def _destroy_file(self, number: int) -> None:
        """Zeros over each chunk where it stands; only then do the rows go, and their room is used again."""
        for (row,) in self._rows("rowid FROM chunk WHERE file_id = ?", (number,)):
            self._overwrite("chunk", row)
        self._run("DELETE FROM chunk WHERE file_id = ?", (number,))
        self._run("DELETE FROM file WHERE number = ?", (number,))

    def _overwrite(self, table: str, number: int) -> None:
        """Zeros over a row's `content`, where it stands."""
        try:
            with self.raw.blobopen(table, "content", number) as content:
                for start in range(0, len(content), len(_ZEROS)):
                    content.write(_ZEROS[: len(content) - start])
        except sqlite3.Error as error:
            raise self._spoil(fault_of(error)) from error

    def add_waiting(self, pairs: Sequence[tuple[EntryId, EntryId]]) -> None:
        self._run_each("INSERT INTO waiting (missing, entry) VALUES (?, ?) ON CONFLICT DO NOTHING", pairs)

    def drop_waiting(self, entries: Sequence[EntryId]) -> None:
        self._run_each("DELETE FROM waiting WHERE entry = ?", [(entry,) for entry in entries])

    def store_log(self, row: LogRow) -> None:
        self._run(_STORE_LOG, (self._origin_number(row.origin), *row[1:]))

    def add_positions(self, origin: Origin, start: int, ids: Sequence[EntryId]) -> None:
        number = self._origin_number(origin)
        rows = [(number, position, arrival) for position, arrival in enumerate(self._arrivals_of(ids), start)]
        self._run_each("INSERT INTO position (origin_id, number, entry_id) VALUES (?, ?, ?)", rows)

    def add_step(self, row: StepRow) -> None:
        held = self.step(row.origin, row.size)
        if held is None:
            self._run(_ADD_STEP, (self._origin_number(row.origin), *row[1:]))
        elif held.head != row.head:
            raise self._spoil(OperatorFault("second_root", origin=row.origin, size=row.size))

    def store_receipt(self, origin: Origin, size: int, receipt: bytes, card: int) -> None:
        sql = "UPDATE step SET receipt = ?, receipt_card = ? WHERE origin_id = (SELECT number FROM origin WHERE name = ?) AND size = ?"
        if self._run(sql, (receipt, card, origin, size)) != 1:
            raise self._spoil(OperatorFault("journal_missing", table="step"))

    def enqueue(self, rows: Sequence[tuple[AgencyCode, EntryId, bool]]) -> None:
        self._run_each("INSERT INTO queue (partner, entry, control) VALUES (?, ?, ?)", rows)

    def dequeue(self, seqs: Sequence[int]) -> None:
        self._run_each("DELETE FROM queue WHERE seq = ?", [(seq,) for seq in seqs])

    def store_dossiers(self, rows: Sequence[DossierRow]) -> None:
        self._run_each(_STORE_DOSSIER, [(*row[:6], " ".join(row.parties), *row[7:10], " ".join(row.turn), *row[11:]) for row in rows])

    def store_snapshots(self, rows: Sequence[SnapshotRow]) -> None:
        sql = "INSERT INTO snapshot (dossier, effective, id, cursor) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET cursor = excluded.cursor"
        self._run_each(sql, rows)

    def drop_snapshots(self, dossier: DossierId, since: tuple[int, EntryId]) -> None:
        self._run("DELETE FROM snapshot WHERE dossier = ? AND (effective, id) >= (?, ?)", (dossier, *since))

    def add_local(self, rows: Sequence[LocalRow]) -> None:
        self._run_each(
            _ADD_LOCAL,
            [(r.seq, r.at, r.type, r.officer, r.dossier, r.digest, r.chain, r.content is None, r.content or b"") for r in rows],
        )

    def erase_local(self, seqs: Sequence[int]) -> None:
        for seq in seqs:
            if not self._rows("1 FROM local WHERE seq = ?", (seq,)):
                raise self._spoil(OperatorFault("journal_missing", table="local"))
            self._overwrite("local", seq)
        self._run_each("UPDATE local SET erased = 1 WHERE seq = ?", [(seq,) for seq in seqs])

    def store_records(self, rows: Sequence[RecordRow]) -> None:
        sql = "INSERT INTO record (kind, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        self._run_each(sql, rows)

    def drop_records(self, kind: str, keys: Sequence[bytes]) -> None:
        self._run_each("DELETE FROM record WHERE kind = ? AND key = ?", [(kind, key) for key in keys])

    def rewrite_records(self) -> None:
        # a b-tree that splits moves rows between pages and leaves what they were in the gaps; pages of an emptied table are zeroed
        rows = self._rows("kind, key, value FROM record ORDER BY kind, key")
        self._run("DELETE FROM record")
        self._run_each("INSERT INTO record (kind, key, value) VALUES (?, ?, ?)", rows)

    def clear_derived(self) -> None:
        for statement in _CLEAR:
            self._run(statement)
        self._run("UPDATE entry SET effective = 0, outcome = ? WHERE effective <> 0 OR outcome <> ?", (WAITING, WAITING))
