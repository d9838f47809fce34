# SPDX-License-Identifier: EUPL-1.2
"""Every relative link in a page of the documentation leads to a file, and to a heading where it names one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.tree import short, tracked

LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)(?: \"[^\"]*\")?\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
ELSEWHERE = re.compile(r"^[a-z]+:", re.IGNORECASE)


def links(text: str) -> list[str]:
    """The link targets in `text` that should lead to something in this repository."""
    return [match["target"] for match in LINK.finditer(CODE.sub("", text)) if not ELSEWHERE.match(match["target"])]


def anchors(text: str) -> set[str]:
    """The names by which the headings of `text` can be linked to."""
    headings = re.findall(r"^#{1,6} +(.+?) *$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead(page: Path) -> list[str]:
    """The links of `page` that lead nowhere."""
    found = []
    for target in links(page.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        goal = page.parent / name if name else page
        if not goal.exists() or (anchor and goal.suffix == ".md" and anchor not in anchors(goal.read_text(encoding="utf-8"))):
            found.append(target)
    return found


def test_every_link_leads_somewhere() -> None:
    pages = [path for path in tracked() if path.suffix == ".md"]
    assert pages
    assert {short(page): dead(page) for page in pages if dead(page)} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[here](page.md)", []),
        ("[here](page.md#the-way-in)", []),
        ("[here](#nowhere)", ["#nowhere"]),
        ("[here](gone.md)", ["gone.md"]),
        ("[here](page.md#gone)", ["page.md#gone"]),
        ("[there](https://example.org/gone)", []),
        ("`[code](gone.md)`", []),
    ],
)
def test_a_dead_link_is_noticed(text: str, expected: list[str], tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# The way in\n")
    (tmp_path / "other.md").write_text(text)
    assert dead(tmp_path / "other.md") == expected
