# SPDX-License-Identifier: EUPL-1.2
"""The client that brings a request to a partner and its response back: one kept connection per address.

Redirects are not followed and proxies not taken from the environment; a response larger than a message may be is
cut off, one that never ends is given up, and nothing is unpacked. Whatever goes wrong is no answer, an address that
is none included (a partner writes its own): the caller tries again later. Authenticity is the message's own affair.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import httpx
import structlog

from amana.transport.http_endpoint import LARGEST, SYNC_PATH

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 60.0  # a step of 16 MiB on a slow line
WHOLE_SECONDS = 900.0  # for one exchange in all: a partner that drips its answer holds nobody up for longer
HEADERS = {"content-type": "application/octet-stream", "accept-encoding": "identity"}
LOG = structlog.get_logger("amana.client")


class PeerClient:
    """Calls partners; close it with `aclose`."""

    def __init__(self) -> None:
        timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
        self._client = httpx.AsyncClient(timeout=timeout, trust_env=False, follow_redirects=False)

    async def call(self, addresses: Sequence[str], wire: bytes, path: str = SYNC_PATH) -> bytes | None:
        """The response from the first address that gives one, or None."""
        for address in addresses:
            answer = await self._call_one(address, wire, path)
            if answer is not None:
                return answer
        return None

    async def _call_one(self, address: str, wire: bytes, path: str) -> bytes | None:
        try:
            async with (
                asyncio.timeout(WHOLE_SECONDS),
                self._client.stream("POST", address.rstrip("/") + path, content=wire, headers=HEADERS) as response,
            ):
                if response.status_code != 200:
                    LOG.info("no answer", status=response.status_code)
                    return None
                return await _read_limited(response, LARGEST[path])
        except Exception as error:  # noqa: BLE001 - what a partner writes as its address raises many kinds
            LOG.info("no answer", error=type(error).__name__)
            return None

    async def aclose(self) -> None:
        """Close the kept connections."""
        await self._client.aclose()


async def _read_limited(response: httpx.Response, limit: int) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_raw():
        size += len(part)
        if size > limit:
            LOG.warning("answer too large", limit=limit)
            return None
        parts.append(part)
    return b"".join(parts)
