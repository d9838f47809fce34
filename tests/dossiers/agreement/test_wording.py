# SPDX-License-Identifier: EUPL-1.2
"""The wording of a text: in order, within its bounds, bound by the hash that a consent names."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.agreement.state import parse_terms
from amana.dossiers.agreement.wording import (
    MAX_BYTES,
    Clause,
    Wording,
    bound_wording,
    in_order,
    parse_wording,
    require_wording,
    wording_hash,
)
from amana.protocol.canonical import encode
from amana.protocol.errors import PeerFault, Refusal
from tests.dossiers.agreement.stories import proposed
from tests.dossiers.telling import DGPN, DGSN


def worded(*numbers: str, language: str = "fr", text: str = "Texte.") -> Wording:
    return Wording(clauses=tuple(Clause(number=number, language=language, text=text) for number in numbers))


def test_clauses_stand_in_the_order_of_the_articles_between_preamble_and_closing() -> None:
    wording = worded("closing", "9", "2", "preamble", "1", "title", "Annexe")
    assert list(in_order(wording, ["1", "2", "3"])) == ["title", "preamble", "1", "2", "9", "Annexe", "closing"]


def test_what_a_partner_says_twice_stands_twice() -> None:
    assert len(in_order(worded("1", "1"), ["1"])["1"]) == 2


@pytest.mark.parametrize("articles", [["preamble"], ["closing", "title"], []])
def test_an_article_that_is_called_as_a_heading_is_read_once(articles: list[str]) -> None:
    assert list(in_order(worded("preamble", "closing"), articles)) == ["preamble", "closing"]


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        (worded("1", "1"), "clause_twice"),
        (worded("1", text="  "), "clause_empty"),
        (worded(*(str(number) for number in range(40)), text="م" * 900), "wording_too_long"),
    ],
)
def test_an_author_is_told_what_no_wording_can_be(wording: Wording, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        require_wording(wording)
    assert refused.value.code == code


def test_thirteen_articles_in_three_languages_are_within_the_bounds() -> None:
    numbers = ["preamble", *(f"1.{number}" for number in range(1, 14)), "closing"]
    clauses = [clause for language in ("ar", "fr", "en") for clause in worded(*numbers, language=language, text="م" * 600).clauses]
    wording = Wording(clauses=tuple(clauses))
    require_wording(wording)
    assert len(encode(wording)) < MAX_BYTES


def test_only_the_wording_whose_hash_the_terms_hold_is_theirs() -> None:
    detail, other = encode(worded("1")), encode(worded("2"))
    assert bound_wording(detail, wording_hash(detail)) == worded("1")
    for given_detail, hash in [(other, wording_hash(detail)), (b"", wording_hash(detail)), (detail, b""), (b"", b"")]:
        with pytest.raises(PeerFault) as fault:
            bound_wording(given_detail, hash)
        assert fault.value.code == "wording_differs"


@given(st.binary(max_size=400))
def test_bytes_of_a_partner_are_a_wording_or_a_fault_of_its_own(detail: bytes) -> None:
    try:
        read: Any = parse_wording(detail)
    except PeerFault:
        return
    assert encode(read) == detail


def test_two_texts_that_differ_in_wording_alone_have_two_hashes() -> None:
    told = proposed()
    for author, wording in ((DGPN, "11"), (DGSN, "22")):
        assert told.say(author, "amend", {"version": 2, "wording": wording * 32}) is None
    assert len({text.hash for text in told.state.texts}) == 3


def test_an_amendment_keeps_the_terms_and_brings_its_own_wording() -> None:
    told = proposed(wording="11" * 32)
    assert told.say(DGPN, "amend") is None
    newest = max(told.state.texts, key=lambda text: parse_terms(text.terms).version)
    assert (parse_terms(newest.terms).version, parse_terms(newest.terms).wording) == (2, b"")
