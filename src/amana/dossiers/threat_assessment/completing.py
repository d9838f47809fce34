# SPDX-License-Identifier: EUPL-1.2
"""What the author's own node fills in before it makes an entry of a threat assessment, as a text editor would.

A new passage comes last in its part; a new version keeps part, place, language, likelihood and confidence and replaces
every version that stands. An approval names the text that others wait for, or the one that stands as the next revision;
where nobody says until when, it is valid for half a year from the newest version. Spec: spec/kinds/threat_assessment.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amana.dossiers.kind import Reason
from amana.dossiers.shared.joint_text.state import Version, approved_hashes, awaiting, present, standing, text_hash, version_of
from amana.dossiers.shared.vocabulary import DAY
from amana.dossiers.threat_assessment.state import (
    SCOPE,
    AssessmentState,
    Revision,
    Standing,
    conditions_of,
    dissent_scope,
    part_of,
    passage_of,
    revision_in_force,
    revision_of,
    revisions,
    sources_in_order,
    text_to_approve,
    to_answer,
)
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

STEP = 10  # between two places, so that something fits between
USUAL_DAYS = 182
LATEST = 2**53 - 1


def complete(state: AssessmentState, entry_type: str, given: Mapping[str, Any], author: AgencyCode) -> Mapping[str, Any]:
    """`given` with what follows from the state. Raises Refusal where the act makes no sense in it."""
    match entry_type:
        case "passage":
            return _passage(state, given, author)
        case "translation" if "version" in given and "language" in given:
            return {"replaces": _earlier_translations(state, given), **given}
        case "agree" if "versions" not in given:
            open_to = to_answer(state, author)
            if not open_to:
                raise Refusal(Reason.ALREADY_SAID)
            return {"versions": [version.id.hex() for version in open_to], **given}
        case "approve":
            return _approval(state, given, author)
        case "withdraw_approval" if "hash" not in given:
            return {"hash": _own_approval(state, author).bound.hash.hex()}
        case _:
            return given


def choices(state: AssessmentState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[EntryId, ...]]:
    """The entries that `own` may sensibly name in an entry of this type."""
    match entry_type:
        case "passage":
            return {"clause": tuple(versions[0].clause for versions in Standing(state).passages())}
        case "agree" | "object":
            return {"versions": tuple(version.id for version in to_answer(state, own))}
        case "translation":
            return {"version": tuple(version.id for version in state.text.versions if not version.replaced and not version.translates)}
        case "source":
            return {"source": tuple(source.id for source in sources_in_order(state) if source.author == own)}
        case _:
            return {}


def _passage(state: AssessmentState, given: Mapping[str, Any], author: AgencyCode) -> Mapping[str, Any]:
    scope = dissent_scope(author) if given.get("dissent") else SCOPE
    if not given.get("clause"):
        return {"place": _last_place(state, scope, given.get("part", "")) + STEP, **given}
    clause = EntryId(_bytes(given["clause"]))
    versions = standing(state.text, scope, clause)
    dissented = standing(state.text, SCOPE, clause) if given.get("dissent") else ()
    earlier = (*versions, *dissented)
    kept: dict[str, Any] = {}
    if earlier:
        last = passage_of(earlier[0])
        kept = {"part": last.part.value, "place": earlier[0].place, "language": last.language}
        kept |= {"confidence": last.confidence, "likelihood": last.likelihood} if versions else {}
    return {**kept, "replaces": [version.id.hex() for version in versions], **given}


def _last_place(state: AssessmentState, scope: str, part: str) -> int:
    held = [version for versions in Standing(state).passages(scope) for version in versions]
    return max((version.place for version in held if part_of(version) == part), default=0)


def _earlier_translations(state: AssessmentState, given: Mapping[str, Any]) -> list[str]:
    original = version_of(state.text, _bytes(given["version"]))
    if original is None:
        return []
    return [version.id.hex() for version in state.text.versions if _translates(version, original, given["language"])]


def _translates(version: Version, original: Version, language: str) -> bool:
    same = (version.clause, version.scope, version.language) == (original.clause, original.scope, language)
    return bool(version.translates) and not version.replaced and same


def _approval(state: AssessmentState, given: Mapping[str, Any], author: AgencyCode) -> Mapping[str, Any]:
    """The newest text that others approve and that fits what is given, else the text that stands as the next revision."""
    if "hash" in given and "versions" in given:
        return given
    for bound in awaiting(state.text, author):
        offered = revision_of(state, bound)
        plain = {
            "hash": bound.hash.hex(),
            "revision": offered.revision,
            "versions": [id.hex() for id in bound.versions],
            "valid_until": offered.valid_until,
        }
        if all(plain.get(name) == value for name, value in given.items()):
            return plain
    versions = [EntryId(_bytes(id)) for id in given["versions"]] if "versions" in given else text_to_approve(state)
    if not versions or "hash" in given:
        raise Refusal(Reason.HASH_DIFFERS if "hash" in given else Reason.EMPTY_TEXT)
    numbered = {"revision": next_revision(state), "valid_until": _usual_validity(state, versions), **given}
    conditions = conditions_of(int(numbered["revision"]), Millis(int(numbered["valid_until"])))
    return {"hash": text_hash(SCOPE, versions, conditions).hex(), "versions": [id.hex() for id in versions], **numbered}


def _usual_validity(state: AssessmentState, versions: Sequence[EntryId]) -> int:
    """Half a year after the newest of these versions, or after the end of the revision in force where that is later."""
    written = [version.at for version in state.text.versions if version.id in versions]
    held = revision_in_force(state)  # what one agency alone approves says nothing: it may be valid to the end of time
    return min(max([0, *written, held.valid_until if held is not None else 0]) + USUAL_DAYS * DAY, LATEST)


def next_revision(state: AssessmentState) -> int:
    """The number of the text that is approved next: after every one that an agency which is here still approves. What was taken
    back, or was approved by one that has left, uses up no number."""
    return max((held.revision for held in _approved_here(state)), default=0) + 1


def _approved_here(state: AssessmentState) -> list[Revision]:
    here = {hash for agency in present(state.text) for hash in approved_hashes(state.text, agency)}
    return [held for held in revisions(state) if held.bound.hash in here]


def _own_approval(state: AssessmentState, author: AgencyCode) -> Revision:
    """The highest revision that this agency approves. Raises Refusal `not_approved`."""
    own = next(party for party in state.text.parties if party.agency == author)
    approved = {approval.hash for approval in own.approvals if not approval.ended}
    found = next((held for held in revisions(state) if held.bound.hash in approved), None)
    if found is None:
        raise Refusal(Reason.NOT_APPROVED)
    return found


def _bytes(id: str) -> bytes:
    try:
        return bytes.fromhex(id)
    except ValueError as error:
        raise Refusal("bad_id", what="entry") from error
