# SPDX-License-Identifier: EUPL-1.2
"""A new sealing key is taken from the request keys of the card in force, and its number only rises."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.canonical import encode
from amana.protocol.envelope import SealingKey
from amana.protocol.errors import PeerFault
from amana.protocol.sealing_statement import (
    SealingStatement,
    SignedSealingStatement,
    VerifiedSealing,
    current_sealing_key,
    sign_sealing_statement,
    verify_sealing_statement,
)
from amana.protocol.signing import sign_statement
from tests.protocol.agencies import NOW, PARIS, RABAT, sealing, signing, verified

CARD = verified()
NEW = sealing(RABAT, "second sealing").public


def statement(**change: Any) -> SealingStatement:
    fields: dict[str, Any] = {"key": NEW, "card": 1, "code": RABAT, "number": 4, "issued_at": NOW}
    return SealingStatement(**{**fields, **change})


def signed(role: str = "request", **change: Any) -> bytes:
    return sign_sealing_statement(signing(RABAT, role), statement(**change))


def held(**change: Any) -> VerifiedSealing:
    return verify_sealing_statement(signed(**change), card=CARD, known=None)


def fault_of(signed_bytes: bytes, known: VerifiedSealing | None = None) -> tuple[int, str]:
    with pytest.raises(PeerFault) as raised:
        verify_sealing_statement(signed_bytes, card=CARD, known=known)
    return raised.value.check, raised.value.code


def test_a_first_statement_replaces_the_key_of_the_card() -> None:
    arrived = held()
    assert arrived.statement == statement()
    assert current_sealing_key(CARD, arrived) == NEW
    assert current_sealing_key(CARD, None) == CARD.card.sealing


def test_the_next_card_states_its_own_key() -> None:
    assert current_sealing_key(verified(number=2), held()) == CARD.card.sealing
    assert current_sealing_key(verified(PARIS), held()) == sealing(PARIS).public


def test_a_higher_number_is_taken_and_the_same_statement_is_the_one_held() -> None:
    assert verify_sealing_statement(signed(number=5), card=CARD, known=held()).statement.number == 5
    known = held()
    assert verify_sealing_statement(signed(), card=CARD, known=known) is known


@pytest.mark.parametrize(
    ("signed_bytes", "expected"),
    [
        (signed(role="head"), (3, "signature")),
        (signed(role="identity"), (3, "signature")),
        (signed(code=PARIS), (4, "other_agency")),
        (signed(card=2), (4, "other_card")),
        (signed(number=3), (5, "sealing_number_lower")),
        (signed(key=sealing(RABAT, "third").public), (5, "sealing_conflict")),
        (signed()[:-1], (1, "not_cbor")),
        (b"", (1, "not_cbor")),
    ],
)
def test_no_statement_is_taken_that(signed_bytes: bytes, expected: tuple[int, str]) -> None:
    assert fault_of(signed_bytes, held()) == expected


def test_a_key_nobody_can_seal_to_is_refused_and_not_signed() -> None:
    unsound = statement(key=SealingKey(id=bytes(16), mlkem=NEW.mlkem, x25519=NEW.x25519))
    content = encode(unsound)
    signature = sign_statement(signing(RABAT, "request"), "sealing", content)
    assert fault_of(encode(SignedSealingStatement(signature=signature, statement=content))) == (2, "sealing_key")
    with pytest.raises(PeerFault, match="sealing_key"):
        sign_sealing_statement(signing(RABAT, "request"), unsound)


SIGNED = signed()


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_any_changed_byte_is_found(at: int, change: int) -> None:
    check, _ = fault_of(SIGNED[:at] + bytes([SIGNED[at] ^ change]) + SIGNED[at + 1 :])
    assert 1 <= check <= 3
