# SPDX-License-Identifier: EUPL-1.2
"""The list of communiqués, one communiqué's workshop, its part that renews itself, and two drafts compared.

What a person opens to write, object or move stands in the address (`do`, `clause`), so it works without scripts. A page
on which something is being written never takes anything away by itself: it only says that the text has moved on.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.node.access import Role, Scope, visible_dossiers
from amana.node.ports import Reading
from amana.node.queries.communiques import compare_drafts, list_communiques, show_clause_history, show_communique
from amana.node.queries.offering import actions_for
from amana.phrases.differences import differences
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId
from amana.web.communiques.editing import Editing, editing_of
from amana.web.communiques.releasing import release_of
from amana.web.communiques.showing import conditions_of, head_of, line_of, mark_of, matrix_of, rows_of
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.html import direction, html
from amana.web.settings import LANGUAGES

Plain = dict[str, Any]
OWN_NAMES = {code: name.capitalize() for code, name in LANGUAGES}
GROUPS = ("ours", "open", "public")  # the vocabulary `communique_group`


def communiques(request: HttpRequest) -> HttpResponse:
    """Every communiqué that this person may see: where it is our turn, those being written, those that are public."""
    desk = desk_of(request)
    lines = [line_of(desk, line) for line in list_communiques(desk.node, desk.scope)["communiques"]]
    groups = [{"name": name, "lines": [line for line in lines if _group(line) == name]} for name in GROUPS]
    shown = {"groups": [group for group in groups if group["lines"]], "may_begin": _may_begin(desk)}
    return render(request, "communiques/communiques.html", shown)


def _group(line: Plain) -> str:
    if line["task_words"]:
        return "ours"
    return "public" if line["public_all"] else "open"


def _may_begin(desk: Desk) -> bool:
    """Whether there is anybody to write with: a confirmed partner."""
    from amana.node.partners import load_partners

    return any(partner.confirmed for partner in desk.node.journal.read(load_partners))


def communique(request: HttpRequest, dossier: str) -> HttpResponse:
    """The workshop."""
    desk = desk_of(request)
    return workshop(request, desk, dossier_of(dossier), editing_of(request, desk))


def communique_part(request: HttpRequest, dossier: str) -> HttpResponse:
    """What of the workshop changes by itself, where it has changed; nobody looked again, so nothing is recorded."""
    desk, id = desk_of(request), dossier_of(dossier)
    shown, offered = load_communique(desk, id, record=False)
    if request.GET.get("mark") == mark_of(shown, offered):
        return HttpResponse(status=204)
    editing = request.GET.get("editing") == "1"
    known = request.GET.get("draft", "")
    context = page_of(desk, shown, offered, Editing()) | {
        "editing_here": editing,
        "moved_on": editing and known.isascii() and known.isdecimal() and known != str(shown["written"]),
    }
    return render(request, "communiques/renewed.html", context)


def workshop(
    request: HttpRequest, desk: Desk, id: DossierId, editing: Editing, alert: str = "", refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    """The page; with what was typed and the reason where an act was refused."""
    shown, offered = load_communique(desk, id, record=request.method == "GET" and refusal is None)
    context = page_of(desk, shown, offered, editing)
    context["alert"] = html(alert) if alert else ""
    context["refusal"] = {"code": str(refusal.code), "facts": dict(refusal.facts)} if refusal is not None else None
    return render(request, "communiques/communique.html", context, status=status)


def load_communique(desk: Desk, id: DossierId, *, record: bool) -> tuple[Plain, Plain]:
    """The communiqué and the acts that are possible in it. Raises Http404 for what is forbidden, absent or of another kind."""
    try:
        return show_communique(desk.node, desk.scope, id, record=record), actions_for(desk.node, desk.scope, id)
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal


def page_of(desk: Desk, shown: Plain, offered: Plain, editing: Editing) -> Plain:
    """Everything the templates of the workshop need."""
    acts = {one["type"]: one for one in [*offered["primary"], *offered["secondary"]]}
    rows = rows_of(desk, shown)
    held = {name: value for name, value in shown.items() if name not in ("partners", "now", "agency", "languages")}  # the frame's own words
    return held | {
        "head": head_of(desk, shown),
        "rows": rows,
        "matrix": matrix_of(shown),
        "todo": conditions_of(desk, shown),
        "release": release_of(desk, shown, acts),
        "acts": acts,
        "supervisor": desk.scope.role is Role.SUPERVISOR,
        "binds_by_supervisor": desk.node.settings.supervisors_bind,
        "editing": editing.prepared(desk, shown, rows),
        "history": _history(desk, shown, editing),
        "mark": mark_of(shown, offered),
        "token": secrets.token_urlsafe(16),
        "with_drafts": [one["number"] for one in shown["drafts"]],
        "address": reverse("communique", kwargs={"dossier": shown["dossier"]}),
        "columns": [{"code": code, "name": OWN_NAMES[code], "dir": direction(code)} for code in shown["languages"]],
        "own": shown["agency"],
    }


def _history(desk: Desk, shown: Plain, editing: Editing) -> list[Plain]:
    if editing.do != "history":
        return []
    try:
        dossier, clause = DossierId(bytes.fromhex(shown["dossier"])), EntryId(bytes.fromhex(editing.clause))
    except ValueError as error:
        raise Http404 from error
    held = show_clause_history(desk.node, desk.scope, dossier, clause)
    return [one | {"dir": direction(one["language"])} for one in held]


def communique_compare(request: HttpRequest, dossier: str) -> HttpResponse:
    """One language as it stood after two drafts, word by word."""
    desk, id = desk_of(request), dossier_of(dossier)
    shown, _ = load_communique(desk, id, record=True)
    language = request.GET.get("language") or (desk.language if desk.language in shown["languages"] else shown["languages"][0])
    drafts = shown["drafts"]
    later = _number(request.GET.get("to", ""), len(drafts))
    earlier = _number(request.GET.get("from", ""), max(later - 1, 1))
    context: Plain = {name: shown[name] for name in ("dossier", "title", "title_language", "reference", "drafts", "about")}
    context |= {
        "text_languages": shown["languages"],
        "language_chosen": language,
        "earlier": earlier,
        "later": later,
        "dir_chosen": direction(language),
        "compared": [],
    }
    if drafts:
        try:
            held = compare_drafts(desk.node, desk.scope, id, language, earlier, later)
        except Refusal as refusal:
            raise Http404 from refusal
        for number, one in enumerate(held["clauses"], 1):
            pieces = differences(one["before"], one["after"])
            context["compared"].append({"number": number, "pieces": pieces, "same": one["before"] == one["after"]})
    context["changed_count"] = sum(not one["same"] for one in context["compared"])
    return render(request, "communiques/compare.html", context)


def _number(given: str, otherwise: int) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else otherwise


def open_communiques(reading: Reading, scope: Scope) -> int:
    """How many communiqués are being written."""
    return len(visible_dossiers(reading, scope, kind="communique", closed=False))
