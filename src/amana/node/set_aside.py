# SPDX-License-Identifier: EUPL-1.2
"""Entries set aside on arrival: kept and receipted, folded nowhere; taken after all when their own author sends them.

Whoever holds an entry could send it on as a part of its own log before its author's step is here. It is set aside
then (foreign author), and that must not keep the author's own copy out. Spec: spec/09-sync.md, "Dispositions".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amana.node.folding import fold_in, home_of
from amana.node.ports import WAITING, EntryRow, Reading, Writing
from amana.node.records import DispositionRecord
from amana.protocol.canonical import parse
from amana.protocol.entry import Header
from amana.protocol.identifiers import EntryId

UNREADABLE = "unreadable"  # the header
FOREIGN = ("foreign_author", "foreign_audience", "foreign_run")
NOT_FOLDED = frozenset({UNREADABLE, *FOREIGN})
TAKEN = "taken"  # set aside before, and now here from its author


def disposition_code(reading: Reading, id: EntryId) -> str:
    """How the entry was taken on arrival; empty where simply taken."""
    held = reading.record("disposition", id)
    return parse(held, DispositionRecord).code if held is not None else ""


def find_set_aside(reading: Reading, present: Iterable[EntryId]) -> set[EntryId]:
    """Those of these entries that are here but were set aside."""
    return {id for id in present if disposition_code(reading, id) in NOT_FOLDED}


def take_in(writing: Writing, arrived: Sequence[tuple[EntryRow, Header]], *, again: set[EntryId]) -> dict[EntryId, str]:
    """Store and fold entries from their author, `again` those that are here but were set aside; what became of each."""
    outcomes = fold_in(writing, [(row, header) for row, header in arrived if row.id not in again])
    if again:
        promoted = [(row, header) for row, header in arrived if row.id in again]
        homes = [row._replace(dossier=home_of(row.id, header), effective=0, outcome=WAITING) for row, header in promoted]
        writing.replace_entries(homes)
        outcomes |= fold_in(writing, promoted, stored=True)
    return outcomes
