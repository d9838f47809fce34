# SPDX-License-Identifier: EUPL-1.2
"""The reinforcements of an event: needs and who meets them, a filter that helps matching, coverage as a chart."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.queries.forces import show_contribution, show_forces
from amana.node.queries.printing import record_print
from amana.web.desk_acts.answering import dossier_of, found
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.loading import load_dossier
from amana.web.events.drafting import LANGUAGES
from amana.web.events.views import around, called
from amana.web.papers import PDF, download, file_named, paper_of
from amana.web.printing import require_printable
from amana.web.printing.deployment import Deployment, deployment_pdf
from amana.web.printing.permission import marking_on

Plain = dict[str, Any]
CHOSEN = ("resource", "speaks", "powers", "arms", "cost")
WIDE, HIGH, FOOT = 960, 180, 24


def forces(request: HttpRequest, dossier: str) -> HttpResponse:
    """Needs, offers and coverage; that it was looked at is recorded. The filter leaves out, and orders nothing."""
    desk = desk_of(request)
    shown = found(lambda: show_forces(desk.node, desk.scope, dossier_of(dossier)))
    given = {name: request.GET.get(name, "") for name in CHOSEN}
    needs = [one for one in shown["needs"] if given["resource"] in ("", one["resource"])]
    for one in needs:
        one["listed"] = [each for each in one["contributions"] if _fits(each, given)]
        one["hidden"] = len(one["contributions"]) - len(one["listed"])
    offers = [each for one in shown["needs"] for each in one["contributions"]]
    context = {
        **around(shown["event"], desk, "event_forces"),
        "needs": needs,
        "given": given,
        "chosen": any(given.values()),
        "kinds": sorted({one["resource"] for one in shown["needs"]}),
        "spoken": sorted({language for one in offers for language in one["languages"]}),
        "chart": _chart(shown["days"], desk),
        "days": shown["days"],
        "nations": shown["nations"],
        "printed_in": LANGUAGES,
    }
    return render(request, "events/forces.html", context)


def _fits(one: Plain, given: Plain) -> bool:  # bool: whether a line is listed; nothing is decided by it
    spoken = not given["speaks"] or given["speaks"] in one["languages"]
    return spoken and all(given[name] in ("", one[name]) for name in ("powers", "arms", "cost"))


def _chart(days: list[Plain], desk: Desk) -> Plain:
    """Bars by day: what is needed as an outline, what is committed, what is there. In Arabic time runs from right to left."""
    most = max([one["needed"] for one in days] + [one["committed"] for one in days] + [1])
    step = WIDE / max(len(days), 1)
    bars = []
    for number, one in enumerate(days):
        place = number * step
        left = WIDE - place - step if desk.language == "ar" else place
        bars.append(
            {
                "x": round(left + step * 0.15, 1),
                "width": round(step * 0.7, 1),
                **{name: round(one[name] / most * (HIGH - FOOT), 1) for name in ("needed", "committed", "deployed")},
                **{f"{name}_y": round(HIGH - FOOT - one[name] / most * (HIGH - FOOT), 1) for name in ("needed", "committed", "deployed")},
            }
        )
    return {"bars": bars, "most": most, "base": HIGH - FOOT, "wide": WIDE, "high": HIGH}


def print_sheet(request: HttpRequest, dossier: str, offer: str, language: str) -> HttpResponse:
    """The deployment sheet of one contribution, in one of three languages."""
    desk, id = desk_of(request), dossier_of(dossier)
    if language not in LANGUAGES:
        raise Http404
    shown = found(lambda: show_contribution(desk.node, desk.scope, id, offer))
    whole, _ = load_dossier(desk, id, record=False)
    paper = paper_of(desk, language)
    require_printable(whole, now=paper.made_at)
    record_print(desk.node, desk.scope, id, count=len(whole["entries"]))
    one, event = shown["contribution"], shown["event"]
    printed = Deployment(
        dossier=dossier,
        reference=shown["reference"],
        event=called(event["names"], language)["words"],
        host=event["host"],
        who=one["who"],
        on_behalf=bool(one["on_behalf_of"]),
        kind=shown["resource"],
        number=one["committed"] or one["offered"],
        starts=one["starts"],
        ends=one["ends"],
        venue=called(shown["venue_names"], language)["words"] if shown["venue_names"] else "",
        powers=one["powers"],
        arms=one["arms"],
        cost=one["cost"],
        status=one["status"],
        languages=tuple(one["languages"]),
        units=tuple(one["units"]),
        contact=one["contact"],
        exercise=event["exercise"],
        marking=marking_on(whole["entries"]),
    )
    return download(deployment_pdf(printed, paper), PDF, file_named(f"{shown['reference']}-{one['who']}-{language}", ".pdf"))
