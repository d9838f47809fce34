# SPDX-License-Identifier: EUPL-1.2
"""Arrived and own entries brought into their dossiers: placed in order, folded, with what waited for them.

Incremental: a batch whose entries come after the dossier's last one costs only itself; a late entry rewinds to
the last snapshot before it. Snapshots stand after every SNAPSHOT_EVERY-th entry in order, so they too are a
function of the entries alone and a rebuild makes the same ones. Spec: spec/10-order-and-folds.md.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from amana.dossiers.fold import Cursor, advance, summary_of
from amana.dossiers.kind import Fact
from amana.dossiers.order import Placed, Waiting, ancestors, decide_place
from amana.node.ports import ACCEPTED, WAITING, DossierRow, EntryRow, Reading, SnapshotRow, Writing
from amana.protocol.canonical import encode, parse
from amana.protocol.entry import PARTNERSHIP, Header, parse_header
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis

SNAPSHOT_EVERY = 256
HOME_LABEL = b"amana/partnership/v1\0"
Key = tuple[int, EntryId]


def partnership_home(one: AgencyCode, other: AgencyCode) -> DossierId:
    """Where the entries between two partners about no matter are kept here: a local name, never on the wire."""
    return DossierId(hashlib.sha256(HOME_LABEL + "\0".join(sorted((one, other))).encode()).digest())


def home_of(id: EntryId, header: Header) -> DossierId:
    """The dossier an entry is folded into."""
    if header.kind == PARTNERSHIP:
        return partnership_home(header.author, header.audience[0])
    return DossierId(header.dossier or id)


def fold_in(writing: Writing, arrived: Sequence[tuple[EntryRow, Header]], *, stored: bool = False) -> dict[EntryId, str]:
    """Store these new entries and fold them, and whatever waited for them; what became of each, and of each earlier
    entry that a late one changed.

    The rows' `dossier`, `effective` and `outcome` are set here. `stored`: a rebuild, the rows are there already.
    """
    folding = _Folding(writing)
    rows = folding.take(arrived)
    if stored:
        writing.place_entries([(row.id, row.effective, row.outcome) for row in rows])
    else:
        writing.add_entries(rows)
    folding.finish()
    return folding.outcomes


class _Folding:
    """One batch in one write."""

    def __init__(self, writing: Writing) -> None:
        self.writing = writing
        self.effective: dict[EntryId, int] = {}
        self.outcomes: dict[EntryId, str] = {}
        self.fresh: dict[DossierId, list[Fact]] = defaultdict(list)
        self.waiting: list[tuple[EntryId, EntryId]] = []  # (missing ancestor, entry)
        self.changed: dict[EntryId, tuple[int, str]] = {}  # stored entries whose place or outcome changes

    def take(self, arrived: Sequence[tuple[EntryRow, Header]]) -> list[EntryRow]:
        """Place and fold; the arrived rows as they stand then."""
        new = {row.id: header for row, header in arrived}
        known = {a for header in new.values() for a in ancestors(header)} - new.keys()
        if known:
            self.effective.update(self.writing.effectives(known))
        held = {id: header for id, header in new.items() if self._place(id, header)}
        self._release([id for id in new if id not in held], held)
        for id, header in held.items():
            self.outcomes[id] = WAITING
            self.waiting.append((_awaited(id, [a for a in ancestors(header) if a not in self.effective]), id))
        for dossier, facts in self.fresh.items():
            self._fold(dossier, facts, new)
        return [
            row._replace(dossier=home_of(row.id, header), effective=self.effective.get(row.id, 0), outcome=self.outcomes[row.id])
            for row, header in arrived
        ]

    def finish(self) -> None:
        """Write what changed beside the arrived rows."""
        if self.waiting:
            self.writing.add_waiting(self.waiting)
        if self.changed:
            self.writing.place_entries([(id, *placed) for id, placed in self.changed.items()])

    def _place(self, id: EntryId, header: Header) -> tuple[EntryId, ...]:
        """Place an entry whose ancestors are known; else the ones that are missing."""
        match decide_place(header, self.effective.get):
            case Waiting(missing=missing):
                return missing
            case Placed(effective=effective):
                self.effective[id] = effective
                self.fresh[home_of(id, header)].append(Fact(id=id, header=header, effective=effective))
                return ()

    def _release(self, placed: Iterable[EntryId], held: dict[EntryId, Header]) -> None:
        """Place what waited for these, and what waited for that: stored entries, and `held` ones of this batch, which
        are taken out of `held` then.
        """
        batch = set(placed)
        while batch:
            stored = {id: parse_header(row.header) for id, row in self.writing.entries(self.writing.waiting_for(batch)).items()}
            again = {id: header for id, header in held.items() if not batch.isdisjoint(ancestors(header))}
            wanted = {a for header in stored.values() for a in ancestors(header)} - self.effective.keys()
            if wanted:
                self.effective.update(self.writing.effectives(wanted))
            missing = {id: self._place(id, header) for id, header in (stored | again).items()}
            batch = {id for id, absent in missing.items() if not absent}
            for id in batch & again.keys():
                del held[id]
            if stored:
                self.writing.drop_waiting(list(stored))
                self.writing.add_waiting([(_awaited(id, missing[id]), id) for id in stored if missing[id]])

    def _fold(self, dossier: DossierId, facts: list[Fact], new: dict[EntryId, Header]) -> None:
        facts.sort(key=lambda fact: (fact.effective, fact.id))
        first = (facts[0].effective, facts[0].id)
        held = self.writing.dossier(dossier)
        earlier: list[EntryRow] = []
        cursor = parse(held.cursor, Cursor) if held else None
        if held and first < (held.last_effective, held.last_id):
            cursor, earlier = _rewind(self.writing, dossier, first)
        facts = sorted(
            [*facts, *(Fact(id=r.id, header=parse_header(r.header), effective=r.effective) for r in earlier)],
            key=lambda fact: (fact.effective, fact.id),
        )
        outcomes, cursor, snapshots = fold_facts(dossier, cursor, facts)
        was = {row.id: row.outcome for row in earlier}
        for fact, outcome in zip(facts, outcomes, strict=True):
            if was.get(fact.id) == outcome:
                continue  # folded again on the way: nothing became of it
            self.outcomes[fact.id] = outcome
            if fact.id not in new:
                self.changed[fact.id] = (fact.effective, outcome)
        if snapshots:
            self.writing.store_snapshots(snapshots)
        self.writing.store_dossiers([dossier_row(dossier, cursor, opened_at=opened_at(held, facts[0]))])


def _awaited(id: EntryId, missing: Sequence[EntryId]) -> EntryId:
    """The one of its missing ancestors that an entry waits for: when it comes the others are looked for again.

    The nearest by xor: another one for each entry, so that a partner cannot have a crowd of waiting entries looked at for
    each one that comes, and the same whichever of the others came before, so that a rebuild waits for the same.
    """
    own = int.from_bytes(id)
    return min(missing, key=lambda ancestor: own ^ int.from_bytes(ancestor))


def _rewind(writing: Writing, dossier: DossierId, first: Key) -> tuple[Cursor | None, list[EntryRow]]:
    """The cursor of the last snapshot before `first`, and the entries after it; later snapshots are dropped."""
    snapshot = writing.snapshot_before(dossier, first)
    writing.drop_snapshots(dossier, first)
    if snapshot is None:
        return None, writing.dossier_entries(dossier)
    return parse(snapshot.cursor, Cursor), writing.dossier_entries(dossier, (snapshot.effective, snapshot.id))


def fold_facts(dossier: DossierId, cursor: Cursor | None, facts: Sequence[Fact]) -> tuple[list[str], Cursor, list[SnapshotRow]]:
    """Outcomes of facts (at least one) in order after `cursor`, the cursor after them, the snapshots among them."""
    outcomes: list[str] = []
    snapshots: list[SnapshotRow] = []
    start = 0
    while True:
        done = cursor.count if cursor is not None else 0
        end = min(len(facts), start + SNAPSHOT_EVERY - done % SNAPSHOT_EVERY)
        step = advance(cursor, facts[start:end])
        cursor = step.cursor
        outcomes += [ACCEPTED if outcome is None else outcome.reason for outcome in step.outcomes]
        if cursor.count % SNAPSHOT_EVERY == 0:
            snapshots.append(snapshot_row(dossier, cursor))
        start = end
        if start == len(facts):
            return outcomes, cursor, snapshots


def snapshot_row(dossier: DossierId, cursor: Cursor) -> SnapshotRow:
    """A cursor as it is kept."""
    return SnapshotRow(dossier=dossier, effective=cursor.effective, id=cursor.last, cursor=encode(cursor))


def opened_at(held: DossierRow | None, first: Fact) -> Millis:
    """When a dossier was opened: its first entry in order, whichever came first; 0 for a partnership, which nothing opens."""
    if first.header.kind == PARTNERSHIP:
        return Millis(0)
    return Millis(first.effective if held is None else min(held.opened_at, first.effective))


def dossier_row(dossier: DossierId, cursor: Cursor, *, opened_at: Millis) -> DossierRow:
    """The dossier's row as of a cursor."""
    summary = summary_of(cursor)
    return DossierRow(
        id=dossier,
        kind=cursor.kind,
        cursor=encode(cursor),
        count=cursor.count,
        last_effective=cursor.effective,
        last_id=cursor.last,
        parties=cursor.parties,
        stage=summary.stage,
        area=summary.area,
        urgency=summary.urgency,
        turn=summary.turn,
        due=summary.due,
        closed=summary.closed,
        opened_at=opened_at,
        changed_at=Millis(cursor.effective),
        within=summary.within,
    )


def load_cursor(reading: Reading, dossier: DossierId) -> Cursor | None:
    """The fold of a dossier as stored, or None."""
    row = reading.dossier(dossier)
    return parse(row.cursor, Cursor) if row else None
