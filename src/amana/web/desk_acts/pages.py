# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the short acts, with the roles that may open them."""

from __future__ import annotations

from amana.web.desk_acts import views
from amana.web.doors import Page

BOTH = ("GET", "POST")

PAGES = (
    Page(name="assign", route="dossiers/<str:dossier>/assign/", view=views.assign, methods=BOTH, about="dossier"),
    Page(name="note", route="dossiers/<str:dossier>/note/", view=views.note, methods=BOTH, about="dossier"),
    Page(name="remind", route="dossiers/<str:dossier>/remind/", view=views.remind, methods=BOTH, about="dossier"),
)
