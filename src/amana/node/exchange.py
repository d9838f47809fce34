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

from amana.node.attachments.exchange import AttachmentExchange
from amana.node.channel import Channel
from amana.node.context import Node
from amana.node.evidence import CONVICTING, keep_evidence
from amana.node.nonces import SeenNonces
from amana.node.offers import make_offer, note_status, prepare_next, take_offer, take_outgoing
from amana.node.outbox import outgoing_log, outgoing_origin
from amana.node.partners import Partner, load_partner, take_card
from amana.node.quarantine import Quarantine
from amana.node.recovery import give_back
from amana.protocol.canonical import encode, parse
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
        self.attachments = AttachmentExchange(node, self.quarantine, self._nonces, self.channel)

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
            note_status(channel, partner)
            parcel, need = take_outgoing(node, channel, partner)
            if not (parcel or need or channel.owes or always or channel.effect is Effect.ASK):
                return None
            offer = make_offer(node, channel, partner, parcel, need=need, with_card=channel.show_card)
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
        channel = self.channel(turn.partner)
        partner = self.node.journal.read(lambda reading: load_partner(reading, turn.partner))
        if partner is not None and turn.carries and not partner.suspended:
            with channel.lock:
                prepare_next(self.node, channel, partner)

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
            partner = take_card(self.node, partner, parse(message.offer, Offer, limit=MAX_MESSAGE).card)
        response = verify_response(wire, receiver=node.code, sender=partner.code, keys=partner.card.card.request, request=turn.digest)
        now = node.clock.now()
        channel.note_contact(now, difference=response.head.time - (turn.at + now) // 2)
        channel.challenge = response.head.challenge if response.head.notice is Notice.CHALLENGE else b""
        channel.show_card = response.head.notice is Notice.UNKNOWN_CARD
        match response.head.notice:
            case Notice.CHALLENGE | Notice.UNKNOWN_CARD:
                return Effect.ASK if channel.may_repeat() else channel.on(Event.NO_ANSWER)
            case Notice.STALE_KEY:
                take_offer(self.node, channel, partner, response.offer)
                return channel.on(Event.STALE_KEY) if channel.may_repeat() else channel.on(Event.NO_ANSWER)
            case Notice.NO_RECEIPT:
                take_offer(self.node, channel, partner, response.offer)
                return channel.on(Event.NO_ANSWER)
            case Notice.NONE | Notice.SUSPENDED:
                channel.repeats = 0
        channel.owes = False  # our receipt went out with this turn
        before = self._standing(channel, partner)
        take_offer(self.node, channel, partner, response.offer)
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
                partner = take_card(self.node, partner, parse(message.offer, Offer, limit=MAX_MESSAGE).card)
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

    def answer_attachments(self, wire: bytes) -> bytes:
        """As `answer`, of a request of the exchange of attachments."""
        return self.attachments.answer(wire)

    def _answer_partner(self, channel: Channel, partner: Partner, request: VerifiedRequest, wire: bytes) -> bytes:
        notice = Notice.NONE
        try:
            take_offer(self.node, channel, partner, request.offer)
            channel.owes = False  # the response carries the receipt
        except PeerFault as fault:
            notice = Notice.STALE_KEY if fault.code == "stale_key" else Notice.NO_RECEIPT
            if notice is Notice.NO_RECEIPT:
                self._keep_fault(fault, wire, claimed=partner.code, what="request")
        parcel = None
        if not channel.in_flight:
            with channel.lock:
                note_status(channel, partner)
                parcel, _ = take_outgoing(self.node, channel, partner)
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
        offer = make_offer(node, self.channel(partner.code), partner, parcel, back=back, with_card=with_card)
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
        """Quarantine, and evidence where the partner convicts itself. A response is proven once check (1) is passed."""
        self.quarantine.keep(fault, wire, claimed=claimed, proven=what == "request" or fault.check > 1)
        if fault.code in CONVICTING:
            partner = self.node.journal.read(lambda reading: load_partner(reading, claimed))
            if partner is not None:
                keep_evidence(self.node, partner, what=what, wire=wire)
