# SPDX-License-Identifier: EUPL-1.2
"""The list of events, the page of one with its programme and who takes part, and the matrix of its risks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.access import Role
from amana.node.queries.events import list_events, show_event
from amana.node.queries.offering import actions_for
from amana.web.desk_acts.answering import dossier_of, found
from amana.web.doors import Desk, desk_of

Plain = dict[str, Any]
DAY = 24 * 3_600_000
MOST_DAYS = 60  # columns of the matrix


def events(request: HttpRequest) -> HttpResponse:
    """Every event, those under way first."""
    desk = desk_of(request)
    shown = list_events(desk.node, desk.scope)
    for one in shown["events"]:
        one["called"] = called(one["names"], desk.language)
    groups = [{"name": name, "lines": [one for one in shown["events"] if one["when"] == name]} for name in ("under_way", "coming", "over")]
    context = {"groups": [group for group in groups if group["lines"]], "own": desk.node.code, "zone_name": str(desk.zone or "UTC")}
    return render(request, "events/events.html", context)


def event(request: HttpRequest, dossier: str) -> HttpResponse:
    """One event: its programme by day, its venues, nations, guests and observers; that it was looked at is recorded."""
    desk = desk_of(request)
    shown = load_event(desk, dossier)
    zone = zone_of(shown["zone"])
    venues = {one["id"]: called(one["names"], desk.language) for one in shown["venues"]}
    chosen = request.GET.get("day", "")
    days = list(days_of(shown, zone))
    programme = [
        {"day": day, "sessions": [one | {"where": venues.get(one["venue"])} for one in shown["sessions"] if day <= one["starts"] < after]}
        for day, after in days
    ]
    current = next((one for one in programme if str(one["day"]) == chosen), None) or _now_or_first(programme, shown["now"])
    context = {
        **around(shown, desk, "event"),
        "programme": programme,
        "current": current,
        "venues": [one | {"called": venues[one["id"]]} for one in shown["venues"]],
        "nations": shown["nations"],
        "guests": [one | {"called": called(one["names"], desk.language)} for one in shown["guests"]],
        "guest_codes": [one["code"] for one in shown["guests"]],
        "observers": shown["observers"],
        **offered(desk, shown["dossier"]),
    }
    return render(request, "events/event.html", context)


def risk(request: HttpRequest, dossier: str) -> HttpResponse:
    """Venues by days: how great the risk is held, with a way to say so anew and the reasons."""
    desk = desk_of(request)
    shown = load_event(desk, dossier)
    days = [day for day, _ in days_of(shown, zone_of(shown["zone"]))]
    held = {(one["venue"], one["day"]): one for one in shown["risks"] if not one.get("session")}
    rows = [
        {
            "venue": one,
            "called": called(one["names"], desk.language),
            "cells": [{"day": day, "risk": held.get((one["id"], day))} for day in days],
        }
        for one in shown["venues"]
    ]
    names = {row["venue"]["id"]: row["called"] for row in rows}
    reasons = [one | {"where": names.get(one["venue"])} for one in sorted(shown["risks"], key=lambda each: -each["at"])]
    return render(request, "events/risk.html", {**around(shown, desk, "event_risk"), "days": days, "rows": rows, "reasons": reasons[:40]})


def load_event(desk: Desk, dossier: str) -> Plain:
    """The event. Raises Http404 for what is forbidden, absent or none."""
    return found(lambda: show_event(desk.node, desk.scope, dossier_of(dossier)))


def around(shown: Plain, desk: Desk, section: str) -> Plain:
    """What stands at the head of every page of an event."""
    return {
        "event": shown,
        "called": called(shown["names"], desk.language),
        "exercise": shown["exercise"],
        "zone": zone_of(shown["zone"]),  # an event has one clock: its own
        "section": section,
        "own": desk.node.code,
        "hosted": shown["hosted"],
        "erased_already": shown["erased_on"] <= desk.node.clock.now(),
        "erased_in": max(0, shown["erased_on"] - desk.node.clock.now()) // DAY,
        "supervisor": desk.scope.role is Role.SUPERVISOR,
    }


def offered(desk: Desk, dossier: str) -> Plain:
    """The acts that this person could do now."""
    acts = actions_for(desk.node, desk.scope, dossier_of(dossier))
    return {"primary": acts["primary"], "secondary": acts["secondary"]}


def called(names: Plain, language: str) -> Plain:
    """What something is called in the reader's language: its name there, else as it was written."""
    if names[language] and names["language"] != language:
        return {"words": names[language], "language": language}
    return {"words": names["title"] or names[language], "language": names["language"] or language}


def zone_of(name: str) -> tzinfo:
    """The zone of an event; UTC where this machine does not have it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def days_of(event: Plain, zone: tzinfo) -> Iterator[tuple[int, int]]:
    """Each day of an event as (its midnight, the next one) in its zone, at most sixty."""
    day = datetime.fromtimestamp(event["starts"] / 1000, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(MOST_DAYS):
        after = (day + timedelta(hours=36)).replace(hour=0, tzinfo=zone)
        begins, ends = (int(each.timestamp() * 1000) for each in (day, after))
        if begins > event["ends"]:
            return
        yield begins, ends
        day = after


def _now_or_first(programme: list[Plain], now: int) -> Plain | None:
    """The day that is now; before the event and after it, its first."""
    if not programme:
        return None
    begun = [one for one in programme if one["day"] <= now]
    return begun[-1] if begun and len(begun) < len(programme) else programme[0]
