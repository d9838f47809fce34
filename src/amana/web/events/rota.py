# SPDX-License-Identifier: EUPL-1.2
"""The rota of a day: shifts with who is on them, gaps, overlong duty, and a handover that begins with all that is open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.queries.rota import show_rota
from amana.web.desk_acts.answering import dossier_of, found
from amana.web.doors import desk_of
from amana.web.events.views import around

Plain = dict[str, Any]


def rota(request: HttpRequest, dossier: str) -> HttpResponse:
    """The shifts of a day; that it was looked at is recorded."""
    desk = desk_of(request)
    day = request.GET.get("day", "")
    shown = found(lambda: show_rota(desk.node, desk.scope, dossier_of(dossier), dossier_of(day) if day else None))
    names = ("days", "day", "shifts", "overlong", "handovers", "open")
    return render(request, "events/rota.html", {**around(shown["event"], desk, "event_rota"), **{name: shown[name] for name in names}})
