# SPDX-License-Identifier: EUPL-1.2
"""The reading side of the SQLite journal: `amana.node.ports.Reading` as plain statements in one open transaction.

Promise: the same answers, in the same order, as the memory store gives (tests/storage/suite.py runs over both).
Lists of ids go in chunks whose lengths are few, so that SQLite prepares few statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from amana.node.ports import DossierRow, EntryRow, FileRow, LocalRow, LogRow, QueueRow, RecordRow, SnapshotRow, StepRow
from amana.protocol.checkpoint import Origin
from amana.protocol.identifiers import AgencyCode, Digest, DossierId, EntryId
from amana.storage.orm.faults import fault_of

CHUNK = 512
NO_CHAIN = Digest(bytes(32))
Row = tuple[Any, ...]

# A destroyed body is zeros in the file and empty to the reader; zeros that someone changed are shown, so that a check finds them.
_BODY = "CASE WHEN b.content IS NULL OR (e.void <> '' AND b.content = zeroblob(length(b.content))) THEN x'' ELSE b.content END"
_ENTRY = "e.id, e.dossier, e.kind, e.type, e.author, e.header, {}, e.void, e.made_at, e.arrived_at, e.effective, e.outcome"
_WHOLE = f"{_ENTRY.format(_BODY)} FROM entry e LEFT JOIN body b ON b.entry_id = e.arrival"
_BARE = f"{_ENTRY.format(chr(120) + chr(39) * 2)} FROM entry e"  # x'' in place of the body
_LOG = "o.name, l.partner, l.outgoing, l.size, l.frontier, l.receipted FROM log l JOIN origin o ON o.number = l.origin_id"
_STEP = (
    "o.name, s.size, s.old_size, s.old_root, s.head, s.card, s.receipt, s.receipt_card, s.at "
    "FROM step s JOIN origin o ON o.number = s.origin_id WHERE o.name = ?"
)
_OF_FILE = "file_id = (SELECT number FROM file WHERE owner = ? AND place = ?)"
_FILES = (
    "coalesce(f.owner, x''), coalesce(f.place, c.file_id), count(*), max(c.number) FROM chunk c LEFT JOIN file f ON f.number = c.file_id "
    "GROUP BY c.file_id ORDER BY 1, 2"
)
_DOSSIER = (
    "id, kind, cursor, count, last_effective, last_id, parties, stage, area, urgency, turn, due, closed, opened_at, changed_at, within "
    "FROM dossier"
)
# An erased content is zeros in the file. Zeros that someone changed, or a content marked erased that is not, read as other bytes than the
# digest's, so that a check finds them.
_LOCAL = (
    "seq, at, type, officer, dossier, CASE erased WHEN 0 THEN content "
    "WHEN 1 THEN CASE WHEN content = zeroblob(length(content)) THEN NULL ELSE x'' END ELSE x'' END, digest, chain FROM local"
)


def chunks(ids: Iterable[bytes]) -> Iterator[list[bytes]]:
    """`ids` in lists of CHUNK or of a power of two, the last one filled up with its own last id."""
    pending = list(ids)
    for start in range(0, len(pending), CHUNK):
        part = pending[start : start + CHUNK]
        length = 1 << (len(part) - 1).bit_length()
        yield part + part[-1:] * (length - len(part))


def above(prefix: bytes) -> bytes | None:
    """The least bytes greater than everything that begins with `prefix`; None where there is none."""
    kept = prefix.rstrip(b"\xff")
    return kept[:-1] + bytes([kept[-1] + 1]) if kept else None


class OrmReading:
    """Reads through one connection that stands in a transaction."""

    __slots__ = ("raw",)

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        try:
            return self.raw.execute(f"SELECT {sql}", values).fetchall()
        except sqlite3.Error as error:
            raise fault_of(error) from error

    def _first(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        rows = self._rows(sql, values)
        return rows[0] if rows else None

    def _among(self, sql: str, ids: Iterable[bytes]) -> Iterator[Row]:
        """Rows of `sql` with its `IN ()` filled, chunk by chunk."""
        for part in chunks(ids):
            marks = ", ".join("?" * len(part))
            yield from self._rows(sql.replace("IN ()", f"IN ({marks})"), part)

    def entry(self, id: EntryId) -> EntryRow | None:
        row = self._first(f"{_WHOLE} WHERE e.id = ?", (id,))
        return EntryRow._make(row) if row else None

    def entries(self, ids: Iterable[EntryId]) -> dict[EntryId, EntryRow]:
        return {row[0]: EntryRow._make(row) for row in self._among(f"{_WHOLE} WHERE e.id IN ()", ids)}

    def effectives(self, ids: Iterable[EntryId]) -> dict[EntryId, int]:
        return dict(self._among("id, effective FROM entry WHERE id IN () AND effective > 0", ids))

    def present(self, ids: Iterable[EntryId]) -> set[EntryId]:
        return {id for (id,) in self._among("id FROM entry WHERE id IN ()", ids)}

    def dossier_entries(self, dossier: DossierId, after: tuple[int, EntryId] | None = None) -> list[EntryRow]:
        effective, id = after or (0, EntryId(b""))
        order = "AND e.effective > 0 AND (e.effective, e.id) > (?, ?) ORDER BY e.effective, e.id"
        return [EntryRow._make(row) for row in self._rows(f"{_BARE} WHERE e.dossier = ? {order}", (dossier, effective, id))]

    def last_entries(self, dossier: DossierId, limit: int, before: tuple[int, EntryId] | None = None) -> list[EntryRow]:
        key = before or (2**63 - 1, EntryId(b""))
        order = "AND e.effective > 0 AND (e.effective, e.id) < (?, ?) ORDER BY e.effective DESC, e.id DESC LIMIT ?"
        return [EntryRow._make(row) for row in self._rows(f"{_WHOLE} WHERE e.dossier = ? {order}", (dossier, *key, limit))]

    def waiting_in(self, dossier: DossierId) -> list[EntryRow]:
        waits = "e.dossier = ? AND e.outcome = 'waiting' AND e.effective = 0 ORDER BY e.arrival"
        return [EntryRow._make(row) for row in self._rows(f"{_BARE} WHERE {waits}", (dossier,))]

    def entries_by_arrival(self, after: int, limit: int) -> list[tuple[int, EntryRow]]:
        rows = self._rows(f"e.arrival, {_WHOLE} WHERE e.arrival > ? ORDER BY e.arrival LIMIT ?", (after, limit))
        return [(row[0], EntryRow._make(row[1:])) for row in rows]

    def waiting_for(self, missing: Iterable[EntryId]) -> list[EntryId]:
        if not self._rows("1 FROM waiting LIMIT 1"):
            return []  # nearly always, and far quicker than asking for each
        return sorted({entry for (entry,) in self._among("entry FROM waiting WHERE missing IN ()", missing)})

    def chunks(self, owner: bytes, place: int, start: int, limit: int) -> list[bytes]:
        rows = self._rows(f"content FROM chunk WHERE {_OF_FILE} AND number >= ? ORDER BY number LIMIT ?", (owner, place, start, limit))
        return [content for (content,) in rows]

    def chunk_count(self, owner: bytes, place: int) -> int:
        return int(self._rows(f"count(*) FROM chunk WHERE {_OF_FILE}", (owner, place))[0][0])

    def files(self) -> list[FileRow]:
        return [FileRow._make(row) for row in self._rows(_FILES)]

    def log(self, origin: Origin) -> LogRow | None:
        row = self._first(f"{_LOG} WHERE o.name = ?", (origin,))
        return _log_row(row) if row else None

    def logs(self, partner: AgencyCode | None = None) -> list[LogRow]:
        if partner is None:
            return [_log_row(row) for row in self._rows(f"{_LOG} ORDER BY o.name")]
        return [_log_row(row) for row in self._rows(f"{_LOG} WHERE l.partner = ? ORDER BY o.name", (partner,))]

    def positions(self, origin: Origin, start: int, end: int) -> list[EntryId]:
        where = "p.origin_id = (SELECT number FROM origin WHERE name = ?) AND p.number >= ? AND p.number < ? ORDER BY p.number"
        rows = self._rows(f"e.id FROM position p JOIN entry e ON e.arrival = p.entry_id WHERE {where}", (origin, start, end))
        return [id for (id,) in rows]

    def position_of(self, origin: Origin, entry: EntryId) -> int | None:
        named = "origin_id = (SELECT number FROM origin WHERE name = ?) AND entry_id = (SELECT arrival FROM entry WHERE id = ?)"
        row = self._first(f"min(number) FROM position WHERE {named}", (origin, entry))
        return row[0] if row else None

    def step(self, origin: Origin, size: int) -> StepRow | None:
        row = self._first(f"{_STEP} AND s.size = ?", (origin, size))
        return StepRow._make(row) if row else None

    def step_from(self, origin: Origin, old_size: int) -> StepRow | None:
        row = self._first(f"{_STEP} AND s.size > ? AND s.old_size = ? ORDER BY s.size LIMIT 1", (origin, old_size, old_size))
        return StepRow._make(row) if row else None

    def step_over(self, origin: Origin, position: int) -> StepRow | None:
        row = self._first(f"{_STEP} AND s.size > ? ORDER BY s.size LIMIT 1", (origin, position))
        return StepRow._make(row) if row else None

    def steps(self, origin: Origin, after: int = 0) -> list[StepRow]:
        return [StepRow._make(row) for row in self._rows(f"{_STEP} AND s.size > ? ORDER BY s.size", (origin, after))]

    def queue(self, partner: AgencyCode, limit: int, *, control_only: bool = False) -> list[QueueRow]:
        which = "partner = ? AND control" if control_only else "partner = ?"
        rows = self._rows(f"seq, partner, entry, control FROM queue WHERE {which} ORDER BY seq LIMIT ?", (partner, limit))
        return [QueueRow(seq, code, entry, _truth(control)) for seq, code, entry, control in rows]

    def queue_counts(self) -> dict[AgencyCode, int]:
        return dict(self._rows("partner, count(*) FROM queue GROUP BY partner"))

    def dossier(self, id: DossierId) -> DossierRow | None:
        row = self._first(f"{_DOSSIER} WHERE id = ?", (id,))
        return _dossier_row(row) if row else None

    def dossiers(self, *, kind: str = "", closed: bool | None = None, within: DossierId | None = None) -> list[DossierRow]:
        which = "(? = '' OR kind = ?) AND (? IS NULL OR closed = ?) ORDER BY changed_at DESC, id DESC"
        given: tuple[object, ...] = (kind, kind, closed, closed)
        if within is not None:
            which, given = f"within = ? AND {which}", (within, *given)
        return [_dossier_row(row) for row in self._rows(f"{_DOSSIER} WHERE {which}", given)]

    def snapshot_before(self, dossier: DossierId, key: tuple[int, EntryId]) -> SnapshotRow | None:
        where = "dossier = ? AND (effective, id) < (?, ?) ORDER BY effective DESC, id DESC LIMIT 1"
        row = self._first(f"dossier, effective, id, cursor FROM snapshot WHERE {where}", (dossier, *key))
        return SnapshotRow._make(row) if row else None

    def snapshots(self, dossier: DossierId) -> list[SnapshotRow]:
        rows = self._rows("dossier, effective, id, cursor FROM snapshot WHERE dossier = ? ORDER BY effective, id", (dossier,))
        return [SnapshotRow._make(row) for row in rows]

    def local_after(self, seq: int, limit: int) -> list[LocalRow]:
        return [LocalRow._make(row) for row in self._rows(f"{_LOCAL} WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit))]

    def local_of(self, dossier: DossierId, type: str = "") -> list[LocalRow]:
        which = "dossier = ? AND (? = '' OR type = ?) ORDER BY seq"
        return [LocalRow._make(row) for row in self._rows(f"{_LOCAL} WHERE {which}", (dossier, type, type))]

    def local_head(self) -> tuple[int, Digest]:
        row = self._first("seq, chain FROM local ORDER BY seq DESC LIMIT 1")
        return (row[0], row[1]) if row else (0, NO_CHAIN)

    def record(self, kind: str, key: bytes) -> bytes | None:
        row = self._first("value FROM record WHERE kind = ? AND key = ?", (kind, key))
        return row[0] if row else None

    def records(self, kind: str, prefix: bytes = b"", limit: int | None = None) -> list[RecordRow]:
        end = above(prefix)
        which = "kind = ? AND key >= ?" if end is None else "kind = ? AND key >= ? AND key < ?"
        values = (kind, prefix) if end is None else (kind, prefix, end)
        asked = f"kind, key, value FROM record WHERE {which} ORDER BY key LIMIT ?"
        return [RecordRow._make(row) for row in self._rows(asked, (*values, -1 if limit is None else limit))]


def _truth(stored: int) -> bool:
    """A truth value; a number that is none is shown as it is, so that a check finds it."""
    return bool(stored) if stored in (0, 1) else stored  # type: ignore[return-value]  # damage


def _log_row(row: Row) -> LogRow:
    origin, partner, outgoing, size, frontier, receipted = row
    return LogRow(origin, partner, _truth(outgoing), size, frontier, receipted)


def _dossier_row(row: Row) -> DossierRow:
    held = DossierRow._make(row)
    return held._replace(parties=_codes(row[6]), turn=_codes(row[10]), closed=_truth(held.closed))


def _codes(text: str) -> tuple[AgencyCode, ...]:
    return tuple(AgencyCode(code) for code in text.split())
