# SPDX-License-Identifier: EUPL-1.2
"""A registration plate as the cells of the real plate, in the order in which one reads them on the vehicle.

A Moroccan plate reads serial number, letter, prefecture from left to right, whatever the direction of the text in which
somebody typed it. A plate of a form that is not known here is one cell, as it came.
"""

from __future__ import annotations

import re
from typing import Any

from amana.dossiers.shared.items import ASCII_DIGITS
from amana.phrases import on_one_line

Plain = dict[str, Any]
_GAP = r"[\s\-_/|.()\u200e\u200f]*"
_MOROCCAN = re.compile(rf"(\d{{1,5}}){_GAP}([\u0621-\u064a]){_GAP}(\d{{1,5}})")
PREFECTURE_DIGITS = 2


def plate_cells(plate: str) -> list[Plain]:
    """The cells of a plate from left to right, each with its text and its language (empty: digits and Latin letters)."""
    shown = on_one_line(plate)
    found = _MOROCCAN.fullmatch(shown.translate(ASCII_DIGITS))
    if found is None:
        return [_cell(shown)]
    first, letter, last = found.groups()
    if len(first) <= PREFECTURE_DIGITS < len(last):  # typed from the prefecture on, as a right-to-left line shows it
        first, last = last, first
    if len(last) > PREFECTURE_DIGITS:
        return [_cell(shown)]
    return [_cell(first), {"text": letter, "language": "ar"}, _cell(last)]


def _cell(text: str) -> Plain:
    return {"text": text, "language": "ar" if re.search(r"[\u0621-\u064a]", text) else ""}
