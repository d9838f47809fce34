# SPDX-License-Identifier: EUPL-1.2
"""The bare limit of this machine: the same bytes in the same batches over HTTP into one SQLite table, nothing else.

Two processes, one connection kept alive, the server commits each batch (WAL, synchronous=FULL) before it answers,
the client prepares the next batch while the last is on the wire. No encoding, no check, no cryptography.
Run as a module it is the server.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import uvicorn
import uvloop

from amana.bench.processes import READY, free_port, started

ENTRY_BYTES = 1024


def measure_limit(scratch: Path, *, entries: int, batch: int) -> float:
    """Entries per second."""
    port = free_port()
    with started("amana.bench.limit", [str(scratch / "limit.db"), str(port)]):
        return uvloop.run(_post(port, entries, batch))


async def _post(port: int, entries: int, batch: int) -> float:
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        url = f"http://127.0.0.1:{port}/"
        await client.post(url, content=os.urandom(ENTRY_BYTES))
        start = time.perf_counter()
        prepared = os.urandom(ENTRY_BYTES * batch)
        for _ in range(0, entries, batch):
            posting = asyncio.create_task(client.post(url, content=prepared))
            await asyncio.sleep(0)
            prepared = os.urandom(ENTRY_BYTES * batch)
            (await posting).raise_for_status()
        return entries / (time.perf_counter() - start)


class _Table:
    """The server: rows of ENTRY_BYTES into one table, one commit a request."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute("CREATE TABLE entry (number INTEGER PRIMARY KEY, bytes BLOB)")

    async def __call__(self, _scope: Any, receive: Any, send: Any) -> None:
        """Serve one request."""
        parts, more = [], True
        while more:
            message = await receive()
            parts.append(message.get("body", b""))
            more = message.get("more_body", False)
        posted = b"".join(parts)
        rows = [(posted[start : start + ENTRY_BYTES],) for start in range(0, len(posted), ENTRY_BYTES)]
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany("INSERT INTO entry (bytes) VALUES (?)", rows)
        self._database.execute("COMMIT")
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


async def _serve(path: Path, port: int) -> None:
    server = uvicorn.Server(uvicorn.Config(_Table(path), host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    os.write(sys.stdout.fileno(), READY)
    await serving


if __name__ == "__main__":
    uvloop.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
