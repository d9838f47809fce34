# SPDX-License-Identifier: EUPL-1.2
"""How this program opens a journal's file, alone and through Django: one list of settings for both.

WAL with synchronous=FULL: what was committed survives a power cut, as a receipt must. `secure_delete` overwrites what
is removed. Nothing is configured when this module is imported.
"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote

from amana.protocol.errors import OperatorFault
from amana.storage.orm.faults import fault_of

APP = "amana.storage.orm"
BUSY_SECONDS = 20.0  # how long one connection waits for another program's write
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",  # no content in a temporary file
    "PRAGMA trusted_schema = OFF",
    "PRAGMA wal_autocheckpoint = 6000",  # 48 MiB: pages written often are moved once (docs/decisions/0004)
    "PRAGMA journal_size_limit = 67108864",  # 64 MiB: what a burst leaves of the WAL is given back
)
_CONFIGURING = threading.Lock()


def open_connection(path: Path) -> sqlite3.Connection:
    """A connection to an existing database file, usable from any one thread at a time.

    Raises OperatorFault `database_missing`, `database_damaged`, or as `fault_of`.
    """
    if not path.is_file():
        raise OperatorFault("database_missing", file=path.name)
    try:
        raw = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode=rw",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
    except sqlite3.Error as error:
        raise fault_of(error) from error
    try:
        for pragma in PRAGMAS:
            raw.execute(pragma)
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the first statement reads the schema
        raw.close()
        raise fault_of(error) from error
    return raw


def database_settings(path: Path) -> dict[str, Any]:
    """Django's settings for one journal's file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path.absolute()),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": BUSY_SECONDS, "init_command": ";".join(PRAGMAS)},
    }


def configure_django(path: Path) -> str:
    """Make Django ready for the models, once per process, and say under which alias it knows this file.

    The first file is `default`; where Django is configured already, its settings stay and the file is added to them.
    """
    import django
    from django.apps import apps
    from django.conf import settings

    with _CONFIGURING:
        if not settings.configured:
            settings.configure(
                DATABASES={"default": database_settings(path)}, INSTALLED_APPS=[APP], USE_TZ=True, TIME_ZONE="UTC", LOGGING_CONFIG=None
            )
        if not apps.ready:
            django.setup()
        from django.db import connections

        known = connections.settings
        for alias, held in known.items():
            if str(held["NAME"]) == str(path.absolute()):
                return str(alias)
        alias = f"journal_{len(known)}"
        known[alias] = connections.configure_settings({"default": {}, alias: database_settings(path)})[alias]
        return alias
