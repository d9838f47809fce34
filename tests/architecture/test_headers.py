# SPDX-License-Identifier: EUPL-1.2
"""Every source file names its licence in its first lines, and every Python module says what it promises."""

from __future__ import annotations

import ast
import hashlib

from tests.architecture.tree import ROOT, all_python, parsed, short, tracked

SPDX = "# SPDX-License-Identifier: EUPL-1.2"
ALSO = ("Makefile", ".ci/run", "pyproject.toml")
LICENCE = "5926634b899186b3c3e19bf74c412da26c3bf0b3a19c7db9ab0d83fe07b18c2b"  # the English text of the EUPL 1.2
SHORTEST = 40  # characters; shorter says no more than the file's name


def test_every_source_file_names_its_licence() -> None:
    files = [*all_python(), *(ROOT / name for name in ALSO)]
    assert [short(path) for path in files if SPDX not in path.read_text(encoding="utf-8").splitlines()[:2]] == []


def test_every_module_says_what_it_promises() -> None:
    assert [short(path) for path in all_python() if len(ast.get_docstring(parsed(path)) or "") < SHORTEST] == []


def test_the_licence_is_whole_and_unchanged() -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == LICENCE


def test_nothing_is_looked_at_twice_or_not_at_all() -> None:
    assert len(set(tracked())) == len(tracked())
    assert ROOT / "LICENSE" in tracked()
