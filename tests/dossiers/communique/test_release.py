# SPDX-License-Identifier: EUPL-1.2
"""When a communiqué is public: by words before the moment alone, with every present party's approval, in any order of arrival."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.communique.state import Released, embargo_until, released, released_in, releases_to_come
from amana.dossiers.communique.workshop import Before, conditions_before_release
from amana.dossiers.fold import Cursor, advance
from amana.dossiers.kind import Fact
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.joint_text.state import in_force, standing
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, Millis
from tests.dossiers.communique.stories import FIVE, LANGUAGES, THREE, approve, approved, write, written
from tests.dossiers.invention import invent_entry, invent_opening
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, Telling, fold_all, key

FOREVER = Millis(2**52)
FRENCH = ("fr",)


def moment(told: Telling, language: str = "fr") -> int:
    """When the text in this language is public, 0 never, as things stand."""
    return next((one.at for one in releases_to_come(told.state) if one.language == language), 0)


def released_told() -> Telling:
    """All approve, and DGSN says the release."""
    told = approved(languages=FRENCH)
    assert told.say(DGSN, "release") is None
    return told


def test_what_all_approve_is_public_when_the_release_is_said() -> None:
    told = released_told()
    said = told.facts[-1]
    assert released(told.state, Millis(said.effective - 1)) == ()
    one = released_in(told.state, "fr", Millis(said.effective))
    assert one is not None
    assert (one.at, one.by, one.entry, one.language) == (said.effective, DGSN, said.id, "fr")
    assert one.versions == in_force(told.state.text, "text.fr").versions  # type: ignore[union-attr]  # it is in force
    assert released_in(told.state, "ar", FOREVER) is None


def test_a_release_said_before_the_last_approval_waits_for_it() -> None:
    told = written(languages=FRENCH)
    approve(told, DGSN, DGPN, languages=FRENCH)
    assert told.say(DGSN, "release") is None
    assert moment(told) == 0
    approve(told, DGST, languages=FRENCH)
    assert moment(told) == told.facts[-1].effective


# what follows a release whose embargo ends ten hours after it, and by how many hours the release is then put off (None: for good)
BEFORE_THE_MOMENT: tuple[tuple[Callable[[Telling], object], int | None], ...] = (
    (lambda told: None, 0),
    (lambda told: told.say(DGPN, "withdraw_approval"), None),
    (lambda told: told.say(DGSN, "withdraw_approval"), None),
    (lambda told: (told.say(DGPN, "withdraw_approval"), told.say(DGPN, "approve", {"language": "fr"})), 0),
    (lambda told: told.say(DGST, "embargo", {"until": embargo_until(told.state) + 5 * HOUR}), 5),
    (lambda told: told.say(DGST, "embargo", {"until": embargo_until(told.state) - 5 * HOUR}), 0),
    (lambda told: told.say(DGPN, "leave"), 0),
    (lambda told: (told.say(DGPN, "embargo", {"until": FOREVER}), told.say(DGPN, "leave")), 0),
)


@pytest.mark.parametrize(("word", "later"), BEFORE_THE_MOMENT)
def test_until_the_moment_every_party_can_prevent_it(word: Callable[[Telling], object], later: int | None) -> None:
    told = approved(languages=FRENCH)
    until = told.at + 10 * HOUR
    assert told.say(DGSN, "embargo", {"until": until}) is None
    assert told.say(DGSN, "release") is None
    assert moment(told) == until
    word(told)
    assert moment(told) == (0 if later is None else until + later * HOUR)


AFTER_THE_MOMENT: tuple[Callable[[Telling], object], ...] = (
    lambda told: [told.say_as_is(author, "withdraw_approval", {"hash": hash_of(told)}) for author in THREE],
    lambda told: (told.say(DGPN, "withdraw_approval"), told.say(DGPN, "approve", {"language": "fr"})),
    lambda told: told.say(DGST, "embargo", {"until": FOREVER}),
    lambda told: [told.say(author, "leave") for author in (DGST, DGPN, DGSN)],
    lambda told: told.say_as_is(DGPN, "clause", {"role": "paragraph", "language": "fr"}),
    lambda told: told.say(DGPN, "release", {"hashes": [hash_of(told)]}),
)


def hash_of(told: Telling) -> str:
    """The hash of the first text that somebody approved."""
    hash: bytes = told.state.text.texts[0].hash
    return hash.hex()


@pytest.mark.parametrize("word", AFTER_THE_MOMENT)
def test_after_the_moment_no_word_changes_it(word: Callable[[Telling], object]) -> None:
    told = released_told()
    before = released(told.state, FOREVER)
    word(told)
    assert told.outcomes[-1] is None
    assert released(told.state, FOREVER) == before != ()


def test_the_latest_embargo_rules_and_is_lifted_by_who_set_it() -> None:
    told = approved(languages=FRENCH, embargo=5_000)
    assert told.say(DGPN, "embargo", {"until": 9_000}) is None
    assert embargo_until(told.state) == 9_000
    assert told.say(DGPN, "embargo", {"until": 0}) is None
    assert embargo_until(told.state) == 5_000
    assert told.say(DGSN, "leave") is None
    assert embargo_until(told.state) == 0


def test_a_party_that_leaves_halfway_hears_no_more_and_nothing_waits_for_it() -> None:
    told = written(languages=FRENCH)
    approve(told, DGSN, DGST, languages=FRENCH)
    assert told.say(DGSN, "release") is None
    assert moment(told) == 0
    assert told.say(DGPN, "leave") is None
    assert moment(told) == told.facts[-1].effective
    assert told.say(DGSN, "withdraw_approval", audience=[DGST]) is None  # goes to the others alone, and counts


def test_five_parties_write_it_and_the_last_approval_releases_three_languages_at_once() -> None:
    told = written(FIVE)
    for author in FIVE:
        write(told, author, "en", clause=told.facts[1].id.hex())
    approve(told, *FIVE[:-1])
    assert told.say(FIVE[0], "release") is None
    assert releases_to_come(told.state) == ()
    approve(told, FIVE[-1])
    assert [one.language for one in released(told.state, Millis(told.at))] == list(LANGUAGES)
    assert len({one.at for one in released(told.state, Millis(told.at))}) == 1


def codes(told: Telling) -> list[tuple[Before, int, tuple[str, ...], tuple[AgencyCode, ...]]]:
    """The conditions as they stand."""
    return [(one.code, one.number, one.languages, one.agencies) for one in conditions_before_release(told.state, Millis(told.at))]


def test_what_is_still_to_do_is_listed_clause_by_clause_and_language_by_language() -> None:
    told = approved((DGSN, DGPN))
    until = told.at + 100 * HOUR
    assert told.say(DGSN, "embargo", {"until": until}) is None
    release, embargo = (Before.RELEASE_MISSING, 0, LANGUAGES, ()), (Before.EMBARGO, 0, (), ())
    assert codes(told) == [release, embargo]
    third = write(told, DGPN, "fr", role="paragraph")
    write(told, DGPN, "ar", clause=third)
    assert codes(told) == [
        (Before.NOT_AGREED, 3, ("ar", "fr"), (DGSN,)),
        (Before.LANGUAGE_PENDING, 3, ("en",), ()),
        (Before.TEXT_CHANGED, 0, ("ar",), (DGPN, DGSN)),
        (Before.TEXT_CHANGED, 0, ("fr",), (DGPN, DGSN)),
        (Before.TEXT_CHANGED, 0, ("en",), (DGPN, DGSN)),
        release,
        embargo,
    ]
    assert told.say(DGSN, "object", {"versions": [third]}) is None
    assert (Before.OBJECTED, 3, ("fr",), (DGSN,)) in codes(told)
    write(told, DGSN, "en", clause=third)
    approve(told, DGPN)
    assert (Before.TEXT_CHANGED, 0, ("fr",), (DGSN,)) in codes(told)
    approve(told, DGSN)
    assert told.say(DGPN, "release") is None
    assert codes(told) == [embargo]
    assert conditions_before_release(told.state, Millis(until)) == ()


def test_a_release_that_is_said_needs_no_second_one() -> None:
    told = released_told()
    with pytest.raises(Refusal) as refused:
        told.say(DGPN, "release")
    assert refused.value.code == "already_said"


def test_a_text_that_nobody_approves_cannot_be_released() -> None:
    told = written(languages=FRENCH)
    with pytest.raises(Refusal) as refused:
        told.say(DGSN, "release")
    assert refused.value.code == "not_approved"


STORIES = st.integers(0, 2**32).map(random.Random)
WORDS = ("clause", "agree", "object", "approve", "approve", "withdraw_approval", "embargo", "release", "release", "leave")


def lived(rng: random.Random, length: int) -> Telling:
    """A communiqué of one clause at first, in which everybody says what his node lets him say."""
    told = written(languages=FRENCH, clauses=1)
    for _ in range(length):
        author, word = rng.choice(THREE), rng.choice(WORDS)
        given: dict[str, dict[str, Any]] = {
            "embargo": {"until": told.at + rng.randint(-3, 3) * HOUR},
            "object": {"versions": [told.facts[1].id.hex()]},
        }
        if word == "leave" and rng.random() < 0.7:
            continue
        try:
            told.say(author, word, given.get(word))
        except Refusal:
            continue
    return told


def held_at(told: Telling, one: Released) -> dict[AgencyCode, bool]:
    """By the entries themselves: who was there at the moment, and whether it approved the hash then."""
    counted = [fact for fact, outcome in zip(told.facts, told.outcomes, strict=True) if outcome is None and fact.effective <= one.at]
    found = dict.fromkeys(THREE, False)
    for fact in counted:
        author, type = fact.header.author, fact.header.type
        if type == "leave":
            del found[author]
        elif type in ("approve", "withdraw_approval") and fact.header.coded.find(one.hash) >= 0:
            found[author] = type == "approve"
    return found


@given(STORIES, st.integers(0, 30))
def test_nothing_is_ever_public_that_one_present_party_does_not_approve_by_the_same_hash(rng: random.Random, length: int) -> None:
    told = lived(rng, length)
    for one in released(told.state, FOREVER):
        holding = held_at(told, one)
        assert holding
        assert all(holding.values())


@given(STORIES, st.integers(0, 30))
def test_what_is_public_stays_so_whatever_is_said_later(rng: random.Random, length: int) -> None:
    told = lived(rng, length)
    facts = sorted(told.facts, key=key)
    cursor: Cursor | None = None
    public: dict[str, Released] = {}
    for fact in facts:
        cursor = advance(cursor, [fact]).cursor
        now = {one.language: one for one in released(cursor.state_of(KINDS["communique"]), Millis(fact.effective))}
        assert public.items() <= now.items()
        public = now


def crossing(rng: random.Random, length: int) -> list[Fact]:
    """Agencies that speak past each other, mostly in words that count."""
    told = lived(rng, length).facts
    for _ in range(6):
        author = rng.choice(THREE)
        own = [fact for fact in told if fact.header.author == author]
        seen = [told[0], *own[-1:], *rng.sample(told, min(len(told), 4))]
        told = [*told, invent_entry(rng, told, author, list(dict.fromkeys(seen)))]
    return told


@given(STORIES, st.integers(0, 20))
def test_in_every_order_of_arrival_and_every_partition_it_is_the_same(rng: random.Random, length: int) -> None:
    facts = sorted(crossing(rng, length), key=key)
    whole, outcomes = fold_all(facts)
    shuffled = rng.sample(facts, len(facts))
    assert fold_all(shuffled) == (whole, outcomes)
    cut = rng.randint(1, len(facts))
    first = advance(None, facts[:cut])
    if facts[cut:]:
        second = advance(first.cursor, facts[cut:])
        assert second.cursor.state_of(KINDS["communique"]) == whole
        assert (*first.outcomes, *second.outcomes) == outcomes


@given(STORIES, st.integers(1, 4))
def test_of_versions_that_cross_none_is_lost(rng: random.Random, count: int) -> None:
    told = written(languages=FRENCH, clauses=1)
    first = told.facts[1]
    said = {"role": "paragraph", "language": "fr", "clause": first.id.hex(), "replaces": [first.id.hex()]}
    for _ in range(count):
        assert told.say_as_is(rng.choice(THREE), "clause", said) is None
    assert {held.id for held in standing(told.state.text, "text.fr", first.id)} == {fact.id for fact in told.facts[2:]}


def test_an_opening_of_any_shape_has_a_state() -> None:
    rng = random.Random(1)
    for _ in range(20):
        state, _ = fold_all([invent_opening(rng, "communique")])
        assert released(state, FOREVER) == ()  # type: ignore[arg-type]  # the state of this kind
