# SPDX-License-Identifier: EUPL-1.2
"""What was done, told once on the page that follows: kept in the session from the act to the next whole page, and the way there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from amana.phrases import Words

KEY = "told"


def tell_done(request: HttpRequest, words: Words) -> None:
    """Say this on the next whole page."""
    request.session[KEY] = str(words)


def take_told(request: HttpRequest) -> Words | None:
    """What is to be told now; it is told once."""
    held = request.session.pop(KEY, None) if KEY in request.session else None
    return Words(held) if held else None


def see_other(address: str) -> HttpResponse:
    """After something was done: 303, so that going back or renewing the page does nothing twice."""
    return HttpResponseRedirect(address, status=303)
