# SPDX-License-Identifier: EUPL-1.2
"""The page of decisions: figures at its head, filters, then each decision as a line of the register with its last word.

A filter's value that is not offered is left out, so an address cannot ask for what the page does not show.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amana.dossiers.meeting.vocabulary import ProgressState
from amana.node.queries.decisions import ORDERS, OVERDUE, Asked, list_decisions
from amana.phrases import Words, label, tell
from amana.web.doors import Desk, desk_of
from amana.web.html import direction, html
from amana.web.inbox.hours import day_start
from amana.web.inbox.passes import held_pass, make_pass

Plain = dict[str, Any]
STATES = (*(state.value for state in ProgressState), OVERDUE)
DATES = ("since", "until")
CHOSEN = ("state", "area", "owner", "partner", "meeting")


def decisions(request: HttpRequest) -> HttpResponse:
    """Everything decided, narrowed."""
    desk = desk_of(request)
    given = {name: request.GET[name] for name in (*CHOSEN, *DATES, "order") if request.GET.get(name)}
    again = held_pass(desk, "decisions", request.GET.get("again", ""))
    shown = list_decisions(desk.node, desk.scope, _asked(desk, given), record=not again)
    for one in shown["decisions"]:
        _draw(desk, one)
    query = urlencode({name: value for name, value in given.items() if name != "order"})
    context = {
        "decisions": shown["decisions"],
        "counts": [{"state": state, "count": shown["counts"].get(state, 0)} for state in STATES],
        "total": shown["counts"]["all"],
        "in_time": shown["counts"]["in_time"],
        "done": shown["counts"].get("done", 0),
        "fields": _fields(desk, shown, given),
        "dates": [{"name": name, "label": words, "value": given.get(name, "")} for name, words in _date_names(desk.language).items()],
        "chosen": bool(query),
        "states": [{"state": state, "address": "?" + urlencode({**given, "state": state})} for state in ("", *STATES)],
        "state": given.get("state", ""),
        "order": given.get("order", "due"),
        "here": "?" + urlencode({**given, "again": again or make_pass(desk, "decisions")}),
    }
    return render(request, "decisions/lines.html" if again else "decisions/decisions.html", context)


def _asked(desk: Desk, given: Mapping[str, str]) -> Asked:
    state, order = given.get("state", ""), given.get("order", "")
    return Asked(
        area=given.get("area", ""),
        owner=given.get("owner", ""),
        state=state if state in STATES else "",
        partner=given.get("partner", ""),
        meeting=given.get("meeting", ""),
        since=day_start(given.get("since", ""), desk.zone),
        until=day_start(given.get("until", ""), desk.zone, after=1),
        order=order if order in ORDERS else "due",
    )


def _draw(desk: Desk, one: Plain) -> None:
    """Directions, and whose it is."""
    one["ours"] = one["owner"] == desk.node.code
    for words in (one, *one["translations"], *([one["last"]] if one["last"] else [])):
        words["dir"] = direction(words["language"] or desk.language)


def _fields(desk: Desk, shown: Plain, given: Mapping[str, str]) -> list[Plain]:
    """The filters that are chosen from lists; only what occurs is offered."""
    language = desk.language
    partners = sorted({party for one in shown["decisions"] for party in one["parties"]} - {desk.node.code})
    meetings = [(one["meeting"], Words(one["meeting_title"] or one["reference"])) for one in shown["meetings"]]
    offered: dict[str, tuple[Words, list[tuple[str, Any]]]] = {
        "area": (tell(language, "Area"), [(area, html(label(language, "area", area))) for area in shown["areas"]]),
        "owner": (tell(language, "Carried out by"), [(owner, Words(owner)) for owner in shown["owners"]]),
        "partner": (tell(language, "Partner"), [(partner, Words(partner)) for partner in partners]),
        "meeting": (tell(language, "Meeting"), [(id, html(words)) for id, words in meetings]),
    }
    return [
        {
            "name": name,
            "label": words,
            "choices": [{"value": value, "words": shown_as, "chosen": value == given.get(name)} for value, shown_as in choices],
        }
        for name, (words, choices) in offered.items()
    ]


def _date_names(language: str) -> dict[str, Words]:
    return {"since": tell(language, "Decided from"), "until": tell(language, "Decided until")}
