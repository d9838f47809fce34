# SPDX-License-Identifier: EUPL-1.2
"""The nonces of requests within the window, so that none is served twice. Lost at a restart, which a replay cannot
use: state only rises with log positions, and what a replay repeats is known.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import Millis
from amana.protocol.sync import WINDOW


class SeenNonces:
    """Shared by every request that a node serves."""

    def __init__(self) -> None:
        self._seen: OrderedDict[bytes, Millis] = OrderedDict()
        self._lock = threading.Lock()

    def require_new(self, nonce: bytes, now: Millis) -> None:
        """Remember a nonce. Raises PeerFault `replayed` where it was seen within the window."""
        with self._lock:
            while self._seen and next(iter(self._seen.values())) < now - 2 * WINDOW:
                self._seen.popitem(last=False)
            if nonce in self._seen:
                raise PeerFault("replayed", check=1)
            self._seen[nonce] = now
