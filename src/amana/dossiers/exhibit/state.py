# SPDX-License-Identifier: EUPL-1.2
"""What is true of an exhibit: who held it when, who holds it now, what may be done with it.

The chain of custody is a chain of entries that name each other: a transfer names the entry by which its author holds the
thing, a receipt names the transfer. Each such entry is used once, by its own author, so the chain has no forks and exactly
one agency holds the thing, or nobody after it was disposed of. Spec: spec/kinds/exhibit.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.operations import AmountField, CurrencyField, Disposal, LawfulOrigin, LookersField, ResultType, Substance, Unit
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EffectiveField, EntryId, EntryIdField, MillisField, SizeField


class Handover(Canonical, frozen=True, kw_only=True):
    """A transfer and what came of it. `received`: the entry; `declined`: the entry; both empty: it is under way."""

    at: MillisField
    id: EntryIdField
    to: AgencyCodeField
    author: AgencyCodeField
    broken: bool = False
    held_by: EntryIdField
    declined: Reference = b""
    received: Reference = b""
    received_at: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType


class CourtPermission(Canonical, frozen=True, kw_only=True):
    """A request to use the exhibit in court, and the answer as it stands."""

    id: EntryIdField
    ends: MillisField = 0  # type: ignore[assignment]  # as above
    asker: AgencyCodeField
    grant: Reference = b""
    refused: bool = False


class Disposed(Canonical, frozen=True, kw_only=True):
    """What became of it."""

    at: MillisField
    entry: EntryIdField
    author: AgencyCodeField
    outcome: Disposal


class ExhibitState(Canonical, frozen=True, kw_only=True):
    """The whole state of an exhibit."""

    at: MillisField
    id: EntryIdField  # of the opening, by which its author holds it
    area: Area
    type: ResultType
    unit: Unit
    since: EffectiveField
    amount: AmountField
    author: AgencyCodeField
    origin: LawfulOrigin
    parties: tuple[AgencyCodeField, ...]
    currency: CurrencyField = ""
    disposed: Disposed | None = None
    examined: SizeField = 0
    handovers: tuple[Handover, ...] = ()  # sorted by id
    observers: LookersField = ()
    operation: EntryIdField
    substance: Substance | None = None
    permissions: tuple[CourtPermission, ...] = ()  # sorted by id


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Who holds the exhibit, by which entry; `on_the_way`: the transfer that is under way."""

    agency: AgencyCode | None
    by: EntryId
    on_the_way: Handover | None = None


def custody(state: ExhibitState) -> tuple[Handover, ...]:
    """The transfers in the order of the chain."""
    by_link = {one.held_by: one for one in state.handovers}
    found: list[Handover] = []
    link = EntryId(state.id)
    while (step := by_link.get(link)) is not None:
        found.append(step)
        link = EntryId(step.received or step.declined)
    return tuple(found)


def held_now(state: ExhibitState) -> Held:
    """Who holds it: the last that received it; nobody once it was disposed of."""
    holder, by = state.author, EntryId(state.id)
    for step in custody(state):
        if step.received:
            holder, by = step.to, EntryId(step.received)
        elif step.declined:
            holder, by = step.author, EntryId(step.declined)
        else:
            return Held(agency=holder, by=by, on_the_way=step)
    return Held(agency=None if state.disposed is not None else holder, by=by)


def may_use_in_court(state: ExhibitState, agency: AgencyCode, now: int) -> bool:  # bool: pages show it; a court decides
    """Whether an agency has the permission that H1 asks for: its own exhibit needs none."""
    if agency == state.author:
        return True
    return any(one.asker == agency and one.grant and not one.refused and (not one.ends or now < one.ends) for one in state.permissions)
