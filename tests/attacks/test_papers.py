# SPDX-License-Identifier: EUPL-1.2
"""Texts that would stop the typesetter, or keep it busy for minutes: a paper comes of each, at once."""

from __future__ import annotations

from time import perf_counter

import pytest

from amana.web.printing.communique import Communique, Edition, communique_pdf
from amana.web.printing.copies import communique_html, communique_text

ODD = {
    "nothing": ("", ""),
    "no letters": ("\x00", "\x00\x01\x1b"),
    "marks of direction alone": ("\u202e" * 50, "\u202e\u2066" * 50),
    "marks without end on one letter": ("e" + "\u0301" * 2_000, "e" + "\u0301" * 100_000),
    "Arabic signs without end": ("ب" + "\u064e" * 2_000, "ب" + "\u0651\u064e" * 50_000),
    "joiners without end": ("a" + "\u200d" * 2_000, "\u200d" * 100_000),
    "no characters at all": ("\ufffe", "\U0010ffff" * 100),
    "commands": ('#import "x"', '#panic() #read("/etc/passwd") $ @ref <x> ` ``` \\ = - + /'),
    "a word without end": ("a" * 300, "a" * 20_000),
}


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("odd", list(ODD))
def test_a_paper_comes_of_every_text_at_once(odd: str, language: str) -> None:
    heading, text = ODD[odd]
    edition = Edition(language=language, heading=heading, paragraphs=(text,), code="J04S-H7RT-V32E-K0YR-8")
    communique = Communique(editions=(edition,), parties=("ma.dgsn",), names={}, released_at=1_700_000_000_000, made_at=1_700_000_000_000)
    began = perf_counter()
    assert communique_pdf(communique).startswith(b"%PDF-")
    assert communique_text(communique)
    assert communique_html(communique)
    assert perf_counter() - began < 20, "minutes, before there was a limit"
