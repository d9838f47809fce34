# SPDX-License-Identifier: EUPL-1.2
"""The address of the decisions."""

from __future__ import annotations

from amana.web.decisions.views import decisions
from amana.web.doors import Page

PAGES = (Page(name="decisions", route="decisions/", view=decisions),)
