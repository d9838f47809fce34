# SPDX-License-Identifier: EUPL-1.2
"""Everything a memory journal holds, as plain values: to compare before and after, and to change one byte of."""

from __future__ import annotations

import copy
from typing import Any

from amana.storage.memory.journal import MemoryJournal

KEPT_APART = ("quarantined", "evidence_kept")  # all that hostile bytes may leave, and in the administrator's sight


def dump(journal: MemoryJournal) -> dict[str, Any]:
    """Every table of the journal."""
    tables = journal._tables
    return {name: copy.deepcopy(dict(table)) for name, table in vars(tables).items() if isinstance(table, dict)}


def without_quarantine(dumped: dict[str, Any]) -> dict[str, Any]:
    """The same without what is kept apart: its local events (they come last), and the records made of them."""
    local = {seq: row for seq, row in dumped["local"].items() if row.type not in KEPT_APART}
    records = {kind: rows for kind, rows in dumped["records"].items() if kind not in ("quarantine", "evidence") and rows}
    return {**dumped, "local": local, "records": records}
