# SPDX-License-Identifier: EUPL-1.2
"""Attacks on texts that several write together: an old text brought back, a text of other scopes, a word of who has left."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pytest

from amana.dossiers.communique.state import CommuniqueState, releases_to_come
from amana.dossiers.kind import Reason
from amana.dossiers.meeting.state import decided
from amana.dossiers.shared.joint_text.state import departed, in_force, in_force_since, text_hash, text_now
from amana.phrases.differences import differences
from amana.phrases.terms import departures, missing_terms
from amana.protocol.identifiers import EntryId
from tests.dossiers.communique import stories as communique
from tests.dossiers.meeting import stories as meeting
from tests.dossiers.telling import DGPN, DGSN, DGST, Telling, fact_of, fold_all, reason
from tests.dossiers.threat_assessment import stories as assessment

LONG = 200_000  # characters that a body may hold


def reworded() -> tuple[Telling, str, str]:
    """A visit whose minutes both approved, then both approved others: the hash of the old and of the new."""
    told = meeting.approved()
    old = meeting.hash_now(told)
    decision = told.state.text.versions[-1].clause if told.state.text.versions[-1].type == "decision" else told.facts[3].id
    assert told.say(DGPN, "decision", {**meeting.DECISION, "clause": decision.hex(), "due": meeting.DECISION["due"] + meeting.DAY}) is None
    meeting.approve(told, *meeting.TWO)
    return told, old, meeting.hash_now(told)


def hash_in_force(told: Telling) -> str:
    bound = in_force(told.state.text, meeting.scope(told))
    return bound.hash.hex() if bound is not None else ""


def test_an_approval_taken_back_and_given_again_brings_no_old_decision_back() -> None:
    told, old, new = reworded()
    assert hash_in_force(told) == new
    assert told.say(DGPN, "withdraw_approval", {"hash": old}) is None
    assert told.say(DGPN, "approve", {"hash": old}) is None
    assert hash_in_force(told) == new
    assert [one.due for one in decided(told.state)] == [meeting.DECISION["due"] + meeting.DAY]


def test_nor_does_it_once_the_new_one_is_taken_back_as_well() -> None:
    told, old, new = reworded()
    for hash in (old, new):
        assert told.say(DGPN, "withdraw_approval", {"hash": hash}) is None
    assert told.say(DGPN, "approve", {"hash": old}) is None
    assert hash_in_force(told) == ""
    assert told.say(DGSN, "withdraw_approval", {"hash": new}) is None
    assert hash_in_force(told) == old, "once the others have gone back themselves"


def test_what_comes_into_force_by_a_leaving_is_dated_by_it() -> None:
    told = meeting.minuted(meeting.THREE)
    meeting.approve(told, DGPN, DGSN)
    hash = text_hash(meeting.scope(told), text_now(told.state.text, meeting.scope(told)))
    assert told.say(DGST, "leave") is None
    assert in_force_since(told.state.text, hash) == told.facts[-1].effective


@pytest.mark.parametrize(
    "told", [meeting.approved(meeting.THREE), communique.approved(), assessment.approved()], ids=lambda told: told.kind
)
def test_who_has_left_is_heard_no_more_and_nobody_else_says_that_somebody_left(told: Telling) -> None:
    assert reason(told.say_as_is(DGPN, "leave", {}, audience={DGSN})) == Reason.NOT_TO_ALL, "said to one alone it is not said"
    assert reason(told.say_as_is(DGPN, "agree", {"versions": [told.state.text.versions[0].id.hex()]}, audience={DGSN})) == Reason.NOT_TO_ALL
    assert departed(told.state.text) == frozenset()
    assert told.say(DGST, "leave") is None
    before = told.state
    for type in ("agree", "object", "withdraw_approval", "leave"):
        given = {"hash": told.state.text.texts[0].hash.hex()} if type == "withdraw_approval" else {}
        given |= {"versions": [told.state.text.versions[0].id.hex()]} if type in ("agree", "object") else {}
        assert reason(told.say_as_is(DGST, type, given)) == Reason.LEFT
    assert told.state == before
    assert reason(told.say_as_is(DGPN, "leave", {}, audience={DGST})) == Reason.NOT_TO_ALL, "those who are still there are not left out"
    assert departed(told.state.text) == {DGST}


def odd_texts(told: Telling, language: str) -> dict[str, tuple[str, list[EntryId]]]:
    """What a hostile party may approve in place of the text: under which scope, which versions."""
    text = told.state.text
    now = list(text_now(text, f"text.{language}"))
    other = list(text_now(text, "text.ar"))
    return {
        "the other way round": (f"text.{language}", now[::-1]),
        "one clause less": (f"text.{language}", now[:1]),
        "another language": (f"text.{language}", other),
        "both languages": (f"text.{language}", [*now, *other]),
        "a clause twice": (f"text.{language}", [*now, now[0]]),
        "an unknown version": (f"text.{language}", [*now, EntryId(bytes(32))]),
        "another scope": ("text.ar", now),
        "no scope": ("", now),
    }


@pytest.mark.parametrize("odd", list(odd_texts(communique.written(), "fr")))
def test_no_odd_approval_releases_a_text_that_another_party_does_not_approve_as_it_is(odd: str) -> None:
    told = communique.written()
    communique.approve(told, DGPN, DGST, languages=("fr",))
    scope, versions = odd_texts(told, "fr")[odd]
    hash = text_hash(scope, versions).hex()
    told.say_as_is(DGSN, "approve", {"language": "fr", "hash": hash, "versions": [id.hex() for id in versions]})
    told.say_as_is(DGSN, "release", {"hashes": [hash]})
    told.say_as_is(DGPN, "release", {"hashes": [one.hash.hex() for one in told.state.text.texts if one.hash.hex() != hash][:1]})
    assert releases_to_come(told.state) == ()


def test_an_approval_dated_back_releases_nothing_before_the_last_of_the_others() -> None:
    told = communique.written(languages=("fr",))
    communique.approve(told, DGPN, DGSN, languages=("fr",))
    last, given = told.facts[-1].effective, {"language": "fr", **_text(told, "text.fr")}
    early = told.header(DGST, "approve", told.coded(DGST, "approve", given), made_at=1, after=(told.facts[2].id,))
    assert told.say(DGSN, "release", {"hashes": [given["hash"]]}) is None
    state, outcomes = fold_all([*told.facts, fact_of(early, told.facts[2].effective + 1)])
    assert isinstance(state, CommuniqueState)
    assert [reason(one) for one in outcomes if one is not None] == []
    assert [one.at for one in releases_to_come(state)] == [told.facts[-1].effective]
    assert told.facts[-1].effective > last


def _text(told: Telling, scope: str) -> dict[str, Any]:
    versions = text_now(told.state.text, scope)
    return {"hash": text_hash(scope, versions).hex(), "versions": [id.hex() for id in versions]}


SCATTERED = " ".join(f"w{n} z{n}" for n in range(30_000))
COSTLY = {
    "words between words": (" ".join(f"w{n}" for n in range(30_000)), SCATTERED),
    "the same words backwards": (" ".join(f"w{n}" for n in range(30_000)), " ".join(f"w{n}" for n in reversed(range(30_000)))),
    "one word again and again": ("a " * 100_000, "a b " * 50_000),
    "words without spaces": ("ab" * 100_000, "ba" * 100_000),
    "apostrophes": ("l'" * 100_000, "'l" * 100_000),
    "signs alone": ("\u064b" * 100_000, "-" * 200_000),
    "numbers that never end": ("1." * 100_000, "1," * 100_000),
    "lines": ("\n".join(f"l{n}" for n in range(30_000)), "\n".join(f"l{n}\nm{n}" for n in range(30_000))),
}


@pytest.mark.parametrize("case", list(COSTLY))
def test_no_two_texts_take_long_to_be_compared(case: str) -> None:
    before, after = (text[:LONG] for text in COSTLY[case])
    began = perf_counter()
    pieces = differences(before, after)
    assert perf_counter() - began < 10, "minutes, before there was a limit"
    assert "".join(one.text for one in pieces if one.kind != "ins") == before
    assert "".join(one.text for one in pieces if one.kind != "del") == after


@pytest.mark.parametrize("text", ["٣ " * 100_000, "٣" * 200_000, "accord de " * 20_000, "a" * 200_000, "\u064b" * 200_000, "l'" * 100_000])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_no_text_takes_long_to_be_compared_with_the_glossary(language: str, text: str) -> None:
    began = perf_counter()
    found = departures(language, text)
    missing_terms("fr", text, language, text)
    assert perf_counter() - began < 10, "half an hour, before there was a limit"
    assert len(found) <= 200


def test_a_long_text_that_hardly_changed_is_compared_word_by_word_and_at_once() -> None:
    before = " ".join(f"mot{n * 7919 % 5000}" for n in range(5_000))
    after = before.replace("mot7919 ", "autre ").replace("mot2919 ", "nouveau ")
    began = perf_counter()
    pieces = differences(before, after)
    assert perf_counter() - began < 5
    assert len(pieces) == 4


def test_a_party_can_date_a_word_before_a_release_and_so_take_it_back_and_no_other_can() -> None:
    """What stays open: nobody can tell a word that was dated back from one that was long on its way."""
    told = communique.approved(languages=("fr",))
    moment = told.facts[-1].effective
    assert told.say(DGSN, "release", {"hashes": [told.state.text.texts[0].hash.hex()]}) is None
    assert [one.at for one in releases_to_come(told.state)] == [told.facts[-1].effective]
    own = [fact.id for fact in told.facts if fact.header.author == DGST]
    late = told.header(DGST, "embargo", told.coded(DGST, "embargo", {"until": moment + 10**9}), made_at=moment + 1, after=())
    state, outcomes = fold_all([*told.facts, fact_of(late, moment + 1)])
    assert isinstance(state, CommuniqueState)
    assert not any(outcomes)
    assert late.previous in own
    assert [one.at for one in releases_to_come(state)] == [moment + 10**9]
