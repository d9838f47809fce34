# SPDX-License-Identifier: EUPL-1.2
"""How an entry of this agency comes to be: ordered after what its author's node knows, tried by its kind's rules,
stored with its dossier's new state and queued for everybody who receives it, all in one write.

The rules are the fold's own: an act that the fold would refuse is refused here, before anything is kept. One
`Posting` serves all entries of one write, so many acts share their lookups and one batch of rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from amana.dossiers.fold import Cursor, Folding
from amana.dossiers.kind import Coded, EntryType, Fact
from amana.dossiers.order import ancestors, place
from amana.dossiers.registry import entry_type
from amana.node.context import Node
from amana.node.folding import SNAPSHOT_EVERY, Key, dossier_row, fold_in, opened_at, partnership_home, snapshot_row
from amana.node.partners import require_reachable
from amana.node.ports import DossierRow, EntryRow, SnapshotRow, Writing
from amana.node.records import NO_DOSSIER
from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.entry import (
    MAX_AFTER,
    PARTNERSHIP,
    Attachment,
    Body,
    Entry,
    Header,
    Item,
    body_commitment,
    make_entry,
    parse_header,
)
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import NONCE_BYTES, AgencyCode, DossierId, EntryId
from amana.protocol.marking import Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an author wants said; ids, order, time and nonces are the node's affair."""

    kind: str
    type: str
    dossier: DossierId = NO_DOSSIER  # empty: opens one
    audience: tuple[AgencyCode, ...]
    coded: Coded
    marking: Marking
    rules: int = 0
    after: tuple[EntryId, ...] = ()
    title: str = ""
    text: str = ""
    language: str = ""
    items: tuple[Item, ...] = ()
    detail: bytes = b""
    handle: bytes = b""
    attachments: tuple[Attachment, ...] = ()


@dataclass(slots=True)
class _Open:
    """A dossier being written in this posting."""

    folding: Folding | None
    held: DossierRow | None
    key: Key = (-1, EntryId(b""))  # of the last entry in order
    first: Fact | None = None  # the first entry of this posting
    last: Fact | None = None


class Posting:
    """All entries of this agency made in one write."""

    def __init__(self, node: Node, writing: Writing) -> None:
        self.node = node
        self.writing = writing
        self.reached: set[AgencyCode] = set()
        self._reachable: dict[tuple[AgencyCode, bool], None] = {}
        self._effective: dict[EntryId, int] = {}
        self._shared: dict[EntryId, frozenset[AgencyCode]] = {}  # who holds an entry
        self._open: dict[DossierId, _Open] = {}
        self._entries: list[EntryRow] = []
        self._queue: list[tuple[AgencyCode, EntryId, bool]] = []
        self._snapshots: list[SnapshotRow] = []

    def append(self, wish: Wish) -> Entry:
        """Make, try and keep one entry. Raises Refusal with the rule's reason, or why a partner is out of reach."""
        declared = entry_type(wish.kind, wish.type)
        for code in wish.audience:
            self._require_reachable(code, declared)
        home = wish.dossier
        if wish.kind == PARTNERSHIP:
            home = partnership_home(self.node.code, wish.audience[0])
        self._require_shared(wish)
        entry = self._make(wish, self._load(home).folding if home else None)
        self._fold(home or DossierId(entry.id), entry)
        self._queue += [(code, entry.id, declared.control) for code in wish.audience]
        self.reached.update(wish.audience)
        return entry

    def flush(self) -> None:
        """Write what was appended."""
        self.writing.add_entries(self._entries)
        self.writing.enqueue(self._queue)
        if self._snapshots:
            self.writing.store_snapshots(self._snapshots)
        self.writing.store_dossiers(
            [
                dossier_row(id, open.folding.cursor(open.last), opened_at=opened_at(open.held, open.first))
                for id, open in self._open.items()
                if open.folding is not None and open.first is not None and open.last is not None
            ]
        )
        self._entries, self._queue, self._snapshots, self._open = [], [], [], {}

    def _require_reachable(self, code: AgencyCode, declared: EntryType) -> None:
        if (code, declared.control) not in self._reachable:
            require_reachable(self.writing, code, control=declared.control)
            self._reachable[code, declared.control] = None

    def _require_shared(self, wish: Wish) -> None:
        """What an entry names must be held by everybody who receives it. Raises Refusal."""
        named = {*wish.after, *wish.coded.named()}
        held = self.writing.entries(named - self._shared.keys()) if named - self._shared.keys() else {}
        for id, row in held.items():
            header = parse_header(row.header)
            self._shared[id] = frozenset({header.author, *header.audience})
        for id in named:
            if id not in self._shared:
                raise Refusal("unknown_reference")
            if not self._shared[id] >= {self.node.code, *wish.audience}:
                raise Refusal("reference_not_shared")

    def _load(self, dossier: DossierId) -> _Open:
        if dossier not in self._open:
            held = self.writing.dossier(dossier)
            self._open[dossier] = _Open(folding=None, held=held)
            if held is not None:
                folding = Folding.resume(parse(held.cursor, Cursor))
                self._open[dossier] = _Open(folding=folding, held=held, key=(held.last_effective, held.last_id))
        return self._open[dossier]

    def state(self, dossier: DossierId) -> Canonical | None:
        """The dossier's state after what was appended so far; None where there is none."""
        folding = self._load(dossier).folding
        return folding.state if folding is not None and folding.barred is None else None

    def _make(self, wish: Wish, folding: Folding | None) -> Entry:
        token = self.node.randomness.token(2 * NONCE_BYTES)
        body = Body(
            text=wish.text,
            items=wish.items,
            nonce=token[:NONCE_BYTES],
            title=wish.title,
            detail=wish.detail,
            handle=wish.handle,
            language=wish.language,
            attachments=wish.attachments,
        )
        audience = tuple(sorted(set(wish.audience)))
        body_bytes = encode(body)
        previous, seen = _tips(folding, self.node.code, audience)
        named = {*wish.after, *wish.coded.named()} - {previous, wish.dossier}
        after = [*sorted(named), *sorted(seen - named - {previous, wish.dossier})]
        header = Header(
            run=self.node.card.card.run,
            body=body_commitment(body_bytes),
            kind=wish.kind,
            type=wish.type,
            after=tuple(sorted(after[:MAX_AFTER])),  # of more, what is named goes before what is merely known
            coded=encode(wish.coded),
            nonce=token[NONCE_BYTES:],
            rules=wish.rules,
            author=self.node.code,
            dossier=wish.dossier,
            made_at=self.node.clock.now(),
            marking=wish.marking,
            audience=audience,
            previous=previous,
        )
        try:
            return make_entry(header, body, body_bytes=body_bytes)
        except PeerFault as fault:  # what a partner's node would not take, ours does not make
            raise Refusal(fault.code, **dict(fault.facts)) from fault

    def _fold(self, home: DossierId, entry: Entry) -> None:
        named = ancestors(entry.header)
        unknown = [id for id in named if id not in self._effective]
        if unknown:
            self._effective.update(self.writing.effectives(unknown))
        if any(id not in self._effective for id in named):
            raise Refusal("unknown_reference")
        effective = place(entry.header.made_at, [self._effective[id] for id in named])
        fact = Fact(id=entry.id, header=entry.header, effective=effective)
        row = _row(entry, home, effective)
        open = self._load(home)
        if (effective, entry.id) <= open.key:
            self._fold_late(row, entry)
            return
        if open.folding is None:
            open.folding = Folding.start(fact)
        refused = open.folding.take(fact)
        if refused is not None:
            raise Refusal(refused.reason)
        open.first, open.last, open.key = open.first or fact, fact, (effective, entry.id)
        if open.folding.count % SNAPSHOT_EVERY == 0:
            self._snapshots.append(snapshot_row(home, open.folding.cursor(fact)))
        self._effective[entry.id] = effective
        self._shared[entry.id] = entry.readers
        self._entries.append(row)

    def _fold_late(self, row: EntryRow, entry: Entry) -> None:
        """An aside or a slow clock put the entry before the dossier's last one: the general way."""
        queue, self._queue = self._queue, []
        self.flush()
        self._queue = queue
        outcome = fold_in(self.writing, [(row, entry.header)])[entry.id]
        if outcome:
            raise Refusal(outcome)


def _tips(folding: Folding | None, author: AgencyCode, audience: tuple[AgencyCode, ...]) -> tuple[bytes, set[EntryId]]:
    """`previous`, and the last entries of others that everybody in this audience holds."""
    if folding is None:
        return b"", set()
    readers = {author, *audience}
    previous = b""
    seen: set[EntryId] = set()
    for (strand_author, strand_audience), (last, _) in folding.tips.items():
        if strand_author == author and strand_audience == audience:
            previous = last
        elif readers <= {strand_author, *strand_audience}:
            seen.add(last)
    return previous, seen


def _row(entry: Entry, home: DossierId, effective: int) -> EntryRow:
    return EntryRow(
        id=entry.id,
        dossier=home,
        kind=entry.header.kind,
        type=entry.header.type,
        author=entry.header.author,
        header=entry.header_bytes,
        body=entry.body_bytes,
        void="",
        made_at=entry.header.made_at,
        arrived_at=entry.header.made_at,
        effective=effective,
        outcome="",
    )
