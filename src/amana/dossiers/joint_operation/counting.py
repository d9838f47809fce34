# SPDX-License-Identifier: EUPL-1.2
"""How the results of an operation are counted, so that no two agencies count one thing twice.

The rule: (1) a result is one entry of one agency and counts for it; (2) results that name the same exhibit are one; (3) two
results that an author of either calls the same are one, whatever others say; (4) of those that are one, the first that was
said counts, and only it; (5) what was struck does not count; (6) amounts are summed by type, substance, unit and currency.
Two results of different agencies that look alike and of which neither author has said a word may be doubles: they are shown,
and the operation is not closed over them. Spec: spec/kinds/joint_operation.md.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from amana.dossiers.joint_operation.state import Compared, KeptResult, OperationState
from amana.dossiers.shared.operations import ResultType, Substance, Unit
from amana.dossiers.shared.vocabulary import DAY
from amana.protocol.identifiers import AgencyCode, EntryId

ALIKE_WITHIN = DAY  # between the moments of two results that may be one
ALIKE_PERCENT = 20  # of the greater amount
MOST_DOUBLES = 50  # that are shown at once
Key = tuple[ResultType, Substance | None, Unit, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One line of the figures. `said` is the sum before what is the same was taken out."""

    type: ResultType
    unit: Unit
    said: int
    amount: int
    number: int  # results that count
    currency: str
    substance: Substance | None
    by_agency: tuple[tuple[AgencyCode, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A result that stands. `same_as`: the one that counts in its place; empty: it counts itself."""

    result: KeptResult
    same_as: bytes = b""


def key_of(result: KeptResult) -> Key:
    """With what it is summed. (6)"""
    return result.type, result.substance, result.unit, result.currency


def counted(state: OperationState) -> tuple[Counted, ...]:
    """Every result that stands, in the order in which they were said, with the one that counts in its place."""
    standing = sorted((one for one in state.results if not one.struck), key=lambda one: (one.since, one.id))  # (5)
    leader = _united(state, standing)
    return tuple(Counted(result=one, same_as=b"" if leader[one.id] == one.id else leader[one.id]) for one in standing)


def totals(state: OperationState) -> tuple[Total, ...]:
    """The figures of the operation, by type."""
    groups: dict[Key, list[Counted]] = defaultdict(list)
    for one in counted(state):
        groups[key_of(one.result)].append(one)
    order = list(ResultType)
    keys = sorted(groups, key=lambda key: (order.index(key[0]), key[1] or "", key[2], key[3]))
    return tuple(_total(key, groups[key]) for key in keys)


def doubles(state: OperationState) -> tuple[tuple[KeptResult, KeptResult], ...]:
    """Pairs of results that may be one, at most `MOST_DOUBLES`."""
    settled = {(one.first, one.second) for one in _own_words(state)}
    by_key: dict[Key, list[KeptResult]] = defaultdict(list)
    for one in counted(state):
        if not one.same_as:
            by_key[key_of(one.result)].append(one.result)
    found: list[tuple[KeptResult, KeptResult]] = []
    for held in by_key.values():
        in_time = sorted(held, key=lambda one: (one.at, one.id))
        for place, first in enumerate(in_time):
            for second in in_time[place + 1 :]:
                if second.at - first.at > ALIKE_WITHIN or len(found) >= MOST_DOUBLES:
                    break
                if _alike(first, second) and pair(first.id, second.id) not in settled:
                    found.append((first, second))
    return tuple(found)


def pair(one: EntryId, other: EntryId) -> tuple[EntryId, EntryId]:
    """Two ids in order."""
    return (one, other) if one <= other else (other, one)


def _alike(one: KeptResult, other: KeptResult) -> bool:  # bool: a measure of two amounts, for showing
    if one.author == other.author:
        return False
    more, less = max(one.amount, other.amount), min(one.amount, other.amount)
    return (more - less) * 100 <= more * ALIKE_PERCENT


def _own_words(state: OperationState) -> list[Compared]:
    """What was said of two results by an author of either; what others say of them counts for nothing."""
    authors = {one.id: one.author for one in state.results}
    return [one for one in state.compared if one.author in (authors.get(one.first), authors.get(one.second))]


def _united(state: OperationState, standing: list[KeptResult]) -> dict[EntryId, EntryId]:
    """By result: the one that counts in its place, itself where it counts. `standing` is in the order of rule (4)."""
    rank = {one.id: place for place, one in enumerate(standing)}
    leader = {one.id: one.id for one in standing}

    def lead(id: EntryId) -> EntryId:
        while leader[id] != id:
            leader[id] = leader[leader[id]]
            id = leader[id]
        return id

    def unite(one: EntryId, other: EntryId) -> None:
        first, second = sorted((lead(one), lead(other)), key=rank.__getitem__)  # (4)
        leader[second] = first

    by_exhibit: dict[bytes, EntryId] = {}
    for one in standing:
        if one.exhibit:
            unite(by_exhibit.setdefault(one.exhibit, one.id), one.id)  # (2)
    for said in _own_words(state):
        if said.same and said.first in rank and said.second in rank:
            unite(said.first, said.second)  # (3)
    return {id: lead(id) for id in leader}


def _total(key: Key, held: list[Counted]) -> Total:
    counting = [one.result for one in held if not one.same_as]
    by_agency: dict[AgencyCode, int] = defaultdict(int)
    for one in counting:
        by_agency[one.author] += one.amount
    type, substance, unit, currency = key
    return Total(
        type=type,
        unit=unit,
        said=sum(one.result.amount for one in held),
        amount=sum(one.amount for one in counting),
        number=len(counting),
        currency=currency,
        substance=substance,
        by_agency=tuple(sorted(by_agency.items())),
    )
