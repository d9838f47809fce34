# SPDX-License-Identifier: EUPL-1.2
"""Every kind bears everything: any entry type, by any party, in any state; and words that cross commute.

Two entries by different agencies that do not know of each other give the same state in either order, but for
the few named here, where no right is at stake.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from amana.dossiers.agreement.rules import terms_hash
from amana.dossiers.fold import advance
from amana.dossiers.kind import Coded, Fact, Reason, Refused, Summary
from amana.dossiers.registry import KINDS, coded_of, complete
from amana.dossiers.sample import first_of, sample_values
from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.entry import PARTNERSHIP, Header
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode
from tests.dossiers.invention import OF_TWO, invent_coded, invent_opening, invent_story
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling, fact_of, key

STORIES = st.integers(0, 2**32).map(random.Random)
KIND_NAMES = st.sampled_from(sorted(KINDS))
# A refusal that becomes an answer just when the asker closes it, and whatever crosses a reopening: the order decides
# to which round a respondent's word belongs; nobody gains or loses a right by it.
RACES = [{"answer", "close"}]
ROUND = "reopen"
RARE = {("joint_operation", "start"), ("joint_operation", "stop")}  # by who approves a text, by its hash: its own tests say it
ONE_SPEAKS = frozenset({"expertise", "situation_report"})  # kinds in which all is its author's: nothing can cross


@given(STORIES, KIND_NAMES, st.integers(0, 14))
def test_any_story_folds_and_its_state_has_an_encoding(rng: random.Random, kind: str, length: int) -> None:
    story = sorted(invent_story(rng, kind, length), key=key)
    step = advance(None, story)
    assert len(step.outcomes) == len(story)
    state = step.cursor.state_of(KINDS[kind])
    assert parse(encode(state), type(state)) == state
    assert isinstance(KINDS[kind].summary(state), Summary)
    known = {reason.value for reason in Reason}
    assert {outcome.reason for outcome in step.outcomes if outcome is not None} <= known


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_entry_type_in_many_states_gives_a_state_or_a_reason(kind: str) -> None:
    rng = random.Random(kind)
    tried: set[tuple[str, bool]] = set()
    types = [t.name for t in KINDS[kind].entry_types.values() if not t.opens]
    for _ in range(6 * len(types)):
        told = _sensible_story(rng, kind, rng.randint(1, 20))
        for name, author in itertools.product(types, told.parties):
            header = told.header(author, name, b"")
            outcome = KINDS[kind].apply(told.state, fact_of(header, told.at), _said(rng, told.facts, told.state, header))
            assert isinstance(outcome, Refused | KINDS[kind].state)
            tried.add((name, isinstance(outcome, Refused)))
    assert tried >= {(name, False) for name in types if (kind, name) not in RARE}


def _said(rng: random.Random, story: Sequence[Fact], state: Canonical | None, header: Header) -> Coded:
    """What an officer's node would fill in, else anything at all."""
    kind, type, author = header.kind, header.type, header.author
    shape = KINDS[kind].entry_types[type].coded
    try:
        if rng.random() < 0.6:
            named = KINDS[kind].choices(state, type, author) if state is not None else {}
            given = first_of(shape, {field: [id.hex() for id in rng.sample(ids, len(ids))] for field, ids in named.items()})
            completed = complete(kind, type, given, author=author, state=state, agreement=None)
            return coded_of(kind, type, {**_made_up(rng, shape, author, header.audience), **completed})
    except Refusal:
        pass
    ids = [named for fact in story for named in (fact.id, terms_hash(fact.header.coded))]
    return invent_coded(rng, KINDS[kind].entry_types[type].coded, ids, sorted({author, *header.audience}))


def _made_up(rng: random.Random, shape: type[Coded], author: AgencyCode, audience: Sequence[AgencyCode]) -> dict[str, Any]:
    """What a person would choose, where the shape wants something: agencies are parties."""
    values = sample_values(shape, later=START + 100 * HOUR)
    return {name: rng.choice([author, *audience]) if value == "xx" and name != "language" else value for name, value in values.items()}


def _apply_in_turn(kind: str, state: Canonical, facts: Sequence[Fact]) -> Canonical:
    for fact in facts:
        said = parse(fact.header.coded, KINDS[kind].entry_types[fact.header.type].coded)
        outcome = KINDS[kind].apply(state, fact, said)
        state = state if isinstance(outcome, Refused) else outcome
    return state


def _sensible_story(rng: random.Random, kind: str, length: int) -> Telling:
    """A dossier in which most words make sense: said by people whose node filled in the rest."""
    parties = (DGPN, DGSN) if kind in OF_TWO else (DGPN, DGST, DGSN)
    told = Telling(kind, parties)
    if kind != PARTNERSHIP:
        opening = invent_opening(rng, kind, parties)
        told.hear(opening.header)
    types = [t.name for t in KINDS[kind].entry_types.values() if not t.opens]
    for _ in range(length):
        told.hear(_sensible_word(rng, told, types))
    return told


def _sensible_word(rng: random.Random, told: Telling, types: Sequence[str]) -> Header:
    """A word that the rules take, where one is found soon: people seldom say what is refused, and seldom leave."""
    staying = [type for type in types if type != "leave"]
    attempts = 0
    while True:
        attempts += 1
        author, type = rng.choice(told.parties), rng.choice(types if rng.random() < 0.1 else staying)
        said = _said(rng, told.facts, told.state if told.facts else None, told.header(author, type, b""))
        header = told.header(author, type, said)
        if attempts == 8 or not told.facts or not isinstance(KINDS[told.kind].apply(told.state, fact_of(header, told.at), said), Refused):
            return header


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_words_that_cross_commute(kind: str) -> None:
    rng = random.Random(kind)
    types = [t.name for t in KINDS[kind].entry_types.values() if not t.opens]
    counted = 0
    for _ in range(12):
        told = _sensible_story(rng, kind, rng.randint(1, 14))
        for pair in itertools.product(types, repeat=2):
            authors = rng.sample(told.parties, 2)
            headers = [told.header(author, type, b"") for author, type in zip(authors, pair, strict=True)]
            saids = [_said(rng, told.facts, told.state, header) for header in headers]
            facts = [fact_of(replace(h, coded=encode(s)), told.at) for h, s in zip(headers, saids, strict=True)]
            one, other = (_apply_in_turn(kind, told.state, turn) for turn in (facts, facts[::-1]))
            counted += one != told.state
            assert one == other or set(pair) in RACES or ROUND in pair, pair
    assert kind in ONE_SPEAKS or counted > min(100, 5 * len(types) ** 2)


@given(STORIES, KIND_NAMES)
def test_an_opening_makes_a_state_whoever_opens(rng: random.Random, kind: str) -> None:
    assume(kind != PARTNERSHIP)
    opening = invent_opening(rng, kind)
    assert advance(None, [opening]).outcomes == (None,)
