# SPDX-License-Identifier: EUPL-1.2
"""An introduction vouches for one card, in its dossiers, until its end; a guest speaks through its host alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.canonical import encode
from amana.protocol.card import verify_card
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.protocol.introduction import (
    Guest,
    Introduction,
    SignedIntroduction,
    require_host,
    require_introduced_for,
    sign_introduction,
    verify_introduction,
)
from amana.protocol.signing import sign_statement
from tests.protocol.agencies import NAMES, NOW, PARIS, RABAT, signed, signing, verified

MADE = verified(PARIS, number=3)
INTRODUCER = verified(RABAT)
SHIP, FORGERY, OTHER = DossierId(b"\x01" * 32), DossierId(b"\x02" * 32), DossierId(b"\x03" * 32)
LATER = Millis(NOW + 1000)


def introduction(**change: Any) -> Introduction:
    fields: dict[str, Any] = {
        "card": MADE.digest,
        "code": PARIS,
        "until": LATER,
        "number": 3,
        "dossiers": (EntryId(SHIP), EntryId(FORGERY)),
        "issued_at": NOW,
        "introducer": RABAT,
    }
    return Introduction(**{**fields, **change})


def signed_by_hand(role: str = "request", **change: Any) -> bytes:
    """Signed as an introducer would that checks nothing first."""
    content = encode(introduction(**change))
    return encode(SignedIntroduction(signature=sign_statement(signing(RABAT, role), "introduction", content), introduction=content))


def fault_of(signed_bytes: bytes, *, now: Millis = NOW, **change: Any) -> tuple[int, str]:
    case: dict[str, Any] = {"introducer": INTRODUCER, "introduced": MADE.signed_bytes, "known": None}
    with pytest.raises(PeerFault) as raised:
        verify_introduction(signed_bytes, now=now, **{**case, **change})
    return raised.value.check, raised.value.code


def test_an_introduced_card_says_by_whom_for_what_and_until_when() -> None:
    signed_bytes = sign_introduction(signing(RABAT, "request"), introduction())
    arrived = verify_introduction(signed_bytes, introducer=INTRODUCER, introduced=MADE.signed_bytes, known=None, now=NOW)
    assert (arrived.card.card, arrived.introducer, arrived.until) == (MADE.card, RABAT, LATER)
    require_introduced_for(arrived, SHIP, now=NOW)
    require_introduced_for(arrived, FORGERY, now=NOW)
    with pytest.raises(Refusal, match="not_introduced_for"):
        require_introduced_for(arrived, OTHER, now=NOW)
    with pytest.raises(Refusal, match="introduction_over"):
        require_introduced_for(arrived, SHIP, now=LATER)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"dossiers": (EntryId(FORGERY), EntryId(SHIP))}, (1, "dossier_order")),
        ({"dossiers": (EntryId(SHIP), EntryId(SHIP))}, (1, "dossier_order")),
        ({"dossiers": ()}, (1, "wrong_shape")),
        ({"role": "head"}, (2, "signature")),
        ({"role": "identity"}, (2, "signature")),
        ({"introducer": AgencyCode("ma.dgst")}, (3, "other_agency")),
        ({"code": RABAT}, (3, "self_introduction")),
        ({"card": INTRODUCER.digest}, (4, "other_card")),
        ({"number": 4}, (4, "other_card")),
        ({"code": AgencyCode("fr.dgsi")}, (4, "other_card")),
        ({"until": NOW}, (5, "introduction_over")),
    ],
)
def test_an_introduction_is_refused_that(change: dict[str, Any], expected: tuple[int, str]) -> None:
    assert fault_of(signed_by_hand(**change)) == expected


def test_an_introduced_card_must_verify_and_follow_the_one_held() -> None:
    good = signed_by_hand()
    assert fault_of(good, introduced=MADE.signed_bytes[:-1]) == (4, "not_cbor")
    assert fault_of(good, introduced=verified(PARIS, number=2).signed_bytes) == (4, "other_card")
    assert fault_of(good, known=verified(PARIS, number=4)) == (4, "card_number_lower")
    stranger = verify_card(signed(PARIS, role="stranger"), known=None)
    assert fault_of(good, known=stranger) == (4, "identity_changed")


def test_nobody_signs_an_introduction_of_itself_or_in_disorder() -> None:
    for change in ({"code": RABAT}, {"dossiers": (EntryId(SHIP), EntryId(SHIP))}):
        with pytest.raises(PeerFault):
            sign_introduction(signing(RABAT, "request"), introduction(**change))


SIGNED = signed_by_hand()


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_any_changed_byte_is_found(at: int, change: int) -> None:
    check, _ = fault_of(SIGNED[:at] + bytes([SIGNED[at] ^ change]) + SIGNED[at + 1 :])
    assert check in (1, 2)


def test_a_guest_speaks_through_its_host_alone() -> None:
    guest = Guest(code=AgencyCode("xx.guest"), names=NAMES[RABAT], on_behalf_of=PARIS)
    require_host(guest, PARIS)
    for author, one in ((RABAT, guest), (AgencyCode("xx.guest"), guest)):
        with pytest.raises(PeerFault, match="other_host"):
            require_host(one, author)
    with pytest.raises(PeerFault, match="other_host"):
        require_host(Guest(code=PARIS, names=NAMES[PARIS], on_behalf_of=PARIS), PARIS)
