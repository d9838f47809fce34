# SPDX-License-Identifier: EUPL-1.2
"""Text as it is searched: the same words however they are written, numbers by any part of them, places exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.shared.searching import asked_numbers, asked_words, numbers_in, searched, squeezed_places, words_of


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Préfecture", "PREFECTURE"),
        ("cœur", "coeur"),
        ("الإمارة", "الامارة"),
        ("آسفي", "أسفي"),
        ("مصطفى", "مصطفي"),
        ("شاحنة", "شاحنه"),
        ("مسؤول", "مسوول"),
        ("الرئيس", "الرييس"),
        ("مُحَمَّد", "محمد"),
        ("مـحـمـد", "محمد"),
        ("المعطيات", "معطيات"),
        ("والمعطيات", "معطيات"),
        ("بالمعطيات", "المعطيات"),
        ("للمعطيات", "معطيات"),
        ("أڭادير", "أكادير"),
        ("٤٨٢١٣", "48213"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("Ra\u200fchid", "rachid"),
        ("ﬁche", "fiche"),
    ],
)
def test_one_word_however_it_is_written(written: str, asked: str) -> None:
    assert searched(written) == searched(asked) != ""


@pytest.mark.parametrize(("one", "other"), [("علم", "قلم"), ("الله", "له"), ("Sète", "Cette"), ("والي", "لي")])
def test_other_words_stay_other(one: str, other: str) -> None:
    assert searched(one) != searched(other)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("+212 6 00 00 04 17", "06 00 00 04 17"),
        ("٠٦ ٠٠ ٠٠ ٠٤ ١٧", "0600000417"),
        ("00 33 6 39 98 04 17", "+33639980417"),
        ("48213 | ب | 6", "48213-ب-6"),
        ("48213 | ب | 6", "٤٨٢١٣ب٦"),
        ("AA-417-BB", "aa 417 bb"),
        ("passeport 00XX00417", "00xx00417"),
        ("passeport 00XX00417", "0417"),
    ],
)
def test_a_number_is_found_however_it_is_spaced(written: str, asked: str) -> None:
    held = numbers_in(written)
    assert any(form in number for form in asked_numbers(asked) for number in held)


@pytest.mark.parametrize("asked", ["", "12", "camion", "a1", "…"])
def test_what_is_no_number_asks_for_none(asked: str) -> None:
    assert asked_numbers(asked) == []


def test_a_question_has_bounds() -> None:
    assert len(asked_words("mot " * 1000)) == 12


@given(st.text(max_size=80))
def test_places_are_those_of_the_text(text: str) -> None:
    ends = [0]
    for word in words_of(text):
        assert ends[-1] <= word.start < word.end <= len(text) or word.start < word.end
        assert searched(text[word.start : word.end]) != "" or word.stem == ""
        ends.append(word.end)
    squeezed, places = squeezed_places(text)
    assert len(squeezed) == len(places)
    assert places == sorted(places)
    assert searched(searched(text)).split() == searched(text).split() or "ال" in searched(text) or "لل" in searched(text)
