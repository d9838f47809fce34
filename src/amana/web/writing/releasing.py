# SPDX-License-Identifier: EUPL-1.2
"""Drafts: what is being written, what awaits its release, and the release by a second person of what it exactly is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.node.actions.act import act
from amana.node.actions.form import parse_hex
from amana.node.actions.previewing import preview
from amana.node.queries.dossiers import show_dossier
from amana.node.queries.drafts import list_drafts, show_draft
from amana.phrases import LANGUAGES, tell
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.desk_acts.answering import require_present
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.showing import numbers_of
from amana.web.told import see_other, tell_done
from amana.web.writing.copies import copies_of
from amana.web.writing.reading import one
from amana.web.writing.showing import sheet_of

DRAFT_BYTES = 16


def drafts(request: HttpRequest) -> HttpResponse:
    """Everything that this person is writing, and what waits for a release."""
    desk = desk_of(request)
    own, releases = desk.node.journal.read(lambda reading: list_drafts(reading, desk.node, desk.scope))
    copies = [
        {"token": copy.token, "kind": copy.kind, "title": _title(copy.fields), "at": int(copy.changed_at.timestamp() * 1000)}
        for copy in copies_of(desk.account)
    ]
    shown = {"copies": copies, "own": own, "releases": releases}
    return render(request, "writing/drafts.html", shown)


def _title(fields: Mapping[str, Sequence[str]]) -> str:
    """The subject of what is being written; a text of an agreement has its title by language."""
    named = (one(fields, name) for name in ("title", *(f"title_{code}" for code in LANGUAGES)))
    return next((title for title in named if title), "")


def release(request: HttpRequest, draft: str) -> HttpResponse:
    """One draft exactly as the partner will have it, to be released, sent back by discarding, or left."""
    return _shown(request, desk_of(request), draft)


def release_draft(request: HttpRequest, draft: str) -> HttpResponse:
    """Send what another person wrote."""
    desk = desk_of(request)
    try:
        done = act(desk.node, desk.account, {"action": "release", "draft": _hex(draft)})
    except Refusal as refusal:
        require_present(refusal)
        return _shown(request, desk, draft, refusal, status=409)
    tell_done(request, tell(desk.language, "Released and sent. It leaves at once, or as soon as the partner’s node is reached."))
    return see_other(reverse("dossier", kwargs={"dossier": (done.dossier or b"").hex()}))


def discard_draft(request: HttpRequest, draft: str) -> HttpResponse:
    """Take a draft away; nothing of it was sent."""
    desk = desk_of(request)
    try:
        act(desk.node, desk.account, {"action": "discard", "draft": _hex(draft)})
    except Refusal as refusal:
        require_present(refusal)
        return _shown(request, desk, draft, refusal, status=409)
    tell_done(request, tell(desk.language, "The draft is gone. Nothing of it was sent."))
    return see_other(reverse("drafts"))


def _shown(request: HttpRequest, desk: Desk, draft: str, refusal: Refusal | None = None, *, status: int = 200) -> HttpResponse:
    try:
        held = show_draft(desk.node, desk.scope, bytes.fromhex(_hex(draft)))
        seen = preview(desk.node, desk.account, held["given"])
    except Refusal as caught:
        raise Http404 from caught
    numbers = {}
    if held["dossier"]:
        numbers = numbers_of(show_dossier(desk.node, desk.scope, DossierId(bytes.fromhex(held["dossier"])), record=False))
    shown = {"draft": held, "side": sheet_of(desk, seen, desk.language, numbers), "refusal": refusal or seen["refusal"]}
    return render(request, "writing/release.html", shown, status=status)


def _hex(draft: str) -> str:
    try:
        parse_hex(draft, what="draft", length=DRAFT_BYTES)
    except Refusal as refusal:
        raise Http404 from refusal
    return draft
