# SPDX-License-Identifier: EUPL-1.2
"""Persons' names in Latin script in a cleaned text: announced by a word, followed by a birth, or of an unmistakable shape.

Precision before recall: officials (a post stands beside the name), streets, services and companies are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from amana.dossiers.shared.proposals import birth
from amana.dossiers.shared.proposals.cues_latin import (
    A_POST,
    ALSO_CALLED,
    ANNOUNCING,
    CHAINED,
    LABELLED,
    NOT_AFTER,
    NOT_NAMES,
    PARTICLES,
    PLACED,
    PLURAL,
    POST_BEFORE,
)
from amana.dossiers.shared.proposals.given_names import folded, is_latin_given
from amana.dossiers.shared.proposals.named import Named
from amana.dossiers.shared.proposals.nations import LATIN as NATIONS
from amana.dossiers.shared.proposals.nations import NATION_OF

LONGEST = 6  # words in a name
_TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?")
_PLAIN_NAME = re.compile(r"[^\W\d_](?:[^\W\d_A-ZÀ-Ý]|(?<=Mc)[A-Z]|['-][^\W\d_])+")
_JOINED = re.compile(r"\s*(?:,|et|and|&|ainsi que)\s+(?:(?:l[ea]|du|au)\s+)?(?:M\.\s|Mme\s|Mr\s|Mrs\s)?")
_ADJECTIVE = re.compile(
    rf"(?:(?i:ressortissante?|citoyen(?:ne)?|sujet)\s+(?i:{NATIONS})|(?i:{NATIONS})\s+(?i:national|citizen)),?\s+(?=[A-ZÀ-Ý])"
)
_BORN_BEHIND = re.compile(r"\s*(?:[,;]\s*|\(\s*)?(?=[Nn]ée?\s|[Bb]orn\s|DOB\b|[Dd]ate de naissance|[Dd]ate of birth)")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """A word that begins with a capital, behind a particle and its hyphen too (al-X)."""
        particle, hyphen, rest = self.text.partition("-")
        return self.text[0].isupper() or (bool(hyphen) and particle in CHAINED and rest[0].isupper())

    @property
    def capitals(self) -> bool:
        """All of it in capitals, two letters or more."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def particle(self) -> bool:
        return self.text.casefold() in PARTICLES

    @property
    def allowed(self) -> bool:
        return folded(self.text) not in NOT_NAMES and self.text.casefold() not in NATION_OF


def latin_names(text: str) -> Iterator[Named]:
    """Every name found, in no order; the same place may be found by several ways."""
    yield from _announced(text)
    yield from _described(text)
    words = [_Word(match[0], *match.span()) for match in _TOKEN.finditer(text)]
    yield from _shaped(text, words)


def _announced(text: str) -> Iterator[Named]:
    for cue in ANNOUNCING:
        for match in cue.finditer(text):
            several = PLURAL.search(match[0]) is not None
            at: int | None = match.end()
            while at is not None:
                named = _read(text, at)
                if named is None or A_POST.match(text, named.end) or POST_BEFORE.search(text, max(0, match.start() - 60), match.start()):
                    break
                yield named
                joined = _JOINED.match(text, named.end) if several else None
                at = joined.end() if joined else None


def _described(text: str) -> Iterator[Named]:
    """'the Moroccan national X Y', 'holder: X Y': two words are wanted."""
    for cue in (_ADJECTIVE, LABELLED):
        for match in cue.finditer(text):
            named = _read(text, match.end())
            if named is not None and " " in named.name and not A_POST.match(text, named.end):
                yield named


def _read(text: str, at: int) -> Named | None:
    """The name that begins at `at`, as far as it goes; with the other names said after it."""
    words = _sequence(text, at)
    if not words or not _is_name(words):
        return None
    end = words[-1].end
    aliases = []
    while (other := ALSO_CALLED.match(text, end)) is not None:
        more = _sequence(text, other.end())
        if not more:
            break
        aliases.append(text[more[0].start : more[-1].end])
        end = more[-1].end
        if text[end : end + 1] in ("»", '"', "”", ")"):
            end += 1
        elif text[end : end + 2] == " »":
            end += 2
    return Named(name=text[words[0].start : words[-1].end], start=words[0].start, end=words[-1].end, reach=end, aliases=tuple(aliases))


def _sequence(text: str, at: int) -> list[_Word]:
    """Capitalised words and particles from `at` on, a space between them, ending with a capitalised word."""
    words: list[_Word] = []
    while len(words) < LONGEST:
        match = _TOKEN.match(text, at)
        if match is None:
            break
        word = _Word(match[0], *match.span())
        begins = not words and word.text.casefold() in CHAINED
        inside = bool(words) and word.particle
        if not (begins or inside or (word.capital and word.allowed)):
            break
        words.append(word)
        at = word.end
        if text[at : at + 1] == " ":
            at += 1
        elif not word.text.endswith("'"):
            break
    while words and (not words[-1].capital or (words[-1].particle and len(words) > 1 and not words[-1].capitals)):
        words.pop()
    return [] if words and all(word.particle for word in words) else words


def _is_name(words: list[_Word]) -> bool:
    """One word of three letters is enough after a cue; initials alone are not."""
    return any(len(word.text) > 2 and not word.particle for word in words)


def _shaped(text: str, words: list[_Word]) -> Iterator[Named]:
    """Given name and surname in capitals, in either order; or any two words of a name before a birth."""
    done = 0
    for place, word in enumerate(words):
        begins = word.text.casefold() in CHAINED if word.particle else word.allowed
        if word.start < done or not (word.capital and begins):
            continue
        sequence = _sequence(text, word.start)
        if len(sequence) < 2:
            continue
        unsure = (
            place == 0
            or text[words[place - 1].end : word.start].strip(" ") != ""
            or PLACED.search(text, max(0, word.start - 12), word.start)
        )
        sure = _is_sure(sequence, elsewhere=bool(unsure)) or _is_followed_by_birth(text, sequence) or _is_also_called(text, sequence)
        if sure and not _is_no_person(text, word.start, sequence[-1].end):
            named = _read(text, word.start)
            if named is not None:
                done = named.reach
                yield named


def _is_no_person(text: str, start: int, end: int) -> bool:
    """A street, a ship, a rank or a post beside the words says what they are."""
    ahead = max(0, start - 60)
    beside = NOT_AFTER.search(text, ahead, start) or POST_BEFORE.search(text, ahead, start) or A_POST.match(text, end)
    return beside is not None


def _is_sure(sequence: list[_Word], *, elsewhere: bool) -> bool:
    """A word with small letters and a surname in capitals; the given name a known one, or certainly no common word.

    `elsewhere`: the capital may be that of a sentence or of a place.
    """
    plain = [word for word in sequence if not word.particle]
    small = [word for word in plain if not word.capitals]
    large = [word for word in plain if word.capitals and len(word.text) > 2]
    if not small or not large:
        return (
            len(plain) > 1 and is_latin_given(plain[0].text) and all(word.capitals for word in plain) and not is_latin_given(plain[1].text)
        )
    if any(is_latin_given(word.text) for word in small):
        return True
    usual = all(_PLAIN_NAME.fullmatch(word.text) for word in small) and all(len(word.text) > 3 for word in large)
    return usual and not elsewhere and not plain[0].capitals and len(plain) < 4


def _is_also_called(text: str, sequence: list[_Word]) -> bool:
    """A known given name and a surname, and another name said behind them."""
    other = ALSO_CALLED.match(text, sequence[-1].end)
    return is_latin_given(sequence[0].text) and other is not None and bool(_sequence(text, other.end()))


def _is_followed_by_birth(text: str, sequence: list[_Word]) -> bool:
    """A statement of birth begins right behind the name, or behind the other names said after it."""
    end = sequence[-1].end
    if other := ALSO_CALLED.match(text, end):
        more = _sequence(text, other.end())
        end = more[-1].end if more else end
    behind = _BORN_BEHIND.match(text, end)
    return behind is not None and birth.BORN.match(text, behind.end()) is not None
