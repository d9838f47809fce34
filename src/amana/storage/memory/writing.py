# SPDX-License-Identifier: EUPL-1.2
"""The writing side of the memory journal: `amana.node.ports.Writing` over dicts that remember what they held.

A batch is checked before its first row is kept. A method that raised spoils the whole write: `fault` then holds
what it raised, and the journal keeps nothing even where the act swallowed it.
"""

from __future__ import annotations

from collections.abc import Sequence

from amana.node.ports import WAITING, DossierRow, EntryRow, LocalRow, LogRow, QueueRow, RecordRow, SnapshotRow, StepRow
from amana.protocol.checkpoint import Origin
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId
from amana.storage.memory.reading import MemoryReading
from amana.storage.memory.tables import Tables


class MemoryWriting(MemoryReading):
    """One write; the journal undoes it where its act raises."""

    __slots__ = ("fault",)

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self.fault: OperatorFault | None = None

    def _require(self, holds: bool, code: str, **facts: str | int) -> None:
        if not holds:
            self.fault = OperatorFault(code, **facts)
            raise self.fault

    def _require_present(self, ids: Sequence[EntryId]) -> None:
        self._require(all(id in self._tables.entries for id in ids), "journal_missing", table="entry")

    def add_entries(self, rows: Sequence[EntryRow]) -> None:
        held = self._tables
        ids = {row.id for row in rows}
        self._require(len(ids) == len(rows) and not ids & held.entries.keys(), "journal_conflict", table="entry")
        for row in rows:
            arrival = len(held.arrivals) + 1
            held.put(held.arrivals, arrival, row.id)
            held.put(held.entries, row.id, row)
            held.put(held.members[row.dossier], row.id, arrival)

    def replace_entries(self, rows: Sequence[EntryRow]) -> None:
        held = self._tables
        self._require_present([row.id for row in rows])
        for row in rows:
            before = held.members[held.entries[row.id].dossier]
            arrival = before[row.id]
            held.drop(before, row.id)
            held.put(held.members[row.dossier], row.id, arrival)
            held.put(held.entries, row.id, row)
        self._destroy_owned([row.id for row in rows if not row.body])

    def place_entries(self, placed: Sequence[tuple[EntryId, int, str]]) -> None:
        held = self._tables
        self._require_present([id for id, _, _ in placed])
        for id, effective, outcome in placed:
            held.put(held.entries, id, held.entries[id]._replace(effective=effective, outcome=outcome))

    def void_entries(self, voided: Sequence[tuple[EntryId, str]]) -> None:
        held = self._tables
        self._require_present([id for id, _ in voided])
        for id, word in voided:
            held.put(held.entries, id, held.entries[id]._replace(body=b"", void=word))
        self._destroy_owned([id for id, _ in voided])

    def add_chunks(self, owner: bytes, place: int, start: int, chunks: Sequence[bytes]) -> None:
        self._require(start == self.chunk_count(owner, place), "journal_conflict", table="chunk")
        for number, sealed in enumerate(chunks, start):
            self._tables.put(self._tables.files[owner, place], number, sealed)

    def give_file(self, token: bytes, entry: EntryId, place: int) -> None:
        self._require(not self.chunk_count(entry, place), "journal_conflict", table="file")
        self._require(bool(self.chunk_count(token, 0)), "journal_missing", table="file")
        staged, given = self._tables.files[token, 0], self._tables.files[entry, place]
        for number, sealed in list(staged.items()):
            self._tables.put(given, number, sealed)
        self._tables.clear(staged)

    def destroy_chunks(self, files: Sequence[tuple[bytes, int]]) -> None:
        for file in files:
            self._tables.clear(self._tables.files.get(file, {}))

    def _destroy_owned(self, owners: Sequence[bytes]) -> None:
        """Destroy every attachment of these entries."""
        gone = set(owners)
        self.destroy_chunks([file for file in self._tables.files if file[0] in gone])

    def add_waiting(self, pairs: Sequence[tuple[EntryId, EntryId]]) -> None:
        for missing, entry in pairs:
            self._tables.put(self._tables.missing[missing], entry, None)

    def drop_waiting(self, entries: Sequence[EntryId]) -> None:
        for waits in self._tables.missing.values():
            for entry in entries:
                self._tables.drop(waits, entry)

    def store_log(self, row: LogRow) -> None:
        self._tables.put(self._tables.logs, row.origin, row)

    def add_positions(self, origin: Origin, start: int, ids: Sequence[EntryId]) -> None:
        held = self._tables
        self._require_present(ids)
        positions = held.positions[origin]
        free = not any(number in positions for number in range(start, start + len(ids)))
        self._require(free, "journal_conflict", table="position")
        for number, id in enumerate(ids, start):
            held.put(positions, number, id)
            held.put(held.found_at, (origin, id), min(number, held.found_at.get((origin, id), number)))

    def add_step(self, row: StepRow) -> None:
        steps = self._tables.steps[row.origin]
        if row.size in steps:
            self._require(steps[row.size].head == row.head, "second_root", origin=row.origin, size=row.size)
            return
        self._tables.put(steps, row.size, row)

    def store_receipt(self, origin: Origin, size: int, receipt: bytes, card: int) -> None:
        steps = self._tables.steps[origin]
        self._require(size in steps, "journal_missing", table="step")
        self._tables.put(steps, size, steps[size]._replace(receipt=receipt, receipt_card=card))

    def enqueue(self, rows: Sequence[tuple[AgencyCode, EntryId, bool]]) -> None:
        held = self._tables
        for partner, entry, control in rows:
            seq = held.counters.get("queue", 0) + 1
            held.put(held.counters, "queue", seq)
            held.put(held.queue, seq, QueueRow(seq, partner, entry, control))

    def dequeue(self, seqs: Sequence[int]) -> None:
        for seq in seqs:
            self._tables.drop(self._tables.queue, seq)

    def store_dossiers(self, rows: Sequence[DossierRow]) -> None:
        for row in rows:
            self._tables.put(self._tables.dossiers, row.id, row)

    def store_snapshots(self, rows: Sequence[SnapshotRow]) -> None:
        for row in rows:
            self._tables.put(self._tables.snapshots[row.dossier], (row.effective, row.id), row)

    def drop_snapshots(self, dossier: DossierId, since: tuple[int, EntryId]) -> None:
        held = self._tables.snapshots[dossier]
        for key in [key for key in held if key >= since]:
            self._tables.drop(held, key)

    def add_local(self, rows: Sequence[LocalRow]) -> None:
        held = self._tables.local
        seqs = {row.seq for row in rows}
        self._require(len(seqs) == len(rows) and not seqs & held.keys(), "journal_conflict", table="local")
        for row in rows:
            self._tables.put(held, row.seq, row)

    def erase_local(self, seqs: Sequence[int]) -> None:
        held = self._tables.local
        self._require(all(seq in held for seq in seqs), "journal_missing", table="local")
        for seq in seqs:
            self._tables.put(held, seq, held[seq]._replace(content=None))

    def store_records(self, rows: Sequence[RecordRow]) -> None:
        for row in rows:
            self._tables.put(self._tables.records[row.kind], row.key, row.value)

    def drop_records(self, kind: str, keys: Sequence[bytes]) -> None:
        for key in keys:
            self._tables.drop(self._tables.records[kind], key)

    def rewrite_records(self) -> None:
        """Nothing of what was dropped is held."""

    def clear_derived(self) -> None:
        held = self._tables
        held.clear(held.queue)
        held.clear(held.counters)
        held.clear(held.dossiers)
        for waits in held.missing.values():
            held.clear(waits)
        for snapshots in held.snapshots.values():
            held.clear(snapshots)
        for records in held.records.values():
            held.clear(records)
        self.place_entries([(id, 0, WAITING) for id in held.entries])
