# SPDX-License-Identifier: EUPL-1.2
"""Attachments: two new tables for sealed chunks; nothing that is there changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

ID = 32


class Migration(migrations.Migration):
    """The tables `file` and `chunk`."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("journal", "0001_initial")]
    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            "File",
            [
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("owner", models.BinaryField(max_length=ID)),
                ("place", models.IntegerField()),
            ],
            {"db_table": "file", "constraints": [models.UniqueConstraint("owner", "place", name="file_owner")]},
        ),
        migrations.CreateModel(
            "Chunk",
            [
                ("pk", models.CompositePrimaryKey("file_id", "number", blank=True, editable=False, primary_key=True, serialize=False)),
                ("file", models.ForeignKey("journal.file", models.PROTECT, db_constraint=False, db_index=False)),
                ("number", models.IntegerField()),
                ("content", models.BinaryField()),
            ],
            {"db_table": "chunk"},
        ),
    ]
