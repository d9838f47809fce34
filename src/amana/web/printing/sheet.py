# SPDX-License-Identifier: EUPL-1.2
"""For whom and when something is printed, and how text becomes fit for paper.

A `Sheet` holds what every line needs: the reader's language and clock, whose node it is, the agencies' names. What
people wrote is cleaned, set in its own direction, given places to break, and never read as markup: the templates get it
as values. Letters that no font of ours has are shown by their code point, so that nothing vanishes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from amana.phrases import Words, cleaned, isolated, moment, on_one_line, tell
from amana.phrases.bidi import RIGHT_TO_LEFT, reads_right_to_left
from amana.phrases.dates import NO_BREAK, Zone

Plain = Mapping[str, Any]
REFERENCE = 12  # characters of an id that are shown where it is not to be typed
LONGEST_WORD = 26  # letters; a longer word may be broken anywhere, because a narrow column holds no more
JOINED = 8  # letters between two such places where they join: Arabic is not cut letter by letter
BREAK = "\u200b"
JOINERS = "\u200c\u200d"  # Arabic orthography needs them; shaping uses them up
ISOLATES = "\u2066\u2068\u2069"
MARKS = "\u200e\u200f\u061c\u00ad\u2060\ufe0e\ufe0f"  # of direction, hyphenation and style; they draw nothing
UNDRAWN = frozenset(ISOLATES + JOINERS + MARKS + BREAK + "\n")
_LONG = re.compile(rf"[^ \n\u200b{ISOLATES}]{{{LONGEST_WORD + 1},}}")
_HELD = re.compile(rf" (?=[^\w\s{ISOLATES}(\[{{«‹“‘])")  # a space at which a line may not end, because of the sign that follows
_BEFORE = re.compile(r" (?=[;:!?»])")  # an ordinary space that French sets without a break
_AFTER = re.compile(r"(?<=«) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What every line of a printed page needs to know."""

    language: str
    own: str  # the agency whose node prints
    made_at: int
    zone: Zone = None
    post: str = ""  # by which post it is printed: words for a post, never a name
    demonstration: bool = False
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of agencies by code, then by language
    agreements: Mapping[str, str] = field(default_factory=dict)  # titles by id
    numbers: Mapping[str, int] = field(default_factory=dict)  # of the dossier's entries by id

    def moment(self, millis: int) -> Words:
        """Date and hour for this reader."""
        return moment(self.language, millis, self.zone)

    def typed(self, text: str) -> Words:
        """What a person typed, with places where its line may break."""
        return value_of(self.language, text)

    @property
    def comma(self) -> str:
        """What stands between the parts of a list."""
        return "، " if self.language == "ar" else ", "

    def listed(self, parts: Collection[str]) -> Words:
        """Words one after the other."""
        return Words(self.comma.join(isolated(self.language, part) for part in parts))

    def agency(self, code: str) -> dict[str, str]:
        """An agency as a letterhead shows it: its name in the reader's language, where it is known, and its code."""
        return {"name": wrapped(on_one_line(self.names.get(code, {}).get(self.language, ""))), "code": code}

    def named(self, code: str) -> Words:
        """An agency's name and code in a line of text."""
        name = self.agency(code)["name"]
        return tell(self.language, "{name} ({code})", name=name, code=code) if name else isolated(self.language, code)


def reference_of_dossier(shown: Plain) -> str:
    """The reference that people use, or the start of the id."""
    return str(shown.get("reference") or shown["dossier"][:REFERENCE])


def direction_of(text: str, otherwise: str = "ltr") -> str:
    """The direction of a paragraph: that of its first letter that has one."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return "ltr"
        if kind in RIGHT_TO_LEFT:
            return "rtl"
    return otherwise


def direction(language: str) -> str:
    """The direction of a language."""
    return "rtl" if language == "ar" else "ltr"


def wrapped(text: str) -> str:
    """`text` with places to break in words that no line holds, and at every ordinary space."""
    return _HELD.sub(f" {BREAK}", _LONG.sub(lambda word: _broken(word[0]), text))


def _broken(word: str) -> str:
    step = JOINED if reads_right_to_left(word) else 1
    return BREAK.join(word[at : at + step] for at in range(0, len(word), step))


def french(text: str) -> str:
    """`text` with its double punctuation and guillemets held to their words."""
    return _AFTER.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, text))


def paragraphs(text: str, language: str) -> list[dict[str, str]]:
    """What a person wrote, line by line, each in its own direction; an empty line stays an empty line."""
    shown = []
    for line in cleaned(text).split("\n"):
        one = line.replace("\t", " ").strip()
        way = direction_of(one, direction(language))
        if way == "ltr" and language == "fr":
            one = french(one)
        shown.append({"text": wrapped(one), "dir": way, "lang": _tagged(language, way)})
    return shown


def headed(words: str) -> Words:
    """Words as a heading or the name of a line: with a capital, where the script has them."""
    for place, letter in enumerate(words):
        if letter.isalpha():
            return Words(words[:place] + letter.upper() + words[place + 1 :])
        if letter not in ISOLATES:
            break
    return Words(words)


def said(text: str, language: str) -> dict[str, str]:
    """A title or another single line that a person wrote."""
    return paragraphs(on_one_line(text), language)[0]


def value_of(language: str, text: str) -> Words:
    """A value that a person typed, in a line of our own words."""
    return isolated(language, wrapped(on_one_line(text)))


def _tagged(language: str, way: str) -> str:
    """The language a reading machine is told: the one declared, unless the letters say that it cannot be."""
    if language in ("ar", "fr", "en") and direction(language) == way:
        return language
    return "ar" if way == "rtl" else "und"


MARKS = (
    "[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u20d0-\u20ff\ufe00-\ufe2f]"
)
STACKED = re.compile(rf"({MARKS}{{16}}){MARKS}+")  # marks without end on one letter: nobody reads them, and setting them takes minutes


def covered(value: Any, letters: Collection[int]) -> Any:
    """`value` (text, or lists and dicts of it) with every letter outside `letters` written as its code point."""
    match value:
        case str():
            return "".join(one if _drawn(one, letters) else f"‹U+{ord(one):04X}›" for one in STACKED.sub(r"\1‹…›", value))
        case dict():
            return {name: covered(held, letters) for name, held in value.items()}
        case list() | tuple():
            return [covered(held, letters) for held in value]
        case _:
            return value


def _drawn(letter: str, letters: Collection[int]) -> bool:
    """Whether a font draws it, or it is there to be used up in shaping and breaking and draws nothing."""
    return ord(letter) in letters or letter in UNDRAWN
