# SPDX-License-Identifier: EUPL-1.2
"""The addresses of calendars. A feed's is open to whoever holds its secret: a calendar application has no session."""

from __future__ import annotations

from amana.web.calendar import views
from amana.web.doors import ANYBODY, Page

PAGES = (
    Page(name="meeting_calendar", route="meetings/<str:dossier>/calendar.ics", view=views.meeting_calendar, about="dossier"),
    Page(name="calendar_feed", route="calendar/<str:secret>.ics", view=views.feed, roles=ANYBODY),
)
