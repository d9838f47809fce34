# SPDX-License-Identifier: EUPL-1.2
"""The endpoint and the client against whoever reaches the port, and against the server that a partner's card names.

Nobody who has proved nothing gets memory without measure or time without end; nothing but bytes of bounded length
comes out of an answer; what a partner writes as its address is no answer at worst.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from amana.protocol.attachment_exchange import MAX_MESSAGE as MAX_ATTACHMENTS
from amana.protocol.card import ADDRESS_PATTERN
from amana.protocol.errors import OperatorFault, PeerFault
from amana.protocol.sync import MAX_MESSAGE
from amana.transport import http_client, http_endpoint
from amana.transport.http_client import PeerClient
from amana.transport.http_endpoint import ATTACHMENTS_PATH, MAX_HELD, SMALL, SYNC_PATH, PeerEndpoint

MIB = 1024 * 1024


class Counting:
    """What stands behind the endpoint: says how large what it was given is."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault
        self.served = 0

    def answer(self, wire: bytes) -> bytes:
        self.served += 1
        if self.fault is not None:
            raise self.fault
        return str(len(wire)).encode()

    def answer_attachments(self, wire: bytes) -> bytes:
        return b"attachments " + self.answer(wire)


class Connection:
    """One request that comes in part by part, as the test wants it."""

    def __init__(self, endpoint: PeerEndpoint, *, length: str | None = None, method: str = "POST", path: str = SYNC_PATH) -> None:
        self.coming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.status = 0
        self.body = b""
        headers = [] if length is None else [(b"content-length", length.encode())]
        scope = {"type": "http", "path": path, "method": method, "headers": headers}
        self.task = asyncio.create_task(self._run(endpoint, scope))

    async def _run(self, endpoint: PeerEndpoint, scope: dict[str, Any]) -> None:
        await endpoint(scope, self.coming.get, self._send)

    async def _send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")

    async def part(self, content: bytes, *, last: bool = False) -> None:
        self.coming.put_nowait({"type": "http.request", "body": content, "more_body": not last})
        for _ in range(3):
            await asyncio.sleep(0)

    async def done(self) -> int:
        await asyncio.wait_for(self.task, 5)
        return self.status


def test_who_proves_nothing_gets_no_memory_without_measure() -> None:
    """Many large requests that never end: beyond a bound they are turned away, and small ones are served meanwhile."""

    async def play() -> None:
        endpoint = PeerEndpoint(Counting())
        hogs = [Connection(endpoint) for _ in range(MAX_HELD // (30 * MIB) + 20)]
        part = bytes(30 * MIB)
        for hog in hogs:
            await hog.part(part)
        turned_away = [hog for hog in hogs if hog.task.done()]
        assert {hog.status for hog in turned_away} == {503}
        assert (len(hogs) - len(turned_away)) * (len(part) - SMALL) <= MAX_HELD
        small = Connection(endpoint)
        await small.part(b"a partner's", last=True)
        assert await small.done() == 200
        for hog in hogs:
            hog.coming.put_nowait({"type": "http.disconnect"})
        await asyncio.gather(*(hog.done() for hog in hogs))
        late = Connection(endpoint)
        await late.part(part, last=True)
        assert await late.done() == 200  # what was given up is given back

    asyncio.run(play())


REFUSED: dict[str, tuple[dict[str, Any], list[bytes], int]] = {
    "a length above the limit": ({"length": str(MAX_MESSAGE + 1)}, [], 413),
    "a length that is none": ({"length": "-1"}, [], 413),
    "a length of another script": ({"length": "٣"}, [], 413),
    "more than it said": ({"length": "1"}, [bytes(MAX_MESSAGE), b"x"], 413),
    "attachments above their limit": ({"length": str(MAX_ATTACHMENTS + 1), "path": ATTACHMENTS_PATH}, [], 413),
    "attachments that go on": ({"path": ATTACHMENTS_PATH}, [bytes(MAX_ATTACHMENTS), b"x"], 413),
    "another method": ({"method": "GET"}, [], 405),
    "another path": ({"path": "/"}, [], 404),
    "nearly the path": ({"path": SYNC_PATH + "/"}, [], 404),
}


@pytest.mark.parametrize(("how", "parts", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_request_is_refused_unread(how: dict[str, Any], parts: list[bytes], status: int) -> None:
    async def play() -> None:
        behind = Counting()
        connection = Connection(PeerEndpoint(behind), **how)
        for part in parts:
            await connection.part(part)
        assert await connection.done() == status
        assert behind.served == 0
        assert connection.body == b""

    asyncio.run(play())


@pytest.mark.parametrize(("path", "said"), [(SYNC_PATH, b"1"), (ATTACHMENTS_PATH, b"attachments 1")])
def test_each_path_is_served_by_its_own_exchange(path: str, said: bytes) -> None:
    async def play() -> None:
        connection = Connection(PeerEndpoint(Counting()), path=path)
        await connection.part(b"x", last=True)
        assert (await connection.done(), connection.body) == (200, said)

    asyncio.run(play())


def test_a_request_that_comes_too_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_endpoint, "PATIENCE_SECONDS", 0.2)

    async def play() -> None:
        connection = Connection(PeerEndpoint(Counting()))
        for _ in range(20):
            await connection.part(b"x")
            await asyncio.sleep(0.03)
        assert await connection.done() == 408

    asyncio.run(play())


def test_a_large_request_on_a_slow_line_has_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_endpoint, "PATIENCE_SECONDS", 0.1)

    async def play() -> None:
        connection = Connection(PeerEndpoint(Counting()))
        for _ in range(10):
            await connection.part(bytes(16 * 1024))
            await asyncio.sleep(0.05)
        await connection.part(b"", last=True)
        assert await connection.done() == 200

    asyncio.run(play())


@pytest.mark.parametrize(
    ("fault", "status"),
    [(PeerFault("unknown_partner", check=1), 403), (PeerFault("signature", check=1), 403), (OperatorFault("disk_full"), 503)],
)
def test_a_refusal_says_nothing(fault: Exception, status: int) -> None:
    """A stranger, a partner that signs wrongly and an agency that is added but not compared get the same answer."""

    async def play() -> None:
        connection = Connection(PeerEndpoint(Counting(fault)))
        await connection.part(b"x", last=True)
        assert (await connection.done(), connection.body) == (status, b"")

    asyncio.run(play())


# -- the client -------------------------------------------------------------------------------------------------

ADDRESSES = [
    "http://[:]",
    "http://[::::]:8443",
    "http://[1.2.3.4]",
    "http://127.0.0.1:99999",
    "http://xn--a",
    "http://a..b",
    "http://-",
    "http://.",
    f"http://{'a' * 180}",
    "https://127.0.0.1:1",
    "http://1.2.3.4.5:1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_whatever_a_card_names_as_an_address_is_no_answer(address: str) -> None:
    assert re.search(ADDRESS_PATTERN, address)

    async def play() -> bytes | None:
        client = PeerClient()
        try:
            return await asyncio.wait_for(client.call([address], b"x"), 30)
        finally:
            await client.aclose()

    assert asyncio.run(play()) is None


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(serve: Serve) -> AsyncIterator[str]:
    """A partner's server that answers as it likes."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await serve(reader, writer)
            await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield f"http://127.0.0.1:{port}"


def called(serve: Serve) -> bytes | None:
    async def play() -> bytes | None:
        async with server(serve) as address:
            client = PeerClient()
            try:
                return await asyncio.wait_for(client.call([address], b"x"), 30)
            finally:
                await client.aclose()

    return asyncio.run(play())


def head(*lines: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "connection: close", "", ""]).encode()


def test_a_packed_answer_is_not_unpacked() -> None:
    packed = gzip.compress(bytes(64 * MIB))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head("content-encoding: gzip", f"content-length: {len(packed)}") + packed)

    assert called(serve) == packed


def test_an_answer_larger_than_a_message_is_cut_off() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head(f"content-length: {2**40}"))
        for _ in range(MAX_MESSAGE // MIB + 64):
            writer.write(bytes(MIB))
            await writer.drain()

    assert called(serve) is None


def test_an_answer_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "WHOLE_SECONDS", 0.5)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head("content-length: 1000000"))
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    started = time.monotonic()
    assert called(serve) is None
    assert time.monotonic() - started < 10


def test_a_redirection_is_not_followed() -> None:
    seen: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append("called")
        writer.write(head("location: http://127.0.0.1:1/", "content-length: 0", status="307 Temporary Redirect"))

    assert called(serve) is None
    assert seen == ["called"]
