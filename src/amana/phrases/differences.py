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
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "ins", "del"]
COSTLIEST = 100_000  # pairs of equal words that are weighed against each other; a text of some pages has a tenth of it
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
        if _cost(old, new) <= COSTLIEST:
            return tuple(_joined(_with_gaps_closed(list(_compared(old, new)))))
    return tuple(_joined([("del", before), ("ins", after)]))


def _cost(old: Sequence[str], new: Sequence[str]) -> int:
    ours, theirs = Counter(old), Counter(new)
    return sum(count * theirs[word] for word, count in ours.items() if not word.isspace())


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    matched = SequenceMatcher(str.isspace, old, new, autojunk=False)  # spaces follow the words beside them
    for kind, start, end, from_, to in matched.get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[start:end])
            continue
        yield "del", "".join(old[start:end])
        yield "ins", "".join(new[from_:to])


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
