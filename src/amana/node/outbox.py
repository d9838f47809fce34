# SPDX-License-Identifier: EUPL-1.2
"""What leaves: steps signed from committed rows, sealed to the partner's current key, saved before the wire.

Journal shape. (a) An action commits entries and queue rows. (b) `next_parcel` takes what has gathered (at most
1,000 entries and 14 MiB), signs one head over it and commits the step. (c) The fence is advanced and synced.
(d) Only then are the bytes given to the wire. A crash between any two of these starts again at the next: a
committed step is sent again as it is, never signed anew. The caller holds the partner's channel lock.
"""

from __future__ import annotations

from collections.abc import Sequence

from amana.node.context import Node
from amana.node.parcels import Ready, ready_of
from amana.node.partners import Partner, head_keys
from amana.node.ports import EntryRow, LogRow, Reading, StepRow, Writing
from amana.protocol.checkpoint import Origin, origin_name, parse_head, verify_head, verify_receipt
from amana.protocol.errors import OperatorFault, PeerFault
from amana.protocol.identifiers import Digest, Millis, Seconds
from amana.protocol.log import MAX_STEP_ENTRIES, LogPosition, make_step
from amana.protocol.merkle import EMPTY, encode_frontier, parse_frontier, root
from amana.protocol.signing import PublicPair

MAX_PAYLOAD = 14 * 1024 * 1024  # header and body bytes of one step; Padmé and framing add at most 12 %


def outgoing_origin(node: Node, partner: Partner) -> Origin:
    """The name of this node's log to a partner in its current run."""
    return origin_name(author=node.code, to=partner.code, run=node.card.card.run)


def outgoing_log(reading: Reading, origin: Origin, partner: Partner) -> LogRow:
    """The log as stored, or an empty one."""
    held = reading.log(origin)
    if held is not None:
        return held
    return LogRow(origin=origin, partner=partner.code, outgoing=True, size=0, frontier=encode_frontier(EMPTY), receipted=0)


def next_step(node: Node, partner: Partner, have: int, *, may_sign: bool) -> Ready | None:
    """The step that follows the partner's cursor `have`: the one already signed, or a new one where allowed.

    None where nothing waits. The fence stands at least at this step when it returns.
    """
    origin = outgoing_origin(node, partner)

    def ask(reading: Reading) -> tuple[LogRow, StepRow | None, list[tuple[int, EntryRow]]]:
        log = outgoing_log(reading, origin, partner)
        if have < log.size:
            return log, reading.step_from(origin, have), []
        if not may_sign or have > log.size:
            return log, None, []
        return log, None, _gathered(reading, partner)

    log, row, gathered = node.journal.read(ask)
    if gathered:
        row = _sign_step(node, partner, log, gathered)
    elif row is None:
        return None
    node.fault("outbox.committed")
    if node.fence.levels().get(origin, (0, b""))[0] < row.size:
        node.fence.advance(origin, row.size, parse_head(row.head).head.root)
    node.fault("outbox.fenced")
    return _ready(node, row, [entry for _, entry in gathered])


def _own_head_keys(node: Node, row: StepRow) -> PublicPair:
    """The head keys of our card in force when the step was signed."""
    return node.journal.read(lambda reading: head_keys(reading, node.code, row.card))


def _gathered(reading: Reading, partner: Partner) -> list[tuple[int, EntryRow]]:
    """(queue number, entry) of what waits, up to one step."""
    rows = reading.queue(partner.code, MAX_STEP_ENTRIES, control_only=partner.suspended)
    entries = reading.entries([row.entry for row in rows])
    gathered: list[tuple[int, EntryRow]] = []
    payload = 0
    for row in rows:
        entry = entries[row.entry]
        payload += len(entry.header) + len(entry.body)
        if gathered and payload > MAX_PAYLOAD:
            break
        gathered.append((row.seq, entry))
    return gathered


def _sign_step(node: Node, partner: Partner, log: LogRow, gathered: Sequence[tuple[int, EntryRow]]) -> StepRow:
    """Sign one head over committed entries and commit the step with its positions."""
    _require_fence(node, log)
    ids = [entry.id for _, entry in gathered]
    now = node.clock.now()
    position = LogPosition(origin=log.origin, frontier=parse_frontier(log.size, log.frontier))
    step, _, after = make_step(node.keys.head, position, ids, Seconds(now // 1000))
    row = StepRow(
        origin=log.origin,
        size=log.size + len(ids),
        old_size=log.size,
        old_root=step.old_root,
        head=step.head,
        card=node.card.card.number,
        receipt=b"",
        receipt_card=0,
        at=Millis(now // 1000 * 1000),  # as the head says
    )

    def act(writing: Writing) -> None:
        if outgoing_log(writing, log.origin, partner).size != log.size:
            raise OperatorFault("log_moved", log=log.origin)  # two signers on one log: the channel lock was not held
        writing.add_positions(log.origin, log.size, ids)
        writing.add_step(row)
        writing.store_log(log._replace(size=row.size, frontier=encode_frontier(after.frontier)))
        writing.dequeue([seq for seq, _ in gathered])

    node.journal.write(act)
    return row


def _require_fence(node: Node, log: LogRow) -> None:
    """Nothing is signed while the fence is ahead of the database: a restored database would sign twice."""
    size, digest = node.fence.levels().get(log.origin, (0, Digest(b"")))
    if size > log.size:
        raise OperatorFault("fence_ahead", log=log.origin, fence=size, database=log.size)
    if size == log.size and size and digest != root(parse_frontier(log.size, log.frontier)):
        raise OperatorFault("fence_differs", log=log.origin, size=size)


def _ready(node: Node, row: StepRow, entries: Sequence[EntryRow]) -> Ready:
    """The step with its entries, read back where it was signed earlier."""

    def ask(reading: Reading) -> Sequence[EntryRow]:
        ids = reading.positions(row.origin, row.old_size, row.size)
        held = reading.entries(ids)
        return [held[id] for id in ids]

    if not entries:
        entries = node.journal.read(ask)
    return ready_of(row, entries)


def store_receipt(node: Node, partner: Partner, receipt: bytes, size: int) -> bool:
    """Verify the partner's receipt for the step that ends at `size` and keep it; False where it was kept before.

    Raises PeerFault where the receipt does not verify or no step ends there.
    """
    origin = outgoing_origin(node, partner)

    def ask(reading: Reading) -> tuple[StepRow | None, LogRow]:
        return reading.step(origin, size), outgoing_log(reading, origin, partner)

    row, log = node.journal.read(ask)
    if row is None:
        raise PeerFault("receipt_without_step", size=size, ours=log.size)
    if row.receipt:
        return False
    head = verify_head(row.head, _own_head_keys(node, row), origin=origin)
    verify_receipt(receipt, head, partner.card.card.receipt, receiver=partner.code)

    def act(writing: Writing) -> None:
        current = outgoing_log(writing, origin, partner)
        writing.store_receipt(origin, size, receipt, partner.card.card.number)
        writing.store_log(current._replace(receipted=max(current.receipted, size)))

    node.fault("outbox.receipt_verified")
    node.journal.write(act)
    node.fault("outbox.receipt_stored")
    return True


def raise_fence(node: Node) -> None:
    """Bring a fence that was lost, or torn by a crash, up to what the database has signed; it is never lowered."""
    levels = node.fence.levels()
    for log in node.journal.read(lambda reading: reading.logs()):
        if log.outgoing and levels.get(log.origin, (0, b""))[0] < log.size:
            node.fence.advance(log.origin, log.size, root(parse_frontier(log.size, log.frontier)))


def unsent(reading: Reading) -> dict[str, int]:
    """Entries waiting for each partner: queued, and signed without a receipt."""
    counts = {str(code): count for code, count in reading.queue_counts().items()}
    for log in reading.logs():
        if log.outgoing and log.size > log.receipted:
            counts[log.partner] = counts.get(log.partner, 0) + log.size - log.receipted
    return counts
