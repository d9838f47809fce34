# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the inbox, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import EVERYONE, Page
from amana.web.inbox import views

PAGES = (
    Page(name="inbox", route="inbox/", view=views.inbox),
    Page(name="inbox_lines", route="inbox/lines/", view=views.inbox_lines, renews=True),
    Page(name="peek", route="dossiers/<str:dossier>/peek/", view=views.peek, about="dossier"),
    Page(name="around", route="around/", view=views.around, renews=True, roles=EVERYONE),
)
