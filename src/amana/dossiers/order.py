# SPDX-License-Identifier: EUPL-1.2
"""The one order of a dossier's entries: by key (effective time, id), a plain sort that a database index keeps.

The effective time of an entry is max(made_at, latest effective time of its ancestors + 1, 1), so a key is always
greater than every ancestor's: the sort is a linear extension of ancestry, the same on every node, whatever came
when. Ancestors are the opening entry, `previous` and `after`. An entry with a missing ancestor waits, alone.
Spec: spec/10-order-and-folds.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from amana.dossiers.kind import Fact
from amana.protocol.entry import Entry, Header
from amana.protocol.identifiers import EntryId


class OrderKey(NamedTuple):
    """Where an entry stands. Compares as (effective, id); ids are unique, so no two keys are equal."""

    effective: int
    id: EntryId


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """All ancestors are known: the entry stands at `effective` (with its id: its `OrderKey`)."""

    effective: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Some ancestors are not here yet; the entry waits for them and keeps nobody else waiting."""

    missing: tuple[EntryId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ordered:
    """All entries of `order_all`: those that stand, in order, and those that wait with what they miss."""

    facts: tuple[Fact, ...]
    waiting: Mapping[EntryId, tuple[EntryId, ...]]


def ancestors(header: Header) -> tuple[EntryId, ...]:
    """The entries that this one comes after, sorted and without doubles: opening, `previous`, `after`."""
    named = set(header.after)
    if header.previous:
        named.add(EntryId(header.previous))
    if header.dossier:
        named.add(EntryId(header.dossier))
    return tuple(sorted(named))


def place(header_made_at: int, ancestor_effectives: Iterable[int]) -> int:
    """The effective time of an entry made at `header_made_at` whose ancestors stand at these times; never 0."""
    return max(header_made_at, max(ancestor_effectives, default=0) + 1)


def decide_place(header: Header, known: Callable[[EntryId], int | None]) -> Placed | Waiting:
    """Where the entry stands; `known` gives the effective time of an entry that stands already, else None."""
    latest = 0
    missing: list[EntryId] = []
    for ancestor in ancestors(header):
        effective = known(ancestor)
        if effective is None:
            missing.append(ancestor)
        elif effective > latest:
            latest = effective
    if missing:
        return Waiting(missing=tuple(missing))
    return Placed(effective=place(header.made_at, (latest,)))


def order_all(entries: Iterable[Entry], *, known: Mapping[EntryId, int] | None = None) -> Ordered:
    """Every entry of a dossier in order, from nothing; `known` are effective times of entries outside it.

    For verification, rebuilding and tests: one pass, ready entries first, no recursion.
    """
    unplaced = {entry.id: entry.header for entry in entries}
    effectives = dict(known or {})
    waiting_for: dict[EntryId, list[EntryId]] = defaultdict(list)
    missing = {name: {a for a in ancestors(header) if a not in effectives} for name, header in unplaced.items()}
    for name, absent in missing.items():
        for ancestor in absent:
            waiting_for[ancestor].append(name)
    ready = [name for name, absent in missing.items() if not absent]
    facts: list[Fact] = []
    while ready:
        name = ready.pop()
        header = unplaced[name]
        effective = place(header.made_at, (effectives[a] for a in ancestors(header)))
        effectives[name] = effective
        facts.append(Fact(id=name, header=header, effective=effective))
        for follower in waiting_for.pop(name, ()):
            missing[follower].discard(name)
            if not missing[follower]:
                ready.append(follower)
    facts.sort(key=lambda fact: (fact.effective, fact.id))
    return Ordered(facts=tuple(facts), waiting={name: tuple(sorted(m)) for name, m in missing.items() if m})
