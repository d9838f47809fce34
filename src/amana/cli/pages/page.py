# SPDX-License-Identifier: EUPL-1.2
"""For whom a page is written: the reader's language and clock, whose node it is, and the numbers of a dossier's entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from amana.phrases import Words, isolated, moment
from amana.phrases.coded import REFERENCE
from amana.phrases.dates import Zone

__all__ = ["REFERENCE", "Page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every line of a page needs to know."""

    language: str
    own: str  # the agency whose node is read
    now: int
    zone: Zone = None
    numbers: Mapping[str, int] = field(default_factory=dict)  # of entries by id, where a dossier is shown whole

    def moment(self, millis: int) -> Words:
        """Date and hour for this reader."""
        return moment(self.language, millis, self.zone)

    def typed(self, text: str) -> Words:
        """What a person typed, shut off from the words around it."""
        return isolated(self.language, text)

    @property
    def comma(self) -> str:
        """What stands between the parts of a list."""
        return "، " if self.language == "ar" else ", "
