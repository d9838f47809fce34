# SPDX-License-Identifier: EUPL-1.2
"""Reports of the centre: the list, one drafted from the figures of a period and edited by a person, one as issued, its PDF.

What a desk officer writes is kept as a draft that a supervisor releases; a supervisor issues it. The figures are counted
again when it is sent: nobody can type one.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amana.dossiers.shared.events import ReportType, RiskLevel
from amana.dossiers.shared.vocabulary import Confidence
from amana.dossiers.situation_report.entries import MAX_TEXT, ReportFigure, ReportSection
from amana.node.access import Role
from amana.node.actions.act import act
from amana.node.queries.events import show_event
from amana.node.queries.printing import record_print
from amana.node.queries.situation import count_situation, list_reports, show_figure, show_report
from amana.phrases import label, tell
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.desk_acts.answering import dossier_of, found
from amana.web.doors import Desk, desk_of
from amana.web.dossiers.loading import load_dossier
from amana.web.events.drafting import LANGUAGES, drafted
from amana.web.events.views import around, zone_of
from amana.web.papers import PDF, download, file_named, paper_of
from amana.web.printing import require_printable
from amana.web.printing.permission import marking_on
from amana.web.printing.situation import Situation, situation_pdf
from amana.web.told import see_other, tell_done

Plain = dict[str, Any]
DAY, HOUR = 24 * 3_600_000, 3_600_000
LATEST = 2**53 - 1
MILLIS_DIGITS = 17


def reports(request: HttpRequest, dossier: str) -> HttpResponse:
    """What was issued, the latest period first."""
    desk = desk_of(request)
    shown = found(lambda: list_reports(desk.node, desk.scope, dossier_of(dossier)))
    return render(request, "events/reports.html", {**around(shown["event"], desk, "event_reports"), "reports": shown["reports"]})


def new_report(request: HttpRequest, dossier: str) -> HttpResponse:
    """The report of a period as the figures give it, to be edited; sent, it is issued or kept for release."""
    desk = desk_of(request)
    now = desk.node.clock.now()
    given = request.POST if request.method == "POST" else request.GET
    zone = zone_of(found(lambda: show_event(desk.node, desk.scope, dossier_of(dossier), record=False))["zone"])
    ends = _moment(given.get("to", ""), now // HOUR * HOUR, zone)
    starts = min(_moment(given.get("from", ""), max(0, ends - DAY), zone), ends)
    counted = found(lambda: count_situation(desk.node, desk.scope, dossier_of(dossier), starts, ends))
    words = drafted(counted)
    chosen = {
        "type": _choice(given.get("type", ""), ReportType, ReportType.SITUATION_REPORT.value),
        "level": _choice(given.get("level", ""), RiskLevel, counted["level"] or RiskLevel.LOW.value),
        "confidence": _choice(given.get("confidence", ""), Confidence, Confidence.MODERATE.value),
    }
    refusal = None
    if request.method == "POST":
        words = {place: request.POST.get(f"text.{place[0]}.{place[1]}", "")[:MAX_TEXT] for place in words}
        try:
            return _send(request, desk, counted, words, chosen)
        except Refusal as refused:
            refusal = {"code": str(refused.code), "facts": dict(refused.facts)}
    context = {
        **around(counted["event"], desk, "event_reports"),
        "counted": counted,
        "period": [datetime.fromtimestamp(counted[name] / 1000, zone).strftime("%Y-%m-%dT%H:%M") for name in ("starts", "ends")],
        "figures": _figures([{"figure": code, "count": count} for code, count in counted["figures"].items()]),
        "sections": [
            {"code": section.value, "texts": [{"language": each, "text": words[section.value, each]} for each in LANGUAGES]}
            for section in ReportSection
        ],
        "chosen": chosen,
        "types": [each.value for each in ReportType],
        "levels": [each.value for each in RiskLevel],
        "confidences": [each.value for each in Confidence],
        "token": secrets.token_urlsafe(16),
        "supervisor": desk.scope.role is Role.SUPERVISOR,
        "refusal": refusal,
    }
    return render(request, "events/new_report.html", context, status=409 if refusal else 200)


def figure(request: HttpRequest, dossier: str, code: str) -> HttpResponse:
    """Exactly the entries that a figure counts."""
    desk = desk_of(request)
    if code not in {each.value for each in ReportFigure}:
        raise Http404
    starts, ends = _moment(request.GET.get("from", ""), 0, UTC), _moment(request.GET.get("to", ""), desk.node.clock.now(), UTC)
    shown = found(lambda: show_figure(desk.node, desk.scope, dossier_of(dossier), ReportFigure(code), starts, max(starts, ends)))
    return render(request, "events/figure.html", {**around(shown["event"], desk, "event_reports"), **shown, "code": code})


def report(request: HttpRequest, dossier: str) -> HttpResponse:
    """One report as issued; that it was looked at is recorded."""
    desk = desk_of(request)
    shown = found(lambda: show_report(desk.node, desk.scope, dossier_of(dossier)))
    texts = {(one["section"], one["language"]): one["text"] for one in shown["sections"]}
    sections = [
        {
            "code": section.value,
            "texts": [{"language": each, "text": texts[section.value, each]} for each in LANGUAGES if texts.get((section.value, each))],
        }
        for section in ReportSection
    ]
    context = {
        **around(shown["event"], desk, "event_reports"),
        "report": shown,
        "figures": _figures(shown["figures"]),
        "sections": [one for one in sections if one["texts"]],
        "languages_there": LANGUAGES,
    }
    return render(request, "events/report.html", context)


def print_report(request: HttpRequest, dossier: str, language: str) -> HttpResponse:
    """The report on paper, in one of three languages."""
    desk, id = desk_of(request), dossier_of(dossier)
    if language not in LANGUAGES:
        raise Http404
    shown = found(lambda: show_report(desk.node, desk.scope, id, record=False))
    whole, _ = load_dossier(desk, id, record=False)
    paper = paper_of(desk, language)
    require_printable(whole, now=paper.made_at)
    record_print(desk.node, desk.scope, id, count=len(whole["entries"]))
    texts = {(one["section"], one["language"]): one["text"] for one in shown["sections"]}
    names = shown["event"]["names"]
    printed = Situation(
        dossier=dossier,
        reference=shown["reference"],
        event=names[language] or names["title"],
        type=shown["type"],
        number=shown["number"],
        starts=shown["starts"],
        ends=shown["ends"],
        level=shown["level"],
        confidence=shown["confidence"],
        host=shown["event"]["host"],
        figures=tuple((one["figure"], one["count"]) for one in shown["figures"]),
        sections=tuple(
            (section.value, _best(texts, section.value, language)) for section in ReportSection if _best(texts, section.value, language)[1]
        ),
        exercise=shown["event"]["exercise"],
        marking=marking_on(whole["entries"]),
    )
    return download(situation_pdf(printed, paper), PDF, file_named(f"{shown['reference']}-{language}", ".pdf"))


def _best(texts: dict[tuple[str, str], str], section: str, language: str) -> tuple[str, str]:
    """A section in this language, else in the first in which it is written."""
    for each in (language, *LANGUAGES):
        if texts.get((section, each)):
            return each, texts[section, each]
    return language, ""


def _send(request: HttpRequest, desk: Desk, counted: Plain, words: dict[tuple[str, str], str], chosen: Plain) -> HttpResponse:
    event = counted["event"]
    kept = {place: text.strip() for place, text in words.items() if text.strip()}
    title = {
        each: tell(each, "{report} no. {number}", report=label(each, "report_type", chosen["type"]), number=counted["number"])
        for each in LANGUAGES
    }
    supervisor = desk.scope.role is Role.SUPERVISOR
    action = {
        "action": "situation_report.issue",
        "title": str(title[desk.language]),
        "language": desk.language,
        "form": request.POST.get("form", ""),
        "keep": not supervisor,
        "coded": {
            "event": event["dossier"],
            "number": counted["number"],
            "starts": counted["starts"],
            "ends": counted["ends"],
            **chosen,
            "figures": [{"figure": code, "count": count} for code, count in counted["figures"].items()],
            "languages": sorted({language for _, language in kept}),
        },
        "detail": {"sections": [{"section": section, "language": language, "text": text} for (section, language), text in kept.items()]},
    }
    done = act(desk.node, desk.account, action)
    if done.dossier and supervisor:
        tell_done(request, tell(desk.language, "The report is issued."))
        return see_other(reverse("event_report", kwargs={"dossier": DossierId(done.dossier).hex()}))
    tell_done(request, tell(desk.language, "The report is kept as a draft; a supervisor issues it."))
    return see_other(reverse("drafts"))


def _figures(held: list[Plain]) -> list[Plain]:
    """In the order in which they are read."""
    order = {each.value: rank for rank, each in enumerate(ReportFigure)}
    return sorted(held, key=lambda one: order[one["figure"]])


def _moment(text: str, default: int, zone: tzinfo) -> int:
    """A moment in milliseconds, or a day and an hour in a zone as fields send them; the default where it is neither."""
    if text.isascii() and text.isdecimal() and len(text) < MILLIS_DIGITS:
        return min(int(text), LATEST)
    try:
        return max(0, int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000))
    except (ValueError, OverflowError):
        return default


def _choice(text: str, allowed: Any, default: str) -> str:
    return text if text in {each.value for each in allowed} else default
