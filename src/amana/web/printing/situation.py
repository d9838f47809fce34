# SPDX-License-Identifier: EUPL-1.2
"""A situation report or a briefing on paper: level, confidence, figures, sections; read at a briefing, one or two pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from amana.phrases import Words, isolated, label, tell
from amana.protocol.marking import Marking
from amana.web.printing.joint import Paper, from_to
from amana.web.printing.page import page_value
from amana.web.printing.permission import conditions_of
from amana.web.printing.sheet import Sheet, headed, paragraphs
from amana.web.printing.typesetting import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A report as it is printed: codes for `type`, `level`, `confidence`, figures and sections; each section with its
    language and text; the period in UTC ms."""

    dossier: str
    reference: str
    event: str
    type: str
    number: int
    starts: int
    ends: int
    level: str
    confidence: str
    host: str
    figures: tuple[tuple[str, int], ...]
    sections: tuple[tuple[str, tuple[str, str]], ...]
    exercise: bool = False
    marking: Marking = field(default_factory=Marking)


def situation_pdf(one: Situation, paper: Paper) -> bytes:
    """The PDF of a report; whether it may be printed is the caller's to ask (`require_printable`)."""
    return typeset("situation", situation_value(paper.sheet(), one), made_at=paper.made_at)


def situation_value(sheet: Sheet, one: Situation) -> dict[str, Any]:
    """What the template of a report gets."""
    language = sheet.language
    kind = headed(label(language, "report_type", one.type))
    number = tell(language, "{report} no. {number}", report=kind, number=one.number)
    shown = {"reference": one.reference, "dossier": one.dossier, "exercise": one.exercise}
    head = page_value(sheet, shown, one.marking, title=number)
    return head | {
        "kind": kind,
        "title": {"text": f"{headed(number)} · {one.event}", "dir": "rtl" if language == "ar" else "ltr", "lang": language},
        "facts": _facts(sheet, one),
        "conditions_name": headed(label(language, "printed", "conditions")),
        "conditions": conditions_of(sheet, one.marking),
        "figures": [{"name": headed(label(language, "report_figure", code)), "count": str(count)} for code, count in one.figures],
        "sections": [
            {"name": headed(label(language, "report_section", code)), "paragraphs": paragraphs(text, written)}
            for code, (written, text) in one.sections
        ],
    }


def _facts(sheet: Sheet, one: Situation) -> list[tuple[Words, list[Words]]]:
    language = sheet.language
    return [
        (headed(tell(language, "Period")), [from_to(sheet, one.starts, one.ends)]),
        (headed(tell(language, "Overall level")), [label(language, "risk_level", one.level)]),
        (headed(tell(language, "Confidence")), [label(language, "confidence", one.confidence)]),
        (headed(tell(language, "Issued by")), [isolated(language, sheet.named(one.host))]),
    ]
