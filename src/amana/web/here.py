# SPDX-License-Identifier: EUPL-1.2
"""The one node whose pages this process serves, set before anything is served; views and tags ask for it here.

What belongs to one request (the person, the language) is in `doors.Desk`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import tzinfo

from amana.compose.opening import OpenNode
from amana.web.live import Arrivals
from amana.web.noticing import Noticing


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """The node, and what the pages keep beside it while it runs."""

    opened: OpenNode
    arrivals: Arrivals
    noticing: Noticing
    zone: tzinfo | None
    since: int = field(default_factory=lambda: time.time_ns() // 1_000_000)  # ms; when these pages were opened

    @property
    def demonstration(self) -> bool:
        """Whether everything here is invented and everybody is let in by a click."""
        return self.opened.config.demonstration


_here: list[Here] = []


def set_here(here: Here) -> None:
    """Say which node this process serves; a later call replaces it (tests)."""
    _here[:] = [here]


def get_here() -> Here:
    """The node that this process serves."""
    return _here[0]
