# SPDX-License-Identifier: EUPL-1.2
"""What arrives: a partner's step checked, stored in one durable write with its folds, and cosigned.

Checks in the protocol's order: (1) the request's signature (exchange), (2) both head signatures, (3) old size and
root are what was cosigned last, (4) old frontier and ids give the new root, (5) the envelope opens, (6) each header
hashes to its id and each body to its commitment, or is declared void. Then one write, then the receipt. A receipt
never depends on what an entry says: what cannot be read, understood or allowed is a disposition (spec/09-sync.md).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from amana.dossiers.deconfliction.entries import KIND as DECONFLICTION
from amana.dossiers.information_request.entries import Delivered
from amana.dossiers.registry import KINDS, find_entry_type
from amana.dossiers.shared.vocabulary import DispositionCode
from amana.node.attachments.wanted import index_attachments
from amana.node.automatic import post_delivered, post_dispositions
from amana.node.comparing import go_on
from amana.node.context import Node
from amana.node.folding import home_of
from amana.node.items_index import index_body
from amana.node.lawfulness import BasisCheck
from amana.node.local import Disposed
from amana.node.local_event import LocalEvent
from amana.node.parcels import open_parcel
from amana.node.partners import Partner
from amana.node.ports import ACCEPTED, EntryRow, LogRow, Reading, StepRow, Writing
from amana.node.records import NO_DOSSIER, append_events
from amana.node.set_aside import TAKEN, UNREADABLE, find_set_aside, take_in
from amana.protocol.canonical import parse
from amana.protocol.checkpoint import Origin, origin_name, parse_head, sign_receipt, verify_head
from amana.protocol.entry import MAX_ENTRY, Body, Header, parse_body, parse_header
from amana.protocol.envelope import OpenedSlot
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis, Seconds
from amana.protocol.log import LogPosition, StepOrder, VerifiedStep, decide_seen, parse_step, verify_step
from amana.protocol.merkle import EMPTY, encode_frontier, parse_frontier
from amana.protocol.sync import Parcel

DAY = 24 * 60 * 60 * 1000
OVERTAKEN = "step_overtaken"
TOLD = {  # what the partner is told; of foreign entries, nothing
    UNREADABLE: DispositionCode.UNREADABLE,
    "body_unreadable": DispositionCode.UNREADABLE,
    "above_limit": DispositionCode.ABOVE_LIMIT,
    "unknown_kind": DispositionCode.UNKNOWN_KIND,
    "unknown_type": DispositionCode.UNKNOWN_TYPE,
    "no_legal_basis": DispositionCode.NO_LEGAL_BASIS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One opened slot as it will be stored, with how it was taken where not simply taken."""

    row: EntryRow
    header: Header | None  # None: not folded
    body: Body | None = None
    disposition: str = ""


def incoming_origin(node: Node, partner: Partner, run: int) -> Origin:
    """The name of a partner's log to this node."""
    return origin_name(author=partner.code, to=node.code, run=run)


def incoming_log(reading: Reading, origin: Origin, partner: AgencyCode) -> LogRow:
    """The log as stored, or an empty one."""
    held = reading.log(origin)
    if held is not None:
        return held
    return LogRow(origin=origin, partner=partner, outgoing=False, size=0, frontier=encode_frontier(EMPTY), receipted=0)


def whole_seconds(now: Millis) -> Millis:
    """The time as a head or a receipt signs it, so that a verification can tell when a step was stored."""
    return Millis(now // 1000 * 1000)


def accept_parcel(node: Node, partner: Partner, parcel: Parcel, *, run: int) -> None:
    """Check, store and cosign a partner's step; one seen before changes nothing (its receipt is stored).

    Raises PeerFault with `check` 2 to 6 (`stale_key` where the sealing key is gone); nothing is changed then.
    """
    try:
        _accept(node, partner, parcel, run=run)
    except PeerFault as fault:
        if fault.code != OVERTAKEN:
            raise
        _accept(node, partner, parcel, run=run)  # the same step came by the other way meanwhile: seen before


def _accept(node: Node, partner: Partner, parcel: Parcel, *, run: int) -> None:
    origin = incoming_origin(node, partner, run)
    log = node.journal.read(lambda reading: incoming_log(reading, origin, partner.code))
    position = LogPosition(origin=origin, frontier=parse_frontier(log.size, log.frontier))
    if _seen_before(node, partner, parcel.step, position):
        return
    verified = verify_step(parcel.step, position, partner.card.card.head)  # (2) (3) (4)
    slots = open_parcel(node, partner, parcel, verified)  # (5) (6)
    now = node.clock.now()
    arrivals = [read_slot(node, partner, run, slot, now) for slot in slots]
    receipt = sign_receipt(node.keys.receipt, node.code, verified.head, Seconds(now // 1000))
    node.fault("inbox.verified")
    touched = node.journal.write(lambda writing: _store(writing, node, partner, log, verified, arrivals, receipt, now))
    node.fault("inbox.committed")
    for other in touched:
        node.wake(other)


def _seen_before(node: Node, partner: Partner, step_bytes: bytes, position: LogPosition) -> bool:
    """Whether this very step was cosigned before. Raises PeerFault `step_start`, `equivocation`."""
    step = parse_step(step_bytes)
    try:
        if step.origin != position.origin or decide_seen(step, position) is not StepOrder.SEEN_BEFORE:
            return False
        head = verify_head(step.head, partner.card.card.head, origin=position.origin)
    except PeerFault as fault:
        raise fault.at_check(2, head_check=fault.check) from fault
    held = node.journal.read(lambda reading: reading.step(position.origin, head.head.size))
    if held is None:
        raise PeerFault("step_start", check=3, expected=position.frontier.size, got=step.old_size)
    if parse_head(held.head).head.root != head.head.root:
        raise PeerFault("equivocation", check=4, size=head.head.size)
    return True


def read_slot(node: Node, partner: Partner, run: int, slot: OpenedSlot, now: Millis) -> Arrival:
    """How an entry from `partner` is taken. Never raises: what is wrong with an entry is a disposition."""
    blank = EntryRow(
        id=slot.id,
        dossier=NO_DOSSIER,
        kind="",
        type="",
        author=partner.code,
        header=slot.header_bytes,
        body=slot.body_bytes,
        void=slot.void.value,
        made_at=Millis(0),
        arrived_at=whole_seconds(now),
        effective=0,
        outcome="",
    )
    try:
        header = parse_header(slot.header_bytes)
    except PeerFault:
        return Arrival(row=blank._replace(outcome=UNREADABLE), header=None, disposition=UNREADABLE)
    row = blank._replace(kind=header.kind, type=header.type, author=header.author, made_at=header.made_at)
    above = header.marking.level > node.settings.limit
    if above:
        row = row._replace(body=b"", void="over_limit")
    foreign = _foreign(node, partner, header, run)
    if foreign:
        return Arrival(row=row._replace(outcome=foreign), header=None, disposition=foreign)
    if above:
        return Arrival(row=row, header=header, disposition="above_limit")
    body: Body | None = None
    if row.body:
        try:
            body = parse_body(row.body, limit=MAX_ENTRY - len(row.header))
        except PeerFault:
            return Arrival(row=row, header=header, disposition="body_unreadable")
    return Arrival(row=row, header=header, body=body, disposition=_header_disposition(header, now))


def _foreign(node: Node, partner: Partner, header: Header, run: int) -> str:
    """Why an entry does not belong in this log at all; empty where it does."""
    if header.author != partner.code:
        return "foreign_author"
    if node.code not in header.audience:
        return "foreign_audience"
    if header.run > run:
        return "foreign_run"
    return ""


def _header_disposition(header: Header, now: Millis) -> str:
    if header.kind not in KINDS:
        return "unknown_kind"
    if find_entry_type(header.kind, header.type) is None:
        return "unknown_type"
    if abs(header.made_at - now) > DAY:
        return DispositionCode.CLOCK_OFF.value
    return ""


def _store(
    writing: Writing,
    node: Node,
    partner: Partner,
    log: LogRow,
    verified: VerifiedStep,
    arrivals: Sequence[Arrival],
    receipt: bytes,
    now: Millis,
) -> set[AgencyCode]:
    """The one durable write of a step; returns the partners for whom it left something to send."""
    if incoming_log(writing, log.origin, partner.code).size != log.size:
        raise PeerFault(OVERTAKEN, check=3, size=log.size)  # the same step came twice at once
    present = writing.present([arrival.row.id for arrival in arrivals])
    again = find_set_aside(writing, present) & {arrival.row.id for arrival in arrivals if arrival.header is not None}
    fresh = {arrival.row.id: arrival for arrival in arrivals if arrival.row.id not in present or arrival.row.id in again}
    writing.add_entries([arrival.row for arrival in fresh.values() if arrival.header is None])
    outcomes = take_in(writing, [(a.row, a.header) for a in fresh.values() if a.header is not None], again=again)
    for arrival in fresh.values():
        if arrival.body is not None and arrival.header is not None:
            index_body(writing, arrival.row.id, home_of(arrival.row.id, arrival.header), arrival.body)
            if arrival.body.attachments:
                index_attachments(writing, node.code, arrival.row.id, arrival.header, arrival.body)
    step = verified.step
    writing.add_positions(log.origin, log.size, step.ids)
    writing.add_step(
        StepRow(
            origin=log.origin,
            size=verified.head.head.size,
            old_size=step.old_size,
            old_root=step.old_root,
            head=step.head,
            card=partner.card.card.number,
            receipt=receipt,
            receipt_card=node.card.card.number,
            at=whole_seconds(now),
        )
    )
    size = verified.head.head.size
    writing.store_log(log._replace(size=size, receipted=size, frontier=encode_frontier(verified.position.frontier)))
    taken = [replace(a, disposition=a.disposition or TAKEN) if a.row.id in again else a for a in fresh.values()]
    return _follow_up(writing, node, partner, taken, outcomes, now)


def _follow_up(
    writing: Writing,
    node: Node,
    partner: Partner,
    arrivals: Sequence[Arrival],
    outcomes: Mapping[EntryId, str],
    now: Millis,
) -> set[AgencyCode]:
    """Dispositions told and kept, and the automatic `delivered` of each dossier whose clock starts."""
    events: list[tuple[LocalEvent, str, DossierId]] = []
    told: list[tuple[EntryId, DispositionCode]] = []
    basis = BasisCheck(writing, now)
    for arrival in arrivals:
        code = arrival.disposition or (basis.decide(arrival.row.id, arrival.header) if arrival.header else "")
        if code:
            row = arrival.row
            tell = code in TOLD and not _automatic(arrival.header)
            unbound = hashlib.sha256(row.body).digest() if code == UNREADABLE and row.body else b""
            events.append((Disposed(body=unbound, code=code, told=tell, entry=row.id, partner=partner.code), "", NO_DOSSIER))
            if tell:
                told.append((row.id, TOLD[code]))
    if events:
        append_events(writing, events, at=now)
    reached = post_dispositions(writing, node, partner, told)
    for dossier, entries in _clocks_started(writing, node, arrivals, outcomes).items():
        reached |= post_delivered(writing, node, dossier, entries)
    return reached | go_on(writing, node, _compared(writing, arrivals, outcomes))


def _compared(writing: Writing, arrivals: Sequence[Arrival], outcomes: Mapping[EntryId, str]) -> list[DossierId]:
    """The deconflictions in which something counts now that did not before."""
    headers = {arrival.row.id: arrival.header for arrival in arrivals}
    known = [headers.get(id) or _stored_header(writing, id) for id, outcome in outcomes.items() if outcome == ACCEPTED]
    return sorted({DossierId(header.dossier) for header in known if header is not None and header.kind == DECONFLICTION and header.dossier})


def _clocks_started(
    writing: Writing, node: Node, arrivals: Sequence[Arrival], outcomes: Mapping[EntryId, str]
) -> dict[DossierId, list[EntryId]]:
    """The entries, by dossier, of which this node owes a `delivered`: also those that waited until now.

    One that came back with our own log after a restore was said before.
    """
    headers = {arrival.row.id: arrival.header for arrival in arrivals}
    clocks: dict[DossierId, list[EntryId]] = defaultdict(list)
    said: set[EntryId] = set()
    for id, outcome in outcomes.items():
        header = headers[id] if id in headers else _stored_header(writing, id)
        known = find_entry_type(header.kind, header.type) if header and outcome == ACCEPTED else None
        if known is None or header is None:
            continue
        if header.author == node.code:
            said |= set(parse(header.coded, Delivered).entries) if known.coded is Delivered else set()
        elif known.starts_clock:
            clocks[DossierId(header.dossier or id)].append(id)
    owed = {dossier: [id for id in ids if id not in said] for dossier, ids in clocks.items()}
    return {dossier: ids for dossier, ids in owed.items() if ids}


def _stored_header(writing: Writing, id: EntryId) -> Header | None:
    row = writing.entry(id)
    return parse_header(row.header) if row else None


def _automatic(header: Header | None) -> bool:
    known = find_entry_type(header.kind, header.type) if header else None
    return known is not None and known.automatic
