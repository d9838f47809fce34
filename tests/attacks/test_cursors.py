# SPDX-License-Identifier: EUPL-1.2
"""A partner that lies about how much of our log it holds: it reads no more than one step that it signs nothing for,
and what it says of itself changes nothing for anybody else.
"""

from __future__ import annotations

from typing import Any

from amana.node.outbox import outgoing_log, outgoing_origin
from amana.node.partners import load_partner
from amana.node.ports import LogRow, Reading
from amana.protocol.canonical import parse
from amana.protocol.channel import State
from amana.protocol.log import parse_step
from amana.protocol.sync import MAX_MESSAGE, Message, Offer
from tests.federation.acts import PARIS, TEMARA, ask, say
from tests.node.hostile import Forge, forge


def log_to_villain(f: Forge) -> LogRow:
    def ask_log(reading: Reading) -> LogRow:
        partner = load_partner(reading, f.villain.code)
        assert partner is not None
        return outgoing_log(reading, outgoing_origin(f.victim.node, partner), partner)

    return f.victim.journal.read(ask_log)


def answer(f: Forge, **claimed: Any) -> Offer:
    """What the victim offers in answer to a request that claims this."""
    f.made.advance(1000)
    wire = f.victim.exchange.answer(f.request(f.offer(**({"receipt": b""} | claimed))))
    return parse(parse(wire, Message, limit=MAX_MESSAGE).offer, Offer, limit=MAX_MESSAGE)


def entries_in(offer: Offer) -> int:
    return len(parse_step(offer.parcel.step).ids) if offer.parcel is not None else 0


def test_a_partner_that_claims_a_cursor_without_its_receipt_gets_the_same_step_and_no_other() -> None:
    f = forge()
    receipted = log_to_villain(f).receipted
    shown: set[bytes] = set()
    for _ in range(4):
        say(f.made, PARIS, "information_request.progress", f.dossier)
        offered = answer(f, have=log_to_villain(f).size)
        shown |= {parse_step(offered.parcel.step).head} if offered.parcel is not None else set()
    assert len(shown) == 1
    assert log_to_villain(f).receipted == receipted
    assert set(f.quarantined()) == {"receipt_missing"}


def test_a_receipt_for_another_size_is_no_receipt() -> None:
    f = forge()
    f.made.settle()
    genuine = answer(f, have=log_to_villain(f).receipted).receipt
    say(f.made, PARIS, "information_request.progress", f.dossier)
    assert entries_in(answer(f, have=log_to_villain(f).size)) == 1
    before = log_to_villain(f)
    answer(f, have=before.size, receipt=genuine)
    assert log_to_villain(f) == before
    assert f.quarantined()


def test_a_partner_that_claims_more_than_was_ever_signed_stops_its_own_log_alone() -> None:
    f = forge()
    answer(f, have=1_000_000)
    assert f.victim.exchange.channel(f.villain.code).state is State.BEHIND
    behind = next(one for one in f.health()["partners"] if one["code"] == f.villain.code)
    assert behind["channel"] == State.BEHIND.value
    dossier = ask(f.made, PARIS, TEMARA)
    for _ in range(3):
        f.made.exchange(PARIS, TEMARA)
    assert dossier in {row.id for row in f.made[TEMARA].journal.read(lambda reading: reading.dossiers())}


def test_a_partner_that_claims_to_hold_nothing_gets_its_first_step_again_and_again() -> None:
    f = forge()
    size = log_to_villain(f).size
    heads = {parse_step(parcel.step).head for _ in range(3) if (parcel := answer(f, have=0).parcel) is not None}
    assert len(heads) == 1
    assert log_to_villain(f).size == size


def test_a_cursor_between_two_steps_gets_nothing() -> None:
    f = forge()
    for _ in range(3):
        say(f.made, PARIS, "information_request.progress", f.dossier)
    f.made.settle()
    held = log_to_villain(f)
    offered = answer(f, have=held.size - 1)
    assert entries_in(offered) == 0
    assert log_to_villain(f) == held


def test_whoever_asks_for_its_own_steps_back_gets_its_own_and_no_others() -> None:
    f = forge()
    offered = answer(f, have=log_to_villain(f).receipted, need=True, mine=0)
    assert offered.back is not None
    assert parse_step(offered.back.step).origin == f.origin
    for mine in (1, 10**6, 2**53 - 1):
        back = answer(f, have=log_to_villain(f).receipted, need=True, mine=mine).back
        assert back is None or parse_step(back.step).old_size == mine
