# SPDX-License-Identifier: EUPL-1.2
"""The reader's language: the one asked for, else the locale's, else English; and text of two directions on one line."""

from __future__ import annotations

import pytest

from amana.phrases import reader_language
from amana.phrases.bidi import FSI, LRI, PDI, cleaned, isolated, on_one_line, with_isolated_runs


@pytest.mark.parametrize(
    ("option", "environ", "language"),
    [
        ("fr", {"LC_ALL": "ar_MA.UTF-8"}, "fr"),
        (None, {"LC_ALL": "ar_MA.UTF-8", "LANG": "fr_FR.UTF-8"}, "ar"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "fr_FR", "LANG": "ar"}, "fr"),
        (None, {"LANG": "fr"}, "fr"),
        (None, {"LANG": "fr_MA@euro"}, "fr"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        (None, {"LANG": "es_ES.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_of_the_reader(option: str | None, environ: dict[str, str], language: str) -> None:
    assert reader_language(option, environ) == language


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("ar", "ma.dgsn", f"{LRI}ma.dgsn{PDI}"),
        ("ar", "أمانة", f"{FSI}أمانة{PDI}"),
        ("ar", "", ""),
        ("fr", "ma.dgsn", "ma.dgsn"),
        ("fr", "أمانة", f"{FSI}أمانة{PDI}"),
    ],
)
def test_text_is_shut_off_where_its_direction_could_disturb(language: str, text: str, shown: str) -> None:
    assert isolated(language, text) == shown


def test_what_was_shut_off_is_not_shut_off_again() -> None:
    assert isolated("ar", isolated("ar", "ma.dgsn")) == f"{LRI}ma.dgsn{PDI}"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("two\r\nlines\rthree\n\ttab", "two\nlines\nthree\n\ttab"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\u202eevil\u202c \u2067x\u2069 \u0085\u009b2J\ufeff", "evil x 2J"),
        ("مرحبا\u200f", "مرحبا\u200f"),
    ],
)
def test_what_could_harm_a_screen_is_taken_out(text: str, left: str) -> None:
    assert cleaned(text) == left


def test_one_line_stays_one_line() -> None:
    assert on_one_line(" a\n b\tc ") == "a b c"


def test_commands_and_codes_in_our_own_arabic_are_shut_off() -> None:
    assert with_isolated_runs("ar", "الرمز H2 ثم `amana verify` يوم 2026-11-23.") == (
        f"الرمز {LRI}H2{PDI} ثم {LRI}`amana verify`{PDI} يوم {LRI}2026-11-23{PDI}."
    )
    assert with_isolated_runs("fr", "code H2") == "code H2"
