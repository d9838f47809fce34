# SPDX-License-Identifier: EUPL-1.2
"""The chapters of the scenario in the order in which they are played; each later part of the story adds its own."""

from __future__ import annotations

from collections.abc import Callable

from amana.demo.chapters import agreement, away, cyber, documents, drugs, notice, open_work, smuggling, terrorism
from amana.demo.scene import Scene

CHAPTERS: tuple[tuple[str, Callable[[Scene], None]], ...] = (
    ("agreement", agreement.play),
    ("drugs", drugs.play),
    ("documents", documents.play),
    ("smuggling", smuggling.play),
    ("cyber", cyber.play),
    ("terrorism", terrorism.play),
    ("notice", notice.play),
    ("away", away.play),
    ("open_work", open_work.play),
)
