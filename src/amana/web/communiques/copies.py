# SPDX-License-Identifier: EUPL-1.2
"""Addresses from which a communiqué is taken away: released texts in three forms, and the draft, which says that it is one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from amana.web.communiques.editing import Editing
from amana.web.communiques.releasing import FORMS, chosen_languages, copy_response, draft_response, not_public_yet
from amana.web.communiques.views import load_communique, workshop
from amana.web.desk_acts.answering import dossier_of
from amana.web.doors import desk_of


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
    """The draft as it stands, as PDF; who has it sees on every page that it is none to be passed on."""
    desk, id = desk_of(request), dossier_of(dossier)
    shown, _ = load_communique(desk, id, record=False)
    return draft_response(desk, shown, chosen_languages(shown, languages))
