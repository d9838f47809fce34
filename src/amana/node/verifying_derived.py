# SPDX-License-Identifier: EUPL-1.2
"""Check (6) of a verification: the derived rows as stored against the same rows made again in an empty journal.

The facts are copied into the scratch journal, rebuilt there by the very functions that serve `amana rebuild`, and
every derived table is compared row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amana.dossiers.order import ancestors
from amana.node.ports import EntryRow, Journal, Reading, Writing
from amana.node.rebuilding import BATCH, Progress, arrival_batches, rebuild
from amana.node.verifying_failure import Failure
from amana.protocol.entry import parse_header
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId

RECORD_KINDS = (
    "assignment",
    "attachment_offered",
    "attachment_settled",
    "attachment_taken",
    "attachment_wanted",
    "briefing",
    "card",
    "disposition",
    "draft",
    "evidence",
    "form",
    "handle",
    "handle_owner",
    "item",
    "note",
    "officer",
    "own_card",
    "own_sealing",
    "pack",
    "partner",
    "quarantine",
    "seen",
    "staged",
    "verified",
)


def derived_failures(reading: Reading, scratch: Journal, own: AgencyCode, progress: Progress) -> Iterator[Failure]:
    """(6): each derived row that is not what the facts give."""

    def fill(writing: Writing) -> None:
        copy_facts(reading, writing, sealed=False)
        rebuild(writing, own, progress)

    scratch.write(fill)
    found: list[Failure] = scratch.read(lambda again: list(_compare(reading, again)))
    yield from found


def copy_facts(reading: Reading, writing: Writing, *, sealed: bool = True) -> None:
    """Every base row into another journal; without `sealed`, of chunks their number only, which is all that anything is derived from."""
    after = 0
    while rows := reading.local_after(after, BATCH):
        writing.add_local(rows)
        after = rows[-1].seq
    for entries in arrival_batches(reading):
        writing.add_entries(entries)
    for file in reading.files():
        if file.owner:
            chunks = reading.chunks(file.owner, file.place, 0, file.count) if sealed else [b""] * file.count
            writing.add_chunks(file.owner, file.place, 0, chunks)
    for log in reading.logs():
        writing.store_log(log)
        for step in reading.steps(log.origin):
            writing.add_positions(log.origin, step.old_size, reading.positions(log.origin, step.old_size, step.size))
            writing.add_step(step)


def _compare(stored: Reading, again: Reading) -> Iterator[Failure]:
    for rows in arrival_batches(stored):
        fresh = again.entries([row.id for row in rows])
        for row in rows:
            made = fresh[row.id]
            if row != made:
                expected = f"{made.dossier.hex()[:16]} {made.effective} {made.outcome}"
                got = f"{row.dossier.hex()[:16]} {row.effective} {row.outcome}"
                yield _failure("entry_state", f"entry {row.id.hex()}", expected, got)
    yield from _compare_rows("log", stored.logs(), again.logs(), "origin")
    dossiers = again.dossiers()
    yield from _compare_rows("dossier", stored.dossiers(), dossiers, "id")
    for dossier in dossiers:
        yield from _compare_rows("snapshot", stored.snapshots(dossier.id), again.snapshots(dossier.id), "id")
        yield from _compare_waiting(stored, again, dossier.id)
    for kind in RECORD_KINDS:
        yield from _compare_rows(f"record {kind}", stored.records(kind), again.records(kind), "key")
    for partner in sorted({*stored.queue_counts(), *again.queue_counts()}):
        queues = [[(row.entry, row.control) for row in side.queue(partner, 1_000_000_000)] for side in (stored, again)]
        if queues[0] != queues[1]:
            yield _failure("queue", f"queue to {partner}", str(len(queues[1])), str(len(queues[0])))


def _compare_waiting(stored: Reading, again: Reading, dossier: DossierId) -> Iterator[Failure]:
    """The entries of a dossier that wait, and for what."""
    waits = [[(row.id, _awaited(side, row)) for row in side.waiting_in(dossier)] for side in (stored, again)]
    if waits[0] != waits[1]:
        yield _failure("waiting", f"dossier {dossier.hex()}", str(len(waits[1])), f"{len(waits[0])}, or for others")


def _awaited(reading: Reading, row: EntryRow) -> list[EntryId]:
    """The ancestors that an entry is noted to wait for."""
    return [ancestor for ancestor in ancestors(parse_header(row.header)) if row.id in reading.waiting_for([ancestor])]


def _compare_rows(what: str, stored: Sequence[object], again: Sequence[object], name: str) -> Iterator[Failure]:
    """The first row that one side lacks or holds otherwise."""
    held, made = ({getattr(row, name): row for row in rows} for rows in (stored, again))
    for key in sorted({*held, *made}):
        if held.get(key) != made.get(key):
            shown = key.hex() if isinstance(key, bytes) else str(key)
            expected, got = ("a row" if key in side else "none" for side in (made, held))
            yield _failure(what, shown or what, f"{expected}, as the facts give it", f"{got}, or another one")


def _failure(what: str, where: str, expected: str, got: str) -> Failure:
    return Failure(what=what, where=where, expected=expected, got=got)
