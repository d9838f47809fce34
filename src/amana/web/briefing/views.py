# SPDX-License-Identifier: EUPL-1.2
"""The page of the briefing file: drawn at the first look, saved by itself while it is edited, kept by one press.

What stands on it: what this officer was editing, else the file that was kept last and that he may read, else one drawn now.
Drawing, moving a line and keeping are posts; nothing here makes an entry, so nothing can leave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.dossiers.plain import from_plain, to_plain
from amana.node.access import load_officers
from amana.node.actions.act import act
from amana.node.briefs import Brief
from amana.node.queries.briefing import SECTIONS, draw_briefing, show_briefing, visible_brief
from amana.phrases import tell
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.briefing.editing import brief_of_fields, drawn_anew, fields_of_brief, moved
from amana.web.briefing.showing import shown_sections
from amana.web.briefing.wording import Reading, counted_since
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.keeping import copy_pass, fields_of
from amana.web.models import WorkingCopy
from amana.web.told import see_other, tell_done
from amana.web.writing.copies import new_copy, save_copy

Plain = dict[str, Any]
KIND = "meeting.brief"  # of a working copy
PREVIOUS = "previous"
LANGUAGES = ("ar", "fr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands on the page. `edited`: in a working copy; else `kept_at` by `author`, or neither where it was just drawn."""

    meeting: Plain
    brief: Brief
    copy: WorkingCopy | None
    kept_at: int
    author: str


def briefing(request: HttpRequest, dossier: str) -> HttpResponse:
    """The file as it stands, and everything that is done with it."""
    desk, id = desk_of(request), dossier_of(dossier)
    pressed = request.POST.get("do", "save") if request.method == "POST" else ""
    standing = load_standing(desk, id, record=request.method != "POST")
    if not pressed:
        return _page(request, desk, standing)
    copy = posted_copy(request, desk, standing)
    if pressed == "discard":
        if copy.pk:
            copy.delete()
        return see_other(_address(dossier))
    brief = parse_posted(copy, desk)
    if pressed == "keep":
        return _kept(request, desk, dossier, copy, brief)
    place_of = ""
    if pressed == "draw":
        since_previous = request.POST.get("period") == PREVIOUS
        fresh = from_plain(draw_briefing(desk.node, desk.scope, id, since_previous=since_previous)["brief"], Brief)
        brief = drawn_anew(fresh, brief)
    elif pressed.startswith(("up.", "down.")):
        way, _, rest = pressed.partition(".")
        code, _, place = rest.rpartition(".")
        brief = moved(brief, way, code, int(place) if place.isdecimal() and place.isascii() else -1)
        place_of = f"#{code}" if code in SECTIONS else ""
    save_copy(copy, fields_of_brief(brief, standing.meeting["title"]))
    if request.headers.get("HX-Request"):
        return render(request, "briefing/saved.html", {"saved_at": int(copy.changed_at.timestamp() * 1000)})
    return see_other(_address(dossier) + place_of)


def load_standing(desk: Desk, dossier: DossierId, *, record: bool) -> Standing:
    """What stands on the page of this person. Raises Http404 for what is forbidden, absent or no meeting."""
    try:
        shown = show_briefing(desk.node, desk.scope, dossier, record=record)
        copy, edited = _edited(desk, dossier)
        if edited is not None:
            brief = visible_brief(desk.node, desk.scope, edited)
        elif shown["brief"] is not None:
            brief = from_plain(shown["brief"], Brief)
        else:
            brief = from_plain(draw_briefing(desk.node, desk.scope, dossier, record=record)["brief"], Brief)
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal
    return Standing(meeting=shown, brief=brief, copy=copy, kept_at=shown["kept_at"], author=shown["author"])


def _edited(desk: Desk, dossier: DossierId) -> tuple[WorkingCopy | None, Brief | None]:
    """What this person was editing; a copy that cannot be read any more is dropped."""
    copy = WorkingCopy.objects.filter(account=desk.account, kind=KIND, dossier=dossier.hex()).first()
    if copy is None:
        return None, None
    try:
        return copy, brief_of_fields(copy.fields, desk.language)
    except Refusal:
        copy.delete()
        return None, None


def posted_copy(request: HttpRequest, desk: Desk, standing: Standing) -> WorkingCopy:
    """The working copy of this person, with the form as it was just sent."""
    copy = standing.copy or new_copy(desk.account, KIND, standing.meeting["dossier"])
    copy.fields = fields_of(request.POST)
    return copy


def parse_posted(copy: WorkingCopy, desk: Desk) -> Brief:
    """The file as the form says it. Raises Http404 where the form is none of ours."""
    try:
        return brief_of_fields(copy.fields, desk.language)
    except Refusal as refusal:
        raise Http404 from refusal


def _kept(request: HttpRequest, desk: Desk, dossier: str, copy: WorkingCopy, brief: Brief) -> HttpResponse:
    try:
        act(desk.node, desk.account, {"action": "brief", "dossier": dossier, "detail": to_plain(brief)})
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal
    if copy.pk:
        copy.delete()
    tell_done(request, tell(desk.language, "The briefing file is kept; it never leaves this agency."))
    return see_other(_address(dossier))


def _page(request: HttpRequest, desk: Desk, standing: Standing) -> HttpResponse:
    meeting, brief, copy = standing.meeting, standing.brief, standing.copy
    reading = Reading(language=desk.language, own=desk.node.code, now=meeting["now"], zone=desk.zone)
    begun = copy or new_copy(desk.account, KIND, meeting["dossier"])
    names = {officer.account: officer.name for officer in desk.node.journal.read(load_officers)}
    context: Plain = {
        "dossier": meeting["dossier"],
        "meeting": meeting,
        "own": desk.node.code,
        "sections": shown_sections(reading, brief),
        "since": counted_since(reading, brief.since),
        "brief": brief,
        "units": brief.units,
        "copy": begun,
        "pass": copy_pass(begun),
        "edited": copy is not None,
        "saved_at": int(copy.changed_at.timestamp() * 1000) if copy is not None else 0,
        "kept_at": standing.kept_at,
        "by": "" if standing.author == desk.account else names.get(standing.author, standing.author),
        "since_previous": meeting["previous"] is not None and brief.since == meeting["previous"]["starts"],
        "papers": sorted(LANGUAGES, key=lambda code: code != desk.language),
    }
    return render(request, "briefing/briefing.html", context)


def _address(dossier: str) -> str:
    return reverse("briefing", kwargs={"dossier": dossier})
