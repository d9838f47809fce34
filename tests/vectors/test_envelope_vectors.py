# SPDX-License-Identifier: EUPL-1.2
"""The vectors of envelopes, read by the product and by the second implementation: both say the same of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.envelope import EnvelopeContext, SealingPair, binding_hash, make_sealing_key, open_step, padded_size, seal_step
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, Digest
from tests.vectors import independent_envelope as second
from tests.vectors.cases import ACCEPT, VECTORS, Case, load_area
from tests.vectors.make_envelope import CONTEXT, KEY, PAIR, SEED, SLOTS, ids_of, lay_out, sealed

CASES = load_area("envelope")
CASES_BY_NAME = {case.name: case for case in CASES}
PAGE = (VECTORS.parent / "06-envelope.md").read_text(encoding="utf-8")


def by_the_product(case: Case) -> list[tuple[bytes, bytes, str]]:
    pair = SealingPair.from_seed(case.octets("seed"))
    context = EnvelopeContext(
        sender=AgencyCode(case.fields["sender"]),
        receiver=AgencyCode(case.fields["receiver"]),
        sender_card=case.number("sender_card"),
        receiver_card=case.number("receiver_card"),
        step_hash=Digest(case.octets("step")),
    )
    opened = open_step(case.octets("envelope"), context, keys={pair.public.id: pair}, ids=ids_of(case))
    return [(one.header_bytes, one.body_bytes, one.void.value) for one in opened]


def by_the_second(case: Case) -> list[tuple[bytes, bytes, str]]:
    numbers = (case.number("sender_card"), case.number("receiver_card"))
    bound = (case.fields["sender"], case.fields["receiver"], *numbers, case.octets("step"))
    opened = second.open_envelope(case.octets("envelope"), case.octets("seed"), bound, case.octet_list("ids"))
    return [(one.header, one.body, one.void) for one in opened]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_product_and_the_second_implementation_read_it_alike(case: Case) -> None:
    if case.expect == ACCEPT:
        voids = [each.strip("-") for each in case.fields["voids"].split(",")]
        contents = list(zip(case.octet_list("headers"), case.octet_list("bodies"), voids, strict=True))
        assert by_the_product(case) == by_the_second(case) == contents
        return
    with pytest.raises(PeerFault) as fault:
        by_the_product(case)
    assert (fault.value.code, fault.value.check) == (case.expect, case.check)
    with pytest.raises(second.Failed) as failed:
        by_the_second(case)
    assert failed.value.check == case.check


def test_there_is_a_case_for_every_fault() -> None:
    named = {case.expect for case in CASES}
    assert named == {ACCEPT, "not_canonical", "stale_key", "envelope", "header_mismatch", "body_mismatch", "body_missing", "void_with_body"}


@given(st.integers(9, 17 * 1024 * 1024))
def test_both_pad_alike(length: int) -> None:
    assert padded_size(length) == second.padme(length)


def test_both_know_a_key_and_a_binding_alike() -> None:
    assert make_sealing_key(*second.public_halves(SEED)) == PAIR.public
    assert PAIR.public.id == second.key_id(PAIR.public.mlkem, PAIR.public.x25519)
    bound = second.binding(CONTEXT.sender, CONTEXT.receiver, CONTEXT.sender_card, CONTEXT.receiver_card, PAIR.public.id, CONTEXT.step_hash)
    assert binding_hash(CONTEXT, PAIR.public.id) == bound


def test_what_is_sealed_now_opens_by_the_second_implementation() -> None:
    assert second.open_hpke(sealed().sealed_key, SEED, binding_hash(CONTEXT, PAIR.public.id)) == KEY
    fresh = seal_step(CONTEXT, SLOTS, to=PAIR.public, content_key=bytes(32))
    bound = (CONTEXT.sender, CONTEXT.receiver, CONTEXT.sender_card, CONTEXT.receiver_card, CONTEXT.step_hash)
    opened = second.open_envelope(fresh, SEED, bound, list(ids_of(CASES_BY_NAME["envelope/three-entries"])))
    assert [one.header for one in opened] == [one.header_bytes for one in SLOTS]
    assert all(one.committed for one in opened)


def test_the_example_of_the_specification_is_true() -> None:
    plain = lay_out(SLOTS[0].header_bytes, SLOTS[0].body_bytes)
    body = SLOTS[0].body_bytes[:6].hex()
    lengths = f"{plain[:4].hex()} {plain[4:8].hex()} {plain[8:9].hex()}"
    front = f"{lengths}  {plain[9:15].hex()}…  (182 bytes)  {body}…  (70 bytes)  00 × 11"
    assert front in PAGE
    assert len(plain) == 272
    assert binding_hash(CONTEXT, PAIR.public.id).hex() in PAGE
