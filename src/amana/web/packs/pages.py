# SPDX-License-Identifier: EUPL-1.2
"""The addresses of packs, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import SUPERVISORS, Page
from amana.web.packs import making, reading

PAGES = (
    Page(name="packs", route="packs/", view=reading.packs, methods=("GET", "POST")),
    Page(name="pack", route="packs/<str:pack>/", view=reading.pack, about="pack"),
    Page(name="pack_dossier", route="packs/<str:pack>/<str:dossier>/", view=reading.pack_dossier, about="pack"),
    Page(name="pack_remove", route="remove-pack/<str:pack>/", view=reading.remove, roles=SUPERVISORS, methods=("POST",), about="pack"),
    Page(
        name="pack_make",
        route="dossiers/<str:dossier>/pack/",
        view=making.make,
        roles=SUPERVISORS,
        methods=("GET", "POST"),
        about="dossier",
    ),
)
