# SPDX-License-Identifier: EUPL-1.2
"""Django settings that only the type checker reads, so that mypy knows the models and their fields.

A node configures Django itself, from its own NodeConfig; nothing here runs in one.
"""

from __future__ import annotations

from importlib.util import find_spec

SECRET_KEY = "for the type checker only"  # noqa: S105 - signs nothing; Django refuses to load settings without one
USE_TZ = True
INSTALLED_APPS = ["amana.storage.orm"] if find_spec("amana.storage") and find_spec("amana.storage.orm") else []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
