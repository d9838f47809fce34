# SPDX-License-Identifier: EUPL-1.2
"""Each fuzz target runs briefly here, on its corpus and on seeded changes to it; with atheris it runs for as long as one likes."""

from __future__ import annotations

import importlib
import random
from pathlib import Path

import pytest

from amana.protocol.errors import PeerFault
from tests.fuzz.harness import survives
from tests.vectors.mutations import mutated_bytes

TARGETS = sorted(path.stem for path in Path(__file__).parent.glob("fuzz_*.py"))
INPUTS = 1_500


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_keeps_its_promise_on_hostile_bytes(name: str) -> None:
    target = importlib.import_module(f"tests.fuzz.{name}")
    rng = random.Random(name)
    seeds = list(target.corpus())
    for seed in seeds:
        target.TestOneInput(seed)
    for fuzzed in (b"", b"\0", b"\xff" * 40, rng.randbytes(4000)):
        target.TestOneInput(fuzzed)
    for _ in range(INPUTS):
        target.TestOneInput(mutated_bytes(bytearray(rng.choice(seeds)), rng))


def test_an_error_that_is_no_peer_fault_reaches_the_fuzzer() -> None:
    def broken() -> None:
        raise IndexError

    def hostile() -> None:
        raise PeerFault("wrong_shape")

    assert not survives(hostile)
    with pytest.raises(IndexError):
        survives(broken)
