# SPDX-License-Identifier: EUPL-1.2
"""The number two people compare by voice, so that each knows the other's identity key is the agency's own.

132 bits of SHA-256 over agency code and identity key, as eight groups of five digits, the same in every language. Who
heard it types it in: any spacing, European, Arabic-Indic and Eastern Arabic-Indic digits. Spec: spec/07-card.md.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final, NewType

from amana.protocol.canonical import encode
from amana.protocol.card import VerifiedCard
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode
from amana.protocol.signing import PublicPair

SafetyNumber = NewType("SafetyNumber", str)  # "12345 67890 …": eight groups

LABEL: Final = b"amana/safety-number/v1\0"
GROUPS, GROUP_DIGITS = 8, 5
DIGITS = GROUPS * GROUP_DIGITS
BITS = 132  # the most that 40 decimal digits hold: 2^132 < 10^40 < 2^133

_VALUES = {chr(zero + value): str(value) for zero in (0x0030, 0x0660, 0x06F0) for value in range(10)}
_PASSED_OVER = frozenset(
    "-.,/_\u060c\u066b\u066c\u2010\u2011\u2012\u2013\u2014\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
)


def safety_number(code: AgencyCode, identity: PublicPair) -> SafetyNumber:
    """The number to read aloud for an agency with this identity key."""
    name = code.encode("ascii")
    digest = hashlib.sha256(LABEL + bytes([len(name)]) + name + encode(identity)).digest()
    return _grouped(f"{int.from_bytes(digest, 'big') >> (256 - BITS):0{DIGITS}d}")


def parse_safety_number(text: str) -> SafetyNumber:
    """What a person typed, in the one form. Raises Refusal `safety_number_form`: `wrong` is `character` or `length`."""
    digits: list[str] = []
    for position, character in enumerate(text, start=1):
        if character in _VALUES:
            digits.append(_VALUES[character])
        elif not (character.isspace() or character in _PASSED_OVER):
            raise Refusal("safety_number_form", wrong="character", position=position)
    if len(digits) != DIGITS:
        raise Refusal("safety_number_form", wrong="length", expected=DIGITS, got=len(digits))
    return _grouped("".join(digits))


def require_same_safety_number(typed: str, card: VerifiedCard) -> None:
    """The typed number is this card's. Raises Refusal `safety_number_form`, `safety_number_differs`.

    A difference is not located: near misses are for the two people to clear up, by reading all of it again.
    """
    expected = safety_number(card.code, card.card.identity)
    if not hmac.compare_digest(parse_safety_number(typed).encode("ascii"), expected.encode("ascii")):
        raise Refusal("safety_number_differs", agency=card.code)


def _grouped(digits: str) -> SafetyNumber:
    return SafetyNumber(" ".join(digits[i : i + GROUP_DIGITS] for i in range(0, DIGITS, GROUP_DIGITS)))
