# SPDX-License-Identifier: EUPL-1.2
"""Requests and responses that no honest partner sends: refused by one family of errors, nothing changed, shown.

Every case is the true message but for one thing; `test_the_true_message_passes` is the same set-up without it.
"""

from __future__ import annotations

from collections.abc import Callable

import cbor2
import pytest

from amana.protocol.canonical import encode, parse
from amana.protocol.card import SignedCard
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode
from amana.protocol.signing import sign_statement
from amana.protocol.sync import ChallengeContent, Message, make_challenge
from amana.simulation.agency import Agency
from tests.federation.acts import PARIS, RABAT, TEMARA
from tests.node.hostile import Forge, forge, later, resigned

Wire = Callable[[Forge], bytes]
DAY_OFF = 25 * 60 * 60 * 1000


def true_request(f: Forge) -> bytes:
    return f.request(f.offer(f.parcel(f.entry())))


def loosely(wire: bytes, **changed: object) -> bytes:
    """The message with other members, encoded canonically."""
    return cbor2.dumps({**cbor2.loads(wire), **changed}, canonical=True)


def half_forged(part: str) -> Wire:
    def make(f: Forge) -> bytes:
        message = parse(true_request(f), Message)
        forged = bytes(reversed(getattr(message.signature, part)))
        return encode(Message(head=message.head, offer=message.offer, signature=resigned(message.signature, **{part: forged})))

    return make


def half_missing(part: str) -> Wire:
    def make(f: Forge) -> bytes:
        loose = cbor2.loads(true_request(f))
        del loose["signature"][part]
        return cbor2.dumps(loose, canonical=True)

    return make


def half_by_another(part: str) -> Wire:
    """One half by the sender, the other one by the third agency."""

    def make(f: Forge) -> bytes:
        message = parse(true_request(f), Message)
        theirs = sign_statement(f.made[TEMARA].keys.request, "request", message.head)
        return encode(
            Message(head=message.head, offer=message.offer, signature=resigned(message.signature, **{part: getattr(theirs, part)}))
        )

    return make


def longer_length(wire: bytes) -> bytes:
    """The same map, its count in two bytes where one is the only form."""
    assert wire[0] == 0xA3
    return b"\xb8\x03" + wire[1:]


def own_request_back(f: Forge) -> bytes:
    turn = f.victim.exchange.open_turn(f.villain.code, always=True)
    assert turn is not None
    return turn.wire


def response_as_request(f: Forge) -> bytes:
    return f.response(own_request_back(f), f.offer())


def sent_before(f: Forge) -> bytes:
    wire = f.request(f.offer())
    f.victim.exchange.answer(wire)
    return wire


def by_a_stranger(f: Forge) -> bytes:
    stranger = Agency(AgencyCode("es.cnp"), seed=9, clock=f.villain.clock, settings=f.villain.settings)
    return f.request(f.offer(), sender="es.cnp", keys=stranger.keys.request)


def challenge_of(maker: str, to: str) -> Wire:
    def make(f: Forge) -> bytes:
        content = ChallengeContent(to=AgencyCode(to), time=f.made.timeline.now, maker=AgencyCode(maker), nonce=bytes(16))
        challenge = make_challenge(f.made[maker].keys.request, content)
        return f.request(f.offer(), time=later(f.made, 2), challenge=challenge)

    return make


def card_shown(change: Callable[[Forge], bytes]) -> Wire:
    """A request signed by a card that the victim does not hold, with these bytes as that card."""

    def make(f: Forge) -> bytes:
        return f.request(f.offer(card=change(f)), sender_card=f.villain.card.number + 1)

    return make


def half_a_card(f: Forge) -> bytes:
    signed = parse(f.villain.renew_card().signed_bytes, SignedCard)
    return encode(SignedCard(card=signed.card, signature=resigned(signed.signature, ed25519=bytes(64))))


REQUESTS: dict[str, tuple[Wire, str]] = {
    "empty": (lambda f: b"", "not_cbor"),
    "not CBOR": (lambda f: b"\xff\xff", "not_cbor"),
    "a number": (lambda f: b"\x00", "wrong_shape"),
    "cut short": (lambda f: true_request(f)[:-1], "not_cbor"),
    "a byte behind": (lambda f: true_request(f) + b"\0", "not_canonical"),
    "an unknown member": (lambda f: loosely(true_request(f), more=1), "wrong_shape"),
    "a count in a longer form": (lambda f: longer_length(true_request(f)), "not_canonical"),
    "a head that is none": (lambda f: loosely(true_request(f), head=b"\xa0"), "wrong_shape"),
    "a head in another form": (lambda f: loosely(true_request(f), head=true_request(f)[:40]), "not_cbor"),
    "too large": (lambda f: bytes(35 * 1024 * 1024), "too_large"),
    "no ML-DSA signature": (half_missing("mldsa"), "wrong_shape"),
    "no Ed25519 signature": (half_missing("ed25519"), "wrong_shape"),
    "a wrong ML-DSA signature": (half_forged("mldsa"), "signature"),
    "a wrong Ed25519 signature": (half_forged("ed25519"), "signature"),
    "ML-DSA by another agency": (half_by_another("mldsa"), "signature"),
    "Ed25519 by another agency": (half_by_another("ed25519"), "signature"),
    "signed by the head keys": (lambda f: f.request(f.offer(), keys=f.villain.keys.head), "signature"),
    "signed as a response": (response_as_request, "wrong_shape"),
    "another offer": (lambda f: loosely(true_request(f), offer=encode(f.offer(have=0))), "offer_hash"),
    "an offer that is none": (lambda f: f.request(b"\xa0"), "wrong_shape"),
    "an offer in another form": (
        lambda f: f.request(b"\xb8" + bytes([encode(f.offer())[0] & 31]) + encode(f.offer())[1:]),
        "not_canonical",
    ),
    "a step that the head does not name": (lambda f: f.request(f.offer(f.parcel(f.entry())), step=b""), "step_hash"),
    "a step named and not sent": (lambda f: f.request(f.offer(), step=bytes(32)), "step_hash"),
    "to another agency": (lambda f: f.request(f.offer(), receiver=TEMARA), "wrong_receiver"),
    "from a stranger": (by_a_stranger, "unknown_partner"),
    "in another partner's name": (lambda f: f.request(f.offer(), sender=TEMARA), "signature"),
    "reflected": (own_request_back, "unknown_partner"),
    "sent before": (sent_before, "replayed"),
    "with a challenge of its own": (challenge_of(RABAT, RABAT), "signature"),
    "with a challenge made for another": (challenge_of(PARIS, TEMARA), "foreign_challenge"),
    "a new card with one signature": (card_shown(half_a_card), "signature"),
    "another agency's card as its own": (card_shown(lambda f: f.made[TEMARA].renew_card().signed_bytes), "other_agency"),
    "a card that is none": (card_shown(lambda f: b"\xa0"), "wrong_shape"),
}


def test_the_true_message_passes() -> None:
    f = forge()
    size = f.position().frontier.size
    f.victim.exchange.answer(true_request(f))
    assert f.position().frontier.size == size + 1
    assert f.quarantined() == []


@pytest.mark.parametrize(("make", "code"), REQUESTS.values(), ids=REQUESTS)
def test_a_request_that_is_false_changes_nothing_and_is_shown(make: Wire, code: str) -> None:
    f = forge()
    wire = make(f)
    before = f.state()
    with pytest.raises(PeerFault) as raised:
        f.victim.exchange.answer(wire)
    assert raised.value.code == code
    assert f.state() == before
    assert f.quarantined() == [code]
    assert {"code": "quarantine", "where": "1"} in f.health()["problems"]


RESPONSES: dict[str, tuple[Callable[[Forge, bytes], bytes], str]] = {
    "empty": (lambda f, to: b"", "not_cbor"),
    "the request itself": (lambda f, to: to, "wrong_shape"),
    "a byte behind": (lambda f, to: f.response(to, f.offer()) + b"\0", "not_canonical"),
    "to another request": (lambda f, to: f.response(to, f.offer(), request=bytes(32)), "other_request"),
    "to another agency": (lambda f, to: f.response(to, f.offer(), receiver=TEMARA), "wrong_receiver"),
    "by another agency": (lambda f, to: f.response(to, f.offer(), sender=TEMARA), "wrong_sender"),
    "signed by another agency": (lambda f, to: f.response(to, f.offer(), keys=f.made[TEMARA].keys.request), "signature"),
    "signed by the receipt keys": (lambda f, to: f.response(to, f.offer(), keys=f.villain.keys.receipt), "signature"),
    "another offer": (lambda f, to: loosely(f.response(to, f.offer()), offer=encode(f.offer(have=0))), "offer_hash"),
    "a step that the head does not name": (lambda f, to: f.response(to, f.offer(f.parcel(f.entry())), step=b""), "step_hash"),
    "another run": (lambda f, to: f.response(to, f.offer(run=2)), "other_run"),
}


@pytest.mark.parametrize(("make", "code"), RESPONSES.values(), ids=RESPONSES)
def test_a_response_that_is_false_counts_as_none_and_is_shown(make: Callable[[Forge, bytes], bytes], code: str) -> None:
    f = forge()
    turn = f.victim.exchange.open_turn(f.villain.code, always=True)
    assert turn is not None
    wire, before = make(f, turn.wire), f.state()
    f.victim.exchange.close_turn(turn, wire)
    assert f.victim.exchange.channel(f.villain.code).failures == 1
    assert f.state() == before
    assert f.quarantined() == [code]


def test_a_true_response_is_taken() -> None:
    f = forge()
    turn = f.victim.exchange.open_turn(f.villain.code, always=True)
    assert turn is not None
    f.victim.exchange.close_turn(turn, f.response(turn.wire, f.offer(f.parcel(f.entry()))))
    assert f.victim.exchange.channel(f.villain.code).failures == 0
    assert f.quarantined() == []


def test_a_clock_a_day_off_is_challenged_and_the_repeated_request_passes_once() -> None:
    f = forge(skew={RABAT: DAY_OFF})
    size = f.position().frontier.size
    turn = f.villain.exchange.open_turn(f.victim.code, always=True)
    assert turn is not None
    before = f.state()
    answer = f.victim.exchange.answer(turn.wire)
    assert f.state() == before
    f.villain.exchange.close_turn(turn, answer)
    again = f.villain.exchange.open_turn(f.victim.code, always=True)
    assert again is not None
    f.victim.exchange.answer(again.wire)
    with pytest.raises(PeerFault, match="replayed"):
        f.victim.exchange.answer(again.wire)
    assert f.position().frontier.size == size
    assert {"code": "clock_differs", "where": RABAT} in f.health()["problems"]


def test_a_flood_of_refused_bytes_is_counted_and_kept_no_more() -> None:
    f = forge()
    for number in range(130):
        with pytest.raises(PeerFault):
            f.victim.exchange.answer(b"\xff" + bytes([number]))
    health = f.health()
    assert (health["quarantined"], health["quarantine_uncounted"]) == (120, 10)
    assert f.victim.verify().ok
