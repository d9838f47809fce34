# SPDX-License-Identifier: EUPL-1.2
"""What can be said of a need for reinforcements, by the messages of OASIS EDXL-RM 1.0 (each class names its own).

How many, when, where, with which powers and arms and at whose cost is coded; units and contact posts are in bodies.
Spec: spec/kinds/reinforcement.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.conditions import LanguagesField
from amana.dossiers.shared.events import Arms, CostBearer, DeploymentStatus, ObserversField, Powers, ResourceKind
from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, EntryId, EntryIdField, MillisField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "reinforcement"
RETENTION = 5 * 365  # days: who bore which cost is asked for long after
NumberField = Annotated[int, Meta(ge=0, le=100_000)]
Line = Annotated[str, Meta(min_length=1, max_length=200)]


class Request(Coded, frozen=True, kw_only=True):
    """RequestResource: the host opens a need."""

    area: Area = Area.PUBLIC_ORDER
    arms: Arms = Arms.BY_HOST_DECISION
    cost: CostBearer = CostBearer.SHARED
    ends: MillisField
    host: AgencyCodeField
    kind: ResourceKind
    event: EntryIdField  # DossierId of the event
    venue: Reference = b""  # the venue's entry in the event
    number: NumberField
    powers: Powers = Powers.ACCOMPANY
    starts: MillisField
    exercise: bool = False
    languages: LanguagesField = ()
    observers: ObserversField = ()


class OfferUnsolicited(Coded, frozen=True, kw_only=True):
    """OfferUnsolicitedResource: a service opens what it could send, without being asked."""

    area: Area = Area.PUBLIC_ORDER
    arms: Arms = Arms.BY_HOST_DECISION
    cost: CostBearer = CostBearer.SENDER
    ends: MillisField
    host: AgencyCodeField
    kind: ResourceKind
    event: EntryIdField
    venue: Reference = b""
    number: NumberField
    powers: Powers = Powers.ACCOMPANY
    starts: MillisField
    exercise: bool = False
    languages: LanguagesField = ()
    observers: ObserversField = ()


class Units(Canonical, frozen=True, kw_only=True):
    """In the body: which units come, and whom to call, by post."""

    units: Annotated[tuple[Line, ...], Meta(max_length=50)] = ()
    contact: Annotated[str, Meta(max_length=200)] = ""


class Offer(Coded, frozen=True, kw_only=True):
    """ResponseToRequestResource: this service offers so many. `offer`: its own that it changes."""

    arms: Arms = Arms.BY_HOST_DECISION
    cost: CostBearer = CostBearer.SENDER
    ends: MillisField
    offer: Reference = b""
    number: NumberField
    powers: Powers = Powers.ACCOMPANY
    starts: MillisField
    languages: LanguagesField = ()
    on_behalf_of: AgencyCodeField | None = None  # a guest without a node

    def named(self) -> tuple[EntryId, ...]:
        return (EntryId(self.offer),) if self.offer else ()


class Decline(Coded, frozen=True, kw_only=True):
    """ResponseToRequestResource, declined: this service has none to send; the body may say why."""


class WithdrawOffer(Coded, frozen=True, kw_only=True):
    """This service takes an offer of its own back. What was committed is released by the host."""

    offer: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.offer,)


class Commit(Coded, frozen=True, kw_only=True):
    """RequisitionResource and CommitResource: the host takes so many of an offer. It takes the place of its earlier word."""

    ends: MillisField
    offer: EntryIdField
    number: NumberField
    starts: MillisField

    def named(self) -> tuple[EntryId, ...]:
        return (self.offer,)


class Extend(Coded, frozen=True, kw_only=True):
    """RequestExtendedDeploymentDuration: the host asks that they stay longer."""

    ends: MillisField
    offer: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.offer,)


class ExtendAnswer(Coded, frozen=True, kw_only=True):
    """ResponseToRequestExtendedDeploymentDuration: whether they do."""

    agreed: bool
    extend: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.extend,)


class Release(Coded, frozen=True, kw_only=True):
    """ReleaseResource: the host lets them go."""

    at: MillisField
    offer: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.offer,)


class Status(Coded, frozen=True, kw_only=True):
    """ReportResourceDeploymentStatus: how many of an offer stand how, where."""

    at: MillisField
    offer: EntryIdField
    venue: Reference = b""
    number: NumberField
    status: DeploymentStatus

    def named(self) -> tuple[EntryId, ...]:
        return (self.offer,)


class Cancel(Coded, frozen=True, kw_only=True):
    """The need is no more: who opened it says so."""


ReinforcementCoded = (
    Request | OfferUnsolicited | Offer | Decline | WithdrawOffer | Commit | Extend | ExtendAnswer | Release | Status | Cancel
)
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H2), purpose=Purpose.EVENT_SECURITY)


def _type(name: str, coded: type[Coded], *, detail: type[Canonical] | None = None, opens: bool = False, binds: bool = False) -> EntryType:
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=RETENTION,
        personal=Personal.NONE,
        kind=KIND,
        detail=detail,
        opens=opens,
        needs_basis=opens,
        binds=binds,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("request", Request, opens=True),
        _type("offer_unsolicited", OfferUnsolicited, detail=Units, opens=True, binds=True),
        _type("offer", Offer, detail=Units, binds=True),
        _type("decline", Decline),
        _type("withdraw_offer", WithdrawOffer, binds=True),
        _type("commit", Commit, binds=True),
        _type("extend", Extend),
        _type("extend_answer", ExtendAnswer, binds=True),
        _type("release", Release),
        _type("status", Status, detail=Units),
        _type("cancel", Cancel, binds=True),
    )
}
