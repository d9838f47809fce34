# SPDX-License-Identifier: EUPL-1.2
"""Joint operations as people read them: the list of them, and one with its phase, what is missing and from whom, its plan.

Facts come from headers, words from bodies that are here. A look is recorded in the log of consultation; `record=False` is
for a page that refreshes itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amana.dossiers.joint_operation.counting import totals
from amana.dossiers.joint_operation.entries import PlanPoint
from amana.dossiers.joint_operation.phases import missing, phase_of
from amana.dossiers.joint_operation.plan import SCOPE, Plan, draft_now, governing, plans
from amana.dossiers.joint_operation.state import OperationState, Party, here, role_of, tasks, work_of, work_state
from amana.dossiers.plain import to_plain
from amana.dossiers.shared.joint_text.state import approved_by, has_left, version_of, waiting_for
from amana.dossiers.shared.operations import JOINT_OPERATION, PartyRole, PlanPart, WorkState
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.joint_texts import show_clauses
from amana.node.queries.rows import show_row, state_of
from amana.protocol.canonical import parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId

Plain = dict[str, Any]
_UNDER_WAY = ("action", "halted", "preparation", "agreed", "proposed", "exploitation", "closed", "evaluated")


def list_operations(node: Node, scope: Scope, *, record: bool = True) -> Plain:
    """Every operation that this person may see, what is in action first; each as `operation_line`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> list[Plain]:
        rows = visible_dossiers(reading, scope, kind=JOINT_OPERATION)
        held = [(row, state) for row in rows if isinstance(state := state_of(row), OperationState)]
        shown = [operation_line(reading, node, scope, row, state, now) for row, state in held]
        return sorted(shown, key=lambda one: (_UNDER_WAY.index(one["phase"]), one["starts"], one["dossier"]))

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "operations"))
    return {"agency": node.code, "now": now, "operations": shown}


def show_operation(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """One operation: its line, `parties`, `missing`, `tasks_due`, `documents`, `figures`, and what belongs to it (`within`,
    by kind). Raises Refusal `not_found`, also for a dossier of another kind."""

    def whole(reading: Reading, row: DossierRow, state: OperationState) -> Plain:
        worked = work_of(state)
        open_tasks = [one for one in tasks(state) if work_state(worked.get(one.id)) not in (WorkState.DONE, WorkState.DROPPED)]
        bodies = Bodies(reading, [EntryId(id) for one in open_tasks for id in (one.id, one.entry)])
        return {
            "parties": _parties(reading, state),
            "tasks_due": [to_plain(one) | bodies.latest(EntryId(one.entry), one.id) for one in open_tasks[:6]],
            "documents": _documents(reading, row),
            "figures": [to_plain_total(one) for one in totals(state)],
            "within": _within(reading, node, scope, row),
        }

    return looked_at(node, scope, dossier, "operation", whole, record=record)


def show_plan(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """The plan of an operation: `parts` with their clauses, each with the wording of the plan in force beside it where that is
    another one (`before`), `versions` that were approved with who approves them, and `draft`: whether it can be approved."""

    def whole(reading: Reading, row: DossierRow, state: OperationState) -> Plain:
        del row
        held, draft = governing(state), draft_now(state)
        clauses = show_clauses(reading, state.plan, SCOPE, node.code)
        in_plan = _wordings(reading, state, held)
        for clause in clauses:
            standing = clause["versions"][0]
            clause["part"] = standing["coded"].get("part", "")
            was = in_plan.pop(clause["clause"], None)
            clause["new"] = held is not None and was is None
            clause["before"] = was["text"] if was is not None and was["id"] != standing["id"] else ""
        return {
            "parts": [{"part": part.value, "clauses": [one for one in clauses if one["part"] == part.value]} for part in PlanPart],
            "gone": list(in_plan.values()),
            "versions": [_version(state, plan, held) for plan in plans(state)],
            "changed": held is None or tuple(held.bound.versions) != draft,
            "draft": bool(draft),
        }

    return looked_at(node, scope, dossier, "operation_plan", whole, record=record)


Whole = Callable[[Reading, DossierRow, OperationState], Plain]


def looked_at(node: Node, scope: Scope, dossier: DossierId, what: str, whole: Whole, *, record: bool) -> Plain:
    """An operation's line with what `whole` reads of it; the look is recorded as `what`. Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row, state = require_operation(reading, scope, dossier)
        return operation_line(reading, node, scope, row, state, now) | whole(reading, row, state)

    shown = node.journal.read(ask)
    if record:
        count = shown["entries"]
        node.journal.write(lambda writing: record_consultation(writing, node, scope, what, dossier, count=count))
    return {"agency": node.code, "now": now, **shown}


def require_operation(reading: Reading, scope: Scope, dossier: DossierId) -> tuple[DossierRow, OperationState]:
    """An operation that this person may see. Raises Refusal `not_found`."""
    row = require_dossier(reading, scope, dossier)
    state = state_of(row)
    if not isinstance(state, OperationState):
        raise Refusal("not_found")
    return row, state


def operation_line(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: OperationState, now: int) -> Plain:
    """An operation as a line: `show_row` with its phase, hours by the plan that governs, and what is missing."""
    held = governing(state)
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "phase": phase_of(state).value,
        "lead": state.lead,
        "leads": state.lead == node.code,
        "observing": role_of(state, node.code) is PartyRole.OBSERVER,
        "starts": held.window.starts if held is not None else state.starts,
        "ends": held.window.ends if held is not None else state.ends,
        "version": held.window.version if held is not None else 0,
        "in_force": held is not None and held.standing,
        "missing": [{"gate": one.gate.value, "of": list(one.of)} for one in missing(state)],
        "started_at": state.action.started_at if state.action is not None else 0,
        "ended_at": state.action.ended_at if state.action is not None else 0,
        "over": bool(state.closed),
        "present": [one.agency for one in here(state)],
    }


def to_plain_total(one: Any) -> Plain:
    """A line of figures as plain values."""
    return {
        "type": one.type.value,
        "unit": one.unit.value,
        "said": one.said,
        "amount": one.amount,
        "number": one.number,
        "currency": one.currency,
        "substance": one.substance.value if one.substance else "",
        "by_agency": [{"agency": agency, "amount": amount} for agency, amount in one.by_agency],
    }


def _parties(reading: Reading, state: OperationState) -> list[Plain]:
    """The parties and observers, each with its role, basis, contact points, and whether it is ready."""
    entries = [EntryId(one.basis.entry) for one in state.parties if one.basis is not None]
    entries += [EntryId(contact.entry) for one in state.parties for contact in one.contacts]
    bodies = Bodies(reading, entries)
    shown = [_party(bodies, state, one) for one in state.parties]
    lookers = [
        {"agency": code, "role": PartyRole.OBSERVER.value, "left": code in state.lookers_left, "contacts": []} for code in state.observers
    ]
    return sorted(shown, key=lambda one: (one["role"] != PartyRole.LEAD.value, one["agency"])) + lookers


def _party(bodies: Bodies, state: OperationState, party: Party) -> Plain:
    basis = party.basis
    return {
        "agency": party.agency,
        "role": role_of(state, party.agency).value,
        "left": has_left(state.plan, party.agency),
        "basis": to_plain(basis) | bodies.words(EntryId(basis.entry)) if basis is not None else None,
        "contacts": [to_plain(one) | bodies.detail(EntryId(one.entry)) for one in party.contacts],
        "ready_at": party.ready_at,
    }


def _documents(reading: Reading, row: DossierRow) -> list[Plain]:
    """The documents of an operation, the latest first."""
    held = [one for one in reading.dossier_entries(row.id) if one.type == "document" and not one.outcome]
    bodies = Bodies(reading, [one.id for one in held])
    return [{"entry": one.id.hex(), "author": one.author, "at": one.made_at, **bodies.words(one.id)} for one in reversed(held)]


def _within(reading: Reading, node: Node, scope: Scope, row: DossierRow) -> dict[str, list[Plain]]:
    now = node.clock.now()
    found: dict[str, list[Plain]] = {}
    for one in visible_dossiers(reading, scope, within=row.id):
        found.setdefault(one.kind, []).append(show_row(reading, one, now, own=node.code, account=scope.account))
    return found


def _wordings(reading: Reading, state: OperationState, plan: Plan | None) -> dict[str, Plain]:
    """By clause: the wording that the governing plan has of it."""
    named = [held for id in (plan.bound.versions if plan is not None else ()) if (held := version_of(state.plan, id)) is not None]
    originals = [one for one in named if not one.translates]
    bodies = Bodies(reading, [one.id for one in originals])
    return {
        one.clause.hex(): {"id": one.id.hex(), "part": parse(one.coded, PlanPoint).part.value, **bodies.words(one.id)} for one in originals
    }


def _version(state: OperationState, plan: Plan, held: Plan | None) -> Plain:
    return {
        "version": plan.window.version,
        "starts": plan.window.starts,
        "ends": plan.window.ends,
        "hash": plan.bound.hash.hex(),
        "points": len(plan.bound.versions),
        "since": plan.since,
        "governs": plan == held,
        "standing": plan.standing,
        "approved": [{"agency": agency, "since": approval.since} for agency, approval in approved_by(state.plan, plan.bound.hash)],
        "awaited": list(waiting_for(state.plan, plan.bound.hash)),
    }
