# SPDX-License-Identifier: EUPL-1.2
"""Key pairs and statements: both signatures are required, for one purpose only."""

from __future__ import annotations

import hashlib

import pytest

from amana.protocol.canonical import encode, parse
from amana.protocol.errors import PeerFault
from amana.protocol.signing import PublicPair, Signature, SigningPair, sign_statement, verify_statement

SEED = bytes(range(64))
PAIR = SigningPair.from_seed(SEED)
OTHER = SigningPair.from_seed(SEED[::-1])


def test_a_seed_gives_one_pair() -> None:
    assert SigningPair.from_seed(SEED).public == PAIR.public
    assert PAIR.public.ed25519 != OTHER.public.ed25519
    assert PAIR.public.mldsa != OTHER.public.mldsa


@pytest.mark.parametrize("length", [0, 32, 63, 65])
def test_a_seed_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="64"):
        SigningPair.from_seed(bytes(length))


def test_no_secret_shows_in_a_pair() -> None:
    shown = f"{PAIR!r} {PAIR}"
    assert shown == "SigningPair() SigningPair()"
    assert SEED[:32].hex() not in shown


def test_a_signed_statement_verifies() -> None:
    verify_statement(PAIR.public, "card", b"content", sign_statement(PAIR, "card", b"content"))


def test_the_ed25519_half_is_over_label_and_hash() -> None:
    expected = PAIR.ed25519.sign(b"amana/card/v1\0" + hashlib.sha256(b"content").digest())
    assert sign_statement(PAIR, "card", b"content").ed25519 == expected


RIGHT = sign_statement(PAIR, "card", b"content")
WRONG = sign_statement(OTHER, "card", b"content")
REFUSED = [
    pytest.param("card", b"other", RIGHT, "ed25519", id="another content"),
    pytest.param("bundle", b"content", RIGHT, "ed25519", id="another kind"),
    pytest.param("card", b"content", WRONG, "ed25519", id="another signer"),
    pytest.param("card", b"content", Signature(mldsa=RIGHT.mldsa, ed25519=bytes(64)), "ed25519", id="no Ed25519"),
    pytest.param("card", b"content", Signature(mldsa=bytes(2420), ed25519=RIGHT.ed25519), "mldsa", id="no ML-DSA"),
    pytest.param("card", b"content", Signature(mldsa=WRONG.mldsa, ed25519=RIGHT.ed25519), "mldsa", id="ML-DSA of another signer"),
    pytest.param("card", b"content", Signature(mldsa=b"short", ed25519=RIGHT.ed25519), "mldsa", id="ML-DSA of another length"),
]


@pytest.mark.parametrize(("what", "content", "signature", "part"), REFUSED)
def test_both_signatures_are_required(what: str, content: bytes, signature: Signature, part: str) -> None:
    with pytest.raises(PeerFault) as caught:
        verify_statement(PAIR.public, what, content, signature)
    assert caught.value.code == "signature"
    assert dict(caught.value.facts) == {"what": what, "part": part}


def test_keys_of_another_length_are_a_fault_of_the_peer() -> None:
    short = PublicPair(mldsa=PAIR.public.mldsa, ed25519=b"short")
    with pytest.raises(PeerFault):
        verify_statement(short, "card", b"content", RIGHT)


def test_keys_and_signatures_have_an_encoding() -> None:
    assert parse(encode(PAIR.public), PublicPair) == PAIR.public
    assert parse(encode(RIGHT), Signature) == RIGHT
