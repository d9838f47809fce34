# SPDX-License-Identifier: EUPL-1.2
"""The demonstration played once, headless, for all tests that look at what it left; also where tests run in parallel."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from amana.demo.play import play_demo

LANGUAGE = "fr"


class Played(NamedTuple):
    """What one play said and left."""

    home: Path
    result: dict[str, Any]
    story: list[str]


def play(home: Path) -> Played:
    """Play headless in `home`."""
    story: list[str] = []
    result = play_demo(directory=home, ports=None, headless=True, language=LANGUAGE, say=story.append)
    return Played(home=home, result=result, story=story)


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Played:
    """One play for all workers: the first that comes plays, the others wait and read."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    kept = shared / "demo.json"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            one = play(shared / "demo")
            kept.write_text(json.dumps({"result": one.result, "story": one.story}), encoding="utf-8")
    return Played(home=shared / "demo", **json.loads(kept.read_text(encoding="utf-8")))
