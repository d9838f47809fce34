# SPDX-License-Identifier: EUPL-1.2
"""The search page: what people wrote, references, items and partners; found entries grouped by dossier, with filters."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.queries.search import search as find
from amana.phrases import on_one_line
from amana.web.doors import desk_of
from amana.web.inbox.lines import Reader, draw, reader_of
from amana.web.registers.filters import asked, draw_filters
from amana.web.registers.saved import saved_views
from amana.web.searching.snippets import draw_snippet

Plain = dict[str, Any]
LONGEST = 400
LIMIT = 100
SHOWN_IN_ONE = 3  # found entries of one dossier, before the rest is only counted


def search(request: HttpRequest) -> HttpResponse:
    """One question, over everything that the person may see."""
    desk = desk_of(request)
    question = on_one_line(request.GET.get("q", "")[:LONGEST])
    held = asked(desk, request.GET, show="all")
    keep = {"q": question} if question else {}
    context: Plain = {
        "query": held.query(**keep),
        "question": question,
        "shows": [{"show": one, "address": "?" + held.query(show=one, **keep)} for one in ("all", "open", "closed")],
        "views": saved_views(desk),
        **draw_filters(desk, held, keep),
    }
    if question:
        shown = find(desk.node, desk.scope, desk.here.noticing.index, question, held.filters, limit=LIMIT)
        context |= {"groups": _grouped(shown["hits"], reader_of(desk)), "total": shown["total"], "truncated": shown["truncated"]}
    return render(request, "searching/search.html", context)


def _grouped(hits: list[Plain], reader: Reader) -> list[Plain]:
    """Hits by dossier, in the order in which the first of each was found."""
    groups: dict[str, Plain] = {}
    for hit in hits:
        row = hit["dossier"]
        group = groups.setdefault(row["dossier"], {"line": draw(row, reader), "hits": [], "more": 0})
        if len(group["hits"]) < SHOWN_IN_ONE:
            group["hits"].append(hit | {"html": draw_snippet(hit["snippet"], hit["field"], hit["language"])})
        else:
            group["more"] += 1
    return list(groups.values())
