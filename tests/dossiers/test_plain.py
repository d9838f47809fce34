# SPDX-License-Identifier: EUPL-1.2
"""Coded values as plain JSON and back: hex for bytes, refusals that never repeat the value."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.agreement.entries import Propose
from amana.dossiers.information_request.entries import Close, Correction
from amana.dossiers.kind import Coded
from amana.dossiers.plain import from_plain, to_plain
from amana.dossiers.registry import KINDS
from amana.protocol.errors import Refusal
from tests.dossiers.invention import AGENCIES, invent_coded
from tests.dossiers.telling import entry

SHAPES = [entry_type.coded for kind in KINDS.values() for entry_type in kind.entry_types.values()]


@given(st.integers(0, 2**32).map(random.Random), st.sampled_from(SHAPES))
def test_every_coded_value_survives_json(rng: random.Random, shape: type[Coded]) -> None:
    value = invent_coded(rng, shape, [entry(2), entry(3)], AGENCIES)
    assert from_plain(json.loads(json.dumps(to_plain(value))), shape) == value


@pytest.mark.parametrize(
    ("given_", "shape", "where"),
    [
        ({"entry": "zz"}, Correction, "$"),
        ({"entry": "00"}, Correction, "$.entry"),
        ({}, Correction, "$"),
        ({"entry": "00" * 32, "more": 1}, Correction, "$"),
        ({"feedback": [{"answer": 5}]}, Close, "$.feedback[0].answer"),
        ({"areas": ["witchcraft"]}, Propose, "$.areas[0]"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place_and_without_its_value(given_: dict[str, Any], shape: Any, where: str) -> None:
    with pytest.raises(Refusal) as refused:
        from_plain(given_, shape)
    assert (refused.value.code, refused.value.facts["where"]) == ("bad_values", where)
    assert "witchcraft" not in str(refused.value)
