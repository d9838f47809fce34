# SPDX-License-Identifier: EUPL-1.2
"""A partner with its own keys that says what it likes in the exchange of attachments."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from amana.protocol.attachment_exchange import (
    MAX_MESSAGE,
    Carried,
    Give,
    Want,
    parse_attachment_response,
    seal_attachment_request,
    verify_attachment_response,
)
from amana.protocol.canonical import encode, parse
from amana.protocol.identifiers import Digest, EntryId
from amana.protocol.sync import Message, Notice, RequestHead, offer_digest
from amana.simulation.agency import Agency
from amana.simulation.federation import Federation


@dataclass
class Talk:
    """`speaker` talks to `listener` about attachments, with its true keys."""

    made: Federation
    speaker: Agency
    listener: Agency

    def request(self, carried: Carried | bytes, **changed: Any) -> bytes:
        encoded = carried if isinstance(carried, bytes) else encode(carried)
        return seal_attachment_request(self.speaker.keys.request, self.head(encoded, **changed), encoded)

    def head(self, encoded: bytes, **changed: Any) -> RequestHead:
        parts: dict[str, Any] = {
            "time": self.made.timeline.now,
            "nonce": self.speaker.randomness.token(16),
            "offer": offer_digest(encoded),
            "sender": self.speaker.code,
            "receiver": self.listener.code,
            "sender_card": self.speaker.card.number,
            "receiver_card": self.listener.card.number,
        }
        return RequestHead(**(parts | changed))

    def say(self, carried: Carried | bytes, **changed: Any) -> tuple[Notice, Carried]:
        """What the listener answers."""
        wire = self.request(carried, **changed)
        answer = self.listener.exchange.answer_attachments(wire)
        assert len(answer) <= MAX_MESSAGE
        digest = Digest(hashlib.sha256(parse(wire, Message, limit=MAX_MESSAGE).head).digest())
        message, head = parse_attachment_response(answer)
        keys = self.listener.card.card.request
        verified = verify_attachment_response(
            message, head, receiver=self.speaker.code, sender=self.listener.code, keys=keys, request=digest
        )
        return head.notice, verified.carried

    def ask(self, entry: bytes, place: int = 0, start: int = 0) -> Carried:
        return self.say(Carried(wants=(Want(next=start, entry=EntryId(entry), place=place),)))[1]

    def give(self, entry: bytes, *chunks: tuple[int, bytes], place: int = 0) -> tuple[Notice, Carried]:
        gives = tuple(Give(entry=EntryId(entry), index=index, place=place, sealed=sealed) for index, sealed in chunks)
        return self.say(Carried(gives=gives))

    def held(self, entry: bytes, place: int = 0) -> int:
        return self.listener.journal.read(lambda reading: reading.chunk_count(entry, place))

    def true_chunks(self, entry: bytes, place: int = 0) -> list[bytes]:
        return self.speaker.journal.read(lambda reading: reading.chunks(entry, place, 0, 200))


def talk(made: Federation, speaker: str, listener: str) -> Talk:
    return Talk(made=made, speaker=made[speaker], listener=made[listener])
