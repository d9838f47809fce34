# SPDX-License-Identifier: EUPL-1.2
"""What changed between two texts, in whole words, for Arabic, French and English alike.

`differences` gives the pieces in reading order: kept, taken out, put in. Kept and put in together are the later text,
kept and taken out the earlier one, letter by letter. A word is never cut: an Arabic word stays whole with the و or ال
joined to it and with its vowel signs, a French elided article is a word of its own, numbers and hours stay whole.
Where a comparison by words would cost too much it is made by lines, and failing that the text counts as replaced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from typing import Literal

Kind = Literal["same", "ins", "del"]
COSTLIEST = 100_000  # pairs of equal words that are weighed against each other; a text of some pages has a tenth of it
MOST_STEPS = 500_000  # words and pairs that are looked at in all: pieces without end each look at what is left anew
_LETTER = r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d]"  # with their signs
_ELIDED = r"(?:[ldjmtsnc]|qu|lorsqu|jusqu|puisqu|quoiqu|presqu)['’]"  # French: a word by itself
_WORDS = re.compile(rf"\d+(?:[.,:/]\d+)+|{_ELIDED}(?=\w)|{_LETTER}+(?:['’-]{_LETTER}+)*|\s+|.", re.IGNORECASE | re.DOTALL)
_LINES = re.compile(r"[^\n]+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text that is in both (`same`), only in the later text (`ins`) or only in the earlier one (`del`)."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that lead from `before` to `after`; of a replacement what went out stands first."""
    for grain in (_WORDS, _LINES):
        old, new = grain.findall(before), grain.findall(after)
        if (pairs := _cost(old, new)) <= COSTLIEST:
            try:
                return tuple(_joined(_with_gaps_closed(list(_compared(old, new, pairs)))))
            except _TooCostly:
                continue
    return tuple(_joined([("del", before), ("ins", after)]))


def _cost(old: Sequence[str], new: Sequence[str]) -> int:
    ours, theirs = Counter(old), Counter(new)
    return sum(count * theirs[word] for word, count in ours.items() if not word.isspace())


class _TooCostly(Exception):
    """Two texts share so many scattered pieces that comparing them would take too long."""


class _Matcher(SequenceMatcher[str]):
    """Gives up after `MOST_STEPS`: whoever writes the texts must not decide how long a page takes."""

    def __init__(self, old: Sequence[str], new: Sequence[str], pairs: int) -> None:
        super().__init__(None, old, new, autojunk=False)
        self._lengths = len(old), len(new)
        self._pairs, self._left = pairs, MOST_STEPS

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        words = (self._lengths[0] if ahi is None else ahi) - alo
        others = (self._lengths[1] if bhi is None else bhi) - blo
        self._left -= words + min(self._pairs, words * others)
        if self._left < 0:
            raise _TooCostly
        return super().find_longest_match(alo, ahi, blo, bhi)


def _compared(old: Sequence[str], new: Sequence[str], pairs: int) -> Iterator[tuple[Kind, str]]:
    """Words are matched without the spaces between them, so that a run of equal words is found at once; spaces follow the words."""
    ours, theirs = ([place for place, word in enumerate(words) if not word.isspace()] for words in (old, new))
    matched = _Matcher([old[place] for place in ours], [new[place] for place in theirs], pairs)
    kept, at, to = "", 0, 0
    for block in matched.get_matching_blocks():
        ends = [(ours[block.a + step], theirs[block.b + step]) for step in range(block.size)]
        for place, other in ends or [(len(old), len(new))]:
            before, out, put_in, after = _gap(old[at:place], new[to:other])
            kept += before
            if out or put_in:
                yield "same", kept
                yield "del", out
                yield "ins", put_in
                kept = ""
            kept += after + "".join(old[place : place + 1])
            at, to = place + 1, other + 1
    yield "same", kept


def _gap(old: Sequence[str], new: Sequence[str]) -> tuple[str, str, str, str]:
    """What lies between two equal words: kept before, taken out, put in, kept after; a space that both have beside a word is kept."""
    first = 1 if old[:1] == new[:1] else 0
    last = 1 if len(old) > first < len(new) and old[-1:] == new[-1:] else 0
    rest = [words[first : len(words) - last] for words in (old, new)]
    return "".join(old[:first]), "".join(rest[0]), "".join(rest[1]), "".join(old[len(old) - last :])


def _with_gaps_closed(pieces: list[tuple[Kind, str]]) -> Iterator[tuple[Kind, str]]:
    """A lone space between two replacements belongs to both: several new words in a row are read as one change."""
    for place, (kind, text) in enumerate(pieces):
        lone = kind == "same" and text.isspace() and "\n" not in text and 0 < place < len(pieces) - 1
        if lone and all(_replaced(pieces, beside) for beside in (place - 1, place + 1)):
            yield "del", text
            yield "ins", text
        else:
            yield kind, text


def _replaced(pieces: Sequence[tuple[Kind, str]], place: int) -> bool:
    """Whether the change at `place` takes words out and puts words in; the two stand next to each other."""
    first = place if pieces[place][0] == "del" else place - 1
    return all(text for _, text in pieces[first : first + 2])


def _joined(pieces: Iterator[tuple[Kind, str]] | list[tuple[Kind, str]]) -> Iterator[Piece]:
    """Pieces without empty ones; neighbours of one kind are one, and between two kept runs what went out stands first."""
    out = put_in = kept = ""
    for kind, text in pieces:
        if kind == "same" and text:
            yield from _change(out, put_in)
            out = put_in = ""
            kept += text
            continue
        if text and kept:
            yield Piece(kind="same", text=kept)
            kept = ""
        out, put_in = (out + text, put_in) if kind == "del" else (out, put_in + text)
    if kept:
        yield Piece(kind="same", text=kept)
    yield from _change(out, put_in)


def _change(out: str, put_in: str) -> Iterator[Piece]:
    if out:
        yield Piece(kind="del", text=out)
    if put_in:
        yield Piece(kind="ins", text=put_in)
