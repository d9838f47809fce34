# SPDX-License-Identifier: EUPL-1.2
"""The reading side of the memory journal: `amana.node.ports.Reading` over plain dicts.

Promise: the same answers, in the same order, as the ORM store gives (tests/storage/suite.py runs over both).
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable

from amana.node.ports import (
    WAITING,
    DossierRow,
    EntryRow,
    FileRow,
    LocalRow,
    LogRow,
    QueueRow,
    RecordRow,
    SnapshotRow,
    StepRow,
)
from amana.protocol.checkpoint import Origin
from amana.protocol.identifiers import AgencyCode, Digest, DossierId, EntryId
from amana.storage.memory.tables import QueueCounts, Tables

NO_CHAIN = Digest(bytes(32))


class MemoryReading:
    """Reads one journal's tables; the journal's lock is held meanwhile."""

    __slots__ = ("_tables",)

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def entry(self, id: EntryId) -> EntryRow | None:
        return self._tables.entries.get(id)

    def entries(self, ids: Iterable[EntryId]) -> dict[EntryId, EntryRow]:
        held = self._tables.entries
        return {id: held[id] for id in ids if id in held}

    def effectives(self, ids: Iterable[EntryId]) -> dict[EntryId, int]:
        return {id: row.effective for id, row in self.entries(ids).items() if row.effective > 0}

    def present(self, ids: Iterable[EntryId]) -> set[EntryId]:
        return {id for id in ids if id in self._tables.entries}

    def _members(self, dossier: DossierId) -> list[tuple[int, EntryRow]]:
        """Every entry of a dossier with its arrival number, without its body."""
        held = self._tables.entries
        members = self._tables.members.get(dossier, {})
        return [(arrival, held[id]._replace(body=b"")) for id, arrival in members.items()]

    def dossier_entries(self, dossier: DossierId, after: tuple[int, EntryId] | None = None) -> list[EntryRow]:
        lowest = after or (0, EntryId(b""))
        rows = [row for _, row in self._members(dossier) if row.effective > 0 and (row.effective, row.id) > lowest]
        return sorted(rows, key=lambda row: (row.effective, row.id))

    def last_entries(self, dossier: DossierId, limit: int, before: tuple[int, EntryId] | None = None) -> list[EntryRow]:
        placed = self.dossier_entries(dossier)
        kept = [row for row in placed if before is None or (row.effective, row.id) < before]
        return [self._tables.entries[row.id] for row in reversed(kept)][:limit]

    def waiting_in(self, dossier: DossierId) -> list[EntryRow]:
        return [row for _, row in sorted(self._members(dossier)) if row.effective == 0 and row.outcome == WAITING]

    def entries_by_arrival(self, after: int, limit: int) -> list[tuple[int, EntryRow]]:
        held = self._tables
        last = min(after + limit, len(held.arrivals))
        return [(number, held.entries[held.arrivals[number]]) for number in range(after + 1, last + 1)]

    def waiting_for(self, missing: Iterable[EntryId]) -> list[EntryId]:
        waits = self._tables.missing
        return sorted({entry for ancestor in missing for entry in waits.get(ancestor, ())})

    def chunks(self, owner: bytes, place: int, start: int, limit: int) -> list[bytes]:
        held = self._tables.files.get((owner, place), {})
        return [held[number] for number in sorted(held) if number >= start][:limit]

    def chunk_count(self, owner: bytes, place: int) -> int:
        return len(self._tables.files.get((owner, place), {}))

    def files(self) -> list[FileRow]:
        return [FileRow(*key, len(held), max(held)) for key, held in sorted(self._tables.files.items()) if held]

    def log(self, origin: Origin) -> LogRow | None:
        return self._tables.logs.get(origin)

    def logs(self, partner: AgencyCode | None = None) -> list[LogRow]:
        rows = (row for row in self._tables.logs.values() if partner is None or row.partner == partner)
        return sorted(rows, key=lambda row: row.origin)

    def positions(self, origin: Origin, start: int, end: int) -> list[EntryId]:
        held = self._tables.positions.get(origin, {})
        return [held[number] for number in sorted(held) if start <= number < end]

    def position_of(self, origin: Origin, entry: EntryId) -> int | None:
        return self._tables.found_at.get((origin, entry))

    def step(self, origin: Origin, size: int) -> StepRow | None:
        return self._tables.steps.get(origin, {}).get(size)

    def step_from(self, origin: Origin, old_size: int) -> StepRow | None:
        return next((row for row in self.steps(origin, old_size) if row.old_size == old_size), None)

    def step_over(self, origin: Origin, position: int) -> StepRow | None:
        held = self._tables.steps.get(origin, {})
        over = [size for size in held if size > position]
        return held[min(over)] if over else None

    def steps(self, origin: Origin, after: int = 0) -> list[StepRow]:
        held = self._tables.steps.get(origin, {})
        return [held[size] for size in sorted(held) if size > after]

    def queue(self, partner: AgencyCode, limit: int, *, control_only: bool = False) -> list[QueueRow]:
        rows = (row for row in self._tables.queue.values() if row.partner == partner and (row.control or not control_only))
        return heapq.nsmallest(limit, rows)

    def queue_counts(self) -> QueueCounts:
        return dict(Counter(row.partner for row in self._tables.queue.values()))

    def dossier(self, id: DossierId) -> DossierRow | None:
        return self._tables.dossiers.get(id)

    def dossiers(self, *, kind: str = "", closed: bool | None = None, within: DossierId | None = None) -> list[DossierRow]:
        rows = (row for row in self._tables.dossiers.values() if kind in ("", row.kind) and closed in (None, row.closed))
        if within is not None:
            rows = (row for row in rows if row.within == within)
        return sorted(rows, key=lambda row: (row.changed_at, row.id), reverse=True)

    def snapshot_before(self, dossier: DossierId, key: tuple[int, EntryId]) -> SnapshotRow | None:
        held = self._tables.snapshots.get(dossier, {})
        earlier = [at for at in held if at < key]
        return held[max(earlier)] if earlier else None

    def snapshots(self, dossier: DossierId) -> list[SnapshotRow]:
        held = self._tables.snapshots.get(dossier, {})
        return [held[key] for key in sorted(held)]

    def local_after(self, seq: int, limit: int) -> list[LocalRow]:
        held = self._tables.local
        return [held[number] for number in sorted(number for number in held if number > seq)[:limit]]

    def local_of(self, dossier: DossierId, type: str = "") -> list[LocalRow]:
        rows = (row for row in self._tables.local.values() if row.dossier == dossier and type in ("", row.type))
        return sorted(rows, key=lambda row: row.seq)

    def local_head(self) -> tuple[int, Digest]:
        if not self._tables.local:
            return 0, NO_CHAIN
        last = self._tables.local[max(self._tables.local)]
        return last.seq, last.chain

    def record(self, kind: str, key: bytes) -> bytes | None:
        return self._tables.records.get(kind, {}).get(key)

    def records(self, kind: str, prefix: bytes = b"", limit: int | None = None) -> list[RecordRow]:
        held = self._tables.records.get(kind, {})
        return [RecordRow(kind, key, held[key]) for key in sorted(key for key in held if key.startswith(prefix))[:limit]]
