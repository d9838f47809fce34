# SPDX-License-Identifier: EUPL-1.2
"""A published text and the short code by which anybody can ask whether a copy of it is the one that was released.

The code is the first 80 bits of a SHA-256 over label and canonical encoding, as 16 letters of Crockford's base 32 in
four groups, and a 17th that notices a mistyped letter or two exchanged ones: `J04S-H7RT-V32E-K0YR-8`. What copying
changes does not count: Unicode form, kinds and runs of spaces, and marks that draw nothing. Marks that turn the order of
what is read do count. The code proves nothing by itself: a node that holds the dossier compares it with what it holds.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NewType

from amana.protocol.canonical import Canonical, encode
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, CodeField, DossierId, EntryId, EntryIdField, Millis, MillisField

PublicCode = NewType("PublicCode", str)  # "J04S-H7RT-V32E-K0YR-8"

LABEL: Final = b"amana/communique/v1\0"
BITS, GROUP = 80, 4  # 2^80 texts to try for another one with the same code
LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
CODE_LETTERS = BITS // 5 + 1
FIELD = 0b100101  # x^5 + x^2 + 1: the 32 letters as a field, in which the check letter is computed
MOST_TYPED = 64  # characters; what is longer is no code

_READ_AS = {**{letter: place for place, letter in enumerate(LETTERS)}, "O": 0, "I": 1, "L": 1}
_PASSED_OVER = frozenset("-.,/_\u2010\u2011\u2012\u2013\u2014\u00ad\u061c\u200b\u200e\u200f\u2066\u2067\u2068\u2069\ufeff")
_UNDRAWN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2060\u2066-\u2069\ufeff]")  # not U+202A to U+202E, which turn what is read


class PublicText(Canonical, frozen=True, kw_only=True):
    """One language of a released text, as it is hashed: made by `public_text`."""

    dossier: EntryIdField  # the communiqué's, by its opening entry
    heading: str
    parties: tuple[AgencyCodeField, ...]
    language: CodeField
    paragraphs: tuple[str, ...]
    released_at: MillisField


def public_text(
    *, dossier: DossierId, language: str, heading: str, paragraphs: Iterable[str], parties: Iterable[AgencyCode], released_at: Millis
) -> PublicText:
    """The text in the one form: normalised, without empty paragraphs, parties in the order of their codes."""
    return PublicText(
        dossier=EntryId(dossier),
        heading=normalised(heading),
        parties=tuple(sorted(set(parties))),
        language=language,
        paragraphs=tuple(one for one in map(normalised, paragraphs) if one),
        released_at=released_at,
    )


def normalised(text: str) -> str:
    """`text` as it is hashed and compared: NFC, no marks that draw nothing, single spaces."""
    return " ".join(_UNDRAWN.sub("", unicodedata.normalize("NFC", text)).split())


def code_of(text: PublicText) -> PublicCode:
    """The code of a text that `public_text` made."""
    number = int.from_bytes(hashlib.sha256(LABEL + encode(text)).digest(), "big") >> (256 - BITS)
    values = [(number >> shift) & 31 for shift in range(BITS - 5, -5, -5)]
    return _written([*values, _times_x(_remainder(values))])


def parse_code(text: str) -> PublicCode:
    """What a person typed or pasted, in the one form; case, spaces and dashes do not count, O is 0, I and L are 1.

    Raises Refusal `bad_public_code`: `wrong` is `character`, `length` or `check` (a letter is mistyped, or two exchanged).
    """
    if len(text) > MOST_TYPED:
        raise Refusal("bad_public_code", wrong="length")
    values = []
    for letter in text.upper():
        if letter in _READ_AS:
            values.append(_READ_AS[letter])
        elif not (letter.isspace() or letter in _PASSED_OVER):
            raise Refusal("bad_public_code", wrong="character")
    if len(values) != CODE_LETTERS:
        raise Refusal("bad_public_code", wrong="length")
    if _remainder(values) != 0:
        raise Refusal("bad_public_code", wrong="check")
    return _written(values)


def require_same_text(text: PublicText, pasted: str) -> None:
    """`pasted` is this text, with or without its heading. Raises Refusal `public_text_differs`."""
    body = " ".join(text.paragraphs)
    if normalised(pasted) not in (body, f"{text.heading} {body}"):
        raise Refusal("public_text_differs")


def _written(values: list[int]) -> PublicCode:
    letters = "".join(LETTERS[value] for value in values)
    return PublicCode("-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP)))


def _remainder(values: list[int]) -> int:
    """The letters as a polynomial at x: zero for a whole code, never zero after one letter or the place of two is changed."""
    found = 0
    for value in values:
        found = _times_x(found) ^ value
    return found


def _times_x(value: int) -> int:
    shifted = value << 1
    return shifted ^ FIELD if shifted & 32 else shifted
