# SPDX-License-Identifier: EUPL-1.2
"""The Django application that holds the journal's models and migrations."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Label `journal`: the name its migrations are recorded under."""

    name = "amana.storage.orm"
    label = "journal"
