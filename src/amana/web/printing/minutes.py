# SPDX-License-Identifier: EUPL-1.2
"""Minutes of a meeting: who met, what was said point by point, what was decided, who approved it by which hash.

Each point stands in the language in which it was said, with its translation beside it; persons appear by post only. Every
page carries the marking. Minutes that not every party approved say so at their head.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from amana.phrases import Words, day, hour, isolated, label, tell, tell_count
from amana.phrases.dates import zone_name
from amana.protocol.marking import Marking
from amana.web.printing.joint import (
    Approval,
    Paper,
    Wording,
    approvals_value,
    from_to,
    head_value,
    line_of,
    named,
    standing,
    wording_value,
)
from amana.web.printing.permission import conditions_of
from amana.web.printing.sheet import Sheet, headed, said
from amana.web.printing.typesetting import typeset

Pair = tuple[Words, list[Words]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Who came for an agency, by post."""

    agency: str
    posts: tuple[Wording, ...] = ()
    interpreters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPoint:
    """One point; `title` is that of the agenda's point, `settled` false where parties have not agreed on its wording."""

    number: int
    wording: Wording
    translation: Wording | None = None
    speaker: str = ""  # agency code
    title: Wording | None = None
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A working session with its points."""

    starts: int
    ends: int
    points: tuple[MinutesPoint, ...]
    title: Wording | None = None
    number: int = 0  # among the sessions of the visit; 0: its place on this paper


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """One decision: who carries it out, until when (UTC ms, 0 for no date), in which area (code), and its state in words."""

    number: int
    wording: Wording
    translation: Wording | None = None
    owners: tuple[str, ...]
    due: int = 0
    area: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Minutes as they are printed. `titles`: in each language there is; `kind` and `level` in words; `digest` in hex."""

    dossier: str
    reference: str
    titles: tuple[Wording, ...]
    kind: str
    level: str = ""
    place: str = ""
    host: str
    starts: int
    ends: int
    next_at: int = 0
    areas: tuple[str, ...] = ()
    delegations: tuple[Delegation, ...]
    sittings: tuple[Sitting, ...]
    decisions: tuple[DecisionLine, ...]
    approvals: tuple[Approval, ...]
    digest: str = ""
    marking: Marking = field(default_factory=Marking)


def minutes_pdf(minutes: Minutes, paper: Paper) -> bytes:
    """The PDF of the minutes; whether they may be printed is the caller's to ask (`require_printable`)."""
    return typeset("minutes", minutes_value(paper.sheet(), minutes), made_at=paper.made_at)


def minutes_value(sheet: Sheet, minutes: Minutes) -> dict[str, Any]:
    """What the template of minutes gets."""
    language = sheet.language
    title = line_of(minutes.titles, language)
    heading = tell(language, "Minutes, dossier {reference}", reference=isolated(language, minutes.reference))
    return head_value(sheet, minutes.marking, title=heading, reference=minutes.reference, dossier=minutes.dossier) | {
        "kind": named(sheet, "minutes"),
        "title": said(title.text, title.language),
        "standing": standing(sheet, minutes.approvals, minutes.digest),
        "facts": _facts(sheet, minutes),
        "delegations_name": named(sheet, "delegations"),
        "delegations": [_delegation(sheet, one) for one in minutes.delegations],
        "sittings": [_sitting(sheet, place, one) for place, one in enumerate(minutes.sittings, 1)],
        "unsettled": label(language, "paper", "unsettled"),
        "decisions_name": named(sheet, "decisions"),
        "decisions_head": [named(sheet, one) for one in ("number", "decision", "owner", "due", "area")],
        "decisions": [_decision(sheet, one) for one in minutes.decisions],
        "no_decisions": tell(language, "No decision was taken."),
        "approvals": approvals_value(sheet, minutes.approvals, minutes.digest),
        "conditions_name": headed(label(language, "printed", "conditions")),
        "conditions": conditions_of(sheet, minutes.marking),
    }


def _facts(sheet: Sheet, minutes: Minutes) -> list[Pair]:
    language = sheet.language
    zone = zone_name(sheet.zone, minutes.starts)
    what = [Words(one) for one in (minutes.kind, minutes.level) if one]
    pairs: list[Pair] = [
        (named(sheet, "meeting"), [headed(sheet.listed(what))]),
        (named(sheet, "held"), [from_to(sheet, minutes.starts, minutes.ends), tell(language, "times are {zone}", zone=zone)]),
    ]
    if minutes.place:
        pairs.append((named(sheet, "place"), [sheet.typed(minutes.place)]))
    pairs.append((named(sheet, "host"), [sheet.named(minutes.host)]))
    if minutes.areas:
        pairs.append((named(sheet, "areas"), [headed(label(language, "area", one)) for one in minutes.areas]))
    if minutes.next_at:
        pairs.append((named(sheet, "next_meeting"), [day(language, minutes.next_at, sheet.zone)]))
    return pairs


def _delegation(sheet: Sheet, one: Delegation) -> dict[str, Any]:
    language = sheet.language
    several = tell_count(language, "{count} interpreter", "{count} interpreters", count=one.interpreters)
    return {
        "agency": sheet.agency(one.agency),
        "posts": [said(post.text, post.language) for post in one.posts],
        "interpreters": headed(several) if one.interpreters else "",
    }


def _sitting(sheet: Sheet, place: int, one: Sitting) -> dict[str, Any]:
    language = sheet.language
    return {
        "name": tell(language, "Session {number}", number=one.number or place),
        "title": None if one.title is None else said(one.title.text, one.title.language),
        "when": tell(
            language,
            "{day}, {starts} to {ends}",
            day=day(language, one.starts, sheet.zone),
            starts=Words(hour(one.starts, sheet.zone)),
            ends=Words(hour(one.ends, sheet.zone)),
        ),
        "points": [_point(sheet, point) for point in one.points],
    }


def _point(sheet: Sheet, one: MinutesPoint) -> dict[str, Any]:
    return {
        "number": str(one.number),
        "title": None if one.title is None else said(one.title.text, one.title.language),
        "speaker": sheet.agency(one.speaker) if one.speaker else None,
        "settled": one.settled,
        **wording_value(sheet, one.wording, one.translation),
    }


def _decision(sheet: Sheet, one: DecisionLine) -> dict[str, Any]:
    language = sheet.language
    return {
        "number": str(one.number),
        "owners": list(one.owners),
        "due": day(language, one.due, sheet.zone) if one.due else "–",
        "area": headed(label(language, "area", one.area)) if one.area else "–",
        "state": one.state,
        "original": wording_value(sheet, one.wording)["text"]["paragraphs"],
        "translated": wording_value(sheet, one.translation)["text"]["paragraphs"] if one.translation else [],
    }
