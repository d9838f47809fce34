# SPDX-License-Identifier: EUPL-1.2
"""Steps between one author and one receiver. Each refused step is a vector in spec/vectors/step."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.canonical import encode
from amana.protocol.checkpoint import origin_name
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, EntryId, Seconds
from amana.protocol.log import (
    MAX_STEP_ENTRIES,
    MAX_STEP_RECORD,
    Step,
    StepOrder,
    advance,
    decide_seen,
    encode_step,
    make_step,
    parse_step,
    start_of,
    step_hash,
    verify_step,
)
from amana.protocol.signing import SigningPair

PAIR = SigningPair.from_seed(bytes(range(64)))
ORIGIN = origin_name(author=AgencyCode("ma.dgsn"), to=AgencyCode("fr.dgpn"), run=1)
START = start_of(ORIGIN)
TIME = Seconds(1_700_000_000)
IDS = [EntryId(hashlib.sha256(b"%d" % count).digest()) for count in range(MAX_STEP_ENTRIES + 1)]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_author_and_receiver_walk_through_the_same_positions(lengths: list[int]) -> None:
    author = receiver = START
    sent = 0
    for length in lengths:
        _, encoded, author = make_step(PAIR, author, IDS[sent : sent + length], TIME)
        verified = verify_step(encoded, receiver, PAIR.public)
        sent, receiver = sent + length, verified.position
        assert receiver == author == advance(START, IDS[:sent])
        assert verified.head.head == receiver.head
        assert (verified.digest, verified.encoded) == (step_hash(encoded), encoded)


@pytest.mark.parametrize("count", [0, MAX_STEP_ENTRIES + 1])
def test_a_step_has_one_to_a_thousand_ids(count: int) -> None:
    with pytest.raises(ValueError, match="1000"):
        make_step(PAIR, START, IDS[:count], TIME)
    step = make_step(PAIR, START, IDS[:1], TIME)[0]
    crowded = Step(ids=tuple(IDS[:count]), head=step.head, origin=ORIGIN, old_root=step.old_root, old_size=0)
    with pytest.raises(PeerFault, match="wrong_shape"):
        parse_step(encode(crowded))


def test_the_longest_step_is_within_its_limit() -> None:
    longest = origin_name(author=AgencyCode("a" * 32), to=AgencyCode("b" * 32), run=2**31 - 1)
    encoded = make_step(PAIR, start_of(longest), IDS[:MAX_STEP_ENTRIES], Seconds(2**53 - 1))[1]
    assert len(encoded) + len("9007199254740991") + 8 <= MAX_STEP_RECORD  # a later size is longer by so much at most
    verify_step(encoded, start_of(longest), PAIR.public)


def test_the_hash_of_a_step_is_labelled() -> None:
    assert step_hash(b"bytes") == hashlib.sha256(b"amana/step/v1\0bytes").digest()


ORDERS = [
    pytest.param(3, 5, 3, StepOrder.FOLLOWS, id="the next step"),
    pytest.param(0, 3, 0, StepOrder.FOLLOWS, id="the first of an empty log"),
    pytest.param(0, 3, 8, StepOrder.SEEN_BEFORE, id="an old one"),
    pytest.param(0, 3, 4, StepOrder.SEEN_BEFORE, id="all of it is there"),
    pytest.param(3, 5, 0, StepOrder.GAP, id="earlier ones are missing"),
    pytest.param(0, 5, 3, StepOrder.BEHIND, id="cut otherwise"),
]


@pytest.mark.parametrize(("start", "end", "stands", "expected"), ORDERS)
def test_a_step_is_placed_by_its_sizes(start: int, end: int, stands: int, expected: StepOrder) -> None:
    step = make_step(PAIR, advance(START, IDS[:start]), IDS[start:end], TIME)[0]
    assert decide_seen(step, advance(START, IDS[:stands])) is expected


def test_a_fault_of_the_head_is_check_two_and_keeps_its_own_number() -> None:
    other = SigningPair.from_seed(bytes(64))
    encoded = make_step(other, START, IDS[:1], TIME)[1]
    with pytest.raises(PeerFault) as caught:
        verify_step(encoded, START, PAIR.public)
    assert (caught.value.check, caught.value.facts["head_check"]) == (2, 3)


def test_a_step_is_written_as_it_was_read() -> None:
    step, encoded, _ = make_step(PAIR, START, IDS[:2], TIME)
    assert encode_step(parse_step(encoded)) == encode_step(step) == encoded
