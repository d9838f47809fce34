# SPDX-License-Identifier: EUPL-1.2
"""Whoever holds the wire: overhears, repeats, holds back, mixes up; before and after a restart, here and at others.

What is overheard opens nowhere, what is repeated changes nothing, and no card but the agency's own next one is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from amana.node.keys import make_identity_secret, make_working_secrets, open_identity, open_keys
from amana.node.partners import add_partner
from amana.protocol.canonical import encode, parse
from amana.protocol.card import Card, SignedCard, identity_digest, sign_card
from amana.protocol.errors import PeerFault
from amana.protocol.signing import sign_statement
from amana.protocol.sync import MAX_MESSAGE, Message, Notice, Offer, parse_response
from amana.simulation.chance import SeededRandomness
from tests.federation.acts import PARIS, RABAT, TEMARA, allied, ask, require_at_rest, say, shown
from tests.node.hostile import Forge, forge

SECRET = "Karim B., 12 rue des Lilas"


class Wire:
    """A wire that keeps a copy of all that passes."""

    def __init__(self, f: Forge) -> None:
        self.f = f
        self.requests: list[tuple[str, bytes]] = []
        self.responses: list[tuple[str, bytes]] = []

    def carry(self, sender: str, receiver: str) -> None:
        made = self.f.made
        turn = made[sender].exchange.open_turn(made[receiver].code, always=True)
        assert turn is not None
        made.advance(20)
        self.requests.append((receiver, turn.wire))
        answer = made[receiver].exchange.answer(turn.wire)
        self.responses.append((sender, answer))
        made[sender].exchange.close_turn(turn, answer)


def overheard() -> Wire:
    """An exchange of everything, with content in it."""
    f = forge()
    wire = Wire(f)
    for number in range(3):
        say(f.made, RABAT, "information_request.supplement", f.dossier, text=f"{SECRET} {number}")
        say(f.made, PARIS, "information_request.progress", f.dossier)
        for _ in range(2):
            wire.carry(RABAT, PARIS)
            wire.carry(PARIS, RABAT)
    return wire


def test_nothing_of_the_content_is_on_the_wire() -> None:
    wire = overheard()
    for _, message in [*wire.requests, *wire.responses]:
        for needle in (SECRET.encode(), SECRET.encode("utf-16-le"), wire.f.dossier, b"supplement", b"information_request"):
            assert needle not in message


def restart(f: Forge) -> None:
    for agency in f.made.agencies.values():
        agency.start()


def wait(f: Forge) -> None:
    f.made.advance(11 * 60 * 1000)  # beyond the window, and beyond the memory of nonces


def both(f: Forge) -> None:
    wait(f)
    restart(f)


MEANWHILE: dict[str, Callable[[Forge], None]] = {"at once": lambda f: None, "restarted": restart, "late": wait, "both": both}


@pytest.mark.parametrize("meanwhile", MEANWHILE.values(), ids=MEANWHILE)
def test_what_is_repeated_changes_nothing_anywhere(meanwhile: Callable[[Forge], None]) -> None:
    wire = overheard()
    f = wire.f
    f.made.settle()
    meanwhile(f)
    before = {code: dumped(f, code) for code in f.made.agencies}
    for receiver in f.made.agencies:
        for _, message in [*wire.requests, *wire.responses]:
            try:
                answer = f.made[receiver].exchange.answer(message)
            except PeerFault:
                continue
            offer = parse(parse(answer, Message, limit=MAX_MESSAGE).offer, Offer, limit=MAX_MESSAGE)
            assert parse_response(answer)[1].notice is not Notice.NONE or offer.parcel is None or SECRET.encode() not in answer
    assert {code: dumped(f, code) for code in f.made.agencies} == before
    say(f.made, RABAT, "information_request.supplement", f.dossier, text="Et encore.")
    f.made.settle()
    require_at_rest(f.made)
    assert shown(f.made, PARIS, f.dossier)["entries"][-1]["text"] == "Et encore."


def dumped(f: Forge, code: str) -> object:
    return Forge(made=f.made, villain=f.villain, victim=f.made[code], dossier=f.dossier).state()


def test_an_answer_to_one_request_answers_no_other() -> None:
    wire = overheard()
    f = wire.f
    turn = f.made[RABAT].exchange.open_turn(f.made[PARIS].code, always=True)
    assert turn is not None
    before = dumped(f, RABAT)
    for receiver, response in wire.responses:
        if receiver == RABAT:
            f.made[RABAT].exchange.close_turn(turn, response)
    assert dumped(f, RABAT) == before


def test_held_back_and_mixed_up_messages_lose_nothing() -> None:
    f = forge()
    held: list[bytes] = []
    for number in range(6):
        say(f.made, RABAT, "information_request.supplement", f.dossier, text=str(number))
        turn = f.made[RABAT].exchange.open_turn(f.made[PARIS].code, always=True)
        assert turn is not None
        held.append(turn.wire)
        f.made[RABAT].exchange.close_turn(turn, None)
    for message in reversed(held):
        f.made[PARIS].exchange.answer(message)
    f.made.settle()
    require_at_rest(f.made)


# -- cards ------------------------------------------------------------------------------------------------------


def next_card(f: Forge, **changed: Any) -> Card:
    held = f.villain.card.card
    return replace(held, **{"number": held.number + 1, **changed})


def other_keys(f: Forge) -> SeededRandomness:
    return SeededRandomness(99, "a thief")


def by_a_thief(f: Forge) -> bytes:
    """All keys a thief's own, under the agency's code and the next number."""
    thief = other_keys(f)
    working, identity = open_keys(make_working_secrets(thief)), open_identity(make_identity_secret(thief))
    keys = {"head": working.head.public, "receipt": working.receipt.public, "request": working.request.public}
    return sign_card(identity, next_card(f, identity=identity.public, **keys))


def by_the_request_keys(f: Forge) -> bytes:
    """By whoever has the machine, but not the identity key: the card says one thing, the signature is another's."""
    card = encode(next_card(f, addresses=("http://thief.example",)))
    return encode(SignedCard(card=card, signature=sign_statement(f.villain.keys.request, "card", card)))


def announced_by_a_thief(f: Forge) -> bytes:
    """A thief names an identity of its own as the next one, and signs with it."""
    identity = open_identity(make_identity_secret(other_keys(f)))
    return sign_card(identity, next_card(f, identity=identity.public, next_identity=identity_digest(f.villain.card.card.identity)))


def of_a_third_agency(f: Forge) -> bytes:
    return f.made[TEMARA].card.signed_bytes


CARDS: dict[str, Callable[[Forge], bytes]] = {
    "by a thief of the name": by_a_thief,
    "by the request keys": by_the_request_keys,
    "by an identity that nobody announced": announced_by_a_thief,
    "of another agency": of_a_third_agency,
}


@pytest.mark.parametrize("make", CARDS.values(), ids=CARDS)
@pytest.mark.parametrize("number", [1, 2, 2**31 - 1])
def test_no_card_but_the_agencys_own_is_taken(make: Callable[[Forge], bytes], number: int) -> None:
    f = forge()
    wire, before = f.request(f.offer(card=make(f)), sender_card=number), f.state()
    if number == f.villain.card.number:  # no new card is claimed, so that nobody looks at one
        assert f.notice_of(wire) is Notice.NONE
    else:
        with pytest.raises(PeerFault, match=r"identity_changed|signature|other_agency"):
            f.victim.exchange.answer(wire)
    assert f.state() == before


def test_an_old_card_takes_nothing_back() -> None:
    f = forge()
    old = f.villain.card
    f.villain.renew_card()
    f.made.settle()
    before = f.state()
    f.victim.exchange.answer(f.request(f.offer(card=old.signed_bytes), sender_card=old.number))
    with pytest.raises(PeerFault):
        f.victim.exchange.answer(f.request(f.offer(card=old.signed_bytes), sender_card=f.villain.card.number + 1))
    assert f.state() == before


# -- strangers --------------------------------------------------------------------------------------------------


def test_an_agency_that_was_added_and_not_compared_is_a_stranger() -> None:
    made = allied(RABAT, PARIS)
    stranger = allied(TEMARA, RABAT, seed=7)[TEMARA]
    add_partner(made[PARIS].node, stranger.card.signed_bytes)
    add_partner(stranger.node, made[PARIS].card.signed_bytes)
    unknown = allied("es.cnp", RABAT, seed=8)["es.cnp"]
    faults = []
    for agency in (stranger, unknown):
        f = Forge(made=made, villain=agency, victim=made[PARIS], dossier=ask(made, RABAT, PARIS))
        before = f.state()
        wire = f.request(Offer(run=1, have=0, have_run=1))
        with pytest.raises(PeerFault) as raised:
            f.victim.exchange.answer(wire)
        faults.append((raised.value.code, raised.value.check, dict(raised.value.facts)))
        assert f.state() == before
    assert faults[0] == faults[1]
    assert made[PARIS].exchange.open_turn(stranger.code, always=True) is None
