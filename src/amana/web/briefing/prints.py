# SPDX-License-Identifier: EUPL-1.2
"""The briefing file on paper in the language that was asked, as it stands on the page; what its sources' marking forbids stays off."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from amana.node.briefs import Brief, BriefLine, BriefSection
from amana.node.queries.briefing import printed_brief
from amana.phrases import Words, label
from amana.protocol.errors import Refusal
from amana.protocol.marking import Marking
from amana.web.briefing.editing import fields_of_brief, language_in
from amana.web.briefing.views import LANGUAGES, Plain, load_standing, parse_posted, posted_copy
from amana.web.briefing.wording import (
    FIGURES,
    Reading,
    counted_since,
    facts_of,
    figure_name,
    figure_value,
    more_in,
    nothing_in,
    said_on,
    withheld,
)
from amana.web.desk_acts.answering import dossier_of, require_present
from amana.web.doors import desk_of
from amana.web.papers import PDF, download, file_named, paper_of
from amana.web.printing.briefing import Briefing, BriefingFigure, BriefingLine, BriefingSection, briefing_pdf
from amana.web.printing.joint import Wording
from amana.web.printing.sheet import headed
from amana.web.writing.copies import save_copy


def print_briefing(request: HttpRequest, dossier: str) -> HttpResponse:
    """The PDF. What is on the form is saved first, so that what one reads on paper is what stands on the page."""
    desk, id = desk_of(request), dossier_of(dossier)
    standing = load_standing(desk, id, record=False)
    brief = standing.brief
    if request.method == "POST":
        copy = posted_copy(request, desk, standing)
        brief = parse_posted(copy, desk)
        save_copy(copy, fields_of_brief(brief, standing.meeting["title"]))
    asked = request.POST.get("paper", "") or request.GET.get("paper", "")
    language = asked if asked in LANGUAGES else desk.language
    try:
        printed, marking, kept_back = printed_brief(desk.node, desk.scope, id, brief)
    except Refusal as refusal:
        require_present(refusal)
        raise Http404 from refusal
    paper = paper_of(desk, language)
    reading = Reading(language=language, own=desk.node.code, now=paper.made_at, zone=desk.zone)
    pdf = briefing_pdf(briefing_of(reading, standing.meeting, printed, marking, kept_back), paper)
    return download(pdf, PDF, file_named(standing.meeting["reference"], f"-{language}.pdf"))


def briefing_of(reading: Reading, meeting: Plain, brief: Brief, marking: Marking, kept_back: int) -> Briefing:
    """The paper's values: every section in the reader's language, what was written as it was written."""
    title = Wording(language=meeting["title_language"] or reading.language, text=meeting["title"])
    return Briefing(
        dossier=meeting["dossier"],
        reference=meeting["reference"],
        titles=(title,),
        starts=meeting["starts"],
        place=meeting["place"],
        parties=tuple(meeting["parties"]),
        sections=tuple(_section(reading, section, brief.since) for section in brief.sections),
        drawn_at=brief.drawn_at,
        withheld=withheld(reading.language, kept_back) if kept_back else "",
        marking=marking,
    )


def _section(reading: Reading, section: BriefSection, since: int) -> BriefingSection:
    language = reading.language
    heading = headed(label(language, "briefing_section", section.code))
    own = [part.strip() for part in section.text.split("\n") if part.strip()]
    added = tuple(
        BriefingLine(wording=Wording(language=language_in(part, section.language or language, language), text=part)) for part in own
    )
    if section.code in FIGURES:
        figures = tuple(BriefingFigure(name=figure_name(language, one), value=figure_value(language, one)) for one in section.lines)
        counted = counted_since(reading, since)
        return BriefingSection(heading=heading, aside=counted, figures=figures, lines=added, empty=nothing_in(language, section.code))
    lines = tuple(_line(reading, line) for line in section.lines)
    more = more_in(language, section.more) if section.more else ""
    return BriefingSection(heading=heading, lines=(*lines, *added), empty=nothing_in(language, section.code), more=more)


def _line(reading: Reading, line: BriefLine) -> BriefingLine:
    language = line.language or reading.language
    beside = [*facts_of(reading, line), *([Words(line.reference)] if line.reference else [])]
    last = Wording(language=line.last_language or reading.language, text=line.last) if line.last else None
    return BriefingLine(
        wording=Wording(language=language, text=line.text or "–"),
        beside=tuple(beside),
        urgent=line.urgent,
        last=last,
        last_on=said_on(reading, line) if last is not None else "",
    )
