# SPDX-License-Identifier: EUPL-1.2
"""One structured item of an entry as a line: what it is, its values, its grade, whether fact or assessment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amana.cli.pages.page import Page
from amana.phrases import Words, label, tell
from amana.phrases.coded import item_value


def item_line(page: Page, item: Mapping[str, Any]) -> Words:
    """The item as a line."""
    language = page.language
    values = Words(page.comma.join(_values(page, item))) if item["understood"] else tell(language, "not understood by this version")
    marks = Words(page.comma.join(_marks(language, item)))
    return tell(language, "{type}: {values} ({marks})", type=label(language, "item_type", item["type"]), values=values, marks=marks)


def _values(page: Page, item: Mapping[str, Any]) -> Iterator[Words]:
    for name, value in item["value"].items():
        shown = item_value(page, item["type"], name, value)
        yield tell(page.language, "{name}: {value}", name=label(page.language, "item_field", name), value=shown)


def _marks(language: str, item: Mapping[str, Any]) -> Iterator[Words]:
    if item["category"] != "none":
        yield label(language, "category", item["category"])
    if item["minor"]:
        yield label(language, "person_mark", "minor")
    if item["grade"]:
        source, information = item["grade"]
        grades = {"source": label(language, "source_grade", source), "information": label(language, "information_grade", information)}
        yield tell(language, "{grade}: {source}; {information}", grade=item["grade"], **grades)
    yield label(language, "certainty", "fact" if item["fact"] else "assessment")
