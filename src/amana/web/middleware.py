# SPDX-License-Identifier: EUPL-1.2
"""What every answer carries: nothing of a page is kept by a browser's or a proxy's cache."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = HttpResponseBase | Awaitable[HttpResponseBase]


class NoStore:
    """Sets `Cache-Control: no-store`; static files do not pass here."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Answer]) -> None:
        self._get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Answer:
        """Serve one request."""
        if iscoroutinefunction(self._get_response):
            return self._later(request)
        answer = self._get_response(request)
        assert isinstance(answer, HttpResponseBase)  # noqa: S101 - not a coroutine; told to the type checker
        return _marked(answer)

    async def _later(self, request: HttpRequest) -> HttpResponseBase:
        answer = self._get_response(request)
        assert not isinstance(answer, HttpResponseBase)  # noqa: S101 - a coroutine; told to the type checker
        return _marked(await answer)


def _marked(response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
    response.headers.setdefault("X-Robots-Tag", "noindex")
    return response
