# SPDX-License-Identifier: EUPL-1.2
"""A dossier in a list: title, what it is, where it stands, whose turn it is, what is left of the clock, its reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amana.cli.pages.page import Page
from amana.phrases import Words, isolated, label, on_one_line, span, tell
from amana.phrases.labels import LABELS

Row = Mapping[str, Any]
NOT_UNDERSTOOD = "not_understood"


def row_lines(page: Page, row: Row) -> Iterator[str]:
    """The lines of one dossier in a list."""
    yield title_of(page, row)
    yield "   " + described(page, row)
    yield "   " + standing(page, row)
    yield "   " + tell(page.language, "dossier {reference}", reference=row["dossier"])


def title_of(page: Page, row: Row) -> Words:
    """The title, or that there is none to read."""
    return isolated(page.language, on_one_line(row["title"])) if row["title"] else tell(page.language, "(no title)")


def described(page: Page, row: Row) -> Words:
    """Kind, partners, area and urgency."""
    parts = [_kind_of(page.language, row)]
    others = page.comma.join(code for code in row["parties"] if code != page.own)
    if others:
        parts.append(tell(page.language, "with {partners}", partners=others))
    if row["area"]:
        parts.append(label(page.language, "area", row["area"]))
    if row["urgency"]:
        parts.append(label(page.language, "urgency", row["urgency"]))
    return Words(" · ".join(parts))


def _kind_of(language: str, row: Row) -> Words:
    """A notice is of the same kind as a request, and has no urgency."""
    if row["kind"] == "information_request" and not row["urgency"] and row["stage"] != NOT_UNDERSTOOD:
        return label(language, "entry_type", "information_request.notice")
    return label(language, "kind", row["kind"])


def standing(page: Page, row: Row) -> Words:
    """Stage, whose turn, and the clock."""
    parts = [stage_of(page.language, row)]
    if page.own in row["turn"]:
        parts.append(tell(page.language, "◆ our turn"))
    elif row["turn"]:
        parts.append(tell(page.language, "turn of {partners}", partners=page.comma.join(row["turn"])))
    if row["due"] and not row["closed"]:
        parts.append(clock(page, row["due"]))
    return Words(" · ".join(parts))


def stage_of(language: str, row: Row) -> Words:
    """The stage in words."""
    vocabulary = f"{row['kind']}_stage"
    return label(language, vocabulary if row["stage"] in LABELS.get(vocabulary, {}) else "stage", row["stage"])


def clock(page: Page, due: int) -> Words:
    """What is left until a deadline, or by how much it has passed."""
    at = page.moment(due)
    if due < page.now:
        return tell(page.language, "▲ overdue by {span}, since {at}", span=span(page.language, page.now - due), at=at)
    return tell(page.language, "{span} left, until {at}", span=span(page.language, due - page.now), at=at)
