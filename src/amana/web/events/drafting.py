# SPDX-License-Identifier: EUPL-1.2
"""The first words of a situation report, in three languages, from its figures: whole sentences that a person then edits.

Nothing is concluded here: each sentence says a figure, and a section without one is left to the person who writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.dossiers.situation_report.entries import ReportSection
from amana.phrases import Words, label, tell, tell_count

Plain = dict[str, Any]
LANGUAGES = ("ar", "fr", "en")


def drafted(counted: Plain) -> dict[tuple[str, str], str]:
    """By (section, language) the words that the figures give."""
    return {
        (section.value, language): " ".join(str(words) for words in _sentences(section, language, counted["figures"], counted))
        for section in ReportSection
        for language in LANGUAGES
    }


def _sentences(section: ReportSection, language: str, figures: Mapping[str, int], counted: Plain) -> list[Words]:
    match section:
        case ReportSection.SUMMARY:
            return [
                tell_count(language, "{count} incident was reported.", "{count} incidents were reported.", count=figures["incidents"]),
                tell_count(language, "{count} of them is severe.", "{count} of them are severe.", count=figures["incidents_severe"]),
                tell_count(language, "{count} incident is open.", "{count} incidents are open.", count=figures["incidents_open"]),
            ]
        case ReportSection.FACTS:
            apprehended = tell_count(
                language, "{count} person was apprehended.", "{count} persons were apprehended.", count=figures["apprehensions"]
            )
            return [apprehended, *_by_type(language, counted["by_type"])]
        case ReportSection.CROWD:
            return [tell(language, "Crowds reported: {count} people in all.", count=figures["crowd"])]
        case ReportSection.TRANSPORT_BORDER:
            return [
                tell_count(language, "{count} report on transport.", "{count} reports on transport.", count=figures["transport"]),
                tell_count(language, "{count} report from the borders.", "{count} reports from the borders.", count=figures["border"]),
            ]
        case ReportSection.THREATS:
            return [
                tell_count(language, "{count} report of a threat.", "{count} reports of threats.", count=figures["threats"]),
                tell_count(language, "{count} report on cyber.", "{count} reports on cyber.", count=figures["cyber"]),
            ]
        case ReportSection.FORCES:
            facts = {"deployed": figures["deployed"], "committed": figures["committed"]}
            return [tell(language, "Reinforcements: {deployed} deployed of {committed} committed.", **facts)]
        case ReportSection.NEXT:
            return [
                tell_count(
                    language,
                    "{count} session in the next 24 hours.",
                    "{count} sessions in the next 24 hours.",
                    count=figures["sessions_next"],
                )
            ]
        case ReportSection.REQUESTS:
            return [
                tell_count(
                    language,
                    "{count} information request was opened.",
                    "{count} information requests were opened.",
                    count=figures["requests"],
                )
            ]
        case ReportSection.MEDIA_LINE:
            return []


def _by_type(language: str, by_type: Mapping[str, int]) -> list[Words]:
    if not by_type:
        return []
    comma = "، " if language == "ar" else ", "
    listed = comma.join(
        f"{label(language, 'incident_type', kind)}: {count}" for kind, count in sorted(by_type.items(), key=lambda one: (-one[1], one[0]))
    )
    return [tell(language, "Incidents by type: {listed}.", listed=Words(listed))]
