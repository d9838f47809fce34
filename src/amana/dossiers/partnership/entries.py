# SPDX-License-Identifier: EUPL-1.2
"""What two partners say to each other about no matter: cards, dispositions, suspension, the end of a run.

These entries have no dossier and one agency as audience. Spec: spec/kinds/partnership.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.vocabulary import DispositionCode, EndCode, SuspensionCode
from amana.protocol.entry import PARTNERSHIP
from amana.protocol.identifiers import AgencyCodeField, DigestField, EntryIdField, NumberField
from amana.protocol.marking import HandlingCode, Marking, Purpose


class Card(Coded, frozen=True, kw_only=True):
    """This agency's card now has this number and hash; the card itself travels beside."""

    hash: DigestField
    number: NumberField


class Disposition(Coded, frozen=True, kw_only=True):
    """Automatic: an entry of yours was received, and this became of it. Names no ancestor: it may be unreadable."""

    code: DispositionCode
    entry: EntryIdField


class Suspend(Coded, frozen=True, kw_only=True):
    """This agency suspends the partner: only control entries pass until it resumes."""

    code: SuspensionCode


class Resume(Coded, frozen=True, kw_only=True):
    """This agency lifts its own suspension."""


class EndRun(Coded, frozen=True, kw_only=True):
    """This agency's log of this run ends; it goes on as the next run, by a new card."""

    run: NumberField  # the run that ends
    code: EndCode


class Introduction(Coded, frozen=True, kw_only=True):
    """This agency introduces a third one, by the hash of its card, for the named dossiers."""

    card: DigestField
    agency: AgencyCodeField
    dossiers: Annotated[tuple[EntryIdField, ...], Meta(max_length=64)] = ()


PartnershipCoded = Card | Disposition | Suspend | Resume | EndRun | Introduction


def _type(name: str, coded: type[Coded], *, automatic: bool = False, control: bool = True) -> EntryType:
    return EntryType(
        name=name,
        coded=coded,
        default_marking=Marking(codes=(HandlingCode.H0,), purpose=Purpose.COOPERATION),
        retention=10 * 365,
        personal=Personal.NONE,
        kind=PARTNERSHIP,
        automatic=automatic,
        control=control,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("card", Card),
        _type("disposition", Disposition, automatic=True),
        _type("suspend", Suspend),
        _type("resume", Resume),
        _type("end_run", EndRun),
        _type("introduction", Introduction, control=False),
    )
}
