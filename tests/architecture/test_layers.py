# SPDX-License-Identifier: EUPL-1.2
"""The layers: the import contracts hold, name every pure layer there is, and would notice an arrow that points up."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import CORE, ROOT, SRC

LINT = Path(sys.executable).parent / "lint-imports"


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """The verdict of import-linter on the tree at `root`."""
    command: list[str | Path] = [LINT, "--config", root / "pyproject.toml", "--no-cache"]
    return subprocess.run(command, cwd=root / "src", capture_output=True, text=True, env={"PYTHONPATH": str(root / "src")})


def test_arrows_point_down_only() -> None:
    verdict = lint_imports(ROOT)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


@pytest.mark.parametrize(
    "arrow",
    ["from amana.node import strange", "import time", "import socket", "import django", "import structlog"],
)
def test_an_arrow_out_of_the_protocol_is_noticed(arrow: str, tmp_path: Path) -> None:
    shutil.copytree(SRC / "amana", tmp_path / "src" / "amana", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for layer in ("node", "protocol"):
        (tmp_path / "src" / "amana" / layer).mkdir(exist_ok=True)
        (tmp_path / "src" / "amana" / layer / "__init__.py").touch()
    (tmp_path / "src" / "amana" / "node" / "strange.py").write_text("")
    (tmp_path / "src" / "amana" / "protocol" / "planted.py").write_text(arrow + "\n")
    verdict = lint_imports(tmp_path)
    assert verdict.returncode == 1, verdict.stdout + verdict.stderr
    assert "amana.protocol.planted" in verdict.stdout


def test_the_contract_of_purity_names_every_pure_layer_that_exists() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = next(contract["source_modules"] for contract in contracts if contract["id"] == "pure-core")
    assert sorted(named) == sorted(f"amana.{layer}" for layer in CORE if (SRC / "amana" / layer / "__init__.py").exists())
