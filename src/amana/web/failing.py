# SPDX-License-Identifier: EUPL-1.2
"""Error pages in the language of the address. What is forbidden and what is absent are one page with one sentence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amana.web.doors import page_language


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django gives it by name
    """404: there is no such page, or it is not for this person; nobody learns which."""
    return _failed(request, 404, "absent")


def broken(request: HttpRequest) -> HttpResponse:
    """500: the node failed to show the page. What was written is in its working copy."""
    return _failed(request, 500, "broken")


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - as above
    """400: the request is not one that a page of ours sends."""
    return _failed(request, 400, "malformed")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - as above
    """403: the form did not come from a page of this node, or the browser keeps no cookies."""
    return _failed(request, 403, "forged")


def _failed(request: HttpRequest, status: int, what: str) -> HttpResponse:
    return render(request, "failed.html", {"what": what, "language": page_language()}, status=status)
