# SPDX-License-Identifier: EUPL-1.2
"""The fixtures of this folder: two real nodes that are partners, and under an agreement."""

from __future__ import annotations

from tests.processes.pairs import agreed, pair

__all__ = ["agreed", "pair"]
