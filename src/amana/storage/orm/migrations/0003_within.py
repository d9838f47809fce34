# SPDX-License-Identifier: EUPL-1.2
"""The dossier to which a dossier belongs, as a column: derived, and empty for all kinds that were there before."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

ID = 32


class Migration(migrations.Migration):
    """The column `within` of `dossier`, with its index."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("journal", "0002_attachments")]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField("Dossier", "within", models.BinaryField(default=b"", max_length=ID)),
        migrations.AddIndex("Dossier", models.Index("within", "kind", name="dossier_within")),
    ]
