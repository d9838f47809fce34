# SPDX-License-Identifier: EUPL-1.2
"""What can be said in an agreement: a text is proposed, amended, consented to by its hash, suspended, ended.

Titles and the wording (`wording`) are in bodies; the coded terms are what folds and the send button read. A consent names
the SHA-256 of the coded bytes of the entry whose terms it approves. Spec: spec/kinds/agreement.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from amana.dossiers.agreement.wording import Wording
from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.vocabulary import Area, CooperationLevel, EndCode, Form, SuspensionCode
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import DigestField, EntryId, EntryIdField, MillisField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "agreement"
ArticleNumber = Annotated[str, Meta(min_length=1, max_length=32)]
Areas = Annotated[tuple[Area, ...], Meta(max_length=48)]
Forms = Annotated[tuple[Form, ...], Meta(max_length=16)]


class Article(Canonical, frozen=True, kw_only=True):
    """One article that allows flows. Empty areas or forms stand for all of the agreement's."""

    areas: Areas = ()
    forms: Forms = ()
    number: ArticleNumber


class Terms(Coded, frozen=True, kw_only=True):
    """One version of the text: what it covers, since when, on which conditions. Dates are UTC ms, 0 = none."""

    areas: Annotated[Areas, Meta(min_length=1)]
    forms: Annotated[Forms, Meta(min_length=1)]
    levels: Annotated[tuple[CooperationLevel, ...], Meta(max_length=3)] = ()
    version: Annotated[int, Meta(ge=1, le=10_000)]
    wording: Annotated[bytes, Meta(max_length=32)] = b""  # SHA-256 of the wording in the body, empty where there is none
    articles: Annotated[tuple[Article, ...], Meta(min_length=1, max_length=100)]
    signed_on: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    conditions: Conditions
    in_force_on: MillisField = 0  # type: ignore[assignment]  # as above; 0: as soon as all have consented
    supplements: Annotated[bytes, Meta(max_length=32)] = b""  # DossierId of the agreement it adds to
    valid_until: MillisField = 0  # type: ignore[assignment]  # as above


class Propose(Terms, frozen=True, kw_only=True):
    """Opens the agreement with version 1; its author thereby consents to it."""


class Amend(Terms, frozen=True, kw_only=True):
    """A new version; its author thereby consents to it. The version in force stays so until all consent to this one."""


class Consent(Coded, frozen=True, kw_only=True):
    """This agency consents to the terms with this hash, made in this entry."""

    hash: DigestField
    text: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.text,)


class Decline(Coded, frozen=True, kw_only=True):
    """This agency does not consent to the terms with this hash; the body may say why."""

    hash: DigestField
    text: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.text,)


class WithdrawConsent(Coded, frozen=True, kw_only=True):
    """This agency takes its consent back; where the text was in force it no longer is."""

    hash: DigestField
    text: EntryIdField

    def named(self) -> tuple[EntryId, ...]:
        return (self.text,)


class Suspend(Coded, frozen=True, kw_only=True):
    """This agency suspends the agreement; no flow rests on it until the same agency resumes."""

    code: SuspensionCode


class Resume(Coded, frozen=True, kw_only=True):
    """This agency lifts its own suspension; others' suspensions stand."""


class End(Coded, frozen=True, kw_only=True):
    """This agency ends the agreement for all, at once (0) or on a date."""

    on: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    code: EndCode


AgreementCoded = Propose | Amend | Consent | Decline | WithdrawConsent | Suspend | Resume | End

_MARKING = Marking(codes=(HandlingCode.H0,), purpose=Purpose.COOPERATION)


def _type(name: str, coded: type[Coded], *, opens: bool = False, control: bool = False) -> EntryType:
    """Agreements are records of the cooperation itself: kept for thirty years, no personal data expected."""
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_MARKING,
        retention=30 * 365,
        personal=Personal.NONE,
        kind=KIND,
        opens=opens,
        control=control,
        detail=Wording if issubclass(coded, Terms) else None,
        binds=True,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _type("propose", Propose, opens=True),
        _type("amend", Amend),
        _type("consent", Consent),
        _type("decline", Decline),
        _type("withdraw_consent", WithdrawConsent, control=True),
        _type("suspend", Suspend, control=True),
        _type("resume", Resume),
        _type("end", End, control=True),
    )
}
