# SPDX-License-Identifier: EUPL-1.2
"""The incremental fold: the same from any arrival, bounded, and strict about who may say what to whom."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers import fold
from amana.dossiers.fold import Cursor, advance, is_aside, summary_of
from amana.dossiers.kind import Fact, Reason, Refused
from amana.dossiers.order import Placed, decide_place
from amana.protocol.canonical import encode, parse
from amana.protocol.identifiers import EntryId
from amana.protocol.marking import Marking
from tests.dossiers.invention import invent_story
from tests.dossiers.telling import DGPN, DGSN, DGST, START, Telling, entry, fact_of, key, reason

STORIES = st.integers(0, 2**32).map(random.Random)
KIND_NAMES = st.sampled_from(["agreement", "information_request"])
REQUEST: dict[str, Any] = {"area": "drugs", "types": ["information"]}


def request(parties: tuple[Any, ...] = (DGPN, DGSN)) -> Telling:
    told = Telling("information_request", parties)
    assert told.say(DGSN, "request", REQUEST) is None
    return told


class SmallNode:
    """Entries as they arrive: placed when their ancestors stand, folded on, or from the snapshot before a late one."""

    def __init__(self) -> None:
        self.standing: dict[EntryId, int] = {}
        self.waiting: list[Fact] = []
        self.facts: list[Fact] = []
        self.snapshots: list[Cursor] = []
        self.outcomes: dict[EntryId, Refused | None] = {}

    def receive(self, arrived: Fact) -> None:
        self.waiting.append(arrived)
        while ready := [f for f in self.waiting if isinstance(decide_place(f.header, self.standing.get), Placed)]:
            for fact in ready:
                self.waiting.remove(fact)
                placed = decide_place(fact.header, self.standing.get)
                assert isinstance(placed, Placed)
                self.standing[fact.id] = placed.effective
                self._take(fact_of(fact.header, placed.effective))

    def _take(self, fact: Fact) -> None:
        self.facts = sorted([*self.facts, fact], key=key)
        self.snapshots = [s for s in self.snapshots if (s.effective, s.last) < key(fact)]
        cursor = self.snapshots[-1] if self.snapshots else None
        after = [f for f in self.facts if cursor is None or key(f) > (cursor.effective, cursor.last)]
        step = advance(parse(encode(cursor), Cursor) if cursor else None, after)
        self.outcomes.update(zip([f.id for f in after], step.outcomes, strict=True))
        self.snapshots.append(step.cursor)


@given(STORIES, KIND_NAMES, st.integers(0, 10))
def test_any_arrival_gives_the_same_dossier(rng: random.Random, kind: str, length: int) -> None:
    story = sorted(invent_story(rng, kind, length), key=key)
    at_once = advance(None, story)
    node = SmallNode()
    for fact in rng.sample(story, len(story)):
        node.receive(fact)
    assert node.snapshots[-1] == at_once.cursor
    assert encode(node.snapshots[-1]) == encode(at_once.cursor)
    assert [node.outcomes[fact.id] for fact in story] == list(at_once.outcomes)


@given(STORIES, KIND_NAMES, st.integers(1, 10))
def test_any_cut_into_advances_gives_the_same_dossier(rng: random.Random, kind: str, length: int) -> None:
    story = sorted(invent_story(rng, kind, length), key=key)
    cut = rng.randint(1, len(story) - 1)
    first = advance(None, story[:cut])
    second = advance(parse(encode(first.cursor), Cursor), story[cut:])
    at_once = advance(None, story)
    assert second.cursor == at_once.cursor
    assert first.outcomes + second.outcomes == at_once.outcomes


def test_a_cursor_does_not_grow_with_the_number_of_entries() -> None:
    told = request()
    sizes = []
    for _ in range(3):
        for _ in range(100):
            assert told.say(DGSN, "supplement", after=()) is None
        sizes.append(len(encode(told.cursor or pytest.fail("no cursor"))))
    assert max(sizes) - min(sizes) <= 8  # the numbers in it take a byte or two more


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"kind": "poetry"}, Reason.UNKNOWN_KIND),
        ({"rules": 7}, Reason.UNKNOWN_RULES),
        ({"type": "ode"}, Reason.UNKNOWN_TYPE),
        ({"type": "supplement"}, Reason.NOT_AN_OPENING),
        ({"coded": b"\xa0"}, Reason.NOT_UNDERSTOOD),
        ({"coded": b"\xff"}, Reason.NOT_UNDERSTOOD),
        ({"previous": b"\x07" * 32}, Reason.FORK),
        ({"dossier": b"\x07" * 32}, Reason.NO_OPENING),
        ({"marking": Marking()}, Reason.NO_BASIS),
    ],
)
def test_an_opening_that_breaks_a_rule_bars_its_dossier(change: dict[str, Any], expected: Reason) -> None:
    told = Telling("information_request")
    assert reason(told.hear(told.header(DGSN, "request", told.coded(DGSN, "request", REQUEST), **change))) == expected
    assert reason(told.say_as_is(DGPN, "supplement")) == expected
    assert told.cursor is not None
    assert told.cursor.barred == expected
    assert summary_of(told.cursor).stage == "not_understood"


def test_the_same_opening_without_the_fault_counts() -> None:
    assert summary_of(request().cursor or pytest.fail("no cursor")).stage == "sent"


@pytest.mark.parametrize(
    ("author", "change", "expected"),
    [
        (DGPN, {}, ""),
        (DGPN, {"kind": "agreement"}, Reason.FOREIGN_KIND),
        (DGST, {"audience": (DGPN, DGSN)}, Reason.FOREIGN_AUTHOR),
        (DGPN, {"audience": (DGSN, DGST)}, Reason.FOREIGN_AUDIENCE),
        (DGPN, {"audience": (DGST,)}, Reason.FOREIGN_AUDIENCE),
        (DGPN, {"previous": entry(1)}, Reason.FORK),
        (DGSN, {"previous": b""}, Reason.FORK),
        (DGPN, {"type": "ode"}, Reason.UNKNOWN_TYPE),
        (DGPN, {"type": "request"}, Reason.SECOND_OPENING),
        (DGPN, {"rules": 1}, Reason.SECOND_OPENING),
        (DGPN, {"dossier": b""}, Reason.SECOND_OPENING),
        (DGPN, {"coded": b"\xa1\x61\x61\x01"}, Reason.NOT_UNDERSTOOD),
        (DGPN, {"marking": Marking()}, Reason.NO_BASIS),
    ],
)
def test_a_later_entry_passes_the_general_checks_or_is_refused(author: Any, change: dict[str, Any], expected: str) -> None:
    told = request()
    header = told.header(author, "supplement", b"\xa0", **change)
    assert reason(told.hear(header)) == expected


def test_what_an_entry_names_must_be_an_ancestor() -> None:
    told = request()
    told.say(DGPN, "answer")
    correction = {"entry": told.last}
    assert reason(told.say_as_is(DGPN, "correction", correction)) == ""
    assert reason(told.say_as_is(DGSN, "correction", {"entry": entry(1).hex()})) == Reason.NOT_AFTER
    assert reason(told.say_as_is(DGSN, "correction", correction, after=())) == Reason.NOT_AFTER


def test_of_two_entries_with_the_same_previous_the_second_and_what_follows_it_are_refused() -> None:
    told = request()
    told.say(DGPN, "supplement")
    first = told.facts[-1].id
    assert told.say(DGPN, "supplement") is None
    assert reason(told.say(DGPN, "supplement", previous=first)) == Reason.FORK
    forked = told.facts[-1].id
    assert reason(told.say(DGPN, "supplement", previous=forked)) == Reason.FORK
    assert reason(told.say(DGPN, "supplement", previous=told.facts[2].id)) == ""


def test_an_entry_refused_by_a_rule_is_still_followed() -> None:
    told = request()
    assert reason(told.say_as_is(DGPN, "unpause")) == Reason.NOT_AT_THIS_STAGE
    assert told.say(DGPN, "supplement") is None


def test_an_entry_of_an_earlier_run_is_refused() -> None:
    told = request()
    assert told.say(DGSN, "supplement", run=2) is None
    assert reason(told.say(DGSN, "supplement", run=1)) == Reason.RUN_BACK
    assert told.say(DGSN, "supplement", run=2, previous=told.facts[1].id) is None


def test_an_aside_is_kept_and_changes_no_shared_state() -> None:
    told = request((DGPN, DGSN, DGST))
    before = told.state
    assert told.say(DGPN, "part_answer", audience={DGSN}) is None
    assert is_aside(told.facts[-1].header, told.parties)
    assert told.state == before
    assert told.say(DGPN, "part_answer") is None
    assert not is_aside(told.facts[-1].header, told.parties)
    assert told.state != before


def test_what_all_must_know_may_be_no_aside() -> None:
    told = request((DGPN, DGSN, DGST))
    assert reason(told.say(DGPN, "answer", audience={DGSN})) == Reason.NOT_TO_ALL


def test_each_audience_has_its_own_strand() -> None:
    told = request((DGPN, DGSN, DGST))
    assert told.say(DGPN, "supplement", audience={DGSN}) is None
    assert told.say(DGPN, "supplement") is None
    assert told.say(DGPN, "supplement", audience={DGSN}) is None
    assert reason(told.say(DGPN, "supplement", audience={DGSN}, previous=told.facts[2].id)) == Reason.FORK


def test_the_number_of_audiences_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fold, "MAX_STRANDS", 1)
    told = request((DGPN, DGSN, DGST))
    assert told.say(DGPN, "supplement", audience={DGSN}) is None
    assert reason(told.say(DGPN, "supplement", audience={DGST})) == Reason.TOO_MANY_AUDIENCES
    assert told.say(DGPN, "supplement") is None
    assert told.say(DGST, "supplement", audience={DGSN}) is None, "nobody uses up what another may say"


@pytest.mark.parametrize("swap", [False, True])
def test_facts_out_of_order_are_the_callers_mistake(swap: bool) -> None:
    told = request()
    told.say(DGPN, "supplement")
    facts = told.facts[::-1] if swap else told.facts
    if swap:
        with pytest.raises(ValueError, match="order"):
            advance(None, facts)
    else:
        assert advance(None, facts).outcomes == (None, None)


def test_a_fact_before_the_cursor_is_the_callers_mistake() -> None:
    told = request()
    with pytest.raises(ValueError, match="order"):
        advance(told.cursor, [fact_of(told.facts[0].header, START - 1)])
    with pytest.raises(ValueError, match="no facts"):
        advance(told.cursor, [])
