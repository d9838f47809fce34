# SPDX-License-Identifier: EUPL-1.2
"""The addresses of threat assessments, with the roles that may open them."""

from __future__ import annotations

from amana.web.assessments import acting, prints, views
from amana.web.doors import Page

PAGES = (
    Page(name="assessments", route="assessments/", view=views.assessments),
    Page(name="assessment", route="assessments/<str:dossier>/", view=views.assessment, about="assessment"),
    Page(name="assessment_act", route="assessments/<str:dossier>/act/", view=acting.assessment_act, methods=("POST",), about="assessment"),
    Page(name="print_assessment", route="assessments/<str:dossier>/print/", view=prints.print_assessment, about="assessment"),
)
