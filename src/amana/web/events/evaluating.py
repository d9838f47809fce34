# SPDX-License-Identifier: EUPL-1.2
"""The evaluation of an event by its parties: their marks side by side, what each wrote, who is still to come; one's own form.

It is each party's own word, signed by it: nothing is averaged. A desk officer's is kept for a supervisor, who binds the agency.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.dossiers.shared.events import EvaluationCriterion
from amana.node.access import Role
from amana.node.actions.act import act
from amana.phrases import tell
from amana.protocol.errors import Refusal
from amana.web.doors import Desk, desk_of
from amana.web.events.views import around, load_event
from amana.web.told import see_other, tell_done

Plain = dict[str, Any]
MARKS = ("1", "2", "3", "4", "5")
APART = 2  # from this difference on, a row is said to be seen differently
MOST = 20_000


def evaluation(request: HttpRequest, dossier: str) -> HttpResponse:
    """The page; sent, this agency's evaluation, or its draft."""
    desk = desk_of(request)
    shown = load_event(desk, dossier)
    refusal = None
    if request.method == "POST":
        try:
            return _send(request, desk, shown)
        except Refusal as refused:
            refusal = {"code": str(refused.code), "facts": dict(refused.facts)}
    said = {one["agency"]: one for one in shown["evaluations"]}
    own = said.get(desk.node.code)
    typed = request.POST if refusal else _typed(own)
    awaited = [code for code in shown["present"] if code not in said and code not in shown["observers"]]
    context = {
        **around(shown, desk, "event_evaluation"),
        "agencies": sorted(said),
        "rows": [_row(each.value, said) for each in EvaluationCriterion],
        "words": [said[code] for code in sorted(said)],
        "awaited": awaited,
        "criteria": [{"code": each.value, "mark": typed.get(f"mark.{each.value}", "")} for each in EvaluationCriterion],
        "marks": MARKS,
        "text": typed.get("text", ""),
        "token": request.POST.get("form", "") or secrets.token_urlsafe(16),
        "writes": shown["over"] and not shown["observing"],
        "refusal": refusal,
    }
    return render(request, "events/evaluation.html", context, status=409 if refusal else 200)


def _row(criterion: str, said: Plain) -> Plain:
    """One criterion: the mark of each party, in their order, and whether they lie apart."""
    held = {code: next((one["mark"] for one in said[code]["marks"] if one["criterion"] == criterion), 0) for code in sorted(said)}
    given = [mark for mark in held.values() if mark]
    return {"criterion": criterion, "marks": list(held.values()), "apart": bool(given) and max(given) - min(given) >= APART}


def _typed(own: Plain | None) -> dict[str, str]:
    if own is None:
        return {}
    return {f"mark.{one['criterion']}": str(one["mark"]) for one in own["marks"]} | {"text": own["words"]["text"]}


def _send(request: HttpRequest, desk: Desk, shown: Plain) -> HttpResponse:
    given = request.POST
    marks = [
        {"criterion": each.value, "mark": int(mark)}
        for each in EvaluationCriterion
        if (mark := given.get(f"mark.{each.value}", "")) in MARKS
    ]
    if not marks:
        raise Refusal("no_mark")
    supervisor = desk.scope.role is Role.SUPERVISOR
    action = {
        "action": "major_event.evaluate",
        "dossier": shown["dossier"],
        "text": given.get("text", "")[:MOST].strip(),
        "language": desk.language,
        "form": given.get("form", ""),
        "coded": {"marks": marks},
        **({} if supervisor else {"keep": True}),
    }
    act(desk.node, desk.account, action)
    sent = tell(desk.language, "The evaluation is sent to the parties.")
    tell_done(request, sent if supervisor else tell(desk.language, "The evaluation is kept as a draft for a supervisor to send."))
    return see_other(reverse("event_evaluation", kwargs={"dossier": shown["dossier"]}))
