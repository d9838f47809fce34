# SPDX-License-Identifier: EUPL-1.2
"""The list of threat assessments by area, and one assessment whole with the form that is open in it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from amana.dossiers.threat_assessment.entries import Likelihood
from amana.node.access import Role
from amana.node.queries.assessments import list_assessments, show_assessment
from amana.node.queries.offering import actions_for
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.assessments.editing import FORMS, Editing, usual_day
from amana.web.assessments.showing import approval_of, head_of, line_of, parts_of, revisions_of, sources_of, whole_of, yardstick
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.html import direction

Plain = dict[str, Any]


def assessments(request: HttpRequest) -> HttpResponse:
    """Every assessment that this person may see, by area."""
    desk = desk_of(request)
    lines = [line_of(desk, line) for line in list_assessments(desk.node, desk.scope)["assessments"]]
    areas = [{"area": area, "lines": list(held)} for area, held in groupby(lines, key=lambda line: line["area"])]
    return render(request, "assessments/assessments.html", {"areas": areas})


def assessment(request: HttpRequest, dossier: str) -> HttpResponse:
    """One assessment."""
    desk = desk_of(request)
    do = request.GET.get("do", "")
    editing = Editing(do=do, on=request.GET.get("on", "")) if do in FORMS else Editing()
    return page(request, desk, dossier_of(dossier), editing)


def page(request: HttpRequest, desk: Desk, id: DossierId, editing: Editing, refusal: Refusal | None = None) -> HttpResponse:
    """The page; with what was typed and the reason where an act was refused."""
    shown, acts = load_assessment(desk, id, record=request.method == "GET")
    held = {name: value for name, value in shown.items() if name not in ("partners", "now", "agency")}  # the frame's own words
    context = held | {
        "others": shown["partners"],
        "own": shown["agency"],
        "head": head_of(desk, shown),
        "parts": parts_of(desk, shown),
        "whole_dissents": whole_of(shown),
        "sources": sources_of(desk, shown),
        "revisions": revisions_of(shown),
        "approval": approval_of(desk, shown, acts),
        "acts": acts,
        "supervisor": desk.scope.role is Role.SUPERVISOR,
        "form": editing.form(desk, shown) if editing.do else None,
        "refusal": {"code": str(refusal.code), "facts": dict(refusal.facts)} if refusal is not None else None,
        "approve_until": _approve_until(editing, shown),
        "yards": [yardstick(word.value) for word in Likelihood],
        "opening_dir": direction(shown["opening_words"]["language"] or desk.language),
    }
    return render(request, "assessments/assessment.html", context, status=409 if refusal is not None else 200)


def _approve_until(editing: Editing, shown: Plain) -> str:
    """The day in the field of an approval: as it was typed, else half a year from now."""
    return editing.typed.get("valid_until", "") if editing.do == "approve" and editing.typed else usual_day(shown["now"])


def load_assessment(desk: Desk, id: DossierId, *, record: bool) -> tuple[Plain, dict[str, Plain]]:
    """The assessment, and the acts that the rules would take from this person now. Raises Http404."""
    try:
        shown = show_assessment(desk.node, desk.scope, id, record=record)
        offered = actions_for(desk.node, desk.scope, id)
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal
    return shown, {one["type"]: one for one in [*offered["primary"], *offered["secondary"]]}
