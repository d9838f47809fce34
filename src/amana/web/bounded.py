# SPDX-License-Identifier: EUPL-1.2
"""How much may come in for the pages, and how slowly: asked before anything of a request is read or kept.

Django takes a whole body, of anybody, before it asks who sends it. So (1) what is declared larger than one attachment is
refused unread; (2) what grows larger is cut off; (3) all bodies on their way in together have a limit; (4) one that comes
too slowly is given up. Nothing of a refused body is kept.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from amana.phrases import LANGUAGES, Words, tell
from amana.transport.http_endpoint import PATIENCE_SECONDS, SLOWEST
from amana.web.html import direction, html
from amana.web.settings import MAX_POST, MAX_POSTS, SMALL_POST

DIGITS = 19  # of a length that is read as a number
TOO_LARGE, TOO_SLOW, TOO_MANY = 413, 408, 503


class BodyRefused(Exception):
    """The body of a request is not taken; its status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class _Coming:
    """One body while it comes in."""

    size: int = 0
    held: int = 0  # of these, bytes that count against MAX_POSTS
    whole: bool = False


class Bounded:
    """The application behind, given no body that is too large or too slow."""

    def __init__(self, behind: ASGIApp, *, patience: float = PATIENCE_SECONDS) -> None:
        self._behind = behind
        self._patience = patience
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        coming, begun = _Coming(), False
        started = asyncio.get_running_loop().time()

        async def taken() -> Message:
            if coming.whole:  # what follows is the end of the connection, for which streams wait without a limit
                return await receive()
            try:
                async with asyncio.timeout_at(started + self._patience + coming.size / SLOWEST):
                    message = await receive()
            except TimeoutError as error:
                raise BodyRefused(TOO_SLOW) from error  # (4)
            self._count(coming, message)
            return message

        async def said(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            _require_small(scope)
            await self._behind(scope, taken, said)
        except BodyRefused as refused:
            if not begun:
                await _refuse(scope["path"], refused.status, send)
        finally:
            self._held -= coming.held

    def _count(self, coming: _Coming, message: Message) -> None:
        coming.size += len(message.get("body", b""))
        coming.whole = message["type"] == "http.disconnect" or not message.get("more_body", False)
        before, coming.held = coming.held, max(0, coming.size - SMALL_POST)
        self._held += coming.held - before
        if coming.size > MAX_POST:
            raise BodyRefused(TOO_LARGE)  # (2)
        if coming.held and self._held > MAX_POSTS:
            raise BodyRefused(TOO_MANY)  # (3)


def _require_small(scope: Scope) -> None:
    """(1) A request that says no length is counted as it comes. Raises BodyRefused."""
    said = dict(scope["headers"]).get(b"content-length", b"0")
    if not said.isdigit() or len(said) > DIGITS or int(said) > MAX_POST:
        raise BodyRefused(TOO_LARGE)


async def _refuse(path: str, status: int, send: Send) -> None:
    """A page of one sentence; it loads nothing."""
    asked = path[1:3]
    language = asked if asked in LANGUAGES else LANGUAGES[-1]
    sentence = html(_sentence(language, status))
    head = f'<html lang="{language}" dir="{direction(language)}"><meta charset="utf-8"><title>Amana</title>'
    shown = f"<!doctype html>{head}<p>{sentence}</p></html>"
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(shown.encode())).encode()),
        (b"content-security-policy", b"default-src 'none'"),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": shown.encode()})


def _sentence(language: str, status: int) -> Words:
    if status == TOO_LARGE:
        return tell(
            language,
            "What was sent is too large: one file of at most 10 MiB at a time. Go back in your browser; what you wrote is still there.",
        )
    if status == TOO_SLOW:
        return tell(language, "What was sent came too slowly and was given up. Go back in your browser and send it again.")
    return tell(language, "Too much is being sent to this node at the moment. Go back in your browser and send it again in a minute.")
