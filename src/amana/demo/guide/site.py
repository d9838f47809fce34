# SPDX-License-Identifier: EUPL-1.2
"""The start page as an application: GET shows, POST does; nothing is done without the token of this demonstration's pages.

(1) only hosts of this machine are answered, so that no other name can be made to lead here; (2) a form must carry the
token that the page was given and come from this very origin; (3) nothing inline, nothing from outside, forms only to here.
"""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from amana.demo.guide.backstage import ACTS
from amana.demo.guide.showing import Stage, show_failed, show_now, show_start
from amana.demo.guide.steps import STEPS
from amana.web.serving import static_files
from amana.web.settings import LANGUAGES

OWN = Path(__file__).parent / "static"
HOSTS = ["127.0.0.1", "localhost"]
COOKIE = "amana_start"  # which steps were ticked, in this demonstration
KEPT = 30 * 24 * 3600  # seconds; a demonstration is over before
LARGEST = 16 * 1024  # bytes of a form; ours hold a token
CODES = tuple(code for code, _ in LANGUAGES)
FAILED = {403: "forged"}
GUARDS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'",  # (3)
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Site:
    """The pages of one demonstration."""

    def __init__(self, stage: Stage, language: str) -> None:
        self._stage = stage
        self._language = language
        self._token = secrets.token_urlsafe(32)
        self._run = secrets.token_urlsafe(6)

    @property
    def app(self) -> ASGIApp:
        """The application."""
        routes = [
            Route("/", self.root),
            Route("/{language}/", self.start),
            Route("/{language}/now/", self.now),
            Route("/{language}/acts/{what}/", self.act, methods=["POST"]),
            Route("/{language}/steps/{name}/", self.tick, methods=["POST"]),
            Mount("/static", static_files()),
            Mount("/start", StaticFiles(directory=OWN)),
        ]
        middleware = [Middleware(Guards), Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)]  # (1)
        return Starlette(routes=routes, middleware=middleware, exception_handlers={HTTPException: self.failed})

    def root(self, request: Request) -> Response:
        """To the page in a language that the browser asks for."""
        wanted = [one.partition(";")[0].strip()[:2].lower() for one in request.headers.get("accept-language", "").split(",")]
        language = next((code for code in wanted if code in CODES), self._language)
        return RedirectResponse(f"/{language}/", status_code=303, headers={"Vary": "Accept-Language"})

    def start(self, request: Request) -> Response:
        """The whole page."""
        return HTMLResponse(show_start(self._stage, _language(request), self._token, self._ticked(request)))

    def now(self, request: Request) -> Response:
        """The part that renews itself; 204 where nothing changed."""
        shown = show_now(self._stage, _language(request), self._token, request.query_params.get("seen", ""))
        return HTMLResponse(shown) if shown else Response(status_code=204, headers={"HX-Reswap": "none"})

    async def act(self, request: Request) -> Response:
        """Begin what a button says."""
        language, what = _language(request), request.path_params["what"]
        if what not in ACTS:
            raise HTTPException(404)
        await self._require_form(request)
        await run_in_threadpool(self._stage.backstage.begin, what)
        if request.headers.get("hx-request"):
            return HTMLResponse(await run_in_threadpool(show_now, self._stage, language, self._token, ""))
        return RedirectResponse(f"/{language}/#now", status_code=303)

    async def tick(self, request: Request) -> Response:
        """Tick a step, or take the tick away."""
        language, name = _language(request), request.path_params["name"]
        if name not in {step.name for step in STEPS}:
            raise HTTPException(404)
        await self._require_form(request)
        ticked = self._ticked(request) ^ {name}
        response = RedirectResponse(f"/{language}/#{name}", status_code=303)
        response.set_cookie(COOKIE, ".".join([self._run, *sorted(ticked)]), max_age=KEPT, httponly=True, samesite="strict", path="/")
        return response

    def failed(self, request: Request, error: Exception) -> Response:
        """Every refusal as a page in the language of its address."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        language = request.path_params.get("language", "")
        shown = show_failed(language if language in CODES else self._language, FAILED.get(status, "absent"))
        return HTMLResponse(shown, status_code=status)

    def _ticked(self, request: Request) -> frozenset[str]:
        """The steps that this browser ticked in this demonstration."""
        run, *names = request.cookies.get(COOKIE, "").split(".")
        return frozenset(names) & {step.name for step in STEPS} if run == self._run else frozenset()

    async def _require_form(self, request: Request) -> None:
        """(2) Raises HTTPException 403."""
        origin = request.headers.get("origin", "")
        if origin and origin != f"{request.url.scheme}://{request.headers.get('host', '')}":
            raise HTTPException(403)
        held = b""
        async for part in request.stream():
            held += part
            if len(held) > LARGEST:
                raise HTTPException(403)
        posted = parse_qs(held.decode("ascii", "replace"))
        given = request.headers.get("x-csrftoken") or posted.get("csrfmiddlewaretoken", [""])[0]
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            raise HTTPException(403)


class Guards:
    """What every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; only HTTP is spoken."""
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in GUARDS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, guarded)


def _language(request: Request) -> str:
    """The language of the address. Raises HTTPException 404."""
    language: str = request.path_params["language"]
    if language not in CODES:
        raise HTTPException(404)
    return language
