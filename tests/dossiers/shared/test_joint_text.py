# SPDX-License-Identifier: EUPL-1.2
"""Texts that several write together: versions, words on them, approvals by hash, leaving; bounds, and what they cost."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.kind import Fact, Reason, Refused
from amana.dossiers.meeting.entries import MinutesPoint
from amana.dossiers.shared.joint_text import rules
from amana.dossiers.shared.joint_text.entries import Agree, Leave, Object, Translation, WithdrawApproval
from amana.dossiers.shared.joint_text.state import (
    BoundText,
    ClauseState,
    JointText,
    all_in_force,
    approved_hashes,
    approving_at,
    awaiting,
    begin,
    clause_state,
    clauses,
    departed,
    in_force,
    in_force_since,
    latest_approval,
    objected_to,
    present,
    present_at,
    standing,
    text_hash,
    text_now,
    translations_of,
    unanswered,
    version_of,
    waiting_for,
)
from amana.protocol.canonical import encode
from amana.protocol.identifiers import AgencyCode, Digest, EntryId
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, Telling, entry, fact_of, reason

SCOPE, OTHER = "minutes.a", "minutes.b"
PARTIES = (DGPN, DGSN, DGST)


@dataclass
class Writing:
    """One joint text, told word by word; each comes an hour after the last."""

    text: JointText = field(default_factory=lambda: begin(PARTIES))
    said: int = 0

    def fact(self, author: AgencyCode, type: str = "minutes_point") -> Fact:
        self.said += 1
        told = Telling("meeting", PARTIES)
        return fact_of(told.header(author, type, b"", nonce=self.said.to_bytes(16)), self.said * HOUR)

    def take(self, outcome: JointText | Refused) -> str:
        if isinstance(outcome, Refused):
            return outcome.reason
        self.text = outcome
        return ""

    def write(self, author: AgencyCode, scope: str = SCOPE, **coded: object) -> EntryId:
        fact = self.fact(author)
        assert self.take(rules.write(self.text, fact, version(**coded), scope)) == ""
        return fact.id

    def translate(self, author: AgencyCode, of: EntryId, language: str = "ar", replaces: Sequence[EntryId] = ()) -> EntryId:
        fact = self.fact(author, "translation")
        said = Translation(version=of, language=language, replaces=tuple(replaces))
        assert self.take(rules.translate(self.text, fact, said)) == ""
        return fact.id

    def approve(self, author: AgencyCode, versions: Sequence[EntryId] | None = None, scope: str = SCOPE) -> Digest:
        named = tuple(text_now(self.text, scope) if versions is None else versions)
        hash = text_hash(scope, named)
        bound = BoundText(hash=hash, scope=scope, versions=named)
        assert self.take(rules.approve(self.text, self.fact(author, "approve"), bound)) == ""
        return hash

    def say(self, author: AgencyCode, word: rules.Word) -> str:
        return self.take(rules.say(self.text, self.fact(author), word))

    def state_of(self, clause: EntryId) -> ClauseState:
        return clause_state(self.text, standing(self.text, SCOPE, clause))


def version(**coded: object) -> MinutesPoint:
    return MinutesPoint(**{"session": entry(7), "language": "fr", **coded})  # type: ignore[arg-type]  # whatever the case says


def test_a_clause_is_proposed_until_all_who_are_here_agree_and_a_word_is_taken_back_by_the_next() -> None:
    it = Writing()
    clause = it.write(DGSN)
    assert it.state_of(clause) is ClauseState.PROPOSED
    assert it.say(DGPN, Agree(versions=(clause,))) == ""
    assert it.say(DGST, Object(versions=(clause,))) == ""
    assert it.state_of(clause) is ClauseState.OBJECTED
    assert [one.id for one in objected_to(it.text, DGSN)] == [clause]
    assert it.say(DGST, Agree(versions=(clause,))) == ""
    assert it.state_of(clause) is ClauseState.AGREED
    assert it.say(DGST, Agree(versions=(clause,))) == Reason.ALREADY_SAID
    assert it.say(DGSN, Object(versions=(clause,))) == Reason.OWN_VERSION
    assert it.say(DGST, Agree(versions=(clause, entry(1)))) == Reason.NO_SUCH_VERSION


def test_two_wordings_of_one_stand_side_by_side_until_a_third_names_both() -> None:
    it = Writing()
    clause = it.write(DGSN)
    one = it.write(DGPN, clause=clause, replaces=(clause,))
    other = it.write(DGST, clause=clause, replaces=(clause,))
    assert [held.id for held in standing(it.text, SCOPE, clause)] == [one, other]
    assert (it.state_of(clause), text_now(it.text, SCOPE)) == (ClauseState.CONTESTED, ())
    third = it.write(DGSN, clause=clause, replaces=(one, other))
    assert text_now(it.text, SCOPE) == (third,)
    held = version_of(it.text, one)
    assert held is not None
    assert held.replaced


@given(st.permutations([0, 1, 2, 3]))
def test_crossing_wordings_give_one_text_in_every_order(order: list[int]) -> None:
    it = Writing()
    clause = it.write(DGSN)
    facts = {author: it.fact(author) for author in PARTIES}
    agreeing = it.fact(DGPN, "agree")

    def said(text: JointText, turn: int) -> JointText | Refused:
        if turn == len(PARTIES):
            return rules.say(text, agreeing, Agree(versions=(clause,)))
        return rules.write(text, facts[PARTIES[turn]], version(clause=clause, replaces=(clause,)), SCOPE)

    outcomes = []
    for turns in (order, sorted(order)):
        text = it.text
        for turn in turns:
            after = said(text, turn)
            assert not isinstance(after, Refused)
            text = after
        outcomes.append(encode(text))
        assert len(standing(text, SCOPE, clause)) == 3
    assert outcomes[0] == outcomes[1]


def test_clauses_stand_by_their_place_and_then_by_their_age() -> None:
    it = Writing()
    last, first, second = it.write(DGSN, place=20), it.write(DGPN, place=10), it.write(DGST, place=10)
    elsewhere = it.write(DGSN, OTHER)
    assert clauses(it.text, SCOPE) == (first, second, last)
    moved = it.write(DGPN, clause=last, replaces=(last,), place=5)
    assert (clauses(it.text, SCOPE), text_now(it.text, SCOPE)) == ((last, first, second), (moved, first, second))
    assert clauses(it.text, OTHER) == (elsewhere,)


def test_translations_follow_their_wording_and_of_a_replaced_one_are_left_out() -> None:
    it = Writing()
    clause = it.write(DGSN)
    arabic = it.translate(DGPN, clause)
    english = it.translate(DGST, clause, "en")
    assert text_now(it.text, SCOPE) == (clause, arabic, english)
    assert len(standing(it.text, SCOPE, clause)) == 1
    better = it.translate(DGSN, clause, replaces=[arabic])
    original = version_of(it.text, clause)
    assert original is not None
    assert [one.id for one in translations_of(it.text, original)] == [better, english]
    newer = it.write(DGPN, clause=clause, replaces=(clause,))
    assert text_now(it.text, SCOPE) == (newer,)


def test_striking_is_a_wording_that_all_must_want() -> None:
    it = Writing()
    clause, other = it.write(DGSN), it.write(DGSN)
    struck = it.write(DGPN, clause=clause, replaces=(clause,), struck=True)
    assert text_now(it.text, SCOPE) == ()
    for agency in (DGSN, DGST):
        assert it.say(agency, Agree(versions=(struck,))) == ""
    assert (it.state_of(clause), text_now(it.text, SCOPE)) == (ClauseState.STRUCK, (other,))


REFUSED: tuple[tuple[str, dict[str, object], str], ...] = (
    ("a clause that is none", {"clause": "unknown"}, Reason.NO_SUCH_VERSION),
    ("a clause by a later wording", {"clause": "second", "replaces": ("second",)}, Reason.NO_SUCH_VERSION),
    ("in place of what is not there", {"clause": "first", "replaces": ("unknown",)}, Reason.NO_SUCH_VERSION),
    ("in place of another clause", {"clause": "first", "replaces": ("foreign",)}, Reason.OTHER_CLAUSE),
    ("in place of a clause of another text", {"clause": "elsewhere", "replaces": ("elsewhere",)}, Reason.OTHER_CLAUSE),
    ("in place of a translation", {"clause": "first", "replaces": ("arabic",)}, Reason.OTHER_CLAUSE),
    ("a new clause in place of one", {"replaces": ("first",)}, Reason.OTHER_CLAUSE),
    ("striking nothing", {"struck": True}, Reason.NO_SUCH_VERSION),
)


@pytest.mark.parametrize(("why", "coded", "expected"), REFUSED, ids=[why for why, *_ in REFUSED])
def test_what_is_no_wording(why: str, coded: dict[str, object], expected: str) -> None:
    it = Writing()
    first = it.write(DGSN)
    ids = {"first": first, "second": it.write(DGSN, clause=first, replaces=(first,)), "foreign": it.write(DGPN), "unknown": entry(1)}
    ids |= {"elsewhere": it.write(DGPN, OTHER), "arabic": it.translate(DGPN, first)}
    given = {name: tuple(ids[one] for one in v) if isinstance(v, tuple) else ids.get(str(v), v) for name, v in coded.items()}
    assert why
    assert it.take(rules.write(it.text, it.fact(DGST), version(**given), SCOPE)) == expected


TRANSLATIONS = (
    ({"version": "unknown"}, Reason.NO_SUCH_VERSION),
    ({"version": "arabic"}, Reason.NO_SUCH_VERSION),
    ({"version": "first", "replaces": ("unknown",)}, Reason.NO_SUCH_VERSION),
    ({"version": "first", "replaces": ("first",)}, Reason.OTHER_CLAUSE),
    ({"version": "foreign", "replaces": ("arabic",)}, Reason.OTHER_CLAUSE),
    ({"version": "first", "language": "en", "replaces": ("arabic",)}, Reason.OTHER_CLAUSE),
)


@pytest.mark.parametrize(("coded", "expected"), TRANSLATIONS)
def test_what_is_no_translation(coded: dict[str, object], expected: str) -> None:
    it = Writing()
    first = it.write(DGSN)
    ids = {"first": first, "foreign": it.write(DGPN), "arabic": it.translate(DGPN, first), "unknown": entry(1)}
    given = {name: tuple(ids[one] for one in v) if isinstance(v, tuple) else ids.get(str(v), v) for name, v in coded.items()}
    said = Translation(**{"language": "ar", **given})  # type: ignore[arg-type]  # whatever the case says
    assert it.take(rules.translate(it.text, it.fact(DGST), said)) == expected


def test_a_text_is_in_force_while_all_who_are_here_approve_its_hash() -> None:
    it = Writing()
    clause = it.write(DGSN)
    hash = it.approve(DGSN)
    assert (waiting_for(it.text, hash), in_force(it.text, SCOPE)) == ((DGPN, DGST), None)
    assert [one.hash for one in awaiting(it.text, DGPN)] == [hash]
    assert unanswered(it.text, DGPN) == (version_of(it.text, clause),)
    it.approve(DGPN)
    it.approve(DGST)
    assert in_force_since(it.text, hash) == it.said * HOUR
    assert all_in_force(it.text) == {SCOPE: in_force(it.text, SCOPE)}
    assert it.state_of(clause) is ClauseState.AGREED, "who approves a text agrees to its wordings"
    assert it.say(DGST, WithdrawApproval(hash=hash)) == ""
    assert it.say(DGST, WithdrawApproval(hash=hash)) == Reason.NOT_APPROVED
    assert (in_force(it.text, SCOPE), latest_approval(it.text, DGST)) == (None, None)
    it.approve(DGST, [clause])
    assert in_force(it.text, SCOPE) is not None
    at = it.said * HOUR
    assert (DGST in approving_at(it.text, hash, at), DGST in approving_at(it.text, hash, at - HOUR - 1)) == (True, False)
    assert DGST in approving_at(it.text, hash, 4 * HOUR), "the time in which it stood before"


def test_of_two_texts_that_all_approve_the_one_approved_last_is_in_force_and_the_other_comes_back() -> None:
    it = Writing()
    clause = it.write(DGSN)
    (old,) = {it.approve(agency) for agency in PARTIES}
    it.write(DGPN, clause=clause, replaces=(clause,))
    (new,) = {it.approve(agency) for agency in PARTIES}
    bound = in_force(it.text, SCOPE)
    assert bound is not None
    assert (bound.hash, latest_approval(it.text, DGPN), set(approved_hashes(it.text, DGPN))) == (new, new, {old, new})
    assert it.say(DGPN, WithdrawApproval(hash=new)) == ""
    bound = in_force(it.text, SCOPE)
    assert bound is not None
    assert bound.hash == old
    assert [one.hash for one in awaiting(it.text, DGPN)] == [new], "the others approved it later than what is in force"


def test_nothing_waits_for_who_has_left_and_its_words_no_longer_count() -> None:
    it = Writing()
    clause = it.write(DGSN)
    assert it.say(DGST, Object(versions=(clause,))) == ""
    hash = it.approve(DGSN)
    it.approve(DGPN, [clause])
    assert it.say(DGST, Leave()) == ""
    left_at = it.said * HOUR
    assert present(it.text) == (DGPN, DGSN)
    assert departed(it.text) == {DGST}
    assert (waiting_for(it.text, hash), it.state_of(clause)) == ((), ClauseState.AGREED)
    bound = in_force(it.text, SCOPE)
    assert bound is not None
    assert bound.hash == hash
    assert (awaiting(it.text, DGST), unanswered(it.text, DGST)) == ((), ())
    assert (DGST in present_at(it.text, left_at - 1), DGST in present_at(it.text, left_at)) == (True, False)


def test_where_all_have_left_nothing_is_in_force() -> None:
    it = Writing()
    it.write(DGSN)
    for agency in PARTIES:
        it.approve(agency)
    for agency in PARTIES:
        assert it.say(agency, Leave()) == ""
    assert in_force(it.text, SCOPE) is None


def bound(scope: str, versions: Sequence[EntryId], hash: Digest | None = None) -> BoundText:
    return BoundText(hash=hash or text_hash(scope, versions), scope=scope, versions=tuple(versions))


def test_what_is_no_text_is_not_approved() -> None:
    it = Writing()
    clause = it.write(DGSN)
    one, other = it.write(DGPN, clause=clause, replaces=(clause,)), it.write(DGST, clause=clause, replaces=(clause,))
    struck = it.write(DGSN, clause=clause, replaces=(one, other), struck=True)
    cases: tuple[tuple[BoundText, str], ...] = (
        (bound(SCOPE, []), Reason.EMPTY_TEXT),
        (bound(SCOPE, [one, entry(1)]), Reason.NO_SUCH_VERSION),
        (bound(SCOPE, [one], text_hash(SCOPE, [other])), Reason.HASH_DIFFERS),
        (bound(SCOPE, [one], text_hash(OTHER, [one])), Reason.HASH_DIFFERS),
        (bound(SCOPE, [one], text_hash(SCOPE, [one], b"conditions")), Reason.HASH_DIFFERS),
        (bound(SCOPE, [one, one]), Reason.OTHER_CLAUSE),
        (bound(SCOPE, [one, other]), Reason.OTHER_CLAUSE),
        (bound(SCOPE, [struck]), Reason.OTHER_CLAUSE),
        (bound(SCOPE, [one]), ""),
    )
    for text, expected in cases:
        assert it.take(rules.approve(it.text, it.fact(DGPN, "approve"), text)) == expected
    assert it.take(rules.approve(it.text, it.fact(DGPN, "approve"), bound(SCOPE, [one]))) == Reason.ALREADY_SAID


def test_the_hash_binds_scope_order_conditions_and_ids() -> None:
    ids = [entry(n) for n in range(3)]
    texts = [
        (scope, list(order), conditions) for scope in (SCOPE, OTHER) for order in itertools.permutations(ids) for conditions in (b"", b"x")
    ]
    assert len({text_hash(*text) for text in texts}) == len(texts)


def filled() -> Writing:
    """As much as three hostile parties can put into one text: the longest lists there may be."""
    it = Writing()
    for author in PARTIES:
        for place in range(rules.MAX_VERSIONS):
            it.write(author, place=place)
    ids = [one.id for one in it.text.versions]
    for author in PARTIES:
        for first in range(rules.MAX_TEXTS):
            it.approve(author, ids[first : first + 400])
    return it


def test_one_authors_lists_are_bounded_and_what_all_write_is_folded_and_shown_in_its_time() -> None:
    began = perf_counter()
    it = filled()
    folded = perf_counter() - began
    full = it.fact(DGSN)
    assert it.take(rules.write(it.text, full, version(), SCOPE)) == Reason.TOO_MANY_OPEN
    assert it.take(rules.translate(it.text, full, Translation(version=it.text.versions[0].id, language="ar"))) == Reason.TOO_MANY_OPEN
    assert it.take(rules.approve(it.text, full, bound(SCOPE, [it.text.versions[0].id]))) == Reason.TOO_MANY_OPEN
    assert len(encode(it.text)) < 4_000_000
    began = perf_counter()
    assert len(text_now(it.text, SCOPE)) == 3 * rules.MAX_VERSIONS
    assert all_in_force(it.text)
    awaiting(it.text, DGSN)
    unanswered(it.text, DGSN)
    shown = perf_counter() - began
    assert folded / it.said < 0.03, folded
    assert shown < 3


def test_approving_again_after_taking_back_is_bounded() -> None:
    it = Writing()
    it.write(DGSN)
    for _ in range(rules.MAX_RENEWALS + 1):
        hash = it.approve(DGSN)
        assert it.say(DGSN, WithdrawApproval(hash=hash)) == ""
    assert reason(rules.approve(it.text, it.fact(DGSN), it.text.texts[0])) == Reason.TOO_MANY_OPEN  # type: ignore[arg-type]  # it is refused
