# SPDX-License-Identifier: EUPL-1.2
"""What is true of a joint text: clauses, their versions, words on versions, approvals by hash; the rest is derived.

A version is an entry; its text is in the body, so this state holds ids alone. A version names those it replaces; two
that replace the same one stand side by side until a third names both, so nothing is lost. Whoever writes a version
agrees to it. A text is bound by its hash: SHA-256 over the scope and the ordered ids of its versions, each of which
commits to its wording. It is in force while every party that has not left approves that hash.
Spec: spec/kinds/joint-text.md.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from amana.dossiers.shared.joint_text.entries import PlaceField, Reference
from amana.protocol.canonical import Canonical, encode
from amana.protocol.identifiers import (
    AgencyCode,
    AgencyCodeField,
    CodeField,
    Digest,
    DigestField,
    EffectiveField,
    EntryId,
    EntryIdField,
    Millis,
)

HASH_LABEL = b"amana/text/v1\0"
ScopeField = Annotated[str, Meta(max_length=80, pattern=r"^[a-z0-9_.:]*\Z")]


class Version(Canonical, frozen=True, kw_only=True):
    """One wording of one clause in one language. `coded` are the entry's coded values as they were encoded."""

    at: EffectiveField
    id: EntryIdField
    type: CodeField  # of the entry
    coded: bytes
    place: PlaceField
    scope: ScopeField  # the text it belongs to: a session's agenda, a language of a communiqué
    agreed: tuple[AgencyCodeField, ...] = ()  # sorted; who wrote it is among them
    author: AgencyCodeField
    clause: EntryIdField  # the id of the clause's first version
    struck: bool = False  # a proposal to strike the clause
    language: Annotated[str, Meta(max_length=8)] = ""
    objected: tuple[AgencyCodeField, ...] = ()  # sorted
    replaced: bool = False  # a later version names it
    translates: Reference = b""  # the version of which it is a translation; empty: it is an original


class BoundText(Canonical, frozen=True, kw_only=True):
    """A text that somebody approved: the ordered ids of its versions."""

    hash: DigestField
    scope: ScopeField
    versions: tuple[EntryIdField, ...]
    conditions: bytes = b""  # what is approved beside the words, as the kind encoded it


class Span(Canonical, frozen=True, kw_only=True):
    """A time in which an approval stood, and does no more."""

    ended: EffectiveField
    since: EffectiveField


class Approval(Canonical, frozen=True, kw_only=True):
    """A party's approval of one hash; `ended`: when it took it back, 0 not."""

    hash: DigestField
    past: tuple[Span, ...] = ()  # earlier times in which it stood, oldest first
    ended: EffectiveField = 0  # type: ignore[assignment]  # msgspec takes the plain int of the NewType
    since: EffectiveField


class Signatory(Canonical, frozen=True, kw_only=True):
    """One party's registers: only its own entries change them."""

    left: EffectiveField = 0  # type: ignore[assignment]  # as above; since when it has left, 0 not
    agency: AgencyCodeField
    written: Annotated[int, Meta(ge=0)] = 0  # versions it has written
    approvals: tuple[Approval, ...] = ()  # sorted by hash


class JointText(Canonical, frozen=True, kw_only=True):
    """All texts of a dossier."""

    texts: tuple[BoundText, ...] = ()  # sorted by hash
    parties: tuple[Signatory, ...]  # sorted by agency
    versions: tuple[Version, ...] = ()  # sorted by id


class ClauseState(StrEnum):
    """Where a clause stands in one language."""

    AGREED = "agreed"
    PROPOSED = "proposed"
    OBJECTED = "objected"
    CONTESTED = "contested"  # two versions stand side by side
    PENDING = "pending"  # no version in this language yet
    STRUCK = "struck"  # agreed to be struck


class Hashed(Canonical, frozen=True, kw_only=True):
    """What a text's hash is taken of."""

    scope: ScopeField
    versions: tuple[EntryIdField, ...]
    conditions: bytes


def text_hash(scope: str, versions: Iterable[EntryId], conditions: bytes = b"") -> Digest:
    """What an approval names: SHA-256 over a label and the canonical encoding of scope, ordered versions, conditions."""
    hashed = Hashed(scope=scope, versions=tuple(versions), conditions=conditions)
    return Digest(hashlib.sha256(HASH_LABEL + encode(hashed)).digest())


def begin(parties: Iterable[AgencyCode]) -> JointText:
    """Nothing written yet."""
    return JointText(parties=tuple(Signatory(agency=agency) for agency in sorted(parties)))


def version_of(text: JointText, id: bytes) -> Version | None:
    """The version with this id."""
    return next((version for version in text.versions if version.id == id), None)


def present(text: JointText) -> tuple[AgencyCode, ...]:
    """The parties that have not left."""
    return tuple(party.agency for party in text.parties if not party.left)


def departed(text: JointText) -> frozenset[AgencyCode]:
    """The parties that have left."""
    return frozenset(party.agency for party in text.parties if party.left)


def has_left(text: JointText, agency: AgencyCode) -> bool:  # bool: a fact for rules; what it means they say
    """Whether this party has left."""
    return any(party.agency == agency and party.left for party in text.parties)


def standing(text: JointText, scope: str, clause: EntryId) -> tuple[Version, ...]:
    """The versions of a clause that none replaces, oldest first: one, or several side by side. No translations."""
    found = (v for v in text.versions if v.scope == scope and v.clause == clause and not v.replaced and not v.translates)
    return tuple(sorted(found, key=lambda version: (version.at, version.id)))


def translations_of(text: JointText, version: Version) -> tuple[Version, ...]:
    """The translations of this version that none replaces, by language; of a version that was replaced they are outdated."""
    found = (held for held in text.versions if held.translates == version.id and not held.replaced)
    return tuple(sorted(found, key=lambda held: (held.language, held.at, held.id)))


def clauses(text: JointText, scope: str) -> tuple[EntryId, ...]:
    """The clauses of a text, in order: by the place of their first standing version, then by age."""
    placed: dict[EntryId, tuple[int, int, EntryId]] = {}
    for version in text.versions:
        if version.scope == scope and not version.replaced and not version.translates:
            key = (version.place, version.at, version.id)
            placed[version.clause] = min(placed.get(version.clause, key), key)
    return tuple(sorted(placed, key=lambda clause: (placed[clause], clause)))


def text_now(text: JointText, scope: str) -> tuple[EntryId, ...]:
    """The ids that an approval of the text as it stands would name; empty where a clause is contested, or there is none.

    Each clause's version in order, each followed by its translations; a clause whose striking all agree to is left out,
    and one that somebody wants struck is contested.
    """
    here = replace(text, versions=tuple(held for held in text.versions if held.scope == scope and not held.replaced))
    by_clause: dict[EntryId, list[Version]] = {}
    for held in here.versions:
        by_clause.setdefault(held.clause, []).append(held)
    found: list[EntryId] = []
    for clause in clauses(here, scope):
        of_clause = replace(text, versions=tuple(by_clause[clause]))
        versions = standing(of_clause, scope, clause)
        state = clause_state(text, versions)
        if state is ClauseState.STRUCK:
            continue
        if state is ClauseState.CONTESTED or versions[0].struck:
            return ()
        found += [versions[0].id, *(held.id for held in translations_of(of_clause, versions[0]))]
    return tuple(found)


def clause_state(text: JointText, versions: tuple[Version, ...]) -> ClauseState:
    """Where a clause stands, by the versions that stand in one language."""
    if not versions:
        return ClauseState.PENDING
    if len(versions) > 1:
        return ClauseState.CONTESTED
    version, here = versions[0], set(present(text))
    if set(version.objected) & here:
        return ClauseState.OBJECTED
    if not here <= set(version.agreed):
        return ClauseState.PROPOSED
    return ClauseState.STRUCK if version.struck else ClauseState.AGREED


def approved_by(text: JointText, hash: Digest) -> tuple[tuple[AgencyCode, Approval], ...]:
    """The standing approvals of this hash, by agency."""
    return tuple(
        (party.agency, approval) for party in text.parties for approval in party.approvals if approval.hash == hash and not approval.ended
    )


def approved_hashes(text: JointText, agency: AgencyCode) -> tuple[Digest, ...]:
    """The texts that this agency approves now."""
    return tuple(one.hash for party in text.parties if party.agency == agency for one in party.approvals if not one.ended)


def latest_approval(text: JointText, agency: AgencyCode) -> Digest | None:
    """The text that this agency approved last, of those that it still approves."""
    standing = [(one.since, one.hash) for party in text.parties if party.agency == agency for one in party.approvals if not one.ended]
    return max(standing)[1] if standing else None


def waiting_for(text: JointText, hash: Digest) -> tuple[AgencyCode, ...]:
    """The parties that have not left and do not approve this hash."""
    approving = {agency for agency, _ in approved_by(text, hash)}
    return tuple(agency for agency in present(text) if agency not in approving)


def in_force_since(text: JointText, hash: Digest) -> Millis:
    """When the last party approved this hash, or left without; 0 where one that is here does not approve it, or nobody is left."""
    return _since(_approvals(text).get(hash, {}), text)


def present_at(text: JointText, at: int) -> frozenset[AgencyCode]:
    """The parties that had not left at that moment."""
    return frozenset(party.agency for party in text.parties if not party.left or at < party.left)


def approving_at(text: JointText, hash: Digest, at: int) -> frozenset[AgencyCode]:
    """The parties whose approval of this hash stood at that moment."""
    return frozenset(
        party.agency
        for party in text.parties
        for approval in party.approvals
        if approval.hash == hash and any(since <= at and (not ended or at < ended) for since, ended in _times(approval))
    )


def _times(approval: Approval) -> Iterator[tuple[Millis, Millis]]:
    """Since when and until when it stood, each time; until 0: it stands."""
    yield from ((span.since, span.ended) for span in approval.past)
    yield approval.since, approval.ended


def in_force(text: JointText, scope: str) -> BoundText | None:
    """The text of this scope that every party approves; of several, the one that came into force last."""
    return all_in_force(text).get(scope)


def all_in_force(text: JointText) -> dict[str, BoundText]:
    """The text in force of each scope that has one.

    A text does not come into force by an approval of one party after another has approved a later text in its place: who
    takes an approval back and gives it again brings no earlier text back that the others have gone on from.
    """
    held: dict[str, tuple[Millis, Digest, BoundText]] = {}
    approvals, later = _approvals(text), _by_scope(text)
    for bound in text.texts:
        approving = approvals.get(bound.hash, {})
        if (since := _since(approving, text)) and not _gone_on(approving, later[bound.scope], since):
            known = held.get(bound.scope)
            if known is None or known[:2] < (since, bound.hash):
                held[bound.scope] = (since, bound.hash, bound)
    return {scope: bound for scope, (_, _, bound) in held.items()}


def _by_scope(text: JointText) -> dict[str, dict[AgencyCode, list[Millis]]]:
    """By scope: when each party that is here gave the approvals that stand, in order."""
    scopes = {bound.hash: bound.scope for bound in text.texts}
    found: dict[str, dict[AgencyCode, list[Millis]]] = {scope: {} for scope in scopes.values()}
    for party in text.parties:
        for approval in party.approvals:
            if not approval.ended and not party.left:
                found[scopes[approval.hash]].setdefault(party.agency, []).append(approval.since)
    for parties in found.values():
        for moments in parties.values():
            moments.sort()
    return found


def _gone_on(approving: Mapping[AgencyCode, Millis], later: Mapping[AgencyCode, Sequence[Millis]], since: Millis) -> bool:
    """Whether a party approved another text after its approval of this one and before the last party approved this one."""
    return any(bisect_right(moments, since) > bisect_right(moments, approving[agency]) for agency, moments in later.items())


def awaiting(text: JointText, agency: AgencyCode) -> tuple[BoundText, ...]:
    """Texts that others approve and this agency does not, newest first, unless a later text of their scope is in force."""
    approvals, here, settled = _approvals(text), present(text), all_in_force(text)
    found = []
    for bound in text.texts:
        approving = approvals.get(bound.hash, {})
        since = max((at for who, at in approving.items() if who != agency), default=Millis(0))
        if not since or agency not in here or agency in approving:
            continue
        later = settled.get(bound.scope)
        if later is None or _since(approvals[later.hash], text) < since:
            found.append((since, bound.hash, bound))
    return tuple(bound for _, _, bound in sorted(found, key=lambda one: one[:2], reverse=True))


def _approvals(text: JointText) -> dict[Digest, dict[AgencyCode, Millis]]:
    """By hash: who approves it now, and since when. One pass, so that what hostile parties approve costs no more than its size."""
    found: dict[Digest, dict[AgencyCode, Millis]] = {}
    for party in text.parties:
        for approval in party.approvals:
            if not approval.ended:
                found.setdefault(approval.hash, {})[party.agency] = approval.since
    return found


def _since(approving: Mapping[AgencyCode, Millis], text: JointText) -> Millis:
    """When the last party approved, or left without approving; 0 where one that is here has not, or nobody is here."""
    if not present(text) or any(not party.left and party.agency not in approving for party in text.parties):
        return Millis(0)
    return max(approving.get(party.agency, party.left) for party in text.parties)


def unanswered(text: JointText, agency: AgencyCode) -> tuple[Version, ...]:
    """Standing versions of others on which this agency has not said a word."""
    if agency not in present(text):
        return ()
    return tuple(v for v in text.versions if not v.replaced and not v.translates and agency not in v.agreed and agency not in v.objected)


def objected_to(text: JointText, agency: AgencyCode) -> tuple[Version, ...]:
    """Standing versions of this agency to which a party that has not left objects."""
    here = set(present(text))
    return tuple(v for v in text.versions if not v.replaced and v.author == agency and set(v.objected) & here)
