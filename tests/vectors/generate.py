# SPDX-License-Identifier: EUPL-1.2
"""Writes the vectors of encoding, tree and log: `python -m tests.vectors.generate` (from the repository's root, src on the path).

What is deterministic is written each time and a test compares it with the files. What is signed is written only with
`--signed`: ML-DSA-44 signing is randomised, so these files are made once and kept.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from tests.vectors.cases import VECTORS, Case
from tests.vectors.make_encoding import encoding_cases
from tests.vectors.make_log import evidence_cases, keys_text, statement_cases, step_cases
from tests.vectors.make_merkle import merkle_cases
from tests.vectors.make_notes import head_cases, receipt_cases
from tests.vectors.writing import write_area


def deterministic_cases() -> Iterator[Case]:
    """Encoding and tree."""
    yield from encoding_cases()
    yield from merkle_cases()


def signed_cases() -> Iterator[Case]:
    """Heads, receipts, steps, evidence and statements, newly signed."""
    areas = {
        "checkpoint": (*head_cases(), *receipt_cases()),
        "step": tuple(step_cases()),
        "evidence": tuple(evidence_cases()),
        "statement": tuple(statement_cases()),
    }
    for area, made in areas.items():
        for count, (name, about, expect, check, fields) in enumerate(made, start=1):
            yield Case(name=f"{area}/{count:02d}-{name}", expect=expect, check=check, about=about, fields=fields)


def _write(cases: Iterable[Case]) -> None:
    areas: dict[str, list[Case]] = {}
    for case in cases:
        areas.setdefault(case.name.split("/")[0], []).append(case)
    for area, members in areas.items():
        write_area(area, members)


if __name__ == "__main__":
    _write(deterministic_cases())
    if "--signed" in sys.argv:
        (VECTORS / "keys.txt").write_text(keys_text(), encoding="utf-8")
        _write(signed_cases())
