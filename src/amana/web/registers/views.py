# SPDX-License-Identifier: EUPL-1.2
"""The registers: arrivals, departures and all dossiers as ledger lines, narrowed by filters, in pages; their export."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.queries.exporting import export_rows
from amana.node.queries.register import LARGEST_PAGE, register
from amana.protocol.identifiers import DossierId
from amana.web.doors import Desk, desk_of
from amana.web.inbox.hours import local
from amana.web.inbox.lines import draw, reader_of
from amana.web.inbox.passes import held_pass, make_pass
from amana.web.registers.exporting import csv_of, withheld_words
from amana.web.registers.filters import Asked, asked, draw_filters
from amana.web.registers.saved import saved_views

Plain = dict[str, Any]
REGISTERS = {"incoming": ("in", "open"), "outgoing": ("out", "open"), "dossiers": ("", "all")}  # name: direction, what it shows first
SIZE = 30


def incoming(request: HttpRequest) -> HttpResponse:
    """What partners opened."""
    return _page(request, "incoming")


def outgoing(request: HttpRequest) -> HttpResponse:
    """What we opened."""
    return _page(request, "outgoing")


def dossiers(request: HttpRequest) -> HttpResponse:
    """All dossiers that one may see."""
    return _page(request, "dossiers")


def _page(request: HttpRequest, name: str) -> HttpResponse:
    desk = desk_of(request)
    held = _asked(desk, request, name)
    again = held_pass(desk, name, request.GET.get("again", ""))
    shown = register(desk.node, desk.scope, held.filters, order=held.order, page=held.page, size=SIZE, record=not again)
    reader = reader_of(desk)
    context = {
        "register": name,
        "lines": [draw(row, reader) for row in shown["rows"]],
        "total": shown["total"],
        "at": shown["page"],
        "pages": shown["pages"],
        "before": "?" + held.query(page=str(shown["page"] - 1)) if shown["page"] > 1 else "",
        "after": "?" + held.query(page=str(shown["page"] + 1)) if shown["page"] < shown["pages"] else "",
        "query": held.query(),
        "here": "?" + held.query(page=str(shown["page"]), again=again or make_pass(desk, name)),
        "shows": [{"show": one, "address": "?" + held.query(show=one)} for one in ("open", "closed", "all")],
        "orders": [{"order": one, "address": "?" + held.query(order=one)} for one in ("changed", "due", "opened")],
        **draw_filters(desk, held),
    }
    if again:
        return render(request, "registers/lines.html", context)
    return render(request, "registers/register.html", context | {"views": saved_views(desk)})


def register_export(request: HttpRequest, register: str) -> HttpResponse:
    """What would leave and what stays (GET); the file (POST), which is recorded."""
    if register not in REGISTERS:
        raise Http404
    desk = desk_of(request)
    held = _asked(desk, request, register)
    leaves = request.method == "POST"
    shown = export_rows(desk.node, desk.scope, _all(desk, held), record=leaves)
    if leaves:
        response = HttpResponse(csv_of(desk, shown), content_type="text/csv; charset=utf-8")
        stamp = local(shown["at"], desk.zone).strftime("%Y-%m-%d")
        response["Content-Disposition"] = f'attachment; filename="{desk.node.code}-{register}-{stamp}.csv"'
        return response
    return render(
        request,
        "registers/export.html",
        {
            "register": register,
            "leaving": len(shown["rows"]),
            "staying": withheld_words(desk.language, shown["withheld"]) if shown["withheld"] else [],
            "query": held.query(),
        },
    )


def _asked(desk: Desk, request: HttpRequest, name: str) -> Asked:
    direction, show = REGISTERS[name]
    return asked(desk, request.GET, direction=direction, show=show)


def _all(desk: Desk, held: Asked) -> list[DossierId]:
    """Every dossier of the list, all its pages."""
    found: list[DossierId] = []
    page, pages = 1, 1
    while page <= pages:
        shown = register(desk.node, desk.scope, held.filters, order=held.order, page=page, size=LARGEST_PAGE, record=False)
        found += [DossierId(bytes.fromhex(row["dossier"])) for row in shown["rows"]]
        page, pages = page + 1, shown["pages"]
    return found
