# SPDX-License-Identifier: EUPL-1.2
"""The addresses of major events, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import Page
from amana.web.events import centre, evaluating, forces, mapping, quick, reports, rota, setup, views

PAGES = (
    Page(name="events", route="events/", view=views.events),
    Page(name="event", route="events/<str:dossier>/", view=views.event, about="event"),
    Page(name="event_risk", route="events/<str:dossier>/risk/", view=views.risk, about="event"),
    Page(name="event_setup", route="events/<str:dossier>/setup/", view=setup.setup, methods=("GET", "POST"), about="event"),
    Page(name="event_board", route="events/<str:dossier>/board/", view=centre.board, about="event"),
    Page(name="event_board_parts", route="events/<str:dossier>/board/parts/", view=centre.board_parts, renews=True, about="event"),
    Page(name="event_wall", route="events/<str:dossier>/wall/", view=centre.wall, about="event"),
    Page(name="event_log", route="events/<str:dossier>/log/", view=centre.log, about="event"),
    Page(name="event_incidents", route="events/<str:dossier>/incidents/", view=centre.incidents, about="event"),
    Page(name="event_map", route="events/<str:dossier>/map/", view=mapping.event_map, about="event"),
    Page(name="event_rota", route="events/<str:dossier>/rota/", view=rota.rota, about="event"),
    Page(name="event_quick", route="events/<str:dossier>/report/", view=quick.quick_report, methods=("GET", "POST"), about="event"),
    Page(
        name="event_evaluation",
        route="events/<str:dossier>/evaluation/",
        view=evaluating.evaluation,
        methods=("GET", "POST"),
        about="event",
    ),
    Page(name="event_forces", route="events/<str:dossier>/forces/", view=forces.forces, about="event"),
    Page(name="print_sheet", route="sheets/<str:dossier>/<slug:offer>/<slug:language>.pdf", view=forces.print_sheet, about="need"),
    Page(name="event_reports", route="events/<str:dossier>/reports/", view=reports.reports, about="event"),
    Page(
        name="event_new_report", route="events/<str:dossier>/reports/new/", view=reports.new_report, methods=("GET", "POST"), about="event"
    ),
    Page(name="event_figure", route="events/<str:dossier>/figures/<str:code>/", view=reports.figure, about="event"),
    Page(name="event_report", route="reports/<str:dossier>/", view=reports.report, about="report"),
    Page(name="print_report", route="reports/<str:dossier>/<slug:language>.pdf", view=reports.print_report, about="report"),
)
