# SPDX-License-Identifier: EUPL-1.2
"""The peer endpoint as a plain ASGI application: `POST /peer/v1/sync`, bytes in, bytes out.

It knows no content: everything is checked by `node.exchange`. A request that no partner proves to have sent is
answered 403 without a word; a request above the size limit 413 before it is read; when the node cannot keep
anything (a full disk) 503, and the partner tries again. Other paths go to the application behind, if there is one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

import structlog

from amana.protocol.errors import OperatorFault, PeerFault
from amana.protocol.sync import MAX_MESSAGE

SYNC_PATH = "/peer/v1/sync"
MAX_AT_ONCE = 8  # requests checked at the same time; more wait in line
LOG = structlog.get_logger("amana.peer")

AsgiMessage = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[AsgiMessage]]
Send = Callable[[AsgiMessage], Awaitable[None]]
AsgiApp = Callable[[AsgiMessage, Receive, Send], Awaitable[None]]


class Answers(Protocol):
    """What serves a partner's request (`node.exchange.Exchange`)."""

    def answer(self, wire: bytes) -> bytes: ...


def _nobody() -> None:
    """Nobody waits for a partner to call."""


class PeerEndpoint:
    """The ASGI application in front."""

    def __init__(self, exchange: Answers, behind: AsgiApp | None = None, *, heard: Callable[[], None] = _nobody) -> None:
        self._exchange = exchange
        self._heard = heard  # called after each answer: a partner has shown that it is there
        self._behind = behind
        self._room = asyncio.Semaphore(MAX_AT_ONCE)

    async def __call__(self, scope: AsgiMessage, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] != "http" or scope["path"] != SYNC_PATH:
            if self._behind is not None:
                await self._behind(scope, receive, send)
            elif scope["type"] == "http":
                await _respond(send, 404)
            return
        if scope["method"] != "POST":
            await _respond(send, 405)
            return
        wire = await _read_body(scope, receive)
        if wire is None:
            await _respond(send, 413)
            return
        status, answer = await self._serve(wire)
        if status == 200:
            self._heard()
        await _respond(send, status, answer)

    async def _serve(self, wire: bytes) -> tuple[int, bytes]:
        async with self._room:
            try:
                return 200, await asyncio.to_thread(self._exchange.answer, wire)
            except PeerFault as fault:
                LOG.warning("request refused", code=fault.code, check=fault.check, size=len(wire))
                return 403, b""
            except OperatorFault as fault:
                LOG.warning("request not served", code=fault.code)
                return 503, b""


async def _read_body(scope: AsgiMessage, receive: Receive) -> bytes | None:
    """The whole body, or None where it is larger than a message may be."""
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    if not declared.isdigit() or int(declared) > MAX_MESSAGE:
        return None
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part = message.get("body", b"")
        size += len(part)
        if size > MAX_MESSAGE:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


async def _respond(send: Send, status: int, body: bytes = b"") -> None:
    headers = [
        (b"content-type", b"application/octet-stream"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
