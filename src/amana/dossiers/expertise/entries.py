# SPDX-License-Identifier: EUPL-1.2
"""What can be said in the directory of expertise: what a service can give, revised, withdrawn.

Field, forms, number of people, languages and availability are coded; what it is, the specialisms and the people by post
are in the body. Spec: spec/kinds/expertise.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.conditions import LanguagesField
from amana.dossiers.shared.missions import MissionType
from amana.dossiers.shared.vocabulary import Area
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import MillisField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "expertise"
RETENTION = 5 * 365
PeopleField = Annotated[int, Meta(ge=0, le=10_000)]
Line = Annotated[str, Meta(min_length=1, max_length=200)]


class Publish(Coded, frozen=True, kw_only=True):
    """Opens a line of the directory: what its author can give to those who receive it."""

    area: Area
    ends: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType; 0: without an end
    forms: Annotated[tuple[MissionType, ...], Meta(min_length=1, max_length=len(MissionType))]
    people: PeopleField
    starts: MillisField = 0  # type: ignore[assignment]  # as above; 0: at once
    missions: PeopleField = 0  # of this kind that were carried out before
    languages: LanguagesField = ()


class Offered(Canonical, frozen=True, kw_only=True):
    """In the body: specialisms, people by post, references."""

    posts: Annotated[tuple[Line, ...], Meta(max_length=50)] = ()
    references: Annotated[tuple[Line, ...], Meta(max_length=20)] = ()
    specialisms: Annotated[tuple[Line, ...], Meta(max_length=20)] = ()


class Revise(Coded, frozen=True, kw_only=True):
    """The line as it is now; it takes the place of the earlier one whole."""

    area: Area
    ends: MillisField = 0  # type: ignore[assignment]  # as above
    forms: Annotated[tuple[MissionType, ...], Meta(min_length=1, max_length=len(MissionType))]
    people: PeopleField
    starts: MillisField = 0  # type: ignore[assignment]  # as above
    missions: PeopleField = 0
    languages: LanguagesField = ()


class Withdraw(Coded, frozen=True, kw_only=True):
    """It can be given no more."""


ExpertiseCoded = Publish | Revise | Withdraw
_MARKING = Marking(codes=(HandlingCode.H0, HandlingCode.H2), purpose=Purpose.COOPERATION)


def _type(name: str, coded: type[Coded], *, detail: type[Canonical] | None = None, opens: bool = False) -> EntryType:
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=RETENTION,
        personal=Personal.NONE,
        kind=KIND,
        detail=detail,
        opens=opens,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("publish", Publish, detail=Offered, opens=True),
        _type("revise", Revise, detail=Offered),
        _type("withdraw", Withdraw),
    )
}
