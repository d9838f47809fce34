# SPDX-License-Identifier: EUPL-1.2
"""A line of a briefing file in words, the same on the page and on paper. Pure.

Beside a line stand its facts, each a whole sentence of its own; a figure is a name and a value, and says when it rests on
too few cases to be given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from amana.node.briefs import BriefLine
from amana.node.queries.figures import FigureCode
from amana.phrases import Words, day, isolated, label, span, tell, tell_count

NAMED = frozenset({"overdue", "due_before", "carried", "to_report", "agenda"})  # points that are of an agency
FIGURES = frozenset({"figures_out", "figures_in"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """For whom a file is put into words, and when."""

    language: str
    own: str
    now: int
    zone: tzinfo | None


def facts_of(reading: Reading, line: BriefLine) -> list[Words]:
    """What stands beside a line: whose turn or work it is, the date, who does not know of it."""
    facts = [*_matter(reading, line), *_date(reading, line)]
    if line.unknown_to:
        facts.append(tell(reading.language, "not known to {agencies}", agencies=listed(reading.language, line.unknown_to)))
    return facts


def figure_name(language: str, line: BriefLine) -> Words:
    """What a figure counts."""
    if line.code == FigureCode.ASKED_IN:
        return label(language, "area", line.area)
    return label(language, "briefing_figure", line.code)


def figure_value(language: str, line: BriefLine) -> Words:
    """The figure, or that it rests on too few cases."""
    if line.state == "few":
        return tell(language, "too few (n = {count})", count=line.of)
    if line.code in (FigureCode.MEDIAN, FigureCode.LONGEST):
        return span(language, line.value)
    if line.code == FigureCode.IN_TIME:
        return tell(language, "{count} of {all}", count=line.value, all=line.of)
    return Words(str(line.value))


def listed(language: str, codes: Iterable[str]) -> Words:
    """Agencies' codes, one after the other."""
    comma = "، " if language == "ar" else ", "
    return Words(comma.join(isolated(language, code) for code in codes))


def nothing_in(language: str, section: str) -> Words:
    """What is said where a section has no line."""
    match section:
        case "owed_by_partners":
            return tell(language, "Nothing is awaited from them.")
        case "owed_by_us":
            return tell(language, "Nothing is awaited from us.")
        case "decisions":
            return tell(language, "No decision and no action is open.")
        case "communique":
            return tell(language, "No communiqué has been released with them.")
        case "points":
            return tell(language, "Nothing is proposed by itself; add your own points below.")
        case _:
            return tell(language, "No request in this time.")


def more_in(language: str, count: int) -> Words:
    """That a section has more lines than are drawn."""
    return tell_count(language, "{count} further line is not shown here.", "{count} further lines are not shown here.", count=count)


def withheld(language: str, count: int) -> Words:
    """That lines stay off the paper."""
    return tell_count(
        language,
        "{count} line is not printed, because its marking forbids it.",
        "{count} lines are not printed, because their marking forbids it.",
        count=count,
    )


def said_on(reading: Reading, line: BriefLine) -> Words:
    """When the owner last spoke of it."""
    return tell(reading.language, "Last word, {day}", day=day(reading.language, line.last_at, reading.zone))


def counted_since(reading: Reading, since: int) -> Words:
    """From when the figures count."""
    return tell(reading.language, "requests since {day}", day=day(reading.language, since, reading.zone))


def _matter(reading: Reading, line: BriefLine) -> list[Words]:
    language, agency = reading.language, isolated(reading.language, line.agency)
    match line.code:
        case "owed" if line.agency == reading.own:
            return [label(language, "task", line.state)]
        case "owed":
            return [tell(language, "{agency}: {task}", agency=agency, task=label(language, "task", line.state))]
        case "decision" | "action":
            state = label(language, "progress_state", line.state)
            return [label(language, "briefing_point", line.code), tell(language, "{agency}: {state}", agency=agency, state=state)]
        case "assessment":
            return [label(language, "briefing_point", line.state), label(language, "area", line.area)]
        case "released":
            return []
        case _ if line.code in NAMED:
            return [tell(language, "{agency}: {task}", agency=agency, task=label(language, "briefing_point", line.code))]
        case _:
            return []


def _date(reading: Reading, line: BriefLine) -> list[Words]:
    """When it is due, by how much it is late; when a communiqué was released, until when an assessment was valid."""
    if not line.due:
        return []
    language, at = reading.language, day(reading.language, line.due, reading.zone)
    if line.code == "released":
        return [tell(language, "released {day}", day=at)]
    if line.code == "assessment":
        return [tell(language, "valid until {day}", day=at)]
    if line.due < reading.now:
        return [tell(language, "due {day}", day=at), tell(language, "overdue by {span}", span=span(language, reading.now - line.due))]
    return [tell(language, "due {day}", day=at)]
