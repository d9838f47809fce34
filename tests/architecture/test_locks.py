# SPDX-License-Identifier: EUPL-1.2
"""The locks: every line pinned and hashed, no address in them, and they hold what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.tree import ROOT, short, tracked

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("run", "dev")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ]+)( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
HOSTS = tuple("".join(parts) for parts in [("pypi", ".org"), ("python", "hosted.org"), ("registry.", "npmjs"), ("/opt/", "pypi")])


def text_of(lock: str) -> str:
    """The text of one lock."""
    return (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, Version]:
    """What `lock` holds: name and version."""
    found = [match for line in text_of(lock).splitlines() if (match := PIN.match(line))]
    return {canonicalize_name(match["name"]): Version(match["version"]) for match in found}


def asked(lock: str) -> list[Requirement]:
    """What pyproject.toml wants in `lock`."""
    groups = PROJECT["dependency-groups"]
    wanted = [*PROJECT["project"]["dependencies"], *groups["build"], *(groups["dev"] if lock == "dev" else [])]
    return [Requirement(line) for line in wanted]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_or_a_hash(lock: str) -> None:
    lines = text_of(lock).splitlines()
    assert [line for line in lines if not (PIN.match(line) or HASH.match(line))] == []
    assert [line for line, after in zip(lines, [*lines[1:], ""], strict=True) if PIN.match(line) and not HASH.match(after)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_the_project_asks_for(lock: str) -> None:
    held = pins(lock)
    assert [str(need) for need in asked(lock) if held.get(canonicalize_name(need.name), Version("0")) not in need.specifier] == []


def test_the_development_lock_holds_the_run_lock() -> None:
    assert pins("run").items() <= pins("dev").items()


def test_no_file_names_a_registry() -> None:
    texts = {path: path.read_bytes().decode(errors="replace") for path in tracked()}
    assert [(short(path), host) for path, text in texts.items() for host in HOSTS if host in text] == []


def test_locks_that_record_hosts_are_not_kept() -> None:
    assert [short(path) for path in tracked() if path.name in {"uv.lock", "pylock.toml"}] == []
