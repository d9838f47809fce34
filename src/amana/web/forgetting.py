# SPDX-License-Identifier: EUPL-1.2
"""Forms that were left unfinished go, as drafts do: when their event is past its date, and ninety days after they were last changed.

Straight in the pages' own file, beside a running node or without one; `secure_delete` overwrites what is deleted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from amana.node.unsent import KEPT
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import DossierId, Millis
from amana.storage.orm.connect import BUSY_SECONDS

TABLE = "desk_workingcopy"


def forget_copies(database: Path, now: Millis, past: Collection[DossierId]) -> int:
    """Delete the working copies that are due; how many. `past`: what belongs to events whose date is over.

    Raises OperatorFault `database_busy` where the file cannot be written now. A node without pages has none.
    """
    if not database.exists():
        return 0
    before = datetime.fromtimestamp((now - KEPT) / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")  # as Django writes it
    named = [dossier.hex() for dossier in past]
    try:
        with closing(sqlite3.connect(database, timeout=BUSY_SECONDS, isolation_level=None)) as raw:
            raw.execute("PRAGMA secure_delete = ON")
            if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone():
                return 0
            rows = raw.execute(f"SELECT id, dossier, fields, changed_at FROM {TABLE}").fetchall()  # noqa: S608 - a name of our own
            due = [
                number
                for number, dossier, fields, changed in rows
                if changed < before or dossier in named or any(event in fields for event in named)
            ]
            raw.executemany(f"DELETE FROM {TABLE} WHERE id = ?", [(number,) for number in due])  # noqa: S608 - as above
            if due:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return len(due)
    except sqlite3.Error as error:
        raise OperatorFault("database_busy", file=database.name) from error
