# SPDX-License-Identifier: EUPL-1.2
"""Visits and sessions as people read them: the list of them, and one whole, from its programme to what became of it.

Facts come from headers, words from bodies that are here; what was erased says so. What the next session takes up by
itself is in `decided`. A look is recorded in the log of consultation; `record=False` is for a page that refreshes itself.
"""

from __future__ import annotations

from typing import Any

from amana.dossiers.communique.state import CommuniqueState
from amana.dossiers.meeting.state import MeetingState, sittings, unapproved
from amana.dossiers.meeting.types import KIND
from amana.dossiers.shared.joint_text.state import awaiting, present
from amana.dossiers.threat_assessment.state import AssessmentState
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, EntryRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.decided import carried_into, is_ahead, meeting_state, show_decided
from amana.node.queries.meeting_parts import show_actions, show_delegations, show_programme, show_sessions
from amana.node.queries.rows import is_automatic, show_row, state_of
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis

Plain = dict[str, Any]
COMING, HELD, CALLED_OFF = "coming", "held", "called_off"


def list_meetings(node: Node, scope: Scope, *, record: bool = True) -> Plain:
    """Every meeting that this person may see: `meetings`, those to come first by date, then those that were held, the
    latest first; each as `show_row` with `when` (coming, held, called_off), its facts and its `next_session`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> list[Plain]:
        rows = visible_dossiers(reading, scope, kind=KIND)
        shown = [_line(reading, row, state, node.code, scope, now) for row in rows if (state := meeting_state(row)) is not None]
        coming = sorted((one for one in shown if one["when"] == COMING), key=lambda one: (one["starts"], one["dossier"]))
        others = sorted((one for one in shown if one["when"] != COMING), key=lambda one: (-one["starts"], one["dossier"]))
        return coming + others

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "meetings"))
    return {"agency": node.code, "now": now, "meetings": shown}


def show_meeting(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """One meeting whole. Raises Refusal `not_found`, also for a dossier of another kind.

    As a line of the list, with `signatories` (each `agency`, `left`), `present`, `opening` (words and `place`), `programme`,
    `delegations`, `sessions`, `decisions` in force, `actions`, `carried` into `carried_session`, `communiques` and
    `assessments` about it, `previous`, `next`, `said_by_others` and what is `refused`.
    """
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, dossier)
        state = meeting_state(row)
        if state is None:
            raise Refusal("not_found")
        return _line(reading, row, state, node.code, scope, now) | _whole(reading, row, state, scope, node.code, now)

    shown = node.journal.read(ask)
    if record:
        count, others = shown["entries"], shown["said_by_others"]
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "meeting", dossier, count=count, others=others))
    return {"agency": node.code, "now": now, **shown}


def _line(reading: Reading, row: DossierRow, state: MeetingState, own: AgencyCode, scope: Scope, now: Millis) -> Plain:
    id = EntryId(row.id)
    coming = is_ahead(state, now)
    next_session = next((one for one in sittings(state) if one.ends > now), None)
    return show_row(reading, row, now, own=own, account=scope.account) | {
        "when": CALLED_OFF if state.cancelled else COMING if coming else HELD,
        "form": state.form.value,
        "level": state.level.value,
        "host": state.host,
        "starts": state.starts,
        "ends": state.ends,
        "areas": [area.value for area in state.areas],
        "place": str(Bodies(reading, [id]).detail(id).get("place", "")),
        "cancelled": state.cancelled,
        "present": list(present(state.text)),
        "next_session": None
        if next_session is None or state.cancelled
        else {"id": next_session.id.hex(), "starts": next_session.starts, "ends": next_session.ends},
        "sessions_held": sum(1 for one in sittings(state) if one.ends <= now),
        "unapproved": [one.id.hex() for one in unapproved(state) if one.ends <= now],
        "approvals_awaited": len(awaiting(state.text, own)) if not state.cancelled else 0,
    }


def _whole(reading: Reading, row: DossierRow, state: MeetingState, scope: Scope, own: AgencyCode, now: Millis) -> Plain:
    carried = [one for one in carried_into(reading, row, now) if _may_see(reading, scope, one["meeting"])]
    ahead = next((one for one in sittings(state) if one.ends > now), None)
    entries = reading.dossier_entries(row.id)
    return {
        "signatories": [{"agency": party.agency, "left": party.left} for party in state.text.parties],
        "opening_words": Bodies(reading, [EntryId(row.id)]).words(EntryId(row.id)),
        "programme": show_programme(reading, state),
        "delegations": show_delegations(reading, state),
        "sessions": show_sessions(reading, state, own, now),
        "decisions": show_decided(reading, row, now),
        "actions": show_actions(reading, state, now),
        "carried": carried,
        "carried_session": ahead.id.hex() if ahead is not None else "",
        "communiques": _about(reading, scope, row, own, now, "communique"),
        "assessments": _about(reading, scope, row, own, now, "threat_assessment"),
        "agreement": _linked(reading, scope, state.agreement, own, now),
        "previous": _linked(reading, scope, state.previous, own, now),
        "next": _followers(reading, scope, row, own, now),
        "said_by_others": sum(1 for one in entries if one.author != own and not is_automatic(one.kind, one.type)),
        "refused": [_refused(one) for one in entries if one.outcome],
    }


def _refused(row: EntryRow) -> Plain:
    return {"entry": row.id.hex(), "type": row.type, "author": row.author, "because": row.outcome}


def _may_see(reading: Reading, scope: Scope, dossier: str) -> bool:  # bool: which lines a person is shown; `require_dossier` decides
    try:
        require_dossier(reading, scope, DossierId(bytes.fromhex(dossier)))
    except Refusal:
        return False
    return True


def _about(reading: Reading, scope: Scope, row: DossierRow, own: AgencyCode, now: Millis, kind: str) -> list[Plain]:
    """Dossiers of a kind that say they belong to this meeting, oldest first."""
    found = []
    for other in visible_dossiers(reading, scope, kind=kind):
        state = state_of(other)
        if isinstance(state, CommuniqueState | AssessmentState) and state.about == row.id:
            found.append(show_row(reading, other, now, own=own, account=scope.account))
    return sorted(found, key=lambda one: (one["opened_at"], one["dossier"]))


def _linked(reading: Reading, scope: Scope, dossier: bytes, own: AgencyCode, now: Millis) -> Plain | None:
    """The line of a dossier that this one names, where it is here and this person may see it."""
    if not dossier or not _may_see(reading, scope, dossier.hex()):
        return None
    row = reading.dossier(DossierId(dossier))
    return None if row is None else _link(reading, scope, row, own, now)


def _link(reading: Reading, scope: Scope, row: DossierRow, own: AgencyCode, now: Millis) -> Plain:
    state = meeting_state(row)
    return show_row(reading, row, now, own=own, account=scope.account) | {"starts": state.starts if state is not None else row.opened_at}


def _followers(reading: Reading, scope: Scope, row: DossierRow, own: AgencyCode, now: Millis) -> list[Plain]:
    """The meetings that say they follow this one, by date."""
    found = [
        _link(reading, scope, other, own, now)
        for other in visible_dossiers(reading, scope, kind=KIND)
        if (state := meeting_state(other)) is not None and state.previous == row.id
    ]
    return sorted(found, key=lambda one: (one["starts"], one["dossier"]))
