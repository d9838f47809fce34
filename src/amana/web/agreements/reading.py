# SPDX-License-Identifier: EUPL-1.2
"""The form of a text, read: from a submitted form to coded terms, and from terms back to what the form shows.

What does not fit is a problem beside its field; nothing that was typed is lost. What the rules of agreements refuse
(an article outside the fields, a number twice) they refuse themselves, when the text is proposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict

from amana.dossiers.shared.vocabulary import NOT_URGENT, URGENT_DIRECT, URGENT_OTHER, Area, CooperationLevel, DataCategory, Form
from amana.node.actions.form import parse_day
from amana.protocol.errors import Refusal
from amana.protocol.marking import HandlingCode, Level
from amana.web.agreements.worded import (
    Texts,
    clauses_written,
    empty_texts,
    further_of,
    problem_of,
    read_further,
    read_texts,
    read_titles,
    spare_clauses,
    texts_of_clause,
)

Plain = dict[str, Any]
HOUR, DAY = 3_600_000, 86_400_000
UNITS = {"hours": HOUR, "days": DAY}
CLOCKS = {"urgent_direct": URGENT_DIRECT, "urgent": URGENT_OTHER, "other": NOT_URGENT}
MOST_ARTICLES = 100
SPARE_ROWS = 3
LANGUAGES = ("ar", "fr", "en")
DATES = ("signed_on", "in_force_on", "valid_until")


@dataclass(slots=True)
class TextForm:
    """What the form holds, as typed; `problems` by field, as codes of the vocabulary `text_problem`."""

    to: list[str] = field(default_factory=list)
    title: str = ""
    text: str = ""
    language: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    clocks: dict[str, tuple[str, str]] = field(default_factory=dict)  # number and unit
    level: str = "1"
    supplements: str = ""
    articles: list[Plain] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    preamble: Texts = field(default_factory=empty_texts)
    further: list[Plain] = field(default_factory=list)
    closing: Texts = field(default_factory=empty_texts)
    problems: dict[str, str] = field(default_factory=dict)


CHOICES: Mapping[str, Sequence[str]] = {
    "areas": [one.value for one in Area],
    "forms": [one.value for one in Form],
    "levels": [one.value for one in CooperationLevel],
    "languages": LANGUAGES,
    "codes": [one.value for one in HandlingCode],
    "categories": [one.value for one in DataCategory],
}
LEVELS = [int(one) for one in Level]


def empty_form(language: str) -> TextForm:
    """A form to begin with: the clocks of the model, three articles to fill."""
    form = TextForm(language=language, chosen={"languages": ["ar", "fr"], "codes": ["H0", "H2"], "forms": ["information"]})
    form.clocks = {name: shown_clock(int(clock)) for name, clock in CLOCKS.items()}
    form.articles = [_row("", [], []) for _ in range(SPARE_ROWS)]
    form.further = spare_clauses(0)
    return form


def form_of_text(text: Mapping[str, Any], language: str) -> TextForm:
    """The form filled with a text that is to be amended."""
    form = TextForm(title=text["title"], text=text["text"], language=text["language"] or language, supplements=text["supplements"])
    conditions = text["conditions"]
    form.chosen = {name: list(text[name]) for name in ("areas", "forms", "levels")}
    form.chosen |= {name: list(conditions[name]) for name in ("languages", "codes", "categories")}
    form.dates = {name: shown_day(text[name]) for name in DATES if text[name]}
    form.clocks = {name: shown_clock(conditions["clocks"][name]) for name in CLOCKS}
    form.level = str(conditions["level"])
    form.titles = dict(text["titles"]) or {form.language: form.title}
    form.preamble, form.closing = texts_of_clause(text, "preamble"), texts_of_clause(text, "closing")
    for one in text["articles"]:
        row = _row(one["number"], [] if one["all_areas"] else one["areas"], [] if one["all_forms"] else one["forms"])
        form.articles.append(row | {"texts": texts_of_clause(text, one["number"])})
    form.articles += [_row("", [], []) for _ in range(SPARE_ROWS)]
    form.further = further_of(text)
    return form


def read_form(posted: QueryDict) -> TextForm:
    """What was typed, with the problems that need no rule to be seen."""
    form = TextForm(to=posted.getlist("to"), text=posted.get("words", "").strip(), language=posted.get("language", ""))
    form.titles = read_titles(posted, form.language)
    form.title = form.titles.get(form.language, "") or next((title for title in form.titles.values() if title), "")
    form.chosen = {name: [one for one in posted.getlist(name) if one in CHOICES[name]] for name in CHOICES}
    form.dates = {name: posted.get(name, "").strip() for name in DATES}
    form.clocks = {name: (posted.get(f"clock_{name}", "").strip(), posted.get(f"unit_{name}", "hours")) for name in CLOCKS}
    form.level, form.supplements = posted.get("level", "1"), posted.get("supplements", "")
    for place in range(min(_number(posted.get("rows", "0")) or 0, MOST_ARTICLES)):
        areas, forms = posted.getlist(f"article_{place}_areas"), posted.getlist(f"article_{place}_forms")
        row = _row(posted.get(f"article_{place}", "").strip(), areas, forms)
        form.articles.append(row | {"texts": read_texts(posted, f"article_{place}")})
    form.preamble, form.closing = read_texts(posted, "preamble"), read_texts(posted, "closing")
    form.further = read_further(posted)
    return form


def add_rows(form: TextForm) -> None:
    """Room for more articles."""
    form.articles += [_row("", [], []) for _ in range(min(SPARE_ROWS, MOST_ARTICLES - len(form.articles)))]


def add_clauses(form: TextForm) -> None:
    """Room for more clauses that are no articles."""
    form.further += spare_clauses(len(form.further))


def clauses_of_form(form: TextForm) -> list[Plain]:
    """The wording as it is written."""
    return clauses_written(form.titles, form.preamble, form.articles, form.further, form.closing)


def check_form(form: TextForm, *, opens: bool) -> None:
    """Say what is missing, by field."""
    if opens and not form.to:
        form.problems["to"] = "parties_missing"
    if not form.title:
        form.problems["title"] = "title_missing"
    for name in ("areas", "forms"):
        if not form.chosen.get(name):
            form.problems[name] = f"{name}_missing"
    if not any(row["number"] for row in form.articles):
        form.problems["articles"] = "articles_missing"
    if any(not row["number"] and (row["areas"] or row["forms"]) for row in form.articles):
        form.problems["articles"] = "article_without_number"
    if wrong := problem_of(form.articles, form.further, clauses_of_form(form)):
        form.problems["wording"] = wrong
    _check_spans(form)


def _check_spans(form: TextForm) -> None:
    """Clocks and dates."""
    for name in CLOCKS:
        number, unit = form.clocks[name]
        if not _number(number) or unit not in UNITS or _number(number) * UNITS[unit] > 366 * DAY:
            form.problems[f"clock_{name}"] = "clock_wrong"
    for name in DATES:
        if form.dates.get(name):
            try:
                day_of(form.dates[name], name)
            except Refusal:
                form.problems[name] = "date_wrong"


def terms_of(form: TextForm) -> Plain:
    """The coded terms of a form without problems."""
    conditions: Plain = {
        "clocks": {name: (_number(number) or 0) * UNITS[unit] for name, (number, unit) in form.clocks.items()},
        "level": int(form.level) if form.level.isdecimal() else 0,
        **{name: form.chosen.get(name, []) for name in ("languages", "codes", "categories")},
    }
    articles = [{name: row[name] for name in ("number", "areas", "forms") if row[name]} for row in form.articles if row["number"]]
    coded: Plain = {
        "articles": articles,
        "conditions": conditions,
        **{name: form.chosen.get(name, []) for name in ("areas", "forms", "levels")},
    }
    coded |= {name: day_of(form.dates[name], name) if form.dates.get(name) else 0 for name in DATES}
    return coded | {"supplements": form.supplements}


def sketched_text(form: TextForm) -> Plain:
    """The text as it would stand, for the table of what its articles allow."""
    articles = [
        {"number": row["number"], "areas": row["areas"] or form.chosen["areas"], "forms": row["forms"] or form.chosen["forms"]}
        for row in form.articles
        if row["number"]
    ]
    return {"areas": form.chosen["areas"], "forms": form.chosen["forms"], "articles": articles}


def day_of(text: str, what: str) -> int:
    """A day that was typed, as its first instant. Raises Refusal `bad_date`."""
    return int(parse_day(text, what=what))


def shown_day(millis: int) -> str:
    """A day for a date field (UTC, as it is kept)."""
    return f"{datetime.fromtimestamp(millis / 1000, tz=UTC):%Y-%m-%d}"


def shown_clock(millis: int) -> tuple[str, str]:
    """A span as a number of days or hours."""
    return (str(millis // DAY), "days") if millis % DAY == 0 else (str(max(1, millis // HOUR)), "hours")


def _row(number: str, areas: Sequence[str], forms: Sequence[str]) -> Plain:
    kept = [one for one in areas if one in CHOICES["areas"]]
    return {"number": number[:32], "areas": kept, "forms": [one for one in forms if one in CHOICES["forms"]], "texts": empty_texts()}


def _number(text: str) -> int:
    """A positive number in European or Arabic-Indic digits; 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0
