# SPDX-License-Identifier: EUPL-1.2
"""Two nodes that know each other, for the commands that only read or refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.cli.speaking")

from tests.cli.speaking import make_node, make_partners  # noqa: E402 - only what is imported afterwards is rewritten


@pytest.fixture(scope="session")
def rabat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of ma.dgsn, a partner of fr.dgpn, with nothing sent yet."""
    root = tmp_path_factory.mktemp("nodes")
    here, there = make_node(root, "ma.dgsn", 18451), make_node(root, "fr.dgpn", 18452)
    make_partners(here, there)
    return here
