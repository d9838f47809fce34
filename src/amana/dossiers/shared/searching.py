# SPDX-License-Identifier: EUPL-1.2
"""Text in the form in which it is searched, the same for what is stored and for what is asked, with the way back.

Case, accents, harakat, tatweel and invisible marks fall away; forms of alef, hamza carriers, ya and alef maqsura, ta
marbuta, both sets of Arabic digits and letters borrowed for foreign sounds become one; the Arabic article and the
particles written to it are taken off. Numbers are found by any three of their characters, however they were spaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from amana.dossiers.shared.items import ASCII_DIGITS, ITEM_TYPES, parse_item
from amana.protocol.entry import Item
from amana.protocol.errors import PeerFault

LEAST_NUMBER = 3  # characters of a number that are looked for
PHONE_DIGITS = 9  # the last ones identify a number, whether or not its country code was written
MOST_WORDS = 12  # of a question
_LETTERS: dict[int, str | int] = {
    **ASCII_DIGITS,
    **str.maketrans("ٱىیةکگڭݣڤپچ", "اييهككككفبج"),
    ord("ء"): "",
    ord("ـ"): "",
    ord("œ"): "oe",
    ord("æ"): "ae",
    ord("ø"): "o",
    ord("ł"): "l",
    ord("đ"): "d",
}
_WORD = re.compile(r"[^\W_]+")
_PARTICLES = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل))(?=[\u0621-\u064a]{3})")
_NUMBERS = (
    re.compile(r"\b(?=\w*\d)\w{3,}"),
    re.compile(r"[+(]?\d(?:[\d\s.\-/|()]*\d)?"),
    re.compile(r"\b[A-Za-z]{1,4}[\s.\-]?\d[A-Za-z\d]*(?:[\s.\-]?[A-Za-z\d]+)?"),
    re.compile(r"\b\d{1,5}[\s|\-]+[\u0621-\u064a][\s|\-]+\d{1,2}\b"),
)
_NUMBER_FIELDS = ("number", "imei", "imsi", "plate", "chassis", "imo", "mmsi", "registration", "value")
_CODED_FIELDS = frozenset({"kind", "sex", "latitude", "longitude", "begins", "ends", "seen"})


class Word(NamedTuple):
    """A word of a text as it is searched, and where it stands in the text."""

    stem: str
    start: int
    end: int


def searched(text: str) -> str:
    """A text as it is searched: its stems, a blank between two."""
    return " ".join(word.stem for word in words_of(text))


def words_of(text: str) -> Iterator[Word]:
    """The words of a text with their places."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in _folded(character):
            folded.append(one)
            places.append(place)
    for match in _WORD.finditer("".join(folded)):
        start, end = match.span()
        yield Word(stem=_PARTICLES.sub("", match[0]), start=places[start], end=places[end - 1] + 1)


@lru_cache(maxsize=8192)
def _folded(character: str) -> str:
    """One character without accents, case and marks; may be none or several."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", character) if unicodedata.category(one) not in ("Mn", "Cf"))
    return plain.casefold().translate(_LETTERS)


def asked_words(question: str) -> list[str]:
    """The stems that a question is made of."""
    return [word.stem for word in words_of(question)][:MOST_WORDS]


def squeezed_places(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text without anything between them, as numbers are compared, and their places."""
    squeezed: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in _folded(character):
            if one.isalnum():
                squeezed.append(one)
                places.append(place)
    return "".join(squeezed), places


def asked_numbers(question: str) -> list[str]:
    """The forms in which a number that is asked for may be written; none where the question is no number."""
    plain, _ = squeezed_places(question)
    digits = re.sub(r"\D", "", plain)
    if len(plain) < LEAST_NUMBER or len(digits) < LEAST_NUMBER:
        return []
    forms = [plain, plain.lstrip("0")]
    if digits == plain and len(digits) > PHONE_DIGITS:
        forms.append(digits[-PHONE_DIGITS:])
    return [form for form in dict.fromkeys(forms) if len(form) >= LEAST_NUMBER]


def numbers_in(text: str) -> list[str]:
    """What looks like numbers in a text, squeezed."""
    plain = text.translate(ASCII_DIGITS)
    found = (squeezed_places(match[0])[0] for pattern in _NUMBERS for match in pattern.finditer(plain))
    return [number for number in dict.fromkeys(found) if len(number) >= LEAST_NUMBER]


def item_words(item: Item) -> list[str]:
    """The texts of an item that people may look for; none of an item that cannot be read."""
    return [text for name, text in _item_texts(item) if name not in _CODED_FIELDS]


def item_numbers(item: Item) -> list[str]:
    """The numbers of an item, squeezed."""
    found = (squeezed_places(text)[0] for name, text in _item_texts(item) if name in _NUMBER_FIELDS)
    return [number for number in found if len(number) >= LEAST_NUMBER]


def _item_texts(item: Item) -> Iterator[tuple[str, str]]:
    shape = ITEM_TYPES.get(item.type)
    if shape is None:
        return
    try:
        value = parse_item(item.type, item.value)
    except PeerFault:
        return
    for name in shape.__struct_fields__:
        held = getattr(value, name, None)
        for text in held if isinstance(held, tuple) else (held,):
            if isinstance(text, str) and text:
                yield name, text
