# SPDX-License-Identifier: EUPL-1.2
"""The quick report from the field: what, where, how urgent, one line; three taps and a thumb.

Every form has a token of its own, so what the device sends again after a loss of network makes one incident. The device
keeps what was typed until it is sent, and forgets it at the sign-out (static/desk/report.js).
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.dossiers.shared.events import CapCertainty, CapSeverity, CapUrgency, IncidentType, ReportSource
from amana.node.actions.act import act
from amana.phrases import label, tell
from amana.protocol.errors import Refusal
from amana.web.doors import Desk, desk_of
from amana.web.events.views import around, called, load_event
from amana.web.told import see_other, tell_done

Plain = dict[str, Any]
TYPES = tuple(each.value for each in IncidentType)
SHOWN = ("abandoned_object", "drone", "crowd_movement", "disorder", "medical", "lost_national", "fire", "other")  # as buttons
URGENCIES = (CapUrgency.IMMEDIATE.value, CapUrgency.EXPECTED.value, CapUrgency.FUTURE.value)
MOST = 2_000


def quick_report(request: HttpRequest, dossier: str) -> HttpResponse:
    """The form; sent, an incident of all parties, routed to the host's desk."""
    desk = desk_of(request)
    shown = load_event(desk, dossier)
    refusal = None
    if request.method == "POST":
        try:
            return _send(request, desk, shown)
        except Refusal as refused:
            if refused.code == "already_sent":
                return see_other(reverse("event_incidents", kwargs={"dossier": dossier}))
            refusal = {"code": str(refused.code), "facts": dict(refused.facts)}
    context = {
        **around(shown, desk, "event_incidents"),
        "types": SHOWN,
        "venues": [one | {"called": called(one["names"], desk.language)} for one in shown["venues"]],
        "urgencies": URGENCIES,
        "given": request.POST,
        "token": request.POST.get("form", "") or secrets.token_urlsafe(16),
        "refusal": refusal,
    }
    return render(request, "events/quick.html", context, status=409 if refusal else 200)


def _send(request: HttpRequest, desk: Desk, shown: Plain) -> HttpResponse:
    given = request.POST
    kind = given.get("type", "") if given.get("type", "") in TYPES else IncidentType.OTHER.value
    urgency = given.get("urgency", "") if given.get("urgency", "") in URGENCIES else CapUrgency.UNKNOWN.value
    text = given.get("text", "")[:MOST].strip()
    at = given.get("at", "")
    coded: Plain = {
        "event": shown["dossier"],
        "at": int(at) if at.isascii() and at.isdecimal() and len(at) < 15 else desk.node.clock.now(),
        "type": kind,
        "urgency": urgency,
        "severity": CapSeverity.UNKNOWN.value,
        "certainty": CapCertainty.OBSERVED.value,
        "desks": [shown["host"]],
        "source": ReportSource.FIELD.value,
    }
    if given.get("venue", "") in {one["id"] for one in shown["venues"]}:
        coded["venue"] = given["venue"]
    title = text.splitlines()[0][:120] if text else str(label(desk.language, "incident_type", kind))
    action = {
        "action": "event_incident.report",
        "title": title,
        "text": text,
        "language": desk.language,
        "form": given.get("form", ""),
        "coded": coded,
    }
    act(desk.node, desk.account, action)
    tell_done(request, tell(desk.language, "The report is sent."))
    return see_other(reverse("event_incidents", kwargs={"dossier": shown["dossier"]}))
