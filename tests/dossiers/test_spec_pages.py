# SPDX-License-Identifier: EUPL-1.2
"""The kinds' spec pages say what the code does: their tables and diagrams are made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from amana.dossiers.kind import Reason
from amana.dossiers.registry import KINDS
from tests.dossiers.spec_pages import BLOCK, BLOCKS, PAGES, renewed


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_page_of_a_kind_is_up_to_date(kind: str) -> None:
    text = (PAGES / f"{kind}.md").read_text(encoding="utf-8")
    assert text == renewed(text)


def test_every_made_part_stands_on_a_page() -> None:
    standing = {m["name"] for page in PAGES.glob("*.md") for m in BLOCK.finditer(page.read_text(encoding="utf-8"))}
    assert standing == set(BLOCKS)


def test_every_reason_is_explained_on_a_page() -> None:
    pages = [*PAGES.glob("*.md"), Path(PAGES.parent / "10-order-and-folds.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert [reason.value for reason in Reason if f"`{reason.value}`" not in text] == []
