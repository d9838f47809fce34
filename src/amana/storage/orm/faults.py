# SPDX-License-Identifier: EUPL-1.2
"""What the database says, told in the administrator's words: every sqlite3 error becomes one OperatorFault.

`disk_full`: make room, the node goes on by itself. `database_damaged`: restore from a backup. `database_busy`: another
program holds the file. `database_unwritable`: permissions. `journal_conflict`: a row that is there was added again.
"""

from __future__ import annotations

import sqlite3

from amana.protocol.errors import OperatorFault
from amana.storage.files import NO_ROOM

PRIMARY = 0xFF  # an extended result code holds its primary code in the low byte (sqlite.org/rescode.html)
CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_CORRUPT: "database_damaged",
    sqlite3.SQLITE_NOTADB: "database_damaged",
    sqlite3.SQLITE_BUSY: "database_busy",
    sqlite3.SQLITE_LOCKED: "database_busy",
    sqlite3.SQLITE_READONLY: "database_unwritable",
    sqlite3.SQLITE_CANTOPEN: "database_unwritable",
    sqlite3.SQLITE_PERM: "database_unwritable",
    sqlite3.SQLITE_CONSTRAINT: "journal_conflict",
}


def fault_of(error: sqlite3.Error | UnicodeDecodeError) -> OperatorFault:
    """The fault that tells what `error` means; `database_error` with SQLite's name for it where nothing better fits.

    A UnicodeDecodeError is SQLite's message about a schema that holds a changed byte, which Python cannot read.
    """
    if isinstance(error, UnicodeDecodeError):
        return OperatorFault("database_damaged", sqlite=type(error).__name__)
    number: int = getattr(error, "sqlite_errorcode", 0)
    name: str = getattr(error, "sqlite_errorname", type(error).__name__)
    if number == sqlite3.SQLITE_IOERR_SHMSIZE:  # the shared index could not grow: the one full disk that has its own name
        return OperatorFault("disk_full", sqlite=name)
    if not number and "UTF-8" in str(error):  # a changed byte in a text column
        return OperatorFault("database_damaged", sqlite=name)
    return OperatorFault(CODES.get(number & PRIMARY, "database_error"), sqlite=name)


def told(error: BaseException) -> BaseException:
    """`error` as the caller of a write should see it: database errors and full disks as faults, all else unchanged."""
    if isinstance(error, sqlite3.Error):
        return fault_of(error)
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return OperatorFault("disk_full")
    return error
