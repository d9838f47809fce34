# SPDX-License-Identifier: EUPL-1.2
"""What can be said of an exhibit: it is registered, handed over and received, examined, allowed in court, disposed of.

What it is, its label and seal, and by which post, are in bodies; here are kinds, amounts, hours and the lawful origin.
Spec: spec/kinds/exhibit.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.operations import (
    AmountField,
    CurrencyField,
    Disposal,
    LawfulOrigin,
    LookersField,
    ResultType,
    Substance,
    Unit,
)
from amana.dossiers.shared.vocabulary import Area, RefusalCode
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import AgencyCodeField, EntryId, EntryIdField, MillisField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "exhibit"
RETENTION = 10 * 365  # days: proceedings take long
PostField = Annotated[str, Meta(max_length=200)]


class Register(Coded, frozen=True, kw_only=True):
    """Opens an exhibit: who registers it has it in hand, and states by what lawful act."""

    at: MillisField  # when it was taken
    area: Area
    type: ResultType
    unit: Unit = Unit.PIECE
    amount: AmountField = 1
    origin: LawfulOrigin
    currency: CurrencyField = ""
    observers: LookersField = ()
    operation: EntryIdField  # DossierId
    substance: Substance | None = None


class Labelled(Canonical, frozen=True, kw_only=True):
    """In the body: label and seal, the authority that ordered or covered the taking, and by which post it was taken."""

    post: PostField = ""
    seal: Annotated[str, Meta(max_length=80)] = ""
    label: Annotated[str, Meta(min_length=1, max_length=80)]
    authority: Annotated[str, Meta(max_length=400)] = ""


class Transfer(Coded, frozen=True, kw_only=True):
    """Its holder hands it over. `held_by`: the entry by which it holds it, the opening, its receipt, or a refusal to receive."""

    at: MillisField
    to: AgencyCodeField
    held_by: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.held_by,)


class Receive(Coded, frozen=True, kw_only=True):
    """It has arrived; `broken`: its seal was not whole. From now on the receiver holds it."""

    at: MillisField
    broken: bool = False
    transfer: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.transfer,)


class Decline(Coded, frozen=True, kw_only=True):
    """It is not received: who handed it over holds it still."""

    transfer: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.transfer,)


class Handled(Canonical, frozen=True, kw_only=True):
    """In the body: the seal, and by which post."""

    post: PostField = ""
    seal: Annotated[str, Meta(max_length=80)] = ""


class Examine(Coded, frozen=True, kw_only=True):
    """What an examination found; the report is in the body or attached."""

    at: MillisField


class CourtRequest(Coded, frozen=True, kw_only=True):
    """A party asks who registered it for permission to use it in court (handling code H1)."""


class CourtGrant(Coded, frozen=True, kw_only=True):
    """Who registered it allows that, until then (0: no end)."""

    ends: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    request: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.request,)


class CourtRefuse(Coded, frozen=True, kw_only=True):
    """Who registered it does not allow that, or no longer."""

    code: RefusalCode
    request: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.request,)


class Dispose(Coded, frozen=True, kw_only=True):
    """Its holder says what became of it; nobody holds it any more. `held_by` as in a transfer."""

    at: MillisField
    held_by: EntryIdField
    outcome: Disposal

    def named(self) -> tuple[EntryId, ...]:
        return (self.held_by,)


ExhibitCoded = Register | Transfer | Receive | Decline | Examine | CourtRequest | CourtGrant | CourtRefuse | Dispose
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H1, HandlingCode.H2), purpose=Purpose.INVESTIGATION)


def _type(
    name: str,
    coded: type[Coded],
    *,
    detail: type[Canonical] | None = None,
    opens: bool = False,
    binds: bool = False,
    personal: Personal = Personal.BODY_MAY,
) -> EntryType:
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=RETENTION,
        personal=personal,
        kind=KIND,
        detail=detail,
        opens=opens,
        binds=binds,
        needs_basis=opens or name == "examine",
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("register", Register, detail=Labelled, opens=True),
        _type("transfer", Transfer, detail=Handled),
        _type("receive", Receive, detail=Handled),
        _type("decline", Decline),
        _type("examine", Examine),
        _type("court_request", CourtRequest, personal=Personal.NONE),
        _type("court_grant", CourtGrant, binds=True, personal=Personal.NONE),
        _type("court_refuse", CourtRefuse, binds=True, personal=Personal.NONE),
        _type("dispose", Dispose, detail=Handled),
    )
}
