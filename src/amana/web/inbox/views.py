# SPDX-License-Identifier: EUPL-1.2
"""The inbox: what is due, by clock; mine, my unit's, all; the selected line beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.queries.inbox import list_inbox
from amana.web.doors import desk_of


def inbox(request: HttpRequest) -> HttpResponse:
    """The day of one officer."""
    desk = desk_of(request)
    return render(request, "inbox/inbox.html", {"shown": list_inbox(desk.node, desk.scope)})
