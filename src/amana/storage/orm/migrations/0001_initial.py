# SPDX-License-Identifier: EUPL-1.2
"""The journal's first schema, as the models say it, with the narrow keyed tables kept in key order."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from amana.storage.orm.operations import WithoutRowid

CODE, AGENCY, ORIGIN, ID = 48, 32, 100, 32


def _composite(*names: str) -> models.CompositePrimaryKey:
    return models.CompositePrimaryKey(*names, blank=True, editable=False, primary_key=True, serialize=False)


def _link(to: str) -> models.ForeignKey[object, object]:
    return models.ForeignKey(to, models.PROTECT, db_constraint=False, db_index=False)


def _same_row(to: str) -> models.OneToOneField[object, object]:
    return models.OneToOneField(to, models.PROTECT, primary_key=True, db_constraint=False, serialize=False)


ENTRIES: list[Operation] = [
    migrations.CreateModel(
        "Entry",
        [
            ("arrival", models.IntegerField(primary_key=True, serialize=False)),
            ("id", models.BinaryField(max_length=ID, unique=True)),
            ("dossier", models.BinaryField(max_length=ID)),
            ("kind", models.CharField(max_length=CODE)),
            ("type", models.CharField(max_length=CODE)),
            ("author", models.CharField(max_length=AGENCY)),
            ("void", models.CharField(max_length=CODE)),
            ("made_at", models.BigIntegerField()),
            ("arrived_at", models.BigIntegerField()),
            ("effective", models.BigIntegerField()),
            ("outcome", models.CharField(max_length=CODE)),
            ("header", models.BinaryField()),
        ],
        {
            "db_table": "entry",
            "indexes": [
                models.Index("dossier", "effective", "id", name="entry_order", condition=models.Q(effective__gt=0)),
                models.Index("dossier", name="entry_waiting", condition=models.Q(outcome="waiting")),
            ],
        },
    ),
    migrations.CreateModel("Body", [("entry", _same_row("journal.entry")), ("content", models.BinaryField())], {"db_table": "body"}),
]

LOGS: list[Operation] = [
    migrations.CreateModel(
        "Origin",
        [
            ("number", models.IntegerField(primary_key=True, serialize=False)),
            ("name", models.CharField(max_length=ORIGIN, unique=True)),
        ],
        {"db_table": "origin"},
    ),
    migrations.CreateModel(
        "Log",
        [
            ("origin", _same_row("journal.origin")),
            ("partner", models.CharField(max_length=AGENCY)),
            ("outgoing", models.BooleanField()),
            ("size", models.BigIntegerField()),
            ("frontier", models.BinaryField()),
            ("receipted", models.BigIntegerField()),
        ],
        {"db_table": "log"},
    ),
    migrations.CreateModel(
        "Position",
        [
            ("pk", _composite("origin_id", "number")),
            ("origin", _link("journal.origin")),
            ("number", models.BigIntegerField()),
            ("entry", _link("journal.entry")),
        ],
        {"db_table": "position", "indexes": [models.Index("entry", name="position_entry")]},
    ),
    migrations.CreateModel(
        "Step",
        [
            ("pk", _composite("origin_id", "size")),
            ("origin", _link("journal.origin")),
            ("size", models.BigIntegerField()),
            ("old_size", models.BigIntegerField()),
            ("old_root", models.BinaryField(max_length=ID)),
            ("head", models.BinaryField()),
            ("card", models.IntegerField()),
            ("receipt", models.BinaryField()),
            ("receipt_card", models.IntegerField()),
            ("at", models.BigIntegerField()),
        ],
        {"db_table": "step"},
    ),
    migrations.CreateModel(
        "Queue",
        [
            ("seq", models.BigAutoField(primary_key=True, serialize=False)),
            ("partner", models.CharField(max_length=AGENCY)),
            ("entry", models.BinaryField(max_length=ID)),
            ("control", models.BooleanField()),
        ],
        {"db_table": "queue", "indexes": [models.Index("partner", name="queue_partner")]},
    ),
]

FOLDS: list[Operation] = [
    migrations.CreateModel(
        "Waiting",
        [
            ("pk", _composite("missing", "entry")),
            ("missing", models.BinaryField(max_length=ID)),
            ("entry", models.BinaryField(max_length=ID)),
        ],
        {"db_table": "waiting", "indexes": [models.Index("entry", name="waiting_entry")]},
    ),
    migrations.CreateModel(
        "Dossier",
        [
            ("id", models.BinaryField(max_length=ID, primary_key=True, serialize=False)),
            ("kind", models.CharField(max_length=CODE)),
            ("cursor", models.BinaryField()),
            ("count", models.BigIntegerField()),
            ("last_effective", models.BigIntegerField()),
            ("last_id", models.BinaryField(max_length=ID)),
            ("parties", models.TextField()),
            ("stage", models.CharField(max_length=CODE)),
            ("area", models.CharField(max_length=CODE)),
            ("urgency", models.CharField(max_length=CODE)),
            ("turn", models.TextField()),
            ("due", models.BigIntegerField()),
            ("closed", models.BooleanField()),
            ("opened_at", models.BigIntegerField()),
            ("changed_at", models.BigIntegerField()),
        ],
        {"db_table": "dossier"},
    ),
    migrations.CreateModel(
        "Snapshot",
        [
            ("pk", _composite("dossier", "effective", "id")),
            ("dossier", models.BinaryField(max_length=ID)),
            ("effective", models.BigIntegerField()),
            ("id", models.BinaryField(max_length=ID)),
            ("cursor", models.BinaryField()),
        ],
        {"db_table": "snapshot"},
    ),
]

LOCAL: list[Operation] = [
    migrations.CreateModel(
        "Local",
        [
            ("seq", models.IntegerField(primary_key=True, serialize=False)),
            ("at", models.BigIntegerField()),
            ("type", models.CharField(max_length=CODE)),
            ("officer", models.CharField(max_length=AGENCY)),
            ("dossier", models.BinaryField(max_length=ID)),
            ("digest", models.BinaryField(max_length=ID)),
            ("chain", models.BinaryField(max_length=ID)),
            ("erased", models.BooleanField()),
            ("content", models.BinaryField()),
        ],
        {"db_table": "local", "indexes": [models.Index("dossier", name="local_dossier")]},
    ),
    migrations.CreateModel(
        "Record",
        [
            ("pk", _composite("kind", "key")),
            ("kind", models.CharField(max_length=CODE)),
            ("key", models.BinaryField()),
            ("value", models.BinaryField()),
        ],
        {"db_table": "record"},
    ),
]


class Migration(migrations.Migration):
    """Every table, then the clustering."""

    initial = True
    operations: ClassVar[list[Operation]] = [
        *ENTRIES,
        *LOGS,
        *FOLDS,
        *LOCAL,
        *(WithoutRowid(model) for model in ("Position", "Waiting", "Record")),
    ]
