# SPDX-License-Identifier: EUPL-1.2
"""What is true of a threat assessment: the joint text, each agency's dissent, the sources; what is in force is derived.

The agreed passages are one scope of the joint text; each agency's dissent is a scope of its own, in which nobody else
has to agree. Both are approved together under one hash, so no approval can leave a dissent out unseen.
Spec: spec/kinds/threat_assessment.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.joint_text.state import (
    BoundText,
    ClauseState,
    JointText,
    Version,
    clause_state,
    clauses,
    in_force,
    in_force_since,
    objected_to,
    present,
    standing,
    text_now,
    translations_of,
    unanswered,
    version_of,
)
from amana.dossiers.shared.vocabulary import Area
from amana.dossiers.threat_assessment.entries import AssessmentPart, GradeField, Passage, SourceType, Validity
from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, EffectiveField, EntryId, EntryIdField, Millis, MillisField

SCOPE = "assessment"
DISSENT = "dissent."
_RANK = {part: rank for rank, part in enumerate(AssessmentPart)}


class NamedSource(Canonical, frozen=True, kw_only=True):
    """A source as its author last described it. Only its author's entries change it."""

    at: EffectiveField
    id: EntryIdField  # of the entry that named it first
    type: SourceType
    entry: EntryIdField  # of the entry that describes it now
    grade: GradeField
    author: AgencyCodeField
    struck: bool = False


class AssessmentState(Canonical, frozen=True, kw_only=True):
    """The whole state of an assessment."""

    area: Area
    text: JointText
    about: Reference = b""
    since: MillisField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    until: MillisField = 0  # type: ignore[assignment]  # as above
    author: AgencyCodeField
    sources: tuple[NamedSource, ...] = ()  # sorted by id


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A text that was approved, what was approved beside the words, and since when it is in force (0: it is not)."""

    bound: BoundText
    revision: int
    valid_until: Millis
    since: Millis


def dissent_scope(agency: AgencyCode) -> str:
    """The text in which an agency dissents."""
    return f"{DISSENT}{agency}"


def passage_of(version: Version) -> Passage:
    """The coded values of an original version."""
    return parse(version.coded, Passage)


def part_of(version: Version) -> AssessmentPart:
    """The part to which an original version belongs."""
    return passage_of(version).part


def validity_of(bound: BoundText) -> Validity:
    """The revision and validity that a text was approved with."""
    return parse(bound.conditions, Validity)


def conditions_of(revision: int, valid_until: Millis) -> bytes:
    """What is approved beside the words, as the hash takes it."""
    return encode(Validity(revision=revision, valid_until=valid_until))


def revision_of(state: AssessmentState, bound: BoundText) -> Revision:
    """A text that somebody approved, as a revision."""
    validity = validity_of(bound)
    since = in_force_since(state.text, bound.hash)
    return Revision(bound=bound, revision=validity.revision, valid_until=validity.valid_until, since=since)


def revisions(state: AssessmentState) -> tuple[Revision, ...]:
    """Every text that somebody ever approved, the highest revision first."""
    found = (revision_of(state, bound) for bound in state.text.texts)
    return tuple(sorted(found, key=lambda held: (-held.revision, held.bound.hash)))


def revision_in_force(state: AssessmentState) -> Revision | None:
    """The revision that every agency which has not left approves; of several the one approved last."""
    bound = in_force(state.text, SCOPE)
    return revision_of(state, bound) if bound is not None else None


def valid_revision(state: AssessmentState, now: Millis) -> Revision | None:
    """The revision in force at `now`, unless its validity is over."""
    held = revision_in_force(state)
    return held if held is not None and held.since <= now < held.valid_until else None


def ordered_clauses(state: AssessmentState, scope: str) -> tuple[EntryId, ...]:
    """The clauses of a text, part after part, then by their place."""
    return tuple(sorted(clauses(state.text, scope), key=lambda clause: _RANK[part_of(standing(state.text, scope, clause)[0])]))


def dissents(state: AssessmentState) -> tuple[Version, ...]:
    """Every standing dissent, by agency and then in order. Nobody but its author takes one back, not even by its leaving."""
    found = (
        version
        for party in state.text.parties
        for clause in ordered_clauses(state, dissent_scope(party.agency))
        for version in standing(state.text, dissent_scope(party.agency), clause)
    )
    return tuple(version for version in found if not version.struck)


def dissenting(state: AssessmentState) -> tuple[AgencyCode, ...]:
    """The agencies whose dissent stands."""
    return tuple(dict.fromkeys(version.author for version in dissents(state)))


def text_to_approve(state: AssessmentState) -> tuple[EntryId, ...]:
    """The ids that an approval of the assessment as it stands names, part after part, then every dissent; each followed
    by its translations. Empty where a passage is contested, or there is none."""
    agreed = [version for id in text_now(state.text, SCOPE) if (version := version_of(state.text, id)) is not None]
    if not agreed:
        return ()
    parts = {version.clause: _RANK[part_of(version)] for version in agreed if not version.translates}
    ordered = sorted(agreed, key=lambda version: parts[version.clause])
    beside = [held for version in dissents(state) for held in (version, *translations_of(state.text, version))]
    return tuple(version.id for version in (*ordered, *beside))


def fully_agreed(state: AssessmentState) -> bool:  # bool: a fact of the draft; whose turn it is the rules say
    """Whether every passage is agreed, so that the text can be approved as it stands."""
    settled = (ClauseState.AGREED, ClauseState.STRUCK)
    states = [clause_state(state.text, standing(state.text, SCOPE, clause)) for clause in clauses(state.text, SCOPE)]
    return bool(text_to_approve(state)) and all(held in settled for held in states)


def sources_in_order(state: AssessmentState) -> tuple[NamedSource, ...]:
    """The sources that stand, the oldest first."""
    return tuple(sorted((held for held in state.sources if not held.struck), key=lambda held: (held.at, held.id)))


def to_answer(state: AssessmentState, agency: AgencyCode) -> tuple[Version, ...]:
    """Standing passages of others on which this agency has not said a word; nobody has to agree to a dissent."""
    return tuple(version for version in unanswered(state.text, agency) if version.scope == SCOPE)


def to_revise(state: AssessmentState, agency: AgencyCode) -> tuple[Version, ...]:
    """Standing passages of this agency to which another objects, or beside which another version stands."""
    if agency not in present(state.text):
        return ()
    objected = (version for version in objected_to(state.text, agency) if version.scope == SCOPE)
    return tuple({version.id: version for version in (*objected, *_contested(state, agency))}.values())


def _contested(state: AssessmentState, agency: AgencyCode) -> Iterator[Version]:
    for clause in clauses(state.text, SCOPE):
        versions = standing(state.text, SCOPE, clause)
        if len(versions) > 1:
            yield from (version for version in versions if version.author == agency)
