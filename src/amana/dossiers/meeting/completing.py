# SPDX-License-Identifier: EUPL-1.2
"""What follows from the state of a meeting for an entry that is about to be made here. Spec: spec/kinds/meeting.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from amana.dossiers.kind import Reason
from amana.dossiers.meeting.state import AGENDA, MINUTES, MeetingState, owners_of, scope_of, sittings
from amana.dossiers.shared.joint_text.entries import MAX_NAMED
from amana.dossiers.shared.joint_text.state import (
    approved_hashes,
    departed,
    latest_approval,
    standing,
    text_hash,
    text_now,
    unanswered,
    version_of,
)
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, Digest, EntryId

Plain = Mapping[str, Any]
STEP = 10  # between the places of clauses, so that one can be put between
MOST_REPLACED = MAX_NAMED - 4  # at once: session, clause and point of the agenda are to stand among the ancestors too
LAST_PLACE = 1_000_000  # where a party has put a clause there, further ones stand after it by their age
_PREPARING = frozenset("reschedule cancel delegation programme session agenda_point minutes_point decision approve".split())
_TEXT_OF = {"agenda_point": AGENDA, "minutes_point": MINUTES, "decision": MINUTES}


def complete(entry_type: str, given: Plain, *, author: AgencyCode, state: MeetingState | None) -> Plain:
    """`given` with what follows. Raises Refusal where it makes no sense in this state."""
    if state is None:
        return {"host": author, **given}
    if author in departed(state.text):
        raise Refusal(Reason.LEFT)
    if state.cancelled and entry_type in _PREPARING:
        raise Refusal(Reason.CANCELLED)
    if entry_type in _TEXT_OF:
        return _version(state, _TEXT_OF[entry_type], given)
    match entry_type:
        case "translation":
            return _translation(state, given)
        case "agree":
            return given if given.get("versions") else {**given, "versions": _unanswered(state, author)}
        case "approve":
            return _approval(state, given, author)
        case "withdraw_approval":
            return given if given.get("hash") else {**given, "hash": _latest(state, author)}
        case "progress":
            return _owned(state, given, author)
        case _:
            return given


def _version(state: MeetingState, text: str, given: Plain) -> Plain:
    """The one session there is; a clause's standing versions and place; a new clause after the last."""
    held = sittings(state)
    if "session" not in given and len(held) == 1:
        given = {**given, "session": held[0].id.hex()}
    session = _bytes(given.get("session"))
    if len(session) != 32:
        return given
    scope = scope_of(text, EntryId(session))
    if clause := _bytes(given.get("clause")):
        found = standing(state.text, scope, EntryId(clause))
        place = found[0].place if found else 0
        return {"place": place, "replaces": [one.id.hex() for one in found[:MOST_REPLACED]], **given}
    places = [one.place for one in state.text.versions if one.scope == scope and not one.replaced]
    return {"place": min(max(places, default=0) + STEP, LAST_PLACE), **given}


def _translation(state: MeetingState, given: Plain) -> Plain:
    """It replaces what was there of the same clause in the same language."""
    original = version_of(state.text, _bytes(given.get("version")))
    if original is None or "replaces" in given:
        return given
    earlier = [
        one.id.hex()
        for one in state.text.versions
        if one.clause == original.clause and one.translates and one.language == given.get("language") and not one.replaced
    ]
    return {**given, "replaces": earlier[:MOST_REPLACED]}


def _unanswered(state: MeetingState, author: AgencyCode) -> list[str]:
    found = unanswered(state.text, author)
    if not found:
        raise Refusal(Reason.ALREADY_SAID)
    return [one.id.hex() for one in found[:MAX_NAMED]]


def _approval(state: MeetingState, given: Plain, author: AgencyCode) -> Plain:
    """The minutes as they stand, of the session named or the first whose minutes await this agency."""
    if given.get("versions"):
        return given
    if hash := _bytes(given.get("hash")):
        return {**given, **_known(state, Digest(hash))}
    sessions = [EntryId(_bytes(given["session"]))] if given.get("session") else [one.id for one in sittings(state)]
    approved = False
    for session in sessions:
        scope = scope_of(MINUTES, session)
        versions = text_now(state.text, scope)
        hash = text_hash(scope, versions)
        approved = hash in approved_hashes(state.text, author)
        if versions and not approved:
            return {**given, "session": session.hex(), "hash": hash.hex(), "versions": [id.hex() for id in versions]}
    raise Refusal(Reason.ALREADY_SAID if approved else Reason.EMPTY_TEXT)


def _known(state: MeetingState, hash: Digest) -> Plain:
    """The text with this hash: one that somebody approves, or the minutes of a session as they stand."""
    for bound in state.text.texts:
        if bound.hash == hash:
            return _plain(bound.scope, bound.versions)
    for one in state.sessions:
        scope = scope_of(MINUTES, one.id)
        if text_hash(scope, versions := text_now(state.text, scope)) == hash:
            return _plain(scope, versions)
    raise Refusal(Reason.HASH_DIFFERS)


def _plain(scope: str, versions: Iterable[EntryId]) -> Plain:
    return {"session": scope.partition(".")[2], "versions": [id.hex() for id in versions]}


def _latest(state: MeetingState, author: AgencyCode) -> str:
    found = latest_approval(state.text, author)
    if found is None:
        raise Refusal(Reason.NOT_APPROVED)
    return found.hex()


def _owned(state: MeetingState, given: Plain, author: AgencyCode) -> Plain:
    """Of a decision the agency speaks that carries it out by some version of it."""
    owners = owners_of(state, EntryId(_bytes(given.get("of"))))
    if owners and author not in owners:
        raise Refusal(Reason.NOT_THE_OWNER)
    return given


def _bytes(given: object) -> bytes:
    """An id as a form gives it; what is none is empty."""
    if not isinstance(given, str):
        return b""
    try:
        return bytes.fromhex(given)
    except ValueError:
        return b""
