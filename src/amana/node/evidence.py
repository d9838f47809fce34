# SPDX-License-Identifier: EUPL-1.2
"""What convicts a partner is kept: the bytes by which it stands by two truths, for anybody to verify offline.

When a check says that a log equivocated, the evidence is made from the message itself and from what was cosigned,
verified as a third party would, and kept as an event of the node's own log: one for each log, the first found, so
that nobody fills a disk with it. Spec: spec/05-step.md, "Equivocation"; spec/09-sync.md, "Faults".
"""

from __future__ import annotations

from amana.node.context import Node
from amana.node.inbox import incoming_log, incoming_origin
from amana.node.local import EvidenceKept
from amana.node.partners import Partner
from amana.node.ports import LogRow, Reading, StepRow, Writing
from amana.node.records import append_event, card_key
from amana.protocol.canonical import encode, parse
from amana.protocol.checkpoint import Origin, parse_head, verify_head
from amana.protocol.errors import PeerFault
from amana.protocol.evidence import EquivocationEvidence, find_equivocation, find_refuted_step, verify_evidence
from amana.protocol.log import LogPosition, parse_step
from amana.protocol.merkle import parse_frontier
from amana.protocol.sync import MAX_MESSAGE, Message, Offer

CONVICTING = frozenset({"equivocation", "step_root"})  # the faults that evidence may come of


def keep_evidence(node: Node, partner: Partner, *, what: str, wire: bytes) -> Origin | None:
    """Keep what a verified message of kind `what` (request, response) proves against its sender; the log it concerns.

    None where it proves nothing, or where the log was convicted before.
    """
    try:
        found = _find(node, partner, what, parse(wire, Message, limit=MAX_MESSAGE))
        if found is None:
            return None
        evidence = encode(found)
        verify_evidence(evidence, partner.card.card.head, request_keys=partner.card.card.request)
    except PeerFault:
        return None  # not what it seemed: a fault like any other

    def act(writing: Writing) -> Origin | None:
        if writing.record("evidence", found.origin.encode()) is not None:
            return None
        append_event(writing, EvidenceKept(origin=found.origin, evidence=evidence), at=node.clock.now())
        return found.origin

    return node.journal.write(act)


def load_evidence(reading: Reading) -> dict[Origin, bytes]:
    """The evidence held, by the log that it convicts."""
    return {Origin(row.key.decode()): row.value for row in reading.records("evidence")}


def _find(node: Node, partner: Partner, what: str, message: Message) -> EquivocationEvidence | None:
    parcel = parse(message.offer, Offer, limit=MAX_MESSAGE).parcel
    if parcel is None:
        return None
    step = parse_step(parcel.step)
    size = parse_head(step.head).head.size
    origin = incoming_origin(node, partner, partner.card.card.run)

    def ask(reading: Reading) -> tuple[LogRow, StepRow | None, tuple[bytes, ...]]:
        held = reading.step(origin, size)
        numbers = {partner.card.number, *((held.card,) if held else ())}
        cards = (reading.record("card", card_key(partner.code, number)) for number in sorted(numbers))
        return incoming_log(reading, origin, partner.code), held, tuple(card for card in cards if card is not None)

    log, held, cards = node.journal.read(ask)
    if held is not None:
        heads = [verify_head(note, partner.card.card.head, origin=origin) for note in (held.head, step.head)]
        return find_equivocation(*heads, cards=cards)
    position = LogPosition(origin=origin, frontier=parse_frontier(log.size, log.frontier))
    return find_refuted_step(parcel.step, position, what=what, carrier=message.head, signature=message.signature, cards=cards)
