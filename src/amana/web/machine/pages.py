# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the state of the node, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import ADMINISTRATORS, Page
from amana.web.machine import views

PAGES = (
    Page(name="health", route="node/", view=views.health, roles=ADMINISTRATORS),
    Page(name="health_fragment", route="node/state/", view=views.health_fragment, renews=True, roles=ADMINISTRATORS),
)
