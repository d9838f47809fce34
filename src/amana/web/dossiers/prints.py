# SPDX-License-Identifier: EUPL-1.2
"""A dossier, or one entry as a letter, as PDF; what its marking forbids is said in words, kept, and nothing is printed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from amana.node.partners import load_partners
from amana.node.queries.printing import record_print
from amana.phrases import Words, label
from amana.protocol.card import Names
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.desk_acts.answering import dossier_of
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.loading import load_dossier
from amana.web.dossiers.refusing import keep_refused_print
from amana.web.dossiers.views import shown_page
from amana.web.units import unit_name

PDF = "application/pdf"


def print_dossier(request: HttpRequest, dossier: str) -> HttpResponse:
    """The dossier whole."""
    return _print(request, dossier, "")


def print_letter(request: HttpRequest, dossier: str, entry: str) -> HttpResponse:
    """One entry as a letter."""
    return _print(request, dossier, entry)


def _print(request: HttpRequest, dossier: str, entry: str) -> HttpResponse:
    from amana.web.printing import dossier_pdf, letter_pdf, require_printable

    desk, id = desk_of(request), dossier_of(dossier)
    shown, _ = load_dossier(desk, id, record=False)
    given = _given(desk)
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
    response = HttpResponse(pdf, content_type=PDF)
    name = f"{shown['reference'].replace('/', '-')}{_number(shown, entry)}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _given(desk: Desk) -> dict[str, Any]:
    """What every print is told."""
    names = {partner.code: _names(partner.card.card.names) for partner in desk.node.journal.read(load_partners)}
    comma = "، " if desk.language == "ar" else ", "
    units = [unit_name(desk.language, unit) for unit in sorted(desk.scope.units)]
    return {
        "language": desk.language,
        "zone": desk.zone,
        "names": {**names, desk.node.code: _names(desk.node.card.card.names)},
        "demonstration": desk.here.demonstration,
        "made_at": desk.node.clock.now(),
        "post": Words(comma.join([label(desk.language, "role", desk.scope.role.value), *units])),
    }


def _names(names: Names) -> dict[str, str]:
    return {"ar": names.ar, "fr": names.fr, "en": names.en}


def _number(shown: dict[str, Any], entry: str) -> str:
    number = next((one["number"] for one in shown["entries"] if one["id"] == entry), 0)
    return f"-{number}" if number else ""
