# SPDX-License-Identifier: EUPL-1.2
"""The addresses of one dossier; short acts that lists open as well are in `desk_acts`."""

from __future__ import annotations

from amana.web.doors import Page
from amana.web.dossiers import acting, files, prints, views

ATTACHED = "dossiers/<str:dossier>/entries/<str:entry>/files/<int:place>/"

PAGES = (
    Page(name="dossier", route="dossiers/<str:dossier>/", view=views.dossier, about="dossier"),
    Page(name="dossier_thread", route="dossiers/<str:dossier>/thread/", view=views.dossier_thread, renews=True, about="dossier"),
    Page(name="verify", route="dossiers/<str:dossier>/verify/", view=views.verify, methods=("GET", "POST"), about="dossier"),
    Page(name="acknowledge", route="dossiers/<str:dossier>/acknowledge/", view=acting.acknowledge, methods=("POST",), about="dossier"),
    Page(name="print_dossier", route="dossiers/<str:dossier>/print/", view=prints.print_dossier, about="dossier"),
    Page(name="print_letter", route="dossiers/<str:dossier>/entries/<str:entry>/print/", view=prints.print_letter, about="entry"),
    Page(name="attachment", route=ATTACHED, view=files.attachment, about="entry"),
    Page(name="attachment_preview", route=f"{ATTACHED}preview/", view=files.attachment_preview, about="entry"),
    Page(name="attachment_page", route=f"{ATTACHED}pages/<int:page>/", view=files.attachment_page, about="entry"),
)
