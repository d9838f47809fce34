# SPDX-License-Identifier: EUPL-1.2
"""What counts as evidence is found, kept and verified offline. Each refused evidence is a vector in spec/vectors/evidence."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.canonical import encode
from amana.protocol.checkpoint import VerifiedHead, origin_name, sign_head, sign_receipt, verify_head
from amana.protocol.errors import PeerFault
from amana.protocol.evidence import (
    Equivocation,
    find_equivocation,
    find_refuted_step,
    make_inclusion_evidence,
    verify_evidence,
    verify_inclusion_evidence,
)
from amana.protocol.identifiers import AgencyCode, Digest, EntryId, Millis, Seconds
from amana.protocol.log import Step, advance, encode_step, make_step, start_of, step_hash, verify_step
from amana.protocol.signing import SigningPair, sign_statement
from amana.protocol.sync import RequestHead
from tests.vectors.loose import write

HEAD_PAIR, REQUEST_PAIR, RECEIPT_PAIR = (SigningPair.from_seed(bytes(range(at, at + 64))) for at in range(3))
MA, FR = AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn")
ORIGIN = origin_name(author=MA, to=FR, run=1)
START = start_of(ORIGIN)
TIME = Seconds(1_700_000_000)
IDS = [EntryId(hashlib.sha256(b"%d" % count).digest()) for count in range(8)]


def signed(ids: list[EntryId]) -> VerifiedHead:
    return verify_head(sign_head(HEAD_PAIR, advance(START, ids).head, TIME), HEAD_PAIR.public, origin=ORIGIN)


def test_two_roots_of_one_size_are_equivocation_in_either_order() -> None:
    one, other = signed(IDS[:3]), signed(IDS[1:4])
    evidence = find_equivocation(one, other, cards=(b"card",))
    assert evidence is not None
    assert evidence == find_equivocation(other, one, cards=(b"card",))
    found = verify_evidence(encode(evidence), HEAD_PAIR.public)
    assert (found.origin, found.size, set(found.roots)) == (ORIGIN, 3, {one.head.root, other.head.root})


@pytest.mark.parametrize("ids", [IDS[:3], IDS[:4]], ids=["the same head", "a later head"])
def test_a_log_that_agrees_or_grows_is_no_equivocation(ids: list[EntryId]) -> None:
    assert find_equivocation(signed(IDS[:3]), signed(ids)) is None


def false_step() -> bytes:
    true = make_step(HEAD_PAIR, START, IDS[:3], TIME)[0]
    return encode_step(Step(ids=tuple(IDS[1:4]), head=true.head, origin=ORIGIN, old_root=true.old_root, old_size=0))


def test_a_step_that_check_four_refutes_is_evidence_with_its_carrier() -> None:
    step = false_step()
    with pytest.raises(PeerFault) as caught:
        verify_step(step, START, HEAD_PAIR.public)
    assert caught.value.check == 4
    carrier = write({"step": step_hash(step)})
    signature = sign_statement(REQUEST_PAIR, "request", carrier)
    evidence = find_refuted_step(step, START, what="request", carrier=carrier, signature=signature)
    assert evidence is not None
    found = verify_evidence(encode(evidence), HEAD_PAIR.public, request_keys=REQUEST_PAIR.public)
    true_roots = (advance(START, IDS[1:4]).head.root, advance(START, IDS[:3]).head.root)
    assert found == Equivocation(origin=ORIGIN, size=3, roots=true_roots)
    with pytest.raises(PeerFault, match="evidence_form"):
        verify_evidence(encode(evidence), HEAD_PAIR.public)


def test_a_request_as_it_is_sent_carries_its_step() -> None:
    step = false_step()
    head = RequestHead(
        step=step_hash(step),
        time=Millis(0),
        nonce=bytes(16),
        offer=Digest(bytes(32)),
        sender=MA,
        receiver=FR,
        sender_card=1,
        receiver_card=1,
    )
    carrier = encode(head)
    signature = sign_statement(REQUEST_PAIR, "request", carrier)
    evidence = find_refuted_step(step, START, what="request", carrier=carrier, signature=signature)
    assert evidence is not None
    assert verify_evidence(encode(evidence), HEAD_PAIR.public, request_keys=REQUEST_PAIR.public).origin == ORIGIN


def test_a_true_step_or_one_from_elsewhere_gives_no_evidence() -> None:
    _, step, after = make_step(HEAD_PAIR, START, IDS[:3], TIME)
    carrier = write({"step": step_hash(step)})
    signature = sign_statement(REQUEST_PAIR, "request", carrier)
    assert find_refuted_step(step, START, what="request", carrier=carrier, signature=signature) is None
    assert find_refuted_step(false_step(), after, what="request", carrier=carrier, signature=signature) is None


CARRIERS = [
    pytest.param(b"\xbf\xff", "evidence_form", id="indefinite length"),
    pytest.param(b"\x80", "evidence_form", id="no map"),
    pytest.param(b"", "evidence_form", id="nothing"),
    pytest.param(write({"step": 1}), "evidence_form", id="a number for the hash"),
    pytest.param(write({"time": 1}), "step_not_carried", id="no step"),
]


@pytest.mark.parametrize(("carrier", "code"), CARRIERS)
def test_a_carrier_that_names_no_step_proves_nothing(carrier: bytes, code: str) -> None:
    signature = sign_statement(REQUEST_PAIR, "request", carrier)
    evidence = find_refuted_step(false_step(), START, what="request", carrier=carrier, signature=signature)
    assert evidence is not None
    with pytest.raises(PeerFault) as caught:
        verify_evidence(encode(evidence), HEAD_PAIR.public, request_keys=REQUEST_PAIR.public)
    assert (caught.value.code, caught.value.check) == (code, 3)


@given(st.integers(1, 8), st.data())
def test_every_entry_of_a_receipted_log_can_be_proven(size: int, drawn: st.DataObject) -> None:
    index = drawn.draw(st.integers(0, size - 1))
    head = signed(IDS[:size])
    receipt = sign_receipt(RECEIPT_PAIR, FR, head, TIME)
    encoded = make_inclusion_evidence(IDS[:size], index, head=head.note, receipt=receipt)
    proven = verify_inclusion_evidence(encoded, head_keys=HEAD_PAIR.public, receipt_keys=RECEIPT_PAIR.public)
    assert (proven.entry, proven.index, proven.head, proven.receipt.receiver) == (IDS[index], index, head, FR)
    at = drawn.draw(st.integers(0, len(encoded) - 1))
    spoilt = encoded[:at] + bytes([encoded[at] ^ 1]) + encoded[at + 1 :]
    with pytest.raises(PeerFault):
        verify_inclusion_evidence(spoilt, head_keys=HEAD_PAIR.public, receipt_keys=RECEIPT_PAIR.public)
