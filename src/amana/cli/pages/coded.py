# SPDX-License-Identifier: EUPL-1.2
"""Coded values as lines of the terminal, one for each: the words are those of every page (`phrases.coded`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amana.cli.pages.page import Page
from amana.phrases import Words
from amana.phrases.coded import coded_values, named_value


def coded_lines(page: Page, entry: Mapping[str, Any]) -> Iterator[Words]:
    """One line for each coded value of an entry as `show` gives it."""
    for name, shown in coded_values(page, entry):
        yield named_value(page, name, shown)
