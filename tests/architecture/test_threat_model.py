# SPDX-License-Identifier: EUPL-1.2
"""docs/threat-model.md claims nothing without a test: rows are numbered, every test it names is there, every attack is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, short, tracked

PAGE = ROOT / "docs" / "threat-model.md"
LINK = re.compile(r"\[`(?P<name>\w+)`\]\(\.\./(?P<path>tests/[\w./]+\.py)\)")
CLAIM = re.compile(r"^\| (?P<letter>[A-Z])(?P<number>\d+) \|(?P<rest>.*)\|$", re.MULTILINE)
OPEN = re.compile(r"^\| (?P<number>\d+) \|(?P<what>[^|]*)\|(?P<consequence>[^|]*)\|(?P<remedy>[^|]*)\|$", re.MULTILINE)
ATTACKS = ROOT / "tests" / "attacks"


def faults(page: str) -> list[str]:
    """Everything on `page` that says more than is there."""
    return [*_unnumbered(page), *_unshown(page), *_unfounded(page)]


def _unnumbered(page: str) -> Iterator[str]:
    numbers: dict[str, list[int]] = {}
    for claim in CLAIM.finditer(page):
        numbers.setdefault(claim["letter"], []).append(int(claim["number"]))
    numbers["open"] = [int(point["number"]) for point in OPEN.finditer(page)]
    yield from (f"{letter}: {found}" for letter, found in numbers.items() if found != list(range(1, len(found) + 1)))


def _unshown(page: str) -> Iterator[str]:
    for claim in CLAIM.finditer(page):
        if not LINK.search(claim["rest"]):
            yield f"{claim['letter']}{claim['number']}: no test"
    for point in OPEN.finditer(page):
        if not point["what"].strip() or (not (point["consequence"] + point["remedy"]).strip(" ") and "later" not in point["what"]):
            yield f"{point['number']}: no consequence"


def _unfounded(page: str) -> Iterator[str]:
    for link in LINK.finditer(page):
        if not _defines(ROOT / link["path"], link["name"]):
            yield f"{link['name']} is not in {link['path']}"


def _defines(file: Path, name: str) -> bool:
    definition = re.compile(rf"^ *(?:async def|def|class) {name}\b", re.MULTILINE)
    return file.is_file() and definition.search(file.read_text(encoding="utf-8")) is not None


def test_every_claim_has_its_number_and_its_test() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert len(CLAIM.findall(page)) > 40
    assert len(OPEN.findall(page)) > 20
    assert faults(page) == []


def test_every_attack_that_is_tried_is_named() -> None:
    """A module of attacks that no claim and no open point names would be shown to nobody."""
    page = PAGE.read_text(encoding="utf-8")
    modules = [short(path) for path in tracked() if path.is_relative_to(ATTACKS) and path.name.startswith("test_")]
    assert modules
    assert [module for module in modules if module not in page] == []


def test_the_way_to_report_leads_here() -> None:
    assert "(docs/threat-model.md)" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| W1 | said | [`test_nothing_of_the_content_is_on_the_wire`](../tests/attacks/test_network.py) |", []),
        ("| W2 | said | [`test_nothing_of_the_content_is_on_the_wire`](../tests/attacks/test_network.py) |", ["W: [2]"]),
        ("| W1 | said | |", ["W1: no test"]),
        ("| W1 | said | [`test_nothing`](../tests/attacks/test_network.py) |", ["test_nothing is not in tests/attacks/test_network.py"]),
        ("| 1 | what | so | do |", []),
        ("| 1 | what | | |", ["1: no consequence"]),
    ],
)
def test_a_claim_too_many_is_noticed(row: str, expected: list[str]) -> None:
    assert faults(row) == expected
