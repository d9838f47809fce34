# SPDX-License-Identifier: EUPL-1.2
"""A joint threat assessment: situation, judgements with likelihood and confidence in words, sources, dissent, approvals.

A judgement never stands without its likelihood and confidence beside it, nor a source without its grade in words; what a
party does not share is said under its name. Every page carries the marking.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from amana.phrases import Words, isolated, label, tell
from amana.protocol.marking import Marking
from amana.web.printing.joint import Approval, Paper, Wording, approvals_value, head_value, named, standing, wording_value
from amana.web.printing.permission import conditions_of
from amana.web.printing.sheet import Sheet, headed, said
from amana.web.printing.typesetting import typeset

PARTS = ("situation", "judgement", "outlook", "recommendation")  # in the order in which they are read
Pair = tuple[Words, list[Words]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """What one party holds against a passage."""

    agency: str
    wording: Wording
    translation: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage of one of PARTS; `likelihood` and `confidence` in words, empty where the part has none."""

    part: str
    number: int
    wording: Wording
    translation: Wording | None = None
    likelihood: str = ""
    confidence: str = ""
    settled: bool = True
    dissents: tuple[Dissent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the assessment rests on: `grade` as B2, whose it is, and when it was put in (UTC ms)."""

    number: int
    agency: str
    grade: str
    wording: Wording
    translation: Wording | None = None
    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """An assessment as it is printed; `area` is a code, `valid_until` UTC ms (0: no date), `digest` in hex."""

    dossier: str
    reference: str
    area: str
    title: Wording | None = None
    revision: int
    valid_until: int
    parties: tuple[str, ...]
    passages: tuple[Passage, ...]
    sources: tuple[Source, ...]
    approvals: tuple[Approval, ...]
    digest: str = ""
    dissents: tuple[Dissent, ...] = ()  # from the assessment as a whole
    marking: Marking = field(default_factory=Marking)


def assessment_pdf(assessment: Assessment, paper: Paper) -> bytes:
    """The PDF of an assessment; whether it may be printed is the caller's to ask (`require_printable`)."""
    return typeset("assessment", assessment_value(paper.sheet(), assessment), made_at=paper.made_at)


def assessment_value(sheet: Sheet, one: Assessment) -> dict[str, Any]:
    """What the template of an assessment gets."""
    language = sheet.language
    heading = tell(language, "Threat assessment, dossier {reference}", reference=isolated(language, one.reference))
    area = headed(label(language, "area", one.area))
    direction = "rtl" if language == "ar" else "ltr"
    return head_value(sheet, one.marking, title=heading, reference=one.reference, dossier=one.dossier) | {
        "kind": named(sheet, "threat_assessment"),
        "title": {"text": area, "dir": direction, "lang": language},
        "subtitle": None if one.title is None else said(one.title.text, one.title.language),
        "standing": standing(sheet, one.approvals, one.digest),
        "facts": _facts(sheet, one),
        "conditions_name": headed(label(language, "printed", "conditions")),
        "conditions": conditions_of(sheet, one.marking),
        "parts": [_part(sheet, part, one.passages) for part in PARTS if any(passage.part == part for passage in one.passages)],
        "dissents_name": named(sheet, "dissent"),
        "dissents": [_dissent(sheet, held) for held in one.dissents],
        "likelihood_name": named(sheet, "likelihood"),
        "confidence_name": named(sheet, "confidence"),
        "unsettled": label(language, "paper", "unsettled"),
        "sources_name": named(sheet, "sources"),
        "sources_head": [named(sheet, name) for name in ("number", "source", "grade", "agency")],
        "sources": [_source(sheet, source) for source in one.sources],
        "approvals": approvals_value(sheet, one.approvals, one.digest),
    }


def _facts(sheet: Sheet, one: Assessment) -> list[Pair]:
    language = sheet.language
    lasts: list[Words] = [sheet.moment(one.valid_until)] if one.valid_until else [Words("–")]
    if one.valid_until and one.valid_until < sheet.made_at:
        lasts.append(tell(language, "no longer valid"))
    return [
        (named(sheet, "revision"), [Words(str(one.revision))]),
        (named(sheet, "valid_until"), lasts),
        (named(sheet, "parties"), [sheet.named(code) for code in one.parties]),
    ]


def _part(sheet: Sheet, part: str, passages: tuple[Passage, ...]) -> dict[str, Any]:
    return {"name": named(sheet, part), "passages": [_passage(sheet, one) for one in passages if one.part == part]}


def _passage(sheet: Sheet, one: Passage) -> dict[str, Any]:
    return {
        "number": str(one.number),
        "likelihood": one.likelihood,
        "confidence": one.confidence,
        "settled": one.settled,
        "dissents": [_dissent(sheet, dissent) for dissent in one.dissents],
        **wording_value(sheet, one.wording, one.translation),
    }


def _dissent(sheet: Sheet, one: Dissent) -> dict[str, Any]:
    name = tell(sheet.language, "{agency} does not share this", agency=sheet.named(one.agency))
    return {"name": headed(name), **wording_value(sheet, one.wording, one.translation)}


def _source(sheet: Sheet, one: Source) -> dict[str, Any]:
    language = sheet.language
    source, information = (one.grade[:1], one.grade[1:2]) if len(one.grade) == 2 else ("", "")
    words = [label(language, "source_grade", source), label(language, "information_grade", information)] if source else []
    return {
        "number": str(one.number),
        "grade": one.grade,
        "grade_words": words,
        "agency": one.agency,
        "at": sheet.moment(one.at) if one.at else "",
        "original": wording_value(sheet, one.wording)["text"]["paragraphs"],
        "translated": wording_value(sheet, one.translation)["text"]["paragraphs"] if one.translation else [],
    }
