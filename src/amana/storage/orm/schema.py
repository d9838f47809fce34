# SPDX-License-Identifier: EUPL-1.2
"""Creating, migrating and checking a journal's database file.

`amana init` creates and `amana rebuild` migrates; a running node does neither and refuses a schema that is not its own.
The file, its WAL and its index are readable by their owner alone, in a directory that is the same.
"""

from __future__ import annotations

import os
import pkgutil
import sqlite3
from contextlib import closing
from pathlib import Path

from amana.protocol.errors import OperatorFault
from amana.storage.orm import migrations
from amana.storage.orm.connect import configure_django, open_connection
from amana.storage.orm.faults import fault_of

LABEL = "journal"
PAGE_BYTES = 8192  # a batch of 1,000 entries costs a tenth less than with 4,096 (docs/develop/journal.md)


def create_database(path: Path) -> None:
    """A new, empty database with the current schema. Raises OperatorFault `database_exists`, `disk_full`, …."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise OperatorFault("database_exists", file=path.name) from error
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            raw.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            raw.execute("PRAGMA journal_mode = WAL")  # writes the first page, so that the page size stays
        migrate_database(path)
    except BaseException:
        for leftover in (path, wal_of(path), path.with_name(f"{path.name}-shm")):
            leftover.unlink(missing_ok=True)
        raise


def migrate_database(path: Path) -> None:
    """Bring an existing database to this program's schema. Raises OperatorFault `schema_newer`, `database_damaged`, …."""
    if newer := _applied(path) - _known():
        raise OperatorFault("schema_newer", found=max(newer), known=max(_known()))
    alias = configure_django(path)
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    try:
        call_command("migrate", LABEL, database=alias, interactive=False, verbosity=0)  # of the pages' own tables none belongs here
    except DatabaseError as error:
        if isinstance(error.__cause__, sqlite3.Error):
            raise fault_of(error.__cause__) from error
        raise
    finally:
        connections[alias].close()


def require_current_schema(path: Path) -> None:
    """Raise OperatorFault `schema_older` or `schema_newer` where the file's schema is not this program's."""
    applied, known = _applied(path), _known()
    if applied - known:
        raise OperatorFault("schema_newer", found=max(applied), known=max(known))
    if known - applied:
        raise OperatorFault("schema_older", found=max(applied, default="none"), wanted=max(known))


def require_sound_database(path: Path) -> None:
    """Read the whole file and raise OperatorFault `database_damaged` where SQLite finds its structure broken."""
    with closing(open_connection(path)) as raw:
        try:
            found = [str(line) for (line,) in raw.execute("PRAGMA integrity_check(1)")]
        except sqlite3.Error as error:
            raise fault_of(error) from error
    if found != ["ok"]:
        raise OperatorFault("database_damaged", file=path.name)


def wal_of(path: Path) -> Path:
    """The file that holds what was committed and not yet moved into the database file."""
    return path.with_name(f"{path.name}-wal")


def _known() -> set[str]:
    """The names of this program's migrations."""
    return {module.name for module in pkgutil.iter_modules(migrations.__path__)}


def _applied(path: Path) -> set[str]:
    """The names of the migrations that the file went through."""
    with closing(open_connection(path)) as raw:
        try:
            if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'").fetchone():
                return set()
            return {str(name) for (name,) in raw.execute("SELECT name FROM django_migrations WHERE app = ?", (LABEL,))}
        except sqlite3.Error as error:
            raise fault_of(error) from error
