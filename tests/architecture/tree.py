# SPDX-License-Identifier: EUPL-1.2
"""What the architecture tests look at: the files of the source tree, parsed once."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
CORE = ("protocol", "matching", "dossiers", "evaluation", "interop")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps or would keep: committed, staged and new ones, without the ignored."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(sorted(path for name in set(listed.split("\0")) if name and (path := ROOT / name).is_file()))


@cache
def sources() -> tuple[Path, ...]:
    """Every Python file of the product."""
    return tuple(path for path in tracked() if path.suffix == ".py" and path.is_relative_to(SRC))


@cache
def all_python() -> tuple[Path, ...]:
    """Every Python file: product, tests and tools."""
    return tuple(path for path in tracked() if path.suffix == ".py")


@cache
def core() -> tuple[Path, ...]:
    """Every Python file of the pure layers."""
    return tuple(path for path in sources() if path.relative_to(SRC / "amana").parts[0] in CORE)


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of `path`."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def short(path: Path) -> str:
    """`path` as one writes it at the root of the repository."""
    return str(path.relative_to(ROOT))
