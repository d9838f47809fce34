# SPDX-License-Identifier: EUPL-1.2
"""The Django application of the pages; its tables are the pages' own memory and hold no entry of any dossier."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Label `desk`: the name its migrations are recorded under."""

    name = "amana.web"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep in the node's own log who signs in and out."""
        from amana.web.sign_in import recording

        recording.listen()
