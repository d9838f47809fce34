# SPDX-License-Identifier: EUPL-1.2
"""Every derived row made again from the facts: the node's own log, entries, positions and steps.

`rebuild` empties the derived tables and fills them in one write, in the order in which things arrived, with the
same functions that filled them first; the result is the same to the byte, before and after an erasure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from amana.dossiers.registry import find_entry_type
from amana.node.attachments.wanted import index_attachments_of
from amana.node.folding import fold_in
from amana.node.items_index import index_entry
from amana.node.local import EVENTS
from amana.node.ports import EntryRow, LogRow, Reading, Writing
from amana.node.records import derive_records, read_card
from amana.node.set_aside import NOT_FOLDED, disposition_code
from amana.protocol.canonical import parse
from amana.protocol.checkpoint import parse_origin
from amana.protocol.entry import Header, parse_header
from amana.protocol.identifiers import AgencyCode, EntryId
from amana.protocol.merkle import EMPTY, encode_frontier, extend, leaf_hash

BATCH = 1000
Progress = Callable[[str, int], None]


def no_progress(what: str, count: int) -> None:
    """For callers that show none."""


def rebuild(writing: Writing, own: AgencyCode, progress: Progress = no_progress) -> None:
    """Make every derived row again inside one write."""
    writing.clear_derived()
    rebuild_records(writing, progress)
    rebuild_logs(writing)
    rebuild_folds(writing, own, progress)
    rebuild_queue(writing, own)


def rebuild_records(writing: Writing, progress: Progress) -> None:
    """The records, from the node's own log. Events whose content was erased have no record any more."""
    after = 0
    while rows := writing.local_after(after, BATCH):
        for row in rows:
            after = row.seq
            if row.content is not None:
                derive_records(writing, row, parse(row.content, EVENTS[row.type]))
        progress("records", after)


def rebuild_logs(writing: Writing) -> None:
    """Size, frontier and receipted size of every log, from its steps and positions."""
    for log in writing.logs():
        writing.store_log(derive_log(writing, log))


def derive_log(reading: Reading, log: LogRow) -> LogRow:
    """What the log row must be by its steps and positions."""
    steps = reading.steps(log.origin)
    size = steps[-1].size if steps else 0
    frontier = EMPTY
    for start in range(0, size, BATCH):
        ids = reading.positions(log.origin, start, min(size, start + BATCH))
        frontier = extend(frontier, (leaf_hash(id) for id in ids))
    receipted = max((step.size for step in steps if step.receipt), default=0)
    return log._replace(size=size, frontier=encode_frontier(frontier), receipted=receipted)


def rebuild_folds(writing: Writing, own: AgencyCode, progress: Progress) -> None:
    """Places, outcomes, dossiers, snapshots, the index of items and what is wanted of attachments, in order of arrival."""
    done = 0
    for rows in arrival_batches(writing):
        folded = [(row, header) for row in rows if (header := folded_header(writing, row)) is not None]
        refused = [row for row in rows if folded_header(writing, row) is None]
        writing.place_entries([(row.id, 0, disposition_code(writing, row.id)) for row in refused])
        fold_in(writing, folded, stored=True)
        for row, _ in folded:
            index_entry(writing, row)
            index_attachments_of(writing, own, row)
        done += len(rows)
        progress("entries", done)


def folded_header(reading: Reading, row: EntryRow) -> Header | None:
    """The header of an entry that belongs in a dossier; None for what was set aside on arrival."""
    if disposition_code(reading, row.id) in NOT_FOLDED:
        return None
    return parse_header(row.header)


def rebuild_queue(writing: Writing, own: AgencyCode) -> None:
    """What still waits for a step: own entries in order, for each receiver whose log does not hold them."""
    run = own_run(writing)
    logs: dict[AgencyCode, list[LogRow]] = defaultdict(list)
    for log in writing.logs():
        if log.outgoing:
            logs[log.partner].append(log)
    for rows in arrival_batches(writing):
        waiting: list[tuple[AgencyCode, EntryId, bool]] = []
        for row in rows:
            header = folded_header(writing, row) if row.author == own else None
            if header is None:  # not ours, or only said to be: a partner may have put our name to it
                continue
            declared = find_entry_type(header.kind, header.type)
            control = declared is not None and declared.control
            absent = [c for c in header.audience if not any(_carries(writing, log, row.id, run) for log in logs[c])]
            waiting += [(code, row.id, control) for code in absent]
        if waiting:
            writing.enqueue(waiting)


def own_run(reading: Reading) -> int:
    """The run of this node's card."""
    signed = reading.record("own_card", b"")
    return read_card(signed).run if signed is not None else 1


def _carries(reading: Reading, log: LogRow, entry: EntryId, run: int) -> bool:
    """Whether a log carries the entry: of an ended run only what was receipted counts."""
    position = reading.position_of(log.origin, entry)
    return position is not None and (parse_origin(log.origin).run == run or position < log.receipted)


def arrival_batches(reading: Reading) -> Iterator[list[EntryRow]]:
    """All entries in order of arrival, in batches."""
    after = 0
    while numbered := reading.entries_by_arrival(after, BATCH):
        after = numbered[-1][0]
        yield [row for _, row in numbered]
