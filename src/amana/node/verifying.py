# SPDX-License-Identifier: EUPL-1.2
"""Everything a node stores, checked offline from the facts up; the first thing that does not hold is named.

(1) cards: signatures; (2) the node's own log: contents hash to their digests, digests chain; (3) entries: headers
hash to ids, bodies to commitments, columns say what headers say; (4) logs: positions give the roots that both
signatures of each head cover, and receipts cosign them; (5) the fence is not ahead; (6) every derived row equals
what the facts give when folded again. Needs public keys only. Spec: spec/11-verification.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amana.node.local import EVENTS, GENESIS, OwnCard, PartnerAdded, PartnerCard, chain_value, content_digest
from amana.node.partners import load_card
from amana.node.ports import EntryRow, FenceLevels, Journal, LogRow, Reading, StepRow
from amana.node.rebuilding import BATCH, Progress, arrival_batches, folded_header, no_progress, own_run
from amana.node.verifying_derived import derived_failures
from amana.protocol.canonical import parse
from amana.protocol.card import verify_card
from amana.protocol.checkpoint import parse_origin, verify_head, verify_receipt
from amana.protocol.entry import body_commitment, entry_id, parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, EntryId
from amana.protocol.merkle import EMPTY, extend, leaf_hash, root


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing that does not hold: `what` was checked, `where` it stands, what was expected and what was found."""

    what: str
    where: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The result of a verification."""

    logs: int
    entries: int
    dossiers: int
    first_failure: Failure | None

    @property
    def ok(self) -> bool:
        """Whether everything held."""
        return self.first_failure is None


def verify_node(journal: Journal, fence: FenceLevels, scratch: Journal, own: AgencyCode, progress: Progress = no_progress) -> Findings:
    """Check everything; `scratch` is an empty journal in which the derived rows are made again."""

    def ask(reading: Reading) -> Findings:
        counts = (
            len(reading.logs()),
            sum(len(rows) for rows in arrival_batches(reading)),
            len(reading.dossiers()),
        )
        first = next(_failures(reading, fence, scratch, own, progress), None)
        return Findings(logs=counts[0], entries=counts[1], dossiers=counts[2], first_failure=first)

    return journal.read(ask)


def _failures(reading: Reading, fence: FenceLevels, scratch: Journal, own: AgencyCode, progress: Progress) -> Iterator[Failure]:
    """Failures in order of the checks; the caller takes the first, since later ones may follow from it."""
    yield from local_failures(reading)  # (1) (2)
    progress("local", 1)
    yield from entry_failures(reading, progress)  # (3)
    for log in reading.logs():
        yield from log_failures(reading, log)  # (4)
        progress("log", log.size)
    yield from fence_failures(reading, fence)  # (5)
    yield from (Failure(**facts) for facts in derived_failures(reading, scratch, own, progress))  # (6)


def local_failures(reading: Reading) -> Iterator[Failure]:
    """(1) and (2): the node's own log and the cards in it."""
    after, chain = 0, GENESIS
    while rows := reading.local_after(after, BATCH):
        for row in rows:
            where = f"local record {row.seq}"
            if row.seq != after + 1:
                yield Failure(what="local_sequence", where=where, expected=str(after + 1), got=str(row.seq))
            after = row.seq
            if row.content is not None and content_digest(row.content) != row.digest:
                yield _differs("local_content", where, row.digest, content_digest(row.content))
            chain = chain_value(chain, row)
            if chain != row.chain:
                yield _differs("local_chain", where, chain, row.chain)
            if row.content is not None:
                yield from _event_failures(row.type, row.content, where)


def _event_failures(type: str, content: bytes, where: str) -> Iterator[Failure]:
    shape = EVENTS.get(type)
    if shape is None:
        yield Failure(what="local_type", where=where, expected="a known type", got=type)
        return
    try:
        event = parse(content, shape)
        if isinstance(event, OwnCard | PartnerAdded | PartnerCard):
            verify_card(event.card, known=None)  # (1)
    except PeerFault as fault:
        yield Failure(what="card" if "card" in type else "local_content", where=where, expected="valid", got=fault.code)


def entry_failures(reading: Reading, progress: Progress) -> Iterator[Failure]:
    """(3): every entry against its own bytes."""
    done = 0
    for rows in arrival_batches(reading):
        for row in rows:
            yield from _entry_failure(reading, row)
        done += len(rows)
        progress("entries", done)


def _entry_failure(reading: Reading, row: EntryRow) -> Iterator[Failure]:
    where = f"entry {row.id.hex()}"
    if entry_id(row.header) != row.id:
        yield _differs("entry_header", where, row.id, entry_id(row.header))
        return
    if folded_header(reading, row) is None:
        return  # set aside on arrival: its bytes are kept as they came
    try:
        header = parse_header(row.header)
    except PeerFault as fault:
        yield Failure(what="entry_header", where=where, expected="a readable header", got=fault.code)
        return
    if row.body and body_commitment(row.body) != header.body:
        yield _differs("entry_body", where, header.body, body_commitment(row.body))
    if bool(row.body) == bool(row.void):
        yield Failure(what="entry_void", where=where, expected="a body or a reason why there is none", got=row.void)
    said = (header.kind, header.type, header.author, header.made_at)
    if said != (row.kind, row.type, row.author, row.made_at):
        yield Failure(what="entry_columns", where=where, expected=" ".join(map(str, said)), got="other columns")


def log_failures(reading: Reading, log: LogRow) -> Iterator[Failure]:
    """(4): one log, step by step."""
    frontier, size = EMPTY, 0
    for step in reading.steps(log.origin):
        where = f"log {log.origin} size {step.size}"
        if step.old_size != size or root(frontier) != step.old_root:
            yield Failure(what="step_start", where=where, expected=f"{size} {root(frontier).hex()}", got=str(step.old_size))
            return
        ids = reading.positions(log.origin, step.old_size, step.size)
        if len(ids) != step.size - step.old_size:
            yield Failure(what="positions", where=where, expected=str(step.size - size), got=str(len(ids)))
            return
        present = reading.present(ids)
        absent = [id for id in ids if id not in present]
        if absent:
            yield Failure(what="entry_missing", where=where, expected=absent[0].hex(), got="nothing")
        frontier, size = extend(frontier, (leaf_hash(id) for id in ids)), step.size
        yield from _step_failures(reading, log, step, root(frontier), where)


def _step_failures(reading: Reading, log: LogRow, step: StepRow, expected: bytes, where: str) -> Iterator[Failure]:
    name = parse_origin(log.origin)
    try:
        head = verify_head(step.head, load_card(reading, name.author, step.card).head, origin=log.origin)
        if head.head.size != step.size or head.head.root != expected:
            yield _differs("head_root", where, expected, head.head.root)
    except PeerFault as fault:
        yield Failure(what="head", where=where, expected="both signatures of the author", got=fault.code)
        return
    if not step.receipt:
        if not log.outgoing or step.size <= log.receipted:
            yield Failure(what="receipt", where=where, expected="a receipt", got="none")
        return
    try:
        keys = load_card(reading, name.to, step.receipt_card).receipt
        verify_receipt(step.receipt, head, keys, receiver=name.to)
    except PeerFault as fault:
        yield Failure(what="receipt", where=where, expected="both cosignatures of the receiver", got=fault.code)


def fence_failures(reading: Reading, fence: FenceLevels) -> Iterator[Failure]:
    """(5): the fence knows no head that the database lost."""
    run = own_run(reading)
    for origin, (size, digest) in sorted(fence.levels().items()):
        if parse_origin(origin).run != run:
            continue  # an ended run: what nobody could confirm was given up
        where = f"fence {origin}"
        held = reading.log(origin)
        if held is None or held.size < size:
            got = str(held.size if held else 0)
            yield Failure(what="fence_ahead", where=where, expected=f"a log of at least {size}", got=got)
            continue
        step = reading.step(origin, size)
        ids = [leaf_hash(EntryId(id)) for id in reading.positions(origin, 0, size)]
        if step is None or root(extend(EMPTY, ids)) != digest:
            yield _differs("fence_root", where, digest, root(extend(EMPTY, ids)))

    for log in reading.logs():
        reached = fence.levels().get(log.origin, (0, b""))[0]
        if log.outgoing and log.receipted > reached:  # what was on the wire was fenced before
            yield Failure(what="fence_behind", where=f"fence {log.origin}", expected=f"at least {log.receipted}", got=str(reached))


def _differs(what: str, where: str, expected: bytes, got: bytes) -> Failure:
    return Failure(what=what, where=where, expected=expected.hex(), got=got.hex())
