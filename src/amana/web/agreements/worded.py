# SPDX-License-Identifier: EUPL-1.2
"""The wording in the form of a text: clauses in Arabic, French and English, from a submitted form and back.

An article's wording stands in the article's row; what allows no exchange (definitions, costs, entry into force) are further
clauses with a number of their own. What was left empty is no clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from amana.dossiers.agreement.wording import CLOSING, MAX_BYTES, MAX_NUMBER, MAX_TEXT, MAX_TITLE, PREAMBLE, TITLE

Plain = dict[str, Any]
Texts = dict[str, dict[str, str]]  # language: title and text
LANGUAGES = ("ar", "fr", "en")
MOST_FURTHER = 20
SPARE_CLAUSES = 2
AROUND = 96  # bytes of a clause beside its words, at most


def empty_texts() -> Texts:
    """A clause that nobody has written yet."""
    return {code: {"title": "", "text": ""} for code in LANGUAGES}


def read_texts(posted: QueryDict, name: str) -> Texts:
    """The clause whose fields begin with `name`."""
    return {
        code: {part: posted.get(f"{name}_{part}_{code}", "").replace("\r\n", "\n").strip() for part in ("title", "text")}
        for code in LANGUAGES
    }


def read_further(posted: QueryDict) -> list[Plain]:
    """The clauses beside the articles."""
    count = posted.get("clauses", "0")
    places = range(min(int(count) if count.isdecimal() and len(count) < 4 else 0, MOST_FURTHER))
    return [
        {"number": posted.get(f"clause_{place}", "").strip()[:MAX_NUMBER], "texts": read_texts(posted, f"clause_{place}")}
        for place in places
    ]


def read_titles(posted: QueryDict, language: str) -> dict[str, str]:
    """The title of the whole text by language; one without a language is in that of the form."""
    titles = {code: posted.get(f"title_{code}", "").strip() for code in LANGUAGES}
    if given := posted.get("title", "").strip():
        place = language if language in LANGUAGES else LANGUAGES[-1]
        titles[place] = titles[place] or given
    return titles


def is_written(texts: Texts) -> bool:  # bool: a form's row is shown open or closed by it; it guards nothing
    """Whether anything is written in any language."""
    return any(part for version in texts.values() for part in version.values())


def clauses_written(
    titles: Mapping[str, str], preamble: Texts, articles: Sequence[Plain], further: Sequence[Plain], closing: Texts
) -> list[Plain]:
    """The clauses as the body's detail holds them; a title alone, in one language, needs none."""
    rows = [(PREAMBLE, preamble), *((row["number"], row["texts"]) for row in [*articles, *further] if row["number"]), (CLOSING, closing)]
    clauses = [clause for number, texts in rows for clause in _in_languages(number, texts)]
    named = [{"number": TITLE, "language": code, "title": title} for code, title in titles.items() if title]
    return [*named, *clauses] if clauses or len(named) > 1 else []


def problem_of(articles: Sequence[Plain], further: Sequence[Plain], clauses: Sequence[Plain]) -> str:
    """What is wrong with the wording as a whole, as a code of `text_problem`; empty where nothing is."""
    numbers = [row["number"] for row in further if row["number"]]
    taken = {TITLE, PREAMBLE, CLOSING, *(row["number"] for row in articles)}
    if any(not row["number"] and is_written(row["texts"]) for row in [*articles, *further]):
        return "clause_without_number"
    if len(set(numbers)) < len(numbers) or taken & set(numbers):
        return "clause_twice"
    if any(len(one.get("text", "")) > MAX_TEXT or len(one.get("title", "")) > MAX_TITLE for one in clauses):
        return "clause_too_long"
    if sum(AROUND + len("".join(one.values()).encode()) for one in clauses) > MAX_BYTES:
        return "wording_too_long"
    return ""


def texts_of_clause(text: Mapping[str, Any], number: str) -> Texts:
    """What a text says under this number, for the form."""
    texts = empty_texts()
    for clause in text["clauses"]:
        if clause["number"] == number:
            texts |= {
                one["language"]: {"title": one["title"], "text": one["text"]} for one in clause["texts"] if one["language"] in LANGUAGES
            }
    return texts


def further_of(text: Mapping[str, Any]) -> list[Plain]:
    """The clauses of a text that are no articles, with room for more."""
    coded = {PREAMBLE, CLOSING, *(one["number"] for one in text["articles"])}
    kept = [one["number"] for one in text["clauses"] if one["number"] not in coded]
    return [*({"number": number, "texts": texts_of_clause(text, number)} for number in kept), *spare_clauses(len(kept))]


def spare_clauses(held: int) -> list[Plain]:
    """Room for further clauses."""
    return [{"number": "", "texts": empty_texts()} for _ in range(max(0, min(SPARE_CLAUSES, MOST_FURTHER - held)))]


def _in_languages(number: str, texts: Texts) -> Iterator[Plain]:
    for code, version in texts.items():
        if version["title"] or version["text"]:
            yield {"number": number, "language": code, **{part: said for part, said in version.items() if said}}
