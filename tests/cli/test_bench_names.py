# SPDX-License-Identifier: EUPL-1.2
"""Every page that is measured has its name in the answer of the command."""

from __future__ import annotations

import pytest

from amana.bench.pages import LISTS, _addresses
from amana.cli.bench import _name


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_measured_page_has_a_name(language: str) -> None:
    measured = _addresses(language, dict.fromkeys(LISTS, "ab" * 32))
    assert all(_name(language, page) for page in measured)
