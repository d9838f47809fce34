# SPDX-License-Identifier: EUPL-1.2
"""Write one folder of vectors anew: `python -m tests.vectors.make_envelope`, `…make_card`, `…make_marking`."""

from __future__ import annotations

from collections.abc import Iterable

from tests.vectors.cases import VECTORS, Case


def write_area(area: str, cases: Iterable[Case]) -> None:
    """Replace every case of `spec/vectors/<area>`."""
    folder = VECTORS / area
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    for case in cases:
        path = VECTORS / f"{case.name}.txt"
        if path.exists():
            raise ValueError(f"two cases are named {case.name}")
        path.write_text(case.render(), encoding="utf-8")
