# SPDX-License-Identifier: EUPL-1.2
"""The memory journal's tables: plain dicts whose every change can be taken back.

Promise: after `take_back` the tables hold exactly what they held when `changes` was last empty. Order never comes
from a dict: whoever reads sorts. Shapes: docs/develop/journal.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import MutableMapping
from typing import Any, TypeVar

from amana.node.ports import DossierRow, EntryRow, LocalRow, LogRow, QueueRow, SnapshotRow, StepRow
from amana.protocol.checkpoint import Origin
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId

K = TypeVar("K")
V = TypeVar("V")
_ABSENT = object()


class Tables:
    """Everything one memory journal holds."""

    def __init__(self) -> None:
        self._changes: list[tuple[MutableMapping[Any, Any], Any, Any]] = []
        self.entries: dict[EntryId, EntryRow] = {}
        self.files: defaultdict[tuple[bytes, int], dict[int, bytes]] = defaultdict(dict)  # (owner, place) → sealed chunks by number
        self.arrivals: dict[int, EntryId] = {}
        self.members: defaultdict[DossierId, dict[EntryId, int]] = defaultdict(dict)  # with arrival numbers
        self.missing: defaultdict[EntryId, dict[EntryId, None]] = defaultdict(dict)  # ancestor → entries that wait
        self.logs: dict[Origin, LogRow] = {}
        self.positions: defaultdict[Origin, dict[int, EntryId]] = defaultdict(dict)
        self.found_at: dict[tuple[Origin, EntryId], int] = {}  # least position
        self.steps: defaultdict[Origin, dict[int, StepRow]] = defaultdict(dict)
        self.queue: dict[int, QueueRow] = {}
        self.counters: dict[str, int] = {}
        self.dossiers: dict[DossierId, DossierRow] = {}
        self.snapshots: defaultdict[DossierId, dict[tuple[int, EntryId], SnapshotRow]] = defaultdict(dict)
        self.local: dict[int, LocalRow] = {}
        self.records: defaultdict[str, dict[bytes, bytes]] = defaultdict(dict)

    def copy(self) -> Tables:
        """The same rows in tables of their own; rows are never changed in place. Only between two writes."""
        same = Tables()
        for name, table in vars(self).items():
            if isinstance(table, dict):
                held = getattr(same, name)
                held.update({key: dict(rows) if isinstance(rows, dict) else rows for key, rows in table.items()})
        return same

    def put(self, table: MutableMapping[K, V], key: K, value: V) -> None:
        """Set `key`, remembering what stood there."""
        self._changes.append((table, key, table.get(key, _ABSENT)))
        table[key] = value

    def drop(self, table: MutableMapping[K, V], key: K) -> None:
        """Remove `key` if it is there, remembering what stood there."""
        if key in table:
            self._changes.append((table, key, table.pop(key)))

    def clear(self, table: MutableMapping[K, V]) -> None:
        """Remove every key."""
        for key in list(table):
            self.drop(table, key)

    def keep(self) -> None:
        """What was changed stays."""
        self._changes.clear()

    def take_back(self) -> None:
        """Undo every change since the last `keep`, latest first."""
        while self._changes:
            table, key, before = self._changes.pop()
            if before is _ABSENT:
                table.pop(key, None)
            else:
                table[key] = before


QueueCounts = dict[AgencyCode, int]
