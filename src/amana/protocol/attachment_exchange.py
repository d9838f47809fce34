# SPDX-License-Identifier: EUPL-1.2
"""The exchange of attachments: who wants which chunk from where on, and the sealed chunks themselves.

It has the form of `protocol.sync`: a signed head and what it covers, the same in both directions, but labels of its own,
so that no message of one exchange is one of the other. Checks of a message, in this order (spec/12-attachments.md): (1a)
form and size, (1b) the two partners, (1c) the signature by the sender's request keys, (1d) the hash of what is carried,
(1e) time or challenge; response: it answers this request. What is in a chunk is `protocol.attachment`'s affair.
"""

from __future__ import annotations

import hashlib
from typing import Annotated

from msgspec import Meta

from amana.protocol.attachment import MAX_CHUNKS, SEALED_CHUNK, TAG
from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, Digest, EntryIdField
from amana.protocol.signing import PublicPair, SigningPair, verify_statement
from amana.protocol.sync import Message, RequestHead, ResponseHead, offer_digest, require_parties, seal_message

REQUEST, RESPONSE = "attachment-request", "attachment-response"
MAX_MESSAGE = 4 * 1024 * 1024
MAX_GIVES = 62  # whole chunks that fit into a message beside everything else
MAX_WANTS = 16
MAX_OFFERS = 16
MAX_PLACES = 20  # attachments in one body
MAX_CARD = 32 * 1024
FEW = 1024  # values in what a message carries: 9 for each chunk, 7 for each wish, 5 for each other

PlaceField = Annotated[int, Meta(ge=0, lt=MAX_PLACES)]
IndexField = Annotated[int, Meta(ge=0, lt=MAX_CHUNKS)]


class Want(Canonical, frozen=True, kw_only=True):
    """An attachment of which I hold every chunk below `next`."""

    next: IndexField
    entry: EntryIdField
    place: PlaceField  # in the list of the entry's body


class Give(Canonical, frozen=True, kw_only=True):
    """One sealed chunk."""

    entry: EntryIdField
    index: IndexField
    place: PlaceField
    sealed: Annotated[bytes, Meta(min_length=TAG, max_length=SEALED_CHUNK)]


class Cannot(Canonical, frozen=True, kw_only=True):
    """What you will not get from me, now or later: erased, unknown and not for you look alike."""

    entry: EntryIdField
    place: PlaceField


class Offered(Canonical, frozen=True, kw_only=True):
    """An attachment named: one of mine that you have not said you have taken, or one of yours of which I need nothing more."""

    entry: EntryIdField
    place: PlaceField


class Carried(Canonical, frozen=True, kw_only=True):
    """One side's half of an exchange of attachments."""

    most_values = FEW
    card: Annotated[bytes, Meta(max_length=MAX_CARD)] = b""  # my signed card, where you may not hold it
    done: Annotated[tuple[Offered, ...], Meta(max_length=MAX_OFFERS)] = ()  # of these I need nothing more
    gives: Annotated[tuple[Give, ...], Meta(max_length=MAX_GIVES)] = ()
    wants: Annotated[tuple[Want, ...], Meta(max_length=MAX_WANTS)] = ()
    cannot: Annotated[tuple[Cannot, ...], Meta(max_length=MAX_WANTS)] = ()
    offers: Annotated[tuple[Offered, ...], Meta(max_length=MAX_OFFERS)] = ()  # of mine, these you have not said you have taken


class VerifiedCarriage(Canonical, frozen=True, kw_only=True):
    """What a request or a response carried, after (1a) to (1d), and the digest of its head."""

    digest: Digest
    carried: Carried


def seal_attachment_request(pair: SigningPair, head: RequestHead, carried: bytes) -> bytes:
    """The wire form of a request."""
    return seal_message(pair, REQUEST, encode(head), carried)


def seal_attachment_response(pair: SigningPair, head: ResponseHead, carried: bytes) -> bytes:
    """The wire form of a response."""
    return seal_message(pair, RESPONSE, encode(head), carried)


def parse_attachment_request(wire: bytes) -> tuple[Message, RequestHead]:
    """(1a): a message and the head it claims, unverified; to learn whose keys are needed. Raises PeerFault."""
    message = parse(wire, Message, limit=MAX_MESSAGE)
    return message, parse(message.head, RequestHead)


def parse_attachment_response(wire: bytes) -> tuple[Message, ResponseHead]:
    """(1a): as `parse_attachment_request`, of a response."""
    message = parse(wire, Message, limit=MAX_MESSAGE)
    return message, parse(message.head, ResponseHead)


def verify_attachment_request(
    message: Message, head: RequestHead, *, receiver: AgencyCode, sender: AgencyCode, keys: PublicPair
) -> VerifiedCarriage:
    """Checks (1b) to (1d). Raises PeerFault `wrong_receiver`, `wrong_sender`, `signature`, `offer_hash`, `step_hash`."""
    require_parties(head.sender, head.receiver, sender=sender, receiver=receiver)  # (1b)
    verify_statement(keys, REQUEST, message.head, message.signature)  # (1c)
    return _verified_carriage(message, head.offer, head.step)  # (1d)


def verify_attachment_response(
    message: Message, head: ResponseHead, *, receiver: AgencyCode, sender: AgencyCode, keys: PublicPair, request: Digest
) -> VerifiedCarriage:
    """Checks (1b) to (1e) of a response to the request with this digest. Raises PeerFault, also `other_request`."""
    require_parties(head.sender, head.receiver, sender=sender, receiver=receiver)  # (1b)
    verify_statement(keys, RESPONSE, message.head, message.signature)  # (1c)
    verified = _verified_carriage(message, head.offer, head.step)  # (1d)
    if head.request != request:  # (1e)
        raise PeerFault("other_request", check=1)
    return verified


def _verified_carriage(message: Message, expected: Digest, step: bytes) -> VerifiedCarriage:
    if offer_digest(message.offer) != expected:
        raise PeerFault("offer_hash", check=1)
    if step:  # no step travels here
        raise PeerFault("step_hash", check=1)
    digest = Digest(hashlib.sha256(message.head).digest())
    return VerifiedCarriage(digest=digest, carried=parse(message.offer, Carried, limit=MAX_MESSAGE))
