# SPDX-License-Identifier: EUPL-1.2
"""What the author's own node fills in before it makes an entry of an operation, and what makes no sense now.

A new point comes last in its part; a new version keeps part, place and language and replaces every version that stands. An
approval names the plan that others wait for, or the one that stands as the next version, with the hours of the one before.
Spec: spec/kinds/joint_operation.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.dossiers.joint_operation.counting import doubles
from amana.dossiers.joint_operation.entries import PlanPoint, Result, Window
from amana.dossiers.joint_operation.phases import missing
from amana.dossiers.joint_operation.plan import SCOPE, conditions_of, draft_now, governing, plan_in_force, plans, window_of
from amana.dossiers.joint_operation.state import KeptResult, KeptTask, OperationState, party_of, tasks
from amana.dossiers.kind import Reason
from amana.dossiers.shared.joint_text.state import (
    Version,
    approved_hashes,
    awaiting,
    clauses,
    latest_approval,
    present,
    standing,
    text_hash,
    unanswered,
    version_of,
)
from amana.dossiers.shared.operations import Gate, PlanPart, ResultType, Substance, Unit
from amana.dossiers.shared.registers import find
from amana.protocol.canonical import parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, EntryId, Millis

Plain = Mapping[str, Any]
STEP = 10  # between two places, so that something fits between
PART = 100_000  # places of one part: points are in the order of parts
AFTER_CLOSE = frozenset({"evaluate", "leave", "document", "compare", "result"})
_RANK = {part.value: rank for rank, part in enumerate(PlanPart)}
_NATURAL = {ResultType.DRUGS: Unit.GRAM, ResultType.MONEY: Unit.MONEY}


def is_sound(said: Result) -> bool:  # bool: a rule of one value against itself
    """Money has a currency and nothing else has; a substance is of drugs; persons are counted in whole ones."""
    if (said.unit is Unit.MONEY) != bool(said.currency):
        return False
    if said.substance is not None and said.type is not ResultType.DRUGS:
        return False
    persons = said.type in (ResultType.APPREHENSION, ResultType.PERSON_PROTECTED)
    return not persons or (said.unit is Unit.PIECE and not said.exhibit)


def complete(state: OperationState, entry_type: str, given: Plain, author: AgencyCode) -> Plain:
    """`given` with what follows from the state. Raises Refusal where the act makes no sense in it."""
    if party_of(state, author) is None and entry_type != "leave":
        raise Refusal(Reason.OBSERVER)
    if state.closed and entry_type not in AFTER_CLOSE:
        raise Refusal(Reason.CLOSED)
    match entry_type:
        case "plan_point" | "translation" | "agree" | "approve" | "withdraw_approval":
            return _of_the_plan(state, entry_type, given, author)
        case "task":
            return _task(state, given, author)
        case "result":
            return _result(state, given, author)
        case "start":
            return _start(state, given)
        case "close":
            _require_closable(state)
            return given
        case "evaluate":
            return {"time": "final" if state.action is not None and state.action.ended_at else "mid_term", **given}
        case "compare" if "first" not in given and (found := doubles(state)):
            return {"first": found[0][0].id.hex(), "second": found[0][1].id.hex(), **given}
        case _:
            return given


def _of_the_plan(state: OperationState, entry_type: str, given: Plain, author: AgencyCode) -> Plain:
    match entry_type:
        case "plan_point":
            return _point(state, given)
        case "translation" if "version" in given and "language" in given:
            return {"replaces": _earlier_translations(state, given), **given}
        case "agree" if "versions" not in given:
            open_to = unanswered(state.plan, author)
            if not open_to:
                raise Refusal(Reason.ALREADY_SAID)
            return {"versions": [version.id.hex() for version in open_to], **given}
        case "approve":
            return _approval(state, given, author)
        case "withdraw_approval" if "hash" not in given:
            held = latest_approval(state.plan, author)
            if held is None:
                raise Refusal(Reason.NOT_APPROVED)
            return {"hash": held.hex()}
        case _:
            return given


def choices(state: OperationState, entry_type: str, own: AgencyCode) -> Mapping[str, tuple[bytes, ...]]:
    """The entries that `own` may sensibly name in an entry of this type."""
    match entry_type:
        case "plan_point":
            return {"clause": clauses(state.plan, SCOPE)}
        case "agree" | "object":
            return {"versions": tuple(version.id for version in unanswered(state.plan, own))}
        case "translation":
            return {"version": tuple(version.id for version in state.plan.versions if not version.replaced and not version.translates)}
        case "withdraw_approval" | "start":
            return {"hash": approved_hashes(state.plan, own)}
        case "task":
            standing_tasks = tasks(state)
            return {
                "task": tuple(one.id for one in standing_tasks if one.author == own),
                "needs": tuple(one.id for one in standing_tasks),
            }
        case "progress":
            return {"task": tuple(one.id for one in tasks(state) if one.owner == own)}
        case "result":
            return {"result": tuple(one.id for one in state.results if one.author == own and not one.struck)}
        case "compare":
            named = tuple(one.id for one in state.results if not one.struck)
            return {"first": named, "second": named[::-1]}
        case _:
            return {}


def _point(state: OperationState, given: Plain) -> Plain:
    if not given.get("clause"):
        return {"place": _last_place(state, given.get("part", "")) + STEP, **given}
    versions = standing(state.plan, SCOPE, EntryId(_bytes(given["clause"])))
    if not versions:
        return given
    last = parse(versions[0].coded, PlanPoint)
    kept = {"part": last.part.value, "place": versions[0].place, "language": last.language}
    return {**kept, "replaces": [version.id.hex() for version in versions], **given}


def _last_place(state: OperationState, part: str) -> int:
    first = _RANK.get(part, 0) * PART
    held = [version.place for version in state.plan.versions if first <= version.place < first + PART and not version.translates]
    return max(held, default=first)


def _earlier_translations(state: OperationState, given: Plain) -> list[str]:
    original = version_of(state.plan, _bytes(given["version"]))
    if original is None:
        return []
    return [version.id.hex() for version in state.plan.versions if _translates(version, original, given["language"])]


def _translates(version: Version, original: Version, language: str) -> bool:  # bool: a test of a filter
    return bool(version.translates) and not version.replaced and (version.clause, version.language) == (original.clause, language)


def _approval(state: OperationState, given: Plain, author: AgencyCode) -> Plain:
    """The newest plan that others approve and that fits what is given, else the one that stands as the next version."""
    if "hash" in given and "versions" in given:
        return given
    for bound in awaiting(state.plan, author):
        window = window_of(bound)
        plain = {
            "ends": window.ends,
            "hash": bound.hash.hex(),
            "starts": window.starts,
            "version": window.version,
            "versions": [id.hex() for id in bound.versions],
        }
        if all(plain.get(name) == value for name, value in given.items()):
            return plain
    versions = [EntryId(_bytes(id)) for id in given["versions"]] if "versions" in given else draft_now(state)
    if not versions or "hash" in given:
        raise Refusal(Reason.HASH_DIFFERS if "hash" in given else Reason.EMPTY_TEXT)
    held = governing(state)
    starts, ends = (held.window.starts, held.window.ends) if held is not None else (state.starts, state.ends)
    said = {"ends": ends, "starts": starts, "version": next_version(state), **given}
    window = Window(ends=Millis(int(said["ends"])), starts=Millis(int(said["starts"])), version=int(said["version"]))
    return {"hash": text_hash(SCOPE, versions, conditions_of(window)).hex(), "versions": [id.hex() for id in versions], **said}


def next_version(state: OperationState) -> int:
    """The number of the plan that is approved next: after every one that an agency which is here approves, and the one that governs."""
    here = {hash for agency in present(state.plan) for hash in approved_hashes(state.plan, agency)}
    held = governing(state)
    return max((one.window.version for one in plans(state) if one.bound.hash in here or one == held), default=0) + 1


def _task(state: OperationState, given: Plain, author: AgencyCode) -> Plain:
    held: KeptTask | None = find(state.tasks, _bytes(given["task"])) if given.get("task") else None
    if held is None:
        return {"owner": author, "due": state.starts, **given}
    kept = {"due": held.due, "needs": [id.hex() for id in held.needs], "owner": held.owner, "phase": held.phase.value}
    return {**kept, **({"starts": held.starts} if held.starts else {}), **given}


def _result(state: OperationState, given: Plain, author: AgencyCode) -> Plain:
    held: KeptResult | None = find(state.results, _bytes(given["result"])) if given.get("result") else None
    if held is not None and held.author == author:
        kept: dict[str, Any] = {"at": held.at, "type": held.type.value, "unit": held.unit.value, "amount": held.amount}
        kept |= {"exhibit": held.exhibit.hex()} if held.exhibit else {}
        kept |= {"currency": held.currency} if held.currency else {}
        return {**kept, **({"substance": held.substance.value} if held.substance else {}), **given}
    natural = next((unit.value for type, unit in _NATURAL.items() if type.value == given.get("type")), Unit.PIECE.value)
    filled = {"unit": natural, **given}
    if filled.get("type") == ResultType.DRUGS.value and "substance" not in filled:
        return {**filled, "substance": Substance.OTHER.value}
    return filled


def _start(state: OperationState, given: Plain) -> Plain:
    """The plan in force; and nothing may be missing but the beginning itself."""
    lacking = missing(state)
    other = next((one for one in lacking if one.gate is not Gate.START), None)
    if other is not None:
        raise Refusal("operation_not_prepared", gate=other.gate.value)
    plan = plan_in_force(state)
    return {"hash": plan.bound.hash.hex(), **given} if plan is not None else given


def _require_closable(state: OperationState) -> None:
    """Raises Refusal `operation_not_prepared` while tasks or doubles are open, `not_at_this_stage` while there is an action."""
    if state.action is not None and not state.action.ended_at:
        raise Refusal(Reason.NOT_AT_THIS_STAGE)
    other = next((one for one in missing(state) if one.gate in (Gate.TASKS, Gate.DOUBLES)), None)
    if state.action is not None and other is not None:
        raise Refusal("operation_not_prepared", gate=other.gate.value)


def _bytes(id: str) -> bytes:
    try:
        return bytes.fromhex(id)
    except ValueError as error:
        raise Refusal("bad_id", what="entry") from error
