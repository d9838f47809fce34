# SPDX-License-Identifier: EUPL-1.2
"""Saved views: a register or a search with its filters, under a name of its owner's; in the pages' own memory.

One name means one view: saved again, it is replaced. Nobody sees another account's views.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from amana.phrases import on_one_line, tell
from amana.web.doors import Desk, desk_of
from amana.web.models import SavedView
from amana.web.told import see_other, tell_done

Plain = dict[str, Any]
PAGES = ("inbox", "incoming", "outgoing", "dossiers", "search")
MOST = 60
LONGEST_QUERY = 1000


def saved_views(desk: Desk) -> list[Plain]:
    """This account's views, by name."""
    views = SavedView.objects.filter(account=desk.account, page__in=PAGES)
    return [{"id": view.pk, "name": view.name, "address": f"{reverse(view.page)}?{view.query}"} for view in views]


def save_view(request: HttpRequest) -> HttpResponse:
    """Keep a page with its filters under a name."""
    desk = desk_of(request)
    page, name = request.POST.get("page", ""), on_one_line(request.POST.get("name", "")).strip()[:80]
    if page not in PAGES:
        raise Http404
    query = QueryDict(request.POST.get("query", "")[:LONGEST_QUERY], mutable=True)
    query.pop("page", None)
    address = f"{reverse(page)}?{query.urlencode()}"
    if not name:
        tell_done(request, tell(desk.language, "A view needs a name; nothing was kept."))
    elif len(query.urlencode()) > LONGEST_QUERY or SavedView.objects.filter(account=desk.account).exclude(name=name).count() >= MOST:
        tell_done(request, tell(desk.language, "The view was not kept: it is too long, or you have too many. Remove one first."))
    else:
        SavedView.objects.update_or_create(account=desk.account, name=name, defaults={"page": page, "query": query.urlencode()})
        tell_done(request, tell(desk.language, "The view “{name}” is kept.", name=name))
    return see_other(address)


def drop_view(request: HttpRequest, view: int) -> HttpResponse:
    """Remove one of one's own views."""
    desk = desk_of(request)
    held = SavedView.objects.filter(account=desk.account, pk=view).first()
    if held is None:
        raise Http404
    address = reverse(held.page if held.page in PAGES else "dossiers")
    held.delete()
    tell_done(request, tell(desk.language, "The view “{name}” is removed.", name=held.name))
    return see_other(address)
