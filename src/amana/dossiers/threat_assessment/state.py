# SPDX-License-Identifier: EUPL-1.2
"""What is true of a threat assessment: the joint text, each agency's dissent, the sources; what is in force is derived.

The agreed passages are one scope of the joint text; each agency's dissent is a scope of its own, in which nobody else
has to agree. Both are approved together under one hash, so no approval can leave a dissent out unseen.
Spec: spec/kinds/threat_assessment.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from amana.dossiers.shared.joint_text.entries import Reference
from amana.dossiers.shared.joint_text.state import (
    BoundText,
    ClauseState,
    JointText,
    Version,
    clause_state,
    in_force,
    in_force_since,
    objected_to,
    present,
    unanswered,
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


class Standing:
    """The versions that stand, put in order once: what is derived of a text costs no more than its size."""

    def __init__(self, state: AssessmentState) -> None:
        self.text = state.text
        self._clauses: dict[str, dict[EntryId, list[Version]]] = {}
        self._translations: dict[bytes, list[Version]] = {}
        for version in sorted(state.text.versions, key=lambda held: (held.at, held.id)):
            if version.replaced:
                continue
            if version.translates:
                self._translations.setdefault(version.translates, []).append(version)
            else:
                self._clauses.setdefault(version.scope, {}).setdefault(version.clause, []).append(version)

    def passages(self, scope: str = SCOPE) -> list[tuple[Version, ...]]:
        """The clauses of a text, part after part, then by their place; of each the versions that stand, oldest first."""
        held = [tuple(versions) for versions in self._clauses.get(scope, {}).values()]
        return sorted(held, key=lambda versions: (_RANK[part_of(versions[0])], min((one.place, one.at, one.id) for one in versions)))

    def translations(self, version: Version) -> list[Version]:
        """The translations of this version, by language."""
        return sorted(self._translations.get(version.id, ()), key=lambda held: (held.language, held.at, held.id))

    def dissents(self) -> tuple[Version, ...]:
        """Every standing dissent, by agency and then in order."""
        found = (version for party in self.text.parties for held in self.passages(dissent_scope(party.agency)) for version in held)
        return tuple(version for version in found if not version.struck)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The assessment as it stands: what an approval of it names (empty where a passage is contested, or there is none),
    whether every passage is agreed, and the passages that nobody can approve yet."""

    versions: tuple[EntryId, ...]
    agreed: bool
    contested: tuple[Version, ...]  # of passages with several versions, or of which somebody wants to be rid


def draft_of(state: AssessmentState) -> Draft:
    """Part after part, by place, then every dissent by agency; each version followed by its translations. A passage whose
    striking all agree to is left out."""
    standing = Standing(state)
    named: list[Version] = []
    contested: list[Version] = []
    agreed = True
    for versions in standing.passages():
        where = clause_state(state.text, versions)
        agreed = agreed and where in (ClauseState.AGREED, ClauseState.STRUCK)
        if where is ClauseState.STRUCK:
            continue
        if where is ClauseState.CONTESTED or versions[0].struck:
            contested += versions
        else:
            named += versions
    if contested or not named:
        return Draft(versions=(), agreed=False, contested=tuple(contested))
    whole = [held for version in (*named, *standing.dissents()) for held in (version, *standing.translations(version))]
    return Draft(versions=tuple(version.id for version in whole), agreed=agreed, contested=())


def dissents(state: AssessmentState) -> tuple[Version, ...]:
    """Every standing dissent, by agency and then in order. Nobody but its author takes one back, not even by its leaving."""
    return Standing(state).dissents()


def dissenting(state: AssessmentState) -> tuple[AgencyCode, ...]:
    """The agencies whose dissent stands."""
    return tuple(dict.fromkeys(version.author for version in dissents(state)))


def text_to_approve(state: AssessmentState) -> tuple[EntryId, ...]:
    """The ids that an approval of the assessment as it stands names, in order."""
    return draft_of(state).versions


def sources_in_order(state: AssessmentState) -> tuple[NamedSource, ...]:
    """The sources that stand, the oldest first."""
    return tuple(sorted((held for held in state.sources if not held.struck), key=lambda held: (held.at, held.id)))


def to_answer(state: AssessmentState, agency: AgencyCode) -> tuple[Version, ...]:
    """Standing passages of others on which this agency has not said a word; nobody has to agree to a dissent."""
    return tuple(version for version in unanswered(state.text, agency) if version.scope == SCOPE)


def to_revise(state: AssessmentState, agency: AgencyCode, draft: Draft | None = None) -> tuple[Version, ...]:
    """Standing passages of this agency to which another objects, or beside which another version stands."""
    if agency not in present(state.text):
        return ()
    objected = [version for version in objected_to(state.text, agency) if version.scope == SCOPE]
    several = Counter(version.clause for version in (draft or draft_of(state)).contested)
    beside = [one for one in (draft or draft_of(state)).contested if one.author == agency and several[one.clause] > 1]
    return tuple({version.id: version for version in (*objected, *beside)}.values())
