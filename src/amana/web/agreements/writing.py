# SPDX-License-Identifier: EUPL-1.2
"""The form of a text: propose an agreement, amend one. Coded fields first, so that every party reads it in its language.

A supervisor sends; a desk officer keeps it as a draft that a supervisor releases. Before either, `check` shows the
table of what each article would allow.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from amana.node.access import Role, require_dossier
from amana.node.actions.act import Done, act
from amana.node.partners import load_partners
from amana.node.queries.agreements import list_agreements, show_agreement
from amana.phrases import tell
from amana.protocol.errors import Refusal
from amana.web.agreements.beginning import begun_form
from amana.web.agreements.reading import (
    CHOICES,
    CLOCKS,
    LEVELS,
    UNITS,
    TextForm,
    add_clauses,
    add_rows,
    check_form,
    clauses_of_form,
    empty_form,
    form_of_text,
    read_form,
    sketched_text,
    terms_of,
)
from amana.web.agreements.showing import matrix, sides_of
from amana.web.agreements.views import agreement_of, language_of, writing_languages
from amana.web.doors import Desk, desk_of
from amana.web.keeping import copy_pass, fields_of
from amana.web.models import WorkingCopy
from amana.web.told import tell_done
from amana.web.writing.copies import require_copy, save_copy

Plain = dict[str, Any]
KINDS_WRITTEN = ("agreement.propose", "agreement.amend")
TOKEN = re.compile(r"[A-Za-z0-9_-]{8,48}")


def propose(request: HttpRequest) -> HttpResponse:
    """A new agreement."""
    desk = desk_of(request)
    if request.method != "POST":
        return _show(request, desk, kept_form(request, desk) or begun_form(desk, request.GET) or empty_form(desk.language))
    return _take(request, desk, {"action": "agreement.propose"})


def amend(request: HttpRequest) -> HttpResponse:
    """A new version of an agreement's text; what stands now is in the form."""
    desk = desk_of(request)
    dossier = request.POST.get("dossier") or request.GET.get("dossier", "")
    if not dossier:
        return HttpResponseRedirect(reverse("agreements"))
    id = agreement_of(dossier)
    try:
        desk.node.journal.read(lambda reading: require_dossier(reading, desk.scope, id))
        shown = show_agreement(desk.node, desk.scope, id, record=False)
    except Refusal as refusal:
        raise Http404 from refusal
    if request.method != "POST":
        return _show(request, desk, kept_form(request, desk) or form_of_text(shown["texts"][0], desk.language), amended=shown)
    return _take(request, desk, {"action": "agreement.amend", "dossier": dossier}, amended=shown)


def keep_text(request: HttpRequest) -> HttpResponse:
    """The form as it is now, saved by itself while it is written."""
    desk = desk_of(request)
    kind, token = request.POST.get("kind", ""), request.POST.get("form", "")
    if kind not in KINDS_WRITTEN or not TOKEN.fullmatch(token):
        raise Http404
    copy = WorkingCopy.objects.filter(token=token).first() or WorkingCopy(account=desk.account, token=token)
    if copy.account != desk.account:
        raise Http404
    copy.kind, copy.dossier = kind, request.POST.get("dossier", "")[:64]
    save_copy(copy, fields_of(request.POST))
    return render(request, "agreements/kept.html", {"saved_at": int(copy.changed_at.timestamp() * 1000)})


def kept_form(request: HttpRequest, desk: Desk) -> TextForm | None:
    """The form as its author left it, where the address names its copy. Raises Http404 for somebody else's."""
    token = request.GET.get("copy", "")
    if not token:
        return None
    kept = QueryDict(mutable=True)
    for name, values in require_copy(desk.account, token).fields.items():
        kept.setlist(name, values)
    return read_form(kept)


def _take(request: HttpRequest, desk: Desk, given: Plain, amended: Plain | None = None) -> HttpResponse:
    form = read_form(request.POST)
    if "more" in request.POST or "more_clauses" in request.POST:
        add = add_rows if "more" in request.POST else add_clauses
        add(form)
        return _show(request, desk, form, amended=amended)
    check_form(form, opens=amended is None)
    if form.problems or "check" in request.POST:
        return _show(request, desk, form, amended=amended, checked=not form.problems, status=400 if form.problems else 200)
    given |= {
        "title": form.title,
        "text": form.text,
        "language": language_of(request.POST, desk),
        "coded": terms_of(form),
        "detail": {"clauses": clauses} if (clauses := clauses_of_form(form)) else {},
        "form": request.POST.get("form", ""),
    }
    if amended is None:
        given["to"] = sorted(set(form.to))
    if desk.scope.role is not Role.SUPERVISOR:
        given["keep"] = True
    try:
        done = act(desk.node, desk.account, given)
    except Refusal as refusal:
        if refusal.code == "not_found":
            raise Http404 from refusal
        if refusal.code != "already_sent":
            return _show(request, desk, form, amended=amended, refusal=refusal, status=409)
        done = Done(dossier=agreement_of(amended["agreement"]) if amended else None)
    WorkingCopy.objects.filter(account=desk.account, token=request.POST.get("form", "")).delete()
    return _lead(request, desk, done)


def _lead(request: HttpRequest, desk: Desk, done: Done) -> HttpResponse:
    if done.draft:
        tell_done(request, tell(desk.language, "The text is kept as a draft; a supervisor finds it under drafts and releases it."))
        return HttpResponseRedirect(reverse("agreements"), status=303)
    tell_done(request, tell(desk.language, "The text is on its way to the parties; this agency has thereby consented to it."))
    address = reverse("agreement", kwargs={"dossier": done.dossier.hex()}) if done.dossier else reverse("agreements")
    return HttpResponseRedirect(address, status=303)


def _show(
    request: HttpRequest,
    desk: Desk,
    form: TextForm,
    *,
    amended: Plain | None = None,
    refusal: Refusal | None = None,
    checked: bool = False,
    status: int = 200,
) -> HttpResponse:
    sketch, language = sketched_text(form) if checked else None, desk.language
    token = request.POST.get("form") or request.GET.get("copy") or secrets.token_urlsafe(16)
    shown = {
        "form": form,
        "rows": [row | {"place": place} | sides_of(f"article_{place}", row["texts"], language) for place, row in enumerate(form.articles)],
        "further": [row | {"place": place} | sides_of(f"clause_{place}", row["texts"], language) for place, row in enumerate(form.further)],
        "preamble": sides_of("preamble", form.preamble, language),
        "closing": sides_of("closing", form.closing, language),
        "titles": [one | {"title": form.titles.get(one["code"], "")} for one in writing_languages(language)],
        "clocks": [{"name": name, "number": form.clocks[name][0], "unit": form.clocks[name][1]} for name in CLOCKS],
        "date_fields": [{"name": name, "value": form.dates.get(name, "")} for name in ("signed_on", "in_force_on", "valid_until")],
        "units": list(UNITS),
        "choices": CHOICES,
        "security_levels": LEVELS,
        "amended": amended,
        "partner_codes": [partner.code for partner in desk.node.journal.read(load_partners) if partner.confirmed],
        "others": list_agreements(desk.node, desk.scope, record=False)["agreements"] if amended is None else [],
        "supervisor": desk.scope.role is Role.SUPERVISOR,
        "refusal": {"code": str(refusal.code), "facts": dict(refusal.facts)} if refusal is not None else None,
        "sketch": sketch | {"matrix": matrix(sketch)} if sketch else None,
        "token": token,
        "pass": copy_pass(WorkingCopy(account=desk.account, token=token)),
        "kind": KINDS_WRITTEN[amended is not None],
        "writing": writing_languages(form.language or desk.language),
    }
    return render(request, "agreements/write.html", shown, status=status)
