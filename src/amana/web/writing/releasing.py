# SPDX-License-Identifier: EUPL-1.2
"""Drafts: what is being written, what awaits its release, and the release by a second person of what it exactly is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from amana.node.actions.act import act
from amana.node.actions.form import parse_hex
from amana.node.actions.previewing import preview
from amana.node.queries.drafts import list_drafts, show_draft
from amana.phrases import label, tell
from amana.phrases.coded import coded_values
from amana.protocol.errors import Refusal
from amana.web.desk_acts.answering import require_present
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.items import item_card
from amana.web.dossiers.reader import Reader, headed
from amana.web.html import html
from amana.web.told import take_told, tell_done
from amana.web.writing.copies import copies_of
from amana.web.writing.reading import one

DRAFT_BYTES = 16


def drafts(request: HttpRequest) -> HttpResponse:
    """Everything that this person is writing, and what waits for a release."""
    desk = desk_of(request)
    own, releases = desk.node.journal.read(lambda reading: list_drafts(reading, desk.node, desk.scope))
    copies = [
        {"token": copy.token, "kind": copy.kind, "title": one(copy.fields, "title"), "at": int(copy.changed_at.timestamp() * 1000)}
        for copy in copies_of(desk.account)
    ]
    shown = {"copies": copies, "own": own, "releases": releases, "told": take_told(request)}
    return render(request, "writing/drafts.html", shown)


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
    return _see_other(reverse("dossier", kwargs={"dossier": (done.dossier or b"").hex()}))


def discard_draft(request: HttpRequest, draft: str) -> HttpResponse:
    """Take a draft away; nothing of it was sent."""
    desk = desk_of(request)
    try:
        act(desk.node, desk.account, {"action": "discard", "draft": _hex(draft)})
    except Refusal as refusal:
        require_present(refusal)
        return _shown(request, desk, draft, refusal, status=409)
    tell_done(request, tell(desk.language, "The draft is gone. Nothing of it was sent."))
    return _see_other(reverse("drafts"))


def _shown(request: HttpRequest, desk: Desk, draft: str, refusal: Refusal | None = None, *, status: int = 200) -> HttpResponse:
    try:
        held = show_draft(desk.node, desk.scope, bytes.fromhex(_hex(draft)))
        seen = preview(desk.node, desk.account, held["given"])
    except Refusal as caught:
        raise Http404 from caught
    reader = Reader(language=desk.language, own=seen["partner"] or desk.node.code, now=desk.node.clock.now(), zone=desk.zone)
    entry = seen["entry"]
    values = [
        {"name": headed(label(desk.language, "coded_field", name)), "value": html(words)} for name, words in coded_values(reader, entry)
    ]
    side = {
        "partner": seen["partner"],
        "receivers": seen["receivers"],
        "entry": entry,
        "type": headed(label(desk.language, "entry_type", f"{entry['kind']}.{entry['type']}")),
        "values": [value for value in values if value["value"]],
        "items": [item_card(reader, item) for item in entry["items"]],
        "codes": entry["marking"].get("codes", []),
        "urgency": seen["clock"]["urgency"],
        "clock": seen["clock"]["total"],
        "basis": seen["basis"],
        "reading": desk.language,
        "exact": seen["exact"],
    }
    shown = {"draft": held, "side": side, "refusal": refusal or _refused(seen)}
    return render(request, "writing/release.html", shown, status=status)


def _refused(seen: dict[str, object]) -> object:
    """What stands against sending the draft now, if anything does."""
    return seen["refusal"]


def _hex(draft: str) -> str:
    try:
        parse_hex(draft, what="draft", length=DRAFT_BYTES)
    except Refusal as refusal:
        raise Http404 from refusal
    return draft


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
