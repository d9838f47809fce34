# SPDX-License-Identifier: EUPL-1.2
"""Who may say what in a communiqué, and when.

Nothing is public that one party present does not approve by the same hash as all others; until that moment every party
can prevent it by its own word, and afterwards no word changes it.
The checks have the numbers of their list in the spec. Spec: spec/kinds/communique.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never, cast

from msgspec.structs import replace

from amana.dossiers.communique.completing import complete
from amana.dossiers.communique.entries import ENTRY_TYPES, KIND, Approve, Clause, CommuniqueCoded, Draft, Embargo, Release
from amana.dossiers.communique.state import (
    MAX_EMBARGOES,
    MAX_RELEASES,
    CommuniqueState,
    EmbargoSet,
    Party,
    ReleaseSaid,
    embargo_until,
    known_languages,
    releases_to_come,
    scope_of,
)
from amana.dossiers.communique.workshop import LanguageNow, languages_now, open_versions
from amana.dossiers.kind import NO_DATE, Coded, Fact, Kind, Reason, Refused, Summary
from amana.dossiers.shared.conditions import Conditions
from amana.dossiers.shared.joint_text import rules as joint
from amana.dossiers.shared.joint_text.entries import Agree, Leave, Object, WithdrawApproval
from amana.dossiers.shared.joint_text.state import (
    BoundText,
    ClauseState,
    JointText,
    begin,
    departed,
    has_left,
    objected_to,
    present,
)
from amana.dossiers.tasks import Task, in_order
from amana.protocol.identifiers import AgencyCode, EntryId, Millis


class CommuniqueKind(Kind[CommuniqueState]):
    """Communiqués as a total fold."""

    name = KIND
    rules = frozenset({1})
    state = CommuniqueState
    entry_types = ENTRY_TYPES

    def open(self, fact: Fact, coded: Coded) -> CommuniqueState | Refused:
        said = cast(Draft, coded)
        if known_languages(said.languages) != said.languages:
            return Refused(Reason.NO_LANGUAGE)  # (1)
        header = fact.header
        agencies = sorted({header.author, *header.audience})
        own = EmbargoSet(at=Millis(fact.effective), until=said.embargo)
        parties = (Party(agency=agency, embargoes=(own,) if agency == header.author and said.embargo else ()) for agency in agencies)
        return CommuniqueState(text=begin(agencies), about=said.about, parties=tuple(parties), languages=said.languages)

    def apply(self, state: CommuniqueState, fact: Fact, coded: Coded) -> CommuniqueState | Refused:
        said = cast(CommuniqueCoded, coded)
        if has_left(state.text, fact.header.author):
            return Refused(Reason.LEFT)  # (2)
        match said:
            case Draft():
                return Refused(Reason.SECOND_OPENING)
            case Clause():
                if said.language not in state.languages:
                    return Refused(Reason.NO_LANGUAGE)  # (3)
                return _with_text(state, joint.write(state.text, fact, said, scope_of(said.language)))
            case Agree() | Object():
                return _with_text(state, joint.speak(state.text, fact, said))
            case Approve():
                return _approve(state, fact, said)
            case WithdrawApproval():
                return _with_text(state, joint.withdraw(state.text, fact, said))
            case Embargo():
                return _set_embargo(state, fact, said)
            case Release():
                return _release(state, fact, said)
            case Leave():
                return _with_text(state, joint.leave(state.text, fact))
            case _:
                assert_never(said)

    def summary(self, state: CommuniqueState) -> Summary:
        seen = _Seen.of(state)
        begun = {held.language for held in state.text.versions if not held.replaced}
        closed = bool(seen.settled) and begun <= seen.settled
        turn = () if closed else tuple(agency for agency in present(state.text) if any(_expected(seen, agency)))
        return Summary(stage=_stage(seen), turn=turn, due=NO_DATE if closed else embargo_until(state), closed=closed)

    def tasks(self, state: CommuniqueState, own: AgencyCode) -> tuple[Task, ...]:
        return in_order(_expected(_Seen.of(state), own))

    def departed(self, state: CommuniqueState) -> frozenset[AgencyCode]:
        return departed(state.text)

    def choices(self, state: CommuniqueState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[EntryId, ...]]:
        """`agree`: the versions not yet answered; `object`: every standing version of others."""
        settled = frozenset(one.language for one in releases_to_come(state))
        if entry_type == "agree":
            return {"versions": tuple(held.id for held in open_versions(state, own, settled))}
        if entry_type == "object":
            versions = (held for held in state.text.versions if not held.replaced and held.author != own and own not in held.objected)
            return {"versions": tuple(held.id for held in versions if held.language not in settled)}
        return {}

    def complete(
        self,
        entry_type: str,
        given: Mapping[str, Any],
        *,
        author: AgencyCode,
        state: CommuniqueState | None,
        agreement: Conditions | None,  # noqa: ARG002 - what a communiqué says rests on no article
    ) -> Mapping[str, Any]:
        return complete(entry_type, given, author=author, state=state)


def _with_text(state: CommuniqueState, text: JointText | Refused) -> CommuniqueState | Refused:
    return text if isinstance(text, Refused) else replace(state, text=text)


def _approve(state: CommuniqueState, fact: Fact, said: Approve) -> CommuniqueState | Refused:
    if said.language not in state.languages:
        return Refused(Reason.NO_LANGUAGE)  # (3)
    scope = scope_of(said.language)
    named = set(said.versions)
    if any(held.id in named and held.scope != scope for held in state.text.versions):
        return Refused(Reason.NO_SUCH_VERSION)  # (4)
    return _with_text(state, joint.approve(state.text, fact, BoundText(hash=said.hash, scope=scope, versions=said.versions)))


def _set_embargo(state: CommuniqueState, fact: Fact, said: Embargo) -> CommuniqueState | Refused:
    own = _party(state, fact.header.author)
    if said.until == (own.embargoes[-1].until if own.embargoes else NO_DATE):
        return Refused(Reason.ALREADY_SAID)  # (5)
    if len(own.embargoes) >= MAX_EMBARGOES:
        return Refused(Reason.TOO_MANY_OPEN)  # (5)
    fresh = EmbargoSet(at=Millis(fact.effective), until=said.until)
    return _with_party(state, replace(own, embargoes=(*own.embargoes, fresh)))


def _release(state: CommuniqueState, fact: Fact, said: Release) -> CommuniqueState | Refused:
    author = fact.header.author
    own = _party(state, author)
    signatory = next(party for party in state.text.parties if party.agency == author)
    if not set(said.hashes) <= {approval.hash for approval in signatory.approvals if not approval.ended}:
        return Refused(Reason.NOT_APPROVED)  # (6)
    hashes = tuple(sorted(set(said.hashes)))
    if any(held.hashes == hashes for held in own.releases):
        return Refused(Reason.ALREADY_SAID)  # (7)
    if len(own.releases) >= MAX_RELEASES:
        return Refused(Reason.TOO_MANY_OPEN)  # (7)
    fresh = ReleaseSaid(at=Millis(fact.effective), entry=fact.id, hashes=hashes)
    return _with_party(state, replace(own, releases=(*own.releases, fresh)))


def _party(state: CommuniqueState, agency: AgencyCode) -> Party:
    return next(party for party in state.parties if party.agency == agency)


def _with_party(state: CommuniqueState, party: Party) -> CommuniqueState:
    return replace(state, parties=tuple(party if held.agency == party.agency else held for held in state.parties))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What stage and tasks are read from, derived once."""

    state: CommuniqueState
    settled: frozenset[str]  # languages that are or will be public
    languages: tuple[LanguageNow, ...]  # the others

    @classmethod
    def of(cls, state: CommuniqueState) -> _Seen:
        settled = frozenset(one.language for one in releases_to_come(state))
        others = tuple(one for one in languages_now(state) if one.language not in settled)
        return cls(state=state, settled=settled, languages=others)

    @property
    def approved(self) -> bool:  # bool: a fact for lists; what is released is derived from registers
        """Whether everybody approves every language as it stands, and no release is said."""
        return not self.settled and all(one.hash is not None and not one.waiting_for for one in self.languages)


def _stage(seen: _Seen) -> str:
    if seen.settled:
        return "release_said"
    if seen.approved:
        return "approved"
    return "agreed" if all(one.agreed for one in seen.languages) else "drafting"


def _expected(seen: _Seen, own: AgencyCode) -> Iterator[Task]:
    state = seen.state
    if own not in present(state.text):
        return
    for one in seen.languages:
        if own in one.waiting_for and one.hash is not None and (one.agreed or one.approved_by):
            yield Task.APPROVE
    if seen.approved:
        yield Task.RELEASE
    if open_versions(state, own, seen.settled):
        yield Task.AGREE
    if any(held.language not in seen.settled for held in objected_to(state.text, own)):
        yield Task.REVISE
    contested = (clause for one in seen.languages for clause in one.clauses if clause.state is ClauseState.CONTESTED)
    if any(held.author == own for clause in contested for held in clause.versions):
        yield Task.REVISE
