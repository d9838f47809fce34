# SPDX-License-Identifier: EUPL-1.2
"""Views of the writing page: a new form, a form as it was left, its buttons, sending.

One address takes every button (`do`); without scripts each press shows the whole page again, with htmx only what
changed. Sending is `node.actions.act`; the copy's token is the form's, so a form sent twice makes one entry.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.node.actions.act import act
from amana.node.actions.form import parse_hex
from amana.phrases import tell
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import require_present
from amana.web.doors import Desk, desk_of
from amana.web.keeping import copy_pass, fields_of
from amana.web.models import WorkingCopy
from amana.web.told import see_other, tell_done
from amana.web.writing.copies import new_copy, require_copy, save_copy
from amana.web.writing.editing import edited
from amana.web.writing.fields import countries
from amana.web.writing.reading import as_typed, declared_type
from amana.web.writing.showing import Writing, form_of, may_write, open_writing, proposals, side_of

CLAUSE = "communique.clause"
GIVEN = ("to", "title", "template")  # what an address may begin a form with, beside coded values


def write(request: HttpRequest, kind: str, type: str) -> HttpResponse:
    """A new form; nothing is kept of it until something is written."""
    desk = desk_of(request)
    if not may_write(desk, kind, type):
        raise Http404
    dossier = request.GET.get("dossier", "")
    if dossier:
        _require_hex(dossier)
    given = [name for name in request.GET if name in GIVEN or name.startswith("coded.")]
    fields = {name: request.GET.getlist(name) for name in given if request.GET.get(name)}
    if request.GET.get("entry"):
        fields.setdefault("coded.entry", [request.GET["entry"]])
    fields = as_typed(declared_type(kind, type), fields, desk.zone)
    copy = new_copy(desk.account, f"{kind}.{type}", dossier, {**fields, "language": [desk.language]})
    return _page(request, desk, copy)


def working_copy(request: HttpRequest, token: str) -> HttpResponse:
    """A form as it was left, and everything its buttons do."""
    desk = desk_of(request)
    if request.method != "POST":
        return _kept(request, desk, require_copy(desk.account, token))
    copy = _posted_copy(request, desk, token)
    pressed = request.POST.get("do", "")
    if pressed == "drop":
        return _dropped(request, desk, copy)
    if pressed == "send":
        return _sent(request, desk, copy)
    refusal = None
    if pressed and pressed != "save":
        writing = _open(desk, copy)
        try:
            copy.fields = edited(writing, pressed, request.FILES.getlist("file"), new_item=request.POST.get("new_item", ""))
        except Refusal as caught:
            refusal = caught
    save_copy(copy, copy.fields)
    if request.headers.get("HX-Request"):
        template = "writing/saved.html" if pressed in ("", "save") else "writing/changed.html"
        return _page(request, desk, copy, refusal, template=template)
    if refusal is None:
        return _to_copy(copy)
    return _page(request, desk, copy, refusal, status=409)


def _kept(request: HttpRequest, desk: Desk, copy: WorkingCopy) -> HttpResponse:
    """The form as it was left; the text of an agreement and a clause of a communiqué have forms of their own."""
    if copy.kind.startswith("agreement."):
        where = reverse("amend_agreement" if copy.dossier else "propose_agreement")
        return see_other(f"{where}?{urlencode({'copy': copy.token, 'dossier': copy.dossier})}")
    if copy.kind == CLAUSE and copy.dossier:
        return see_other(f"{reverse('communique', kwargs={'dossier': copy.dossier})}?{urlencode({'copy': copy.token})}#write")
    if copy.kind == "meeting.brief":
        return see_other(reverse("briefing", kwargs={"dossier": copy.dossier}))
    return _page(request, desk, copy)


def _posted_copy(request: HttpRequest, desk: Desk, token: str) -> WorkingCopy:
    """The copy of this form, with what was just sent; a form that was never saved becomes one now."""
    copy = WorkingCopy.objects.filter(token=token).first()
    if copy is None:
        kind = request.POST.get("kind", "")
        dossier = request.POST.get("dossier", "")
        if not may_write(desk, *kind.partition(".")[::2]):
            raise Http404
        if dossier:
            _require_hex(dossier)
        copy = new_copy(desk.account, kind, dossier)
        copy.token = token
    elif copy.account != desk.account:
        raise Http404
    copy.fields = fields_of(request.POST)
    return copy


def _sent(request: HttpRequest, desk: Desk, copy: WorkingCopy) -> HttpResponse:
    writing = _open(desk, copy)
    save_copy(copy, copy.fields)
    side = side_of(writing)
    if not side["send"]["ready"]:
        return _page(request, desk, copy, status=409, tried=True)
    try:
        done = act(desk.node, desk.account, {**writing.written.given, "form": copy.token})
    except Refusal as refusal:
        require_present(refusal)
        return _page(request, desk, copy, refusal, status=409)
    if done.erased:
        desk.here.opened.journal.truncate_wal()  # nothing of a destroyed body stays in any file
    copy.delete()
    receivers = ", ".join(side["receivers"])
    if done.draft:
        tell_done(request, tell(desk.language, "It awaits its release by a second person."))
        return see_other(reverse("drafts"))
    tell_done(
        request,
        tell(desk.language, "Sent to {receivers}. It leaves at once, or as soon as the partner’s node is reached.", receivers=receivers),
    )
    return see_other(reverse("dossier", kwargs={"dossier": (done.dossier or b"").hex()}))


def _dropped(request: HttpRequest, desk: Desk, copy: WorkingCopy) -> HttpResponse:
    if copy.pk:
        copy.delete()
    tell_done(request, tell(desk.language, "The draft is gone. Nothing of it was sent."))
    return see_other(reverse("dossier", kwargs={"dossier": copy.dossier}) if copy.dossier else reverse("inbox"))


def _page(
    request: HttpRequest,
    desk: Desk,
    copy: WorkingCopy,
    refusal: Refusal | None = None,
    *,
    template: str = "writing/page.html",
    status: int = 200,
    tried: bool = False,
) -> HttpResponse:
    writing = _open(desk, copy, refusal, tried=tried)
    shown: dict[str, Any] = {
        "copy": copy,
        "pass": copy_pass(copy),
        "saved_at": int(copy.changed_at.timestamp() * 1000) if copy.pk else 0,
        "form": form_of(writing),
        "side": side_of(writing),
        "proposals": proposals(writing),
        "dossier": writing.dossier,
        "refusal": refusal,
        "kind_and_type": copy.kind,
        "countries": countries(desk.language) if template == "writing/page.html" else (),
    }
    return render(request, template, shown, status=status)


def _open(desk: Desk, copy: WorkingCopy, refusal: Refusal | None = None, *, tried: bool = False) -> Writing:
    try:
        return open_writing(desk, copy, refusal, tried=tried)
    except Refusal as caught:
        require_present(caught)
        raise


def _require_hex(text: str) -> None:
    try:
        parse_hex(text, what="dossier")
    except Refusal as refusal:
        raise Http404 from refusal


def _to_copy(copy: WorkingCopy) -> HttpResponse:
    return see_other(reverse("working_copy", kwargs={"token": copy.token}))
