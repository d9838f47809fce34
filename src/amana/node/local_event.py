# SPDX-License-Identifier: EUPL-1.2
"""What every event of the node's own log is; the events stand in `amana.node.local` and the modules that it names."""

from __future__ import annotations

from amana.protocol.canonical import Canonical


class LocalEvent(Canonical, frozen=True, kw_only=True):
    """Base of every local event; the event's type in the journal is its name in `amana.node.local.EVENTS`."""
