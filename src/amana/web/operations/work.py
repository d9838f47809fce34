# SPDX-License-Identifier: EUPL-1.2
"""The work of an operation: tasks as a board and along the time, the register of exhibits."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.queries.operation_work import show_exhibits, show_tasks
from amana.web.desk_acts.answering import dossier_of, found
from amana.web.doors import desk_of
from amana.web.operations.views import around

Plain = dict[str, Any]
WIDE, LEFT, ROW, TOP = 1164, 320, 34, 30  # of the drawing of tasks along the time
DAY = 24 * 3_600_000
COLUMNS = ("open", "in_hand", "blocked", "done")


def tasks(request: HttpRequest, dossier: str) -> HttpResponse:
    """The board, or the time line."""
    desk = desk_of(request)
    shown = found(lambda: show_tasks(desk.node, desk.scope, dossier_of(dossier)))
    titles = {one["id"]: one["title"] or one["text"] for one in shown["tasks"]}
    for one in shown["tasks"]:
        one["waits_for_words"] = [titles.get(id, "") for id in one["waits_for"]]
    dropped = [one for one in shown["tasks"] if one["state"] == "dropped"]
    context = {
        **around(shown, desk, "operation_tasks"),
        "columns": [{"state": state, "tasks": [one for one in shown["tasks"] if one["state"] == state]} for state in COLUMNS],
        "dropped": dropped,
        "circle": [one for one in shown["tasks"] if one["circular"]],
        "drawn": drawn(shown["tasks"], shown["now"], rtl=desk.language == "ar"),
        "by_time": "time" in request.GET,
        "token": secrets.token_urlsafe(16),
    }
    return render(request, "operations/tasks.html", context)


def exhibits(request: HttpRequest, dossier: str) -> HttpResponse:
    """The register of exhibits with the chain of custody of each."""
    desk = desk_of(request)
    shown = found(lambda: show_exhibits(desk.node, desk.scope, dossier_of(dossier)))
    return render(request, "operations/exhibits.html", {**around(shown, desk, "operation_exhibits"), "exhibits": shown["exhibits"]})


def drawn(held: list[Plain], now: int, *, rtl: bool) -> Plain:
    """Tasks along the time: a bar for each from its beginning to its end, from left to right, or right to left in Arabic."""
    standing = [one for one in held if one["state"] != "dropped"]
    if not standing:
        return {}
    begins = {one["id"]: one.get("starts") or min(one["due"] - DAY, max(now - DAY, 0)) for one in standing}
    first, last = min(begins.values()), max(one["due"] for one in standing)
    span = max(last - first, DAY)

    def x(at: int) -> int:
        place: int = LEFT + (min(max(at, first), first + span) - first) * (WIDE - LEFT - 20) // span
        return WIDE - place if rtl else place

    rows = []
    places = {one["id"]: number for number, one in enumerate(standing)}
    for number, one in enumerate(standing):
        ends = sorted((x(begins[one["id"]]), x(one["due"])))
        rows.append(
            {
                "task": one,
                "y": TOP + number * ROW,
                "text_y": TOP + number * ROW + 15,
                "x": ends[0],
                "width": max(ends[1] - ends[0], 8),
                "needs": [_line(places[need], number, x, standing, one, begins) for need in one.get("needs", ()) if need in places],
            }
        )
    marks = [first + span * part // 4 for part in range(5)]
    return {
        "rows": rows,
        "height": TOP + ROW * len(rows) + 6,
        "marks": [{"x": x(at), "at": at} for at in marks],
        "now": x(now) if first <= now <= first + span else None,
        "names_x": WIDE if rtl else 0,
        "anchor": "end" if rtl else "start",
        "wide": WIDE,
    }


def _line(needed: int, number: int, x: Any, standing: list[Plain], one: Plain, begins: Plain) -> Plain:
    """From the end of what a task needs to its own beginning."""
    return {"x1": x(standing[needed]["due"]), "y1": TOP + needed * ROW + 10, "x2": x(begins[one["id"]]), "y2": TOP + number * ROW + 10}
