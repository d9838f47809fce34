# SPDX-License-Identifier: EUPL-1.2
"""The addresses of partners, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import ADMINISTRATORS, EVERYONE, Page
from amana.web.partners import changing, views

BOTH = ("GET", "POST")

PAGES = (
    Page(name="partners", route="partners/", view=views.partners, roles=EVERYONE),
    Page(name="partner_lines", route="partners/lines/", view=views.lines, renews=True, roles=EVERYONE),
    Page(name="own_card", route="partners/our-card/", view=views.own_card, roles=ADMINISTRATORS),
    Page(name="partner_add", route="partners/add/", view=changing.add, roles=ADMINISTRATORS, methods=BOTH),
    Page(name="partner", route="partners/<str:code>/", view=views.partner, roles=EVERYONE, about="partner"),
    Page(
        name="partner_confirm",
        route="partners/<str:code>/confirm/",
        view=changing.confirm,
        roles=ADMINISTRATORS,
        methods=BOTH,
        about="partner",
    ),
    Page(
        name="partner_status",
        route="partners/<str:code>/status/",
        view=changing.change_status,
        roles=ADMINISTRATORS,
        methods=("POST",),
        about="partner",
    ),
    Page(
        name="partner_introduce",
        route="partners/<str:code>/introduce/",
        view=changing.introduce,
        roles=ADMINISTRATORS,
        methods=("POST",),
        about="partner",
    ),
)
