# SPDX-License-Identifier: EUPL-1.2
"""The list of operations, the page of one, and its plan with what differs from the one in force."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amana.dossiers.shared.operations import Phase
from amana.node.access import Role
from amana.node.queries.offering import actions_for
from amana.node.queries.operations import list_operations, show_operation, show_plan
from amana.protocol.identifiers import AgencyCode
from amana.web.desk_acts.answering import dossier_of, found
from amana.web.doors import Desk, desk_of
from amana.web.events.drafting import LANGUAGES

Plain = dict[str, Any]
TRACK = (Phase.PROPOSED, Phase.AGREED, Phase.PREPARATION, Phase.ACTION, Phase.EXPLOITATION, Phase.CLOSED, Phase.EVALUATED)
PER_GATE = {  # the form that a party fills in for what is missing of it
    "basis": "basis",
    "contact": "contact",
}
AT_GATE = {  # the page on which it is done
    "plan": "operation_plan",
    "tasks": "operation_tasks",
    "doubles": "operation_results",
    "evaluation": "operation_results",
}
ELSEWHERE = frozenset({"ready", "start", "stop", "close", "evaluate", "approve", "agree", "compare"})  # said on a page of its own
BY_BUTTON = {"ready": "ready", "start": "start", "stop": "stop", "close": "close"}


def operations(request: HttpRequest) -> HttpResponse:
    """Every operation, what is in action first."""
    desk = desk_of(request)
    shown = list_operations(desk.node, desk.scope)
    now = [one for one in shown["operations"] if one["phase"] in ("action", "halted")]
    over = [one for one in shown["operations"] if one["phase"] in ("closed", "evaluated")]
    rest = [one for one in shown["operations"] if one not in now and one not in over]
    groups = [{"name": name, "lines": lines} for name, lines in (("now", now), ("coming", rest), ("over", over)) if lines]
    return render(request, "operations/operations.html", {"groups": groups, "own": desk.node.code})


def operation(request: HttpRequest, dossier: str) -> HttpResponse:
    """One operation: where it stands, what is missing and of whom, its parties, what is next; that it was looked at is recorded."""
    desk = desk_of(request)
    shown = found(lambda: show_operation(desk.node, desk.scope, dossier_of(dossier)))
    acts = actions_for(desk.node, desk.scope, dossier_of(dossier))
    context = {
        **around(shown, desk, "operation"),
        "parties": [one | {"offset": offset_of(desk, one["agency"])} for one in shown["parties"]],
        "tasks_due": shown["tasks_due"],
        "documents": shown["documents"],
        "figures": shown["figures"],
        "printed_in": LANGUAGES,
        "deconflictions": shown["within"].get("deconfliction", []),
        "secondary": [one for one in (*acts["primary"], *acts["secondary"]) if one["type"] not in ELSEWHERE],
    }
    return render(request, "operations/operation.html", context)


def plan(request: HttpRequest, dossier: str) -> HttpResponse:
    """The plan point by point, with the wording in force beside what was changed, and who approves which version."""
    desk = desk_of(request)
    shown = found(lambda: show_plan(desk.node, desk.scope, dossier_of(dossier)))
    agency = desk.node.code
    context = {
        **around(shown, desk, "operation_plan"),
        **{name: shown[name] for name in ("parts", "gone", "versions", "changed", "draft")},
        "unanswered": any(not one["versions"][0]["said"] for part in shown["parts"] for one in part["clauses"]),
        "approves_draft": shown["draft"] and "approve" in shown["tasks"],
        "approved_by_us": next((one for one in shown["versions"] if any(a["agency"] == agency for a in one["approved"])), None),
    }
    return render(request, "operations/plan.html", context)


def around(shown: Plain, desk: Desk, section: str) -> Plain:
    """What stands at the head of every page of an operation: the track of phases, what is missing, whose turn it is."""
    phase = Phase(shown["phase"])
    place = TRACK.index(Phase.ACTION if phase is Phase.HALTED else phase)
    own = desk.node.code
    gates = [_gate(one, own) for one in shown["missing"]]
    return {
        "operation": shown,
        "section": section,
        "own": own,
        "track": [{"phase": one.value, "state": _state(number, place, phase)} for number, one in enumerate(TRACK)],
        "gates": gates,
        "turn": next((one for one in gates if one["ours"]), gates[0] if gates else None),
        "supervisor": desk.scope.role is Role.SUPERVISOR,
        "writes": not shown["observing"],
    }


def _state(number: int, place: int, phase: Phase) -> str:
    if number == place:
        return "halted" if phase is Phase.HALTED else "now"
    return "done" if number < place else "next"


def _gate(one: Plain, own: str) -> Plain:
    gate = one["gate"]
    return one | {
        "ours": own in one["of"],
        "form": PER_GATE.get(gate, ""),
        "page": AT_GATE.get(gate, ""),
        "button": BY_BUTTON.get(gate, ""),
    }


def offset_of(desk: Desk, agency: str) -> int | None:
    """How far a partner's clock is ahead of ours, in milliseconds; None where it is ours, or not known yet."""
    if agency == desk.node.code:
        return None
    channel = desk.here.opened.exchange.channel(AgencyCode(agency))
    return channel.difference if channel.last_contact else None
