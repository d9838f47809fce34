# SPDX-License-Identifier: EUPL-1.2
"""The words around a match as HTML: matches marked, and every number or foreign run isolated as in any text of a person.

What was found is a partner's text: it is cleaned and escaped here, and a mark never joins two runs of direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from amana.phrases import cleaned
from amana.web.html import RTL, RUN

Plain = dict[str, Any]
BETWEEN = " · "  # between the values of one item
IN_ITEMS = frozenset({"items", "numbers"})


def draw_snippet(parts: Sequence[Plain], field: str, language: str) -> SafeString:
    """The snippet of one hit."""
    shown = [(cleaned(part["text"]), bool(part["hit"])) for part in parts]
    text = "".join(held for held, _ in shown)
    hit = [flag for held, flag in shown for _ in held]
    pieces = []
    for start, end, isolated in _runs(text, field, language):
        inside = _marked(text[start:end], hit[start:end])
        pieces.append(f"<bdi{isolated}>{inside}</bdi>" if isolated is not None else inside)
    return mark_safe("".join(pieces))  # noqa: S308 - escaped in _marked


def _runs(text: str, field: str, language: str) -> Iterator[tuple[int, int, str | None]]:
    """Parts of the text, each with the attribute of the element that isolates it; None for what needs none."""
    at = 0
    if field in IN_ITEMS:
        for value in text.split(BETWEEN):
            yield at, at + len(value), ""
            at += len(value)
            if at < len(text):
                yield at, at + len(BETWEEN), None
                at += len(BETWEEN)
        return
    for run in RUN.finditer(text) if language in RTL else ():
        yield at, run.start(), None
        yield run.start(), run.end(), ' dir="ltr"'
        at = run.end()
    yield at, len(text), None if field != "reference" else ' dir="ltr"'


def _marked(text: str, hit: Sequence[bool]) -> str:
    """Escaped, with the matches marked."""
    pieces, at = [], 0
    while at < len(text):
        end = at + 1
        while end < len(text) and hit[end] == hit[at]:
            end += 1
        piece = escape(text[at:end])
        pieces.append(f"<mark>{piece}</mark>" if hit[at] else piece)
        at = end
    return "".join(pieces)
