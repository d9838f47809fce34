# SPDX-License-Identifier: EUPL-1.2
"""The address at which everything decided is listed; each decision itself stands on its meeting’s page."""

from __future__ import annotations

from amana.web.decisions.views import decisions
from amana.web.doors import Page

PAGES = (Page(name="decisions", route="decisions/", view=decisions),)
