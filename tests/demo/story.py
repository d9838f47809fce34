# SPDX-License-Identifier: EUPL-1.2
"""The sentences of the story, and those of its start page, as the demonstration's source writes them, in English."""

from __future__ import annotations

from string import Formatter

from amana.phrases.messages import read_sources

WRITTEN = sorted({(where, texts[0]) for where, texts in read_sources().written() if where.startswith("demo/") and texts})
START_PAGE = sorted({text for where, text in WRITTEN if where.startswith("demo/guide/")})
STORY = sorted({text for where, text in WRITTEN if not where.startswith("demo/guide/")})


def longest_run(sentence: str) -> str:
    """The longest part of a sentence between its places."""
    return max((literal.strip() for literal, *_ in Formatter().parse(sentence)), key=len)
