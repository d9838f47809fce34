# SPDX-License-Identifier: EUPL-1.2
"""Communiqués as people read them: clause by clause with their languages side by side, approvals, what is still to do.

A draft has a number: versions that one agency wrote within a minute are one draft. Everything is derived from the state
and the moment of asking; words come from the bodies that are here. What is public is in `published`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amana.dossiers.communique.entries import Clause
from amana.dossiers.communique.state import CommuniqueState, embargo_until, releases_to_come, scope_of
from amana.dossiers.communique.workshop import LanguageNow, clause_numbers, conditions_before_release, languages_now
from amana.dossiers.shared.joint_text.entries import Object
from amana.dossiers.shared.joint_text.state import ClauseState, Version, clause_state, present, standing
from amana.dossiers.shared.vocabulary import ClauseRole
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import ACCEPTED, DossierRow, Reading
from amana.node.queries.joint_texts import Words, show_approvals, show_clauses, show_history
from amana.node.queries.published import show_released
from amana.node.queries.rows import dossier_title, show_row, state_of
from amana.protocol.canonical import parse
from amana.protocol.entry import parse_body, parse_header
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis

Plain = dict[str, Any]
KIND = "communique"
ONE_SITTING = 60_000  # ms between versions of one author that count as one draft
WORST_FIRST = (  # where a whole clause stands, by its languages
    ClauseState.CONTESTED,
    ClauseState.OBJECTED,
    ClauseState.PROPOSED,
    ClauseState.PENDING,
    ClauseState.AGREED,
    ClauseState.STRUCK,
)


def list_communiques(node: Node, scope: Scope, *, record: bool = True) -> Plain:
    """Every communiqué that this person may see, last changed first; what is public, agreed and waiting in each."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> list[Plain]:
        rows = visible_dossiers(reading, scope, kind=KIND)
        return [_line(reading, node, scope, row, state, now) for row in rows if (state := communique_state(row)) is not None]

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "communiques"))
    return {"agency": node.code, "now": now, "communiques": shown}


def show_communique(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """One communiqué whole. Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row, state = require_communique(reading, scope, dossier)
        return _line(reading, node, scope, row, state, now) | _show_whole(reading, row, state, node.code, now)

    shown = node.journal.read(ask)
    if record:
        count, others = shown["entries"], shown["entries_of_others"]
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "dossier", dossier, count=count, others=others))
    return {"agency": node.code, "now": now, **shown}


def show_clause_history(node: Node, scope: Scope, dossier: DossierId, clause: EntryId) -> list[Plain]:
    """Every version of a clause that was ever written, by language, oldest first. Raises Refusal `not_found`."""
    require_content_role(scope)

    def ask(reading: Reading) -> list[Plain]:
        _, state = require_communique(reading, scope, dossier)
        return [one for language in state.languages for one in show_history(reading, state.text, scope_of(language), clause)]

    return node.journal.read(ask)


def compare_drafts(node: Node, scope: Scope, dossier: DossierId, language: str, earlier: int, later: int) -> Plain:
    """One language as it stood after two drafts: `clauses` with `before` and `after`, in the order of the later one.

    Raises Refusal `not_found`, also where there is no such draft or language.
    """
    require_content_role(scope)

    def ask(reading: Reading) -> Plain:
        _, state = require_communique(reading, scope, dossier)
        drafts = _drafts(state)
        if language not in state.languages or not {earlier, later} <= {one["number"] for one in drafts}:
            raise Refusal("not_found")
        words = Words(reading, (held.id for held in state.text.versions if held.language == language))
        sides = [_text_after(state, language, drafts[number - 1]["until"], words) for number in (earlier, later)]
        order = [*sides[1], *(clause for clause in sides[0] if clause not in sides[1])]
        return {
            "language": language,
            "earlier": drafts[earlier - 1],
            "later": drafts[later - 1],
            "clauses": [{"clause": one.hex(), "before": sides[0].get(one, ""), "after": sides[1].get(one, "")} for one in order],
        }

    return node.journal.read(ask)


def require_communique(reading: Reading, scope: Scope, dossier: DossierId) -> tuple[DossierRow, CommuniqueState]:
    """A communiqué that this person may see. Raises Refusal `not_found`."""
    row = require_dossier(reading, scope, dossier)
    state = communique_state(row)
    if state is None:
        raise Refusal("not_found")
    return row, state


def communique_state(row: DossierRow) -> CommuniqueState | None:
    """The state of a communiqué; None where its opening was refused, or the dossier is of another kind."""
    state = state_of(row)
    return state if isinstance(state, CommuniqueState) else None


def _line(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: CommuniqueState, now: Millis) -> Plain:
    languages = languages_now(state)
    clauses = _clause_states(state)
    drafts = _drafts(state)
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "languages": list(state.languages),
        "headings": _headings(reading, state),
        "about": _show_about(reading, scope, state.about),
        "draft": len(drafts),
        "drafted_at": drafts[-1]["at"] if drafts else row.opened_at,
        "clause_count": len(clauses),
        "agreed_count": sum(one in (ClauseState.AGREED, ClauseState.STRUCK) for one in clauses.values()),
        "embargo_until": embargo_until(state),
        "present": list(present(state.text)),
        "left": [party.agency for party in state.text.parties if party.left],
        "approved": [one.language for one in languages if one.hash is not None and not one.waiting_for],
        "public": [one.language for one in releases_to_come(state) if one.at <= now],
        "coming": [one.language for one in releases_to_come(state) if one.at > now],
        "release_at": min((one.at for one in releases_to_come(state)), default=0),
    }


def _headings(reading: Reading, state: CommuniqueState) -> Plain:
    """The heading in each language that has one wording of it."""
    for clause in clause_numbers(state):
        held = {code: versions for code in state.languages if (versions := standing(state.text, scope_of(code), clause))}
        if any(parse(one.coded, Clause).role is ClauseRole.HEADING for versions in held.values() for one in versions):
            single = {code: versions[0] for code, versions in held.items() if len(versions) == 1 and not versions[0].struck}
            words = Words(reading, (one.id for one in single.values()))
            return {code: words.of(one.id)["text"] for code, one in single.items()}
    return {}


def _show_about(reading: Reading, scope: Scope, about: bytes) -> Plain | None:
    """The meeting it belongs to; without a title where this person may not see it."""
    if not about:
        return None
    meeting = DossierId(about)
    try:
        row = require_dossier(reading, scope, meeting)
    except Refusal:
        return {"dossier": "", "kind": "", "title": ""}
    return {"dossier": about.hex(), "kind": row.kind, "title": dossier_title(reading, meeting)}


def _show_whole(reading: Reading, row: DossierRow, state: CommuniqueState, own: AgencyCode, now: Millis) -> Plain:
    languages = languages_now(state)
    return {
        "clauses": _show_rows(reading, row, state, own),
        "struck": _show_struck(reading, state),
        "approvals": [_show_language(state, one) for one in languages],
        "conditions": [_show_condition(one) for one in conditions_before_release(state, now)],
        "embargoes": [
            {"agency": party.agency, "until": held.until, "at": held.at} for party in state.parties for held in party.embargoes[-1:]
        ],
        "drafts": _drafts(state),
        "released": show_released(reading, row.id, state, now),
        "written": len(state.text.versions),
        "ours_left": own not in present(state.text),
        "entries_of_others": sum(1 for one in reading.dossier_entries(row.id) if one.author != own),
    }


def _clause_states(state: CommuniqueState) -> dict[EntryId, ClauseState]:
    """Where each clause stands over all languages: the worst of them."""
    return {
        clause: min(
            (clause_state(state.text, standing(state.text, scope_of(language), clause)) for language in state.languages),
            key=WORST_FIRST.index,
        )
        for clause in clause_numbers(state)
    }


def _show_rows(reading: Reading, row: DossierRow, state: CommuniqueState, own: AgencyCode) -> list[Plain]:
    """The clauses in order, each with one cell for each language, and what was said against the wordings that stand."""
    objections = _objections(reading, row, state)
    worded = {language: _by_clause(reading, state, language, own) for language in state.languages}
    overall = _clause_states(state)
    rows = []
    for clause, number in clause_numbers(state).items():
        held = [one for one in state.text.versions if one.clause == clause and not one.replaced]
        newest = max(held, key=lambda one: (one.at, one.id))
        rows.append(
            {
                "clause": clause.hex(),
                "number": number,
                "role": parse(newest.coded, Clause).role.value,
                "place": min(one.place for one in held),
                "state": overall[clause].value,
                "by": newest.author,
                "at": newest.at,
                "cells": [_show_cell(state, worded[language], language, clause, newest.at) for language in state.languages],
                "objections": objections.get(clause, []),
                "open": [one.id.hex() for one in held if own not in one.agreed and own not in one.objected],
                "agreeable": [one.id.hex() for one in held if own not in one.agreed],
                "objectionable": [one.id.hex() for one in held if one.author != own and own not in one.objected],
            }
        )
    return rows


def _objections(reading: Reading, row: DossierRow, state: CommuniqueState) -> dict[EntryId, list[Plain]]:
    """What parties wrote when they objected to wordings that stand, and to which they still object, oldest first."""
    standing_ = {held.id: held for held in state.text.versions if held.objected and not held.replaced}
    found: dict[EntryId, list[Plain]] = {}
    said = [one.id for one in reading.dossier_entries(row.id) if one.type == "object" and one.outcome == ACCEPTED] if standing_ else []
    for entry in (reading.entries(said)[id] for id in said):
        body = parse_body(entry.body) if entry.body else None
        named = parse(parse_header(entry.header).coded, Object).versions
        for clause in dict.fromkeys(standing_[id].clause for id in named if id in standing_ and entry.author in standing_[id].objected):
            if body is not None and body.text:
                shown = {"agency": entry.author, "at": entry.effective, "text": body.text, "language": body.language}
                found.setdefault(clause, []).append(shown)
    return found


def _by_clause(reading: Reading, state: CommuniqueState, language: str, own: AgencyCode) -> dict[str, list[Plain]]:
    return {one["clause"]: one["versions"] for one in show_clauses(reading, state.text, scope_of(language), own)}


def _show_cell(state: CommuniqueState, worded: dict[str, list[Plain]], language: str, clause: EntryId, newest: int) -> Plain:
    versions = standing(state.text, scope_of(language), clause)
    stands = clause_state(state.text, versions)
    return {
        "language": language,
        "state": stands.value,
        "versions": worded.get(clause.hex(), []),
        "pending_since": newest if stands is ClauseState.PENDING else 0,
    }


def _show_struck(reading: Reading, state: CommuniqueState) -> list[Plain]:
    """The clauses that all agreed to strike in every language, with the words that went."""
    numbered = clause_numbers(state)
    gone = {held.clause for held in state.text.versions if not held.replaced and held.clause not in numbered}
    words = Words(reading, (held.id for held in state.text.versions if held.clause in gone))  # those they replaced too
    return [{"clause": clause.hex(), "texts": _texts_gone(state, words, clause)} for clause in sorted(gone)]


def _texts_gone(state: CommuniqueState, words: Words, clause: EntryId) -> list[Plain]:
    return [{"language": language, "text": words.replaced_by(held)} for language, held in _last_of(state, clause)]


def _last_of(state: CommuniqueState, clause: EntryId) -> list[tuple[str, Version]]:
    return [(language, versions[0]) for language in state.languages if (versions := standing(state.text, scope_of(language), clause))]


def _show_language(state: CommuniqueState, now: LanguageNow) -> Plain:
    """Approvals of a language. Where a clause is missing or contested nothing can be approved, and no approval is of this text."""
    shown = show_approvals(state.text, scope_of(now.language))
    if now.hash is None:
        shown |= {"hash": "", "versions": [], "awaited": list(present(state.text))}
        for party in shown["parties"]:
            party["state"] = "changed" if party["state"] == "approved" else party["state"]
    return {"language": now.language, "complete": now.complete, "agreed": now.agreed, "changed_at": now.changed_at, **shown}


def _show_condition(one: Any) -> Plain:
    return {
        "code": one.code.value,
        "clause": one.clause.hex() if one.clause is not None else "",
        "number": one.number,
        "languages": list(one.languages),
        "agencies": list(one.agencies),
        "at": one.at,
    }


def _drafts(state: CommuniqueState) -> list[Plain]:
    """The drafts, numbered from 1: who wrote them when, in which languages; `until` is the last version's place in time."""
    drafts: list[Plain] = []
    for held in sorted(state.text.versions, key=lambda one: (one.at, one.id)):
        last = drafts[-1] if drafts else None
        if last is not None and last["author"] == held.author and held.at - last["until"] <= ONE_SITTING:
            last["until"] = held.at
            if held.language not in last["languages"]:
                last["languages"].append(held.language)
        else:
            drafts.append({"number": len(drafts) + 1, "at": held.at, "until": held.at, "author": held.author, "languages": [held.language]})
    return drafts


def _text_after(state: CommuniqueState, language: str, until: int, words: Words) -> dict[EntryId, str]:
    """The clauses of a language as they stood at that moment, in their order then; versions side by side one after the other."""
    held = [one for one in state.text.versions if one.language == language and one.at <= until]
    replaced = {id for one in held for id in parse(one.coded, Clause).replaces}
    stood: Sequence[Version] = [one for one in held if one.id not in replaced and not one.struck]
    text: dict[EntryId, str] = {}
    for one in sorted(stood, key=lambda one: (one.place, one.at, one.id)):
        said = str(words.of(one.id)["text"])
        text[one.clause] = f"{text[one.clause]}\n\n{said}" if one.clause in text else said
    return text
