# SPDX-License-Identifier: EUPL-1.2
"""What every paper of a desk is told of its reader and its node, and how a file leaves the pages. One place for all surfaces."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from amana.node.partners import load_partners
from amana.phrases import Words, label
from amana.web.doors import Desk
from amana.web.printing.joint import Paper, Wording
from amana.web.units import unit_name

Plain = dict[str, Any]
PDF = "application/pdf"


def names_of(desk: Desk) -> dict[str, dict[str, str]]:
    """The official names of this agency and its partners, by code and language."""
    cards = {partner.code: partner.card.card.names for partner in desk.node.journal.read(load_partners)}
    cards[desk.node.code] = desk.node.card.card.names
    return {code: {"ar": names.ar, "fr": names.fr, "en": names.en} for code, names in cards.items()}


def given_to_print(desk: Desk, language: str = "") -> Plain:
    """`language` (empty: the page's), clock, names of agencies, whether the data is invented, and the post that prints."""
    language = language or desk.language
    comma = "، " if language == "ar" else ", "
    units = [unit_name(language, unit) for unit in sorted(desk.scope.units)]
    return {
        "language": language,
        "zone": desk.zone,
        "names": names_of(desk),
        "demonstration": desk.here.demonstration,
        "made_at": desk.node.clock.now(),
        "post": Words(comma.join([label(language, "role", desk.scope.role.value), *units])),
    }


def paper_of(desk: Desk, language: str = "") -> Paper:
    """The same, for papers of several authors."""
    return Paper(own=desk.node.code, **given_to_print(desk, language))


def translation_of(desk: Desk, version: Plain) -> Wording | None:
    """The translation that is printed beside an original: into the reader's language, else the first."""
    held = sorted(version["translations"], key=lambda one: one["language"] != desk.language)
    return Wording(language=held[0]["language"] or desk.language, text=held[0]["text"]) if held else None


def file_named(reference: str, ending: str) -> str:
    """A file's name from a dossier's reference, which holds strokes."""
    return f"{reference.replace('/', '-')}{ending}"


def download(content: bytes | str, type: str, name: str) -> HttpResponse:
    """A file to keep, under this name, taken for nothing else than it is."""
    response = HttpResponse(content, content_type=type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
