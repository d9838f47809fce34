# SPDX-License-Identifier: EUPL-1.2
"""A restored database catches up with its own log: partners return the steps that it had signed and lost.

The proof is our own signature: checks (2) to (6) run against our own head keys and our own position. The entries
come back sealed to our current key and are folded like any others. Spec: spec/09-sync.md, "Restore".
"""

from __future__ import annotations

from collections.abc import Sequence

from amana.dossiers.registry import find_entry_type
from amana.node.attachments.wanted import index_attachments_of
from amana.node.context import Node
from amana.node.folding import home_of
from amana.node.items_index import index_entry
from amana.node.local import Disposed
from amana.node.local_event import LocalEvent
from amana.node.outbox import outgoing_log, outgoing_origin, store_receipt
from amana.node.parcels import open_parcel, ready_of, seal_parcel
from amana.node.partners import Partner
from amana.node.ports import EntryRow, Reading, StepRow, Writing
from amana.node.records import NO_DOSSIER, append_events
from amana.node.set_aside import TAKEN, find_set_aside, take_in
from amana.protocol.checkpoint import origin_name, verify_receipt
from amana.protocol.entry import Header, parse_header
from amana.protocol.envelope import OpenedSlot
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.protocol.log import LogPosition, StepOrder, decide_seen, parse_step, verify_step
from amana.protocol.merkle import encode_frontier, parse_frontier
from amana.protocol.sync import Parcel


def give_back(node: Node, partner: Partner, since: int) -> Parcel | None:
    """The partner's own step that follows `since`, with its entries and our receipt; None where there is none."""
    origin = origin_name(author=partner.code, to=node.code, run=partner.card.card.run)

    def ask(reading: Reading) -> tuple[StepRow, list[EntryRow]] | None:
        row = reading.step_from(origin, since)
        if row is None:
            return None
        ids = reading.positions(origin, row.old_size, row.size)
        held = reading.entries(ids)
        return row, [held[id] for id in ids]

    found = node.journal.read(ask)
    if found is None:
        return None
    row, entries = found
    return seal_parcel(node, partner, ready_of(row, entries), receipt=row.receipt)


def accept_back(node: Node, partner: Partner, parcel: Parcel) -> None:
    """Take a step of our own log back. Raises PeerFault with `check` 2 to 6; nothing is changed then."""
    origin = outgoing_origin(node, partner)
    log = node.journal.read(lambda reading: outgoing_log(reading, origin, partner))
    position = LogPosition(origin=origin, frontier=parse_frontier(log.size, log.frontier))
    step = parse_step(parcel.step)
    if step.origin == origin and decide_seen(step, position) is StepOrder.SEEN_BEFORE:
        store_receipt(node, partner, parcel.receipt, step.old_size + len(step.ids))  # the step is held, its receipt perhaps not
        return
    verified = verify_step(parcel.step, position, node.card.card.head)  # (2) (3) (4)
    verify_receipt(parcel.receipt, verified.head, partner.card.card.receipt, receiver=partner.code)
    slots = open_parcel(node, partner, parcel, verified)  # (5) (6)
    headers = [_own_header(node, slot) for slot in slots]
    row = StepRow(
        origin=origin,
        size=verified.head.head.size,
        old_size=verified.step.old_size,
        old_root=verified.step.old_root,
        head=verified.step.head,
        card=node.card.card.number,
        receipt=parcel.receipt,
        receipt_card=partner.card.card.number,
        at=Millis(verified.head.time * 1000),  # as the head says
    )
    own = [(_own_row(node, slot, header), header) for slot, header in zip(slots, headers, strict=True)]
    node.journal.write(lambda writing: _take_back(writing, node, partner, row, own, verified.position))
    if node.fence.levels().get(origin, (0, b""))[0] < row.size:
        node.fence.advance(origin, row.size, verified.head.head.root)


def _take_back(
    writing: Writing,
    node: Node,
    partner: Partner,
    row: StepRow,
    own: Sequence[tuple[EntryRow, Header]],
    position: LogPosition,
) -> None:
    """The one durable write of a step that came back."""
    current = outgoing_log(writing, row.origin, partner)
    if current.size != row.old_size:
        raise PeerFault("step_overtaken", check=3, size=current.size)
    ids = [entry.id for entry, _ in own]
    present = writing.present(ids)
    again = find_set_aside(writing, present)
    take_in(writing, [(entry, header) for entry, header in own if entry.id not in present or entry.id in again], again=again)
    for entry, header in own:
        index_entry(writing, entry._replace(dossier=home_of(entry.id, header)))
        index_attachments_of(writing, node.code, entry)
    taken: list[tuple[LocalEvent, str, DossierId]] = [
        (Disposed(code=TAKEN, entry=id, partner=partner.code), "", NO_DOSSIER) for id in sorted(again)
    ]
    if taken:
        append_events(writing, taken, at=row.at)
    writing.add_positions(row.origin, row.old_size, ids)
    writing.add_step(row)
    writing.store_log(current._replace(size=row.size, receipted=row.size, frontier=encode_frontier(position.frontier)))
    returned = set(ids)
    queued = writing.queue(partner.code, 1_000_000)
    writing.dequeue([waiting.seq for waiting in queued if waiting.entry in returned])
    writing.enqueue(_for_others(writing, node, partner, own, known=present - again))


def _for_others(
    reading: Reading, node: Node, partner: Partner, own: Sequence[tuple[EntryRow, Header]], *, known: set[EntryId]
) -> list[tuple[AgencyCode, EntryId, bool]]:
    """The queue rows of entries that came back for their other receivers, who may never have got them.

    Where one has, its own log comes back and takes the row away again.
    """
    rows = []
    for entry, header in own:
        declared = find_entry_type(header.kind, header.type)
        control = declared is not None and declared.control
        for code in header.audience if entry.id not in known else ():
            origin = origin_name(author=node.code, to=code, run=node.card.card.run)
            if code != partner.code and reading.position_of(origin, entry.id) is None:
                rows.append((code, entry.id, control))
    return rows


def _own_header(node: Node, slot: OpenedSlot) -> Header:
    """The header of an entry of ours. What we signed we can read; anything else is not our step."""
    header = parse_header(slot.header_bytes)
    if header.author != node.code:
        raise PeerFault("foreign_author", check=6)
    return header


def _own_row(node: Node, slot: OpenedSlot, header: Header) -> EntryRow:
    return EntryRow(
        id=slot.id,
        dossier=header.dossier,  # type: ignore[arg-type]  # set by the fold
        kind=header.kind,
        type=header.type,
        author=node.code,
        header=slot.header_bytes,
        body=slot.body_bytes,
        void=slot.void.value,
        made_at=header.made_at,
        arrived_at=header.made_at,
        effective=0,
        outcome="",
    )
