# SPDX-License-Identifier: EUPL-1.2
"""The vectors of cards, statements and safety numbers, read by the product and by the second implementation alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.canonical import encode
from amana.protocol.card import VerifiedCard, verify_card
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import AgencyCode, Millis
from amana.protocol.introduction import verify_introduction
from amana.protocol.safety_number import require_same_safety_number, safety_number
from amana.protocol.sealing_statement import verify_sealing_statement
from amana.protocol.signing import PublicPair
from tests.protocol.agencies import RABAT, card, signed
from tests.vectors import independent_card as second
from tests.vectors.cases import ACCEPT, VECTORS, Case, load_area
from tests.vectors.independent_envelope import Failed

CASES = load_area("card")
BY_NAME = {case.name: case for case in CASES}


def octets(case: Case, field: str) -> bytes:
    """The value of a field; a case's name stands for what is signed in that case."""
    value = case.fields[field]
    return BY_NAME[value].octets("signed") if "/" in value else bytes.fromhex(value)


def held_card(signed: bytes) -> VerifiedCard | None:
    return verify_card(signed, known=None) if signed else None


def by_the_product(case: Case) -> None:
    match case.fields["kind"]:
        case "card":
            verify_card(octets(case, "signed"), known=held_card(octets(case, "held")))
        case "sealing":
            card = verify_card(octets(case, "card"), known=None)
            held = verify_sealing_statement(octets(case, "held"), card=card, known=None) if case.fields["held"] else None
            verify_sealing_statement(octets(case, "signed"), card=card, known=held)
        case "introduction":
            verify_introduction(
                octets(case, "signed"),
                introducer=verify_card(octets(case, "introducer"), known=None),
                introduced=octets(case, "introduced"),
                known=None,
                now=Millis(case.number("now")),
            )
        case "safety_number":
            card = verify_card(octets(case, "card"), known=None)
            assert safety_number(card.code, card.card.identity) == case.fields["number"]
            require_same_safety_number(case.octets("typed").decode(), card)
        case kind:
            raise AssertionError(kind)


def by_the_second(case: Case) -> None:
    match case.fields["kind"]:
        case "card":
            second.check_card(octets(case, "signed"), octets(case, "held") or None)
        case "sealing":
            card = second.check_card(octets(case, "card"), None)
            second.check_sealing(octets(case, "signed"), card, octets(case, "held") or None)
        case "introduction":
            introducer = second.check_card(octets(case, "introducer"), None)
            second.check_introduction(octets(case, "signed"), introducer, octets(case, "introduced"), case.number("now"))
        case kind:
            raise AssertionError(kind)


def named(cases: list[Case], *, number: bool) -> list[Case]:
    return [case for case in cases if (case.fields["kind"] == "safety_number") is number]


@pytest.mark.parametrize("case", named(CASES, number=False), ids=lambda case: case.name)
def test_both_implementations_judge_it_alike(case: Case) -> None:
    if case.expect == ACCEPT:
        by_the_product(case)
        by_the_second(case)
        return
    with pytest.raises(PeerFault) as fault:
        by_the_product(case)
    assert (fault.value.code, fault.value.check) == (case.expect, case.check)
    with pytest.raises(Failed) as failed:
        by_the_second(case)
    assert failed.value.check == case.check


@pytest.mark.parametrize("case", named(CASES, number=True), ids=lambda case: case.name)
def test_both_implementations_compare_a_typed_number_alike(case: Case) -> None:
    card = second.check_card(octets(case, "card"), None)
    number = second.safety_number(card["code"], card["identity"])
    assert number == case.fields["number"]
    verdict = second.compare(case.octets("typed").decode(), number)
    assert verdict is {ACCEPT: True, "safety_number_differs": False, "safety_number_form": None}[case.expect]
    if case.expect == ACCEPT:
        by_the_product(case)
    else:
        with pytest.raises(Refusal, match=case.expect):
            by_the_product(case)


@given(st.sampled_from(["ma.dgsn", "a", "x" * 32]), st.binary(min_size=1312, max_size=1312), st.binary(min_size=32, max_size=32))
def test_both_make_the_same_number_of_any_key(code: str, mldsa: bytes, ed25519: bytes) -> None:
    made = safety_number(AgencyCode(code), PublicPair(mldsa=mldsa, ed25519=ed25519))
    assert made == second.safety_number(code, {"mldsa": mldsa, "ed25519": ed25519})


def test_there_is_a_case_for_every_check() -> None:
    checks = {kind: {case.check for case in CASES if case.fields["kind"] == kind} for kind in ("card", "sealing", "introduction")}
    assert checks == {"card": set(range(9)), "sealing": {0, 2, 3, 4, 5}, "introduction": set(range(6))}


def test_the_example_of_the_specification_is_true() -> None:
    page = (VECTORS.parent / "07-card.md").read_text(encoding="utf-8")
    assert safety_number(RABAT, card().identity) in page
    assert f"({len(encode(card())):,} bytes; signed {len(signed()):,})" in page
    assert card().names.ar in page
