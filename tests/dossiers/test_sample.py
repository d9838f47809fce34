# SPDX-License-Identifier: EUPL-1.2
"""Made-up values fit every entry type there is, so that its rules can be tried."""

from __future__ import annotations

import pytest

from amana.dossiers.plain import from_plain
from amana.dossiers.registry import KINDS
from amana.dossiers.sample import sample_values

TYPES = [(kind.name, name) for kind in KINDS.values() for name in kind.entry_types]


@pytest.mark.parametrize(("kind", "name"), TYPES, ids=lambda part: part)
def test_they_fit(kind: str, name: str) -> None:
    shape = KINDS[kind].entry_types[name].coded
    given = sample_values(shape, later=1_800_000_000_000)
    if name in ("propose", "amend", "request"):  # the only ones with lists of codes or agencies whose words are their own
        assert given
    if name == "introduction":
        given["agency"] = "fr.dgpn"
    assert isinstance(from_plain(given, shape), shape)
