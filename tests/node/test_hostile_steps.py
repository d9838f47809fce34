# SPDX-License-Identifier: EUPL-1.2
"""Steps, envelopes and receipts that break a check: no receipt, nothing changed, shown with the check's number.

Every case is a true request but for one thing inside; checks (2) to (6) of a step, and those of receipts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import cbor2
import pytest

from amana.node.inbox import incoming_log
from amana.node.ports import StepRow
from amana.protocol.canonical import encode
from amana.protocol.channel import State
from amana.protocol.checkpoint import origin_name, sign_receipt, verify_head
from amana.protocol.entry import Body, entry_id
from amana.protocol.envelope import Slot, Void
from amana.protocol.identifiers import Seconds
from amana.protocol.log import LogPosition, Step, advance, encode_step, parse_step, start_of
from amana.protocol.merkle import parse_frontier
from amana.protocol.sync import Notice, Offer, Parcel
from tests.federation.acts import PARIS, RABAT, TEMARA, ask, say
from tests.node.hostile import Forge, forge

Parcels = Callable[[Forge], Parcel]
TIME = Seconds(1)


def changed_step(f: Forge, slots: Iterable[Slot], **changed: object) -> bytes:
    """The true step with other members; its head stays as it was signed."""
    step = parse_step(f.step(list(slots)))
    members = {name: getattr(step, name) for name in ("ids", "head", "origin", "old_root", "old_size")}
    return encode_step(Step(**(members | changed)))


def with_step(**changed: object) -> Parcels:
    def make(f: Forge) -> Parcel:
        slot = f.entry()
        step = changed_step(f, [slot], **changed)
        return f.parcel(slot, step=step)

    return make


def with_head(change: Callable[[Forge, list[str]], list[str]]) -> Parcels:
    """The head's note with other lines."""

    def make(f: Forge) -> Parcel:
        slot = f.entry()
        lines = parse_step(f.step([slot])).head.decode().split("\n")
        head = "\n".join(change(f, lines)).encode()
        return f.parcel(slot, step=changed_step(f, [slot], head=head))

    return make


def line_of_another(number: int) -> Callable[[Forge, list[str]], list[str]]:
    """One signature line made with the third agency's head keys."""

    def change(f: Forge, lines: list[str]) -> list[str]:
        slot = f.entry()
        theirs = parse_step(f.step([slot], keys=f.made[TEMARA].keys.head)).head.decode().split("\n")
        return [*lines[:number], theirs[number], *lines[number + 1 :]]

    return change


def signed_by(role: str) -> Parcels:
    def make(f: Forge) -> Parcel:
        slot = f.entry()
        return f.parcel(slot, step=f.step([slot], keys=getattr(f.villain.keys, role)))

    return make


def from_the_start(f: Forge) -> Parcel:
    """As if nothing had been cosigned: another first step."""
    slots = [f.entry(str(number)) for number in range(9)]
    return f.parcel(*slots, step=f.step(slots, position=start_of(f.origin)))


def after_a_gap(f: Forge) -> Parcel:
    slot = f.entry()
    ahead = advance(f.position(), [entry_id(f.entry("fehlt").header_bytes)])
    return f.parcel(slot, step=f.step([slot], position=ahead))


def of_log(author: str, to: str, run: int) -> Parcels:
    def make(f: Forge) -> Parcel:
        slot = f.entry()
        position = start_of(origin_name(author=f.made[author].code, to=f.made[to].code, run=run))
        return f.parcel(slot, step=f.step([slot], position=position))

    return make


def other_order(f: Forge) -> Parcel:
    """Ids in another order than the head covers."""
    slots = [f.entry("un"), f.entry("deux")]
    step = parse_step(f.step(slots))
    return f.parcel(*reversed(slots), step=changed_step(f, slots, ids=tuple(reversed(step.ids))))


def sealed(**changed: object) -> Parcels:
    def make(f: Forge) -> Parcel:
        slot = f.entry()
        step = f.step([slot])
        return f.parcel(slot, step=step, envelope=f.envelope([slot], step, **changed))  # type: ignore[arg-type]  # context by name

    return make


def sealed_slots(*change: Callable[[Slot], Slot]) -> Parcels:
    """The envelope holds other slots than the step names."""

    def make(f: Forge) -> Parcel:
        slot = f.entry()
        step = f.step([slot])
        return f.parcel(slot, step=step, envelope=f.envelope([one(slot) for one in change], step))

    return make


def same(slot: Slot) -> Slot:
    return slot


def other_body(slot: Slot) -> Slot:
    return Slot(header_bytes=slot.header_bytes, body_bytes=encode(Body(text="Autre chose.", nonce=bytes(16))))


def loose_envelope(**changed: object) -> Parcels:
    def make(f: Forge) -> Parcel:
        true = f.parcel(f.entry())
        return Parcel(step=true.step, envelope=cbor2.dumps({**cbor2.loads(true.envelope), **changed}, canonical=True))

    return make


STEPS: dict[str, tuple[Parcels, str, int]] = {
    "no ML-DSA line": (with_head(lambda f, lines: [*lines[:5], ""]), "note_form", 2),
    "no Ed25519 line": (with_head(lambda f, lines: [*lines[:4], *lines[5:]]), "note_form", 2),
    "ML-DSA by another agency": (with_head(line_of_another(5)), "key_id", 2),
    "Ed25519 by another agency": (with_head(line_of_another(4)), "key_id", 2),
    "another root under the signatures": (with_head(lambda f, lines: [*lines[:2], f"{'A' * 43}=", *lines[3:]]), "signature", 2),
    "an extension line": (with_head(lambda f, lines: [*lines[:3], "more", *lines[3:]]), "note_form", 2),
    "a head by the request keys": (signed_by("request"), "key_id", 2),
    "a head by the receipt keys": (signed_by("receipt"), "key_id", 2),
    "our own log": (of_log(PARIS, RABAT, 1), "other_log", 2),
    "their log to another agency": (of_log(RABAT, TEMARA, 1), "other_log", 2),
    "their next run": (of_log(RABAT, PARIS, 2), "other_log", 2),
    "from the start again": (from_the_start, "step_start", 3),
    "after a gap": (after_a_gap, "step_start", 3),
    "another old root": (with_step(old_root=bytes(32)), "step_start", 3),
    "another id": (with_step(ids=(entry_id(b"another"),)), "step_root", 4),
    "one id more": (with_step(ids=(entry_id(b"one"), entry_id(b"more"))), "step_root", 4),
    "ids in another order": (other_order, "step_root", 4),
    "sealed for another step": (sealed(step_hash=bytes(32)), "envelope", 5),
    "sealed as from another agency": (sealed(sender=TEMARA), "envelope", 5),
    "sealed as to another agency": (sealed(receiver=TEMARA), "envelope", 5),
    "sealed under another card": (sealed(receiver_card=7), "envelope", 5),
    "an envelope that is none": (loose_envelope(more=1), "wrong_shape", 5),
    "no slot": (loose_envelope(slots=[]), "wrong_shape", 5),
    "a slot twice": (sealed_slots(same, same), "envelope", 5),
    "slots changed on the way": (loose_envelope(slots=[bytes(288)]), "envelope", 5),
    "another header": (
        sealed_slots(lambda slot: Slot(header_bytes=slot.header_bytes[:-1], body_bytes=slot.body_bytes)),
        "header_mismatch",
        6,
    ),
    "another body": (sealed_slots(other_body), "body_mismatch", 6),
    "no body and no reason": (sealed_slots(lambda slot: Slot(header_bytes=slot.header_bytes)), "body_missing", 6),
    "a body and a reason": (
        sealed_slots(lambda slot: Slot(header_bytes=slot.header_bytes, body_bytes=slot.body_bytes, void=Void.LOST)),
        "void_with_body",
        6,
    ),
}


def test_the_true_step_is_receipted() -> None:
    f = forge()
    size = f.position().frontier.size
    assert f.send(f.entry()) is Notice.NONE
    assert f.position().frontier.size == size + 1
    assert f.quarantined() == []


@pytest.mark.parametrize(("make", "code", "check"), STEPS.values(), ids=STEPS)
def test_a_false_step_gets_no_receipt_and_changes_nothing(make: Parcels, code: str, check: int) -> None:
    f = forge()
    wire, before = f.request(f.offer(make(f))), f.state()
    assert f.notice_of(wire) is Notice.NO_RECEIPT
    assert f.state() == before
    assert [(kept["code"], kept["check"]) for kept in f.health()["quarantine"]] == [(code, check)]


@pytest.mark.parametrize(("make", "code", "check"), STEPS.values(), ids=STEPS)
def test_the_same_in_a_response_counts_as_no_answer(make: Parcels, code: str, check: int) -> None:
    f = forge()
    turn = f.victim.exchange.open_turn(f.villain.code, always=True)
    assert turn is not None
    wire, size = f.response(turn.wire, f.offer(make(f))), f.position().frontier.size
    f.victim.exchange.close_turn(turn, wire)
    assert f.position().frontier.size == size
    assert f.victim.exchange.channel(f.villain.code).failures == 1
    assert f.quarantined() == [code]


def test_a_step_sealed_to_a_key_that_is_gone_is_asked_for_again() -> None:
    f = forge()
    slot = f.entry()
    step = f.step([slot])
    parcel = f.parcel(slot, step=step, envelope=f.envelope([slot], step, to=f.made[TEMARA].card.card.sealing))
    before = f.state()
    assert f.notice_of(f.request(f.offer(parcel))) is Notice.STALE_KEY
    assert f.state() == before
    assert f.quarantined() == []
    assert f.notice_of(f.request(f.offer(f.parcel(slot, step=step)))) is Notice.NONE


def test_a_step_seen_before_gets_the_stored_receipt_bytes_again() -> None:
    f = forge()
    parcel = f.parcel(f.entry())
    f.notice_of(f.request(f.offer(parcel)))
    before, receipt = f.state(), stored_step(f).receipt
    assert f.notice_of(f.request(f.offer(parcel))) is Notice.NONE
    resealed = f.parcel(f.entry("resealed"), step=parcel.step)
    assert f.notice_of(f.request(f.offer(resealed))) is Notice.NONE
    assert f.state() == before
    assert stored_step(f).receipt == receipt


def stored_step(f: Forge) -> StepRow:
    def ask_step(reading: object) -> StepRow:
        log = incoming_log(reading, f.origin, f.villain.code)  # type: ignore[arg-type]  # a reading
        step = reading.step(f.origin, log.size)  # type: ignore[attr-defined]  # as above
        assert step is not None
        return step  # type: ignore[no-any-return]  # as above

    return f.victim.journal.read(ask_step)


# -- receipts for what the victim signed --------------------------------------------------------------------


def receipt_by(f: Forge, role: str, *, agency: str = RABAT, size: int = 0) -> bytes:
    """A receipt for the victim's last head."""
    origin = origin_name(author=f.victim.code, to=f.villain.code, run=1)
    steps = f.victim.journal.read(lambda reading: reading.steps(origin))
    head = verify_head(steps[-1 - size].head, f.victim.card.card.head, origin=origin)
    return sign_receipt(getattr(f.made[agency].keys, role), f.villain.code, head, TIME)


RECEIPTS: dict[str, tuple[Callable[[Forge], bytes], str]] = {
    "no ML-DSA line": (lambda f: receipt_by(f, "receipt").split(b"\n")[0] + b"\n", "note_form"),
    "no Ed25519 line": (lambda f: receipt_by(f, "receipt").split(b"\n")[1] + b"\n", "note_form"),
    "by the head keys": (lambda f: receipt_by(f, "head"), "key_id"),
    "by another agency": (lambda f: receipt_by(f, "receipt", agency=TEMARA), "key_id"),
    "Ed25519 of another receipt": (
        lambda f: receipt_by(f, "head").split(b"\n")[0] + b"\n" + receipt_by(f, "receipt").split(b"\n")[1] + b"\n",
        "key_id",
    ),
    "for an earlier head": (lambda f: receipt_by(f, "receipt", size=1), "signature"),
    "a byte behind": (lambda f: receipt_by(f, "receipt") + b"\n", "note_form"),
}


def offered(f: Forge) -> int:
    """Let the victim sign a step that the villain never receipts; the size of its log then."""
    say(f.made, PARIS, "information_request.acknowledge", f.dossier)
    f.made.exchange(PARIS, RABAT)
    say(f.made, PARIS, "information_request.supplement", f.dossier, text="Suite.")
    turn = f.victim.exchange.open_turn(f.villain.code)
    assert turn is not None
    assert turn.carries
    origin = origin_name(author=f.victim.code, to=f.villain.code, run=1)
    log = f.victim.journal.read(lambda reading: reading.log(origin))
    assert log is not None
    assert log.receipted < log.size
    return log.size


def test_a_true_receipt_is_stored() -> None:
    f = forge()
    size = offered(f)
    assert f.notice_of(f.request(f.offer(have=size, receipt=receipt_by(f, "receipt")))) is Notice.NONE
    log = f.victim.journal.read(lambda reading: reading.log(origin_name(author=f.victim.code, to=f.villain.code, run=1)))
    assert log is not None
    assert log.receipted == size


@pytest.mark.parametrize(("make", "code"), RECEIPTS.values(), ids=RECEIPTS)
def test_a_false_receipt_is_not_stored(make: Callable[[Forge], bytes], code: str) -> None:
    f = forge()
    size = offered(f)
    wire, before = f.request(f.offer(have=size, receipt=make(f))), f.state()
    assert f.notice_of(wire) is Notice.NO_RECEIPT
    assert f.state() == before
    assert f.quarantined() == [code]


def test_a_receipt_where_no_step_ends_is_not_stored() -> None:
    f = forge(villain=PARIS, victim=RABAT)
    ask(f.made, RABAT, PARIS)
    ask(f.made, RABAT, PARIS)
    turn = f.victim.exchange.open_turn(f.villain.code)
    assert turn is not None
    origin = origin_name(author=f.victim.code, to=f.villain.code, run=1)
    log = f.victim.journal.read(lambda reading: reading.log(origin))
    assert log is not None
    wire, before = f.request(f.offer(have=log.size - 1, receipt=receipt_by(f, "receipt", agency=PARIS))), f.state()
    assert f.notice_of(wire) is Notice.NO_RECEIPT
    assert f.state() == before
    assert f.quarantined() == ["receipt_without_step"]


def test_a_cursor_beyond_our_log_stops_signing_and_needs_a_proof_to_go_on() -> None:
    """Nobody can make us take steps for ours that we did not sign; whoever claims them keeps us from signing to him alone."""
    f = forge()
    slot = f.entry(author=f.victim.code, audience=(f.villain.code,))
    origin = origin_name(author=f.victim.code, to=f.villain.code, run=1)
    log = f.victim.journal.read(lambda reading: reading.log(origin))
    assert log is not None
    held = LogPosition(origin=origin, frontier=parse_frontier(log.size, log.frontier))
    ours = f.step([slot], position=held)
    back = Parcel(step=ours, receipt=b"x", envelope=f.envelope([slot], ours))
    before = f.state()
    offer = Offer(run=1, have=log.size + 5, have_run=1, back=back)
    assert f.notice_of(f.request(offer)) is Notice.NO_RECEIPT
    assert f.state() == before
    assert f.quarantined() == ["key_id"]
    f.notice_of(f.request(Offer(run=1, have=log.size + 5, have_run=1)))
    assert f.victim.exchange.channel(f.villain.code).state is State.BEHIND
    assert f.victim.exchange.channel(f.made[TEMARA].code).state is State.READY
    assert f.state() == before
