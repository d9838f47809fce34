# SPDX-License-Identifier: EUPL-1.2
"""Links from the start page into the nodes: signed in as a post, at a page, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation

NODES = "amana.web.urls"  # the nodes' own table of addresses


def page_address(language: str, page: str, named: Mapping[str, str], query: Mapping[str, str]) -> str:
    """The path of a node's page."""
    with translation.override(language):
        path = reverse(page, urlconf=NODES, kwargs=dict(named) or None)
    return f"{path}?{urlencode(query)}" if query else path


def entrance(language: str, node: str, account: str, onward: str = "") -> str:
    """The address at which one click signs in as a post of the node, and goes on to `onward`."""
    return node + page_address(language, "enter", {"account": account}, {"next": onward} if onward else {})
