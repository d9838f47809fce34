# SPDX-License-Identifier: EUPL-1.2
"""A partner that signs two truths convicts itself: the bytes are kept and verify offline, with its cards alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amana.node.evidence import load_evidence
from amana.protocol.canonical import parse
from amana.protocol.card import verify_card
from amana.protocol.checkpoint import Origin
from amana.protocol.entry import entry_id
from amana.protocol.evidence import EquivocationEvidence, verify_evidence
from amana.protocol.log import Step, advance, encode_step, parse_step
from amana.protocol.sync import Notice, Parcel
from tests.node.hostile import Forge, forge


def second_truth(f: Forge) -> Parcel:
    """A step of the same size as the one that the victim cosigned, with another entry."""
    before = f.position()
    f.send(f.entry("One truth."))
    other = f.entry("Another truth.")
    return f.parcel(other, step=f.step([other], position=before))


def false_step(f: Forge) -> Parcel:
    """A signed step whose ids do not lead to its head."""
    slot = f.entry()
    step = parse_step(f.step([slot]))
    lie = Step(ids=(entry_id(b"another"),), head=step.head, origin=step.origin, old_root=step.old_root, old_size=step.old_size)
    return f.parcel(slot, step=encode_step(lie))


LIES: dict[str, Callable[[Forge], Parcel]] = {"two heads of one size": second_truth, "a step that its ids refute": false_step}


def evidence_of(f: Forge) -> dict[Origin, bytes]:
    return f.victim.journal.read(load_evidence)


def require_convicted(f: Forge) -> None:
    """A third party needs only the file: the cards in it prove the keys, once it knows the identity."""
    [(origin, evidence)] = evidence_of(f).items()
    assert origin == f.origin
    cards = [verify_card(card, known=None).card for card in parse(evidence, EquivocationEvidence).cards]
    assert [card.identity for card in cards] == [f.villain.card.card.identity]
    finding = verify_evidence(evidence, cards[0].head, request_keys=cards[0].request)
    assert (finding.origin, len(set(finding.roots))) == (f.origin, 2)
    assert {"code": "equivocation", "where": f.origin} in f.health()["problems"]


@pytest.mark.parametrize("make", LIES.values(), ids=LIES)
@pytest.mark.parametrize("way", ["request", "response"])
def test_equivocation_is_kept_as_evidence(make: Callable[[Forge], Parcel], way: str) -> None:
    f = forge()
    offer = f.offer(make(f))
    if way == "request":
        assert f.notice_of(f.request(offer)) is Notice.NO_RECEIPT
    else:
        turn = f.victim.exchange.open_turn(f.villain.code, always=True)
        assert turn is not None
        f.victim.exchange.close_turn(turn, f.response(turn.wire, offer))
    require_convicted(f)
    f.victim.rebuild()
    require_convicted(f)
    assert f.victim.verify().ok


def test_one_piece_of_evidence_is_kept_for_a_log_however_often_it_lies() -> None:
    f = forge()
    for _ in range(3):
        f.notice_of(f.request(f.offer(false_step(f))))
    assert len(evidence_of(f)) == 1
    events = f.victim.journal.read(lambda reading: reading.local_after(0, 1000))
    assert [event.type for event in events].count("evidence_kept") == 1


def test_an_honest_fault_is_no_evidence() -> None:
    """A step resealed, doubled or with a gap convicts nobody."""
    f = forge()
    parcel = f.parcel(f.entry())
    f.notice_of(f.request(f.offer(parcel)))
    f.notice_of(f.request(f.offer(parcel)))
    slot = f.entry("after a gap", previous=bytes(32))
    unseen = advance(f.position(), [entry_id(f.entry("unseen").header_bytes)])
    ahead = f.parcel(slot, step=f.step([slot], position=unseen))
    assert f.notice_of(f.request(f.offer(ahead))) is Notice.NO_RECEIPT
    assert evidence_of(f) == {}
