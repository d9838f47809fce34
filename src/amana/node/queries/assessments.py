# SPDX-License-Identifier: EUPL-1.2
"""Threat assessments as people read them: the list by area with its validity, one whole, and what agendas should take up.

Validity is derived at the moment of asking. A look is recorded in the log of consultation; `record=False` is for a page
that refreshes itself.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from amana.dossiers.shared.joint_text.state import awaiting, present
from amana.dossiers.shared.vocabulary import DAY, Area
from amana.dossiers.threat_assessment.entries import KIND
from amana.dossiers.threat_assessment.state import (
    AssessmentState,
    dissenting,
    draft_of,
    revision_in_force,
    to_answer,
    to_revise,
)
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.assessment_parts import show_dissents, show_draft, show_parts, show_revisions, show_sources
from amana.node.queries.bodies import Bodies
from amana.node.queries.rows import dossier_title, is_automatic, reference_of, show_row, state_of
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis

Plain = dict[str, Any]
SOON_DAYS = 30
EVER = Millis(0)
VALID, EXPIRES_SOON, EXPIRED, DRAFTING = "valid", "expires_soon", "expired", "drafting"
NEWER = "newer"  # why an agenda should take it up, beside EXPIRED and EXPIRES_SOON
_ORDER = (EXPIRED, EXPIRES_SOON, DRAFTING, VALID)


def list_assessments(node: Node, scope: Scope, *, record: bool = True) -> Plain:
    """Every assessment that this person may see, by area as the areas are listed, in each those first that need somebody.

    Each as `show_row`, with `validity` (valid, expires_soon, expired, drafting), `revision`, `valid_until` and `since` of
    the one in force (0: none), `dissenting`, `present`.
    """
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> list[Plain]:
        rows = visible_dossiers(reading, scope, kind=KIND)
        shown = [_line(reading, row, state, node.code, scope, now) for row in rows if (state := assessment_state(row)) is not None]
        areas = [area.value for area in Area]
        return sorted(shown, key=lambda one: (areas.index(one["area"]), _ORDER.index(one["validity"]), -one["changed_at"], one["dossier"]))

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "assessments"))
    return {"agency": node.code, "now": now, "assessments": shown}


def show_assessment(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """One assessment whole. Raises Refusal `not_found`, also for a dossier of another kind.

    As a line of the list, with `opening_words`, `period`, `about`, `signatories` (`agency`, `left`), `parts`,
    `whole_dissents`, `sources`, `draft`, `revisions` (see `assessment_parts`), and of us: `to_answer`, `to_revise`
    (versions), `to_approve` (hashes that others approve), `agreed` (every passage is).
    """
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, dossier)
        state = assessment_state(row)
        if state is None:
            raise Refusal("not_found")
        return _line(reading, row, state, node.code, scope, now) | _whole(reading, row, state, scope, node.code, now)

    shown = node.journal.read(ask)
    if record:
        count, others = shown["entries"], shown["said_by_others"]
        node.journal.write(lambda writing: record_consultation(writing, node, scope, KIND, dossier, count=count, others=others))
    return {"agency": node.code, "now": now, **shown}


def assessments_for_agenda(
    reading: Reading, scope: Scope, areas: Collection[str], now: Millis, *, parties: Collection[AgencyCode] = (), since: Millis = EVER
) -> list[Plain]:
    """What an agenda or a briefing should take up, the most pressing first: `why` (expired, expires_soon, newer), `dossier`,
    `reference`, `title`, `area`, `revision`, `valid_until`, `since`, `dissenting`.

    Of the areas named (none: of all), shared with all `parties` (none: with anybody); `newer`: in force after `since`.
    """
    found = []
    for row in visible_dossiers(reading, scope, kind=KIND):
        state = assessment_state(row)
        if state is None or (areas and row.area not in areas) or not set(parties) <= set(present(state.text)):
            continue
        held = revision_in_force(state)
        validity = validity_at(state, now)
        newer = held is not None and bool(since) and held.since > since
        why = validity if validity in (EXPIRED, EXPIRES_SOON) else NEWER if newer else ""
        if held is None or not why:
            continue
        opening = reading.entry(EntryId(row.id))
        found.append(
            {
                "why": why,
                "dossier": row.id.hex(),
                "reference": reference_of(row, opening.author if opening is not None else state.author),
                "title": dossier_title(reading, row.id),
                "area": row.area,
                "revision": held.revision,
                "valid_until": held.valid_until,
                "since": held.since,
                "dissenting": list(dissenting(state)),
            }
        )
    return sorted(found, key=lambda one: ((EXPIRED, EXPIRES_SOON, NEWER).index(one["why"]), one["valid_until"], one["dossier"]))


def assessment_state(row: DossierRow) -> AssessmentState | None:
    """The state of an assessment; None where its opening was refused, or the dossier is of another kind."""
    state = state_of(row)
    return state if isinstance(state, AssessmentState) else None


def validity_at(state: AssessmentState, now: Millis) -> str:
    """Whether the assessment can be relied on at `now`: valid, expires_soon (within 30 days), expired, drafting."""
    held = revision_in_force(state)
    if held is None:
        return DRAFTING
    if held.valid_until <= now:
        return EXPIRED
    return EXPIRES_SOON if held.valid_until - now < SOON_DAYS * DAY else VALID


def _line(reading: Reading, row: DossierRow, state: AssessmentState, own: AgencyCode, scope: Scope, now: Millis) -> Plain:
    held = revision_in_force(state)
    return show_row(reading, row, now, own=own, account=scope.account) | {
        "validity": validity_at(state, now),
        "revision": held.revision if held is not None else 0,
        "valid_until": held.valid_until if held is not None else 0,
        "since": held.since if held is not None else 0,
        "dissenting": list(dissenting(state)),
        "present": list(present(state.text)),
    }


def _whole(reading: Reading, row: DossierRow, state: AssessmentState, scope: Scope, own: AgencyCode, now: Millis) -> Plain:
    entries = reading.dossier_entries(row.id)
    return {
        "opening_words": Bodies(reading, [EntryId(row.id)]).words(EntryId(row.id)),
        "period": {"since": state.since, "until": state.until},
        "about": _about(reading, scope, state.about, own, now),
        "author": state.author,
        "signatories": [{"agency": party.agency, "left": party.left} for party in state.text.parties],
        "parts": show_parts(reading, state, own),
        "whole_dissents": [one for one in show_dissents(reading, state) if one["whole"]],
        "sources": show_sources(reading, state, own),
        "draft": show_draft(state, own),
        "revisions": show_revisions(reading, state),
        "agreed": draft_of(state).agreed,
        "to_answer": [version.id.hex() for version in to_answer(state, own)],
        "to_revise": [version.id.hex() for version in to_revise(state, own)],
        "to_approve": [bound.hash.hex() for bound in awaiting(state.text, own)],
        "said_by_others": sum(1 for one in entries if one.author != own and not is_automatic(one.kind, one.type)),
        "refused": [
            {"entry": one.id.hex(), "type": one.type, "author": one.author, "because": one.outcome} for one in entries if one.outcome
        ],
    }


def _about(reading: Reading, scope: Scope, about: bytes, own: AgencyCode, now: Millis) -> Plain | None:
    """The meeting that asked for it, where it is here and this person may see it."""
    if not about:
        return None
    try:
        row = require_dossier(reading, scope, DossierId(about))
    except Refusal:
        return None
    return show_row(reading, row, now, own=own, account=scope.account)
