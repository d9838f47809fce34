# SPDX-License-Identifier: EUPL-1.2
"""The pages of an open node as one ASGI application: static files first, Django behind; for `compose.running`.

`make_pages` configures Django for this node, brings the pages' own database up to date, makes static files where they
are missing, builds the search index and listens for commits.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection
from pathlib import Path

from django.core.handlers.asgi import ASGIHandler
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from amana.compose.config import NodeConfig
from amana.compose.opening import OpenNode
from amana.protocol.identifiers import DossierId, Millis
from amana.transport.http_endpoint import AsgiApp
from amana.web.assets import find_assets, prepare_assets
from amana.web.bounded import Bounded
from amana.web.forgetting import forget_copies
from amana.web.here import Here, set_here
from amana.web.live import Arrivals
from amana.web.logs import route_logs
from amana.web.noticing import Noticing
from amana.web.settings import PagesSettings, configure

SECRET_NAME = "desk.secret"  # noqa: S105 - the name of a file
STATIC = "/static/"
TABLES = ("contenttypes", "auth", "sessions", "otp_totp", "otp_static", "axes", "desk")  # applications whose tables are the pages' own
NOT_FOUND = 404
YEAR = 365 * 24 * 3600


class ServedPages:
    """What `compose.running` is given: the application, its start and its end."""

    def __init__(self, app: AsgiApp, here: Here) -> None:
        self.app = app
        self._here = here

    def start(self) -> None:
        """Listen for commits; call on the event loop."""
        self._here.arrivals.start()
        self._here.noticing.start()

    def forget(self, now: Millis, past: Collection[DossierId]) -> int:
        """Destroy the unfinished forms that are due; how many."""
        opened = self._here.opened
        return forget_copies(opened.directory / opened.config.pages_database, now, past)

    def stop(self) -> None:
        """End the streams of open pages."""
        self._here.arrivals.stop()
        self._here.noticing.stop()


class _Hashed(StaticFiles):
    """Static files whose names hold their hash: kept by browsers for a year."""

    def file_response(self, full_path, stat_result, scope, status_code=200):  # type: ignore[no-untyped-def]  # starlette's own signature
        """The file with its caching."""
        response: Response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


class _Front:
    """Static files or Django, by path."""

    def __init__(self, static: ASGIApp, pages: ASGIApp) -> None:
        self._static = static
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; only HTTP is spoken."""
        if scope["type"] != "http":
            return
        if scope["path"].startswith(STATIC):
            inner = dict(scope, path=scope["path"], root_path=scope.get("root_path", "") + STATIC.rstrip("/"))
            try:
                await self._static(inner, receive, send)
            except (HTTPException, ValueError) as error:  # there is no such file; ValueError: its name can be none
                absent = Response(status_code=getattr(error, "status_code", NOT_FOUND), headers={"Cache-Control": "no-store"})
                await absent(scope, receive, send)
        else:
            await self._pages(scope, receive, send)


def configure_pages(directory: Path, config: NodeConfig, cache: Path | None = None) -> None:
    """Make Django ready for the pages of the node in this directory, and its database and static files up to date."""
    assets = find_assets(cache)
    assets.generated.mkdir(mode=0o700, parents=True, exist_ok=True)
    configure(
        PagesSettings(
            database=directory.absolute() / config.pages_database,
            secret=read_secret(directory / SECRET_NAME),
            cookie=config.code.replace(".", "_"),
            hosts=config.pages_hosts,
            static=assets.static,
            generated=assets.generated,
        )
    )
    prepare_assets(assets)
    create_memory(directory / config.pages_database)


def create_memory(path: Path) -> None:
    """Create or migrate the pages' own database; only its owner reads it."""
    from django.core.management import call_command

    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    for label in TABLES:
        call_command("migrate", label, database="default", interactive=False, verbosity=0)


def make_pages(opened: OpenNode) -> ServedPages:
    """The pages of this node. Raises OperatorFault."""
    route_logs()
    configure_pages(opened.directory, opened.config)
    here = open_here(opened)
    return ServedPages(_Front(static_files(), Bounded(ASGIHandler())), here)  # type: ignore[arg-type]  # Django's handler is an ASGI application


def static_files() -> ASGIApp:
    """The static files, compressed; they must have been made (`assets.prepare_assets`)."""
    from django.conf import settings

    return GZipMiddleware(_Hashed(directory=settings.STATIC_ROOT), minimum_size=1000)


def open_here(opened: OpenNode) -> Here:
    """The node as views see it, listening for its commits."""
    arrivals = Arrivals()
    noticing = Noticing(opened.journal, arrivals.changed)
    here = Here(opened=opened, arrivals=arrivals, noticing=noticing, zone=opened.config.zone)
    opened.journal.on_commit(noticing.changed)
    set_here(here)
    return here


def read_secret(path: Path) -> str:
    """The secret that signs sessions and forms; made when first asked for, mode 0600, in no backup of anybody else."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret
