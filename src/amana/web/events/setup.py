# SPDX-License-Identifier: EUPL-1.2
"""Setting an event up from tables: every row is looked at first, and nothing is written unless all are right."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.node.actions.act import act_many
from amana.node.actions.event_tables import COLUMNS, SHEETS, read_tables
from amana.phrases import tell_count
from amana.protocol.errors import Refusal
from amana.web.doors import desk_of
from amana.web.events.views import around, load_event, zone_of
from amana.web.told import see_other, tell_done

MOST_BYTES = 2_000_000


def setup(request: HttpRequest, dossier: str) -> HttpResponse:
    """The form; after it, what is wrong by line, or the event as it was set up."""
    desk = desk_of(request)
    shown = load_event(desk, dossier)
    given = {name: _text(request, name) for name in SHEETS} if request.method == "POST" else dict.fromkeys(SHEETS, "")
    tables = read_tables(given, shown, zone_of(shown["zone"]))
    refusal = None
    if request.method == "POST" and not tables.faults and tables.rows:
        try:
            done = act_many(desk.node, desk.account, tables.first)
            act_many(desk.node, desk.account, tables.then(done))
        except Refusal as refused:
            refusal = {"code": str(refused.code), "facts": dict(refused.facts)}
        else:
            tell_done(request, tell_count(desk.language, "{count} row was taken in.", "{count} rows were taken in.", count=tables.rows))
            return see_other(reverse("event", kwargs={"dossier": dossier}))
    context = {**around(shown, desk, "event_setup"), "given": given, "faults": tables.faults, "rows": tables.rows}
    context |= {"columns": {sheet: ", ".join((*needed, *allowed)) for sheet, (needed, allowed) in COLUMNS.items()}}
    context |= {"refusal": refusal, "sent": request.method == "POST"}
    return render(request, "events/setup.html", context, status=400 if tables.faults else 200)


def _text(request: HttpRequest, name: str) -> str:
    """A table: the file that was chosen, else what was typed."""
    held: Any = request.FILES.get(name)
    if held is not None and held.size <= MOST_BYTES:
        return str(held.read().decode("utf-8-sig", errors="replace"))
    return request.POST.get(f"text-{name}", "")
