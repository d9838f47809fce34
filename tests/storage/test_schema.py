# SPDX-License-Identifier: EUPL-1.2
"""The database file: made private, made from the models alone, and refused where it is not what this program writes."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from amana.protocol.errors import OperatorFault
from amana.storage.orm.connect import configure_django
from amana.storage.orm.journal import OrmJournal
from amana.storage.orm.schema import create_database, migrate_database, require_current_schema, require_sound_database
from tests.storage.rows import RABAT, digest, dossier_id, entry, entry_id, local, placed

CLUSTERED = {"position", "record", "waiting"}
TABLES = {
    "body",
    "chunk",
    "dossier",
    "entry",
    "file",
    "local",
    "log",
    "origin",
    "position",
    "queue",
    "record",
    "snapshot",
    "step",
    "waiting",
}


def asked(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        return raw.execute(sql).fetchall()


def test_every_file_of_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "node" / "node.sqlite3"
    before = os.umask(0)
    try:
        create_database(path)
        with OrmJournal(path) as journal:
            journal.write(lambda w: w.add_local([local(1)]))
            modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"node.sqlite3": 0o600, "node.sqlite3-wal": 0o600, "node.sqlite3-shm": 0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_database_is_not_created_over_another(database: Path) -> None:
    with pytest.raises(OperatorFault, match="database_exists"):
        create_database(database)
    require_current_schema(database)


def test_a_missing_database_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(OperatorFault, match="database_missing"):
        OrmJournal(tmp_path / "node.sqlite3")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("DELETE FROM django_migrations WHERE app = 'journal'", "schema_older"),
        ("DROP TABLE django_migrations", "schema_older"),
        ("INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '9999_of_tomorrow', '2030-01-01')", "schema_newer"),
    ],
)
def test_a_schema_of_another_time_is_refused(database: Path, change: str, code: str) -> None:
    asked(database, change)
    with pytest.raises(OperatorFault, match=code):
        OrmJournal(database)


def test_a_newer_schema_is_not_migrated(database: Path) -> None:
    asked(database, "INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '9999_of_tomorrow', '2030-01-01')")
    with pytest.raises(OperatorFault, match="schema_newer"):
        migrate_database(database)


def test_an_empty_database_is_migrated_to_the_current_schema(database: Path) -> None:
    for table in [*TABLES, "django_migrations"]:
        asked(database, f"DROP TABLE {table}")
    migrate_database(database)
    require_current_schema(database)


def test_a_database_without_attachments_is_migrated_and_keeps_what_it_holds(database: Path) -> None:
    with OrmJournal(database) as journal:
        journal.write(lambda w: w.add_entries([entry(1)]))
    for change in (
        "DROP TABLE chunk",
        "DROP TABLE file",
        "DROP INDEX dossier_within",
        "ALTER TABLE dossier DROP COLUMN within",
        "DELETE FROM django_migrations WHERE app = 'journal' AND name <> '0001_initial'",
    ):
        asked(database, change)
    with pytest.raises(OperatorFault, match="schema_older"):
        OrmJournal(database)
    migrate_database(database)
    with OrmJournal(database) as journal:
        journal.write(lambda w: w.add_chunks(entry_id(1), 0, 0, [b"sealed"]))
        assert journal.read(lambda r: (r.entry(entry_id(1)), r.chunks(entry_id(1), 0, 0, 9))) == (entry(1), [b"sealed"])


@pytest.mark.parametrize("content", [b"", b"this is no database, it is a letter of some length " * 20])
def test_a_file_that_is_no_journal_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "node.sqlite3"
    path.write_bytes(content)
    with pytest.raises(OperatorFault, match="database_damaged" if content else "schema_older"):
        OrmJournal(path)


def test_a_broken_structure_is_found_by_reading_the_whole_file(database: Path) -> None:
    with OrmJournal(database) as journal:
        journal.write(lambda w: w.add_entries([entry(number, body=digest(number) * 300) for number in range(50)]))
    require_sound_database(database)
    content = bytearray(database.read_bytes())
    content[-8192:] = os.urandom(8192)
    database.write_bytes(content)
    with pytest.raises(OperatorFault, match="database_damaged"):
        require_sound_database(database)


def test_the_migrations_say_what_the_models_say(database: Path) -> None:
    configure_django(database)
    from django.apps import apps
    from django.core.management import call_command
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    loader = MigrationLoader(None)  # from the files alone: no database of another test is asked
    wanted = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)
    assert wanted == {}
    call_command("check", verbosity=0)


def test_narrow_tables_are_kept_in_key_order(database: Path) -> None:
    kept = {table: without for _, table, _, _, without, _ in asked(database, "PRAGMA table_list") if table in TABLES}
    assert kept == {table: int(table in CLUSTERED) for table in TABLES}


def test_arrival_and_record_numbers_are_row_numbers(database: Path) -> None:
    for place in ("entry WHERE arrival", "body WHERE entry_id", "local WHERE seq", "origin WHERE number", "log WHERE origin_id"):
        (step,) = asked(database, f"EXPLAIN QUERY PLAN SELECT 1 FROM {place} = 1")  # noqa: S608 - from the line above
        assert "USING INTEGER PRIMARY KEY" in str(step[3])


def test_what_the_journal_wrote_is_read_through_the_models(database: Path) -> None:
    with OrmJournal(database) as journal:
        journal.write(lambda w: w.add_entries([placed(1, 5), placed(2, 4), entry(3)]))
        journal.write(lambda w: w.add_positions("ma.dgsn/amana/fr.dgpn/1", 0, [entry_id(2)]))  # type: ignore[arg-type]  # an Origin
        alias = configure_django(database)
        from django.db import connections

        from amana.storage.orm.models import Body, Entry, Position

        ordered = Entry.objects.using(alias).filter(dossier=dossier_id(1), effective__gt=0).order_by("effective", "id")
        assert [(row.id, row.author) for row in ordered] == [(entry_id(2), RABAT), (entry_id(1), RABAT)]
        assert bytes(Body.objects.using(alias).get(entry__id=entry_id(3)).content) == entry(3).body
        assert Position.objects.using(alias).get(origin__name="ma.dgsn/amana/fr.dgpn/1").entry.arrival == 2
        connections[alias].close()


def test_django_knows_each_file_by_one_name(database: Path, empty_database: Path) -> None:
    names = [configure_django(database), configure_django(empty_database), configure_django(database)]
    assert names[0] == names[2] != names[1]
