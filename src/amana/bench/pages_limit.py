# SPDX-License-Identifier: EUPL-1.2
"""The bare limit for pages: the same server answering the same bytes, once as a static file, once by an empty Django view.

No middleware, no session, no template, no database: what is left is the connection, the server and, for the view,
Django's way from a request to a function. Run as a module it is the server.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
import uvloop
from starlette.staticfiles import StaticFiles

from amana.bench.browsing import Browser
from amana.bench.processes import READY, free_port, started

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

STATIC = "/static/"
PAGE = "page.html"
_body: list[bytes] = []


def measure_pages_limit(scratch: Path, *, body: bytes, rounds: int, warm: int) -> dict[str, list[float]]:
    """Seconds of each round: `static` and `view`."""
    port = free_port()
    (scratch / PAGE).write_bytes(body)
    measured: dict[str, list[float]] = {}
    with started("amana.bench.pages_limit", [str(scratch), str(port)]), Browser(port) as browser:
        for name, address in (("static", f"{STATIC}{PAGE}"), ("view", "/")):
            measured[name] = [browser.open(address).seconds for _ in range(warm + rounds)][warm:]
    return measured


def view(_request: HttpRequest) -> HttpResponse:
    """The bytes, and nothing else."""
    from django.http import HttpResponse

    return HttpResponse(_body[0])


class _Front:
    """A file or the view, by path."""

    def __init__(self, directory: Path) -> None:
        from django.core.handlers.asgi import ASGIHandler

        self._static: Any = StaticFiles(directory=directory)
        self._view: Any = ASGIHandler()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one request."""
        if scope["path"].startswith(STATIC):
            await self._static(dict(scope, root_path=STATIC.rstrip("/")), receive, send)
        else:
            await self._view(scope, receive, send)


async def _serve(directory: Path, port: int) -> None:
    config = uvicorn.Config(_Front(directory), host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    os.write(sys.stdout.fileno(), READY)
    await serving


def _configure(directory: Path) -> None:
    import django
    from django.conf import settings
    from django.urls import path

    _body[:] = [(directory / PAGE).read_bytes()]
    settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=(path("", view),), MIDDLEWARE=[], LOGGING_CONFIG=None, SECRET_KEY="bare")  # noqa: S106 - signs nothing
    django.setup()


if __name__ == "__main__":
    _configure(Path(sys.argv[1]))
    uvloop.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
