# SPDX-License-Identifier: EUPL-1.2
"""Making a pack of a case: for whom, what would go and what would stay and why, then the file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.node.access import require_dossier
from amana.node.packs.making import make_pack, preview_pack
from amana.node.partners import load_partners
from amana.node.queries.rows import show_row
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.desk_acts.answering import dossier_of, found, require_present
from amana.web.doors import Desk, desk_of
from amana.web.papers import download, file_named

Plain = dict[str, Any]
PACK_TYPE = "application/octet-stream"


def make(request: HttpRequest, dossier: str) -> HttpResponse:
    """The choice with what it means; sent, the pack's file. Nothing of a case that this person may not see: 404."""
    desk = desk_of(request)
    case = dossier_of(dossier)
    line = _line(desk, case)
    given = request.POST if request.method == "POST" else request.GET
    to, persons = given.get("to", ""), given.get("persons") == "yes"
    refusal: Plain | None = None
    preview: Plain | None = None
    try:
        if request.method == "POST":
            made = make_pack(desk.node, desk.scope, case, to=to, persons=persons)
            return download(made.content, PACK_TYPE, file_named(line["reference"], ".amana-pack"))
        preview = preview_pack(desk.node, desk.scope, case, to=to, persons=persons)
    except Refusal as refused:
        require_present(refused)
        refusal = {"code": str(refused.code), "facts": dict(refused.facts)}
    context = {
        "line": line,
        "exercise": line["exercise"],
        "receivers": [partner.code for partner in desk.node.journal.read(load_partners) if partner.confirmed],
        "to": to,
        "persons": persons,
        "preview": preview,
        "refusal": refusal,
        "back": reverse("event" if line["kind"] == "major_event" else "dossier", kwargs={"dossier": dossier}),
    }
    return render(request, "packs/make.html", context, status=400 if refusal and request.method == "POST" else 200)


def _line(desk: Desk, case: DossierId) -> Plain:
    """The case as a line. Raises Http404."""

    def ask(reading: Any) -> Plain:
        row = require_dossier(reading, desk.scope, case)
        return show_row(reading, row, desk.node.clock.now(), own=desk.node.code, account=desk.account)

    return found(lambda: desk.node.journal.read(ask))
