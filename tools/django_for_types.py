# SPDX-License-Identifier: EUPL-1.2
"""Django settings that only the type checker reads, so that mypy knows the models and their fields.

A node configures Django itself, from its own NodeConfig; nothing here runs in one.
"""

from __future__ import annotations

SECRET_KEY = "for the type checker only"  # noqa: S105 - signs nothing; Django refuses to load settings without one
USE_TZ = True
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "amana.storage.orm",
    "amana.web",
]
AUTH_USER_MODEL = "desk.Account"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
