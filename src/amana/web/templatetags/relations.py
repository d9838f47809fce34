# SPDX-License-Identifier: EUPL-1.2
"""Filters for pages about agreements, partners and the machine: words as HTML, fingerprints in groups, ages, sizes."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from amana.web.html import code, html

register = template.Library()
GROUP = 8


@register.filter
def as_html(words: str) -> SafeString:
    """A sentence that a view has put together."""
    return html(words)


@register.filter
def fingerprint(text: str) -> SafeString:
    """A hash in groups that can be read aloud; it may break between them."""
    groups = [text[place : place + GROUP] for place in range(0, len(text), GROUP)]
    return SafeString(" ".join(code(group) for group in groups))


@register.filter
def since(now: int, then: int) -> int:
    """How long ago, in ms; what is in the future is now."""
    return max(0, int(now) - int(then or 0))
