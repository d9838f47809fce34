# SPDX-License-Identifier: EUPL-1.2
"""What changed between two texts is told in whole words, and both texts can be put together from the pieces."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.phrases.differences import differences

WORDS = st.sampled_from(
    ["بلاغ", "وبلاغ", "مُشترك", " ", "  ", "\n", "، ", "l’", "accord", "conjoint", "21:30", "1 500", "-", ".", "France’s", "e\u0301t\u00e9"]
)
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=40).map("".join))


@given(TEXTS, TEXTS)
def test_both_texts_are_put_together_from_the_pieces(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(one.text for one in pieces if one.kind != "del") == after
    assert "".join(one.text for one in pieces if one.kind != "ins") == before


@given(TEXTS, TEXTS)
def test_neighbours_are_joined_and_none_is_empty(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert all(one.text for one in pieces)
    order = "".join(one.kind[0] for one in pieces)
    assert re.fullmatch(r"s?((di|d|i)s)*(di|d|i)?", order), order


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert [one.kind for one in differences(text, text)] == (["same"] if text else [])


MARK = {"same": "{}", "ins": "[+{}]", "del": "[-{}]"}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("اتفق الجانبان على التنسيق التشغيلي", "اتفق الجانبان على التنسيق العملياتي", "اتفق الجانبان على التنسيق [-التشغيلي][+العملياتي]"),
        ("الأمن والثقة", "الأمن وبالثقة", "الأمن [-والثقة][+وبالثقة]"),
        ("مُشْترك قوي", "مشترك قوي", "[-مُشْترك][+مشترك] قوي"),
        ("les deux services", "les deux grands services", "les deux [+grands ]services"),
        ("de l’accord signé", "de l’échange signé", "de l’[-accord][+échange] signé"),
        ("à 21:30 précises", "à 22:00 précises", "à [-21:30][+22:00] précises"),
        ("the old short text stays", "the new long text stays", "the [-old short][+new long] text stays"),
        ("one. two.", "one. two. three.", "one. two.[+ three.]"),
        ("", "new", "[+new]"),
        ("old", "", "[-old]"),
    ],
)
def test_a_change_is_told_in_whole_words(before: str, after: str, told: str) -> None:
    assert "".join(MARK[one.kind].format(one.text) for one in differences(before, after)) == told


def test_a_text_made_to_be_costly_is_told_as_replaced_at_once() -> None:
    before, after = "a " * 20_000, "a b " * 15_000
    started = perf_counter()
    assert [one.kind for one in differences(before, after)] == ["del", "ins"]
    assert perf_counter() - started < 5
