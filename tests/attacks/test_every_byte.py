# SPDX-License-Identifier: EUPL-1.2
"""Bytes changed at every level of a message, and everything above that level signed and sealed anew by its sender.

Whatever a network, or a partner that signs what it likes, puts into a message: the endpoint refuses it as a PeerFault or
answers it, nothing else ever leaves it, and what is refused leaves every table as it was.
"""

from __future__ import annotations

import contextlib
import random
from typing import Any

import cbor2
import pytest

from amana.protocol import envelope
from amana.protocol.canonical import encode, parse
from amana.protocol.entry import entry_id
from amana.protocol.envelope import MAX_CONTENT, Slot, padded_size
from amana.protocol.errors import PeerFault
from amana.protocol.log import make_step
from amana.protocol.signing import sign_statement
from amana.protocol.sync import MAX_MESSAGE, Message, Notice, Offer, Parcel, parse_response
from tests.node.hostile import Forge, forge

PLAYED = 120  # messages for each level
WORDS = (b"", b"\x00", b"\xff", b"\xa0", b"\x80", b"\xf6", b"\x1b" + b"\xff" * 8, b"\x5f", b"\xd8\x23\x61(")
VALUES: tuple[object, ...] = (
    0,
    1,
    -1,
    2**31,
    2**53 - 1,
    2**53,
    2**64 - 1,
    1.5,
    b"",
    b"\x00" * 32,
    b"\xff" * 4096,
    "",
    "é" * 40,
    "ma.dgsn",
    [],
    [b""],
    {},
    None,
    True,
)


def changed(rng: random.Random, content: bytes) -> bytes:
    """The bytes with a few of them others, or the same record with one member another."""
    if rng.random() < 0.5 and content:
        at = rng.randrange(len(content))
        cut = rng.choice([0, 1, 1, 1, rng.randrange(40)])
        return content[:at] + rng.choice([rng.randbytes(1), *WORDS]) + content[at + cut :]
    try:
        loose = cbor2.loads(content)
    except Exception:  # noqa: BLE001 - the decoder raises many kinds, and what is no CBOR is changed by bytes
        return content + rng.choice(WORDS)
    if not isinstance(loose, dict) or not loose:
        return rng.choice(WORDS)
    name = rng.choice(list(loose))
    if rng.random() < 0.2:
        del loose[name]
    else:
        loose[name] = rng.choice([*VALUES, *loose.values()])
    return cbor2.dumps(loose, canonical=True)


class Level:
    """The true message, taken apart down to one level, changed there, put together again."""

    def __init__(self, f: Forge, rng: random.Random) -> None:
        self.f = f
        self.rng = rng
        self.slots = [f.entry(), f.entry()]
        self.parcel = f.parcel(*self.slots)

    def message(self) -> bytes:
        return changed(self.rng, self.f.request(self.f.offer(self.parcel)))

    def head(self) -> bytes:
        """The signed head, with a true signature over it."""
        message = parse(self.f.request(self.f.offer(self.parcel)), Message)
        head = changed(self.rng, message.head)
        signature = sign_statement(self.f.villain.keys.request, "request", head)
        return encode(Message(head=head[:8192], offer=message.offer, signature=signature))

    def offer(self) -> bytes:
        encoded = encode(self.f.offer(self.parcel, need=True, mine=1, card=self.f.villain.card.signed_bytes))
        return self.f.request(changed(self.rng, encoded), step=b"")

    def offer_without_a_step(self) -> bytes:
        return self.f.request(changed(self.rng, encode(self.f.offer(need=True, mine=1))))

    def cursors(self) -> bytes:
        numbers = [0, 1, 2, 3, 10**6, 2**53 - 1]
        said: dict[str, Any] = {name: self.rng.choice(numbers) for name in ("have", "mine")}
        said |= {name: self.rng.choice([1, 1, 1, 2, 2**31 - 1]) for name in ("run", "have_run")}
        return self.f.request(self.f.offer(need=self.rng.random() < 0.5, **said))

    def step(self) -> bytes:
        step = changed(self.rng, self.parcel.step)
        return self.sent(Parcel(step=step, envelope=self.f.envelope(self.slots, step)))

    def envelope(self) -> bytes:
        return self.sent(Parcel(step=self.parcel.step, envelope=changed(self.rng, self.parcel.envelope)))

    def slot(self) -> bytes:
        """A step over changed headers and bodies: all hashes, signatures and seals are right."""
        slots = [Slot(header_bytes=changed(self.rng, slot.header_bytes), body_bytes=slot.body_bytes) for slot in self.slots]
        return self.sent(self.f.parcel(*slots))

    def receipt(self) -> bytes:
        true = self.f.offer()
        return self.f.request(self.f.offer(receipt=changed(self.rng, own_receipt(self.f)), have=true.have))

    def card(self) -> bytes:
        signed = changed(self.rng, self.f.villain.card.signed_bytes)
        return self.f.request(self.f.offer(card=signed), sender_card=self.f.villain.card.number + self.rng.choice([0, 1]))

    def sealing(self) -> bytes:
        return self.f.request(self.f.offer(sealing=self.rng.choice([*WORDS, self.rng.randbytes(3000)])))

    def back(self) -> bytes:
        """A step that says it is the victim's own, given back."""
        step = changed(self.rng, self.parcel.step) if self.rng.random() < 0.7 else self.parcel.step
        back = Parcel(step=step, envelope=self.parcel.envelope, receipt=own_receipt(self.f))
        return self.f.request(self.f.offer(back=back))

    def sent(self, parcel: Parcel) -> bytes:
        return self.f.request(self.f.offer(parcel))


def own_receipt(f: Forge) -> bytes:
    """The villain's true receipt for what the victim sent it."""
    wire = f.villain.exchange.open_turn(f.victim.code, always=True)
    assert wire is not None
    return parse(parse(wire.wire, Message, limit=MAX_MESSAGE).offer, Offer, limit=MAX_MESSAGE).receipt


LEVELS = sorted(name for name in vars(Level) if not name.startswith("_") and name != "sent")


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_but_a_fault_or_an_answer_leaves_the_endpoint(level: str) -> None:
    f = forge()
    rng = random.Random(level)
    made = Level(f, rng)
    kept = 0
    for number in range(PLAYED):
        f.made.advance(50)
        wire = getattr(made, level)()
        before = f.state()
        try:
            answer = f.victim.exchange.answer(wire)
        except PeerFault:
            assert f.state() == before, number
            continue
        _, head = parse_response(answer)
        if head.notice is Notice.NONE:
            kept += f.state() != before
            made = Level(f, rng)
        elif level in ("step", "envelope", "slot"):
            assert f.state() == before, number
    assert f.victim.verify().ok
    assert kept < PLAYED


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_but_a_fault_comes_of_a_response(level: str) -> None:
    """The same offers in the responses to the victim's own requests."""
    f = forge()
    rng = random.Random(level)
    made = Level(f, rng)
    for _ in range(PLAYED // 5):
        f.made.advance(50)
        offer = parse(f.request(f.offer()), Message).offer
        with contextlib.suppress(PeerFault):  # where it is no message any more
            offer = parse(getattr(made, level)(), Message, limit=MAX_MESSAGE).offer
        turn = f.victim.exchange.open_turn(f.villain.code, always=True)
        assert turn is not None
        before, position = f.state(), f.position()
        f.victim.exchange.close_turn(turn, f.response(turn.wire, offer, step=rng.choice([b"", bytes(32)])))
        assert f.position() == position or f.state() != before
        f.victim.exchange.close_turn(turn, changed(rng, f.response(turn.wire, f.offer())))
        made = Level(f, rng)
    assert f.victim.verify().ok


def test_a_step_too_large_to_be_given_back_is_not_taken() -> None:
    """Whatever a partner may ask back, the node can seal again: the content of a step is bounded, not only its envelope."""
    f = forge()
    size = padded_size(MAX_CONTENT // 4)
    headers = [bytes([255, number]) * 8 for number in range(5)]
    slots = [Slot(header_bytes=header, body_bytes=bytes(size - 9 - 16)) for header in headers[:4]]
    slots.append(Slot(header_bytes=headers[4], body_bytes=bytes(padded_size(1_600_000) - 25)))
    step = make_step(f.villain.keys.head, f.position(), [entry_id(header) for header in headers], f.villain.clock.now())[1]  # type: ignore[arg-type]  # a time
    before = f.state()
    answer = f.victim.exchange.answer(f.request(f.offer(Parcel(step=step, envelope=sealed_without_bound(f, slots, step)))))
    assert parse_response(answer)[1].notice is Notice.NO_RECEIPT
    assert f.state() == before
    assert f.quarantined() == ["envelope"]


def sealed_without_bound(f: Forge, slots: list[Slot], step: bytes) -> bytes:
    """An envelope as another implementation could make it: larger than ours makes any."""
    bound = envelope.MAX_CONTENT
    envelope.MAX_CONTENT = 2 * bound
    try:
        return f.envelope(slots, step)
    finally:
        envelope.MAX_CONTENT = bound
