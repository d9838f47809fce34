# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the briefing file. Its paper is in `prints`."""

from __future__ import annotations

from amana.web.briefing import prints, views
from amana.web.doors import Page

BOTH = ("GET", "POST")
ROUTE = "meetings/<str:dossier>/briefing/"

PAGES = (
    Page(name="briefing", route=ROUTE, view=views.briefing, methods=BOTH, about="meeting"),
    Page(name="print_briefing", route=f"{ROUTE}print/", view=prints.print_briefing, methods=BOTH, about="meeting"),
)
