# SPDX-License-Identifier: EUPL-1.2
"""The dossier's page, its part that renews itself, and its proof."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from amana.node.access import require_dossier
from amana.node.ports import DossierRow
from amana.node.queries.proof import verify_dossier
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.loading import arrivals_since, load_dossier, mark_of, page_context, reader_of
from amana.web.dossiers.showing import proof_of

PAGE_OF = {  # kinds that have a page of their own; `?thread=1` shows the entries all the same
    "agreement": "agreement",
    "meeting": "meeting",
    "communique": "communique",
    "threat_assessment": "assessment",
    "expertise_mission": "mission",
    "good_practice": "practice",
    "major_event": "event",
    "situation_report": "event_report",
    "joint_operation": "operation",
}
PART_OF = {"action_log": "operation_action", "deconfliction": "operation_annex"}  # shown on a page of the dossier that they belong to


def dossier(request: HttpRequest, dossier: str) -> HttpResponse:
    """One dossier whole; that it was looked at is recorded."""
    desk, id = desk_of(request), dossier_of(dossier)
    row = _row(desk, id)
    if "thread" not in request.GET:
        if (page := PAGE_OF.get(row.kind)) is not None:
            return HttpResponseRedirect(reverse(page, kwargs={"dossier": dossier}))
        if (page := PART_OF.get(row.kind)) is not None and _is_here(desk, row.within):
            return HttpResponseRedirect(reverse(page, kwargs={"dossier": row.within.hex()}))
    return shown_page(request, desk, id)


def shown_page(request: HttpRequest, desk: Desk, id: DossierId, refusal: Refusal | None = None) -> HttpResponse:
    """The page; with the reason where a rule refused an act."""
    shown, offered = load_dossier(desk, id, record=refusal is None)
    context = page_context(desk, shown, offered)
    context["refusal"] = {"code": str(refusal.code), "facts": dict(refusal.facts)} if refusal is not None else None
    return render(request, "dossiers/dossier.html", context, status=409 if refusal is not None else 200)


def dossier_thread(request: HttpRequest, dossier: str) -> HttpResponse:
    """What of the page changes by itself, where it has changed; nobody looked again, so nothing is recorded."""
    desk, id = desk_of(request), dossier_of(dossier)
    shown, offered = load_dossier(desk, id, record=False)
    if request.GET.get("mark") == mark_of(shown, offered, desk.node.clock.now()):
        return HttpResponse(status=204)
    known = request.GET.get("known", "")
    count = int(known) if known.isascii() and known.isdecimal() and len(known) < 10 else shown["entries_placed"]
    context = page_context(desk, shown, offered)
    context["arrivals"] = arrivals_since(reader_of(desk, shown), shown, count)
    return render(request, "dossiers/renewed.html", context)


def verify(request: HttpRequest, dossier: str) -> HttpResponse:
    """The proofs of one dossier: before, what was found last; after the button, every entry."""
    desk, id = desk_of(request), dossier_of(dossier)
    try:
        result = verify_dossier(desk.node, desk.scope, id) if request.method == "POST" else None
    except Refusal as refusal:
        require_present(refusal)
        raise
    shown, offered = load_dossier(desk, id, record=False)
    reader = reader_of(desk, shown)
    context = page_context(desk, shown, offered)
    context["proof"] = proof_of(reader, shown["kind"], result) if result is not None else None
    return render(request, "dossiers/verify.html", context)


def _is_here(desk: Desk, id: DossierId) -> bool:  # bool: where a page leads; that page decides for itself what it shows
    try:
        desk.node.journal.read(lambda reading: require_dossier(reading, desk.scope, id))
    except Refusal:
        return False
    return True


def _row(desk: Desk, id: DossierId) -> DossierRow:
    try:
        return desk.node.journal.read(lambda reading: require_dossier(reading, desk.scope, id))
    except Refusal as refusal:
        require_present(refusal)
        raise
