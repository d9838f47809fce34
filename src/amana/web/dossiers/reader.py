# SPDX-License-Identifier: EUPL-1.2
"""For whom a dossier's page is made: the reader's language, clock and account, whose node it is, the entries' numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from amana.phrases import Words, isolated, moment
from amana.phrases.dates import Zone
from amana.web.html import html

ARABIC = "ar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What every line of the page needs to know; also a `phrases.coded.Reader`."""

    language: str
    own: str  # the agency whose node shows the dossier
    now: int
    account: str = ""
    zone: Zone = None
    numbers: Mapping[str, int] = field(default_factory=dict)  # of the dossier's entries by id
    posts: Mapping[str, str] = field(default_factory=dict)  # of this agency's accounts

    @property
    def comma(self) -> str:
        """What stands between the parts of a list."""
        return "، " if self.language == ARABIC else ", "

    def moment(self, millis: int) -> Words:
        """Date and hour for this reader."""
        return moment(self.language, millis, self.zone)

    def typed(self, text: str) -> Words:
        """What a person typed, shut off from the words around it."""
        return isolated(self.language, text)


def headed(words: str) -> SafeString:
    """Words as HTML with a capital first, where the script has them: the name of an entry or of a line."""
    for place, letter in enumerate(words):
        if letter.isalpha():
            return html(Words(words[:place] + letter.upper() + words[place + 1 :]))
    return html(words)
