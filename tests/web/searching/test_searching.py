# SPDX-License-Identifier: EUPL-1.2
"""The search page: what is found stands with its dossier, marked and isolated; nothing of what others may see."""

from __future__ import annotations

import re

import pytest

from amana.web.searching.snippets import draw_snippet
from tests.compose.pairs import PARIS
from tests.web.conftest import House


@pytest.mark.parametrize(
    ("question", "marked"),
    [("frigorifique", "frigorifique"), ("980417", "980417"), ("numéro", "numéro"), ("numero", "numéro")],
)
def test_words_and_parts_of_numbers_are_found_and_marked(house: House, question: str, marked: str) -> None:
    page = house.client("chef", PARIS).get("/fr/search/", {"q": question}).content.decode()
    assert f"<mark>{marked}</mark>" in page


def test_found_entries_stand_with_their_dossier_once(house: House) -> None:
    page = house.client("chef", PARIS).get("/fr/search/", {"q": "980417"}).content.decode()
    heads = re.findall(r'id="s-([0-9a-f]{64})"', page)
    assert house.drugs.hex() in heads
    assert len(heads) == len(set(heads))


def test_what_one_may_not_see_is_not_found(house: House) -> None:
    page = house.client("liaison", PARIS).get("/fr/search/", {"q": "frigorifique"}).content.decode()
    assert "Camion" not in page
    assert 'class="empty"' in page


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_nothing_found_says_what_was_searched_and_how_to_search_differently(house: House, language: str) -> None:
    page = house.client("chef", PARIS).get(f"/{language}/search/", {"q": "zzzzqqqq"}).content.decode()
    assert page.count("<li>") >= 3
    assert "zzzzqqqq" in page


def test_without_a_question_nothing_is_asked(house: House) -> None:
    page = house.client("chef", PARIS).get("/en/search/").content.decode()
    assert 'class="empty"' in page
    assert "<mark>" not in page


@pytest.mark.parametrize("question", ['"', "' OR 1", "*", "NEAR(", "<script>alert(1)</script>", "\u202e\u0000x", "a" * 5000])
def test_whatever_is_typed_is_only_searched(house: House, question: str) -> None:
    answer = house.client("chef", PARIS).get("/en/search/", {"q": question})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_filters_narrow_what_is_found(house: House) -> None:
    client = house.client("chef", PARIS)
    assert b"<mark>" in client.get("/en/search/", {"q": "980417", "unit": "drugs"}).content
    assert b"<mark>" not in client.get("/en/search/", {"q": "980417", "area": "terrorism"}).content


@pytest.mark.parametrize(
    ("parts", "field", "language", "shown"),
    [
        ([("a ", 0), ("<b>", 1)], "text", "fr", "a <mark>&lt;b&gt;</mark>"),
        ([("+336399", 0), ("804", 1), ("17 · رقم", 0)], "numbers", "ar", "<bdi>+336399<mark>804</mark>17</bdi> · <bdi>رقم</bdi>"),
        ([("الرقم ", 0), ("0417", 1), (" هنا", 0)], "text", "ar", 'الرقم <bdi dir="ltr"><mark>0417</mark></bdi> هنا'),
        ([("MA-DGSN/2026/0417AB", 1)], "reference", "", '<bdi dir="ltr"><mark>MA-DGSN/2026/0417AB</mark></bdi>'),
        ([("a\u202eb", 1)], "text", "en", "<mark>ab</mark>"),
        ([], "title", "ar", ""),
    ],
)
def test_snippets_are_escaped_marked_and_isolated(parts: list[tuple[str, int]], field: str, language: str, shown: str) -> None:
    drawn = draw_snippet([{"text": text, "hit": bool(hit)} for text, hit in parts], field, language)
    assert str(drawn) == shown
