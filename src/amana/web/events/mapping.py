# SPDX-License-Identifier: EUPL-1.2
"""The map of an event: venues, open incidents and deployed reinforcements in their true places, and nothing else.

It is drawn here, from coordinates alone: no network is asked for anything, and since no coast and no border is on it, it
takes no side. Venues that lie together share a panel with its own scale; a list beside says the same in words.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.queries.centre import show_board
from amana.node.queries.events import show_event
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import desk_of
from amana.web.events.views import around, called

Plain = dict[str, Any]
SIDE, EDGE = 560, 46  # of a panel
TOGETHER_KM = 60.0  # venues nearer than this share a panel
KM_OF_A_DEGREE = 111.32  # at the equator, as spheres are reckoned
SCALES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)  # km that a bar may stand for


def event_map(request: HttpRequest, dossier: str) -> HttpResponse:
    """The panels and the list; that it was looked at is recorded."""
    desk = desk_of(request)
    try:
        shown = show_event(desk.node, desk.scope, dossier_of(dossier), record=False)
        board = show_board(desk.node, desk.scope, dossier_of(dossier))
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal
    day = board["day"]["day"] if board["day"] else 0
    risk = {one["venue"]: one["level"] for one in shown["risks"] if one["day"] == day}
    incidents = Counter(one["venue"] for one in board["incidents"])
    venues = [
        one
        | {
            "called": called(one["names"], desk.language),
            "km": place_of(one["latitude"], one["longitude"]),
            "level": risk.get(one["id"], ""),
            "incidents": incidents[one["id"]],
            "sessions": sum(1 for each in board["sessions"] if each["venue"] == one["id"]),
        }
        for one in shown["venues"]
    ]
    panels = [panel_of(group) for group in clusters(venues)]
    context = {**around(shown, desk, "event_map"), "panels": panels, "elsewhere": incidents[""], "deployed": board["forces"]}
    return render(request, "events/map.html", context)


def place_of(latitude: int, longitude: int) -> tuple[float, float]:
    """Kilometres east and north of the meridian and the equator, true around that latitude."""
    north = latitude / 100_000
    return longitude / 100_000 * KM_OF_A_DEGREE * math.cos(math.radians(north)), north * KM_OF_A_DEGREE


def clusters(venues: list[Plain]) -> list[list[Plain]]:
    """The venues in groups that lie together, the largest first."""
    groups: list[list[Plain]] = []
    for venue in venues:
        near = [group for group in groups if any(math.dist(venue["km"], other["km"]) < TOGETHER_KM for other in group)]
        joined = [venue, *(other for group in near for other in group)]
        groups = [group for group in groups if group not in near] + [joined]
    return sorted(groups, key=lambda group: (-len(group), group[0]["id"]))


def panel_of(group: list[Plain]) -> Plain:
    """The drawing of a group: each venue with its place in pixels, a number, and a bar for the scale."""
    group = sorted(group, key=lambda one: (-one["km"][1], one["km"][0]))
    west, east = min(one["km"][0] for one in group), max(one["km"][0] for one in group)
    south, north = min(one["km"][1] for one in group), max(one["km"][1] for one in group)
    extent = max(east - west, north - south, 0.5)
    unit = (SIDE - 2 * EDGE) / extent  # pixels for a kilometre
    left = EDGE + ((SIDE - 2 * EDGE) - (east - west) * unit) / 2
    top = EDGE + ((SIDE - 2 * EDGE) - (north - south) * unit) / 2
    points = [
        one | {"number": number, "x": round(left + (one["km"][0] - west) * unit), "y": round(top + (north - one["km"][1]) * unit)}
        for number, one in enumerate(group, 1)
    ]
    scale = max((km for km in SCALES if km * unit <= SIDE / 3), default=SCALES[0])
    return {"points": points, "scale": f"{scale:g}", "bar": round(scale * unit), "side": SIDE, "foot": SIDE - 14}
