# SPDX-License-Identifier: EUPL-1.2
"""The files of an entry: a page with a picture of each page, the picture itself, and the file to be saved."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from amana.node.actions.form import parse_hex
from amana.node.attachments.kinds import TEXTS
from amana.node.attachments.reading import load_attachment
from amana.phrases import file_size
from amana.protocol.errors import OperatorFault, Refusal
from amana.protocol.identifiers import EntryId
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.entries import SHORT, anchor
from amana.web.dossiers.items import label_html, one_line, paragraph
from amana.web.dossiers.loading import load_dossier, reader_of
from amana.web.dossiers.previewing import count_pages, download, draw_page, require_preview, text_of
from amana.web.html import html

FIRST = 1


def attachment(request: HttpRequest, dossier: str, entry: str, place: int) -> HttpResponse:
    """The file, to be saved."""
    desk = desk_of(request)
    dossier_of(dossier)
    name, type, content, matches = _load(desk, dossier, entry, place)
    return download(name, type, content, matches=matches)


def attachment_preview(request: HttpRequest, dossier: str, entry: str, place: int) -> HttpResponse:
    """A page of ours around a picture of one page of the file, or around its text."""
    desk, id = desk_of(request), dossier_of(dossier)
    shown, _ = load_dossier(desk, id, record=False)
    name, type, content, matches = _load(desk, dossier, entry, place)
    reader = reader_of(desk, shown)
    context = {
        "dossier": dossier,
        "entry": entry,
        "place": place,
        "number": reader.numbers.get(entry, 0),
        "anchor": anchor(entry),
        "reference": shown["reference"],
        "name": one_line(name),
        "type": label_html(reader, "file_type", type),
        "size": html(file_size(desk.language, len(content))),
        "hash": hashlib.sha256(content).hexdigest()[:SHORT],
    }
    try:
        require_preview(type, matches=matches)
        context |= _text(content) if type in TEXTS else _pages(request, type, content)
    except Refusal as refusal:
        context["refusal"] = {"code": str(refusal.code), "facts": dict(refusal.facts)}
    return render(request, "dossiers/preview.html", context)


def attachment_page(request: HttpRequest, dossier: str, entry: str, place: int, page: int) -> HttpResponse:
    """One page as a picture."""
    desk = desk_of(request)
    _, type, content, matches = _load(desk, dossier, entry, place)
    try:
        require_preview(type, matches=matches)
        drawn = draw_page(type, content, page)
    except Refusal as refusal:
        raise Http404 from refusal
    return HttpResponse(drawn.png, content_type="image/png", headers={"X-Content-Type-Options": "nosniff", "Content-Encoding": "identity"})


def _pages(request: HttpRequest, type: str, content: bytes) -> dict[str, object]:
    pages = max(count_pages(type, content), FIRST)
    asked = request.GET.get("page", "")
    page = min(max(int(asked), FIRST), pages) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else FIRST
    return {"pages": pages, "page": page, "before": page - 1, "after": page + 1 if page < pages else 0}


def _text(content: bytes) -> dict[str, object]:
    text, rest = text_of(content)
    return {"text": paragraph(text, ""), "rest": rest}


def _load(desk: Desk, dossier: str, entry: str, place: int) -> tuple[str, str, bytes, bool]:
    """Name, type, content, and whether it is of that type. Raises Http404 for what is not there for this person."""
    try:
        id = EntryId(parse_hex(entry, what="entry"))
        held = desk.node.journal.read(lambda reading: reading.entry(id))
        if held is None or held.dossier.hex() != dossier:
            raise Http404
        return load_attachment(desk.node, desk.scope, id, place)
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal
    except OperatorFault as fault:
        raise Http404 from fault
