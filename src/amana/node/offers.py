# SPDX-License-Identifier: EUPL-1.2
"""One side's half of an exchange: what is offered to a partner, and what is taken from its offer.

Both ends use the same functions, the caller and the called. What a partner says is checked where it is taken
(`inbox`, `outbox`, `recovery`, `partners`); the channel only remembers. Spec: spec/09-sync.md.
"""

from __future__ import annotations

from amana.node.channel import Channel, Prepared
from amana.node.context import Node
from amana.node.inbox import accept_parcel, incoming_log, incoming_origin
from amana.node.outbox import next_step, outgoing_log, outgoing_origin, store_receipt
from amana.node.parcels import seal_parcel
from amana.node.partners import Partner, take_sealing
from amana.node.ports import Reading, StepRow
from amana.node.recovery import accept_back
from amana.protocol.channel import Effect, Event, State
from amana.protocol.errors import PeerFault
from amana.protocol.sync import Offer, Parcel

PREPARE_FROM = 500  # entries: half a step; fewer may wait for company


def note_status(channel: Channel, partner: Partner) -> None:
    """Let the state follow the administrator's decision about the partner."""
    if partner.suspended and channel.state is not State.SUSPENDED:
        channel.on(Event.SUSPEND)
    elif not partner.suspended and channel.state is State.SUSPENDED:
        channel.on(Event.RESUME)


def take_outgoing(node: Node, channel: Channel, partner: Partner) -> tuple[Parcel | None, bool]:
    """The parcel that the channel's state allows now, and whether our own steps must come back."""
    waits = node.journal.read(lambda reading: bool(reading.queue(partner.code, 1, control_only=partner.suspended)))
    effect = channel.on(Event.QUEUED) if waits and channel.state is State.READY else channel.effect
    if channel.state is State.CHECKING:
        return None, False  # an exchange without entries comes first
    need = channel.state is State.BEHIND
    match effect:
        case Effect.SIGN | Effect.SIGN_CONTROL | Effect.SEND_AGAIN | Effect.WAIT:
            may_sign = channel.state in (State.READY, State.OFFERED, State.SUSPENDED)
            prepared, channel.prepared = channel.prepared, None
            if prepared and (prepared.follows, prepared.key) == (channel.have, partner.sealing.id):
                return prepared.parcel, need
            ready = next_step(node, partner, channel.have, may_sign=may_sign)
            return (seal_parcel(node, partner, ready) if ready else None), need
        case Effect.FETCH_OWN | Effect.NOTHING | Effect.ASK:
            return None, need


def make_offer(
    node: Node,
    channel: Channel,
    partner: Partner,
    parcel: Parcel | None,
    *,
    back: Parcel | None = None,
    need: bool = False,
    with_card: bool = False,
) -> Offer:
    """Our half: cursor and receipt for the partner's log, our next step, and what it may not hold yet of our keys."""
    origin = incoming_origin(node, partner, partner.card.card.run)

    def ask(reading: Reading) -> tuple[int, StepRow | None, int, bytes]:
        log = incoming_log(reading, origin, partner.code)
        step = reading.step(origin, log.size) if log.size else None
        mine = outgoing_log(reading, outgoing_origin(node, partner), partner).receipted
        return log.size, step, mine, reading.record("own_sealing", b"") or b""

    have, step, mine, sealing = node.journal.read(ask)
    show_sealing = with_card or channel.sealing_shown != sealing
    channel.sealing_shown = sealing
    return Offer(
        run=node.card.card.run,
        back=back,
        card=node.card.signed_bytes if with_card else b"",
        have=have,
        mine=mine,
        need=need,
        parcel=parcel,
        receipt=step.receipt if step else b"",
        sealing=sealing if show_sealing else b"",
        have_run=partner.card.card.run,
    )


def take_offer(node: Node, channel: Channel, partner: Partner, offer: Offer) -> None:
    """What the other side brings: its cursor and receipt, our own steps back, its next step."""
    if offer.run != partner.card.card.run:
        raise PeerFault("other_run", check=1, expected=partner.card.card.run, got=offer.run)
    have = offer.have if offer.have_run == node.card.card.run else 0
    if offer.back is not None:
        accept_back(node, partner, offer.back)
    origin = outgoing_origin(node, partner)
    log = node.journal.read(lambda reading: outgoing_log(reading, origin, partner))
    size = log.size
    if offer.receipt and 0 < have <= size:
        store_receipt(node, partner, offer.receipt, have)
    elif log.receipted < have <= size:  # who has read a step and signs nothing for it gets no other
        raise PeerFault("receipt_missing", check=1, size=have, receipted=log.receipted)
    fenced = node.fence.levels().get(origin, (0, b""))[0]
    with channel.lock:
        channel.observe(have=have, size=size, fenced=fenced)
    if offer.sealing:
        partner = take_sealing(node, partner, offer.sealing)
    if offer.parcel is not None and have <= size:  # else our own steps come back first, and with them what we said to theirs
        accept_parcel(node, partner, offer.parcel, run=offer.run)
        channel.owes = True


def prepare_next(node: Node, channel: Channel, partner: Partner) -> None:
    """Sign and seal the step after the one in flight, where a good part of one has gathered."""
    if channel.state not in (State.READY, State.OFFERED) or channel.prepared is not None:
        return

    def ask(reading: Reading) -> tuple[int, int]:
        gathered = len(reading.queue(partner.code, PREPARE_FROM))
        return gathered, outgoing_log(reading, outgoing_origin(node, partner), partner).size

    gathered, size = node.journal.read(ask)
    ready = next_step(node, partner, size, may_sign=True) if gathered >= PREPARE_FROM else None
    if ready is not None:
        parcel = seal_parcel(node, partner, ready)
        channel.prepared = Prepared(follows=size, key=partner.sealing.id, parcel=parcel)
