# SPDX-License-Identifier: EUPL-1.2
"""A sealing pair comes from its seed alone; a sealing key that nobody could seal to is refused."""

from __future__ import annotations

import hashlib

import pytest

from amana.protocol.envelope import SealingKey, SealingPair, make_sealing_key, require_sealing_key
from amana.protocol.errors import PeerFault
from tests.protocol.agencies import PARIS, sealing

PAIR, OTHER_PAIR = sealing(PARIS), sealing(PARIS, "another sealing key")


def test_a_sealing_pair_comes_from_its_seed_alone_and_keeps_its_secret() -> None:
    seed = hashlib.shake_256(b"seed").digest(96)
    assert SealingPair.from_seed(seed).public == SealingPair.from_seed(seed).public != PAIR.public
    assert repr(SealingPair.from_seed(seed)) == "SealingPair()"
    with pytest.raises(ValueError, match="96"):
        SealingPair.from_seed(seed[:-1])


GOOD = PAIR.public


@pytest.mark.parametrize(
    ("key", "part"),
    [
        (SealingKey(id=bytes(16), mlkem=GOOD.mlkem, x25519=GOOD.x25519), "id"),
        (SealingKey(id=GOOD.id, mlkem=GOOD.mlkem, x25519=OTHER_PAIR.public.x25519), "id"),
        (make_sealing_key(b"\xff" * 1184, GOOD.x25519), "mlkem"),
        (make_sealing_key(GOOD.mlkem, bytes(32)), "x25519"),
        (make_sealing_key(GOOD.mlkem, b"\x01" + bytes(31)), "x25519"),
    ],
)
def test_a_sealing_key_nobody_could_seal_to_is_refused(key: SealingKey, part: str) -> None:
    require_sealing_key(GOOD)
    with pytest.raises(PeerFault, match="sealing_key") as raised:
        require_sealing_key(key)
    assert raised.value.facts["part"] == part
