# SPDX-License-Identifier: EUPL-1.2
"""Two calendars: what one meeting has to come, and everything of one officer, at an address that is a secret.

The feed: (1) whatever is wrong with its address is 404, as for what does not exist; (2) the account is asked of the node
each time; (3) a limited number of fetches an hour; (4) a limited number of events, those that end last; (5) nothing is
kept by a cache, and what has not changed is not sent again; (6) at most one fetch an hour is in the log of consultation.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from amana.node.queries.calendar import calendar_of, calendar_of_dossier
from amana.phrases import tell
from amana.protocol.errors import Refusal
from amana.web.calendar.events import CalendarEvent, Method, calendar_bytes, decide_method
from amana.web.calendar.pacing import Pace
from amana.web.calendar.subscribing import claim_recording, require_feed
from amana.web.calendar.wording import Choice, choice_of, event_of
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import desk_of, page_language
from amana.web.here import Here, get_here
from amana.web.models import Account

TYPE = "text/calendar; charset=utf-8"
PRIVATE = "private, no-store"
MOST_EVENTS = 2000
TOO_OFTEN = 429
PACE = Pace()


def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Everything of one officer, for the calendar application that was given the address."""
    here, language = get_here(), page_language()
    try:
        held, scope, account = require_feed(here.opened.node, secret)  # (2)
    except Refusal as refusal:
        raise Http404 from refusal  # (1)
    if seconds := PACE.wait(held.pk, time.monotonic()):
        return _headed(HttpResponse(status=TOO_OFTEN, headers={"Retry-After": str(seconds)}))  # (3)
    now = here.opened.node.clock.now()
    rows = calendar_of(here.opened.node, scope, record=claim_recording(held, now) > 0)  # (6)
    last = sorted(rows, key=_over)[-MOST_EVENTS:]
    events = events_of(request, here, last, choice_of(account.preferences), language)  # (4)
    name = tell(language, "Amana, {agency}", agency=here.opened.node.code)
    return answer(request, written(here, events, language, name, feed=True))


def meeting_calendar(request: HttpRequest, dossier: str) -> HttpResponseBase:
    """What one meeting has to come; `?event=` names one, which then is an invitation. Where there is nothing, the dossier."""
    desk = desk_of(request)
    try:
        rows = calendar_of_dossier(desk.node, desk.scope, dossier_of(dossier))
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal
    if wanted := request.GET.get("event", ""):
        rows = [row for row in rows if row["entry"] == wanted]
    if not rows:
        return HttpResponseRedirect(reverse("dossier", kwargs={"dossier": dossier}))
    account = request.user
    assert isinstance(account, Account)  # noqa: S101 - the door let nobody else in; told to the type checker
    events = events_of(request, desk.here, rows[:MOST_EVENTS], choice_of(account.preferences), desk.language)
    response = answer(request, written(desk.here, events, desk.language, rows[0]["reference"]))
    name = f"{rows[0]['reference'].replace('/', '-')}.ics"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response


def events_of(request: HttpRequest, here: Here, rows: Sequence[dict[str, Any]], choice: Choice, language: str) -> list[CalendarEvent]:
    """The events of rows, in the language of the address."""
    own = here.opened.node.code
    return [
        event_of(
            row,
            language=language,
            own=own,
            choice=choice,
            address=request.build_absolute_uri(reverse("meeting", kwargs={"dossier": row["dossier"]})),
        )
        for row in rows
    ]


def written(here: Here, events: Sequence[CalendarEvent], language: str, name: str, *, feed: bool = False) -> bytes:
    """The calendar's bytes; a feed is always one that is published."""
    method = Method.PUBLISH if feed else decide_method(events)
    now = here.opened.node.clock.now()
    return calendar_bytes(events, language=language, name=name, method=method, zone=here.zone, now=now)


def _over(row: dict[str, Any]) -> int:
    """When it is over."""
    return max(int(row["starts"]), int(row["ends"]))


def answer(request: HttpRequest, calendar: bytes) -> HttpResponseBase:
    """The calendar, or that it has not changed (5)."""
    etag = f'"{hashlib.sha256(calendar).hexdigest()[:32]}"'
    response = HttpResponse(calendar, content_type=TYPE)
    response["ETag"] = etag
    given = get_conditional_response(request, etag=etag, response=_headed(response))
    return response if given is None else given


def _headed(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = PRIVATE
    return response
