# SPDX-License-Identifier: EUPL-1.2
"""The addresses of expertise, missions and good practice, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import Page
from amana.web.experts import views

PAGES = (
    Page(name="expertise", route="expertise/", view=views.expertise),
    Page(name="mission", route="missions/<str:dossier>/", view=views.mission, about="mission"),
    Page(name="practices", route="practices/", view=views.practices),
    Page(name="practice", route="practices/<str:dossier>/", view=views.practice, about="practice"),
)
