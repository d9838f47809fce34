# SPDX-License-Identifier: EUPL-1.2
"""A wording in pieces: what it changes in the wording it replaces, and where it departs from the glossary.

The pieces in order, without those taken out, are the wording letter by letter; a departure never spans two pieces of
different kinds without being marked in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from amana.phrases.differences import Piece, differences
from amana.phrases.terms import Departure, departures, missing_terms

Plain = dict[str, Any]
MOST_NOTES = 6  # under one wording; beyond, nobody reads them


def pieces_of(before: str, text: str, marked: Sequence[Departure]) -> list[Plain]:
    """`kind` (same, ins, del), `text`, and `departs` where the glossary would have it otherwise."""
    compared = differences(before, text) if before else (Piece(kind="same", text=text),)
    shown: list[Plain] = []
    place = 0
    for piece in compared:
        if piece.kind == "del":
            shown.append({"kind": "del", "text": piece.text, "departs": False})
            continue
        shown += [{"kind": piece.kind, **part} for part in _cut(piece.text, place, marked)]
        place += len(piece.text)
    return shown


def _cut(text: str, place: int, marked: Sequence[Departure]) -> Iterator[Plain]:
    """A piece at this place of the wording, cut where a departure begins or ends."""
    at, end = place, place + len(text)
    for one in marked:
        start, stop = max(one.start, at), min(one.end, end)
        if start >= stop:
            continue
        if start > at:
            yield {"text": text[at - place : start - place], "departs": False}
        yield {"text": text[start - place : stop - place], "departs": True}
        at = stop
    if at < end:
        yield {"text": text[at - place :], "departs": False}


def marked_in(language: str, text: str) -> tuple[Departure, ...]:
    """Where this wording departs from the glossary."""
    return departures(language, text)


def notes_of(marked: Sequence[Departure]) -> list[Plain]:
    """What the glossary says instead, each wording once."""
    notes = {(one.expected, one.note): {"expected": one.expected, "note": one.note} for one in marked}
    return list(notes.values())[:MOST_NOTES]


def lacking_in(source_language: str, source: str, language: str, text: str) -> list[str]:
    """The glossary’s words for terms that the version in the other language has and this one has not."""
    if not source or not text or source_language == language:
        return []
    return list(dict.fromkeys(one.expected for one in missing_terms(source_language, source, language, text)))[:MOST_NOTES]
