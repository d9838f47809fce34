# SPDX-License-Identifier: EUPL-1.2
"""The report of an operation as a PDF, in any of the three languages: whole from what the node holds, by the counting rule."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from amana.node.queries.operation_action import show_action
from amana.node.queries.operation_work import show_exhibits, show_results, show_tasks
from amana.node.queries.operations import show_operation, show_plan
from amana.node.queries.printing import record_print
from amana.web.desk_acts.answering import dossier_of, found
from amana.web.doors import desk_of
from amana.web.dossiers.loading import load_dossier
from amana.web.events.drafting import LANGUAGES
from amana.web.papers import PDF, download, file_named, paper_of
from amana.web.printing import require_printable
from amana.web.printing.operation import Operation, operation_pdf
from amana.web.printing.permission import marking_on

Plain = dict[str, Any]


def print_operation(request: HttpRequest, dossier: str, language: str) -> HttpResponse:
    """The report; that it was printed is recorded. Raises Http404 for another language."""
    if language not in LANGUAGES:
        raise Http404
    desk = desk_of(request)
    id = dossier_of(dossier)
    whole, _ = load_dossier(desk, id, record=False)
    paper = paper_of(desk, language)
    require_printable(whole, now=paper.made_at)
    node, scope = desk.node, desk.scope
    shown = found(lambda: show_operation(node, scope, id, record=False))
    plan = found(lambda: show_plan(node, scope, id, record=False))
    tasks = found(lambda: show_tasks(node, scope, id, record=False))
    action = found(lambda: show_action(node, scope, id, record=False))
    exhibits = found(lambda: show_exhibits(node, scope, id, record=False))
    results = found(lambda: show_results(node, scope, id, record=False))
    record_print(node, scope, id, count=len(whole["entries"]))
    printed = Operation(
        shown=shown,
        plan=plan,
        tasks=tasks["tasks"],
        decisions=action["decisions"],
        tallies=action["tallies"],
        agencies=action["agencies"],
        exhibits=exhibits["exhibits"],
        figures=results["figures"],
        evaluations=results["evaluations"],
        marking=marking_on(whole["entries"]),
    )
    return download(operation_pdf(printed, paper), PDF, file_named(f"{shown['reference']}-{language}", ".pdf"))
