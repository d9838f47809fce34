# SPDX-License-Identifier: EUPL-1.2
"""What follows from a communiqué as its author sees it, filled into what the author says.

Given values are never changed. Raises Refusal where the act makes no sense in a state its author knows: `left`,
`text_released` (the language is public or will be), `empty_text`, `not_approved`, `already_said`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.dossiers.communique.entries import LANGUAGES, Clause
from amana.dossiers.communique.state import CommuniqueState, releases_to_come, scope_of
from amana.dossiers.communique.workshop import languages_now, open_versions
from amana.dossiers.kind import Reason
from amana.dossiers.shared.joint_text.state import Version, has_left, in_force, standing
from amana.dossiers.shared.vocabulary import ClauseRole
from amana.protocol.canonical import parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, Digest, EntryId

STEP = 10  # between the places of clauses, so that one can be put between two
LAST_PLACE = 1_000_000
Given = Mapping[str, Any]


def complete(entry_type: str, given: Given, *, author: AgencyCode, state: CommuniqueState | None) -> Given:
    """`given` with what the context says; see the functions below for each entry type."""
    if state is None:
        return {"languages": list(LANGUAGES), **given}
    if has_left(state.text, author):
        raise Refusal(Reason.LEFT)
    settled = frozenset(one.language for one in releases_to_come(state))
    match entry_type:
        case "clause":
            return _clause(state, given, settled)
        case "agree" | "object":
            return _word(state, given, author, settled, agrees=entry_type == "agree")
        case "approve":
            return _approval(state, given, author)
        case "withdraw_approval":
            return {"hash": _latest_approval(state, author).hex(), **given}
        case "release":
            return given if "hashes" in given else {**given, "hashes": [hash.hex() for hash in _hashes(state, author)]}
        case _:
            return given


def _clause(state: CommuniqueState, given: Given, settled: frozenset[str]) -> Given:
    """The clause and the language of what it replaces; else the first language. What stands of the clause in this language
    is replaced, its role and place stay; a new clause comes last."""
    versions = {held.id.hex(): held for held in state.text.versions}
    replaced = [versions[id] for id in given.get("replaces", ()) if id in versions]
    clause = given.get("clause") or (replaced[0].clause.hex() if replaced else "")
    language = given.get("language") or (replaced[0].language if replaced else state.languages[0])
    if language in settled:
        raise Refusal("text_released")
    if clause not in versions:
        return {"role": ClauseRole.PARAGRAPH.value, "place": _last_place(state), "language": language, **given}
    here = standing(state.text, scope_of(language), EntryId(bytes.fromhex(clause)))
    like = here[0] if here else _like(state, clause)
    return {
        "role": parse(like.coded, Clause).role.value,
        "place": like.place,
        "language": language,
        "replaces": [held.id.hex() for held in here],
        **given,
        "clause": clause,
    }


def _last_place(state: CommuniqueState) -> int:
    return min(max((held.place for held in state.text.versions if not held.replaced), default=0) + STEP, LAST_PLACE)


def _like(state: CommuniqueState, clause: str) -> Version:
    """A version of this clause in another language; the clause's first where none stands."""
    found = [held for held in state.text.versions if held.clause.hex() == clause]
    return min(found, key=lambda held: (held.replaced, held.at, held.id))


def _word(state: CommuniqueState, given: Given, author: AgencyCode, settled: frozenset[str], *, agrees: bool) -> Given:
    """`agree` without versions: to all that are not answered yet. An objection names what it is about."""
    versions = given.get("versions")
    if isinstance(versions, str):
        versions = [versions]
    languages = {held.id.hex(): held.language for held in state.text.versions}
    if versions and any(languages.get(id) in settled for id in versions):
        raise Refusal("text_released")
    if versions is None and agrees:
        versions = [held.id.hex() for held in open_versions(state, author, settled)]
        if not versions:
            raise Refusal("text_released") if set(state.languages) <= settled else Refusal(Reason.ALREADY_SAID)
    return given if versions is None else {**given, "versions": versions}


def _approval(state: CommuniqueState, given: Given, author: AgencyCode) -> Given:
    """Hash and versions of the text in this language as it stands; without a language, of the first that waits for its author."""
    if "hash" in given and "versions" in given:
        return given
    now = languages_now(state)
    if language := given.get("language"):
        if language not in state.languages:
            raise Refusal(Reason.NO_LANGUAGE)
        chosen = next(one for one in now if one.language == language)
    else:
        chosen = next((one for one in now if one.hash is not None and author in one.waiting_for), now[0])
    if chosen.hash is None:
        raise Refusal(Reason.EMPTY_TEXT)
    if author in chosen.approved_by:
        raise Refusal(Reason.ALREADY_SAID)
    return {"language": chosen.language, "hash": chosen.hash.hex(), "versions": [id.hex() for id in chosen.versions], **given}


def _latest_approval(state: CommuniqueState, author: AgencyCode) -> Digest:
    own = next(party for party in state.text.parties if party.agency == author)
    standing_ = [approval for approval in own.approvals if not approval.ended]
    if not standing_:
        raise Refusal(Reason.NOT_APPROVED)
    return max(standing_, key=lambda approval: (approval.since, approval.hash)).hash


def _hashes(state: CommuniqueState, author: AgencyCode) -> list[Digest]:
    """The texts that all approve, of every language that has one and is not said to be released; where there is none, those
    that this agency approves as they stand: they are released when the others have approved them too."""
    coming = {one.language for one in releases_to_come(state)}
    waiting = [one for one in languages_now(state) if one.language not in coming]
    agreed = [bound.hash for one in waiting if (bound := in_force(state.text, scope_of(one.language))) is not None]
    own = [one.hash for one in waiting if one.hash is not None and author in one.approved_by]
    if not agreed and not own:
        raise Refusal(Reason.ALREADY_SAID if coming else Reason.NOT_APPROVED)
    return agreed or own
