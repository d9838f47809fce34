# SPDX-License-Identifier: EUPL-1.2
"""What is said in a meeting: one address for each type of word, a small form for those that need one, one press for the others.

The form is a dialog's content or a page of its own. A refusal stands beside what was typed, with status 409, a field
that is wrong with 400; the form's token makes one entry of a form that is sent twice. What is being written is kept.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.dossiers.meeting.types import KIND
from amana.dossiers.meeting.vocabulary import DelegationRole
from amana.node.actions.act import Done, act
from amana.phrases import Words, label, tell
from amana.phrases.labels import of_kind
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import done, require_present
from amana.web.desk_acts.answering import dossier_of as id_of
from amana.web.desk_acts.sent_once import token_of
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.reader import Reader, headed
from amana.web.html import direction
from amana.web.keeping import copy_pass, fields_of
from amana.web.meetings.forms import CLICKS, DAYS, FORMS, Asked, Fields, begun, original_of, post_rows, sent
from amana.web.meetings.views import load_meeting, shown_page
from amana.web.models import WorkingCopy
from amana.web.told import tell_done
from amana.web.writing.copies import new_copy, save_copy
from amana.web.writing.fields import coded_views, faults_by_field
from amana.web.writing.reading import action_of

Plain = dict[str, Any]
LANGUAGES = ("ar", "fr", "en")
PLACE = re.compile(r"[a-z]{1,12}-[0-9a-f]{64}\Z")
TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")
INTERPRETED = "coded.languages"
BESIDE = frozenset({"at", "way", "form"})  # of a form, but no field of what is said


def meeting_act(request: HttpRequest, dossier: str, type: str) -> HttpResponse:
    """The form of a word, what is kept of it, and saying it."""
    desk = desk_of(request)
    if type not in FORMS and type not in CLICKS:
        raise Http404
    shown = load_meeting(desk, id_of(dossier), record=False)
    if request.method != "POST":
        if type not in FORMS:
            raise Http404
        return _form(request, desk, shown, type, _found(desk, shown, type, request))
    copy = _copy(request, desk, dossier, type)
    if request.POST.get("do") == "save":
        save_copy(copy, copy.fields)
        return render(request, "meetings/saved.html", {"saved_at": int(copy.changed_at.timestamp() * 1000)})
    return _said(request, desk, shown, type, copy)


def _said(request: HttpRequest, desk: Desk, shown: Plain, type: str, copy: WorkingCopy) -> HttpResponse:
    """Say it. One press shows the page again where a rule refused, a form itself."""
    clicked = request.POST.get("way") == "click"
    written = action_of(sent(type, dict(copy.fields)), KIND, type, dossier=shown["dossier"], zone=desk.zone)
    if FORMS.get(type, Asked()).posts:  # the languages of interpreters; elsewhere the node fills languages in
        written.given["coded"]["languages"] = [code for code in LANGUAGES if code in copy.fields.get(INTERPRETED, ())]
    if written.faults and not clicked:
        return _form(request, desk, shown, type, copy, faults=faults_by_field(desk.language, written.faults, tried=True))
    try:
        made = act(desk.node, desk.account, {**written.given, "form": token_of(copy.token, written.given)})
    except Refusal as refusal:
        require_present(refusal)
        if refusal.code != "already_sent":  # the same form twice says it once
            return shown_page(request, desk, shown["dossier"], refusal) if clicked else _form(request, desk, shown, type, copy, refusal)
        made = Done()
    if copy.pk:
        copy.delete()
    tell_done(request, _told(desk.language, type, copy.fields, draft=bool(made.draft)))
    address, at = reverse("meeting", kwargs={"dossier": shown["dossier"]}), request.POST.get("at", "")
    return done(request, f"{address}#{at}" if PLACE.match(at) else address)


def _found(desk: Desk, shown: Plain, type: str, request: HttpRequest) -> WorkingCopy:
    """What this person was writing at the same place, or a new form."""
    fields = begun(type, dict(request.GET.lists()), shown, language=desk.language, zone=desk.zone)
    brought = {name: values for name, values in fields.items() if name in {f"coded.{each}" for each in request.GET}}
    for kept in WorkingCopy.objects.filter(account=desk.account, kind=f"{KIND}.{type}", dossier=shown["dossier"]):
        if {name: kept.fields.get(name) for name in brought} == brought:
            return kept
    return new_copy(desk.account, f"{KIND}.{type}", shown["dossier"], fields)


def _copy(request: HttpRequest, desk: Desk, dossier: str, type: str) -> WorkingCopy:
    """The form as it was sent: kept already, or not yet."""
    token = request.POST.get("form", "")
    token = token if TOKEN.match(token) else secrets.token_urlsafe(18)
    copy = WorkingCopy.objects.filter(token=token).first()
    if copy is None:
        copy = new_copy(desk.account, f"{KIND}.{type}", dossier)
        copy.token = token
    elif copy.account != desk.account:
        raise Http404
    copy.fields = {name: values for name, values in fields_of(request.POST).items() if name not in BESIDE}
    return copy


def _form(
    request: HttpRequest,
    desk: Desk,
    shown: Plain,
    type: str,
    copy: WorkingCopy,
    refusal: Refusal | None = None,
    faults: Plain | None = None,
) -> HttpResponse:
    """The form as a dialog's content or as a page."""
    asked, fields = FORMS[type] if type in FORMS else Asked(), dict(copy.fields)
    reader = Reader(language=desk.language, own=desk.node.code, now=shown["now"], account=desk.account, zone=desk.zone)
    language = (fields.get("language") or [desk.language])[-1] or desk.language
    context: Plain = {
        "dossier": shown["dossier"],
        "meeting": shown,
        "type": type,
        "asked": asked,
        "heading": headed(_heading(desk.language, type, fields)),
        "button": headed(_button(desk.language, type, fields)),
        "copy": copy,
        "pass": copy_pass(copy),
        "saved_at": int(copy.changed_at.timestamp() * 1000) if copy.pk else 0,
        "title": (fields.get("title") or [""])[-1],
        "text": (fields.get("text") or [""])[-1],
        "text_dir": direction(language),
        "text_language": language,
        "writing": [{"code": code, "chosen": code == language} for code in sorted(LANGUAGES, key=lambda code: code != desk.language)],
        "originals": [one | {"dir": direction(one["language"] or desk.language)} for one in original_of(shown, fields)],
        "views": _views(reader, type, asked, fields, faults or {}, shown["present"]),
        "hidden": _hidden(asked, fields),
        "place": (fields.get("detail.place") or [""])[-1],
        "posts": post_rows(fields) if asked.posts else [],
        "roles": [role.value for role in DelegationRole],
        "interpreted": [{"code": code, "chosen": code in fields.get(INTERPRETED, ())} for code in LANGUAGES],
        "struck": bool(fields.get("coded.struck")),
        "agenda": _agenda(shown, fields) if type in ("minutes_point", "decision") else [],
        "at": request.GET.get("at", "") or request.POST.get("at", ""),
        "refusal": {"code": str(refusal.code), "facts": dict(refusal.facts)} if refusal is not None else None,
        "faulty": bool(faults),
    }
    status = 409 if refusal is not None else 400 if faults else 200
    template = "meetings/say_form.html" if request.headers.get("HX-Request") else "meetings/say.html"
    return render(request, template, context, status=status)


def _views(reader: Reader, type: str, asked: Asked, fields: Fields, faults: Plain, present: list[str]) -> list[Plain]:
    """The coded values that this form asks for, in its own order."""
    others = [code for code in present if code != reader.own]
    views = {view["name"]: view for view in coded_views(reader, KIND, type, fields, {}, faults, others)}
    shown = []
    for name in asked.coded:
        view = views[f"coded.{name}"]
        if name in DAYS:
            view |= {"kind": "day", "value": view["value"][:10]}
        shown.append(view)
    return shown


def _hidden(asked: Asked, fields: Fields) -> list[tuple[str, str]]:
    """What comes along and is not asked."""
    shown = {f"coded.{name}" for name in asked.coded} | {"coded.agenda", INTERPRETED}
    return [(name, value) for name, values in sorted(fields.items()) if name.startswith("coded.") and name not in shown for value in values]


def _agenda(shown: Plain, fields: Fields) -> list[Plain]:
    """The points of the session's agenda, to one of which a point of the minutes may belong."""
    session = (fields.get("coded.session") or [""])[-1]
    chosen = (fields.get("coded.agenda") or [""])[-1]
    clauses: list[Plain] = next((one["agenda"] for one in shown["sessions"] if one["id"] == session), [])
    return [
        {"id": clause["clause"], "title": clause["versions"][0]["title"], "number": number, "chosen": clause["clause"] == chosen}
        for number, clause in enumerate(clauses, 1)
    ]


def _heading(language: str, type: str, fields: Fields) -> Words:
    """What the form is for."""
    if fields.get("coded.struck"):
        return tell(language, "Propose to strike this")
    if fields.get("coded.clause"):
        return tell(language, "Another wording")
    return label(language, "act", of_kind("act", KIND, type))


def _button(language: str, type: str, fields: Fields) -> Words:
    """What sending the form does."""
    if fields.get("coded.clause") and not fields.get("coded.struck"):
        return tell(language, "Propose this wording")
    return _heading(language, type, fields)


def _told(language: str, type: str, fields: Fields, *, draft: bool) -> Words:
    if draft:
        return tell(language, "It awaits its release by a second person.")
    match type:
        case "approve":
            return tell(language, "Exactly this text is approved; the partners receive the approval with its fingerprint.")
        case "agree":
            return tell(language, "Agreed; the partners learn it.")
        case "object":
            return tell(language, "The objection is recorded; the partners learn it.")
        case "withdraw_approval":
            return tell(language, "The approval is taken back; where the text was in force it no longer is.")
        case "leave":
            return tell(language, "This agency has left; from now on it receives no more of this meeting.")
        case _ if fields.get("coded.carried"):
            return tell(language, "The decision is on the agenda.")
        case _:
            return tell(language, "Said; the partners receive it at once, or as soon as their nodes are reached.")
