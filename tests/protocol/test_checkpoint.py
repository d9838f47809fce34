# SPDX-License-Identifier: EUPL-1.2
"""Heads and receipts: what is signed and named. Each refused byte form is a vector in spec/vectors/checkpoint."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.checkpoint import (
    MAX_HEAD_BYTES,
    MAX_RECEIPT_BYTES,
    Head,
    LogName,
    Origin,
    note_text,
    origin_name,
    parse_head,
    parse_origin,
    sign_head,
    sign_receipt,
    subtree_message,
    verify_head,
    verify_receipt,
)
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, Digest, Seconds
from amana.protocol.note import key_id
from amana.protocol.signing import SigningPair

HEAD_PAIR = SigningPair.from_seed(bytes(range(64)))
RECEIPT_PAIR = SigningPair.from_seed(bytes(range(1, 65)))
MA, FR = AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn")
ORIGIN = origin_name(author=MA, to=FR, run=1)
HEAD = Head(origin=ORIGIN, size=3, root=Digest(bytes(range(32))))
NOTE = sign_head(HEAD_PAIR, HEAD, Seconds(1_700_000_000))
LONGEST = origin_name(author=AgencyCode("a" * 32), to=AgencyCode("b" * 32), run=2**31 - 1)


def test_an_origin_names_author_partner_and_run() -> None:
    assert ORIGIN == "ma.dgsn/amana/fr.dgpn/1"
    assert parse_origin(ORIGIN) == LogName(author=MA, to=FR, run=1)


@pytest.mark.parametrize(
    "text", ["", "a/amana/b", "a/amana/b/0", "a/amana/b/01", "a/amana/a/1", "a/amana/b/2147483648", "a/other/b/1", "a/amana//1"]
)
def test_another_origin_is_refused(text: str) -> None:
    with pytest.raises(PeerFault) as caught:
        parse_origin(text)
    assert caught.value.check == 1


def test_a_head_is_a_checkpoint_with_two_lines_named_as_its_origin() -> None:
    lines = NOTE.decode().split("\n")
    assert lines[:4] == [ORIGIN, "3", base64.b64encode(HEAD.root).decode(), ""]
    assert [line.split(" ")[:2] for line in lines[4:6]] == [["—", ORIGIN], ["—", ORIGIN]]
    first, second = (base64.b64decode(line.split(" ")[2]) for line in lines[4:6])
    assert (first[:4], len(first)) == (key_id(ORIGIN, b"\x01", HEAD_PAIR.public.ed25519), 4 + 64)
    assert (second[:4], len(second)) == (key_id(ORIGIN, b"\x06", HEAD_PAIR.public.mldsa), 4 + 8 + 2420)


def test_the_signed_subtree_message_is_c2sps_layout() -> None:
    name = b"fr.dgpn/amana/receipt"
    expected = b"subtree/v1\n\0" + bytes([len(name)]) + name + (77).to_bytes(8, "big")
    expected += bytes([len(ORIGIN)]) + ORIGIN.encode() + bytes(8) + (3).to_bytes(8, "big") + HEAD.root
    assert subtree_message(name.decode(), HEAD, 77) == expected


def test_a_verified_head_has_what_was_signed() -> None:
    verified = verify_head(NOTE, HEAD_PAIR.public, origin=ORIGIN)
    assert (verified.head, verified.time, verified.note) == (HEAD, 1_700_000_000, NOTE)


def test_a_receipt_appended_to_its_head_is_a_cosigned_checkpoint() -> None:
    head = verify_head(NOTE, HEAD_PAIR.public, origin=ORIGIN)
    receipt = sign_receipt(RECEIPT_PAIR, FR, head, Seconds(5))
    verified = verify_receipt(receipt, HEAD, RECEIPT_PAIR.public, receiver=FR)
    assert (verified.head, verified.time, verified.receiver, verified.receipt) == (HEAD, 5, FR, receipt)
    lines = (NOTE + receipt).decode().splitlines()
    assert [line.split(" ")[1] for line in lines[4:]] == [ORIGIN, ORIGIN, "fr.dgpn/amana/receipt", "fr.dgpn/amana/receipt"]
    cosignature = base64.b64decode(lines[6].split(" ")[2])[12:]
    RECEIPT_PAIR.ed25519.public_key().verify(cosignature, b"cosignature/v1\ntime 5\n" + note_text(HEAD))


@pytest.mark.parametrize("time", [0, -1, 2**53])
def test_nothing_is_signed_without_a_time(time: int) -> None:
    with pytest.raises(ValueError, match="time"):
        sign_head(HEAD_PAIR, HEAD, Seconds(time))


def test_only_the_agency_that_a_log_goes_to_signs_its_receipt() -> None:
    head = verify_head(NOTE, HEAD_PAIR.public, origin=ORIGIN)
    with pytest.raises(ValueError, match="goes to"):
        sign_receipt(RECEIPT_PAIR, MA, head, Seconds(5))


def test_the_longest_head_and_receipt_are_within_their_limits() -> None:
    head = Head(origin=LONGEST, size=2**53 - 1, root=Digest(bytes(32)))
    note = sign_head(HEAD_PAIR, head, Seconds(2**53 - 1))
    verified = verify_head(note, HEAD_PAIR.public, origin=LONGEST)
    assert len(note) == 3658 <= MAX_HEAD_BYTES
    assert len(sign_receipt(RECEIPT_PAIR, AgencyCode("b" * 32), verified, Seconds(2**53 - 1))) == 3452 <= MAX_RECEIPT_BYTES


@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_no_changed_byte_of_a_head_passes(at: int, change: int) -> None:
    spoilt = NOTE[:at] + bytes([NOTE[at] ^ change]) + NOTE[at + 1 :]
    with pytest.raises(PeerFault):
        verify_head(spoilt, HEAD_PAIR.public, origin=ORIGIN)


def test_a_parsed_head_says_what_it_claims_and_no_more() -> None:
    claimed = parse_head(NOTE)
    assert (claimed.head, claimed.mldsa.time, claimed.ed25519.time) == (HEAD, 1_700_000_000, 0)
    with pytest.raises(PeerFault, match="other_log"):
        verify_head(NOTE, HEAD_PAIR.public, origin=Origin("ma.dgsn/amana/fr.dgpn/2"))
