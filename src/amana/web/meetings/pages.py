# SPDX-License-Identifier: EUPL-1.2
"""The addresses of visits and sessions. A meeting's calendar is in `calendar`, its form to convene in `writing`."""

from __future__ import annotations

from amana.web.doors import Page
from amana.web.meetings import acting, prints, views

PAGES = (
    Page(name="meetings", route="meetings/", view=views.meetings),
    Page(name="meeting", route="meetings/<str:dossier>/", view=views.meeting, about="meeting"),
    Page(name="meeting_parts", route="meetings/<str:dossier>/parts/", view=views.meeting_parts, renews=True, about="meeting"),
    Page(
        name="meeting_act",
        route="meetings/<str:dossier>/act/<slug:type>/",
        view=acting.meeting_act,
        methods=("GET", "POST"),
        about="meeting",
    ),
    Page(name="print_minutes", route="meetings/<str:dossier>/minutes/<str:entry>/print/", view=prints.print_minutes, about="meeting"),
)
