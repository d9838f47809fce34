# SPDX-License-Identifier: EUPL-1.2
"""The addresses of expertise, missions and good practice, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import Page
from amana.web.experts import missions, views

PAGES = (
    Page(name="expertise", route="expertise/", view=views.expertise),
    Page(name="missions", route="missions/", view=missions.missions),
    Page(name="mission", route="missions/<str:dossier>/", view=missions.mission, about="mission"),
    Page(name="print_mission", route="missions/<str:dossier>/paper/<slug:language>.pdf", view=missions.print_mission, about="mission"),
    Page(name="practices", route="practices/", view=views.practices),
    Page(name="practice", route="practices/<str:dossier>/", view=views.practice, about="practice"),
)
