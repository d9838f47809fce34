# SPDX-License-Identifier: EUPL-1.2
"""The cooperation centre's pages: the board for the desk, the wall, the log of a day, the incidents.

What the wall shows of an incident is decided by the query (`wall_line`); of everything it is coded values, hours and names of venues.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.actions.form import parse_hex
from amana.node.queries.centre import list_incidents, show_board, show_log, wall_line
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import EntryId
from amana.web.desk_acts.answering import dossier_of, found, require_present
from amana.web.doors import Desk, desk_of
from amana.web.events.views import around, called, days_of, zone_of

Plain = dict[str, Any]
HOUR = 3_600_000
WIDE, LEFT, ROW = 1164, 300, 50  # of the drawing of a day's sessions
FIRST, LAST = 6, 24  # hours shown


def board(request: HttpRequest, dossier: str) -> HttpResponse:
    """The live board for the desk; that it was looked at is recorded."""
    return render(request, "events/board.html", _board(desk_of(request), dossier, record=True))


def board_parts(request: HttpRequest, dossier: str) -> HttpResponse:
    """What of the board changes by itself; nobody looked again, so nothing is recorded."""
    return render(
        request,
        "events/wall_parts.html" if "wall" in request.GET else "events/board_parts.html",
        _board(desk_of(request), dossier, record=False),
    )


def wall(request: HttpRequest, dossier: str) -> HttpResponse:
    """The board for the wall: large type, no personal data."""
    return render(request, "events/wall.html", _board(desk_of(request), dossier, record=True))


def log(request: HttpRequest, dossier: str) -> HttpResponse:
    """A page of a day's log, the latest line first."""
    desk = desk_of(request)
    day, category = request.GET.get("day", ""), request.GET.get("category", "")
    try:
        before = _key(request.GET.get("before", ""))
        shown = show_log(desk.node, desk.scope, dossier_of(dossier), dossier_of(day) if day else None, category=category, before=before)
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal
    venues = {id: called(names, desk.language) for id, names in shown["venues"].items()}
    lines = sorted((one | {"where": venues.get(one["venue"])} for one in shown["lines"]), key=lambda one: -one["at"])
    context = {
        **around(shown["event"], desk, "event_log"),
        "days": shown["days"],
        "day": shown["day"],
        "lines": lines,
        "more": shown["more"],
        "next_day": _next_day(shown, desk),
    }
    return render(request, "events/log.html", context | {"category": category})


def incidents(request: HttpRequest, dossier: str) -> HttpResponse:
    """The incidents, open ones by clock."""
    desk = desk_of(request)
    shown = found(lambda: list_incidents(desk.node, desk.scope, dossier_of(dossier)))
    venues = {id: called(names, desk.language) for id, names in shown["venues"].items()}
    for one in (*shown["open"], *shown["over"]):
        one["where"] = venues.get(one["venue"])
    return render(
        request, "events/incidents.html", {**around(shown["event"], desk, "event_incidents"), "open": shown["open"], "over": shown["over"]}
    )


def _next_day(shown: Plain, desk: Desk) -> int:
    """The midnight of the first day from today on that is not opened yet; 0 where all are."""
    opened, now = {one["day"] for one in shown["days"]}, desk.node.clock.now()
    return next((day for day, after in days_of(shown["event"], zone_of(shown["event"]["zone"])) if day not in opened and after > now), 0)


def _board(desk: Desk, dossier: str, *, record: bool) -> Plain:
    shown = found(lambda: show_board(desk.node, desk.scope, dossier_of(dossier), record=record))
    venues = {one["id"]: called(one["names"], desk.language) for one in shown["venues"]}
    for one in (*shown["incidents"], *shown["lines"]):
        one["where"] = venues.get(one["venue"])
    walled = [line | {"where": one["where"]} for one in shown["incidents"] if (line := wall_line(one)) is not None]
    forces = shown["forces"]
    return {
        **around(shown["event"], desk, "event_board"),
        **{name: shown[name] for name in ("incidents", "closed", "level", "level_at", "lines", "shifts", "handovers", "day", "requests")},
        "briefing": shown["briefing"],
        "overdue": sum(1 for one in shown["requests"] if one["overdue"]),
        "walled": walled[:4],
        "walled_count": len(walled),
        "forces": forces,
        "deployed": sum(one["deployed"] for one in forces),
        "plan": _plan(shown, venues, desk),
        "by_urgency": sorted(Counter(one["urgency_cap"] for one in shown["incidents"]).items()),
    }


def _plan(shown: Plain, venues: Plain, desk: Desk) -> Plain:
    """The day's sessions as a drawing: a row for each venue, time from left to right, or from right to left in Arabic."""
    day = shown["day"]["day"] if shown["day"] else 0
    rtl = desk.language == "ar"
    rows = []
    held = [one for one in shown["sessions"] if one["venue"] in venues]
    for number, venue in enumerate(list(dict.fromkeys(one["venue"] for one in held))[:4]):
        boxes = [_box(one, day, number, shown["now"], desk, rtl=rtl) for one in held if one["venue"] == venue]
        level = next((one["level"] for one in held if one["venue"] == venue and one["level"]), "")
        rows.append({"called": venues[venue], "y": 54 + number * ROW, "under": 81 + number * ROW, "level": level, "boxes": boxes})
    now = (shown["now"] - day) / HOUR
    return {
        "rows": rows,
        "height": 30 + ROW * max(len(rows), 1),
        "hours": [{"x": _x(hour, rtl=rtl), "hour": hour} for hour in range(8, 25, 2)],
        "now": _x(now, rtl=rtl) if FIRST <= now <= LAST else None,
        "names_x": WIDE if rtl else 0,
        "anchor": "end" if rtl else "start",
    }


def _x(hour: float, *, rtl: bool) -> int:
    place = LEFT + (min(max(hour, FIRST), LAST) - FIRST) / (LAST - FIRST) * (WIDE - LEFT - 20)
    return round(WIDE - place if rtl else place)


def _box(one: Plain, day: int, number: int, now: int, desk: Desk, *, rtl: bool) -> Plain:
    first, last = (_x((one[name] - day) / HOUR, rtl=rtl) for name in ("starts", "ends"))
    return {
        "x": min(first, last),
        "width": max(abs(last - first), 24),
        "y": 36 + number * ROW,
        "called": called(one["names"], desk.language),
        "current": one["starts"] <= now < one["ends"],
    }


def _key(text: str) -> tuple[int, EntryId] | None:
    """The key from which a page goes on. Raises Refusal `bad_id`."""
    effective, _, entry = text.partition("-")
    if not effective.isdecimal() or len(effective) > 19:
        return None
    return int(effective), EntryId(parse_hex(entry, what="before"))
