# SPDX-License-Identifier: EUPL-1.2
"""The address of the search, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import Page
from amana.web.searching.views import search

PAGES = (Page(name="search", route="search/", view=search),)
