# SPDX-License-Identifier: EUPL-1.2
"""The inbox: what is due, by clock; mine, my units', all; the selected line beside it.

`inbox_lines` and a panel that renews itself record no consultation; the panel proves by a signed pass that this person
was shown the dossier before.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.access import Role
from amana.node.queries.offering import actions_for
from amana.node.queries.peeking import peek as glance
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import back_to, dossier_of, require_present
from amana.web.doors import desk_of
from amana.web.inbox.day import day_of
from amana.web.inbox.glancing import draw_glance
from amana.web.inbox.passes import held_pass, make_pass
from amana.web.menu import counts, partner_lines

INBOX = "inbox"
NEW_REQUEST = "information_request.request"


def inbox(request: HttpRequest) -> HttpResponse:
    """The day of one officer."""
    desk = desk_of(request)
    shown = day_of(desk, request.GET.get("view", ""))
    kind, _, type = NEW_REQUEST.partition(".")
    return render(request, "inbox/inbox.html", shown | {"new": {"kind": kind, "type": type}, "again": make_pass(desk, INBOX)})


def inbox_lines(request: HttpRequest) -> HttpResponse:
    """The lines alone, brought up to date under the reader's eyes."""
    desk, since = desk_of(request), request.GET.get("since", "")
    again = held_pass(desk, INBOX, request.GET.get("again", ""))
    shown = day_of(desk, request.GET.get("view", ""), since=int(since[:16]) if since.isdecimal() else 0, record=not again)
    return render(request, "inbox/lines.html", shown | {"renewed": True})


def peek(request: HttpRequest, dossier: str) -> HttpResponse:
    """The selected line beside the list."""
    desk, id = desk_of(request), dossier_of(dossier)
    again = held_pass(desk, dossier, request.GET.get("again", ""))
    try:
        shown = glance(desk.node, desk.scope, id, record=not again)
        offered = actions_for(desk.node, desk.scope, id)
    except Refusal as refusal:
        require_present(refusal)
        raise
    held = {"again": again or make_pass(desk, dossier), "next": back_to(request, dossier)}
    return render(request, "inbox/peek.html", draw_glance(desk, shown, offered) | held)


def around(request: HttpRequest) -> HttpResponse:
    """The numbers beside every page and the partners' state, brought up to date."""
    desk = desk_of(request)
    officer = desk.scope.role is not Role.ADMINISTRATOR
    return render(request, "parts/around.html", {"partners": partner_lines(desk.here), "counts": counts(desk) if officer else {}})
