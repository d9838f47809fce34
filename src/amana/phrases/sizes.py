# SPDX-License-Identifier: EUPL-1.2
"""How large a file is, in the unit that people use, on pages and on paper alike."""

from __future__ import annotations

from amana.phrases.bidi import Words
from amana.phrases.catalogue import ENGLISH, tell

STEP = 1024


def file_size(language: str, size: int) -> Words:
    """A number of bytes in words: "78.1 GB"; Arabic and French have a decimal comma."""
    if size < STEP:
        return tell(language, "{size} bytes", size=size)
    if size < STEP**2:
        return tell(language, "{size} kB", size=round(size / STEP))
    if size < STEP**3:
        return tell(language, "{size} MB", size=_decimal(language, size / STEP**2))
    return tell(language, "{size} GB", size=_decimal(language, size / STEP**3))


def _decimal(language: str, number: float) -> str:
    shown = f"{number:.1f}"
    return shown if language == ENGLISH else shown.replace(".", ",")
