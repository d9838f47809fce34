# SPDX-License-Identifier: EUPL-1.2
"""Text made fit for paper: direction, breaks, French spaces, letters that no font has."""

from __future__ import annotations

import pytest

from amana.web.printing.sheet import BREAK, LONGEST_WORD, covered, direction_of, french, headed, paragraphs, wrapped

NB = "\u00a0"


@pytest.mark.parametrize(
    ("text", "way"),
    [("شاحنة AA-123", "rtl"), ("AA-123 شاحنة", "ltr"), ("17 12 2023", "ltr"), ("(«شاحنة»)", "rtl"), ("", "ltr")],
)
def test_a_paragraph_runs_as_its_first_letter_does(text: str, way: str) -> None:
    assert direction_of(text) == way


def test_a_paragraph_without_letters_runs_as_its_language_does() -> None:
    assert [one["dir"] for one in paragraphs("2023\nAA", "ar")] == ["rtl", "ltr"]


def test_what_is_declared_as_another_language_than_its_letters_is_not_read_aloud_as_that() -> None:
    assert [(one["dir"], one["lang"]) for one in paragraphs("شاحنة\nVéhicule", "fr")] == [("rtl", "ar"), ("ltr", "fr")]
    assert paragraphs("Véhicule", "ar")[0]["lang"] == "und"


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("Vu : oui ; non ! Et « ceci » ?", f"Vu{NB}: oui{NB}; non{NB}! Et «{NB}ceci{NB}»{NB}?"),
        ("à 10:45, rue", "à 10:45, rue"),
    ],
)
def test_french_holds_double_punctuation_to_its_word(typed: str, set_as: str) -> None:
    assert french(typed) == set_as
    assert paragraphs(typed, "fr")[0]["text"] == set_as
    assert paragraphs(typed, "en")[0]["text"].replace(BREAK, "") == typed


@pytest.mark.parametrize("letter", ["W", "ش"])
def test_a_word_that_no_line_holds_may_be_broken_and_loses_nothing(letter: str) -> None:
    long = letter * (LONGEST_WORD + 1)
    assert BREAK in wrapped(long)
    assert wrapped(long).replace(BREAK, "") == long
    assert wrapped(letter * LONGEST_WORD) == letter * LONGEST_WORD


def test_letters_that_no_font_has_are_shown_by_their_code_point() -> None:
    assert covered({"a": ["x中\u2066\n"]}, {ord("x")}) == {"a": ["x‹U+4E2D›\u2066\n"]}


@pytest.mark.parametrize(
    ("words", "heading"), [("objet", "Objet"), ("\u2068état", "\u2068État"), ("الموضوع", "الموضوع"), ("1er mai", "1er mai"), ("", "")]
)
def test_a_heading_has_a_capital_where_the_script_has_them(words: str, heading: str) -> None:
    assert headed(words) == heading
