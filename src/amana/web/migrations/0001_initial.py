# SPDX-License-Identifier: EUPL-1.2
"""The first tables of the pages' own memory."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Accounts, working copies, saved views."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("account", models.CharField(max_length=32, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("invitation", models.CharField(blank=True, max_length=128)),
                ("invited_until", models.DateTimeField(null=True)),
                ("preferences", models.JSONField(default=dict)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkingCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=32)),
                ("token", models.CharField(max_length=48, unique=True)),
                ("kind", models.CharField(max_length=80)),
                ("dossier", models.CharField(blank=True, max_length=64)),
                ("fields", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["-changed_at"],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=80)),
                ("query", models.CharField(max_length=1000)),
                ("page", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("account", "name"), name="one_view_of_a_name")],
            },
        ),
    ]
