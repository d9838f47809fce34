# SPDX-License-Identifier: EUPL-1.2
"""The addresses of agreements. The forms stand under `write/` like all forms, before the general one in the list."""

from __future__ import annotations

from amana.web.agreements import views, writing
from amana.web.doors import SUPERVISORS, Page

BOTH = ("GET", "POST")

PAGES = (
    Page(name="agreements", route="agreements/", view=views.agreements),
    Page(name="agreement", route="agreements/<str:dossier>/", view=views.agreement, about="agreement"),
    Page(
        name="agreement_act", route="agreements/<str:dossier>/act/", view=views.say, roles=SUPERVISORS, methods=("POST",), about="agreement"
    ),
    Page(name="propose_agreement", route="write/agreement/propose/", view=writing.propose, methods=BOTH),
    Page(name="keep_text", route="write/agreement/keep/", view=writing.keep_text, methods=("POST",)),
    Page(name="amend_agreement", route="write/agreement/amend/", view=writing.amend, methods=BOTH),
)
