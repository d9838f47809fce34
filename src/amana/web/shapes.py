# SPDX-License-Identifier: EUPL-1.2
"""Our own signs: a shape before a word, so that no state is told by colour alone, and the product's mark."""

from __future__ import annotations

from collections.abc import Mapping

SHAPES: Mapping[str, str] = {  # inside a view box of 16 by 16
    "urgent": '<path d="M8 1.5 15.5 14.5H.5Z"/>',
    "turn": '<path d="M8 1 15 8 8 15 1 8Z"/>',
    "done": '<circle cx="8" cy="8" r="6.5"/>',
    "half": '<path d="M8 1.5a6.5 6.5 0 0 1 0 13z"/><circle cx="8" cy="8" r="5.7" fill="none" stroke="currentColor" stroke-width="1.8"/>',
    "not_yet": '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="2"/>',
    "action": '<path d="M2 2h12v12H2z"/>',
}
MARK = (  # inside a view box of 32 by 32: two hands around what is entrusted
    '<path d="M13 4.5A12 12 0 0 0 13 27.5M19 4.5A12 12 0 0 1 19 27.5"/><path d="M12 16h8"/><path d="M12 12.5v7M20 12.5v7"/>'
)
