# SPDX-License-Identifier: EUPL-1.2
"""Two people compare one number: the same in every language, forgiving in form, unforgiving in value."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.errors import Refusal
from amana.protocol.safety_number import parse_safety_number, require_same_safety_number, safety_number
from tests.protocol.agencies import PARIS, RABAT, signing, verified

CARD = verified()
NUMBER = safety_number(RABAT, CARD.card.identity)
DIGITS = NUMBER.replace(" ", "")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
EASTERN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def test_it_is_eight_groups_of_five_digits() -> None:
    assert re.fullmatch(r"\d{5}( \d{5}){7}", NUMBER)


def test_it_belongs_to_the_agency_and_its_identity_key() -> None:
    others = {
        safety_number(PARIS, CARD.card.identity),
        safety_number(RABAT, signing(RABAT, "next identity").public),
        NUMBER,
    }
    assert len(others) == 3
    assert verified(number=9, addresses=()).card.identity == CARD.card.identity  # other cards, the same number


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        DIGITS,
        NUMBER.translate(ARABIC),
        NUMBER.translate(EASTERN),
        NUMBER[:20] + NUMBER[20:].translate(ARABIC),
        f"\u2067{NUMBER}\u2069\n",
        NUMBER.replace(" ", "\u00a0"),
        NUMBER.replace(" ", "-"),
        NUMBER.replace(" ", " ، "),
        "  ".join(DIGITS),
    ],
)
def test_it_may_be_typed_as_people_type(typed: str) -> None:
    assert parse_safety_number(typed) == NUMBER
    require_same_safety_number(typed, CARD)


@given(st.integers(0, 39), st.integers(1, 9))
def test_one_other_digit_differs(at: int, change: int) -> None:
    typed = DIGITS[:at] + str((int(DIGITS[at]) + change) % 10) + DIGITS[at + 1 :]
    with pytest.raises(Refusal, match="safety_number_differs") as refusal:
        require_same_safety_number(typed, CARD)
    assert refusal.value.facts == {"agency": RABAT}


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ("", {"wrong": "length", "expected": 40, "got": 0}),
        (DIGITS[:-1], {"wrong": "length", "expected": 40, "got": 39}),
        (DIGITS + "0", {"wrong": "length", "expected": 40, "got": 41}),
        ("O" + DIGITS[1:], {"wrong": "character", "position": 1}),
        (DIGITS[:7] + "l" + DIGITS[8:], {"wrong": "character", "position": 8}),
        (DIGITS[:-1] + "０", {"wrong": "character", "position": 40}),
        (DIGITS[:-1] + "²", {"wrong": "character", "position": 40}),
    ],
)
def test_what_is_no_number_is_told_apart_from_a_wrong_one(typed: str, facts: dict[str, object]) -> None:
    with pytest.raises(Refusal, match="safety_number_form") as refusal:
        require_same_safety_number(typed, CARD)
    assert refusal.value.facts == facts


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    with contextlib.suppress(Refusal):
        assert re.fullmatch(r"[0-9]{5}( [0-9]{5}){7}", parse_safety_number(text))
