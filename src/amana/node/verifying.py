# SPDX-License-Identifier: EUPL-1.2
"""Everything a node stores, checked offline from the facts up; the first thing that does not hold is named.

(1) cards: signatures; (2) the node's own log: contents hash to their digests, digests chain; (3) entries: headers
hash to ids, bodies to commitments, columns say what headers say; (4) logs: positions give the roots that both
signatures of each head cover, and receipts cosign them; (5) the fence is not ahead; (6) every derived row equals
what the facts give when folded again; (7) every chunk of an attachment is what its entry says. Needs no secret key of
the agency. Spec: spec/11-verification.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from amana.node.local import EVENTS, GENESIS, OwnCard, PartnerAdded, PartnerCard, chain_value, content_digest
from amana.node.partners import load_card
from amana.node.ports import FenceLevels, Journal, LogRow, Reading, StepRow
from amana.node.rebuilding import BATCH, Progress, arrival_batches, no_progress, own_run
from amana.node.verifying_attachments import attachment_failures, count_attachments
from amana.node.verifying_derived import derived_failures
from amana.node.verifying_entries import entry_failures
from amana.node.verifying_failure import Failure, differs
from amana.protocol.canonical import parse
from amana.protocol.card import verify_card
from amana.protocol.checkpoint import parse_origin, verify_head, verify_receipt
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, EntryId
from amana.protocol.merkle import EMPTY, extend, leaf_hash, root

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The result of a verification."""

    logs: int
    entries: int
    dossiers: int
    attachments: int = 0
    incomplete: int = 0  # attachments that have not arrived whole
    first_failure: Failure | None

    @property
    def ok(self) -> bool:
        """Whether everything held."""
        return self.first_failure is None


def verify_node(journal: Journal, fence: FenceLevels, scratch: Journal, own: AgencyCode, progress: Progress = no_progress) -> Findings:
    """Check everything; `scratch` is an empty journal in which the derived rows are made again. Never raises for what
    it finds: damage that keeps a check from being made is that check's failure.
    """
    checks: tuple[tuple[str, Callable[[Reading], Iterator[Failure]]], ...] = (
        ("local", local_failures),  # (1) (2)
        ("entries", lambda reading: entry_failures(reading, own, progress)),  # (3)
        ("logs", lambda reading: _every_log(reading, own, progress)),  # (4)
        ("fence", lambda reading: fence_failures(reading, fence)),  # (5)
        ("derived", lambda reading: derived_failures(reading, scratch, own, progress)),  # (6)
        ("attachments", lambda reading: attachment_failures(reading, progress)),  # (7)
    )

    def ask(reading: Reading) -> Findings:
        first = next((failure for name, check in checks for failure in _guarded(name, check, reading)), None)
        attachments, incomplete = _counted(lambda: count_attachments(reading), (0, 0))
        return Findings(
            logs=_counted(lambda: len(reading.logs()), 0),
            entries=_counted(lambda: sum(len(rows) for rows in arrival_batches(reading)), 0),
            dossiers=_counted(lambda: len(reading.dossiers()), 0),
            attachments=attachments,
            incomplete=incomplete,
            first_failure=first,
        )

    return journal.read(ask)


def _guarded(name: str, check: Callable[[Reading], Iterator[Failure]], reading: Reading) -> Iterator[Failure]:
    """The failures of a check, and what kept it from going on."""
    try:
        yield from check(reading)
    except Exception as error:  # noqa: BLE001 - stored bytes may be anything, and a verification names them all
        yield Failure(what="unreadable", where=name, expected="rows that can be read", got=getattr(error, "code", type(error).__name__))


def _counted(count: Callable[[], T], nothing: T) -> T:
    """A count for the findings; `nothing` where the rows cannot even be counted."""
    try:
        return count()
    except Exception:  # noqa: BLE001 - as above; what is wrong was named by a check
        return nothing


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
                yield differs("local_content", where, row.digest, content_digest(row.content))
            chain = chain_value(chain, row)
            if chain != row.chain:
                yield differs("local_chain", where, chain, row.chain)
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


def _every_log(reading: Reading, own: AgencyCode, progress: Progress) -> Iterator[Failure]:
    for log in reading.logs():
        yield from log_failures(reading, log, own)
        progress("log", log.size)


def log_failures(reading: Reading, log: LogRow, own: AgencyCode) -> Iterator[Failure]:
    """(4): one log, step by step."""
    name = parse_origin(log.origin)
    if (log.partner, log.outgoing) != ((name.to, True) if name.author == own else (name.author, False)):
        yield Failure(what="log_columns", where=f"log {log.origin}", expected="the partner that its name says", got=log.partner)
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
            yield differs("head_root", where, expected, head.head.root)
    except PeerFault as fault:
        yield Failure(what="head", where=where, expected="both signatures of the author", got=fault.code)
        return
    if log.outgoing and step.at != head.time * 1000:
        yield Failure(what="step_time", where=where, expected=str(head.time * 1000), got=str(step.at))
    if not step.receipt:
        if step.receipt_card:
            yield Failure(what="receipt_card", where=where, expected="0", got=str(step.receipt_card))
        if not log.outgoing or step.size <= log.receipted:
            yield Failure(what="receipt", where=where, expected="a receipt", got="none")
        return
    try:
        keys = load_card(reading, name.to, step.receipt_card).receipt
        receipt = verify_receipt(step.receipt, head, keys, receiver=name.to)
        if not log.outgoing and step.at != receipt.time * 1000:
            yield Failure(what="step_time", where=where, expected=str(receipt.time * 1000), got=str(step.at))
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
            yield differs("fence_root", where, digest, root(extend(EMPTY, ids)))

    for log in reading.logs():
        reached = fence.levels().get(log.origin, (0, b""))[0]
        if log.outgoing and log.receipted > reached:  # what was on the wire was fenced before
            yield Failure(what="fence_behind", where=f"fence {log.origin}", expected=f"at least {log.receipted}", got=str(reached))


__all__ = ["Failure", "Findings", "verify_node"]
