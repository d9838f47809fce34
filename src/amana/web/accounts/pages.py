# SPDX-License-Identifier: EUPL-1.2
"""The addresses of accounts and preferences, with the roles that may open them."""

from __future__ import annotations

from amana.web.accounts import preferences, views
from amana.web.doors import ADMINISTRATORS, EVERYONE, Page

BOTH = ("GET", "POST")

PAGES = (
    Page(name="accounts", route="accounts/", view=views.accounts, roles=ADMINISTRATORS),
    Page(name="account_add", route="new-account/", view=views.add, roles=ADMINISTRATORS, methods=BOTH),
    Page(name="account", route="accounts/<str:account>/", view=views.account, roles=ADMINISTRATORS, methods=BOTH, about="account"),
    Page(
        name="account_invite",
        route="accounts/<str:account>/invite/",
        view=views.invite,
        roles=ADMINISTRATORS,
        methods=("POST",),
        about="account",
    ),
    Page(
        name="account_close",
        route="accounts/<str:account>/close/",
        view=views.close,
        roles=ADMINISTRATORS,
        methods=("POST",),
        about="account",
    ),
    Page(name="preferences", route="preferences/", view=preferences.preferences, roles=EVERYONE, methods=BOTH),
)
