# SPDX-License-Identifier: EUPL-1.2
"""The parts of a threat assessment as people read them: passages with dissent beside them, sources, revisions, approvals.

Words come from bodies that are here. Everything is derived from the state; a revision says what it changed against the
one before, passage by passage, in the words of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from amana.dossiers.shared.joint_text.state import (
    Approval,
    Signatory,
    Version,
    clauses,
    translations_of,
    version_of,
)
from amana.dossiers.threat_assessment.completing import next_revision
from amana.dossiers.threat_assessment.entries import AssessmentPart
from amana.dossiers.threat_assessment.state import (
    DISSENT,
    SCOPE,
    AssessmentState,
    Revision,
    dissents,
    draft_of,
    passage_of,
    revision_in_force,
    revisions,
    sources_in_order,
    text_to_approve,
)
from amana.node.ports import Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.joint_texts import Words, show_clauses
from amana.protocol.identifiers import AgencyCode, Digest, EntryId

Plain = dict[str, Any]
Known = Mapping[EntryId, Version]
MOST_READ = 8  # of the revisions that are shown with their words: every party may approve dozens, each of hundreds of passages
APPROVED, WITHDRAWN, WAITING, LEFT = "approved", "withdrawn", "waiting", "left"


def show_parts(reading: Reading, state: AssessmentState, own: AgencyCode) -> list[Plain]:
    """The parts in order, each `part` and its `passages`: clauses as `show_clauses` gives them, with `number`, `part`,
    `likelihood` and `confidence` of each version, `dissents` from them and `ours` (versions of ours that stand)."""
    beside = show_dissents(reading, state)
    found: dict[str, list[Plain]] = {part.value: [] for part in AssessmentPart}
    for clause in show_clauses(reading, state.text, SCOPE, own):
        versions = [version | _judged(state, version["id"]) for version in clause["versions"]]
        part = versions[0]["part"]
        told = {
            "part": part,
            "versions": versions,
            "dissents": [one for one in beside if one["clause"] == clause["clause"]],
            "ours": [version["id"] for version in versions if version["author"] == own],
        }
        found[part].append(clause | told)
    numbered = enumerate((clause for clauses in found.values() for clause in clauses), start=1)
    for number, clause in numbered:
        clause["number"] = number
    return [{"part": part, "passages": passages} for part, passages in found.items()]


def show_dissents(reading: Reading, state: AssessmentState) -> list[Plain]:
    """Every standing dissent with its words and translations; `whole`: it is from the assessment, not from a passage."""
    held = dissents(state)
    beside = [one for version in held for one in translations_of(state.text, version)]
    words = Words(reading, (version.id for version in (*held, *beside)))
    standing_clauses = set(clauses(state.text, SCOPE))
    return [
        words.show(version)
        | _judged(state, version.id.hex())
        | {
            "whole": version.clause not in standing_clauses,
            "translations": [words.show(one) for one in translations_of(state.text, version)],
        }
        for version in held
    ]


def show_sources(reading: Reading, state: AssessmentState, own: AgencyCode) -> list[Plain]:
    """The sources that stand, the oldest first, with their description."""
    held = sources_in_order(state)
    bodies = Bodies(reading, (source.entry for source in held))
    return [
        {
            "source": source.id.hex(),
            "entry": source.entry.hex(),
            "number": number,
            "author": source.author,
            "ours": source.author == own,
            "at": source.at,
            "type": source.type.value,
            "grade": source.grade,
            **bodies.words(source.entry),
        }
        for number, source in enumerate(held, start=1)
    ]


def show_revisions(reading: Reading, state: AssessmentState) -> list[Plain]:
    """Every text that somebody approved, the highest revision first: `revision`, `hash`, `valid_until`, `since` (0: not in
    force), `in_force` (it is the one), `now` (it is the text as it stands), `parties` with `state` and `since`, `awaited`,
    `text` where it is another than the one that stands (every word of it in order, as versions, with `translates`), and
    `changes` against the revision before: `clause`, `part`, `language`, `before`, `after`, `dissent` (whose)."""
    held = revisions(state)
    words = Words(reading, {id for one in held[: MOST_READ + 1] for id in one.bound.versions})
    known = {version.id: version for version in state.text.versions}
    now, standing_one = text_to_approve(state), revision_in_force(state)
    shown = []
    for place, one in enumerate(held):
        before = held[place + 1] if place + 1 < len(held) else None
        parties = [_party(party, one.bound.hash) for party in state.text.parties]
        shown.append(
            {
                "revision": one.revision,
                "hash": one.bound.hash.hex(),
                "valid_until": one.valid_until,
                "since": one.since,
                "in_force": standing_one is not None and standing_one.bound.hash == one.bound.hash,
                "now": one.bound.versions == now,
                "versions": len(one.bound.versions),
                "parties": parties,
                "awaited": [party["agency"] for party in parties if party["state"] in (WAITING, WITHDRAWN)],
                "text": _whole_text(state, known, words, one) if one.bound.versions != now and place < MOST_READ else [],
                "changes": _changes(state, known, words, before, one) if before is not None and place < MOST_READ else [],
            }
        )
    return shown


def _whole_text(state: AssessmentState, known: Known, words: Words, one: Revision) -> list[Plain]:
    """Every word that an approval of this text binds to, in its order: whoever approves it has to have read it."""
    held = [known[id] for id in one.bound.versions if id in known]
    return [
        words.show(version)
        | ({"part": "", "likelihood": "", "confidence": ""} if version.translates else _judged(state, version.id.hex()))
        | {"translates": version.translates.hex(), "dissent": version.author if version.scope.startswith(DISSENT) else ""}
        for version in held
    ]


def show_draft(state: AssessmentState, own: AgencyCode) -> Plain:
    """The text as it stands: `ready` (it can be approved), `contested` (passages with two versions), `versions`, `next`
    (the number that its approval gets), `approved` (by us, as it stands)."""
    draft = draft_of(state)
    party = next((one for one in state.text.parties if one.agency == own), None)
    approved = {one.hash for one in party.approvals if not one.ended} if party is not None else set()
    return {
        "ready": bool(draft.versions),
        "versions": [id.hex() for id in draft.versions],
        "contested": list(dict.fromkeys(version.clause.hex() for version in draft.contested)),
        "next": next_revision(state),
        "approved": any(bound.hash in approved and bound.versions == draft.versions for bound in state.text.texts),
    }


def _judged(state: AssessmentState, id: str) -> Plain:
    """Part, likelihood and confidence of an original version."""
    version = version_of(state.text, bytes.fromhex(id))
    if version is None:
        return {"part": "", "likelihood": "", "confidence": ""}
    said = passage_of(version)
    return {
        "part": said.part.value,
        "likelihood": said.likelihood.value if said.likelihood else "",
        "confidence": said.confidence.value if said.confidence else "",
    }


def _party(party: Signatory, hash: Digest) -> Plain:
    """Where a party stands to a text."""
    held: Approval | None = next((one for one in party.approvals if one.hash == hash), None)
    if held is not None and not held.ended:
        return {"agency": party.agency, "state": APPROVED, "since": held.since}
    if party.left:
        return {"agency": party.agency, "state": LEFT, "since": party.left}
    return {"agency": party.agency, "state": WITHDRAWN if held is not None else WAITING, "since": held.ended if held is not None else 0}


def _changes(state: AssessmentState, known: Known, words: Words, before: Revision, after: Revision) -> list[Plain]:
    """What differs between two texts, in the order of the later one; translations follow their original and are left out."""
    sides = [_by_clause(known, one.bound.versions) for one in (before, after)]
    order = [*sides[1], *(key for key in sides[0] if key not in sides[1])]
    found = []
    for key in order:
        old, new = sides[0].get(key), sides[1].get(key)
        if (old.id if old else b"") == (new.id if new else b""):
            continue
        either = new or old
        assert either is not None  # noqa: S101 - a key comes from one of the sides; told to the type checker
        found.append(
            {
                "clause": either.clause.hex(),
                "part": passage_of(either).part.value,
                "language": either.language,
                "dissent": either.author if either.scope.startswith(DISSENT) else "",
                "before": words.of(old.id)["text"] if old else "",
                "after": words.of(new.id)["text"] if new else "",
                "likelihood_before": _judged(state, old.id.hex())["likelihood"] if old else "",
                "likelihood_after": _judged(state, new.id.hex())["likelihood"] if new else "",
            }
        )
    return found


def _by_clause(known: Known, ids: Iterable[EntryId]) -> dict[tuple[str, EntryId], Version]:
    versions = (known[id] for id in ids if id in known)
    return {(one.scope, one.clause): one for one in versions if not one.translates}
