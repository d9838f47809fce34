# SPDX-License-Identifier: EUPL-1.2
"""Both ends of the exchange of attachments, without I/O: the same for the caller and the called.

`open_turn` makes the next request to a partner where something is wanted, given or offered; `close_turn` takes its
response; `answer` serves a partner's request. What was taken is on disk before anything is returned for the wire. Any
message may be lost, doubled or replayed: chunks have numbers, and only the next one is kept. Checks: see
`protocol.attachment_exchange`, `protocol.attachment`. Receipts of entries never depend on this. Spec: spec/12-attachments.md.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace

from amana.node.attachments.line import LEAD_MS, NEVER, Line
from amana.node.attachments.serving import done_of, gives_for, still_offered, wants_of
from amana.node.attachments.taking import REFUSED, TAKEN, settle, take_gives
from amana.node.attachments.wanted import is_wanted, offered_to, wanted_from
from amana.node.channel import MAX_REPEATS, Channel
from amana.node.context import Node
from amana.node.nonces import SeenNonces
from amana.node.outbox import outgoing_log, outgoing_origin
from amana.node.partners import Partner, load_partner, take_card
from amana.node.ports import Reading
from amana.node.quarantine import Quarantine
from amana.protocol.attachment_exchange import (
    MAX_MESSAGE,
    MAX_OFFERS,
    MAX_WANTS,
    Carried,
    Offered,
    VerifiedCarriage,
    Want,
    parse_attachment_request,
    parse_attachment_response,
    seal_attachment_request,
    seal_attachment_response,
    verify_attachment_request,
    verify_attachment_response,
)
from amana.protocol.canonical import encode, parse
from amana.protocol.channel import State
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, Digest, EntryId, Millis
from amana.protocol.sync import ChallengeContent, Notice, RequestHead, ResponseHead, decide_fresh, make_challenge, offer_digest

LOOKED_AT = 64  # offered attachments looked through for those whose entry is receipted
UNSURE = frozenset({State.CHECKING, State.BEHIND})  # our own entries may not all be back: nothing is refused for good


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentTurn:
    """A request ready for the wire, and what its response must answer to."""

    partner: AgencyCode
    addresses: tuple[str, ...]
    wire: bytes
    digest: Digest
    carried: Carried
    asked: tuple[Want, ...]  # what of the partner's wishes this request answers


class AttachmentExchange:
    """A node's exchanges of attachments with all its partners."""

    def __init__(self, node: Node, quarantine: Quarantine, nonces: SeenNonces, channel: Callable[[AgencyCode], Channel]) -> None:
        self.node = node
        self._quarantine = quarantine
        self._nonces = nonces
        self._channel = channel
        self._lines: dict[AgencyCode, Line] = {}
        self._lock = threading.Lock()

    def line(self, code: AgencyCode) -> Line:
        """What is remembered of a partner; made when first asked for."""
        with self._lock:
            return self._lines.setdefault(code, Line())

    def patience(self, code: AgencyCode) -> float | None:
        """Seconds until another try is due; None where none is."""
        line, now = self.line(code), self.node.clock.now()
        until = line.retry_at if line.failures else line.led_at + LEAD_MS if line.is_led(now) else now
        return (until - now) / 1000 if until > now else None

    def hold_back(self, code: AgencyCode) -> None:
        """This node could not keep or read what it takes (a full disk): try again later."""
        line = self.line(code)
        with line.lock:
            line.note_failure(self.node.clock.now(), answered=False)

    # -- asking ---------------------------------------------------------------------------------------------

    def open_turn(self, code: AgencyCode) -> AttachmentTurn | None:
        """The next request to a partner, or None where there is nothing to say, or not yet."""
        node, line = self.node, self.line(code)
        with line.lock:
            now = node.clock.now()
            if now < line.retry_at:
                return None
            found = node.journal.read(lambda reading: self._next(reading, code, line, now))
            if found is None:
                return None
            partner, carried = found
            encoded = encode(carried)
            head = RequestHead(
                time=now,
                nonce=node.randomness.token(16),
                offer=offer_digest(encoded),
                sender=node.code,
                receiver=code,
                challenge=line.challenge,
                sender_card=node.card.card.number,
                receiver_card=partner.card.card.number,
            )
            return AttachmentTurn(
                partner=code,
                addresses=partner.card.card.addresses,
                wire=seal_attachment_request(node.keys.request, head, encoded),
                digest=Digest(hashlib.sha256(encode(head)).digest()),
                carried=carried,
                asked=line.asked,
            )

    def _next(self, reading: Reading, code: AgencyCode, line: Line, now: Millis) -> tuple[Partner, Carried] | None:
        """A partner that may be asked, and what there is to say to it."""
        partner = load_partner(reading, code)
        if partner is None or not partner.confirmed or partner.suspended:
            return None
        led = line.is_led(now)
        gives, cannot = gives_for(reading, code, line.asked)
        said = Carried(
            done=tuple(Offered(entry=entry, place=place) for entry, place in line.done),
            gives=tuple(gives),
            wants=() if led else self._wants(reading, code, line),
            cannot=() if self._channel(code).state in UNSURE else tuple(cannot),
            offers=() if led else self._offers(reading, partner),
        )
        if said == Carried():
            return None
        return partner, replace(said, card=node_card(self.node)) if line.show_card else said

    def _wants(self, reading: Reading, code: AgencyCode, line: Line) -> tuple[Want, ...]:
        """What is wanted from a partner; what was asked for in vain comes last."""
        places = list(wanted_from(reading, code, MAX_WANTS + len(line.resting)))
        fresh = [place for place in places if place not in line.resting]
        return wants_of(reading, (fresh or places)[:MAX_WANTS])

    def _offers(self, reading: Reading, partner: Partner) -> tuple[Offered, ...]:
        """What of ours the partner has not taken, of entries that it has receipted."""
        places = list(offered_to(reading, partner.code, LOOKED_AT))
        if not places:
            return ()
        origin = outgoing_origin(self.node, partner)
        receipted = outgoing_log(reading, origin, partner).receipted
        at = {entry: reading.position_of(origin, entry) for entry, _ in places}
        held = {entry for entry, position in at.items() if position is not None and position < receipted}
        return tuple(Offered(entry=entry, place=place) for entry, place in places if entry in held)[:MAX_OFFERS]

    def close_turn(self, turn: AttachmentTurn, wire: bytes | None) -> bool:
        """Take the response to `turn` (None: none came); whether another should follow at once.

        A response that fails a check is kept in quarantine and counts as none.
        """
        line = self.line(turn.partner)
        with line.lock:
            try:
                if wire is not None:
                    return self._take_response(line, turn, wire)
            except PeerFault as fault:
                self._quarantine.keep(fault, wire or b"", claimed=turn.partner, proven=fault.code.startswith("attachment"))
            line.note_failure(self.node.clock.now(), answered=False)
            return False

    def _take_response(self, line: Line, turn: AttachmentTurn, wire: bytes) -> bool:
        node = self.node
        message, head = parse_attachment_response(wire)  # (1a)
        partner = self._confirmed(turn.partner)
        if head.sender_card > partner.card.number:
            partner = take_card(node, partner, parse(message.offer, Carried, limit=MAX_MESSAGE).card)
        keys = partner.card.card.request
        verified = verify_attachment_response(message, head, receiver=node.code, sender=partner.code, keys=keys, request=turn.digest)
        line.challenge = head.challenge if head.notice is Notice.CHALLENGE else b""
        line.show_card = head.notice is Notice.UNKNOWN_CARD
        if head.notice in (Notice.CHALLENGE, Notice.UNKNOWN_CARD) and line.repeats < MAX_REPEATS:
            line.repeats += 1
            return True
        if head.notice is not Notice.NONE or partner.suspended:
            line.note_failure(node.clock.now(), answered=True)
            return False
        line.done = [place for place in line.done if Offered(entry=place[0], place=place[1]) not in turn.carried.done]
        return self._note_outcome(line, turn, verified.carried, self._take(line, partner, verified.carried, wire))

    def _note_outcome(self, line: Line, turn: AttachmentTurn, carried: Carried, moved: bool) -> bool:
        """Whether the exchange brought us forward, and goes on."""
        before = {(want.entry, want.place): want.next for want in turn.asked}
        after = {(want.entry, want.place): want.next for want in carried.wants}
        moved = moved or (bool(after) and not before) or any(after.get(place, next + 1) > next for place, next in before.items())
        line.asked = carried.wants
        if moved:
            line.note_progress()
            return True
        if turn.carried.wants or turn.carried.offers or carried.wants:
            line.rest((want.entry, want.place) for want in turn.carried.wants)
            line.note_failure(self.node.clock.now(), answered=True)
        return False

    # -- answering ------------------------------------------------------------------------------------------

    def answer(self, wire: bytes) -> bytes:
        """The response to a partner's request. Raises PeerFault where no partner of ours proves to have sent it."""
        claimed = ""
        now = self.node.clock.now()
        try:
            message, head = parse_attachment_request(wire)  # (1a)
            claimed = head.sender
            partner = self._confirmed(head.sender)
            if head.sender_card > partner.card.number:
                partner = take_card(self.node, partner, parse(message.offer, Carried, limit=MAX_MESSAGE).card)
            keys = partner.card.card.request
            request = verify_attachment_request(message, head, receiver=self.node.code, sender=partner.code, keys=keys)  # (1b) (1c) (1d)
            fresh = decide_fresh(head, now=now, own_keys=self.node.card.card.request, own_code=self.node.code)  # (1e)
            self._nonces.require_new(head.nonce, now)
        except PeerFault as fault:
            self._quarantine.keep(fault, wire, claimed=claimed)
            raise
        if fresh is Notice.CHALLENGE:
            return self._respond(partner, request, Notice.CHALLENGE, Carried())
        if head.sender_card != partner.card.card.number:
            return self._respond(partner, request, Notice.UNKNOWN_CARD, Carried())
        if partner.suspended:
            return self._respond(partner, request, Notice.SUSPENDED, Carried())
        stale = head.receiver_card != self.node.card.card.number
        return self._answer_partner(partner, request, wire, with_card=stale)

    def _answer_partner(self, partner: Partner, request: VerifiedCarriage, wire: bytes, *, with_card: bool) -> bytes:
        line, notice, carried = self.line(partner.code), Notice.NONE, request.carried
        with line.lock:
            try:
                self._take(line, partner, carried, wire)
            except PeerFault as fault:
                self._quarantine.keep(fault, wire, claimed=partner.code, proven=True)
                notice = Notice.NO_RECEIPT

            def ask(reading: Reading) -> Carried:
                gives, cannot = gives_for(reading, partner.code, carried.wants)
                done = [*done_of(reading, partner.code, carried.offers), *(Offered(entry=e, place=p) for e, p in line.done)]
                return Carried(
                    card=node_card(self.node) if with_card else b"",
                    done=tuple(dict.fromkeys(done))[:MAX_OFFERS],
                    gives=tuple(gives),
                    wants=self._wants(reading, partner.code, line),
                    cannot=() if self._channel(partner.code).state in UNSURE else tuple(cannot),
                )

            said = self.node.journal.read(ask)
            line.done = []
            line.led_at = self.node.clock.now() if said.gives or said.wants else NEVER  # it will call again
        return self._respond(partner, request, notice, said)

    def _respond(self, partner: Partner, request: VerifiedCarriage, notice: Notice, carried: Carried) -> bytes:
        node, now, encoded, challenge = self.node, self.node.clock.now(), encode(carried), b""
        if notice is Notice.CHALLENGE:
            content = ChallengeContent(to=partner.code, time=now, maker=node.code, nonce=node.randomness.token(16))
            challenge = make_challenge(node.keys.request, content)
        head = ResponseHead(
            time=now,
            offer=offer_digest(encoded),
            notice=notice,
            sender=node.code,
            request=request.digest,
            receiver=partner.code,
            challenge=challenge,
            sender_card=node.card.card.number,
        )
        return seal_attachment_response(node.keys.request, head, encoded)

    # -- both -----------------------------------------------------------------------------------------------

    def _confirmed(self, code: str) -> Partner:
        partner = self.node.journal.read(lambda reading: load_partner(reading, code))
        if partner is None or not partner.confirmed:
            raise PeerFault("unknown_partner", check=1)
        return partner

    def _take(self, line: Line, partner: Partner, carried: Carried, wire: bytes) -> bool:
        """Keep what the other side brings; whether anything of it was new. Raises PeerFault `attachment_chunk`."""
        code = partner.code
        taken = take_gives(self.node, code, carried.gives)
        if taken.damaged is not None:
            self._quarantine.keep(taken.damaged, wire, claimed=code, proven=True)
        line.tell_done(taken.whole)

        def ask(reading: Reading) -> tuple[list[tuple[EntryId, int]], list[tuple[EntryId, int]]]:
            refused = [(one.entry, one.place) for one in carried.cannot if is_wanted(reading, code, one.entry, one.place)]
            return refused, still_offered(reading, code, carried.done)

        refused, done = self.node.journal.read(ask)
        settle(self.node, code, REFUSED, refused)
        settle(self.node, code, TAKEN, done)
        return bool(taken.stored or taken.whole or refused or done)


def node_card(node: Node) -> bytes:
    """Our signed card, for whoever may not hold it."""
    return node.card.signed_bytes
