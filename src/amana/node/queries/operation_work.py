# SPDX-License-Identifier: EUPL-1.2
"""The work of an operation: its tasks as a board, its exhibits with their custody, its results as they are counted, its
evaluations side by side, and the agency's own annex with what was compared. A look is recorded, as in `operations`."""

from __future__ import annotations

from typing import Any

from amana.dossiers.deconfliction.entries import KIND as DECONFLICTION
from amana.dossiers.deconfliction.state import DeconflictionState, next_round, other_of, turn_of
from amana.dossiers.exhibit.entries import KIND as EXHIBIT
from amana.dossiers.exhibit.state import ExhibitState, custody, held_now, may_use_in_court
from amana.dossiers.joint_operation.counting import counted, doubles, totals
from amana.dossiers.joint_operation.phases import held_up, in_a_circle
from amana.dossiers.joint_operation.state import KeptResult, OperationState, tasks, work_of, work_state
from amana.dossiers.plain import to_plain
from amana.dossiers.shared.operations import TaskPhase, WorkState
from amana.dossiers.shared.points import tokens_of
from amana.node.access import Scope, visible_dossiers
from amana.node.annexes import load_annex
from amana.node.comparing import load_fixed, load_found, points_to_compare
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.operations import looked_at, to_plain_total
from amana.node.queries.rows import show_row, state_of
from amana.protocol.comparison import MAX_TOKENS
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId

Plain = dict[str, Any]


def show_tasks(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """The tasks: `tasks` by when they are due, each with its words, state, what it waits for, and whether it is ours or late."""

    def whole(reading: Reading, row: DossierRow, state: OperationState) -> Plain:
        del row
        now, standing, worked = node.clock.now(), tasks(state), work_of(state)
        waits, circle = {one.id: needs for one, needs in held_up(state).items()}, {one.id for one in in_a_circle(state)}
        entries = [EntryId(id) for one in standing for id in (one.id, one.entry)] + [EntryId(one.entry) for one in worked.values()]
        bodies = Bodies(reading, entries)
        shown = []
        for one in standing:
            said = worked.get(one.id)
            held = work_state(said)
            over = held in (WorkState.DONE, WorkState.DROPPED)
            shown.append(
                to_plain(one)
                | bodies.latest(EntryId(one.entry), one.id)
                | {
                    "state": held.value,
                    "said_at": said.at if said is not None else 0,
                    "said": bodies.words(EntryId(said.entry))["text"] if said is not None else "",
                    "waits_for": [need.id.hex() for need in waits.get(one.id, ())],
                    "circular": one.id in circle,
                    "ours": one.owner == node.code,
                    "mine": one.author == node.code,
                    "late": not over and one.due < now,
                    "over": over,
                }
            )
        return {"tasks": shown, "states": [one.value for one in WorkState], "task_phases": [one.value for one in TaskPhase]}

    return looked_at(node, scope, dossier, "operation_tasks", whole, record=record)


def show_exhibits(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """The register of exhibits: `exhibits` in the order of their registration, each with its chain of custody."""

    def whole(reading: Reading, row: DossierRow, state: OperationState) -> Plain:
        del state
        found = [(each, held) for each in visible_dossiers(reading, scope, kind=EXHIBIT, within=row.id) if (held := _exhibit(each))]
        found.sort(key=lambda one: (one[1].since, one[0].id))
        return {"exhibits": [_show_exhibit(reading, node, scope, each, held) for each, held in found]}

    return looked_at(node, scope, dossier, "exhibits", whole, record=record)


def show_results(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """The results: `figures` by the counting rule, `results` each with the one that counts in its place, `doubles`, and the
    `evaluations` of every party by time."""

    def whole(reading: Reading, row: DossierRow, state: OperationState) -> Plain:
        del row
        entries = [EntryId(id) for one in state.results for id in (one.id, one.entry)]
        entries += [EntryId(one.entry) for party in state.parties for one in party.evaluations]
        bodies = Bodies(reading, entries)
        return {
            "figures": [to_plain_total(one) for one in totals(state)],
            "results": [
                _result(bodies, one.result) | {"same_as": one.same_as.hex(), "mine": one.result.author == node.code}
                for one in counted(state)
            ],
            "doubles": [[_result(bodies, first), _result(bodies, second)] for first, second in doubles(state)],
            "evaluations": [
                to_plain(one) | {"agency": party.agency, "words": bodies.words(EntryId(one.entry))}
                for party in state.parties
                for one in party.evaluations
            ],
        }

    return looked_at(node, scope, dossier, "operation_results", whole, record=record)


def show_annex(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> Plain:
    """The agency's own annex, which nobody else has: `texts`, `points`, how many `tokens` they make (None: a point cannot be
    compared), who wrote it, and the `deconflictions` of the operation with what was found."""

    def whole(reading: Reading, row: DossierRow, operation: OperationState) -> Plain:
        del operation
        held = load_annex(reading, row.id)
        comparable = points_to_compare(reading, row.id, node.clock.now())
        try:
            tokens: int | None = len(tokens_of(comparable))
        except Refusal:
            tokens = None
        rows = visible_dossiers(reading, scope, kind=DECONFLICTION, within=row.id)
        return {
            "texts": {one.part.value: to_plain(one) for one in held.annex.texts} if held is not None else {},
            "points": [to_plain(one) for one in held.annex.points] if held is not None else [],
            "written_by": held.author if held is not None else "",
            "written_at": held.at if held is not None else 0,
            "tokens": tokens,
            "most": MAX_TOKENS,
            "deconflictions": [
                _deconfliction(reading, node, scope, each, state)
                for each in rows
                if isinstance(state := state_of(each), DeconflictionState)
            ],
        }

    return looked_at(node, scope, dossier, "annex", whole, record=record)


def _exhibit(row: DossierRow) -> ExhibitState | None:
    state = state_of(row)
    return state if isinstance(state, ExhibitState) else None


def _show_exhibit(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: ExhibitState) -> Plain:
    steps, held = custody(state), held_now(state)
    entries = [EntryId(state.id), *(EntryId(id) for one in steps for id in (one.id, one.received) if id)]
    bodies = Bodies(reading, entries)
    asked = [to_plain(one) for one in state.permissions]
    return show_row(reading, row, node.clock.now(), own=node.code, account=scope.account) | {
        "at": state.at,
        "type": state.type.value,
        "unit": state.unit.value,
        "amount": state.amount,
        "currency": state.currency,
        "substance": state.substance.value if state.substance else "",
        "origin": state.origin.value,
        "author": state.author,
        "labelled": bodies.detail(EntryId(state.id)),
        "held_by": held.agency or "",
        "holds": held.agency == node.code and held.on_the_way is None,
        "receives": held.on_the_way is not None and held.on_the_way.to == node.code,
        "on_the_way": to_plain(held.on_the_way) if held.on_the_way is not None else None,
        "custody": [
            to_plain(one) | {"sent": bodies.detail(EntryId(one.id)), "got": bodies.detail(EntryId(one.received)) if one.received else {}}
            for one in steps
        ],
        "disposed": to_plain(state.disposed) if state.disposed is not None else None,
        "examined": state.examined,
        "permissions": asked,
        "in_court": may_use_in_court(state, node.code, node.clock.now()),
        "asks": state.author == node.code and any(not one["grant"] and not one["refused"] for one in asked),
    }


def _result(bodies: Bodies, one: KeptResult) -> Plain:
    return to_plain(one) | bodies.latest(EntryId(one.entry), one.id)


def _deconfliction(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: DeconflictionState) -> Plain:
    """How far a deconfliction is, and what was found here in its last round."""
    shown = show_row(reading, row, node.clock.now(), own=node.code, account=scope.account)
    round, other = next_round(state, node.code) - 1, other_of(state, node.code)
    mine, theirs = turn_of(state, node.code, round), turn_of(state, other, max(round, 1))
    found = load_found(reading, row.id, round) if round else None
    fixed = load_fixed(reading, row.id, round) if round else None
    held = fixed.points if fixed is not None else ()
    met = [held[place] for place in (found.points if found is not None else ()) if place < len(held)]
    talks = Bodies(reading, [*(EntryId(one.entry) for one in state.talks), *(EntryId(one.entry) for one in state.settled)])
    return shown | {
        "other": other,
        "round": round,
        "count": mine.asks.count if mine is not None else 0,
        "other_count": theirs.asks.count if theirs is not None else 0,
        "other_waits": any(one.agency == other and one.round > round for one in state.turns),
        "found": {"check": found.check, "count": found.count, "fault": found.fault} if found is not None else None,
        "met": [{"kind": one.kind.value, "called": one.label or one.value} for one in met],
        "talks": [to_plain(one) | talks.words(EntryId(one.entry)) for one in state.talks],
        "settled": [to_plain(one) | talks.words(EntryId(one.entry)) for one in state.settled],
    }
