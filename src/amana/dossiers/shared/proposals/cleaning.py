# SPDX-License-Identifier: EUPL-1.2
"""The text that proposals are looked for in, and the way back to the text as it was pasted.

ASCII digits, no invisible marks, no vowel marks, plain spaces and hyphens, defanged addresses whole again. Every
character knows which characters of the pasted text it stands for, so that a page can mark what was found.
Spec: spec/kinds/information_request.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from amana.dossiers.shared.items import ASCII_DIGITS

_DROPPED = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u0640\u064b-\u0652\u0670]")
_PLAIN = {ord(space): " " for space in "\u00a0\u2007\u2009\u202f"} | {0x2010: "-", 0x2011: "-", 0x2019: "'", 0x02BC: "'"}
_DEFANGED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bh(?:xx|XX|\*\*)p(?=s?(?:\[?:|\[?\]?:))"), "http"),
    (re.compile(r"\[:(?://)?\](?://)?|\[://\]"), "://"),
    (re.compile(r"\s?[\[({](?:\.|dot|DOT|point)[\])}]\s?"), "."),
    (re.compile(r"\s?[\[({](?:@|at|AT|arobase)[\])}]\s?"), "@"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CleanText:
    """A cleaned text. `places[i]` is where the pasted text holds what became character i: from, up to."""

    text: str
    places: tuple[tuple[int, int], ...]

    def pasted(self, start: int, end: int) -> tuple[int, int]:
        """Where the pasted text holds what stands from `start` up to `end` here; there is at least one character."""
        return self.places[start][0], self.places[end - 1][1]


def clean(text: str) -> CleanText:
    """The cleaned form of a pasted text."""
    pairs = [
        (character, place) for cluster, place in _clusters(text) for character in unicodedata.normalize("NFC", cluster).translate(_SIMPLE)
    ]
    pairs = [pair for pair in pairs if not _DROPPED.match(pair[0])]
    for pattern, whole in _DEFANGED:
        pairs = list(_replaced(pairs, pattern, whole))
    return CleanText(text="".join(character for character, _ in pairs), places=tuple(place for _, place in pairs))


_SIMPLE = {**ASCII_DIGITS, **_PLAIN}
_Pair = tuple[str, tuple[int, int]]


def _clusters(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each character with the marks that combine with it: they are composed together."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield text[start:at], (start, at)
            start = at


def _replaced(pairs: list[_Pair], pattern: re.Pattern[str], whole: str) -> Iterator[_Pair]:
    """The characters with each match of `pattern` replaced; all of the new ones stand for all of the old."""
    done = 0
    for match in pattern.finditer("".join(character for character, _ in pairs)):
        yield from pairs[done : match.start()]
        place = (pairs[match.start()][1][0], pairs[match.end() - 1][1][1])
        yield from ((character, place) for character in whole)
        done = match.end()
    yield from pairs[done:]
