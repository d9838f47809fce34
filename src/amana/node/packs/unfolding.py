# SPDX-License-Identifier: EUPL-1.2
"""A pack as dossiers that can be read: its entries folded into a journal of their own, apart from the agency's.

The state is that of the entries that are in the pack: where some were left out, they stand in the order by what the
pack says of them, and what rests on them counts for nothing. Nothing is ever written back.
"""

from __future__ import annotations

from amana.dossiers.kind import Fact
from amana.dossiers.order import Placed, decide_place
from amana.dossiers.registry import KINDS
from amana.node.attachments.wanted import index_attachments_of
from amana.node.folding import dossier_row, fold_facts, fold_in
from amana.node.ports import EntryRow, RecordRow, Writing
from amana.node.queries.rows import state_of
from amana.node.records import NO_DOSSIER, card_key
from amana.protocol.entry import Header
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis
from amana.protocol.pack import PackedEntry, PackLeftOut, VerifiedPack

ERASED = "erased"  # why a body that the seal says was there is not here any more


def unfold_pack(writing: Writing, pack: VerifiedPack, own: AgencyCode) -> None:
    """Fill an empty journal with what a pack holds."""
    writing.add_entries([_placeholder(left) for left in pack.left_out])
    rows: list[tuple[EntryRow, Header]] = [(_row(entry), entry.header) for entry in pack.entries]
    fold_in(writing, rows)
    for entry in pack.entries:
        for place, chunks in enumerate(entry.chunks):
            writing.add_chunks(entry.id, place, 0, chunks)
    for row, _ in rows:
        index_attachments_of(writing, own, row)
    cards = [RecordRow(kind="card", key=card_key(card.code, card.number), value=card.signed_bytes) for card in pack.cards.values()]
    writing.store_records(cards)


def erase_date(pack: VerifiedPack) -> Millis:
    """When the case says that the personal data of everything in it goes at the latest; 0: each entry says it."""
    known: dict[EntryId, int] = {left.id: left.effective for left in pack.left_out}
    facts: list[Fact] = []
    for entry in pack.entries:
        if entry.header.kind != pack.head.kind or pack.head.case not in (entry.id, EntryId(entry.header.dossier)):
            continue
        placed = decide_place(entry.header, known.get)
        if isinstance(placed, Placed):
            known[entry.id] = placed.effective
            facts.append(Fact(id=entry.id, header=entry.header, effective=placed.effective))
    if not facts or pack.head.kind not in KINDS:
        return Millis(0)
    case = DossierId(pack.head.case)
    _, cursor, _ = fold_facts(case, None, sorted(facts, key=lambda fact: (fact.effective, fact.id)))
    state = state_of(dossier_row(case, cursor, opened_at=Millis(0)))
    return Millis(0) if state is None else KINDS[pack.head.kind].erases(state)


def _row(entry: PackedEntry) -> EntryRow:
    void = entry.void or ("" if entry.body_bytes else ERASED)
    arrived = entry.receipt.time * 1000 if entry.receipt is not None else entry.header.made_at
    return EntryRow(
        id=entry.id,
        dossier=NO_DOSSIER,
        kind=entry.header.kind,
        type=entry.header.type,
        author=entry.header.author,
        header=entry.header_bytes,
        body=entry.body_bytes,
        void=void,
        made_at=Millis(entry.header.made_at),
        arrived_at=Millis(arrived),
        effective=0,
        outcome="",
    )


def _placeholder(left: PackLeftOut) -> EntryRow:
    """An entry of which the pack says only where it stands: it is in no dossier."""
    return EntryRow(
        id=left.id,
        dossier=NO_DOSSIER,
        kind="",
        type="",
        author=AgencyCode(""),
        header=b"",
        body=b"",
        void=ERASED,
        made_at=Millis(0),
        arrived_at=Millis(0),
        effective=left.effective,
        outcome=left.because,
    )
