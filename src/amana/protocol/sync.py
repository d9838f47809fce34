# SPDX-License-Identifier: EUPL-1.2
"""The one symmetrical exchange between two nodes: messages, their signatures, and the outgoing log as a state table.

A message is a signed head and an offer: what I have for you from the position you named, my receipt, what I have
of yours. Requests and responses carry the same offer. Checks of a message, in this order (spec/09-sync.md):
(1a) canonical form and size, (1b) sender and receiver are the two partners, (1c) the signature by the sender's
request keys, (1d) the hashes of the offer and of its step, (1e) request: time within the window or a challenge of ours inside;
response: it answers this request. Steps inside then go through (2) to (6) of `log` and `envelope`.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import (
    AgencyCode,
    AgencyCodeField,
    Digest,
    DigestField,
    Millis,
    MillisField,
    NonceField,
    NumberField,
    SizeField,
)
from amana.protocol.log import step_hash
from amana.protocol.signing import PublicPair, Signature, SigningPair, sign_statement, verify_statement

WINDOW = Millis(5 * 60 * 1000)  # design: nonces are kept for ±5 minutes
MAX_MESSAGE = 34 * 1024 * 1024  # a step and a returned step, each at most 16 MiB, with their envelopes' overhead

FEW = 64  # values in a message or an offer: what is long in them is bytes

StepField = Annotated[bytes, Meta(max_length=32)]


class Notice(StrEnum):
    """What a response says beside its offer."""

    NONE = ""
    CHALLENGE = "challenge"  # your clock is outside my window: repeat with this challenge inside
    STALE_KEY = "stale_key"  # I no longer hold that sealing key: seal the same step to the key in my card
    UNKNOWN_CARD = "unknown_card"  # I do not hold the card you sign with: send it
    NO_RECEIPT = "no_receipt"  # your step failed a check: no receipt, ask again
    SUSPENDED = "suspended"  # only control entries pass


class Parcel(Canonical, frozen=True, kw_only=True):
    """A step and its sealed entries; with the receipt where a step comes back to its own author (restore)."""

    step: bytes
    receipt: bytes = b""
    envelope: bytes


class Offer(Canonical, frozen=True, kw_only=True):
    """One side's half of an exchange."""

    most_values = FEW
    run: NumberField  # run of the log I send you
    back: Parcel | None = None  # a step of yours that you asked back
    card: bytes = b""  # my signed card, where you may not hold it
    have: SizeField  # entries of your log that I have cosigned
    mine: SizeField = 0  # entries of my log to you of which my database has your receipt
    need: bool = False  # my database is behind my own log: send my steps back from `mine`
    parcel: Parcel | None = None  # the next step of my log to you
    receipt: bytes = b""  # my cosignature at `have`
    sealing: bytes = b""  # my newest sealing key statement
    have_run: NumberField  # run of your log that `have` counts


class RequestHead(Canonical, frozen=True, kw_only=True):
    """What a request's signature covers. `step` is the hash of the step inside, empty where there is none."""

    step: StepField = b""
    time: MillisField
    nonce: NonceField
    offer: DigestField
    sender: AgencyCodeField
    receiver: AgencyCodeField
    challenge: bytes = b""  # a signed challenge of the receiver, where the clocks differ
    sender_card: NumberField
    receiver_card: NumberField


class ResponseHead(Canonical, frozen=True, kw_only=True):
    """What a response's signature covers. `request` ties it to one request; `step` as in a request."""

    step: StepField = b""
    time: MillisField
    offer: DigestField
    notice: Notice = Notice.NONE
    sender: AgencyCodeField
    request: DigestField
    receiver: AgencyCodeField
    challenge: bytes = b""
    sender_card: NumberField


class Message(Canonical, frozen=True, kw_only=True):
    """A request or a response on the wire."""

    most_values = FEW
    head: Annotated[bytes, Meta(max_length=8192)]
    offer: bytes
    signature: Signature


class ChallengeContent(Canonical, frozen=True, kw_only=True):
    """A challenge: who asks whom to repeat, when. It needs no memory: its maker knows its own signature."""

    to: AgencyCodeField
    time: MillisField
    maker: AgencyCodeField
    nonce: NonceField


class Challenge(Canonical, frozen=True, kw_only=True):
    """A signed challenge."""

    content: Annotated[bytes, Meta(max_length=512)]
    signature: Signature


class VerifiedRequest(Canonical, frozen=True, kw_only=True):
    """A request whose checks (1a) to (1d) passed; (1e) is `require_fresh`, which needs the receiver's clock."""

    head: RequestHead
    offer: Offer
    digest: Digest


class VerifiedResponse(Canonical, frozen=True, kw_only=True):
    """A response that answers our request and passed (1a) to (1e)."""

    head: ResponseHead
    offer: Offer


def seal_request(pair: SigningPair, head: RequestHead, offer: bytes) -> bytes:
    """The wire form of a request."""
    return seal_message(pair, "request", encode(head), offer)


def seal_response(pair: SigningPair, head: ResponseHead, offer: bytes) -> bytes:
    """The wire form of a response."""
    return seal_message(pair, "response", encode(head), offer)


def offer_digest(offer: bytes) -> Digest:
    """The hash of an encoded offer that a head carries."""
    return Digest(hashlib.sha256(offer).digest())


def parse_request(wire: bytes) -> tuple[Message, RequestHead]:
    """(1a): a message and the head it claims, unverified; to learn whose keys are needed. Raises PeerFault."""
    message = parse(wire, Message, limit=MAX_MESSAGE)
    return message, parse(message.head, RequestHead)


def parse_response(wire: bytes) -> tuple[Message, ResponseHead]:
    """(1a): as `parse_request`, of a response."""
    message = parse(wire, Message, limit=MAX_MESSAGE)
    return message, parse(message.head, ResponseHead)


def verify_request(message: Message, *, receiver: AgencyCode, sender: AgencyCode, keys: PublicPair) -> VerifiedRequest:
    """Checks (1b) to (1d). Raises PeerFault `wrong_receiver`, `wrong_sender`, `signature`, `offer_hash`, `step_hash`."""
    head = parse(message.head, RequestHead)
    require_parties(head.sender, head.receiver, sender=sender, receiver=receiver)  # (1b)
    _verify_message(message, "request", keys)  # (1c)
    offer = _verified_offer(message, head.offer, head.step)  # (1d)
    return VerifiedRequest(head=head, offer=offer, digest=Digest(hashlib.sha256(message.head).digest()))


def verify_response(wire: bytes, *, receiver: AgencyCode, sender: AgencyCode, keys: PublicPair, request: Digest) -> VerifiedResponse:
    """Checks (1a) to (1e) of a response to the request with this digest. Raises PeerFault, also `other_request`."""
    message, head = parse_response(wire)  # (1a)
    require_parties(head.sender, head.receiver, sender=sender, receiver=receiver)  # (1b)
    _verify_message(message, "response", keys)  # (1c)
    offer = _verified_offer(message, head.offer, head.step)  # (1d)
    if head.request != request:  # (1e)
        raise PeerFault("other_request", check=1)
    return VerifiedResponse(head=head, offer=offer)


def decide_fresh(head: RequestHead, *, now: Millis, own_keys: PublicPair, own_code: AgencyCode) -> Notice:
    """(1e) of a request: NONE where its time is in the window or it holds a challenge of ours made in the window.

    CHALLENGE otherwise; raises PeerFault where the challenge inside is not ours or was made for somebody else.
    """
    if abs(head.time - now) <= WINDOW:
        return Notice.NONE
    if not head.challenge:
        return Notice.CHALLENGE
    challenge = parse(head.challenge, Challenge)
    verify_statement(own_keys, "challenge", challenge.content, challenge.signature)
    content = parse(challenge.content, ChallengeContent)
    if content.maker != own_code or content.to != head.sender:
        raise PeerFault("foreign_challenge", check=1)
    return Notice.NONE if abs(content.time - now) <= WINDOW else Notice.CHALLENGE


def make_challenge(pair: SigningPair, content: ChallengeContent) -> bytes:
    """A signed challenge, encoded."""
    encoded = encode(content)
    return encode(Challenge(content=encoded, signature=sign_statement(pair, "challenge", encoded)))


def seal_message(pair: SigningPair, what: str, head: bytes, offer: bytes) -> bytes:
    """The wire form of a message whose head is signed as a statement `what`; both exchanges have this form."""
    return encode(Message(head=head, offer=offer, signature=sign_statement(pair, what, head)))


def require_parties(claimed: AgencyCode, named: AgencyCode, *, sender: AgencyCode, receiver: AgencyCode) -> None:
    """(1b) of both exchanges. Raises PeerFault `wrong_sender`, `wrong_receiver`."""
    if claimed != sender:
        raise PeerFault("wrong_sender", check=1, expected=sender, got=claimed)
    if named != receiver:
        raise PeerFault("wrong_receiver", check=1, expected=receiver, got=named)


def _verify_message(message: Message, what: str, keys: PublicPair) -> None:
    verify_statement(keys, what, message.head, message.signature)


def _verified_offer(message: Message, expected: Digest, step: bytes) -> Offer:
    if offer_digest(message.offer) != expected:
        raise PeerFault("offer_hash", check=1)
    offer = parse(message.offer, Offer, limit=MAX_MESSAGE)
    if carried_step(offer) != step:
        raise PeerFault("step_hash", check=1)
    return offer


def carried_step(offer: Offer) -> bytes:
    """The hash of the step of the sender's own log inside an offer; empty where there is none."""
    return step_hash(offer.parcel.step) if offer.parcel is not None else b""


__all__ = [
    "WINDOW",
    "Challenge",
    "ChallengeContent",
    "Message",
    "Notice",
    "Offer",
    "Parcel",
    "RequestHead",
    "ResponseHead",
    "VerifiedRequest",
    "VerifiedResponse",
    "carried_step",
    "decide_fresh",
    "make_challenge",
    "offer_digest",
    "parse_request",
    "parse_response",
    "require_parties",
    "seal_message",
    "seal_request",
    "seal_response",
    "verify_request",
    "verify_response",
]
