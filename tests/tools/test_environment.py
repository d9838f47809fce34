# SPDX-License-Identifier: EUPL-1.2
"""The environment builder: it helps where Python lacks something, and builds again only when what is installed changed."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

from tools import environment

PROJECT = '[project]\nname = "x"\n[build-system]\nrequires = []\n[tool.hatch]\n[tool.ruff]\nline-length = 140\n'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with both locks and a finished environment made from the run lock."""
    for name, constant in (("", "ROOT"), (".venv", "VENV"), (".venv/bin/python", "PYTHON"), (".venv/amana-stamp", "STAMP")):
        monkeypatch.setattr(environment, constant, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text("run\n")
    (tmp_path / "requirements" / "dev.txt").write_text("dev\n")
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    environment.STAMP.write_text(environment.stamp_of("run"))
    assert environment.is_ready("run")
    return tmp_path


def test_the_second_start_installs_nothing(tree: Path) -> None:
    (tree / "pyproject.toml").write_text(PROJECT.replace("140", "120"))
    assert environment.is_ready("run")


def test_tests_after_a_demo_install_the_development_tools(tree: Path) -> None:
    assert not environment.is_ready("dev")


def test_a_demo_after_tests_installs_nothing(tree: Path) -> None:
    environment.STAMP.write_text(environment.stamp_of("dev"))
    assert environment.is_ready("run")


@pytest.mark.parametrize("changed", ["requirements/run.txt", "pyproject.toml"])
def test_what_is_installed_changed(tree: Path, changed: str) -> None:
    path = tree / changed
    path.write_text(path.read_text().replace("run\n", "other\n").replace('name = "x"', 'name = "y"'))
    assert not environment.is_ready("run")


@pytest.mark.parametrize(("uv", "stopped"), [(None, True), ("/usr/bin/uv", False)])
def test_a_python_without_venv_is_told_the_one_line(uv: str | None, stopped: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    monkeypatch.setattr(shutil, "which", lambda name: uv)
    if not stopped:
        environment.require_python()
        return
    with pytest.raises(SystemExit, match="sudo apt-get install python3-venv"):
        environment.require_python()


def test_an_old_python_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    with pytest.raises(SystemExit, match=r"3\.11"):
        environment.require_python()
