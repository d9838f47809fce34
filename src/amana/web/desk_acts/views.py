# SPDX-License-Identifier: EUPL-1.2
"""Assign or hand over a dossier, write an internal note, remind a partner: each a small form, one act of the node.

The form is shown only to who may see the dossier; whether the act is allowed is the node's rule alone.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amana.node.access import Role, load_officers, require_content_role, require_dossier
from amana.node.actions.act import Done, act, act_many
from amana.node.ports import DossierRow, Reading
from amana.node.queries.rows import show_row
from amana.node.queries.standing import show_turn
from amana.phrases import Words, tell
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.desk_acts.answering import LANGUAGES, back_to, done, dossier_of, form, require_present
from amana.web.doors import Desk, desk_of
from amana.web.told import tell_done
from amana.web.units import unit_name

Plain = dict[str, Any]
REMINDER = "information_request.reminder"


def assign(request: HttpRequest, dossier: str) -> HttpResponse:
    """Assign to a colleague, or hand over to another unit with a word to whoever takes over."""
    desk, id = desk_of(request), dossier_of(dossier)
    shown = _line(desk, id)
    handover = bool(request.GET.get("handover") or request.POST.get("handover"))
    row = shown["row"]
    present = row["unit"] or desk.scope.desk_unit
    choices = _colleagues(desk, present)
    held = shown | {
        "choices": choices,
        "handover": handover,
        "present": present,
        "to": request.POST.get("to") or _first_choice(row, choices, handover),
    }
    if request.method != "POST":
        return form(request, "assign", held)
    unit, _, officer = request.POST.get("to", "").partition(":")
    acts: list[Plain] = [{"action": "assign", "dossier": dossier, "unit": unit, "officer": officer}]
    if text := _text(request):
        acts.insert(0, {"action": "note", "dossier": dossier, "text": text, "language": _language(request)})
    try:
        act_many(desk.node, desk.account, acts)
    except Refusal as refusal:
        require_present(refusal)
        return form(request, "assign", held, refusal)
    tell_done(request, _told(desk, unit, present))
    return done(request, back_to(request, dossier) if unit in desk.scope.units else reverse("inbox"))


def note(request: HttpRequest, dossier: str) -> HttpResponse:
    """An internal note; it never leaves the node."""
    desk, id = desk_of(request), dossier_of(dossier)
    held = _line(desk, id)
    if request.method != "POST":
        return form(request, "note", held)
    try:
        act(desk.node, desk.account, {"action": "note", "dossier": dossier, "text": _text(request), "language": _language(request)})
    except Refusal as refusal:
        require_present(refusal)
        return form(request, "note", held, refusal)
    tell_done(request, tell(desk.language, "The note is kept; it never leaves this agency."))
    return done(request, back_to(request, dossier))


def remind(request: HttpRequest, dossier: str) -> HttpResponse:
    """Remind the partners whose answer is awaited; under four eyes it waits for its release."""
    desk, id = desk_of(request), dossier_of(dossier)
    held = _line(desk, id) | {"form_token": request.POST.get("form") or secrets.token_urlsafe(16)}
    if request.method != "POST":
        return form(request, "remind", held)
    given: Plain = {
        "action": REMINDER,
        "dossier": dossier,
        "coded": {"respondents": sorted(set(request.POST.getlist("respondents")))},
        "form": request.POST.get("form", ""),
    }
    if text := _text(request):
        given |= {"text": text, "language": _language(request)}
    try:
        made = act(desk.node, desk.account, given)
    except Refusal as refusal:
        require_present(refusal)
        if refusal.code != "already_sent":  # the same form twice is one reminder
            return form(request, "remind", held, refusal)
        made = Done(dossier=id)
    if made.draft:
        tell_done(request, tell(desk.language, "The reminder awaits its release by a second person."))
    else:
        tell_done(request, tell(desk.language, "The reminder is recorded; it leaves by itself as soon as the partner’s node is reached."))
    return done(request, back_to(request, dossier))


def _line(desk: Desk, dossier: DossierId) -> Plain:
    """What every form says of its dossier. Raises Http404."""
    require_content_role(desk.scope)

    def ask(reading: Reading) -> tuple[Plain, Plain]:
        row: DossierRow = require_dossier(reading, desk.scope, dossier)
        now = desk.node.clock.now()
        return show_row(reading, row, now, own=desk.node.code, account=desk.account), show_turn(row, desk.node.code, now)

    try:
        row, turn = desk.node.journal.read(ask)
    except Refusal as refusal:
        require_present(refusal)
        raise
    awaited = turn["partners"] or row["partners"]
    return {"dossier": dossier.hex(), "row": row, "awaited": [{"code": code, "late": code in turn["late"]} for code in awaited]}


def _told(desk: Desk, unit: str, present: str) -> Words:
    """Where the dossier went."""
    name = unit_name(desk.language, unit)
    if unit not in desk.scope.units:
        return tell(desk.language, "The dossier is handed over and has left your units and your lists. Its unit is now: {unit}.", unit=name)
    if unit != present:
        return tell(desk.language, "The dossier is handed over. Its unit is now: {unit}.", unit=name)
    return tell(desk.language, "The dossier is assigned.")


def _colleagues(desk: Desk, present: str) -> list[Plain]:
    """Units with their officers, the dossier's present unit first, then one's own; the administrator takes no dossier."""
    officers = [one for one in desk.node.journal.read(load_officers) if one.role != Role.ADMINISTRATOR]
    units = sorted({unit for one in officers for unit in one.units}, key=lambda unit: (unit != present, unit not in desk.scope.units, unit))
    return [
        {
            "unit": unit,
            "name": unit_name(desk.language, unit),
            "own": unit in desk.scope.units,
            "officers": [{"account": one.account, "name": one.name} for one in officers if unit in one.units],
        }
        for unit in units
    ]


def _first_choice(row: Plain, choices: list[Plain], handover: bool) -> str:
    """Who is chosen when the form opens: whose dossier it is; to hand over, the first unit that is not one's own."""
    if handover:
        return next((f"{one['unit']}:" for one in choices if not one["own"]), "")
    return f"{row['unit']}:{row['officer']}"


def _text(request: HttpRequest) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n").strip()


def _language(request: HttpRequest) -> str:
    given = request.POST.get("language", "")
    return given if given in LANGUAGES else ""
