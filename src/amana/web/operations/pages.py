# SPDX-License-Identifier: EUPL-1.2
"""The addresses of joint operations, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import Page
from amana.web.operations import acting, action, annexing, evaluating, prints, views, work

PAGES = (
    Page(name="operations", route="operations/", view=views.operations),
    Page(name="operation", route="operations/<str:dossier>/", view=views.operation, about="operation"),
    Page(name="operation_plan", route="operations/<str:dossier>/plan/", view=views.plan, about="operation"),
    Page(name="operation_tasks", route="operations/<str:dossier>/tasks/", view=work.tasks, about="operation"),
    Page(name="operation_action", route="operations/<str:dossier>/action/", view=action.action, methods=("GET", "POST"), about="operation"),
    Page(
        name="operation_action_parts",
        route="operations/<str:dossier>/action/parts/",
        view=action.action_parts,
        renews=True,
        about="operation",
    ),
    Page(name="operation_exhibits", route="operations/<str:dossier>/exhibits/", view=work.exhibits, about="operation"),
    Page(
        name="operation_results",
        route="operations/<str:dossier>/results/",
        view=evaluating.results,
        methods=("GET", "POST"),
        about="operation",
    ),
    Page(name="operation_annex", route="operations/<str:dossier>/annex/", view=annexing.annex, methods=("GET", "POST"), about="operation"),
    Page(name="operation_act", route="operations/<str:dossier>/act/", view=acting.operation_act, methods=("POST",), about="operation"),
    Page(name="print_operation", route="operations/<str:dossier>/<slug:language>.pdf", view=prints.print_operation, about="operation"),
)
