# SPDX-License-Identifier: EUPL-1.2
"""The table of the secret addresses of calendars, of which it holds the hashes."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Calendar feeds."""

    dependencies = [("desk", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=32, unique=True)),
                ("hashed", models.CharField(max_length=64, unique=True)),
                ("recorded_at", models.BigIntegerField(default=0)),
                ("made_at", models.DateTimeField(auto_now=True)),
            ],
        ),
    ]
