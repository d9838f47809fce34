# SPDX-License-Identifier: EUPL-1.2
"""A dossier, or one entry as a letter, as PDF; what its marking forbids is said in words, kept, and nothing is printed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from amana.node.queries.printing import record_print
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.desk_acts.answering import dossier_of
from amana.web.doors import desk_of
from amana.web.dossiers.loading import load_dossier
from amana.web.dossiers.refusing import keep_refused_print
from amana.web.dossiers.views import shown_page
from amana.web.papers import PDF, download, file_named, given_to_print
from amana.web.printing import dossier_pdf, letter_pdf, require_printable


def print_dossier(request: HttpRequest, dossier: str) -> HttpResponse:
    """The dossier whole."""
    return _print(request, dossier, "")


def print_letter(request: HttpRequest, dossier: str, entry: str) -> HttpResponse:
    """One entry as a letter."""
    return _print(request, dossier, entry)


def _print(request: HttpRequest, dossier: str, entry: str) -> HttpResponse:
    desk, id = desk_of(request), dossier_of(dossier)
    shown, _ = load_dossier(desk, id, record=False)
    given = given_to_print(desk)
    try:
        require_printable(shown, now=given["made_at"], entries={entry} if entry else None)
        record_print(desk.node, desk.scope, id, count=1 if entry else len(shown["entries"]))
        shown["unit"] = desk.here.opened.config.unit_name(desk.language, shown["unit"])
        pdf = letter_pdf(shown, entry, **given) if entry else dossier_pdf(shown, **given)
    except Refusal as refusal:
        if refusal.code == "not_found":
            raise Http404 from refusal
        keep_refused_print(desk, id, refusal, shown, entry)
        return shown_page(request, desk, DossierId(id), refusal)
    return download(pdf, PDF, file_named(shown["reference"], f"{_number(shown, entry)}.pdf"))


def _number(shown: dict[str, Any], entry: str) -> str:
    number = next((one["number"] for one in shown["entries"] if one["id"] == entry), 0)
    return f"-{number}" if number else ""
