# SPDX-License-Identifier: EUPL-1.2
"""The blinded questions that this process has asked and that wait for their answers: in memory, and nowhere else.

A blind that is written down would let whoever reads it test guesses at the question. So a node that stops loses them.
"""

from __future__ import annotations

import threading

from amana.protocol.comparison import Asking
from amana.protocol.identifiers import DossierId

MOST = 200  # that wait at once; the oldest gives way


class Askings:
    """Questions under way, by dossier and round. Shared by threads."""

    def __init__(self) -> None:
        self._held: dict[tuple[DossierId, int], Asking] = {}
        self._lock = threading.Lock()

    def keep(self, dossier: DossierId, round: int, asking: Asking) -> None:
        """Keep a question until its answer is here; one of the same round gives way."""
        with self._lock:
            self._held.pop((dossier, round), None)
            self._held[dossier, round] = asking
            while len(self._held) > MOST:
                del self._held[next(iter(self._held))]

    def find(self, dossier: DossierId, round: int) -> Asking | None:
        """The question of a round; None where this process has not asked it."""
        with self._lock:
            return self._held.get((dossier, round))
