# SPDX-License-Identifier: EUPL-1.2
"""Check (3) of a verification: every entry against its own bytes, and when it came against the step that brought it.

(3a) the header hashes to the id; (3b) the body to the header's commitment, or, where the header cannot be read, to
the digest that the node's own log kept; (3c) there is a body or a reason why not; (3d) the columns say what the header
says; (3e) an entry of our own arrived when it was made, any other when a step of a partner's log brought it.
Spec: spec/11-verification.md.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from amana.node.folding import home_of
from amana.node.ports import EntryRow, Reading
from amana.node.rebuilding import Progress, arrival_batches
from amana.node.records import NO_DOSSIER, DispositionRecord
from amana.node.set_aside import NOT_FOLDED, UNREADABLE
from amana.node.verifying_failure import Failure, differs
from amana.protocol.canonical import parse
from amana.protocol.entry import body_commitment, entry_id, parse_header
from amana.protocol.envelope import Void
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, EntryId

OVER_LIMIT = "over_limit"
VOIDS = frozenset({OVER_LIMIT, *Void})


def entry_failures(reading: Reading, own: AgencyCode, progress: Progress) -> Iterator[Failure]:
    """(3) of every entry, in order of arrival."""
    arrivals = _step_times(reading)
    done = 0
    for rows in arrival_batches(reading):
        for row in rows:
            yield from entry_faults(reading, row)
            yield from _arrival_failures(row, own, arrivals[row.id])
        done += len(rows)
        progress("entries", done)


def _step_times(reading: Reading) -> dict[EntryId, set[int]]:
    """When which steps of partners' logs brought an entry."""
    times: dict[EntryId, set[int]] = defaultdict(set)
    for log in reading.logs():
        for step in reading.steps(log.origin) if not log.outgoing else ():
            for id in reading.positions(log.origin, step.old_size, step.size):
                times[id].add(step.at)
    return times


def _arrival_failures(row: EntryRow, own: AgencyCode, steps: set[int]) -> Iterator[Failure]:
    """(3e)"""
    times = steps | ({row.made_at} if row.author == own else set())
    if row.arrived_at not in times:
        expected = " or ".join(map(str, sorted(times))) or "a step that brought it"
        yield Failure(what="entry_arrival", where=f"entry {row.id.hex()}", expected=expected, got=str(row.arrived_at))


def entry_faults(reading: Reading, row: EntryRow) -> Iterator[Failure]:
    """(3a) to (3d) of one entry."""
    where = f"entry {row.id.hex()}"
    if entry_id(row.header) != row.id:  # (3a)
        yield differs("entry_header", where, row.id, entry_id(row.header))
        return
    if row.void not in VOIDS or bool(row.body) == bool(row.void):  # (3c)
        yield Failure(what="entry_void", where=where, expected="a body or a reason why there is none", got=row.void)
    held = reading.record("disposition", row.id)
    disposition = parse(held, DispositionRecord) if held is not None else None
    if disposition is not None and disposition.code == UNREADABLE:
        yield from _unreadable_failures(row, disposition, where)
        return
    try:
        header = parse_header(row.header)
    except PeerFault as fault:
        yield Failure(what="entry_header", where=where, expected="a readable header", got=fault.code)
        return
    if row.body and body_commitment(row.body) != header.body:  # (3b)
        yield differs("entry_body", where, header.body, body_commitment(row.body))
    aside = disposition is not None and disposition.code in NOT_FOLDED
    home = NO_DOSSIER if aside else home_of(row.id, header)
    said = (home, header.kind, header.type, header.author, header.made_at)
    if said != (row.dossier, row.kind, row.type, row.author, row.made_at):  # (3d)
        yield Failure(what="entry_columns", where=where, expected=" ".join(map(str, said[1:])), got="other columns")


def _unreadable_failures(row: EntryRow, disposition: DispositionRecord, where: str) -> Iterator[Failure]:
    """An entry whose header nobody can read: its columns are empty, its body is what the node's own log says."""
    if row.body and hashlib.sha256(row.body).digest() != disposition.body:  # (3b)
        yield differs("entry_body", where, disposition.body, hashlib.sha256(row.body).digest())
    said = (NO_DOSSIER, "", "", disposition.partner, 0)
    if said != (row.dossier, row.kind, row.type, row.author, row.made_at):  # (3d)
        yield Failure(what="entry_columns", where=where, expected="empty columns", got="other columns")
