# SPDX-License-Identifier: EUPL-1.2
"""The order of entries: a sort by key that a slow, independent choice of the next entry confirms."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.kind import Fact
from amana.dossiers.order import OrderKey, Placed, Waiting, ancestors, decide_place, order_all, place
from amana.protocol.canonical import encode
from amana.protocol.entry import Entry, Header
from amana.protocol.identifiers import EntryId
from tests.dossiers.invention import invent_story
from tests.dossiers.telling import key

STORIES = st.integers(0, 2**32).map(random.Random)


def entry_of(fact: Fact) -> Entry:
    return Entry(id=fact.id, header=fact.header, header_bytes=encode(fact.header), body=None, body_bytes=b"")


def chosen_one_by_one(headers: dict[EntryId, Header]) -> list[EntryId]:
    """The oracle: again and again the least entry whose ancestors are all taken, counting its time as after theirs."""
    taken: dict[EntryId, int] = {}
    while True:
        ready = {
            name: max([header.made_at, *(taken[a] + 1 for a in ancestors(header))])
            for name, header in headers.items()
            if name not in taken and all(a in taken for a in ancestors(header))
        }
        if not ready:
            return list(taken)
        least = min(ready, key=lambda name: (ready[name], name))
        taken[least] = ready[least]


@given(STORIES, st.integers(0, 12), st.integers(0, 4))
def test_sorting_by_key_is_choosing_one_by_one(rng: random.Random, length: int, lost: int) -> None:
    story = invent_story(rng, "information_request", length)
    arrived = rng.sample(story, max(0, len(story) - lost))
    ordered = order_all(entry_of(fact) for fact in arrived)
    assert [fact.id for fact in ordered.facts] == chosen_one_by_one({fact.id: fact.header for fact in arrived})
    assert {fact.id for fact in ordered.facts} | set(ordered.waiting) == {fact.id for fact in arrived}


@given(STORIES, st.integers(0, 12))
def test_an_entry_stands_after_all_its_ancestors(rng: random.Random, length: int) -> None:
    facts = order_all(entry_of(fact) for fact in invent_story(rng, "agreement", length)).facts
    keys = {fact.id: key(fact) for fact in facts}
    for fact in facts:
        assert all(keys[ancestor] < keys[fact.id] for ancestor in ancestors(fact.header))


@given(STORIES, st.integers(1, 12))
def test_what_waits_names_what_it_misses(rng: random.Random, length: int) -> None:
    story = invent_story(rng, "information_request", length)
    waiting = order_all(entry_of(fact) for fact in story[1:]).waiting
    assert set(waiting) == {fact.id for fact in story[1:]}
    assert all(story[0].id in missing for missing in waiting.values())


def test_ancestors_outside_the_dossier_are_taken_from_what_is_known() -> None:
    story = invent_story(random.Random(1), "information_request", 1)
    ordered = order_all([entry_of(story[1])], known={story[0].id: 10**15})
    assert [fact.effective for fact in ordered.facts] == [10**15 + 1]


@pytest.mark.parametrize(
    ("made_at", "before", "expected"),
    [(10, [], 10), (10, [9], 10), (10, [10], 11), (10, [3, 50], 51), (0, [0], 1)],
)
def test_the_effective_time_is_after_the_latest_ancestor(made_at: int, before: Sequence[int], expected: int) -> None:
    assert place(made_at, before) == expected


def test_an_entry_waits_for_the_ancestors_that_are_not_known() -> None:
    opening, first, *_ = invent_story(random.Random(2), "information_request", 1)
    assert decide_place(first.header, lambda _: None) == Waiting(missing=ancestors(first.header))
    assert decide_place(first.header, lambda _: opening.effective) == Placed(effective=first.effective)


def test_of_equal_times_the_lesser_id_comes_first() -> None:
    assert OrderKey(5, EntryId(b"\x01" * 32)) < OrderKey(5, EntryId(b"\x02" * 32)) < OrderKey(6, EntryId(b"\x00" * 32))
