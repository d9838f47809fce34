# SPDX-License-Identifier: EUPL-1.2
"""The list of visits and sessions, the page of one, and its part that renews itself."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.access import Role
from amana.node.queries.meetings import list_meetings, show_meeting
from amana.node.queries.offering import actions_for
from amana.phrases import day
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.html import direction
from amana.web.meetings.showing import Seen, carried_of, decisions_of, free_actions, programme_days, sessions_of, weekday

Plain = dict[str, Any]
MARK_DIGITS = 24
MOVING = ("now", "new", "changed_at")  # of what is shown, that alone makes no other page


def meetings(request: HttpRequest) -> HttpResponse:
    """Every visit and session, those to come first."""
    desk = desk_of(request)
    shown = list_meetings(desk.node, desk.scope)
    for line in shown["meetings"]:
        line["language"] = line["title_language"] or desk.language
        line["weekday"] = weekday(line["starts"], desk.zone)
        line["ours"] = desk.node.code in line["turn"]
        line["guests"] = [code for code in line["partners"] if code != line["host"]]
    groups = [
        {"name": name, "lines": [one for one in shown["meetings"] if one["when"] == name]} for name in ("coming", "held", "called_off")
    ]
    return render(request, "meetings/meetings.html", {"groups": [group for group in groups if group["lines"]]})


def meeting(request: HttpRequest, dossier: str) -> HttpResponse:
    """One meeting whole; that it was looked at is recorded."""
    return shown_page(request, desk_of(request), dossier)


def meeting_parts(request: HttpRequest, dossier: str) -> HttpResponse:
    """What of the page changes by itself, where it has changed; nobody looked again, so nothing is recorded."""
    desk = desk_of(request)
    shown = load_meeting(desk, dossier_of(dossier), record=False)
    context = page_context(desk, shown)
    if request.GET.get("mark") == context["mark"]:
        return HttpResponse(status=204)
    return render(request, "meetings/renewed.html", context)


def shown_page(request: HttpRequest, desk: Desk, dossier: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page; with the reason where a rule refused an act."""
    shown = load_meeting(desk, dossier_of(dossier), record=request.method == "GET")
    context = page_context(desk, shown)
    context["refusal"] = {"code": str(refusal.code), "facts": dict(refusal.facts)} if refusal is not None else None
    return render(request, "meetings/meeting.html", context, status=409 if refusal is not None else 200)


def load_meeting(desk: Desk, dossier: DossierId, *, record: bool) -> Plain:
    """The meeting. Raises Http404 for what is forbidden, absent or none."""
    try:
        return show_meeting(desk.node, desk.scope, dossier, record=record)
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal


def page_context(desk: Desk, shown: Plain) -> Plain:
    """Everything the templates of the page need."""
    offered = _offered(desk, shown["dossier"])
    seen = Seen(language=desk.language, own=desk.node.code, zone=desk.zone, now=shown["now"], can=offered)
    sessions = sessions_of(seen, shown)
    starts = shown["next_session"]["starts"] if shown["next_session"] else shown["starts"]
    return {
        "meeting": shown,
        "dossier": shown["dossier"],
        "own": desk.node.code,
        "title_dir": direction(shown["title_language"] or desk.language),
        "can": offered,
        "speaks": bool(offered & {"agenda_point", "minutes_point"}),
        "supervisor": desk.scope.role is Role.SUPERVISOR,
        "host": shown["host"] == desk.node.code,
        "until": max(0, starts - shown["now"]) if shown["when"] == "coming" else 0,
        "starts": starts,
        "weekdays": {"starts": weekday(shown["starts"], desk.zone), "ends": weekday(shown["ends"], desk.zone)},
        "next_weekday": weekday(starts, desk.zone),
        "one_day": _day(desk, shown["starts"]) == _day(desk, shown["ends"]),
        "days": programme_days(shown["programme"], desk.zone),
        "delegations": shown["delegations"],
        "sessions": sessions,
        "decisions": decisions_of(seen, shown),
        "actions": free_actions(seen, shown),
        "unplaced": [] if shown["carried_session"] else carried_of(seen, shown),
        "unanswered": sum(len(one["open_agenda"]) + len(one["open_points"]) for one in sessions),
        "to_approve": [one for one in sessions if one["ours_missing"] and any(each["state"] == "approved" for each in one["parties"])],
        "owed": sum(1 for one in (*shown["decisions"], *shown["actions"]) if one["owner"] == desk.node.code and one["open"]),
        "mark": _mark(shown, offered),
        "token": lambda: secrets.token_urlsafe(16),
        "refusal": None,
    }


def _offered(desk: Desk, dossier: str) -> frozenset[str]:
    """The types of words that the rules would take from this person now."""
    offered = actions_for(desk.node, desk.scope, dossier_of(dossier))
    return frozenset(one["type"] for one in [*offered["primary"], *offered["secondary"]])


def _mark(shown: Plain, offered: frozenset[str]) -> str:
    """A mark of everything shown: the same mark, the same page."""
    kept = {name: value for name, value in shown.items() if name not in MOVING}
    return hashlib.sha256(msgspec.json.encode([kept, sorted(offered)])).hexdigest()[:MARK_DIGITS]


def _day(desk: Desk, at: int) -> str:
    return str(day(desk.language, at, desk.zone))
