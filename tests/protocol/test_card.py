# SPDX-License-Identifier: EUPL-1.2
"""A card is taken on its own keys' word and its number; a later one only if it follows from the one held."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.canonical import encode, parse
from amana.protocol.card import (
    Card,
    CardChange,
    KindRules,
    Names,
    SignedCard,
    VerifiedCard,
    identity_digest,
    sign_card,
    verify_card,
)
from amana.protocol.envelope import SealingKey
from amana.protocol.errors import OperatorFault, PeerFault
from amana.protocol.identifiers import AgencyCode
from amana.protocol.signing import Signature, sign_statement
from tests.protocol.agencies import NAMES, PARIS, RABAT, card, sealing, signed, signing, verified

HELD = verified(number=5, run=2)


def fault_of(signed_bytes: bytes, known: VerifiedCard | None = None) -> tuple[int, str]:
    with pytest.raises(PeerFault) as raised:
        verify_card(signed_bytes, known=known)
    return raised.value.check, raised.value.code


def signed_by_hand(one: Card, role: str = "identity") -> bytes:
    """Signed as an agency would that checks nothing first."""
    content = encode(one)
    return encode(SignedCard(card=content, signature=sign_statement(signing(one.code, role), "card", content)))


def test_a_first_card_verifies_on_its_own_keys() -> None:
    signed_bytes = signed()
    arrived = verify_card(signed_bytes, known=None)
    assert (arrived.card, arrived.code, arrived.number) == (card(), RABAT, 1)
    assert (arrived.signed_bytes, arrived.change) == (signed_bytes, CardChange.FIRST)


@pytest.mark.parametrize(
    ("follows", "change"),
    [
        (signed(number=6, run=2), CardChange.NEWER),
        (signed(number=900, run=3), CardChange.NEWER),
        (signed(number=6, run=2, addresses=(), head=signing(RABAT, "new head").public), CardChange.NEWER),
        (signed(number=6, run=2, role="next identity", next_identity=b""), CardChange.NEW_IDENTITY),
        (signed(number=6, run=2, role="next identity", next_identity=bytes(32)), CardChange.NEW_IDENTITY),
    ],
)
def test_a_card_that_follows_replaces_the_one_held(follows: bytes, change: CardChange) -> None:
    arrived = verify_card(follows, known=HELD)
    assert (arrived.change, arrived.signed_bytes) == (change, follows)


def test_the_same_card_signed_again_is_the_card_held() -> None:
    again = signed(number=5, run=2)
    assert again != HELD.signed_bytes  # ML-DSA signatures are randomised
    arrived = verify_card(again, known=HELD)
    assert (arrived.change, arrived.signed_bytes, arrived.digest) == (CardChange.SAME, HELD.signed_bytes, HELD.digest)


def test_an_agency_that_announced_nothing_may_announce_later() -> None:
    held = verified(next_identity=b"")
    arrived = verify_card(signed(number=2), known=held)
    assert arrived.card.next_identity == identity_digest(signing(RABAT, "next identity").public)


REFUSED: dict[str, tuple[bytes, tuple[int, str]]] = {
    "of another agency": (signed(PARIS, number=6, run=2), (4, "other_agency")),
    "with a lower number": (signed(number=4, run=2), (5, "card_number_lower")),
    "with the same number and another address": (signed(number=5, run=2, addresses=()), (5, "card_conflict")),
    "with the same number by the announced identity": (
        signed(number=5, run=2, role="next identity", next_identity=b""),
        (5, "card_conflict"),
    ),
    "with the same number by a stranger": (signed(number=5, run=2, role="stranger"), (6, "identity_changed")),
    "by an identity nobody announced": (signed(number=6, run=2, role="stranger"), (6, "identity_changed")),
    "that announces another next identity": (signed(number=6, run=2, next_identity=bytes(32)), (7, "next_identity_changed")),
    "that takes the announcement back": (signed(number=6, run=2, next_identity=b""), (7, "next_identity_changed")),
    "of an earlier run": (signed(number=6, run=1), (8, "run_lower")),
    "of an earlier run by the announced identity": (signed(number=6, run=1, role="next identity", next_identity=b""), (8, "run_lower")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_no_card_is_taken(what: str) -> None:
    signed_bytes, expected = REFUSED[what]
    assert fault_of(signed_bytes, HELD) == expected


def test_a_conflict_names_both_cards_by_hash() -> None:
    other = verified(number=5, run=2, addresses=())
    with pytest.raises(PeerFault) as raised:
        verify_card(other.signed_bytes, known=HELD)
    assert (raised.value.facts["held"], raised.value.facts["got"]) == (HELD.digest.hex(), other.digest.hex())


def test_after_a_new_identity_the_old_one_is_a_stranger() -> None:
    rotated = verify_card(signed(number=6, run=2, role="next identity", next_identity=b""), known=HELD)
    assert fault_of(signed(number=7, run=2), rotated) == (6, "identity_changed")
    assert fault_of(HELD.signed_bytes, rotated) == (5, "card_number_lower")


def test_who_stole_the_identity_key_cannot_announce_a_successor_of_their_own() -> None:
    thief = identity_digest(signing("thief", "identity").public)
    assert fault_of(signed(number=99, run=2, next_identity=thief), HELD) == (7, "next_identity_changed")


IDENTITY, HEAD = signing(RABAT, "identity").public, signing(RABAT, "head").public
MIXED = type(HEAD)(mldsa=signing(RABAT, "mixed").public.mldsa, ed25519=HEAD.ed25519)
GOOD = sealing(RABAT).public


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"receipt": HEAD}, (2, "keys_not_different")),
        ({"request": IDENTITY}, (2, "keys_not_different")),
        ({"receipt": MIXED}, (2, "keys_not_different")),  # one half is enough
        ({"sealing": SealingKey(id=bytes(16), mlkem=GOOD.mlkem, x25519=GOOD.x25519)}, (2, "sealing_key")),
        ({"next_identity": identity_digest(IDENTITY)}, (2, "next_identity")),
        ({"next_identity": bytes(31)}, (2, "next_identity")),
        ({"formats": (2, 1)}, (1, "card_order")),
        ({"formats": (1, 1)}, (1, "card_order")),
        ({"rules": (KindRules(kind="meeting", versions=(1,)), KindRules(kind="agreement", versions=(1,)))}, (1, "card_order")),
        ({"rules": (KindRules(kind="meeting", versions=(1,)), KindRules(kind="meeting", versions=(2,)))}, (1, "card_order")),
        ({"rules": (KindRules(kind="meeting", versions=(2, 1)),)}, (1, "card_order")),
        ({"addresses": ("https://a.example", "https://a.example")}, (1, "card_order")),
        ({"addresses": ("ftp://a.example",)}, (1, "wrong_shape")),
        ({"addresses": ("https://a.example/\n",)}, (1, "wrong_shape")),
        ({"addresses": ("https://user@a.example",)}, (1, "wrong_shape")),
        ({"addresses": ("https://a.example/?q=1",)}, (1, "wrong_shape")),
        ({"addresses": tuple(f"https://{i}.example" for i in range(9))}, (1, "wrong_shape")),
        ({"number": 0}, (1, "wrong_shape")),
        ({"run": 0}, (1, "wrong_shape")),
        ({"formats": ()}, (1, "wrong_shape")),
        ({"code": AgencyCode("ma.dgsn\n")}, (1, "wrong_shape")),
    ],
)
def test_a_card_that_is_wrong_in_itself_is_refused(change: dict[str, Any], expected: tuple[int, str]) -> None:
    fields = {name: getattr(card(), name) for name in Card.__struct_fields__}
    wrong = Card(**{**fields, **change})
    content = encode(wrong)
    signature = sign_statement(signing(RABAT, "identity"), "card", content)
    assert fault_of(encode(SignedCard(card=content, signature=signature))) == expected


@pytest.mark.parametrize("address", ["http://127.0.0.1:8441", "https://[2001:db8::1]:8443/amana", "https://exchange.dgsn.example"])
def test_usual_addresses_are_taken(address: str) -> None:
    assert verified(addresses=(address,)).card.addresses == (address,)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\u202eb", "a\u2067b", "\u200fa", "a ", " a", "a\x00", "x" * 121, "a\n"])
def test_a_name_that_would_disturb_a_page_is_refused(name: str) -> None:
    good = NAMES[RABAT]
    assert fault_of(signed_by_hand(card(names=Names(ar=good.ar, en=name, fr=good.fr)))) == (1, "wrong_shape")


def test_no_agency_signs_a_card_that_partners_would_refuse() -> None:
    with pytest.raises(OperatorFault, match="other_identity_key"):
        sign_card(signing(RABAT, "head"), card())
    with pytest.raises(PeerFault, match="keys_not_different"):
        signed(receipt=HEAD)
    with pytest.raises(PeerFault, match="card_order"):
        signed(formats=(2, 1))


def test_both_signatures_are_needed_and_each_by_the_identity_key() -> None:
    good = parse(signed(), SignedCard)
    stranger = sign_statement(signing(RABAT, "stranger"), "card", good.card)
    statement_of_another_kind = sign_statement(signing(RABAT, "identity"), "request", good.card)
    for wrong in (
        stranger,
        Signature(mldsa=good.signature.mldsa, ed25519=stranger.ed25519),
        Signature(mldsa=stranger.mldsa, ed25519=good.signature.ed25519),
        Signature(mldsa=bytes(2420), ed25519=good.signature.ed25519),
        Signature(mldsa=good.signature.mldsa, ed25519=bytes(64)),
        statement_of_another_kind,
    ):
        assert fault_of(encode(SignedCard(card=good.card, signature=wrong))) == (3, "signature")


SIGNED = signed()


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_any_changed_byte_is_found(at: int, change: int) -> None:
    changed = SIGNED[:at] + bytes([SIGNED[at] ^ change]) + SIGNED[at + 1 :]
    check, _ = fault_of(changed)
    assert 1 <= check <= 3


@given(st.binary(max_size=300))
def test_any_bytes_raise_one_family_only(raw: bytes) -> None:
    assert fault_of(raw)[0] == 1


def test_the_card_of_the_scenario_has_one_encoding() -> None:
    assert parse(encode(card()), Card) == card()
    assert parse(encode(card(PARIS)), Card) == card(PARIS)
