# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the inbox, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import Page
from amana.web.inbox.views import inbox

PAGES = (Page(name="inbox", route="inbox/", view=inbox),)
