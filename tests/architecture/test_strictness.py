# SPDX-License-Identifier: EUPL-1.2
"""The checks stay strict: nothing switched off in the configuration, no exemption without a reason, nothing left undone."""

from __future__ import annotations

import io
import re
import tokenize
import tomllib
from typing import Any

import pytest

from tests.architecture.tree import ROOT, all_python, short, sources, tracked

TOOLS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
EXEMPTION = re.compile(r"#\s*(type:\s*ignore|noqa|pragma:|ruff:|mypy:|nosec|pyright:)", re.IGNORECASE)
REASONED = re.compile(r"# (type: ignore\[[a-z, -]+\]  #|noqa: [A-Z]+\d+(, [A-Z]+\d+)* -) \S.{4,}")
UNDONE = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
WORKPLACE = re.compile("|".join(["/wor" + "k/", r"\.\./sha" + "red", "sha" + "red/design", "/bri" + "ef/", "issues sh" + "ow"]))


def comments(source: str) -> list[tuple[int, str]]:
    """The comments of `source`, each with its line."""
    return [
        (token.start[0], token.string) for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type == tokenize.COMMENT
    ]


def bare_exemptions(source: str) -> list[str]:
    """The exemptions in `source` that give no reason, or are for a whole file."""
    return [f"{line}: {text}" for line, text in comments(source) if EXEMPTION.search(text) and not REASONED.search(text)]


def test_typing_is_strict_everywhere() -> None:
    assert TOOLS["mypy"]["strict"] is True
    assert {"src", "tests"} <= set(TOOLS["mypy"]["files"])
    assert not {"overrides", "exclude", "ignore_errors", "ignore_missing_imports"} & set(TOOLS["mypy"])


def test_warnings_are_errors_and_lines_are_bounded() -> None:
    assert TOOLS["pytest"]["ini_options"]["filterwarnings"] == ["error"]
    assert TOOLS["ruff"]["line-length"] == 140
    assert "exclude" not in TOOLS["ruff"]


def test_every_exemption_has_its_reason_on_the_line() -> None:
    assert [f"{short(path)}:{fault}" for path in all_python() for fault in bare_exemptions(path.read_text(encoding="utf-8"))] == []


def test_nothing_in_the_product_is_left_undone() -> None:
    lines = [(path, number, line) for path in sources() for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)]
    assert [f"{short(path)}:{number}" for path, number, line in lines if UNDONE.search(line)] == []


def test_no_file_speaks_of_the_place_it_was_made_in() -> None:
    texts = {path: path.read_bytes().decode(errors="replace") for path in tracked()}
    assert [short(path) for path, text in texts.items() if WORKPLACE.search(text)] == []


@pytest.mark.parametrize(
    ("comment", "bare"),
    [
        ("# type: " + "ignore", True),
        ("# type: " + "ignore[assignment]", True),
        ("# type: " + "ignore[assignment]  # the library takes the plain int", False),
        ("# no" + "qa", True),
        ("# no" + "qa: S105", True),
        ("# no" + "qa: S105 - signs nothing", False),
        ("# ruff: no" + "qa", True),
        ("# ordinary", False),
    ],
)
def test_an_exemption_without_a_reason_is_noticed(comment: str, bare: bool) -> None:
    assert bool(bare_exemptions(f"x = 1  {comment}\n")) is bare
