# SPDX-License-Identifier: EUPL-1.2
"""What every printed page carries, letter or dossier: handling conditions, band, number, when and by which post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amana.phrases import Words, isolated, label, tell
from amana.phrases.dates import zone_name
from amana.protocol.marking import Marking
from amana.web.printing.permission import heading_of
from amana.web.printing.sheet import Plain, Sheet, direction, headed, reference_of_dossier

PAGE, PAGES = "\ue000", "\ue001"  # where the template puts its counters; no text can hold them, no font has them


def page_value(sheet: Sheet, shown: Plain, marking: Marking, *, title: str) -> dict[str, Any]:
    """The values of header and footer."""
    language = sheet.language
    return {
        "language": language,
        "dir": direction(language),
        "subject": title,
        "demonstration": " · ".join(_bands(sheet, exercise=bool(shown.get("exercise")))),
        "marking": heading_of(sheet, marking),
        "printed": headed(_printed(sheet)),
        "count": counted_pages(language),
        "reference": reference_of_dossier(shown),
        "reference_name": headed(label(language, "printed", "dossier")),
    }


def _bands(sheet: Sheet, *, exercise: bool) -> Iterator[Words]:
    """What every page of an exercise and of a demonstration says of itself."""
    if exercise:
        yield headed(tell(sheet.language, "exercise, nothing here is real"))
    if sheet.demonstration:
        yield headed(tell(sheet.language, "demonstration, invented data"))


def _printed(sheet: Sheet) -> Words:
    """When, where and by which post; never by whom."""
    at, zone = sheet.moment(sheet.made_at), zone_name(sheet.zone, sheet.made_at)
    if not sheet.post:
        return tell(sheet.language, "printed on {at} ({zone}) at {agency}", at=at, zone=zone, agency=sheet.own)
    post = isolated(sheet.language, sheet.post)
    return tell(sheet.language, "printed on {at} ({zone}) at {agency}, {post}", at=at, zone=zone, agency=sheet.own, post=post)


def counted_pages(language: str) -> list[str]:
    """The sentence around the counters of pages as three pieces of text."""
    text = tell(language, "page {page} of {pages}", page=Words(PAGE), pages=Words(PAGES))
    before, _, rest = text.partition(PAGE)
    between, _, after = rest.partition(PAGES)
    return [before, between, after]
