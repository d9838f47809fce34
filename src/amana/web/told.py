# SPDX-License-Identifier: EUPL-1.2
"""What was done, told once on the page that follows: kept in the session from the act to the next whole page."""

from __future__ import annotations

from django.http import HttpRequest

from amana.phrases import Words

KEY = "told"


def tell_done(request: HttpRequest, words: Words) -> None:
    """Say this on the next whole page."""
    request.session[KEY] = str(words)


def take_told(request: HttpRequest) -> Words | None:
    """What is to be told now; it is told once."""
    held = request.session.pop(KEY, None) if KEY in request.session else None
    return Words(held) if held else None
