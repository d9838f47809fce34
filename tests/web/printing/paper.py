# SPDX-License-Identifier: EUPL-1.2
"""A dossier as `show_dossier` gives it, and what stands on the pages made of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it has no types

from amana.web.printing.permission import numbered
from amana.web.printing.sheet import Sheet

HOUR = 3_600_000
NOW = 1_703_149_920_000  # 21 December 2023, 09:12 UTC
REQUEST, ANSWER, TRANSLATION, FOREIGN = "aa" * 32, "bb" * 32, "cc" * 32, "ee" * 32
AGREEMENT = "dd" * 32
SECRET_NOTE = "NEVERLEAVES"
NAMES = {
    "ma.dgsn": {"ar": "المديرية العامة للأمن الوطني", "fr": "Direction générale de la Sûreté nationale", "en": "National Security"},
    "fr.dgpn": {"ar": "المديرية العامة للشرطة الوطنية", "fr": "Direction générale de la Police nationale", "en": "National Police"},
}
GIVEN: dict[str, Any] = {"zone": UTC, "names": NAMES, "demonstration": True, "made_at": NOW + HOUR, "post": "unit-2"}
MARKING: dict[str, Any] = {
    "codes": ["H0", "H2"],
    "level": 1,
    "purpose": "investigation",
    "basis": {"article": "1.2", "agreement": AGREEMENT},
}
ITEM: dict[str, Any] = {
    "type": "vehicle",
    "fact": True,
    "grade": "A1",
    "category": "none",
    "minor": False,
    "understood": True,
    "value": {"plate": "AA-123-BB", "country": "FR"},
}


def entry(id: str, number: int, author: str, type: str, **more: Any) -> dict[str, Any]:
    """One entry of the dossier."""
    return {
        "id": id,
        "number": number,
        "author": author,
        "kind": "information_request",
        "type": type,
        "made_at": NOW,
        "arrived_at": NOW,
        "understood": True,
        "automatic": False,
        "aside": False,
        "audience": [{"fr.dgpn": "ma.dgsn", "ma.dgsn": "fr.dgpn"}[author]],
        "coded": {},
        "marking": copy.deepcopy(MARKING),
        "refused": "",
        "disposition": "",
        "waiting": False,
        "void": "",
        "readable": True,
        "title": "",
        "text": "",
        "language": "",
        "items": [],
        "officer": "j.dupont",
        "handle": "5C46",
        **more,
    }


def dossier(**more: Any) -> dict[str, Any]:
    """A request of Rabat's, its working translation and the answer of Paris, seen in Paris; a note that never leaves."""
    return {
        "agency": "fr.dgpn",
        "dossier": REQUEST,
        "reference": "MA-DGSN/2023/AAAAAA",
        "kind": "information_request",
        "title": "شاحنة مبردة",
        "title_language": "ar",
        "stage": "partly_answered",
        "area": "drugs",
        "urgency": "urgent",
        "turn": ["fr.dgpn"],
        "due": NOW + 72 * HOUR,
        "closed": False,
        "parties": ["fr.dgpn", "ma.dgsn"],
        "opened_at": NOW,
        "unit": "drugs",
        "officer": "j.dupont",
        "state": {},
        "clocks": [],
        "refusals": [],
        "verified": None,
        "agreement": {"agreement": AGREEMENT, "title": "Accord du 30 mai 2000"},
        "entries": _entries(),
        "notes": [{"at": NOW, "author": "j.dupont", "text": SECRET_NOTE, "language": "fr"}],
        **more,
    }


def _entries() -> list[dict[str, Any]]:
    asked = {"area": "drugs", "clock": 72 * HOUR, "types": ["vehicle_check"], "urgency": "urgent", "languages": ["ar", "fr"]}
    translated = {"entry": REQUEST, "kind": "working", "language": "fr"}
    delivery = {"partner": "ma.dgsn", "state": "delivered", "position": 3, "sent_at": NOW, "delivered_at": NOW, "taken_at": 0}
    request = {"title": "شاحنة مبردة", "text": "المرجو التحقق من المركبة.", "language": "ar", "coded": asked, "items": [ITEM]}
    translation = {"text": "Prière de vérifier le véhicule.", "language": "fr", "coded": translated}
    answer = {"text": "Le véhicule est connu.", "language": "fr", "coded": {"outcome": "provided"}, "delivery": [delivery]}
    return [
        entry(REQUEST, 1, "ma.dgsn", "request", **request),
        entry(TRANSLATION, 2, "ma.dgsn", "translation", **translation),
        entry(ANSWER, 3, "fr.dgpn", "answer", marking=MARKING | {"codes": ["H0", "H1"]}, **answer),
    ]


def sheet(language: str, shown: dict[str, Any]) -> Sheet:
    """The sheet on which it is set."""
    numbers = {one["id"]: number for number, one in numbered(shown)}
    return Sheet(language=language, own=shown["agency"], made_at=NOW, zone=UTC, names=NAMES, demonstration=True, numbers=numbers)


def pages_of(pdf: bytes) -> list[str]:
    """The letters of each page as they stand, line by line from left to right.

    No oracle for Arabic, and what a PDF says of the order of its letters is none for anything beside it: only Latin
    letters and digits are looked for, where they are drawn.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        return [_lines_of(page.get_textpage()) for page in document]


def _lines_of(text: pypdfium2.PdfTextPage) -> str:
    lines: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for place in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(place, loose=True)
        if right > left:
            lines.setdefault((round(bottom), round(top - bottom)), []).append((left, right, text.get_text_range(place, 1)))
    return "\n".join(_read(sorted(lines[place])) for place in sorted(lines, reverse=True))


def _read(letters: list[tuple[float, float, str]]) -> str:
    """A line; where there is a gap, there is a space."""
    read, end = "", letters[0][0]
    for left, right, letter in letters:
        read += (" " if left - end > 1 and not read.endswith(" ") else "") + letter
        end = right
    return " ".join(read.split())


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_size() for page in document]


def boxes_of(pdf: bytes) -> Iterator[tuple[float, float, float, float]]:
    """Where each letter stands on its page: left, bottom, right, top in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            for place in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(place)
                if right > left and top > bottom:
                    yield left, bottom, right, top
