# SPDX-License-Identifier: EUPL-1.2
"""The addresses of communiqués and of the page that confirms a code."""

from __future__ import annotations

from amana.web.communiques import acting, codes, copies, views
from amana.web.doors import Page

ONE = "communiques/<str:dossier>/"

PAGES = (
    Page(name="communiques", route="communiques/", view=views.communiques),
    Page(name="communique", route=ONE, view=views.communique, about="communique"),
    Page(name="communique_part", route=f"{ONE}part/", view=views.communique_part, renews=True, about="communique"),
    Page(name="communique_act", route=f"{ONE}act/", view=acting.communique_act, methods=("POST",), about="communique"),
    Page(name="communique_compare", route=f"{ONE}compare/", view=views.communique_compare, about="communique"),
    Page(name="communique_draft", route=f"{ONE}draft/<str:languages>/", view=copies.communique_draft, about="communique"),
    Page(name="communique_copy", route=f"{ONE}copy/<str:form>/<str:languages>/", view=copies.communique_copy, about="communique"),
    Page(name="codes", route="codes/", view=codes.codes, methods=("GET", "POST")),
)
