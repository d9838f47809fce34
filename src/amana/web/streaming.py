# SPDX-License-Identifier: EUPL-1.2
"""The stream by which open pages learn that something changed (server-sent events); it says only that, no content."""

from __future__ import annotations

from collections.abc import AsyncIterator

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponse, HttpResponseBase

from amana.web.here import get_here
from amana.web.live import Arrivals


async def stream(_request: HttpRequest) -> HttpResponseBase:
    """`event: changed` whenever the journal has grown; the page then asks for what it shows."""
    arrivals = get_here().arrivals
    if arrivals.full:
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    response = StreamingHttpResponse(_events(arrivals), content_type="text/event-stream")
    response["Content-Encoding"] = "identity"  # compressing would hold events back
    response["X-Accel-Buffering"] = "no"
    return response


async def _events(arrivals: Arrivals) -> AsyncIterator[bytes]:
    yield b"retry: 3000\n\n"
    async for what in arrivals.listen():
        yield b"event: changed\ndata: \n\n" if what == "changed" else b": alive\n\n"
