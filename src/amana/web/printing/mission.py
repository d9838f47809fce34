# SPDX-License-Identifier: EUPL-1.2
"""A mission of experts on paper: who goes to whom and for what, the terms both stand by, the team by post, its course.

What people wrote stays in the language in which it was written; everything else is in the reader's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from amana.phrases import Words, isolated, label, on_one_line, tell, tell_count
from amana.protocol.marking import Marking
from amana.web.printing.joint import Paper, Wording, from_to, shortened, wording_value
from amana.web.printing.page import page_value
from amana.web.printing.permission import conditions_of
from amana.web.printing.sheet import Sheet, headed, said
from amana.web.printing.typesetting import typeset

Lines = list[tuple[Words, list[Words]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of the course: the code of its type, its coded values, and what was written."""

    type: str
    author: str
    at: int
    coded: Mapping[str, Any]
    wording: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """A mission as it is printed; codes for what is chosen from lists, times in UTC ms, posts and place as written."""

    dossier: str
    reference: str
    title: Wording
    objectives: Wording
    type: str
    area: str
    stage: str
    giver: str
    receiver: str
    event: str
    place: str
    people: int
    starts: int
    ends: int
    cost: str
    languages: tuple[str, ...]
    deliverables: tuple[str, ...]
    agreed_by: tuple[str, ...]
    agreed: str  # the id of the terms by which both sides stand; empty for none
    posts: tuple[str, ...]
    days: int
    trained: int
    feedback: str
    follow_up: str
    follow_up_due: int
    course: tuple[Word, ...]
    exercise: bool = False
    marking: Marking = field(default_factory=Marking)


def mission_pdf(one: Mission, paper: Paper) -> bytes:
    """The PDF of a mission; whether it may be printed is the caller's to ask (`require_printable`)."""
    return typeset("mission", mission_value(paper.sheet(), one), made_at=paper.made_at)


def mission_value(sheet: Sheet, one: Mission) -> dict[str, Any]:
    """What the template of a mission gets."""
    language = sheet.language
    kind = headed(tell(language, "Mission of experts"))
    shown = {"reference": one.reference, "dossier": one.dossier, "exercise": one.exercise}
    title = on_one_line(one.title.text) or one.reference  # a paper needs a title, and a partner may send one that shows nothing
    return page_value(sheet, shown, one.marking, title=title) | {
        "kind": kind,
        "title": said(title, one.title.language),
        "standing": headed(label(language, "expertise_mission_stage", one.stage)),
        "facts": _facts(sheet, one),
        "conditions_name": headed(label(language, "printed", "conditions")),
        "conditions": conditions_of(sheet, one.marking),
        "objectives_name": headed(tell(language, "Objectives")),
        "objectives": wording_value(sheet, one.objectives) if one.objectives.text else None,
        "terms_name": headed(tell(language, "Terms")),
        "terms": _terms(sheet, one),
        "team_name": headed(tell(language, "Team, by post")),
        "team": [said(post, language) for post in one.posts],
        "course_name": headed(tell(language, "Course of the mission")),
        "course": [_word(sheet, each) for each in one.course],
        "outcome_name": headed(tell(language, "What came of it")),
        "outcome": _outcome(sheet, one),
    }


def _facts(sheet: Sheet, one: Mission) -> Lines:
    language = sheet.language
    lines: Lines = [
        (label(language, "coded_field", "expertise_mission.type"), [label(language, "mission_type", one.type)]),
        (label(language, "paper", "area"), [label(language, "area", one.area)]),
        (label(language, "coded_field", "giver"), [isolated(language, sheet.named(one.giver))]),
        (label(language, "coded_field", "receiver"), [isolated(language, sheet.named(one.receiver))]),
        (tell(language, "Period"), [from_to(sheet, one.starts, one.ends)]),
    ]
    if one.place:
        lines.append((label(language, "paper", "place"), [sheet.typed(one.place)]))
    if one.event:
        lines.append((tell(language, "Event"), [sheet.typed(one.event)]))
    return [(headed(name), value) for name, value in lines]


def _terms(sheet: Sheet, one: Mission) -> Lines:
    """What both sides stand by; while they stand by nothing, what was asked for, and that it is so."""
    language = sheet.language
    agreed = tell(language, "agreed by {agencies}", agencies=sheet.listed(one.agreed_by))
    asked = tell(language, "not agreed yet: this is what was asked for")
    lines: Lines = [(label(language, "paper", "state"), [agreed if one.agreed else asked])]
    if one.agreed:
        lines.append((tell(language, "Id of the terms"), [isolated(language, shortened(one.agreed))]))
    lines.append((label(language, "coded_field", "people"), [Words(str(one.people))]))
    if one.cost:
        lines.append((label(language, "coded_field", "cost"), [label(language, "cost_bearer", one.cost)]))
    if one.languages:
        lines.append((label(language, "coded_field", "languages"), [_each(sheet, "language", one.languages)]))
    if one.deliverables:
        lines.append((label(language, "coded_field", "deliverables"), [_each(sheet, "deliverable", one.deliverables)]))
    return [(headed(name), value) for name, value in lines]


def _each(sheet: Sheet, vocabulary: str, codes: tuple[str, ...]) -> Words:
    return Words(sheet.comma.join(label(sheet.language, vocabulary, code) for code in codes))


def _outcome(sheet: Sheet, one: Mission) -> Lines:
    """Expert days, people trained, what the receiver judged, and the follow-up or the day on which it is due."""
    language = sheet.language
    lines: Lines = []
    if one.days:
        lines.append((label(language, "coded_field", "days"), [Words(str(one.days))]))
    if one.trained:
        lines.append((label(language, "coded_field", "trained"), [Words(str(one.trained))]))
    if one.feedback:
        lines.append((label(language, "coded_field", "usefulness"), [label(language, "usefulness", one.feedback)]))
    if one.follow_up:
        lines.append((tell(language, "After six months"), [label(language, "follow_up_result", one.follow_up)]))
    elif one.follow_up_due:
        lines.append((tell(language, "Follow-up due on"), [sheet.moment(one.follow_up_due)]))
    return [(headed(name), value) for name, value in lines]


def _word(sheet: Sheet, one: Word) -> dict[str, Any]:
    language = sheet.language
    return {
        "name": headed(label(language, "entry_type", f"expertise_mission.{one.type}")),
        "author": one.author,
        "at": sheet.moment(one.at),
        "facts": " · ".join(_said(sheet, one)),
        "text": wording_value(sheet, one.wording)["text"] if one.wording else None,
        "translation": None,
    }


def _said(sheet: Sheet, one: Word) -> list[Words]:
    """What a word says in codes and numbers."""
    language, coded = sheet.language, one.coded
    told: list[Words] = []
    if not coded:
        return told
    if one.type == "report":
        told.append(label(language, "mission_report", coded.get("type", "")))
    if one.type == "team":
        told.append(tell_count(language, "{count} expert", "{count} experts", count=int(coded.get("people", 0))))
    if one.type in ("report", "complete"):
        told.append(tell_count(language, "{count} expert day", "{count} expert days", count=int(coded.get("days", 0))))
    if one.type == "feedback":
        told.append(label(language, "usefulness", coded.get("usefulness", "")))
    if one.type == "follow_up":
        told.append(label(language, "follow_up_result", coded.get("result", "")))
    if one.type == "decline":
        told.append(label(language, "refusal", coded.get("code", "")))
    return told
