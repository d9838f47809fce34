# SPDX-License-Identifier: EUPL-1.2
"""Where a communiqué stands, language by language and clause by clause, and what is still to do before it is public.

All of it is derived from the state; nothing is stored. A clause has a number, the same in every language. A language is
complete when every clause has a version in it, none is contested and none is proposed to be struck: only then is there a
text to approve.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from amana.dossiers.communique.state import CommuniqueState, embargo_until, releases_to_come, scope_of
from amana.dossiers.kind import NO_DATE
from amana.dossiers.shared.joint_text.state import (
    ClauseState,
    Version,
    approved_by,
    clause_state,
    present,
    text_hash,
    text_now,
    waiting_for,
)
from amana.protocol.identifiers import AgencyCode, Digest, EntryId, Millis


class Before(StrEnum):
    """What is still to do before a communiqué is public."""

    CONTESTED = "contested"  # one version is to be chosen or written
    OBJECTED = "objected"
    NOT_AGREED = "not_agreed"
    LANGUAGE_PENDING = "language_pending"  # the clause is to be written in this language
    TEXT_CHANGED = "text_changed"  # approved before it changed: to be approved again
    APPROVAL_MISSING = "approval_missing"
    RELEASE_MISSING = "release_missing"  # nobody has said it
    EMBARGO = "embargo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing to do; `agencies` are those whose word is missing."""

    code: Before
    clause: EntryId | None = None
    number: int = 0  # of the clause, 0 none
    languages: tuple[str, ...] = ()
    agencies: tuple[AgencyCode, ...] = ()
    at: Millis = NO_DATE  # since when a language is pending or a text changed; until when the embargo runs


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseNow:
    """A clause in one language: the versions that stand, one or several side by side; none where it is pending."""

    clause: EntryId
    number: int
    state: ClauseState
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageNow:
    """The text in one language. `hash` and `versions` are what an approval would name now; empty where nothing can be approved."""

    language: str
    complete: bool
    clauses: tuple[ClauseNow, ...]
    versions: tuple[EntryId, ...]
    hash: Digest | None
    approved_by: tuple[AgencyCode, ...]  # of this hash
    waiting_for: tuple[AgencyCode, ...]
    changed_for: tuple[AgencyCode, ...]  # those of the waiting who approve an earlier text of this language
    changed_at: Millis  # when the text became what it is now

    @property
    def agreed(self) -> bool:  # bool: a fact for lists
        """Whether it is complete and everybody present agrees to every clause."""
        return self.complete and all(one.state in (ClauseState.AGREED, ClauseState.STRUCK) for one in self.clauses)


Standing = Mapping[tuple[str, EntryId], tuple[Version, ...]]  # by scope and clause, oldest first


def clause_numbers(state: CommuniqueState) -> dict[EntryId, int]:
    """The clauses in order, numbered from 1: by the lowest place of a standing version in any language, then by age."""
    return _numbered(state, _standing(state))


def _standing(state: CommuniqueState) -> Standing:
    """Every standing version, in one pass: what hostile parties write costs no more than its size."""
    found: dict[tuple[str, EntryId], list[Version]] = {}
    for version in sorted(state.text.versions, key=lambda held: (held.at, held.id)):
        if not version.replaced:
            found.setdefault((version.scope, version.clause), []).append(version)
    return {key: tuple(versions) for key, versions in found.items()}


def _numbered(state: CommuniqueState, here: Standing) -> dict[EntryId, int]:
    placed: dict[EntryId, tuple[int, int, EntryId]] = {}
    kept: set[EntryId] = set()  # all but those that are struck in every language
    for (_, clause), versions in here.items():
        key = min((version.place, version.at, version.id) for version in versions)
        placed[clause] = min(placed.get(clause, key), key)
        if clause_state(state.text, versions) is not ClauseState.STRUCK:
            kept.add(clause)
    ordered = sorted(kept, key=lambda clause: placed[clause])
    return {clause: number for number, clause in enumerate(ordered, start=1)}


def languages_now(state: CommuniqueState) -> tuple[LanguageNow, ...]:
    """Every language of the communiqué, in its order. Clauses that are struck in all of them are left out."""
    here = _standing(state)
    numbers = _numbered(state, here)
    return tuple(_language_now(state, language, numbers, here) for language in state.languages)


def language_state(state: CommuniqueState, language: str) -> LanguageNow:
    """One language; the caller knows that the communiqué has it."""
    return next(one for one in languages_now(state) if one.language == language)


def _language_now(state: CommuniqueState, language: str, numbers: dict[EntryId, int], here: Standing) -> LanguageNow:
    text, scope = state.text, scope_of(language)
    clauses = []
    for clause, number in numbers.items():
        versions = here.get((scope, clause), ())
        clauses.append(ClauseNow(clause=clause, number=number, state=clause_state(text, versions), versions=versions))
    pending = any(one.state is ClauseState.PENDING for one in clauses)
    ids = () if pending else text_now(text, scope)
    hash = text_hash(scope, ids) if ids else None
    waiting = waiting_for(text, hash) if hash else present(text)
    earlier_texts = {bound.hash for bound in text.texts if bound.scope == scope and bound.hash != hash}
    earlier = {party.agency for party in text.parties for held in party.approvals if not held.ended and held.hash in earlier_texts}
    return LanguageNow(
        language=language,
        complete=bool(ids),
        clauses=tuple(clauses),
        versions=ids,
        hash=hash,
        approved_by=tuple(agency for agency, _ in approved_by(text, hash)) if hash else (),
        waiting_for=waiting,
        changed_for=tuple(agency for agency in waiting if agency in earlier),
        changed_at=max((held.at for held in text.versions if held.scope == scope and not held.replaced), default=NO_DATE),
    )


def conditions_before_release(state: CommuniqueState, now: Millis) -> tuple[Condition, ...]:
    """What is still to do, clauses first; nothing for languages that are public, and nothing at all once all are."""
    releases = releases_to_come(state)
    public = {one.language for one in releases if one.at <= now}
    coming = {one.language for one in releases}
    languages = [one for one in languages_now(state) if one.language not in public]
    if not languages:
        return ()
    open_ = [one for one in languages if one.language not in coming and (one.hash is None or one.waiting_for)]
    found = [*_of_clauses(state, open_), *(condition for one in open_ for condition in _of_approvals(one))]
    said = _hashes_said(state)
    unsaid = tuple(one.language for one in languages if one.hash not in said and one.language not in coming)
    if unsaid:
        found.append(Condition(code=Before.RELEASE_MISSING, languages=unsaid))
    if (until := embargo_until(state)) > now:
        found.append(Condition(code=Before.EMBARGO, at=until))
    return tuple(found)


def _hashes_said(state: CommuniqueState) -> frozenset[Digest | None]:
    return frozenset(hash for party in state.parties for said in party.releases for hash in said.hashes)


_OF_STATE = {
    ClauseState.CONTESTED: Before.CONTESTED,
    ClauseState.OBJECTED: Before.OBJECTED,
    ClauseState.PROPOSED: Before.NOT_AGREED,
    ClauseState.PENDING: Before.LANGUAGE_PENDING,
}


def _of_clauses(state: CommuniqueState, languages: list[LanguageNow]) -> list[Condition]:
    """For each clause and code one condition that names the languages."""
    found: dict[tuple[int, Before], list[tuple[str, ClauseNow]]] = {}
    for language in languages:
        for one in language.clauses:
            if (code := _OF_STATE.get(one.state)) is not None:
                found.setdefault((one.number, code), []).append((language.language, one))
    ranks = {code: rank for rank, code in enumerate(Before)}
    written: dict[EntryId, Millis] = {}  # when the clause was last worded, in another language
    for version in state.text.versions:
        written[version.clause] = max(written.get(version.clause, NO_DATE), NO_DATE if version.replaced else version.at)
    return [
        Condition(
            code=code,
            clause=held[0][1].clause,
            number=number,
            languages=tuple(language for language, _ in held),
            agencies=_silent(state, [one for _, one in held]) if code is Before.NOT_AGREED else _objecting(state, [one for _, one in held]),
            at=written[held[0][1].clause] if code is Before.LANGUAGE_PENDING else NO_DATE,
        )
        for (number, code), held in sorted(found.items(), key=lambda one: (one[0][0], ranks[one[0][1]]))
    ]


def _silent(state: CommuniqueState, clauses: list[ClauseNow]) -> tuple[AgencyCode, ...]:
    versions = [version for one in clauses for version in one.versions]
    return tuple(agency for agency in present(state.text) if any(agency not in version.agreed for version in versions))


def _objecting(state: CommuniqueState, clauses: list[ClauseNow]) -> tuple[AgencyCode, ...]:
    versions = [version for one in clauses for version in one.versions]
    return tuple(agency for agency in present(state.text) if any(agency in version.objected for version in versions))


def _of_approvals(language: LanguageNow) -> list[Condition]:
    missing = tuple(agency for agency in language.waiting_for if agency not in language.changed_for)
    found = []
    if language.changed_for:
        agencies, at = language.changed_for, language.changed_at
        found.append(Condition(code=Before.TEXT_CHANGED, languages=(language.language,), agencies=agencies, at=at))
    if missing:
        found.append(Condition(code=Before.APPROVAL_MISSING, languages=(language.language,), agencies=missing))
    return found


def open_versions(state: CommuniqueState, agency: AgencyCode, settled: frozenset[str]) -> tuple[Version, ...]:
    """Standing versions of others on which this agency has not said a word, but for languages that are settled."""
    if agency not in present(state.text):
        return ()
    return tuple(
        held
        for held in state.text.versions
        if not held.replaced and held.language not in settled and agency not in held.agreed and agency not in held.objected
    )
