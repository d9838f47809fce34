# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the registers, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import Page
from amana.web.registers import saved, views

PAGES = (
    Page(name="incoming", route="incoming/", view=views.incoming),
    Page(name="outgoing", route="outgoing/", view=views.outgoing),
    Page(name="dossiers", route="dossiers/", view=views.dossiers),
    Page(name="register_export", route="registers/<slug:register>/export/", view=views.register_export, methods=("GET", "POST")),
    Page(name="save_view", route="views/", view=saved.save_view, methods=("POST",)),
    Page(name="drop_view", route="views/<int:view>/drop/", view=saved.drop_view, methods=("POST",), about="view"),
)
