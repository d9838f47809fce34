# SPDX-License-Identifier: EUPL-1.2
"""Django's settings for the pages of one node, set once in a process; nothing is read from the environment.

Everything that guards is set here: strict content security policy (nothing inline, nothing from outside), cookies of
this node alone, Argon2, lock-out, hosts by name. Cookies are for HTTPS only as soon as the configuration names a host.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from amana.storage.orm.connect import BUSY_SECONDS

APP = "amana.web"
JOURNAL_APP = "amana.storage.orm"
LANGUAGES = [("ar", "العربية"), ("fr", "français"), ("en", "English")]
WEB = Path(__file__).parent
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
SESSION_HOURS = 10  # one long shift; what was being written is kept beyond it
TRIES = 5  # failed sign-ins of one account before it rests
REST = timedelta(minutes=5)
MAX_POST = 11 * 1024 * 1024  # one attachment (10 MiB) with its form
MAX_POSTS = 8 * MAX_POST  # of all that are on their way in, beyond SMALL_POST each
SMALL_POST = 256 * 1024
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",  # a working copy that was sent leaves nothing
    "PRAGMA temp_store = MEMORY",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesSettings:
    """What differs from one node to another."""

    database: Path
    secret: str
    cookie: str  # suffix of cookie names: nodes on one host do not overwrite each other's
    hosts: tuple[str, ...] = ()  # beyond this machine's own names
    static: Path
    generated: Path  # fonts made from installed packages
    urls: str = "amana.web.urls"


def database(path: Path) -> dict[str, Any]:
    """Django's settings for the pages' own file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": BUSY_SECONDS, "init_command": ";".join(PRAGMAS)},
    }


class OwnTables:
    """Keeps the pages' tables in their file and the journal's in its own."""

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:  # bool: Django's protocol, nothing is guarded by it
        """Whether a table of this application belongs in that database."""
        return (app_label == "journal") == (db != "default")


def configure(given: PagesSettings) -> None:
    """Make Django ready in this process; where it is already, only the database, secret and hosts are exchanged."""
    import django
    from django.apps import apps
    from django.conf import settings
    from django.db import connections

    if not settings.configured:
        settings.configure(**_settings(given))
    elif APP not in settings.INSTALLED_APPS:
        raise RuntimeError("Django was configured without the pages")  # whoever opens both begins with the pages
    if not apps.ready:
        django.setup()
    if str(connections.settings["default"]["NAME"]) != str(given.database):
        connections["default"].close()
        connections.settings["default"]["NAME"] = str(given.database)
        connections["default"].settings_dict["NAME"] = str(given.database)
    settings.SECRET_KEY = given.secret
    settings.ALLOWED_HOSTS = [*LOCAL_HOSTS, *given.hosts]
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = f"amana_{given.cookie}", f"amana_csrf_{given.cookie}"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = bool(given.hosts)


def _settings(given: PagesSettings) -> dict[str, Any]:
    return {
        "SECRET_KEY": given.secret,
        "DEBUG": False,
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LOGGING_CONFIG": None,
        "DATABASES": {"default": database(given.database)},
        "DATABASE_ROUTERS": ["amana.web.settings.OwnTables"],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "INSTALLED_APPS": [
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.staticfiles",
            "django_otp",
            "django_otp.plugins.otp_totp",
            "django_otp.plugins.otp_static",
            "axes",
            "csp",
            "django_htmx",
            JOURNAL_APP,
            APP,
        ],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "csp.middleware.CSPMiddleware",
            "amana.web.middleware.NoStore",
            "django.middleware.gzip.GZipMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django_otp.middleware.OTPMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
            "axes.middleware.AxesMiddleware",
        ],
        "TEMPLATES": [_templates()],
        "ROOT_URLCONF": given.urls,
        **_languages(),
        **_sign_in(given),
        **_guards(given),
        **_static(given),
    }


def _templates() -> dict[str, Any]:
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "amana.web.frame.frame"],
            "builtins": ["amana.web.templatetags.words", "django.templatetags.static"],
        },
    }


def _languages() -> dict[str, Any]:
    return {"LANGUAGE_CODE": "en", "LANGUAGES": LANGUAGES, "USE_I18N": True, "USE_THOUSAND_SEPARATOR": False}


def _sign_in(given: PagesSettings) -> dict[str, Any]:
    return {
        "AUTH_USER_MODEL": "desk.Account",
        "AUTHENTICATION_BACKENDS": ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
        ],
        "LOGIN_URL": "sign_in",
        "OTP_TOTP_ISSUER": "Amana",
        "AXES_FAILURE_LIMIT": TRIES,
        "AXES_COOLOFF_TIME": REST,
        "AXES_LOCKOUT_PARAMETERS": ["username"],  # an address is the proxy's; an account is what is attacked
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_LOCKOUT_CALLABLE": "amana.web.sign_in.views.resting",
        "AXES_ENABLE_ACCESS_FAILURE_LOG": False,
        "AXES_DISABLE_ACCESS_LOG": True,  # who came in when is in the node's own log
        "AXES_VERBOSE": False,
        "AXES_USERNAME_FORM_FIELD": "account",
        "SESSION_COOKIE_AGE": SESSION_HOURS * 3600,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": f"amana_{given.cookie}",
        "SESSION_COOKIE_SECURE": bool(given.hosts),
    }


def _guards(given: PagesSettings) -> dict[str, Any]:
    return {
        "ALLOWED_HOSTS": [*LOCAL_HOSTS, *given.hosts],
        "CSRF_COOKIE_NAME": f"amana_csrf_{given.cookie}",
        "CSRF_COOKIE_SECURE": bool(given.hosts),
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_FAILURE_VIEW": "amana.web.failing.forged",
        "CSRF_TRUSTED_ORIGINS": [f"https://{host}" for host in given.hosts],
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 4 * 1024 * 1024,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 4000,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": MAX_POST,  # an attachment is never in a file of its own
        "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.MemoryFileUploadHandler"],
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": [NONE],
                "script-src": [SELF],
                "style-src": [SELF],
                "img-src": [SELF],
                "font-src": [SELF],
                "connect-src": [SELF],
                "form-action": [SELF],
                "manifest-src": [SELF],
                "frame-ancestors": [NONE],
                "base-uri": [NONE],
            }
        },
    }


def _static(given: PagesSettings) -> dict[str, Any]:
    return {
        "STATIC_URL": "/static/",
        "STATIC_ROOT": str(given.static),
        "STATICFILES_DIRS": [WEB / "static", given.generated],
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
        },
    }
