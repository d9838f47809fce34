# SPDX-License-Identifier: EUPL-1.2
"""The peer endpoint as a plain ASGI application: `POST /peer/v1/sync` and `/peer/v1/attachments`, bytes in, bytes out.

It knows no content: everything is checked by `node.exchange` and `node.attachments`. A request that no partner proves to
have sent is answered 403 without a word; a request above the size limit 413 before it is read, one that comes too slowly 408;
when the node cannot keep anything (a full disk) or too much is on its way in 503, and the partner tries again.
Other paths go to the application behind, if there is one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog

from amana.protocol import attachment_exchange
from amana.protocol.errors import OperatorFault, PeerFault
from amana.protocol.sync import MAX_MESSAGE

SYNC_PATH = "/peer/v1/sync"
ATTACHMENTS_PATH = "/peer/v1/attachments"
LARGEST = {SYNC_PATH: MAX_MESSAGE, ATTACHMENTS_PATH: attachment_exchange.MAX_MESSAGE}
MAX_AT_ONCE = 8  # requests checked at the same time; more wait in line
PATIENCE_SECONDS = 30.0  # for a request to come in,
SLOWEST = 32 * 1024  # and the bytes a second that buy it more time
SMALL = 256 * 1024  # bytes of a request that are always taken
MAX_HELD = 8 * MAX_MESSAGE  # bytes beyond that, of all requests on their way in: who is nobody yet gets no more memory
LOG = structlog.get_logger("amana.peer")

AsgiMessage = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[AsgiMessage]]
Send = Callable[[AsgiMessage], Awaitable[None]]
AsgiApp = Callable[[AsgiMessage, Receive, Send], Awaitable[None]]


class Answers(Protocol):
    """What serves a partner's request (`node.exchange.Exchange`)."""

    def answer(self, wire: bytes) -> bytes: ...
    def answer_attachments(self, wire: bytes) -> bytes: ...


def _nobody() -> None:
    """Nobody waits for a partner to call."""


@dataclass(slots=True)
class _Body:
    """A request's body while it comes in."""

    parts: list[bytes] = field(default_factory=list)
    size: int = 0
    held: int = 0  # of these, bytes that count against MAX_HELD

    def add(self, part: bytes) -> int:
        """Keep a part; how many more bytes count now."""
        self.parts.append(part)
        self.size += len(part)
        before, self.held = self.held, max(0, self.size - SMALL)
        return self.held - before


class PeerEndpoint:
    """The ASGI application in front."""

    def __init__(self, exchange: Answers, behind: AsgiApp | None = None, *, heard: Callable[[], None] = _nobody) -> None:
        self._exchange = exchange
        self._heard = heard  # called after each answer: a partner has shown that it is there
        self._behind = behind
        self._room = asyncio.Semaphore(MAX_AT_ONCE)
        self._held = 0

    async def __call__(self, scope: AsgiMessage, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] != "http" or scope["path"] not in LARGEST:
            if self._behind is not None:
                await self._behind(scope, receive, send)
            elif scope["type"] == "http":
                await _respond(send, 404)
            return
        if scope["method"] != "POST":
            await _respond(send, 405)
            return
        body = _Body()
        try:
            status, answer = await self._read(scope, receive, body, LARGEST[scope["path"]])
            if status == 200:
                answering = self._exchange.answer if scope["path"] == SYNC_PATH else self._exchange.answer_attachments
                status, answer = await self._serve(answering, answer)
        finally:
            self._held -= body.held
        if status == 200:
            self._heard()
        await _respond(send, status, answer)

    async def _read(self, scope: AsgiMessage, receive: Receive, body: _Body, largest: int) -> tuple[int, bytes]:
        """200 and the whole body, or another status."""
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > largest:
            return 413, b""
        started = asyncio.get_running_loop().time()
        more = True
        while more:
            try:
                async with asyncio.timeout_at(started + PATIENCE_SECONDS + body.size / SLOWEST):
                    message = await receive()
            except TimeoutError:
                return 408, b""
            if message["type"] == "http.disconnect":
                return 400, b""
            self._held += body.add(message.get("body", b""))
            if body.size > largest:
                return 413, b""
            if body.held and self._held > MAX_HELD:
                return 503, b""
            more = message.get("more_body", False)
        return 200, b"".join(body.parts)

    async def _serve(self, answering: Callable[[bytes], bytes], wire: bytes) -> tuple[int, bytes]:
        async with self._room:
            try:
                return 200, await asyncio.to_thread(answering, wire)
            except PeerFault as fault:
                LOG.info("request refused", code=fault.code, check=fault.check, size=len(wire))  # anybody can cause it: quarantine counts
                return 403, b""
            except OperatorFault as fault:
                LOG.warning("request not served", code=fault.code)
                return 503, b""


async def _respond(send: Send, status: int, body: bytes = b"") -> None:
    headers = [
        (b"content-type", b"application/octet-stream"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
