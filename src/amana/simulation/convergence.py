# SPDX-License-Identifier: EUPL-1.2
"""Whether a federation at rest has come to one truth: everything delivered, receipted, folded alike everywhere.

(1) Every outgoing log is receipted to its end, nothing is queued, and the partner holds the same size and frontier.
(2) Every reader of an entry holds it. (3) No entry waits for an ancestor. (4) Nodes that hold the same entries of a
dossier hold the same cursor, to the byte, and all its parties that have not left the same state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amana.dossiers.fold import Cursor
from amana.dossiers.registry import KINDS
from amana.node.ports import WAITING, DossierRow, EntryRow, LogRow
from amana.node.rebuilding import arrival_batches
from amana.protocol.canonical import parse
from amana.protocol.checkpoint import Origin
from amana.protocol.entry import PARTNERSHIP, parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId
from amana.simulation.agency import Agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Convergence:
    """What was compared, and where it differs; `ok` where it does nowhere."""

    agencies: int
    dossiers: int  # dossier × party
    entries: int  # entry × holder
    receipts: int  # entry × partner, as logs count them
    differences: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether all nodes have come to one truth."""
        return not self.differences


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What one node holds, read at one moment."""

    entries: Mapping[EntryId, EntryRow]
    logs: Mapping[Origin, LogRow]
    queued: Mapping[AgencyCode, int]
    dossiers: Mapping[DossierId, DossierRow]


def compare(agencies: Mapping[AgencyCode, Agency]) -> Convergence:
    """Compare what all agencies hold."""
    held = {code: _read(agency) for code, agency in agencies.items()}
    differences = [*_log_differences(held), *_entry_differences(held), *_dossier_differences(held)]
    return Convergence(
        agencies=len(held),
        dossiers=sum(len(one.dossiers) for one in held.values()),
        entries=sum(len(one.entries) for one in held.values()),
        receipts=sum(log.receipted for one in held.values() for log in one.logs.values() if log.outgoing),
        differences=tuple(differences),
    )


def _read(agency: Agency) -> _Held:
    return agency.journal.read(
        lambda reading: _Held(
            entries={row.id: row for rows in arrival_batches(reading) for row in rows},
            logs={log.origin: log for log in reading.logs()},
            queued=reading.queue_counts(),
            dossiers={row.id: row for row in reading.dossiers()},
        )
    )


def _log_differences(held: Mapping[AgencyCode, _Held]) -> Iterator[str]:
    """(1)"""
    for code, one in held.items():
        for partner, count in one.queued.items():
            yield f"{code}: {count} entries wait for {partner}"
        for origin, log in one.logs.items():
            if not log.outgoing or log.partner not in held:
                continue
            if log.receipted != log.size:
                yield f"{origin}: {log.size} signed, {log.receipted} receipted"
            theirs = held[log.partner].logs.get(origin)
            if theirs is None or (theirs.size, theirs.frontier) != (log.size, log.frontier):
                yield f"{origin}: {log.size} at its author, {theirs.size if theirs else 0} at its receiver"


def _entry_differences(held: Mapping[AgencyCode, _Held]) -> Iterator[str]:
    """(2) and (3)"""
    for code, one in held.items():
        for id, row in one.entries.items():
            if row.outcome == WAITING:
                yield f"{code}: entry {id.hex()[:16]} waits for an ancestor"
            try:
                readers = {row.author, *parse_header(row.header).audience}
            except PeerFault:
                continue
            for reader in sorted(readers & held.keys()):
                if id not in held[reader].entries:
                    yield f"{reader}: entry {id.hex()[:16]} of {row.author} is missing"


def _dossier_differences(held: Mapping[AgencyCode, _Held]) -> Iterator[str]:
    """(4)"""
    everywhere: dict[DossierId, dict[AgencyCode, DossierRow]] = defaultdict(dict)
    for code, one in held.items():
        for id, row in one.dossiers.items():
            everywhere[id][code] = row
    members: dict[tuple[AgencyCode, DossierId], set[EntryId]] = defaultdict(set)
    for code, one in held.items():
        for entry in one.entries.values():
            members[code, entry.dossier].add(entry.id)
    for id, rows in everywhere.items():
        left = {agency for row in rows.values() for agency in _departed(row)}
        if len({_state(row) for code, row in rows.items() if code not in left}) > 1:
            yield f"dossier {id.hex()[:16]}: {len(rows)} parties, more than one state"
        cursors: dict[frozenset[EntryId], set[bytes]] = defaultdict(set)
        for code, row in rows.items():
            cursors[frozenset(members[code, id])].add(row.cursor)
            missing = () if row.kind == PARTNERSHIP else set(row.parties) & held.keys() - rows.keys()
            yield from (f"dossier {id.hex()[:16]}: {party} does not hold it" for party in sorted(missing))
        if any(len(same) > 1 for same in cursors.values()):
            yield f"dossier {id.hex()[:16]}: the same entries give more than one cursor"


def _state(row: DossierRow) -> tuple[str, bytes]:
    cursor = parse(row.cursor, Cursor)
    return cursor.barred, cursor.state


def _departed(row: DossierRow) -> frozenset[AgencyCode]:
    """Who has left by this state: what the others say after that does not reach them."""
    cursor = parse(row.cursor, Cursor)
    kind = KINDS.get(row.kind)
    return kind.departed(cursor.state_of(kind)) if kind is not None and not cursor.barred else frozenset()
