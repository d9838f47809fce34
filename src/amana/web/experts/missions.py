# SPDX-License-Identifier: EUPL-1.2
"""The list of missions, one mission whole, and its paper. What is said in a mission is written in the general form."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.queries.missions import list_missions, show_mission
from amana.node.queries.offering import actions_for
from amana.node.queries.printing import record_print
from amana.phrases import LANGUAGES
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.loading import load_dossier
from amana.web.dossiers.refusing import keep_refused_print
from amana.web.experts.narrowing import chosen_in, offered_in
from amana.web.papers import PDF, download, file_named, paper_of
from amana.web.printing import require_printable
from amana.web.printing.joint import Wording
from amana.web.printing.mission import Mission, Word, mission_pdf
from amana.web.printing.permission import marking_on

Plain = dict[str, Any]
SIDES = ("given", "received")
CHOSEN = ("side", "type", "partner", "show")
OPEN, CLOSED = "open", "closed"


def missions(request: HttpRequest) -> HttpResponse:
    """Every mission, with the expert days given and received; narrowed by side, kind, partner and whether it is open."""
    desk = desk_of(request)
    shown = list_missions(desk.node, desk.scope)
    given = chosen_in(request, CHOSEN)
    for one in shown["missions"]:
        one |= {"side": SIDES[0] if one["given"] else SIDES[1], "partner": one["partners"], "show": CLOSED if one["closed"] else OPEN}
    context = {
        "lines": [one for one in shown["missions"] if _fits(one, given)],
        "total": len(shown["missions"]),
        "days": shown["days"],
        "given": given,
        "sides": SIDES,
        "types": offered_in(shown["missions"], "type"),
        "partners_of": offered_in(shown["missions"], "partner"),
    }
    return render(request, "experts/missions.html", context)


def _fits(one: Plain, given: Plain) -> bool:  # bool: whether a line is listed; nothing is decided by it
    return all(not wanted or wanted == one[name] or wanted in one[name] for name, wanted in given.items())


def mission(request: HttpRequest, dossier: str) -> HttpResponse:
    """One mission whole; that it was looked at is recorded."""
    return _page(request, desk_of(request), dossier)


def print_mission(request: HttpRequest, dossier: str, language: str) -> HttpResponse:
    """The mission on paper, in one of three languages; what its marking forbids is said, kept, and nothing is printed."""
    desk, id = desk_of(request), dossier_of(dossier)
    if language not in LANGUAGES:
        raise Http404
    shown = _load(desk, dossier, record=False)
    whole, _ = load_dossier(desk, id, record=False)
    paper = paper_of(desk, language)
    try:
        require_printable(whole, now=paper.made_at)
        record_print(desk.node, desk.scope, id, count=len(whole["entries"]))
    except Refusal as refusal:
        require_present(refusal)
        keep_refused_print(desk, id, refusal, whole, "")
        return _page(request, desk, dossier, refusal)
    pdf = mission_pdf(_printed(shown, whole, language), paper)
    return download(pdf, PDF, file_named(f"{shown['reference']}-{language}", ".pdf"))


def _page(request: HttpRequest, desk: Desk, dossier: str, refusal: Refusal | None = None) -> HttpResponse:
    shown = _load(desk, dossier, record=refusal is None)
    offered = actions_for(desk.node, desk.scope, dossier_of(dossier))
    context = {
        "mission": shown,
        "own": desk.node.code,
        "exercise": shown["exercise"],
        "printed_in": LANGUAGES,
        "primary": offered["primary"],
        "secondary": offered["secondary"],
        "refusal": {"code": str(refusal.code), "facts": dict(refusal.facts)} if refusal is not None else None,
    }
    return render(request, "experts/mission.html", context, status=409 if refusal is not None else 200)


def _load(desk: Desk, dossier: str, *, record: bool) -> Plain:
    try:
        return show_mission(desk.node, desk.scope, dossier_of(dossier), record=record)
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal


def _printed(shown: Plain, whole: Plain, language: str) -> Mission:
    agreed = next((one for one in shown["terms"] if one["agreed"]), None)
    event = shown["named"]["event"]
    return Mission(
        dossier=shown["dossier"],
        reference=shown["reference"],
        title=Wording(language=shown["title_language"] or language, text=shown["title"]),
        objectives=Wording(language=shown["words"]["language"] or language, text=shown["words"]["text"]),
        type=shown["type"],
        area=shown["area"],
        stage=shown["stage"],
        giver=shown["giver"],
        receiver=shown["receiver"],
        event=(event[language] or event["title"]) if event else "",
        place=shown["place"],
        people=shown["people"],
        starts=shown["starts"],
        ends=shown["ends"],
        cost=shown["cost"],
        languages=tuple(shown["languages"]),
        deliverables=tuple(shown["deliverables"] or (agreed["deliverables"] if agreed else ())),
        agreed_by=tuple(agreed["accepted"]) if agreed else (),
        agreed=agreed["id"] if agreed else "",
        posts=tuple(shown["team"]["posts"]),
        days=shown["days"],
        trained=shown["trained"],
        feedback=shown["feedback"],
        follow_up=shown["follow_up"],
        follow_up_due=shown["follow_up_due"],
        course=tuple(
            Word(
                type=one["type"],
                author=one["author"],
                at=one["at"],
                coded=one["coded"],
                wording=Wording(language=one["language"] or language, text=one["text"]) if one["text"] else None,
            )
            for one in shown["course"]
        ),
        exercise=shown["exercise"],
        marking=marking_on(whole["entries"]),
    )
