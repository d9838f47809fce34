# SPDX-License-Identifier: EUPL-1.2
"""What is true of a need: who offers how many, what the host has committed, who is there, until when.

Registers of each author; what is derived from them (`contributions`, `coverage_on`) is found in one pass.
Spec: spec/kinds/reinforcement.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from amana.dossiers.reinforcement.entries import NumberField
from amana.dossiers.shared.conditions import LanguagesField
from amana.dossiers.shared.events import Arms, CostBearer, DeploymentStatus, ObserversField, Powers, ResourceKind
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EffectiveField, EntryId, EntryIdField, Millis, MillisField

THERE = frozenset({DeploymentStatus.ARRIVED, DeploymentStatus.OPERATIONAL, DeploymentStatus.RESTING})


class Offered(Canonical, frozen=True, kw_only=True):
    """An offer: `id` is its first entry, `entry` the last that changed it."""

    at: EffectiveField
    id: EntryIdField
    arms: Arms
    cost: CostBearer
    ends: MillisField
    entry: EntryIdField
    agency: AgencyCodeField
    number: NumberField
    powers: Powers
    starts: MillisField
    languages: LanguagesField = ()
    withdrawn: bool = False
    on_behalf_of: AgencyCodeField | None = None


class Committed(Canonical, frozen=True, kw_only=True):
    """What the host takes of an offer."""

    at: EffectiveField
    ends: MillisField
    entry: EntryIdField
    offer: EntryIdField
    number: NumberField
    starts: MillisField


class Extended(Canonical, frozen=True, kw_only=True):
    """A longer stay that the host asks for, and what the sender answered (None: nothing yet)."""

    id: EntryIdField
    ends: MillisField
    offer: EntryIdField
    agreed: bool | None = None


class Released(Canonical, frozen=True, kw_only=True):
    """When the host lets those of an offer go."""

    at: MillisField
    entry: EntryIdField
    offer: EntryIdField


class Reported(Canonical, frozen=True, kw_only=True):
    """How those of an offer stood when their sender last said so."""

    at: MillisField
    entry: EntryIdField
    offer: EntryIdField
    venue: Reference = b""
    number: NumberField
    status: DeploymentStatus


class NeedState(Canonical, frozen=True, kw_only=True):
    """The whole state of a need, or of what is offered without one."""

    area: Area
    arms: Arms
    cost: CostBearer
    ends: MillisField
    host: AgencyCodeField
    kind: ResourceKind
    event: EntryIdField
    venue: Reference = b""
    author: AgencyCodeField
    number: NumberField
    offers: tuple[Offered, ...] = ()  # sorted by id
    powers: Powers
    starts: MillisField
    commits: tuple[Committed, ...] = ()  # sorted by offer
    parties: tuple[AgencyCodeField, ...]
    declined: tuple[AgencyCodeField, ...] = ()
    exercise: bool = False
    releases: tuple[Released, ...] = ()  # sorted by offer
    statuses: tuple[Reported, ...] = ()  # sorted by offer
    cancelled: bool = False
    languages: LanguagesField = ()
    observers: ObserversField = ()
    extensions: tuple[Extended, ...] = ()  # sorted by id
    unsolicited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One offer and what became of it. `committed` 0: not committed; `released_at` 0: not released."""

    offer: EntryId
    entry: EntryId
    agency: AgencyCode
    on_behalf_of: AgencyCode | None
    kind: ResourceKind
    offered: int
    committed: int
    deployed: int
    starts: Millis
    ends: Millis
    status: DeploymentStatus | None
    venue: bytes
    arms: Arms
    powers: Powers
    cost: CostBearer
    languages: tuple[str, ...]
    released_at: Millis
    withdrawn: bool
    extension: Extended | None

    @property
    def who(self) -> AgencyCode:
        """The service that sends them."""
        return self.on_behalf_of or self.agency

    def is_there(self, at: int) -> bool:  # bool: a count is made of it
        """Whether a moment lies in the time for which they are committed, and they were not let go before."""
        return self.starts <= at < self.ends and not (self.released_at and self.released_at <= at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many are needed, offered, committed and deployed at a moment."""

    needed: int
    offered: int
    committed: int
    deployed: int


def contributions(state: NeedState) -> tuple[Contribution, ...]:
    """Every offer with what became of it, the first offered first."""
    commits = {one.offer: one for one in state.commits}
    statuses = {one.offer: one for one in state.statuses}
    releases = {one.offer: one.at for one in state.releases}
    extensions: dict[EntryId, Extended] = {}
    for asked in state.extensions:
        held = extensions.get(asked.offer)
        if held is None or asked.ends >= held.ends:
            extensions[asked.offer] = asked
    return tuple(
        _contribution(state, offer, commits.get(offer.id), statuses.get(offer.id), releases.get(offer.id), extensions.get(offer.id))
        for offer in sorted(state.offers, key=lambda one: (one.at, one.id))
    )


def _contribution(
    state: NeedState,
    offer: Offered,
    commit: Committed | None,
    status: Reported | None,
    released: Millis | None,
    extension: Extended | None,
) -> Contribution:
    ends = commit.ends if commit else offer.ends
    if extension is not None and extension.agreed and extension.ends > ends:
        ends = extension.ends
    there = status is not None and status.status in THERE and commit is not None
    return Contribution(
        offer=offer.id,
        entry=offer.entry,
        agency=offer.agency,
        on_behalf_of=offer.on_behalf_of,
        kind=state.kind,
        offered=0 if offer.withdrawn else offer.number,
        committed=commit.number if commit else 0,
        deployed=status.number if there and status is not None else 0,
        starts=commit.starts if commit else offer.starts,
        ends=ends,
        status=status.status if status else None,
        venue=(status.venue if status else b"") or state.venue,
        arms=offer.arms,
        powers=offer.powers,
        cost=offer.cost,
        languages=offer.languages,
        released_at=released or Millis(0),
        withdrawn=offer.withdrawn,
        extension=extension,
    )


def coverage_on(state: NeedState, at: int) -> Coverage:
    """The need at a moment: nothing is needed outside its time, or where it was cancelled or never asked."""
    there = [one for one in contributions(state) if one.is_there(at)]
    wanted = state.starts <= at < state.ends and not state.cancelled and not state.unsolicited
    return Coverage(
        needed=state.number if wanted else 0,
        offered=sum(one.offered for one in there),
        committed=sum(one.committed for one in there),
        deployed=sum(one.deployed for one in there),
    )


def committed_in_all(state: NeedState) -> int:
    """How many the host has committed, and not released."""
    return sum(one.committed for one in contributions(state) if not one.released_at)


def undecided(state: NeedState) -> tuple[Contribution, ...]:
    """The offers on which the host has not decided."""
    return tuple(one for one in contributions(state) if one.offered and not one.committed and not one.released_at)
