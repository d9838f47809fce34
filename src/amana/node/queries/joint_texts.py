# SPDX-License-Identifier: EUPL-1.2
"""A text that several agencies write, as people read it: clauses in order with their versions, who approved which hash.

Words come from the bodies that are here; of one that was erased the version stays with its author and hour. One read
for all bodies of a text. Used by every kind that has a joint text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from amana.dossiers.plain import to_plain
from amana.dossiers.registry import find_entry_type
from amana.dossiers.shared.joint_text.state import (
    JointText,
    Version,
    approved_by,
    clause_state,
    clauses,
    in_force,
    in_force_since,
    present,
    standing,
    text_hash,
    text_now,
    translations_of,
    waiting_for,
)
from amana.node.ports import EntryRow, Reading
from amana.protocol.canonical import parse
from amana.protocol.entry import parse_body, parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, Digest, EntryId

Plain = dict[str, Any]


def show_clauses(reading: Reading, text: JointText, scope: str, own: AgencyCode) -> list[Plain]:
    """The clauses of a text in order: `clause`, `place`, `state`, and in `versions` those that stand, oldest first.

    Each version: `id`, `type`, `author`, `at`, `language`, `title`, `text`, `void` (why there are no words), `coded`,
    `struck`, `agreed`, `objected`, `said` (what we said of it: agreed, objected or empty), `before` (the words it
    replaces, empty for a first one), `translations` (versions again), `outdated` (translations of what was replaced).
    """
    words = Words(reading, (version.id for version in text.versions if version.scope == scope))
    shown = []
    for clause in clauses(text, scope):
        held = standing(text, scope, clause)
        shown.append(
            {
                "clause": clause.hex(),
                "place": held[0].place,
                "state": clause_state(text, held).value,
                "versions": [_show(text, version, words, own) for version in held],
                "outdated": [words.show(one) for one in _outdated(text, scope, clause)],
            }
        )
    return shown


def show_history(reading: Reading, text: JointText, scope: str, clause: EntryId) -> list[Plain]:
    """Every version of a clause that was ever written, oldest first, with its words and what was said of it."""
    held = sorted((one for one in text.versions if one.scope == scope and one.clause == clause), key=lambda one: (one.at, one.id))
    words = Words(reading, (one.id for one in held))
    return [words.show(one) | {"replaced": one.replaced, "translates": one.translates.hex()} for one in held]


def show_approvals(text: JointText, scope: str, conditions: bytes = b"") -> Plain:
    """Who approved what: `hash` of the text as it stands (empty where a clause is contested), `versions` it names, `parties`
    with `state` (approved, changed: another text of this scope, waiting, left), `hash`, `since`; the text `in_force`."""
    versions = text_now(text, scope)
    now = text_hash(scope, versions, conditions) if versions else Digest(b"")
    bound = in_force(text, scope)
    return {
        "hash": now.hex(),
        "versions": [id.hex() for id in versions],
        "parties": [_approval(text, party.agency, scope, now, left=party.left) for party in text.parties],
        "awaited": list(waiting_for(text, now)) if versions else [],
        "in_force": None if bound is None else {"hash": bound.hash.hex(), "since": in_force_since(text, bound.hash)},
    }


class Words:
    """The words of versions, read once."""

    def __init__(self, reading: Reading, ids: Iterable[EntryId]) -> None:
        self._rows: Mapping[EntryId, EntryRow] = reading.entries(list(ids))

    def show(self, version: Version) -> Plain:
        """A version with its words."""
        return {
            "id": version.id.hex(),
            "type": version.type,
            "author": version.author,
            "at": version.at,
            "clause": version.clause.hex(),
            "language": version.language,
            "struck": version.struck,
            "agreed": list(version.agreed),
            "objected": list(version.objected),
            **self.of(version.id),
        }

    def of(self, id: EntryId) -> Plain:
        """`title`, `text`, `void` and `coded` of an entry."""
        row = self._rows.get(id)
        if row is None:
            return {"title": "", "text": "", "void": "lost", "coded": {}}
        title = text = ""
        void = row.void
        if row.body:
            try:
                body = parse_body(row.body)
                title, text = body.title, body.text
            except PeerFault:
                void = "lost"
        return {"title": title, "text": text, "void": void, "coded": _coded(row)}

    def replaced_by(self, version: Version) -> str:
        """The words of the version that this one replaces, the first named; empty where it replaces none."""
        replaced = self.of(version.id)["coded"].get("replaces", ())
        return str(self.of(EntryId(bytes.fromhex(replaced[0])))["text"]) if replaced else ""


def _show(text: JointText, version: Version, words: Words, own: AgencyCode) -> Plain:
    here = set(present(text))
    return words.show(version) | {
        "said": "agreed" if own in version.agreed else "objected" if own in version.objected else "",
        "waits_for": sorted(here - set(version.agreed) - set(version.objected)),
        "before": words.replaced_by(version),
        "translations": [words.show(one) for one in translations_of(text, version)],
    }


def _outdated(text: JointText, scope: str, clause: EntryId) -> list[Version]:
    replaced = {one.id for one in text.versions if one.scope == scope and one.clause == clause and one.replaced}
    return [one for one in text.versions if one.translates in replaced and not one.replaced]


def _approval(text: JointText, agency: AgencyCode, scope: str, now: Digest, *, left: int) -> Plain:
    held = [
        (approval.since, bound.hash)
        for bound in text.texts
        if bound.scope == scope
        for who, approval in approved_by(text, bound.hash)
        if who == agency
    ]
    same = next((since for since, hash in held if hash == now), 0)
    since, hash = (same, now) if same else max(held, default=(0, Digest(b"")))
    state = "left" if left else "approved" if same else "changed" if held else "waiting"
    return {"agency": agency, "state": state, "hash": hash.hex() if held else "", "since": since}


def _coded(row: EntryRow) -> Plain:
    declared = find_entry_type(row.kind, row.type)
    if declared is None:
        return {}
    try:
        return to_plain(parse(parse_header(row.header).coded, declared.coded))
    except PeerFault:
        return {}
