# SPDX-License-Identifier: EUPL-1.2
"""Addresses from which a communiqué is taken away: released texts in three forms, and the draft, which says that it is one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from amana.protocol.errors import Refusal
from amana.web.communiques.editing import Editing
from amana.web.communiques.releasing import FORMS, chosen_languages, copy_response, draft_response, not_public_yet
from amana.web.communiques.views import load_communique, workshop
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import desk_of
from amana.web.dossiers.loading import load_dossier
from amana.web.dossiers.refusing import keep_refused_print
from amana.web.printing import require_printable


def communique_copy(request: HttpRequest, dossier: str, form: str, languages: str) -> HttpResponse:
    """A released text as text, HTML or PDF; before its moment a sentence that says when."""
    desk, id = desk_of(request), dossier_of(dossier)
    if form not in FORMS:
        raise Http404
    shown, _ = load_communique(desk, id, record=False)
    chosen = chosen_languages(shown, languages)
    if why := not_public_yet(desk, shown, chosen):
        return workshop(request, desk, id, Editing(), alert=why, status=409)
    return copy_response(desk, shown, form, chosen)


def communique_draft(request: HttpRequest, dossier: str, languages: str) -> HttpResponse:
    """The draft as it stands, as PDF, where the marking of everything in it lets it be printed; who has it sees on every page
    that it is none to be passed on."""
    desk, id = desk_of(request), dossier_of(dossier)
    shown, _ = load_communique(desk, id, record=False)
    whole, _ = load_dossier(desk, id, record=False)
    try:
        require_printable(whole, now=shown["now"])
    except Refusal as refusal:
        require_present(refusal)
        keep_refused_print(desk, id, refusal, whole, "")
        return workshop(request, desk, id, Editing(), refusal=refusal, status=409)
    return draft_response(desk, shown, chosen_languages(shown, languages))
