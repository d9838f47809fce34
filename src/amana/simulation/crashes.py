# SPDX-License-Identifier: EUPL-1.2
"""Crashes of a simulated machine: at one of the fault points that the node and its journal name, or between two acts.

What the journal and the fence hold survives; everything else is gone. `POINTS` are all places where a real process
may die with something at stake (docs/develop/journal.md).
"""

from __future__ import annotations

from amana.storage.memory.journal import AFTER_COMMIT, BEFORE_COMMIT

POINTS = (
    "act.before_commit",
    "act.committed",
    "outbox.committed",
    "outbox.fenced",
    "outbox.receipt_verified",
    "outbox.receipt_stored",
    "inbox.verified",
    "inbox.committed",
    "attachments.chunks_verified",
    "attachments.chunks_stored",
    BEFORE_COMMIT,
    AFTER_COMMIT,
)


class Crash(BaseException):
    """The machine stopped at this point. Not an Exception: nothing in a node may catch it."""


class CrashPlan:
    """The fault point of a simulated node: crashes once, when the armed point was passed often enough."""

    def __init__(self) -> None:
        self._point = ""
        self._passes = 0

    def arm(self, point: str, *, passes: int = 0) -> None:
        """Crash at `point` after it was passed `passes` times. Raises ValueError for a point that does not exist."""
        if point not in POINTS:
            raise ValueError(f"no fault point {point}")
        self._point, self._passes = point, passes

    def disarm(self) -> None:
        """Crash no more."""
        self._point = ""

    def __call__(self, name: str) -> None:
        """Called by the node at each fault point."""
        if name != self._point:
            return
        if self._passes:
            self._passes -= 1
            return
        self._point = ""
        raise Crash(name)
