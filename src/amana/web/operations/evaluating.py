# SPDX-License-Identifier: EUPL-1.2
"""Results and what the parties think of them: figures by the counting rule, what may be counted twice, marks side by side.

An evaluation is each party's own word, signed by it: nothing is averaged. A desk officer's is kept for a supervisor.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.dossiers.shared.operations import EvaluationTime, OperationCriterion
from amana.node.access import Role
from amana.node.actions.act import act
from amana.node.queries.operation_work import show_results
from amana.phrases import tell
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import dossier_of, found
from amana.web.doors import Desk, desk_of
from amana.web.operations.views import around
from amana.web.told import see_other, tell_done

Plain = dict[str, Any]
MARKS = ("1", "2", "3", "4", "5")
APART = 2  # from this difference on, a row of marks is said to be seen differently
MOST = 20_000
TIMES = tuple(each.value for each in EvaluationTime)


def results(request: HttpRequest, dossier: str) -> HttpResponse:
    """The page; sent, this agency's evaluation, or its draft."""
    desk = desk_of(request)
    refusal = None
    if request.method == "POST":
        try:
            return _send(request, desk, dossier)
        except Refusal as refused:
            refusal = {"code": str(refused.code), "facts": dict(refused.facts)}
    shown = found(lambda: show_results(desk.node, desk.scope, dossier_of(dossier)))
    time = EvaluationTime.FINAL.value if shown["ended_at"] else EvaluationTime.MID_TERM.value
    own = next((one for one in shown["evaluations"] if (one["agency"], one["time"]) == (desk.node.code, time)), None)
    typed = request.POST if refusal else _typed(own)
    context = {
        **around(shown, desk, "operation_results"),
        **{name: shown[name] for name in ("figures", "results", "doubles")},
        "evaluations": [_evaluation(each, shown["evaluations"]) for each in TIMES],
        "criteria": [{"code": each.value, "mark": typed.get(f"mark.{each.value}", "")} for each in OperationCriterion],
        "marks": MARKS,
        "text": typed.get("text", ""),
        "time": time,
        "judges": bool(shown["started_at"]) and not shown["observing"],
        "token": secrets.token_urlsafe(16),
        "refusal": refusal,
    }
    return render(request, "operations/results.html", context, status=409 if refusal else 200)


def _evaluation(time: str, said: list[Plain]) -> Plain:
    """One time's marks: a row for each criterion, a column for each party that has judged."""
    held = sorted((one for one in said if one["time"] == time), key=lambda one: str(one["agency"]))
    rows = []
    for criterion in OperationCriterion:
        marks = [next((mark["mark"] for mark in one["marks"] if mark["criterion"] == criterion.value), 0) for one in held]
        given = [mark for mark in marks if mark]
        rows.append({"criterion": criterion.value, "marks": marks, "apart": bool(given) and max(given) - min(given) >= APART})
    return {"time": time, "agencies": [one["agency"] for one in held], "rows": rows, "words": held}


def _typed(own: Plain | None) -> dict[str, str]:
    if own is None:
        return {}
    return {f"mark.{one['criterion']}": str(one["mark"]) for one in own["marks"]} | {"text": own["words"]["text"]}


def _send(request: HttpRequest, desk: Desk, dossier: str) -> HttpResponse:
    given = request.POST
    marks = [
        {"criterion": each.value, "mark": int(mark)}
        for each in OperationCriterion
        if (mark := given.get(f"mark.{each.value}", "")) in MARKS
    ]
    if not marks:
        raise Refusal("no_mark")
    supervisor = desk.scope.role is Role.SUPERVISOR
    form = {
        "action": "joint_operation.evaluate",
        "dossier": dossier,
        "text": given.get("text", "")[:MOST].strip(),
        "language": desk.language,
        "form": given.get("form", ""),
        "coded": {"marks": marks, **({"time": given["time"]} if given.get("time", "") in TIMES else {})},
        **({} if supervisor else {"keep": True}),
    }
    act(desk.node, desk.account, form)
    sent = tell(desk.language, "The evaluation is sent to the parties.")
    tell_done(request, sent if supervisor else tell(desk.language, "The evaluation is kept as a draft for a supervisor to send."))
    return see_other(reverse("operation_results", kwargs={"dossier": dossier}))
