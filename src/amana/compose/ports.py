# SPDX-License-Identifier: EUPL-1.2
"""The real clock and the real randomness, for nodes that run; simulations bring their own."""

from __future__ import annotations

import secrets
import time

from amana.protocol.identifiers import Millis


class SystemClock:
    """The machine's clock, UTC."""

    def now(self) -> Millis:
        """Milliseconds since 1970."""
        return Millis(time.time_ns() // 1_000_000)


class SystemRandomness:
    """The operating system's generator."""

    def token(self, length: int) -> bytes:
        """Unpredictable bytes."""
        return secrets.token_bytes(length)
