# SPDX-License-Identifier: EUPL-1.2
"""The sections of a briefing file as their templates draw them. Pure."""

from __future__ import annotations

from typing import Any

from amana.node.briefs import Brief, BriefLine, BriefSection
from amana.phrases import cleaned
from amana.web.briefing.editing import facts_field
from amana.web.briefing.wording import FIGURES, Reading, facts_of, figure_name, figure_value, more_in, nothing_in
from amana.web.html import direction, html

Plain = dict[str, Any]
LETTERS_IN_ROW = 74  # of a line's field, so that it opens as high as its words


def shown_sections(reading: Reading, brief: Brief) -> list[Plain]:
    """Every section with its lines or figures in words."""
    return [_section(reading, section) for section in brief.sections]


def _section(reading: Reading, section: BriefSection) -> Plain:
    figures = section.code in FIGURES
    return {
        "code": section.code,
        "figures": figures,
        "lines": [_line(reading, section, place, line) for place, line in enumerate(section.lines)],
        "own": cleaned(section.text),
        "own_language": section.language or reading.language,
        "more": section.more,
        "more_words": html(more_in(reading.language, section.more)) if section.more else "",
        "nothing": html(nothing_in(reading.language, section.code)),
    }


def _line(reading: Reading, section: BriefSection, place: int, line: BriefLine) -> Plain:
    language = line.language or reading.language
    shown: Plain = {
        "place": place,
        "number": place + 1,
        "field": facts_field(line),
        "on": not line.off,
        "urgent": line.urgent,
        "text": cleaned(line.text),
        "language": language,
        "dir": direction(language),
        "rows": max(1, min(12, sum(1 + len(part) // LETTERS_IN_ROW for part in line.text.split("\n")))),
        "reference": line.reference,
        "dossier": line.dossier.hex(),
        "first": place == 0,
        "last": place == len(section.lines) - 1,
        "said": line.last,
        "said_at": line.last_at,
        "said_language": line.last_language or reading.language,
    }
    if section.code in FIGURES:
        return shown | {
            "name": html(figure_name(reading.language, line)),
            "value": html(figure_value(reading.language, line)),
            "few": line.state == "few",
        }
    return shown | {"facts": [html(fact) for fact in facts_of(reading, line)]}
