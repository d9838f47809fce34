# SPDX-License-Identifier: EUPL-1.2
"""ARCHITECTURE.md speaks of the house as it is: every path it names exists, and it names every part of the product."""

from __future__ import annotations

import re

import pytest

from tests.architecture.tree import ROOT, SRC, sources

PAGE = ROOT / "ARCHITECTURE.md"
NAMED = re.compile(r"`(?P<path>[\w.][\w./-]*(?:/|\.(?:py|toml|md|json|txt)))`")
HOMES = (SRC / "amana", ROOT)  # a path begins with a layer's name, or at the root of the repository
BY_NAME = frozenset(["entries.py", "state.py", "rules.py"])  # files that each kind's folder has


def missing(page: str) -> list[str]:
    """The paths that `page` names and that are nowhere."""
    named = {found["path"] for found in NAMED.finditer(page)} - BY_NAME
    return sorted(path for path in named if not any((home / path).exists() for home in HOMES))


def parts() -> set[str]:
    """Every package and module directly below the product's own."""
    return {path.relative_to(SRC / "amana").parts[0].removesuffix(".py") for path in sources()} - {"__init__"}


def test_every_path_exists() -> None:
    assert missing(PAGE.read_text(encoding="utf-8")) == []


def test_every_part_of_the_product_is_described() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert sorted(part for part in parts() if f"**`{part}/`**" not in page) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see `protocol/entry.py`", []),
        ("see `tests/storage/suite.py`", []),
        ("see `node/actions/`", []),
        ("see `protocol/gone.py`", ["protocol/gone.py"]),
        ("see `gone/`", ["gone/"]),
        ("see `gone.toml`", ["gone.toml"]),
        ("`POST /peer/v1/sync` and `amana act`", []),
    ],
)
def test_a_path_that_is_nowhere_is_noticed(text: str, expected: list[str]) -> None:
    assert missing(text) == expected
