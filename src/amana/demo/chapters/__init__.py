# SPDX-License-Identifier: EUPL-1.2
"""The chapters of the scenario in the order in which they are played; each later part of the story adds its own."""

from __future__ import annotations

from collections.abc import Callable

from amana.demo.chapters import (
    agreement,
    assessment,
    away,
    cyber,
    documents,
    drugs,
    expertise,
    games,
    notice,
    open_work,
    operation,
    paris,
    rabat,
    smuggling,
    terrorism,
    working_visit,
)
from amana.demo.scene import Scene

CHAPTERS: tuple[tuple[str, Callable[[Scene], None]], ...] = (
    ("agreement", agreement.play),
    ("rabat", rabat.play),
    ("working_visit", working_visit.play),
    ("drugs", drugs.play),
    ("documents", documents.play),
    ("smuggling", smuggling.play),
    ("cyber", cyber.play),
    ("terrorism", terrorism.play),
    ("notice", notice.play),
    ("assessment", assessment.play),
    ("paris", paris.play),
    ("expertise", expertise.play),
    ("operation", operation.play),
    ("games", games.play),
    ("away", away.play),
    ("open_work", open_work.play),
)
