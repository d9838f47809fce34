# SPDX-License-Identifier: EUPL-1.2
"""The glossary's terms in a text: where it departs from them, and where two languages' versions do not match.

`departures` finds wordings that are known to be less good, with the place in the text as it stands, what to write and
why. Letters are compared without vowel signs, accents, tatweel, case and direction marks; Arabic bears the joined و ف ب
ك ل and ال, French and English bear a plural. A wording that is part of the right term, or of another word, is not marked.
`missing_terms` tells which terms one version has and the other lacks. Both only advise. Table: terms.toml.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

NOTES = ("communique", "law", "usage", "sense", "tone")  # why a wording is less good; named in the vocabulary `term_note`
MOST_LETTERS = 20_000  # what an editor lets people write; what is longer comes from elsewhere
MOST_MARKED = 200
GAP = r"(?!\w)[^.;:!?؟\n]{0,40}?"  # some words of one sentence
EITHER, RATHER, AS_IT_STANDS = "|", " → ", "="
_ALIKE = {"’": "'", "ʼ": "'", "‘": "'", "`": "'", "ى": "ي", "\u0640": ""}  # the last is tatweel
_DIGITS = re.compile("[\u0660-\u0669\u06f0-\u06f9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A wording at `start` to `end` of the text, what the glossary says instead, and why (one of NOTES)."""

    term: str
    start: int
    end: int
    found: str
    expected: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingTerm:
    """A term that the version in one language has and the other has not; `expected` is its wording there."""

    term: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rather:
    pattern: re.Pattern[str]
    expected: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """A term in one language: how it is found, what also counts as it, and what it should not be."""

    says: str
    paired: bool
    used: re.Pattern[str]
    taken: re.Pattern[str]
    rather: tuple[_Rather, ...]


def departures(language: str, text: str) -> tuple[Departure, ...]:
    """The wordings of `text` that the glossary would have otherwise, in order; of overlapping ones the longest.

    Whoever writes a text does not decide how long it is looked at: only `MOST_LETTERS` of it are, and `MOST_MARKED` wordings marked.
    """
    text = text[:MOST_LETTERS]
    letters, places = _folded(text)
    found = [*_departures(language, text, letters, places), *_digits(language, text)]
    right = sorted(_place(one, places) for wording in _table(language).values() for one in wording.used.finditer(letters))
    starts, ends = [start for start, _ in right], list(accumulate((end for _, end in right), max))
    kept: list[Departure] = []
    taken = bytearray(len(text))
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        before = bisect_right(starts, one.start)
        inside = bool(before) and one.end <= ends[before - 1]
        if not inside and taken.find(1, one.start, one.end) < 0:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start)[:MOST_MARKED])


def missing_terms(source_language: str, source_text: str, language: str, text: str) -> tuple[MissingTerm, ...]:
    """The terms of `source_text` without their counterpart in `text`; not those that `departures` marks there already."""
    if max(len(source_text), len(text)) > MOST_LETTERS:
        return ()
    source, _ = _folded(source_text)
    target, _ = _folded(text)
    marked = {one.term for one in departures(language, text)}
    there = _table(language)
    return tuple(
        MissingTerm(term=term, expected=there[term].says)
        for term, wording in _table(source_language).items()
        if wording.paired and term not in marked and wording.used.search(source) and not there[term].taken.search(target)
    )


def _departures(language: str, text: str, letters: str, places: list[int]) -> Iterator[Departure]:
    for term, wording in _table(language).items():
        for rather in wording.rather:
            for one in rather.pattern.finditer(letters):
                start, end = _place(one, places)
                yield Departure(term=term, start=start, end=end, found=text[start:end], expected=rather.expected, note=rather.note)


def _digits(language: str, text: str) -> Iterator[Departure]:
    """In Arabic the digits are 0 to 9, as Moroccan administration writes them."""
    for one in _DIGITS.finditer(text) if language == "ar" else ():
        plain = "".join(str(unicodedata.digit(letter)) for letter in one[0])
        yield Departure(term="digits", start=one.start(), end=one.end(), found=one[0], expected=plain, note="usage")


def _place(found: re.Match[str], places: list[int]) -> tuple[int, int]:
    return places[found.start()], places[found.end()]


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` as it is compared, and for each of its letters (and the end) the place in `text`."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter.casefold()):
            one = _compared_as(part)
            if not one or (one == " " and letters and letters[-1].isspace()):
                continue
            letters.append(one)
            places.append(place)
    return "".join(letters), [*places, len(text)]


def _compared_as(letter: str) -> str:
    if unicodedata.category(letter) in ("Mn", "Cf"):
        return ""
    if letter.isspace() and letter != "\n":
        return " "
    return _ALIKE.get(letter, letter)


@cache
def _table(language: str) -> Mapping[str, _Wording]:
    """The terms in one language; an unknown language has none."""
    source = tomllib.loads(files("amana.phrases").joinpath("terms.toml").read_text(encoding="utf-8"))
    return {term: _wording(language, row[language], paired=row.get("paired", False)) for term, row in source.items() if language in row}


def _wording(language: str, row: Mapping[str, Any], *, paired: bool) -> _Wording:
    used = [row["says"], *row.get("also", ())]
    return _Wording(
        says=row["says"],
        paired=paired,
        used=_any_of(language, used),
        taken=_any_of(language, [*used, *row.get("taken", ())]),
        rather=tuple(_rather(language, row["says"], note, wording) for note in NOTES for wording in row.get(note, ())),
    )


def _rather(language: str, says: str, note: str, wording: str) -> _Rather:
    less_good, _, expected = wording.partition(RATHER)
    return _Rather(pattern=_any_of(language, [less_good]), expected=expected or says, note=note)


def _any_of(language: str, wordings: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){_phrase(language, one)}(?!\w)" for one in wordings))


def _phrase(language: str, wording: str) -> str:
    """The words of a wording, with a space, the end of a line or some other words between them."""
    read, joint = "", ""
    for word in wording.split(" "):
        if word == "…":
            joint = rf"{GAP}(?<!\w)"
            continue
        read += joint + "(?:" + "|".join(_word(language, one) for one in word.split(EITHER)) + ")"
        joint = "(?: \n?|\n)"
    return read


def _word(language: str, word: str) -> str:
    letters, _ = _folded(word.removeprefix(AS_IT_STANDS))
    if language != "ar":
        return re.escape(letters).replace(r"\-", "[- ]") + ("" if letters[-1] in "sx" else "(?:s|x)?")
    if word.startswith(AS_IT_STANDS):
        return rf"[وف]?{letters}"
    bare = letters.removeprefix("ال") if word.startswith("ال") else letters  # not إل, whose hamza is dropped above
    return rf"[وف]?[بكل]?(?:ال|ل)?{bare}"
