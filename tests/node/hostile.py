# SPDX-License-Identifier: EUPL-1.2
"""A partner that holds its own keys and says what it likes: entries, steps, parcels and messages made part by part.

Each part has a true form and takes what differs as arguments, so that a case is the true message but for one thing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from amana.dossiers.information_request.entries import Supplement
from amana.node.inbox import incoming_log
from amana.node.ports import Reading
from amana.node.queries.health import node_health
from amana.protocol.canonical import encode, parse
from amana.protocol.checkpoint import Origin, origin_name
from amana.protocol.entry import Body, Entry, Header, body_commitment, entry_id
from amana.protocol.envelope import EnvelopeContext, SealingKey, Slot, Void, seal_step
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis, Seconds
from amana.protocol.log import LogPosition, make_step, step_hash
from amana.protocol.marking import HandlingCode, Marking, Purpose
from amana.protocol.merkle import parse_frontier
from amana.protocol.signing import Signature, SigningPair
from amana.protocol.sync import (
    Message,
    Notice,
    Offer,
    Parcel,
    RequestHead,
    ResponseHead,
    carried_step,
    offer_digest,
    seal_request,
    seal_response,
    verify_response,
)
from amana.simulation.agency import Agency
from amana.simulation.federation import Federation
from tests.federation.acts import PARIS, RABAT, TEMARA, allied, ask
from tests.node.journals import dump, without_quarantine

SAID = Marking(codes=(HandlingCode.H0,), purpose=Purpose.INVESTIGATION)


@dataclass
class Forge:
    """`villain` has an open request with `victim` and uses its keys by hand from here on."""

    made: Federation
    villain: Agency
    victim: Agency
    dossier: DossierId

    # -- entries --------------------------------------------------------------------------------------------

    def header(self, body: bytes, **changed: Any) -> Header:
        """The header of a supplement in the common dossier."""
        opening = self.opening()
        parts: dict[str, Any] = {
            "run": 1,
            "body": body_commitment(body),
            "kind": "information_request",
            "type": "supplement",
            "coded": encode(Supplement()),
            "nonce": self.villain.randomness.token(16),
            "author": self.villain.code,
            "dossier": self.dossier,
            "made_at": self.made.timeline.now,
            "marking": Marking(codes=SAID.codes, purpose=SAID.purpose, basis=opening.marking.basis),
            "audience": (self.victim.code,),
            "previous": self.dossier,
        }
        return Header(**(parts | changed))

    def opening(self) -> Header:
        row = self.villain.journal.read(lambda reading: reading.entry(EntryId(self.dossier)))
        assert row is not None
        return parse(row.header, Header)

    def entry(self, text: str = "De plus.", **changed: Any) -> Slot:
        """An entry as it goes into an envelope."""
        body = encode(Body(text=text, nonce=self.villain.randomness.token(16), language="fr"))
        return Slot(header_bytes=encode(self.header(body, **changed)), body_bytes=body)

    # -- steps ----------------------------------------------------------------------------------------------

    @property
    def origin(self) -> Origin:
        return origin_name(author=self.villain.code, to=self.victim.code, run=1)

    def position(self) -> LogPosition:
        """Where the victim stands in the villain's log."""

        def ask_log(reading: Reading) -> LogPosition:
            log = incoming_log(reading, self.origin, self.villain.code)
            return LogPosition(origin=log.origin, frontier=parse_frontier(log.size, log.frontier))

        return self.victim.journal.read(ask_log)

    def step(self, slots: Sequence[Slot], *, position: LogPosition | None = None, keys: SigningPair | None = None) -> bytes:
        """A step of these entries after what the victim cosigned."""
        ids = [entry_id(slot.header_bytes) for slot in slots]
        time = Seconds(self.made.timeline.now // 1000)
        return make_step(keys or self.villain.keys.head, position or self.position(), ids, time)[1]

    def envelope(self, slots: Sequence[Slot], step: bytes, *, to: SealingKey | None = None, **changed: Any) -> bytes:
        parts: dict[str, Any] = {
            "sender": self.villain.code,
            "receiver": self.victim.code,
            "sender_card": self.villain.card.number,
            "receiver_card": self.victim.card.number,
            "step_hash": step_hash(step),
        }
        context = EnvelopeContext(**(parts | changed))
        key = to or self.victim.card.card.sealing
        return seal_step(context, slots, to=key, content_key=self.villain.randomness.token(32))

    def parcel(self, *slots: Slot, step: bytes = b"", envelope: bytes = b"") -> Parcel:
        step = step or self.step(slots)
        return Parcel(step=step, envelope=envelope or self.envelope(slots, step))

    # -- messages -------------------------------------------------------------------------------------------

    def offer(self, parcel: Parcel | None = None, **changed: Any) -> Offer:
        log = self.made[self.villain.code].journal.read(
            lambda reading: incoming_log(reading, origin_name(author=self.victim.code, to=self.villain.code, run=1), self.victim.code)
        )
        return Offer(**({"run": 1, "have": log.size, "have_run": 1, "parcel": parcel} | changed))

    def request(self, offer: Offer | bytes, *, keys: SigningPair | None = None, **changed: Any) -> bytes:
        encoded = offer if isinstance(offer, bytes) else encode(offer)
        parts: dict[str, Any] = {
            "step": carried_step(offer) if isinstance(offer, Offer) else b"",
            "time": self.made.timeline.now,
            "nonce": self.villain.randomness.token(16),
            "offer": offer_digest(encoded),
            "sender": self.villain.code,
            "receiver": self.victim.code,
            "sender_card": self.villain.card.number,
            "receiver_card": self.victim.card.number,
        }
        return seal_request(keys or self.villain.keys.request, RequestHead(**(parts | changed)), encoded)

    def response(self, to: bytes, offer: Offer | bytes, *, keys: SigningPair | None = None, **changed: Any) -> bytes:
        """A response of the villain to the victim's request."""
        encoded = offer if isinstance(offer, bytes) else encode(offer)
        parts: dict[str, Any] = {
            "step": carried_step(offer) if isinstance(offer, Offer) else b"",
            "time": self.made.timeline.now,
            "offer": offer_digest(encoded),
            "sender": self.villain.code,
            "request": hashlib.sha256(parse(to, Message).head).digest(),
            "receiver": self.victim.code,
            "sender_card": self.villain.card.number,
        }
        return seal_response(keys or self.villain.keys.request, ResponseHead(**(parts | changed)), encoded)

    def send(self, *slots: Slot) -> Notice:
        """Let the victim answer a true request with these entries; what it says beside its offer."""
        return self.notice_of(self.request(self.offer(self.parcel(*slots))))

    def notice_of(self, wire: bytes) -> Notice:
        answer = self.victim.exchange.answer(wire)
        digest = hashlib.sha256(parse(wire, Message).head).digest()
        keys = self.victim.card.card.request
        response = verify_response(answer, receiver=self.villain.code, sender=self.victim.code, keys=keys, request=digest)  # type: ignore[arg-type]  # a digest
        return response.head.notice

    # -- the victim -----------------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """All that the victim holds, quarantine apart."""
        return without_quarantine(dump(self.victim.journal))

    def health(self) -> dict[str, Any]:
        return node_health(self.victim.node, self.victim.exchange)

    def quarantined(self) -> list[str]:
        """The codes that the administrator sees, first to last."""
        return [record["code"] for record in self.health()["quarantine"]]


def forge(*, villain: str = RABAT, victim: str = PARIS, **settings: Any) -> Forge:
    """Three allied agencies, and a request of the villain to the victim that has been delivered."""
    made = allied(RABAT, PARIS, TEMARA, **settings)
    dossier = ask(made, villain, victim)
    made.settle()
    return Forge(made=made, villain=made[villain], victim=made[victim], dossier=dossier)


def later(made: Federation, days: float) -> Millis:
    return Millis(int(made.timeline.now + days * 24 * 60 * 60 * 1000))


def resigned(signature: Signature, **changed: bytes) -> Signature:
    """A signature with one half changed."""
    return Signature(**({"mldsa": signature.mldsa, "ed25519": signature.ed25519} | changed))


__all__ = ["AgencyCode", "Entry", "Forge", "Void", "forge", "later", "resigned"]
