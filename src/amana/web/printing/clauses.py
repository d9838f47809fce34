# SPDX-License-Identifier: EUPL-1.2
"""The wording of an agreement's text on paper: each clause in its languages one under the other, headed in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.phrases import LANGUAGES, Words, label, tell
from amana.phrases.bidi import on_one_line
from amana.web.printing.sheet import paragraphs

HEADINGS = ("preamble", "closing")


def clause_paragraphs(entry: Mapping[str, Any]) -> list[dict[str, str]]:
    """The clauses of this entry as paragraphs; none where it has none."""
    shown: list[dict[str, str]] = []
    for clause in entry.get("clauses", ()):
        for one in clause["texts"]:
            heading = _heading(clause["number"], one["language"])
            title = on_one_line(one["title"])
            shown += paragraphs(f"{heading} – {title}" if title else str(heading), one["language"])
            shown += paragraphs(one["text"], one["language"]) if one["text"] else []
            shown += paragraphs("", one["language"])
    return shown


def _heading(number: str, language: str) -> Words:
    """The clause's number as one says it in that language."""
    if language not in LANGUAGES:
        return Words(on_one_line(number))
    if number in HEADINGS:
        return label(language, "clause_heading", number)
    return tell(language, "Article {number}", number=number) if number[:1].isdecimal() else Words(on_one_line(number))
