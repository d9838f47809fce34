# SPDX-License-Identifier: EUPL-1.2
"""Where an act leads: back to the page it was opened from, or to the form again with what was typed and the reason.

With htmx the form is a dialog's content; without it, a page of its own. Both are made of the same template part.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from amana.node.actions.form import parse_hex
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.doors import page_language
from amana.web.html import direction
from amana.web.told import see_other

ABSENT = frozenset({"not_found", "bad_id", "unknown_officer"})
LANGUAGES = ("ar", "fr", "en")
T = TypeVar("T")


def dossier_of(text: str) -> DossierId:
    """The dossier that an address names. Raises Http404."""
    try:
        return DossierId(parse_hex(text, what="dossier"))
    except Refusal as refusal:
        raise Http404 from refusal


def require_present(refusal: Refusal) -> None:
    """What may not be seen is not there. Raises Http404."""
    if refusal.code in ABSENT:
        raise Http404 from refusal


def found(ask: Callable[[], T]) -> T:
    """What a query gives. Raises Http404 where it refuses: what is forbidden, absent or of another kind looks alike."""
    try:
        return ask()
    except Refusal as refusal:
        raise Http404 from refusal


def back_to(request: HttpRequest, dossier: str) -> str:
    """Where the act was opened from: an address of this node, else the dossier."""
    given = request.POST.get("next", "") or request.GET.get("next", "")
    if not given and request.headers.get("HX-Current-URL"):
        given = "/" + request.headers["HX-Current-URL"].partition("://")[2].partition("/")[2]
    if url_has_allowed_host_and_scheme(given, allowed_hosts=None) and given.startswith("/"):
        return given
    return reverse("dossier", kwargs={"dossier": dossier})


def done(request: HttpRequest, address: str) -> HttpResponse:
    """Go there; a dialog asks its page to. A place on the page that is shown already would only be scrolled to: it is loaded anew."""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        path, _, place = address.partition("#")
        if place and urlsplit(request.headers.get("HX-Current-URL", "")).path == path:
            response["HX-Refresh"] = "true"
        return response
    return see_other(address)


def form(request: HttpRequest, part: str, shown: dict[str, Any], refusal: Refusal | None = None) -> HttpResponse:
    """The form as a dialog's content or as a page; with the reason where a rule refused."""
    language = page_language()
    held = shown | {
        "part": f"parts/{part}_dialog.html",
        "refusal": {"code": str(refusal.code), "facts": dict(refusal.facts)} if refusal is not None else None,
        "writing": [{"code": code, "dir": direction(code)} for code in sorted(LANGUAGES, key=lambda code: code != language)],
        "next": back_to(request, shown["dossier"]),
        "typed": request.POST,
    }
    template = held["part"] if request.headers.get("HX-Request") else "desk_acts/act.html"
    return render(request, str(template), held, status=409 if refusal is not None else 200)
