# SPDX-License-Identifier: EUPL-1.2
"""docs/mission.md claims nothing that is not there: its code and tests exist, and each statement has three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.architecture.tree import ROOT

PAGE = ROOT / "docs" / "mission.md"
SAID = re.compile(r'<span lang="ar" dir="rtl">(?P<ar>.+?)</span><br><span lang="fr">(?P<fr>.+?)</span><br>(?P<en>.+)')
LINK = re.compile(r"\[`(?P<name>\w+)`\]\(\.\./(?P<path>[\w./]+)\)")
ARABIC = re.compile(r"[\u0621-\u064a]")
NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: its number and what follows."""

    number: str
    cells: tuple[str, ...]

    @property
    def later(self) -> bool:
        """Whether the row says that nothing serves it yet."""
        return self.cells[1].startswith("later: ")


def rows(page: str, number: str) -> Iterator[Row]:
    """The rows whose first cell looks like `number`."""
    for line in page.splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if line.startswith("|") and re.fullmatch(number, cells[0]):
            yield Row(number=cells[0], cells=cells[1:])


def statements(page: str) -> list[Row]:
    """What the communiqués and the story say, each with what serves it."""
    return list(rows(page, r"[1-9]\.\d+"))


def faults(page: str) -> list[str]:
    """Everything on `page` that says more than is there."""
    return [f"{row.number} {fault}" for row in statements(page) for fault in (*_untold(row), *_unfounded(row))]


def _untold(row: Row) -> Iterator[str]:
    said = SAID.fullmatch(row.cells[0])
    if said is None:
        yield "three languages"
    elif not ARABIC.search(said["ar"]) or any(ARABIC.search(said[language]) for language in ("fr", "en")):
        yield "language"


def _unfounded(row: Row) -> Iterator[str]:
    if row.later:
        if row.cells[2:] != (NOTHING, NOTHING):
            yield "later and linked"
        return
    for cell, home in zip(row.cells[2:], ("src/", "tests/"), strict=True):
        found = list(LINK.finditer(cell))
        if not found:
            yield home
        yield from (link["name"] for link in found if not (link["path"].startswith(home) and _defines(link["path"], link["name"])))


def _defines(path: str, name: str) -> bool:
    file = ROOT / path
    definition = re.compile(rf"^ *(?:async def|def|class) {name}\b|^{name}\b.* = ", re.MULTILINE)
    return file.is_file() and definition.search(file.read_text(encoding="utf-8")) is not None


def test_every_part_of_the_story_is_there() -> None:
    assert {row.number.partition(".")[0] for row in statements(PAGE.read_text(encoding="utf-8"))} == set("123456789")


def test_every_statement_has_three_languages_and_what_serves_it_exists() -> None:
    assert faults(PAGE.read_text(encoding="utf-8")) == []


def test_the_needs_say_no_more_than_the_statements() -> None:
    page = PAGE.read_text(encoding="utf-8")
    later = {row.number: row.later for row in statements(page)}
    needs = list(rows(page, r"M\d+"))
    assert [need.number for need in needs] == [f"M{number}" for number in range(1, 14)]
    for need in needs:
        assert SAID.fullmatch(need.cells[0]), need.number
        missing = [later[number] for number in need.cells[2].split()]
        assert need.cells[1] == ("later" if all(missing) else "begun" if any(missing) else "here"), need.number
    assert sorted(number for need in needs for number in need.cells[2].split()) == sorted(later)


TOLD = '<span lang="ar" dir="rtl">بلاغ</span><br><span lang="fr">Un communiqué</span><br>A communiqué'
CODE = "[`verify_node`](../src/amana/node/verifying.py)"
TEST = "[`faults`](../tests/architecture/test_mission.py)"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (f"| 3.9 | {TOLD} | It is there. | {CODE} | {TEST} |", []),
        (f"| 3.9 | {TOLD} | later: communiqués | – | – |", []),
        (f"| 3.9 | {TOLD} | later: communiqués | {CODE} | – |", ["3.9 later and linked"]),
        (f"| 3.9 | {TOLD} | It is there. | {CODE} | – |", ["3.9 tests/"]),
        (f"| 3.9 | {TOLD} | It is there. | {CODE.replace('verify_node', 'verify_all')} | {TEST} |", ["3.9 verify_all"]),
        (f"| 3.9 | {TOLD} | It is there. | {CODE} | {TEST.replace('test_mission', 'test_gone')} |", ["3.9 faults"]),
        (f"| 3.9 | {TOLD} | It is there. | {TEST} | {TEST} |", ["3.9 faults"]),
        (f"| 3.9 | A communiqué | It is there. | {CODE} | {TEST} |", ["3.9 three languages"]),
        (f"| 3.9 | {TOLD.replace('بلاغ', 'Balagh')} | It is there. | {CODE} | {TEST} |", ["3.9 language"]),
    ],
)
def test_a_claim_too_many_is_noticed(row: str, expected: list[str]) -> None:
    assert faults(row) == expected
