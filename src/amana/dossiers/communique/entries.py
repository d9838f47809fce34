# SPDX-License-Identifier: EUPL-1.2
"""What can be said in a communiqué: clauses in two or three languages, words on them, approvals by hash, a release.

The wording of a clause is in its body. An approval names the text by its hash and by its versions; a release names
hashes that its author approves. Spec: spec/kinds/communique.md, spec/kinds/joint-text.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.conditions import LanguageField
from amana.dossiers.shared.joint_text.entries import Agree, Leave, Object, PlaceField, Reference, Replaced, WithdrawApproval, named_by
from amana.dossiers.shared.vocabulary import ClauseRole
from amana.protocol.identifiers import DigestField, EntryId, EntryIdField, MillisField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "communique"
LANGUAGES = ("ar", "fr", "en")
MAX_CLAUSES = 200  # versions that one text may have


class Draft(Coded, frozen=True, kw_only=True):
    """Opens the communiqué; the body's title is its working title."""

    about: Reference = b""  # DossierId of the meeting it belongs to
    embargo: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType; its author's own, 0 none
    languages: Annotated[tuple[LanguageField, ...], Meta(min_length=1, max_length=len(LANGUAGES))]


class Clause(Coded, frozen=True, kw_only=True):
    """A version of a clause in one language; the wording is in the body. Its author agrees to it."""

    role: ClauseRole
    place: PlaceField = 0
    clause: Reference = b""  # the clause's first version, in whatever language; empty: this is the first
    struck: bool = False  # proposes to strike the clause in this language
    language: LanguageField
    replaces: Replaced = ()

    def named(self) -> tuple[EntryId, ...]:
        return named_by(self)


class Approve(Coded, frozen=True, kw_only=True):
    """This agency approves the text in one language: exactly these versions, in this order.

    The versions are not among `named()`: a text may have more of them than `after` can hold. Whoever read them has their
    latest words among its ancestors, and so them too; whoever names what it has not read touches its own approval alone.
    """

    hash: DigestField
    language: LanguageField
    versions: Annotated[tuple[EntryIdField, ...], Meta(max_length=MAX_CLAUSES)]


class Embargo(Coded, frozen=True, kw_only=True):
    """This agency wants nothing released before that time (UTC ms); 0 lifts its own embargo."""

    until: MillisField


class Release(Coded, frozen=True, kw_only=True):
    """The texts with these hashes are to be released, together; its author approves each of them."""

    hashes: Annotated[tuple[DigestField, ...], Meta(min_length=1, max_length=len(LANGUAGES))]


CommuniqueCoded = Draft | Clause | Agree | Object | Approve | WithdrawApproval | Embargo | Release | Leave

_MARKING = Marking(codes=(HandlingCode.H0,), purpose=Purpose.COOPERATION)


def _type(name: str, coded: type[Coded], *, opens: bool = False, binds: bool = False, control: bool = False) -> EntryType:
    """Communiqués are records of the cooperation itself: kept for thirty years, no personal data expected."""
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=30 * 365,
        personal=Personal.NONE,
        kind=KIND,
        opens=opens,
        control=control,
        binds=binds,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("draft", Draft, opens=True),
        _type("clause", Clause),
        _type("agree", Agree),
        _type("object", Object),
        _type("approve", Approve, binds=True),
        _type("withdraw_approval", WithdrawApproval, binds=True, control=True),
        _type("embargo", Embargo, binds=True),
        _type("release", Release, binds=True),
        _type("leave", Leave, binds=True, control=True),
    )
}
