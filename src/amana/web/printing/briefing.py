# SPDX-License-Identifier: EUPL-1.2
"""The briefing file before a meeting: private to its agency, in sections of lines, as its officer edited it.

It says on every page whose it is and that it never leaves. It holds what the node already shows to that officer; nothing
is asked of anybody to print it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from amana.phrases import Words, isolated, label, tell
from amana.phrases.dates import zone_name
from amana.protocol.marking import Marking
from amana.web.printing.joint import Paper, Wording, head_value, line_of, named
from amana.web.printing.sheet import Sheet, headed, paragraphs, said
from amana.web.printing.typesetting import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingLine:
    """One line: its text, what stands beside it (a date, a partner, a state; in words, each on a line of its own), whether it
    presses, and what the owner `last` said of it, when (`last_on`, in words)."""

    wording: Wording
    aside: str = ""
    beside: tuple[str, ...] = ()
    urgent: bool = False
    last: Wording | None = None
    last_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingFigure:
    """A figure with its name, both in words."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingSection:
    """A section under its heading (in words, `aside` beside it); `empty` is what is said where it has neither figures nor lines,
    `more` that there are more lines than these."""

    heading: str
    aside: str = ""
    more: str = ""
    lines: tuple[BriefingLine, ...] = ()
    figures: tuple[BriefingFigure, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A briefing file as it is printed. `drawn_at`: when its figures were drawn, UTC ms; `withheld`: that lines were kept off, in
    words; `marking`: the strictest of its sources, under which the paper stands beside being private."""

    dossier: str  # of the meeting
    reference: str
    titles: tuple[Wording, ...]  # of the meeting
    starts: int
    place: str = ""
    parties: tuple[str, ...]
    sections: tuple[BriefingSection, ...]
    drawn_at: int
    withheld: str = ""
    marking: Marking = field(default_factory=Marking)


def briefing_pdf(briefing: Briefing, paper: Paper) -> bytes:
    """The PDF of a briefing file."""
    return typeset("briefing", briefing_value(paper.sheet(), briefing), made_at=paper.made_at)


def briefing_value(sheet: Sheet, one: Briefing) -> dict[str, Any]:
    """What the template of a briefing file gets."""
    language = sheet.language
    title = line_of(one.titles, language)
    heading = tell(language, "Briefing file, dossier {reference}", reference=isolated(language, one.reference))
    value = head_value(sheet, one.marking, title=heading, reference=one.reference, dossier=one.dossier)
    private = tell(language, "private to {agency}, never leaves it", agency=isolated(language, sheet.own))
    level = headed(label(language, "level", one.marking.level.value))
    above = tell(language, "{level}, {private}", level=level, private=private) if one.marking.level.value else headed(private)
    value["marking"] |= {"level": above, "classified": True}
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
        "withheld": one.withheld,
        "sections": [_section(place, section) for place, section in enumerate(one.sections, 1)],
    }


def _section(place: int, one: BriefingSection) -> dict[str, Any]:
    return {
        "number": str(place),
        "heading": one.heading,
        "aside": one.aside,
        "more": one.more,
        "figures": [{"name": figure.name, "value": figure.value} for figure in one.figures],
        "lines": [_line(line) for line in one.lines],
        "empty": "" if one.lines or one.figures else one.empty,
    }


def _line(one: BriefingLine) -> dict[str, Any]:
    return {
        "paragraphs": paragraphs(one.wording.text, one.wording.language),
        "beside": list(one.beside or ([one.aside] if one.aside else [])),
        "urgent": one.urgent,
        "last": paragraphs(one.last.text, one.last.language) if one.last is not None else [],
        "last_on": one.last_on,
    }
