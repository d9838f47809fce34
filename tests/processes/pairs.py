# SPDX-License-Identifier: EUPL-1.2
"""Directories of agencies under an agreement, made once per test process and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.processes.nodes import PARIS, RABAT, RealNode, agree, ask, copy_agencies, create_agencies, real_nodes, wait_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Stopped nodes of Rabat and Paris: an agreement in force, a request from Rabat to Paris. Only copied."""

    root: Path
    dossier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Rabat and Paris, not running yet, and their request."""

    rabat: RealNode
    paris: RealNode
    dossier: str

    def start(self) -> None:
        """Start both."""
        self.rabat.start(ready=False)
        self.paris.start()
        wait_for(self.rabat.is_up, what="Rabat to answer")

    def wait_quiet(self) -> None:
        """Until neither has anything left for the other."""
        wait_for(lambda: self.rabat.is_quiet() and self.paris.is_quiet(), what="both to be quiet")

    def stop(self) -> None:
        """End both as an administrator does."""
        assert [self.rabat.stop(), self.paris.stop()] == [0, 0]


@pytest.fixture(scope="session")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> Agreed:
    root = tmp_path_factory.mktemp("agreed")
    create_agencies(root, [RABAT, PARIS])
    with real_nodes(root, [RABAT, PARIS]) as (rabat, paris):
        pair = Pair(rabat=rabat, paris=paris, dossier="")
        pair.start()
        agree(rabat, paris)
        dossier = ask(rabat, paris)
        pair.wait_quiet()
        pair.stop()
    return Agreed(root=root, dossier=dossier)


@pytest.fixture
def pair(agreed: Agreed, tmp_path: Path) -> Iterator[Pair]:
    root = copy_agencies(agreed.root, tmp_path / "agencies")
    with real_nodes(root, [RABAT, PARIS]) as (rabat, paris):
        yield Pair(rabat=rabat, paris=paris, dossier=agreed.dossier)
