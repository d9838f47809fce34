# SPDX-License-Identifier: EUPL-1.2
"""Which plan governs an operation, and whether it is in force.

The plan that all parties came to approve last governs. An amendment that only some approve changes nothing; once all do,
it governs for good: who takes its approval of it back brings no earlier plan back, but leaves the operation without a plan
in force, which halts it. Spec: spec/kinds/joint_operation.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from amana.dossiers.joint_operation.entries import Window
from amana.dossiers.joint_operation.state import OperationState
from amana.dossiers.shared.joint_text.state import BoundText, JointText, Signatory, in_force_since, text_now
from amana.protocol.canonical import encode, parse
from amana.protocol.identifiers import Digest, EntryId, Millis

SCOPE = "plan"
NEVER = 2**63


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan that somebody approved. `since`: when all came to approve it last; `standing`: whether all do now."""

    bound: BoundText
    window: Window
    since: Millis
    standing: bool


def window_of(bound: BoundText) -> Window:
    """The number and the hours that a plan was approved with."""
    return parse(bound.conditions, Window)


def conditions_of(window: Window) -> bytes:
    """What is approved beside the words, as the hash takes it."""
    return encode(window)


def plans(state: OperationState) -> tuple[Plan, ...]:
    """Every plan that somebody ever approved, the highest version first."""
    found = []
    for bound in state.plan.texts:
        since = Millis(max(_beginnings(state.plan, bound.hash), default=0))
        standing = bool(since) and bool(in_force_since(state.plan, bound.hash))
        found.append(Plan(bound=bound, window=window_of(bound), since=since, standing=standing))
    return tuple(sorted(found, key=lambda one: (-one.window.version, one.bound.hash)))


def governing(state: OperationState) -> Plan | None:
    """The plan that all came to approve last, whether or not all still do; None before there was one."""
    agreed = [one for one in plans(state) if one.since]
    return max(agreed, key=lambda one: (one.since, one.bound.hash)) if agreed else None


def plan_in_force(state: OperationState) -> Plan | None:
    """The governing plan while every party that has not left approves it."""
    plan = governing(state)
    return plan if plan is not None and plan.standing else None


def draft_now(state: OperationState) -> tuple[EntryId, ...]:
    """What an approval of the plan as it stands names; empty where a point is contested, or there is none."""
    return text_now(state.plan, SCOPE)


def _beginnings(text: JointText, hash: Digest) -> Iterator[int]:
    """The moments at which all parties came to approve this plan, none of them having gone on to another meanwhile."""
    spans = {party.agency: sorted(_spans(party, hash)) for party in text.parties}
    others = {party.agency: _other_approvals(party, hash) for party in text.parties}
    for moment in sorted({begins for held in spans.values() for begins, _ in held}):
        current = {agency: next((one for one in held if one[0] <= moment < one[1]), None) for agency, held in spans.items()}
        if any(one is None for one in current.values()):
            continue
        begun = {agency: one[0] for agency, one in current.items() if one is not None}
        if not any(bisect_right(others[agency], moment) > bisect_right(others[agency], since) for agency, since in begun.items()):
            yield moment


def _spans(party: Signatory, hash: Digest) -> Iterator[tuple[int, int]]:
    """When this party approved the plan: from, until. One that has left holds nothing up any more."""
    held = next((one for one in party.approvals if one.hash == hash), None)
    if held is not None:
        yield from ((span.since, span.ended) for span in held.past)
        yield held.since, held.ended or party.left or NEVER
    if party.left:
        yield party.left, NEVER


def _other_approvals(party: Signatory, hash: Digest) -> list[int]:
    """When this party gave approvals of other plans."""
    others = [one for one in party.approvals if one.hash != hash]
    return sorted([*(one.since for one in others), *(span.since for one in others for span in one.past)])
