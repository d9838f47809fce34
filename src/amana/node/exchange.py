# SPDX-License-Identifier: EUPL-1.2
"""Both ends of the one exchange, without I/O: requests and answers as bytes, channels as state tables.

`open_turn` makes the next request to a partner, `close_turn` takes its response, `answer` serves a partner's
request. State is saved before anything is returned for the wire; no lock is held across it; a response may be
lost at any point and every replay changes nothing, because state only rises with log positions. Faults are kept
in quarantine and answered without a receipt. Checks: see `protocol.sync`, `node.inbox`. Spec: spec/09-sync.md.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass

from amana.node.channel import Channel, Prepared
from amana.node.context import Node
from amana.node.evidence import CONVICTING, keep_evidence
from amana.node.inbox import accept_parcel, incoming_log, incoming_origin
from amana.node.local import PartnerCard
from amana.node.nonces import SeenNonces
from amana.node.outbox import next_step, outgoing_log, outgoing_origin, seal_parcel, store_receipt
from amana.node.partners import Partner, load_partner, take_sealing
from amana.node.ports import Reading, StepRow
from amana.node.quarantine import Quarantine
from amana.node.records import append_event
from amana.node.recovery import accept_back, give_back
from amana.protocol.canonical import encode, parse
from amana.protocol.card import verify_card
from amana.protocol.channel import Effect, Event, State
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, Digest, Millis
from amana.protocol.sync import (
    MAX_MESSAGE,
    ChallengeContent,
    Notice,
    Offer,
    Parcel,
    RequestHead,
    ResponseHead,
    VerifiedRequest,
    carried_step,
    decide_fresh,
    make_challenge,
    offer_digest,
    parse_request,
    parse_response,
    seal_request,
    seal_response,
    verify_request,
    verify_response,
)

PREPARE_FROM = 500  # entries: half a step; fewer may wait for company


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A request ready for the wire, and what its response must answer to."""

    partner: AgencyCode
    addresses: tuple[str, ...]
    wire: bytes
    digest: Digest
    at: Millis
    carries: bool  # it holds a step
    needs: bool  # it asks for steps of our own back


class Exchange:
    """A node's exchanges with all its partners."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.quarantine = Quarantine(node)
        self._channels: dict[AgencyCode, Channel] = {}
        self._nonces = SeenNonces()
        self._lock = threading.Lock()

    def channel(self, code: AgencyCode) -> Channel:
        """The channel to a partner; made when first asked for."""
        with self._lock:
            return self._channels.setdefault(code, Channel())

    # -- asking ---------------------------------------------------------------------------------------------

    def open_turn(self, code: AgencyCode, *, always: bool = False) -> Turn | None:
        """The next request to a partner, or None where there is nothing to say (unless `always`).

        Raises OperatorFault (`fence_ahead`, …) where nothing may be signed.
        """
        node = self.node
        partner = node.journal.read(lambda reading: load_partner(reading, code))
        if partner is None or not partner.confirmed:
            return None
        channel = self.channel(code)
        with channel.lock:
            self._note_status(channel, partner)
            parcel, need = self._outgoing(channel, partner)
            if not (parcel or need or channel.owes or always or channel.effect is Effect.ASK):
                return None
            offer = self._offer(channel, partner, parcel, need=need, with_card=channel.show_card)
            encoded = encode(offer)
            now = node.clock.now()
            head = RequestHead(
                step=carried_step(offer),
                time=now,
                nonce=node.randomness.token(16),
                offer=offer_digest(encoded),
                sender=node.code,
                receiver=code,
                challenge=channel.challenge,
                sender_card=node.card.card.number,
                receiver_card=partner.card.card.number,
            )
            channel.in_flight = parcel is not None
            return Turn(
                partner=code,
                addresses=partner.card.card.addresses,
                wire=seal_request(node.keys.request, head, encoded),
                digest=Digest(hashlib.sha256(encode(head)).digest()),
                at=now,
                carries=parcel is not None,
                needs=need,
            )

    def prepare(self, turn: Turn) -> None:
        """While `turn` is on the wire: sign and seal the step after it, where a good part of one has gathered.

        It is given to the wire only once the receipt for `turn` is here; a crash or a failure merely wastes it.
        """
        node, channel = self.node, self.channel(turn.partner)
        partner = node.journal.read(lambda reading: load_partner(reading, turn.partner))
        if partner is None or not turn.carries or partner.suspended:
            return
        with channel.lock:
            if channel.state not in (State.READY, State.OFFERED) or channel.prepared is not None:
                return

            def ask(reading: Reading) -> tuple[int, int]:
                gathered = len(reading.queue(partner.code, PREPARE_FROM))
                return gathered, outgoing_log(reading, outgoing_origin(node, partner), partner).size

            gathered, size = node.journal.read(ask)
            if gathered < PREPARE_FROM:
                return
            ready = next_step(node, partner, size, may_sign=True)
            if ready is not None:
                parcel = seal_parcel(node, partner, ready)
                channel.prepared = Prepared(follows=size, card=partner.card.number, parcel=parcel)

    def close_turn(self, turn: Turn, wire: bytes | None) -> Effect:
        """Take the response to `turn` (None: none came); what to do next.

        A response that fails a check is kept in quarantine and counts as none.
        """
        channel = self.channel(turn.partner)
        try:
            if wire is None:
                return channel.on(Event.NO_ANSWER)
            return self._take_response(channel, turn, wire)
        except PeerFault as fault:
            self._keep_fault(fault, wire or b"", claimed=turn.partner, what="response")
            return channel.on(Event.NO_ANSWER)
        finally:
            channel.in_flight = False

    def _take_response(self, channel: Channel, turn: Turn, wire: bytes) -> Effect:
        node = self.node
        partner = node.journal.read(lambda reading: load_partner(reading, turn.partner))
        if partner is None:
            return channel.on(Event.NO_ANSWER)
        message, claim = parse_response(wire)
        if claim.sender_card > partner.card.number:
            partner = self._take_card(partner, parse(message.offer, Offer, limit=MAX_MESSAGE).card)
        response = verify_response(wire, receiver=node.code, sender=partner.code, keys=partner.card.card.request, request=turn.digest)
        now = node.clock.now()
        channel.note_contact(now, difference=response.head.time - (turn.at + now) // 2)
        channel.challenge = response.head.challenge if response.head.notice is Notice.CHALLENGE else b""
        channel.show_card = response.head.notice is Notice.UNKNOWN_CARD
        match response.head.notice:
            case Notice.CHALLENGE | Notice.UNKNOWN_CARD:
                return Effect.ASK if channel.may_repeat() else channel.on(Event.NO_ANSWER)
            case Notice.STALE_KEY:
                self._take_offer(channel, partner, response.offer)
                return channel.on(Event.STALE_KEY) if channel.may_repeat() else channel.on(Event.NO_ANSWER)
            case Notice.NO_RECEIPT:
                self._take_offer(channel, partner, response.offer)
                return channel.on(Event.NO_ANSWER)
            case Notice.NONE | Notice.SUSPENDED:
                channel.repeats = 0
        channel.owes = False  # our receipt went out with this turn
        before = self._standing(channel, partner)
        self._take_offer(channel, partner, response.offer)
        if (turn.carries or turn.needs) and before == self._standing(channel, partner):
            return channel.on(Event.NO_ANSWER)  # it answers and moves nothing: try again later, not at once
        return channel.effect

    def _standing(self, channel: Channel, partner: Partner) -> tuple[State, int, int]:
        """What an exchange that brought us forward has changed."""
        origin = outgoing_origin(self.node, partner)
        log = self.node.journal.read(lambda reading: outgoing_log(reading, origin, partner))
        return channel.state, channel.have, log.receipted

    # -- answering ------------------------------------------------------------------------------------------

    def answer(self, wire: bytes) -> bytes:
        """The response to a partner's request. Raises PeerFault where no partner of ours proves to have sent it."""
        claimed = ""
        try:
            message, claim = parse_request(wire)  # (1a)
            claimed = claim.sender
            partner = self._claimed_partner(claim)
            if claim.sender_card > partner.card.number:
                partner = self._take_card(partner, parse(message.offer, Offer, limit=MAX_MESSAGE).card)
            request = verify_request(
                message, receiver=self.node.code, sender=partner.code, keys=partner.card.card.request
            )  # (1b) (1c) (1d)
        except PeerFault as fault:
            self.quarantine.keep(fault, wire, claimed=claimed)
            raise
        now = self.node.clock.now()
        try:
            fresh = decide_fresh(request.head, now=now, own_keys=self.node.card.card.request, own_code=self.node.code)  # (1e)
            self._nonces.require_new(request.head.nonce, now)
        except PeerFault as fault:
            self.quarantine.keep(fault, wire, claimed=claimed)
            raise
        channel = self.channel(partner.code)
        channel.note_contact(now, difference=request.head.time - now)
        if fresh is Notice.CHALLENGE:
            return self._respond(partner, request, Notice.CHALLENGE, None)
        if request.head.sender_card != partner.card.card.number:
            return self._respond(partner, request, Notice.UNKNOWN_CARD, None)
        return self._answer_partner(channel, partner, request, wire)

    def _answer_partner(self, channel: Channel, partner: Partner, request: VerifiedRequest, wire: bytes) -> bytes:
        notice = Notice.NONE
        try:
            self._take_offer(channel, partner, request.offer)
            channel.owes = False  # the response carries the receipt
        except PeerFault as fault:
            notice = Notice.STALE_KEY if fault.code == "stale_key" else Notice.NO_RECEIPT
            if notice is Notice.NO_RECEIPT:
                self._keep_fault(fault, wire, claimed=partner.code, what="request")
        parcel = None
        if not channel.in_flight:
            with channel.lock:
                self._note_status(channel, partner)
                parcel, _ = self._outgoing(channel, partner)
        back = give_back(self.node, partner, request.offer.mine) if request.offer.need else None
        if partner.card.card.number != request.head.sender_card:
            notice = Notice.UNKNOWN_CARD
        stale = request.head.receiver_card != self.node.card.card.number
        return self._respond(partner, request, notice, parcel, back=back, with_card=stale or notice is Notice.STALE_KEY)

    def _respond(
        self,
        partner: Partner,
        request: VerifiedRequest,
        notice: Notice,
        parcel: Parcel | None,
        *,
        back: Parcel | None = None,
        with_card: bool = False,
    ) -> bytes:
        node = self.node
        now = node.clock.now()
        offer = self._offer(self.channel(partner.code), partner, parcel, back=back, with_card=with_card)
        encoded = encode(offer)
        challenge = b""
        if notice is Notice.CHALLENGE:
            content = ChallengeContent(to=partner.code, time=now, maker=node.code, nonce=node.randomness.token(16))
            challenge = make_challenge(node.keys.request, content)
        head = ResponseHead(
            step=carried_step(offer),
            time=now,
            offer=offer_digest(encoded),
            notice=notice,
            sender=node.code,
            request=request.digest,
            receiver=partner.code,
            challenge=challenge,
            sender_card=node.card.card.number,
        )
        return seal_response(node.keys.request, head, encoded)

    def _claimed_partner(self, claim: RequestHead) -> Partner:
        partner = self.node.journal.read(lambda reading: load_partner(reading, claim.sender))
        if partner is None or not partner.confirmed:
            raise PeerFault("unknown_partner", check=1)
        return partner

    def _keep_fault(self, fault: PeerFault, wire: bytes, *, claimed: AgencyCode, what: str) -> None:
        """Quarantine, and evidence where the partner convicts itself."""
        self.quarantine.keep(fault, wire, claimed=claimed)
        if fault.code in CONVICTING:
            partner = self.node.journal.read(lambda reading: load_partner(reading, claimed))
            if partner is not None:
                keep_evidence(self.node, partner, what=what, wire=wire)

    # -- both -----------------------------------------------------------------------------------------------

    def _note_status(self, channel: Channel, partner: Partner) -> None:
        """Let the state follow the administrator's decision about the partner."""
        if partner.suspended and channel.state is not State.SUSPENDED:
            channel.on(Event.SUSPEND)
        elif not partner.suspended and channel.state is State.SUSPENDED:
            channel.on(Event.RESUME)

    def _outgoing(self, channel: Channel, partner: Partner) -> tuple[Parcel | None, bool]:
        """The parcel that the channel's state allows now, and whether our own steps must come back."""
        waits = self.node.journal.read(lambda reading: bool(reading.queue(partner.code, 1, control_only=partner.suspended)))
        effect = channel.on(Event.QUEUED) if waits and channel.state is State.READY else channel.effect
        if channel.state is State.CHECKING:
            return None, False  # an exchange without entries comes first
        need = channel.state is State.BEHIND
        match effect:
            case Effect.SIGN | Effect.SIGN_CONTROL | Effect.SEND_AGAIN | Effect.WAIT:
                may_sign = channel.state in (State.READY, State.OFFERED, State.SUSPENDED)
                prepared, channel.prepared = channel.prepared, None
                if prepared and (prepared.follows, prepared.card) == (channel.have, partner.card.number):
                    return prepared.parcel, need
                ready = next_step(self.node, partner, channel.have, may_sign=may_sign)
                return (seal_parcel(self.node, partner, ready) if ready else None), need
            case Effect.FETCH_OWN | Effect.NOTHING | Effect.ASK:
                return None, need

    def _offer(
        self,
        channel: Channel,
        partner: Partner,
        parcel: Parcel | None,
        *,
        back: Parcel | None = None,
        need: bool = False,
        with_card: bool = False,
    ) -> Offer:
        node = self.node
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

    def _take_offer(self, channel: Channel, partner: Partner, offer: Offer) -> None:
        """What the other side brings: its cursor and receipt, our own steps back, its next step."""
        node = self.node
        if offer.run != partner.card.card.run:
            raise PeerFault("other_run", check=1, expected=partner.card.card.run, got=offer.run)
        have = offer.have if offer.have_run == node.card.card.run else 0
        if offer.back is not None:
            accept_back(node, partner, offer.back)
        origin = outgoing_origin(node, partner)
        size = node.journal.read(lambda reading: outgoing_log(reading, origin, partner)).size
        if offer.receipt and 0 < have <= size:
            store_receipt(node, partner, offer.receipt, have)
        fenced = node.fence.levels().get(origin, (0, b""))[0]
        with channel.lock:
            channel.observe(have=have, size=size, fenced=fenced)
        if offer.sealing:
            partner = take_sealing(node, partner, offer.sealing)
        if offer.parcel is not None and have <= size:  # else our own steps come back first, and with them what we said to theirs
            accept_parcel(node, partner, offer.parcel, run=offer.run)
            channel.owes = True

    def _take_card(self, partner: Partner, signed: bytes) -> Partner:
        """A newer card of a partner, signed by the identity that was compared or its announced successor.

        It proves itself, so it is taken before the message that shows it, whose keys it may name.
        """
        if not signed:
            return partner
        card = verify_card(signed, known=partner.card)
        if card.card.number == partner.card.card.number:
            return partner
        node = self.node
        node.journal.write(lambda writing: append_event(writing, PartnerCard(card=signed), at=node.clock.now()))
        renewed = node.journal.read(lambda reading: load_partner(reading, partner.code))
        return renewed or partner
