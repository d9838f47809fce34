# SPDX-License-Identifier: EUPL-1.2
"""Agreements: nobody is bound without consenting to the same text as all others, and taking back has the last word."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from amana.dossiers.agreement.entries import Consent
from amana.dossiers.agreement.rules import terms_hash
from amana.dossiers.agreement.state import consented_texts, ended_on, suspended_by, terms_in_force
from amana.dossiers.fold import summary_of
from amana.dossiers.kind import Fact, Reason
from amana.dossiers.order import place
from amana.protocol.canonical import parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, Millis
from tests.dossiers.agreement.stories import CONDITIONS, EVERYBODY, TERMS, consented, proposed
from tests.dossiers.telling import DGPN, DGSN, DGST, Telling, entry, fact_of, fold_all, reason

FOREVER = Millis(2**50)


def in_force(told: Telling) -> bool:
    return terms_in_force(told.state, FOREVER) is not None


def summary(told: Telling) -> tuple[str, tuple[str, ...]]:
    assert told.cursor is not None
    shown = summary_of(told.cursor)
    return shown.stage, shown.turn


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"version": 2}, Reason.WRONG_VERSION),
        ({"articles": [{"number": "1"}, {"number": "1"}]}, Reason.ARTICLE_TWICE),
        ({"articles": [{"number": "1", "areas": ["cybercrime"]}]}, Reason.OUTSIDE_THE_FIELDS),
        ({"articles": [{"number": "1", "forms": ["training"]}]}, Reason.OUTSIDE_THE_FIELDS),
    ],
)
def test_a_proposal_opens_the_agreement_or_is_refused(changes: dict[str, Any], expected: str) -> None:
    assert reason(Telling("agreement", EVERYBODY).say(DGSN, "propose", {**TERMS, **changes})) == expected


def test_an_agreement_is_in_force_when_the_last_party_consents() -> None:
    told = proposed()
    assert (in_force(told), summary(told)) == (False, ("proposed", (DGPN, DGST)))
    told.say(DGPN, "consent")
    assert (in_force(told), summary(told)) == (False, ("proposed", (DGST,)))
    told.say(DGST, "consent")
    assert (in_force(told), summary(told)) == (True, ("in_force", ()))


@pytest.mark.parametrize(
    ("author", "type", "given", "expected"),
    [
        (DGPN, "consent", {}, ""),
        (DGSN, "consent", {}, Reason.ALREADY_SAID),
        (DGPN, "consent", {"hash": "00" * 32}, Reason.HASH_DIFFERS),
        (DGPN, "consent", {"text": entry(1).hex()}, Reason.NOT_AFTER),
        (DGPN, "decline", {}, ""),
        (DGSN, "decline", {}, Reason.ALREADY_SAID),
        (DGSN, "withdraw_consent", {}, ""),
        (DGPN, "withdraw_consent", {}, Reason.NOT_CONSENTED),
        (DGPN, "amend", {**TERMS, "version": 2}, ""),
        (DGPN, "amend", {**TERMS, "version": 1}, Reason.WRONG_VERSION),
        (DGPN, "amend", {**TERMS, "version": 2, "articles": [{"number": "1"}, {"number": "1"}]}, Reason.ARTICLE_TWICE),
        (DGPN, "suspend", {"code": "breach"}, ""),
        (DGPN, "resume", {}, Reason.NOT_SUSPENDED),
        (DGPN, "end", {"code": "denounced"}, ""),
    ],
)
def test_each_word_on_a_proposal_counts_or_is_refused(author: AgencyCode, type: str, given: dict[str, Any], expected: str) -> None:
    told = proposed()
    text = told.state.texts[0]
    if type in ("consent", "decline", "withdraw_consent"):
        given = {"hash": text.hash.hex(), "text": text.entry.hex(), **given}
    assert reason(told.say_as_is(author, type, given)) == expected


@pytest.mark.parametrize(
    ("said", "again", "expected"),
    [
        (("suspend", {"code": "breach"}), ("suspend", {"code": "breach"}), Reason.ALREADY_SAID),
        (("suspend", {"code": "breach"}), ("resume", {}), ""),
        (("end", {"code": "denounced"}), ("suspend", {"code": "breach"}), Reason.ENDED),
        (("end", {"code": "denounced"}), ("end", {"code": "denounced"}), Reason.ENDED),
    ],
)
def test_a_second_word_follows_the_first(said: tuple[str, Any], again: tuple[str, Any], expected: str) -> None:
    told = consented()
    assert told.say_as_is(DGPN, *said) is None
    assert reason(told.say_as_is(DGPN, *again)) == expected


def test_one_partys_suspension_is_lifted_by_itself_alone() -> None:
    told = consented()
    told.say(DGPN, "suspend", {"code": "breach"})
    assert summary(told) == ("suspended", (DGPN,))
    assert reason(told.say(DGSN, "resume")) == Reason.NOT_SUSPENDED
    told.say(DGPN, "resume")
    assert summary(told) == ("in_force", ())


def test_the_earliest_end_that_a_party_sets_counts() -> None:
    told = consented()
    told.say(DGPN, "end", {"code": "denounced", "on": told.at + 10})
    told.say_as_is(DGSN, "end", {"code": "denounced", "on": told.at + 99})
    assert summary(told)[0] == "ended"


def test_the_old_text_stays_in_force_until_all_consent_to_the_new_one() -> None:
    told = consented()
    told.say(DGPN, "amend", {"areas": [*TERMS["areas"], "cybercrime"]})
    in_force_now = terms_in_force(told.state, FOREVER)
    assert in_force_now is not None
    assert in_force_now[1].version == 1
    assert summary(told) == ("amended", (DGSN, DGST) if DGSN < DGST else (DGST, DGSN))
    told.say(DGSN, "consent")
    told.say(DGST, "consent")
    in_force_now = terms_in_force(told.state, FOREVER)
    assert in_force_now is not None
    assert (in_force_now[1].version, len(in_force_now[1].areas)) == (2, 4)


def test_a_declined_text_returns_to_its_author() -> None:
    told = proposed()
    told.say(DGPN, "decline")
    assert summary(told) == ("declined", (DGSN,))
    assert told.say(DGPN, "consent") is None


def test_consent_to_one_text_is_no_consent_to_another() -> None:
    told = proposed()
    told.say(DGPN, "amend", {"areas": ["drugs"], "articles": [{"number": "1"}]})
    told.say(DGST, "consent")  # to the newest
    assert not in_force(told)
    first, second = (told.state.texts[i] for i in (0, 1))
    older = first if first.author == DGSN else second
    assert told.say(DGST, "consent", {"hash": older.hash.hex(), "text": older.entry.hex()}) is None
    assert not in_force(told)
    assert told.say(DGPN, "consent", {"hash": older.hash.hex(), "text": older.entry.hex()}) is None
    assert in_force(told)


@given(st.integers(0, 2**32).map(random.Random), st.integers(0, 25))
def test_nothing_is_ever_in_force_that_one_party_does_not_consent_to(rng: random.Random, length: int) -> None:
    told = proposed()
    consents: dict[AgencyCode, set[bytes]] = {party: set() for party in EVERYBODY}
    consents[DGSN].add(terms_hash(told.facts[0].header.coded))
    for _ in range(length):
        author = rng.choice(EVERYBODY)
        type = rng.choice(["amend", "consent", "consent", "decline", "withdraw_consent"])
        try:
            refused = told.say(author, type, {"version": rng.randint(1, 5)} if type == "amend" else {})
        except Refusal:
            continue
        if refused is not None:
            continue
        coded = told.facts[-1].header.coded
        if type == "amend":
            consents[author].add(terms_hash(coded))
        elif type == "consent":
            consents[author].add(parse(coded, Consent).hash)
        else:
            consents[author].discard(parse(coded, Consent).hash)  # all words on a text have one shape
        agreed = set.intersection(*consents.values())
        assert {text.hash for text in consented_texts(told.state)} == agreed


CROSSING: list[tuple[tuple[str, Any], tuple[str, Any], bool]] = [
    (("consent", {}), ("withdraw_consent", {}), False),
    (("consent", {}), ("end", {"code": "denounced"}), False),
    (("consent", {}), ("suspend", {"code": "breach"}), False),
    (("consent", {}), ("amend", {**TERMS, "version": 2, "areas": ["drugs"], "articles": [{"number": "1"}]}), True),
]


@pytest.mark.parametrize(("consenting", "crossing", "stands"), CROSSING)
def test_the_restrictive_word_wins_whatever_the_times_and_ids(consenting: Any, crossing: Any, stands: bool) -> None:
    """The last consent, and at the same time another party's word: made before, after, with any ids."""
    seen = set()
    for times, nonces in itertools.product([(0, 5), (5, 0), (3, 3)], [(1, 2), (2, 1)]):
        told = proposed()
        told.say(DGPN, "consent")
        facts = list(told.facts)
        crossing_facts: list[Fact] = []
        pairs = zip((DGST, DGSN), (consenting, crossing), times, nonces, strict=True)
        for author, (type, values), time, nonce in pairs:
            header = told.header(author, type, told.coded(author, type, values), nonce=bytes([nonce]) * 16)
            header = replace(header, made_at=Millis(told.at + time))
            standing = max(fact.effective for fact in facts)
            crossing_facts.append(fact_of(header, place(header.made_at, [standing])))
        state, outcomes = fold_all([*facts, *crossing_facts])
        assert set(outcomes) == {None}
        seen.add(_works(state))
    assert seen == {stands}


def _works(state: Any) -> bool:
    return terms_in_force(state, FOREVER) is not None and not suspended_by(state) and not ended_on(state)


@pytest.mark.parametrize(
    ("author", "type", "expected"),
    [(DGSN, "consent", Reason.ALREADY_SAID), (DGPN, "withdraw_consent", Reason.NOT_CONSENTED)],
)
def test_an_author_who_knows_better_is_stopped(author: AgencyCode, type: str, expected: str) -> None:
    told = proposed()
    with pytest.raises(Refusal) as refused:
        told.coded(author, type, {})
    assert refused.value.code == expected


def test_an_amendment_is_filled_from_the_newest_text() -> None:
    told = proposed()
    terms = told.coded(DGPN, "amend", {"conditions": {**CONDITIONS, "languages": ["fr"]}})
    assert getattr(terms, "version", 0) == 2
    assert getattr(terms, "areas", ()) == ("drugs", "irregular_immigration", "terrorism")
