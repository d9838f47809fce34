# SPDX-License-Identifier: EUPL-1.2
"""Entries that a node makes by itself, inside the write that caused them.

`delivered` tells all parties that what starts a clock or a state has arrived (at most one per step and dossier);
`partnership.disposition` tells a partner how its entry was taken. Neither causes another automatic entry.
"""

from __future__ import annotations

from collections.abc import Sequence

from amana.dossiers.information_request.entries import Delivered
from amana.dossiers.partnership.entries import Disposition
from amana.dossiers.registry import default_marking, find_entry_type
from amana.dossiers.shared.vocabulary import DispositionCode
from amana.node.context import Node
from amana.node.partners import Partner
from amana.node.ports import ACCEPTED, Reading, Writing
from amana.node.posting import Posting, Wish
from amana.protocol.canonical import parse
from amana.protocol.entry import PARTNERSHIP, parse_header
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId


def post_delivered(writing: Writing, node: Node, dossier: DossierId, entries: Sequence[EntryId]) -> set[AgencyCode]:
    """Say that these entries have arrived; nothing where the rules or a suspension do not let us."""
    opening = writing.entry(EntryId(dossier))
    row = writing.dossier(dossier)
    if opening is None or row is None:
        return set()
    marking = default_marking(
        row.kind,
        "delivered",
        opening=parse_header(opening.header).marking,
        agreement=None,
        made_at=node.clock.now(),
    )
    wish = Wish(
        kind=row.kind,
        type="delivered",
        dossier=dossier,
        audience=tuple(party for party in row.parties if party != node.code),
        coded=Delivered(entries=tuple(sorted(entries)[:64])),
        marking=marking,
    )
    return _post(writing, node, wish)


def post_owed(writing: Writing, node: Node) -> set[AgencyCode]:
    """Say of what arrived while it could not be said: during a suspension, or before an upgrade could read it.

    Reads every open dossier; for the moments after a resumption and after a rebuild.
    """
    reached: set[AgencyCode] = set()
    for dossier in writing.dossiers(closed=False):
        if owed := _owed(writing, node, dossier.id):
            reached |= post_delivered(writing, node, dossier.id, owed)
    return reached


def _owed(reading: Reading, node: Node, dossier: DossierId) -> list[EntryId]:
    """The accepted entries of others that start a clock and that no `delivered` of ours names."""
    started: list[EntryId] = []
    said: set[EntryId] = set()
    for row in reading.dossier_entries(dossier):
        declared = find_entry_type(row.kind, row.type) if row.outcome == ACCEPTED else None
        if declared is None:
            continue
        if declared.coded is Delivered and row.author == node.code:
            said.update(parse(parse_header(row.header).coded, Delivered).entries)
        elif declared.starts_clock and row.author != node.code:
            started.append(row.id)
    return [id for id in started if id not in said]


def post_dispositions(writing: Writing, node: Node, partner: Partner, told: Sequence[tuple[EntryId, DispositionCode]]) -> set[AgencyCode]:
    """Tell the partner how these entries of its were taken."""
    reached: set[AgencyCode] = set()
    for entry, code in told:
        wish = Wish(
            kind=PARTNERSHIP,
            type="disposition",
            audience=(partner.code,),
            coded=Disposition(code=code, entry=entry),
            marking=default_marking(PARTNERSHIP, "disposition", opening=None, agreement=None, made_at=node.clock.now()),
        )
        reached |= _post(writing, node, wish)
    return reached


def _post(writing: Writing, node: Node, wish: Wish) -> set[AgencyCode]:
    posting = Posting(node, writing)
    try:
        posting.append(wish)
    except Refusal:
        return set()  # nothing was written; the arrival itself stands
    posting.flush()
    return posting.reached
