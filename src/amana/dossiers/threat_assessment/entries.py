# SPDX-License-Identifier: EUPL-1.2
"""What can be said in a threat assessment: passages with likelihood and confidence, dissent, sources, approval by hash.

Texts, the title and what a source is are in bodies; here are codes, dates and ids. The words of likelihood are those of
a published yardstick with its percentages (Intelligence Community Directive 203, Analytic Standards, Office of the
Director of National Intelligence, 2 January 2015, D.6.e(2)(a)), so that a word means the same to every reader.
Spec: spec/kinds/threat_assessment.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, EntryType, Personal
from amana.dossiers.shared.conditions import LanguageField
from amana.dossiers.shared.joint_text.entries import (
    Agree,
    Leave,
    Object,
    PlaceField,
    Reference,
    Replaced,
    Translation,
    WithdrawApproval,
    named_by,
)
from amana.dossiers.shared.vocabulary import Area, Confidence
from amana.protocol.canonical import Canonical
from amana.protocol.identifiers import DigestField, EntryId, EntryIdField, MillisField
from amana.protocol.marking import HandlingCode, Marking, Purpose

KIND = "threat_assessment"
MAX_APPROVED = 400  # versions of one text
RevisionField = Annotated[int, Meta(ge=1, le=10_000)]
GradeField = Annotated[str, Meta(pattern=r"^[ABCX][1-4]\Z")]  # source and information, 4x4, as items have it

UNGRADED = "X4"  # neither the source nor the information can be judged


class AssessmentPart(StrEnum):
    """The parts of an assessment, in their order."""

    SITUATION = "situation"
    JUDGEMENT = "judgement"
    OUTLOOK = "outlook"
    RECOMMENDATION = "recommendation"


JUDGING = frozenset({AssessmentPart.JUDGEMENT, AssessmentPart.OUTLOOK})  # where likelihood and confidence are said


class Likelihood(StrEnum):
    """How likely what is judged is; the yardstick is the module's."""

    ALMOST_NO_CHANCE = "almost_no_chance"
    VERY_UNLIKELY = "very_unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly_even"
    LIKELY = "likely"
    VERY_LIKELY = "very_likely"
    ALMOST_CERTAIN = "almost_certain"


PERCENTAGES: Mapping[Likelihood, tuple[int, int]] = MappingProxyType(
    {
        Likelihood.ALMOST_NO_CHANCE: (1, 5),
        Likelihood.VERY_UNLIKELY: (5, 20),
        Likelihood.UNLIKELY: (20, 45),
        Likelihood.ROUGHLY_EVEN: (45, 55),
        Likelihood.LIKELY: (55, 80),
        Likelihood.VERY_LIKELY: (80, 95),
        Likelihood.ALMOST_CERTAIN: (95, 99),
    }
)


class SourceType(StrEnum):
    """What kind of source it is; never who."""

    POLICE_REPORT = "police_report"
    PARTNER = "partner"
    OPEN_SOURCE = "open_source"
    TECHNICAL = "technical"
    JUDICIAL = "judicial"
    OTHER = "other"


class Begin(Coded, frozen=True, kw_only=True):
    """Opens an assessment of an area, over a period (0: none said)."""

    area: Area
    about: Reference = b""  # the dossier of the meeting that asked for it, if any
    since: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    until: MillisField = 0  # type: ignore[assignment]  # as above


class Passage(Coded, frozen=True, kw_only=True):
    """A version of a passage. With `dissent` it is its author's alone: from the passage that `clause` names, or from the whole."""

    part: AssessmentPart
    place: PlaceField
    clause: Reference = b""
    struck: bool = False
    dissent: bool = False
    language: LanguageField
    replaces: Replaced = ()
    confidence: Confidence | None = None
    likelihood: Likelihood | None = None

    def named(self) -> tuple[EntryId, ...]:
        return named_by(self)


class Source(Coded, frozen=True, kw_only=True):
    """What the assessment rests on, with its grade; the body describes it. `source`: the id of its first entry, empty: a new one."""

    type: SourceType
    grade: GradeField = UNGRADED
    source: Reference = b""
    struck: bool = False

    def named(self) -> tuple[EntryId, ...]:
        return (EntryId(self.source),) if self.source else ()


class Validity(Canonical, frozen=True, kw_only=True):
    """What is approved beside the words."""

    revision: RevisionField
    valid_until: MillisField


class Approve(Coded, frozen=True, kw_only=True):
    """This agency binds itself to the text of these versions as this revision, valid until then.

    The versions are those that the hash is taken of, in order. There may be more than `after` can hold, so `named` gives
    none: one that is not there makes the rule refuse the approval.
    """

    hash: DigestField
    revision: RevisionField
    versions: Annotated[tuple[EntryIdField, ...], Meta(min_length=1, max_length=MAX_APPROVED)]
    valid_until: MillisField


AssessmentCoded = Passage | Translation | Agree | Object | Source | Approve | WithdrawApproval | Leave

_CONTENT = Marking(codes=(HandlingCode.H0, HandlingCode.H1, HandlingCode.H2), purpose=Purpose.PREVENTION)
_RECORD = Marking(codes=(HandlingCode.H0,), purpose=Purpose.COOPERATION)
KEPT_DAYS = 5 * 365


def _content(name: str, coded: type[Coded], *, opens: bool = False) -> EntryType:
    """What speaks of the threat: needs a legal basis, may speak of persons."""
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_CONTENT,
        retention=KEPT_DAYS,
        personal=Personal.BODY_MAY,
        kind=KIND,
        opens=opens,
        needs_basis=True,
    )


def _record(name: str, coded: type[Coded], *, binds: bool = False, control: bool = False, personal: Personal = Personal.NONE) -> EntryType:
    """What an agency says of the text."""
    return EntryType(
        name=name,
        coded=coded,
        default_marking=_RECORD,
        retention=KEPT_DAYS,
        personal=personal,
        kind=KIND,
        binds=binds,
        control=control,
    )


ENTRY_TYPES = {
    entry_type.name: entry_type
    for entry_type in (
        _content("begin", Begin, opens=True),
        _content("passage", Passage),
        _content("translation", Translation),
        _content("source", Source),
        _record("agree", Agree),
        _record("object", Object, personal=Personal.BODY_MAY),
        _record("approve", Approve, binds=True),
        _record("withdraw_approval", WithdrawApproval, binds=True, control=True),
        _record("leave", Leave, binds=True, control=True),
    )
}
