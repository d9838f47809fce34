# SPDX-License-Identifier: EUPL-1.2
"""The briefing file before a meeting: private to its agency, in sections of lines, as its officer edited it.

It says on every page whose it is and that it never leaves. It holds what the node already shows to that officer; nothing
is asked of anybody to print it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from amana.phrases import Words, isolated, label, tell
from amana.phrases.dates import zone_name
from amana.protocol.marking import Marking
from amana.web.printing.joint import Paper, Wording, head_value, line_of, named
from amana.web.printing.sheet import Sheet, headed, paragraphs, said
from amana.web.printing.typesetting import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingLine:
    """One line: its text, what stands beside it (a date, a partner, a state; in words), whether it presses."""

    wording: Wording
    aside: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingFigure:
    """A figure with its name, both in words."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingSection:
    """A section under its heading (in words); `empty` is what is said where it has neither figures nor lines."""

    heading: str
    lines: tuple[BriefingLine, ...] = ()
    figures: tuple[BriefingFigure, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A briefing file as it is printed. `drawn_at`: when its figures were drawn, UTC ms."""

    dossier: str  # of the meeting
    reference: str
    titles: tuple[Wording, ...]  # of the meeting
    starts: int
    place: str = ""
    parties: tuple[str, ...]
    sections: tuple[BriefingSection, ...]
    drawn_at: int


def briefing_pdf(briefing: Briefing, paper: Paper) -> bytes:
    """The PDF of a briefing file."""
    return typeset("briefing", briefing_value(paper.sheet(), briefing), made_at=paper.made_at)


def briefing_value(sheet: Sheet, one: Briefing) -> dict[str, Any]:
    """What the template of a briefing file gets."""
    language = sheet.language
    title = line_of(one.titles, language)
    heading = tell(language, "Briefing file, dossier {reference}", reference=isolated(language, one.reference))
    value = head_value(sheet, Marking(), title=heading, reference=one.reference, dossier=one.dossier)
    private = tell(language, "private to {agency}, never leaves it", agency=isolated(language, sheet.own))
    value["marking"] = {"level": headed(private), "classified": True, "national": "", "tlp": "", "codes": []}
    facts: list[tuple[Words, list[Words]]] = [(named(sheet, "date"), [sheet.moment(one.starts)])]
    if one.place:
        facts.append((named(sheet, "place"), [sheet.typed(one.place)]))
    facts.append((named(sheet, "parties"), [sheet.named(code) for code in one.parties]))
    drawn = tell(language, "{at} ({zone})", at=sheet.moment(one.drawn_at), zone=zone_name(sheet.zone, one.drawn_at))
    facts.append((headed(label(language, "paper", "drawn")), [drawn]))
    return value | {
        "kind": named(sheet, "briefing"),
        "title": said(title.text, title.language),
        "facts": facts,
        "sections": [_section(place, section) for place, section in enumerate(one.sections, 1)],
    }


def _section(place: int, one: BriefingSection) -> dict[str, Any]:
    return {
        "number": str(place),
        "heading": one.heading,
        "figures": [{"name": figure.name, "value": figure.value} for figure in one.figures],
        "lines": [
            {"paragraphs": paragraphs(line.wording.text, line.wording.language), "aside": line.aside, "urgent": line.urgent}
            for line in one.lines
        ],
        "empty": "" if one.lines or one.figures else one.empty,
    }
