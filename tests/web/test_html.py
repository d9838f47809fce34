# SPDX-License-Identifier: EUPL-1.2
"""What people wrote, as HTML: escaped, and in Arabic prose every Latin run is isolated whole and nothing but it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.web.html import html, ltr, prose

RUNS = re.compile(r'<bdi dir="ltr">(.*?)</bdi>')


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("اللوحة AB-123-CD وسائقها السيد Jean TESTEUR-FICTIF المزداد", ["AB-123-CD", "Jean TESTEUR-FICTIF"]),
        ("جواز السفر 12AB34567 صالح", ["12AB34567"]),
        ("الهاتف +212 6 00 00 04 17، على الساعة 22:40.", ["+212 6 00 00 04 17", "22:40"]),
        ("بتاريخ 12/03/1985 في Sète", ["12/03/1985", "Sète"]),
        ("لا شيء هنا", []),
    ],
)
def test_a_latin_run_in_arabic_is_isolated_whole(text: str, runs: list[str]) -> None:
    assert RUNS.findall(prose(text, "ar")) == runs


def test_a_text_without_an_arabic_letter_is_left_whole() -> None:
    assert prose("Lors d’un contrôle, le 20 décembre 2023.", "ar") == "Lors d’un contrôle, le 20 décembre 2023."


@given(text=st.text(alphabet=st.sampled_from("ab1+ -./<>&\"'اب،\n\u202e\u2066"), max_size=40), language=st.sampled_from(["ar", "fr", "en"]))
def test_nothing_that_was_written_becomes_markup_or_is_lost(text: str, language: str) -> None:
    shown = str(prose(text, language))
    bare = re.sub(r'<bdi dir="ltr">|<bdi[^<>]*>|</bdi>', "", shown).replace("\u200e", "")
    assert "<" not in bare
    assert ">" not in bare
    for mark in "\u202e\u2066":
        assert mark not in shown


def test_sentences_and_numbers_are_escaped() -> None:
    assert "<b>" not in html("<b>x</b>")
    assert "<b>" not in ltr("<b>x</b>")
