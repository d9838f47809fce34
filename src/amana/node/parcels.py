# SPDX-License-Identifier: EUPL-1.2
"""Steps with their entries, sealed for the wire and opened from it: the same for what leaves, arrives and comes back.

Sealed bytes are made again at will; the position in the log is what counts. Checks (5) and (6) of a step are done by
`open_parcel`, after (2) to (4) of `protocol.log`. Spec: spec/05-step.md, spec/06-envelope.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amana.node.context import Node
from amana.node.partners import Partner
from amana.node.ports import EntryRow, StepRow
from amana.protocol.envelope import EnvelopeContext, OpenedSlot, Slot, Void, open_step, seal_step
from amana.protocol.log import Step, VerifiedStep, encode_step, step_hash
from amana.protocol.sync import Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A committed step, fenced, with what it takes to seal it."""

    row: StepRow
    step: bytes
    entries: Sequence[EntryRow]


def ready_of(row: StepRow, entries: Sequence[EntryRow]) -> Ready:
    """The step as its author signed it, from its row and its entries in order."""
    step = Step(
        ids=tuple(entry.id for entry in entries),
        head=row.head,
        origin=row.origin,
        old_root=row.old_root,
        old_size=row.old_size,
    )
    return Ready(row=row, step=encode_step(step), entries=entries)


def seal_parcel(node: Node, partner: Partner, ready: Ready, *, receipt: bytes = b"") -> Parcel:
    """The step with its entries sealed to the partner's current key; made again at will, the position is what counts."""
    context = EnvelopeContext(
        sender=node.code,
        receiver=partner.code,
        sender_card=node.card.card.number,
        receiver_card=partner.card.card.number,
        step_hash=step_hash(ready.step),
    )
    slots = [_slot(entry) for entry in ready.entries]
    envelope = seal_step(context, slots, to=partner.sealing, content_key=node.randomness.token(32))
    return Parcel(step=ready.step, receipt=receipt, envelope=envelope)


def open_parcel(node: Node, partner: Partner, parcel: Parcel, verified: VerifiedStep) -> tuple[OpenedSlot, ...]:
    """(5) and (6): the entries of a verified step. Raises PeerFault, `stale_key` where the sealing key is gone."""
    context = EnvelopeContext(
        sender=partner.code,
        receiver=node.code,
        sender_card=partner.card.number,
        receiver_card=node.card.number,
        step_hash=verified.digest,
    )
    return open_step(parcel.envelope, context, keys=node.keys.sealing, ids=verified.step.ids)


def _slot(entry: EntryRow) -> Slot:
    """An entry as it is sealed; a body that we hold no more is declared void, for whichever reason."""
    if not entry.void:
        return Slot(header_bytes=entry.header, body_bytes=entry.body)
    void = Void(entry.void) if entry.void in set(Void) else Void.LOST
    return Slot(header_bytes=entry.header, void=void)
