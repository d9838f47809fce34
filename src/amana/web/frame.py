# SPDX-License-Identifier: EUPL-1.2
"""What stands around every page: who and where one is, what waits, the partners' state, the languages.

A context processor; on pages without a person (sign-in, errors) it gives the agency and the languages alone.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.safestring import SafeString

from amana.node.access import Role, load_officers
from amana.phrases import tell
from amana.web.doors import Desk, page_language
from amana.web.here import Here, get_here
from amana.web.html import direction, html
from amana.web.menu import beside_tabs, key_list, menu, partner_lines, tabs
from amana.web.settings import LANGUAGES
from amana.web.told import take_told

SHEETS = (
    "base",
    "lists",
    "dossier",
    "compose",
    "pages",
    "relations",
    "meetings",
    "assessments",
    "communiques",
    "decisions",
    "briefing",
    "events",
    "operations",
    "narrow",
    "print",
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of every template."""
    here = get_here()
    language = page_language()
    shown: dict[str, Any] = {
        "language": language,
        "dir": direction(language),
        "languages": languages(request, language),
        "sheets": [static(f"desk/{name}.css") for name in SHEETS],
        "agency": here.opened.node.code,
        "agency_name": agency_name(here, language),
        "demonstration": here.demonstration,
        "band": band(language),
        "exercise_band": exercise_band(language),
        "zone": here.zone,
        "now": here.opened.node.clock.now(),
        "person": None,
    }
    desk: Desk | None = getattr(request, "desk", None)
    if desk is not None and not request.headers.get("HX-Request"):
        shown |= around_person(request, desk)
    return shown


def around_person(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """The rail and the masthead of somebody who is signed in."""
    match = request.resolver_match
    current = match.url_name or "" if match is not None else ""
    groups, tabbed, machine_only = menu(desk, current), tabs(desk, current), desk.scope.role is Role.ADMINISTRATOR
    return {
        "person": post_of(desk),
        "role": desk.scope.role.value,
        "machine_only": machine_only,
        "partners": partner_lines(desk.here),
        "menu": groups,
        "tabs": tabbed,
        "places": beside_tabs(groups, tabbed, writes=not machine_only),
        "key_list": key_list(desk.language),
        "told": told(request),
        "keyboard": request.user.preferences.get("keyboard", True),  # type: ignore[union-attr]  # signed in: an Account
    }


def told(request: HttpRequest) -> SafeString:
    """What the act before this page has done, as HTML; empty for none."""
    words = take_told(request)
    return html(words) if words else SafeString()


def languages(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The same address in each language."""
    path = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return [{"code": code, "name": name, "address": translate_url(path, code), "current": code == current} for code, name in LANGUAGES]


def band(language: str) -> list[dict[str, str]]:
    """The words of the demonstration's band, the page's language first."""
    order = [language, *(code for code, _ in LANGUAGES if code != language)]
    return [{"code": code, "words": tell(code, "demonstration, invented data")} for code in order]


def exercise_band(language: str) -> list[dict[str, str]]:
    """The words that stand on every page of an exercise, the page's language first."""
    order = [language, *(code for code, _ in LANGUAGES if code != language)]
    return [{"code": code, "words": tell(code, "exercise, nothing here is real")} for code in order]


def agency_name(here: Here, language: str) -> str:
    """The agency's own name from its card."""
    names = here.opened.node.card.card.names
    return {"ar": names.ar, "fr": names.fr}.get(language, names.en)


def post_of(desk: Desk) -> str:
    """The signed-in officer's post, as this node keeps it."""
    officers = desk.node.journal.read(load_officers)
    return next((officer.name for officer in officers if officer.account == desk.account), desk.account)
