# SPDX-License-Identifier: EUPL-1.2
"""Threat assessments: nobody is bound by a text it has not approved, and no dissent is lost."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.dossiers.fold import summary_of
from amana.dossiers.kind import Reason
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.joint_text.state import approved_by, present
from amana.dossiers.threat_assessment.entries import PERCENTAGES, Approve, Likelihood, Passage
from amana.dossiers.threat_assessment.state import (
    AssessmentState,
    dissenting,
    dissents,
    revision_in_force,
    sources_in_order,
    text_to_approve,
    valid_revision,
)
from amana.protocol.canonical import parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, Millis
from tests.dossiers.telling import DGPN, DGSN, DGST, START, Telling, entry, reason
from tests.dossiers.threat_assessment.stories import (
    EVERYBODY,
    FIVE,
    JUDGEMENT,
    SITUATION,
    VALID_UNTIL,
    agreed,
    approved,
    begun,
    drafted,
    say,
)

KIND = KINDS["threat_assessment"]


def state_of(told: Telling) -> AssessmentState:
    state = told.state
    assert isinstance(state, AssessmentState)
    return state


def stage(told: Telling) -> str:
    assert told.cursor is not None
    return summary_of(told.cursor).stage


def tasks(told: Telling, *agencies: AgencyCode) -> list[list[str]]:
    return [[task.value for task in KIND.tasks(told.state, agency)] for agency in agencies]


def test_the_yardstick_covers_everything_between_certainties_without_a_gap() -> None:
    bounds = [PERCENTAGES[word] for word in Likelihood]
    assert [low for low, _ in bounds[1:]] == [high for _, high in bounds[:-1]]
    assert (bounds[0][0], bounds[-1][1]) == (1, 99)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ""),
        ({"since": START, "until": START + 1}, ""),
        ({"since": START, "until": START - 1}, Reason.ENDS_BEFORE_IT_STARTS),
    ],
)
def test_an_assessment_begins_over_a_period_that_does_not_end_before_it_starts(given: dict[str, Any], expected: str) -> None:
    assert reason(Telling("threat_assessment", EVERYBODY).say(DGSN, "begin", {"area": "drugs", **given})) == expected


def test_without_a_legal_basis_nothing_begins() -> None:
    told = Telling("threat_assessment", EVERYBODY)
    header = told.header(DGSN, "begin", told.coded(DGSN, "begin", {"area": "drugs"}), marking=KIND.entry_types["begin"].default_marking)
    assert reason(told.hear(header)) == Reason.NO_BASIS


WORDS: list[tuple[AgencyCode, str, dict[str, Any], str]] = [
    (DGST, "passage", SITUATION, ""),
    (DGST, "passage", {**SITUATION, "likelihood": "likely"}, Reason.ONLY_IN_JUDGEMENTS),
    (DGST, "passage", {**SITUATION, "confidence": "low"}, Reason.ONLY_IN_JUDGEMENTS),
    (DGST, "passage", {**SITUATION, "part": "recommendation", "confidence": "low"}, Reason.ONLY_IN_JUDGEMENTS),
    (DGST, "passage", {**JUDGEMENT, "part": "outlook"}, ""),
    (DGST, "passage", {"clause": "@judgement", "likelihood": "unlikely"}, ""),
    (DGST, "passage", {"clause": "@judgement", "dissent": True}, ""),
    (DGST, "passage", {"clause": "@judgement", "struck": True}, ""),
    (DGST, "passage", {"clause": "@opening", **JUDGEMENT, "place": 1, "replaces": []}, Reason.NO_SUCH_VERSION),
    (DGST, "passage", {"clause": "@judgement", "replaces": ["@situation"]}, Reason.OTHER_CLAUSE),
    (DGST, "translation", {"version": "@judgement", "language": "fr"}, ""),
    (DGST, "translation", {"version": "@opening", "language": "fr"}, Reason.NO_SUCH_VERSION),
    (DGST, "agree", {}, ""),
    (DGST, "agree", {"versions": ["@opening"]}, Reason.NO_SUCH_VERSION),
    (DGST, "object", {"versions": ["@judgement"]}, ""),
    (DGPN, "object", {"versions": ["@judgement"]}, Reason.OWN_VERSION),
    (DGST, "source", {"type": "technical", "grade": "B2"}, ""),
    (DGST, "source", {"type": "technical", "grade": "B2", "struck": True}, Reason.NO_SUCH_SOURCE),
    (DGST, "source", {"type": "technical", "grade": "B2", "source": "@opening"}, Reason.NO_SUCH_SOURCE),
    (DGST, "approve", {"valid_until": VALID_UNTIL}, ""),
    (DGST, "approve", {"valid_until": START}, Reason.EXPIRES_IN_THE_PAST),
    (DGST, "approve", {"valid_until": VALID_UNTIL, "revision": 1, "hash": "00" * 32, "versions": ["@judgement"]}, Reason.HASH_DIFFERS),
    (DGST, "withdraw_approval", {"hash": "00" * 32}, Reason.NOT_APPROVED),
    (DGST, "leave", {}, ""),
]


@pytest.mark.parametrize(("author", "type", "given", "expected"), WORDS)
def test_each_word_on_a_draft_counts_or_is_refused(author: AgencyCode, type: str, given: dict[str, Any], expected: str) -> None:
    told = drafted()
    known = {"@opening": told.facts[0].id.hex(), "@situation": told.facts[1].id.hex(), "@judgement": told.facts[2].id.hex()}

    def named(value: Any) -> Any:
        return [named(one) for one in value] if isinstance(value, list) else known.get(value, value) if isinstance(value, str) else value

    assert reason(told.say(author, type, {name: named(value) for name, value in given.items()})) == expected


def test_a_new_passage_stands_last_in_its_part_and_the_parts_in_their_order() -> None:
    told = begun()
    outlook = say(told, DGPN, "passage", {**JUDGEMENT, "part": "outlook"})
    first = say(told, DGSN, "passage", SITUATION)
    second = say(told, DGST, "passage", SITUATION)
    assert [id.hex() for id in text_to_approve(state_of(told))] == [first, second, outlook]


def test_a_new_version_keeps_what_its_author_leaves_out() -> None:
    told = drafted()
    say(told, DGST, "passage", {"clause": told.facts[2].id.hex(), "likelihood": "very_likely"})
    said = parse(told.facts[-1].header.coded, Passage)
    assert (said.part, said.language, said.confidence, said.likelihood) == ("judgement", "ar", "moderate", "very_likely")
    assert said.replaces == (told.facts[2].id,)


def test_two_versions_stand_side_by_side_until_a_third_names_both() -> None:
    told = drafted()
    clause = told.facts[2].id.hex()
    mine = say(told, DGSN, "passage", {"clause": clause, "likelihood": "unlikely", "replaces": [clause]})
    theirs = say(told, DGST, "passage", {"clause": clause, "likelihood": "very_likely", "replaces": [clause]})
    assert text_to_approve(state_of(told)) == ()
    assert tasks(told, DGSN, DGST) == [["agree", "revise"], ["agree", "revise"]]
    with pytest.raises(Refusal) as refused:
        told.say(DGPN, "approve", {"valid_until": VALID_UNTIL})
    assert refused.value.code == Reason.EMPTY_TEXT
    third = say(told, DGPN, "passage", {"clause": clause})
    assert set(parse(told.facts[-1].header.coded, Passage).replaces) == {bytes.fromhex(mine), bytes.fromhex(theirs)}
    assert [id.hex() for id in text_to_approve(state_of(told))][-1] == third


def test_from_the_draft_to_a_revision_in_force_and_to_the_next_draft() -> None:
    told = drafted()
    assert (stage(told), tasks(told, DGSN, DGST)) == ("drafting", [["agree"], ["agree"]])
    told = agreed()
    assert (stage(told), tasks(told, *EVERYBODY)) == ("drafting", [["approve"]] * 3)
    say(told, DGPN, "approve", {"valid_until": VALID_UNTIL})
    assert tasks(told, *EVERYBODY) == [[], ["approve"], ["approve"]]
    say(told, DGSN, "approve")
    assert revision_in_force(state_of(told)) is None
    say(told, DGST, "approve")
    held = revision_in_force(state_of(told))
    assert held is not None
    assert (held.revision, held.valid_until, stage(told), tasks(told, *EVERYBODY)) == (1, VALID_UNTIL, "in_force", [[], [], []])
    say(told, DGSN, "passage", {**JUDGEMENT, "part": "outlook"})
    assert (stage(told), tasks(told, DGPN, DGSN)) == ("revised", [["agree"], []])


def test_an_assessment_is_valid_from_the_last_approval_until_its_day() -> None:
    told = approved()
    state, last = state_of(told), told.facts[-1].effective
    moments = [last - 1, last, VALID_UNTIL - 1, VALID_UNTIL]
    assert [valid_revision(state, Millis(at)) is not None for at in moments] == [False, True, True, False]
    clock = KIND.clock(state, DGSN)
    assert clock is not None
    assert (clock.started_at, clock.due) == (last, VALID_UNTIL)


def test_the_next_revision_takes_the_place_of_the_one_in_force_when_all_approve_it() -> None:
    told = approved()
    say(told, DGSN, "passage", {**JUDGEMENT, "part": "outlook"})
    say(told, DGSN, "approve", {"valid_until": VALID_UNTIL + 1})
    say(told, DGPN, "approve")
    held = revision_in_force(state_of(told))
    assert held is not None
    assert held.revision == 1
    say(told, DGST, "approve")
    held = revision_in_force(state_of(told))
    assert held is not None
    assert held.revision == 2
    say(told, DGPN, "withdraw_approval")
    held = revision_in_force(state_of(told))
    assert held is not None
    assert held.revision == 1


def test_who_approves_a_revision_approves_no_other_text_with_that_number_or_a_lower_one() -> None:
    told = approved()
    say(told, DGSN, "passage", SITUATION)
    assert reason(told.say(DGSN, "approve", {"revision": 1, "valid_until": VALID_UNTIL})) == Reason.WRONG_REVISION
    assert reason(told.say(DGSN, "approve", {"revision": 2, "valid_until": VALID_UNTIL})) == ""
    say(told, DGSN, "withdraw_approval")
    say(told, DGSN, "passage", SITUATION)
    assert reason(told.say(DGSN, "approve", {"revision": 2, "valid_until": VALID_UNTIL})) == ""


def test_a_dissent_needs_nobody_and_is_approved_with_the_rest() -> None:
    told = agreed()
    clause = told.facts[2].id.hex()
    dissent = say(told, DGST, "passage", {"clause": clause, "dissent": True, "likelihood": "unlikely", "confidence": "low"})
    whole = say(told, DGST, "passage", {**SITUATION, "part": "recommendation", "dissent": True})
    state = state_of(told)
    assert (dissenting(state), [version.id.hex() for version in dissents(state)]) == ((DGST,), [dissent, whole])
    assert tasks(told, DGSN) == [["approve"]]
    say(told, DGSN, "approve", {"valid_until": VALID_UNTIL})
    assert {dissent, whole} < {id.hex() for id in parse(told.facts[-1].header.coded, Approve).versions}


def test_nobody_else_words_a_dissent_and_its_author_strikes_it() -> None:
    told = agreed()
    dissent = say(told, DGST, "passage", {**SITUATION, "dissent": True})
    again = {**SITUATION, "clause": dissent, "place": 1}
    assert reason(told.say_as_is(DGSN, "passage", again)) == Reason.OTHER_CLAUSE
    assert reason(told.say_as_is(DGSN, "passage", {**again, "dissent": True})) == Reason.OTHER_CLAUSE
    assert reason(told.say(DGST, "passage", {"clause": dissent, "dissent": True, "struck": True})) == ""
    assert dissents(state_of(told)) == ()


def test_a_source_is_changed_by_its_author_alone_and_stays_in_its_place() -> None:
    told = begun()
    first = say(told, DGSN, "source", {"type": "police_report", "grade": "B2"})
    second = say(told, DGPN, "source", {"type": "open_source", "grade": "C3"})
    assert reason(told.say(DGPN, "source", {"type": "partner", "grade": "A1", "source": first})) == Reason.NO_SUCH_SOURCE
    say(told, DGSN, "source", {"type": "police_report", "grade": "A1", "source": first})
    sources = sources_in_order(state_of(told))
    assert [(source.id.hex(), source.grade) for source in sources] == [(first, "A1"), (second, "C3")]
    say(told, DGSN, "source", {"type": "police_report", "grade": "A1", "source": first, "struck": True})
    assert [source.id.hex() for source in sources_in_order(state_of(told))] == [second]
    again = {"type": "police_report", "grade": "A1", "source": first}
    assert reason(told.say(DGSN, "source", again)) == Reason.ALREADY_STRUCK


def test_of_five_agencies_one_leaves_and_nothing_waits_for_it() -> None:
    told = agreed(FIVE)
    leaver = FIVE[-1]
    dissent = say(told, leaver, "passage", {**SITUATION, "dissent": True})
    say(told, FIVE[0], "approve", {"valid_until": VALID_UNTIL})
    for agency in FIVE[1:-1]:
        say(told, agency, "approve")
    assert revision_in_force(state_of(told)) is None
    say(told, leaver, "leave")
    state = state_of(told)
    assert KIND.departed(state) == {leaver}
    assert revision_in_force(state) is not None
    assert [version.id.hex() for version in dissents(state)] == [dissent]
    assert reason(told.say(leaver, "passage", SITUATION)) == Reason.LEFT
    without = {party for party in FIVE if party != leaver}
    assert reason(told.say(FIVE[0], "passage", SITUATION, audience=without - {FIVE[0]})) == ""
    assert KIND.tasks(told.state, leaver) == ()


@given(st.integers(0, 2**32).map(random.Random), st.integers(0, 25))
def test_nothing_is_in_force_that_a_present_agency_does_not_approve_and_no_dissent_is_lost(rng: random.Random, length: int) -> None:
    told = drafted(FIVE)
    approvals: dict[AgencyCode, dict[bytes, int]] = {party: {} for party in FIVE}  # each hash, and at which word
    left: dict[AgencyCode, int] = {}
    written: dict[AgencyCode, set[str]] = {party: set() for party in FIVE}
    for word in range(length):
        author = rng.choice(FIVE)
        type = rng.choice(["passage", "dissent", "agree", "approve", "approve", "approve", "withdraw_approval", "leave"])
        if type == "leave" and (rng.random() < 0.7 or len(left) == 3):
            continue
        if not _said(told, author, type, rng):
            continue
        fact = told.facts[-1]
        if type == "dissent":
            written[author].add(fact.id.hex())
        elif type == "approve":
            approvals[author][parse(fact.header.coded, Approve).hash] = word
        elif type == "withdraw_approval":
            del approvals[author][parse(fact.header.coded, KIND.entry_types[type].coded).hash]  # type: ignore[attr-defined]  # its one value
        elif type == "leave":
            left[author] = word
        state = state_of(told)
        standing = _standing(approvals, left)
        held = revision_in_force(state)
        assert (held.bound.hash if held is not None else None) == max(standing, key=lambda hash: standing[hash], default=None)
        assert held is None or set(present(state.text)) <= {agency for agency, _ in approved_by(state.text, held.bound.hash)}
        assert {version.id.hex() for version in dissents(state)} == set.union(*written.values())


def _standing(approvals: Mapping[AgencyCode, Mapping[bytes, int]], left: Mapping[AgencyCode, int]) -> dict[bytes, int]:
    """The texts that all who are here approve, and with which word the last of them came to it; none that one of them had
    left behind by then, by approving another."""
    here = [party for party in FIVE if party not in left]
    found: dict[bytes, int] = {}
    for hash in set.intersection(*(set(approvals[party]) for party in here)):
        last = max(approvals[party].get(hash, left.get(party, 0)) for party in FIVE)
        if not any(approvals[party][hash] < other < last for party in here for other in approvals[party].values()):
            found[hash] = last
    return found


def _said(told: Telling, author: AgencyCode, type: str, rng: random.Random) -> bool:
    given: dict[str, Any] = {}
    if type in ("passage", "dissent"):
        given = {**SITUATION, "dissent": type == "dissent"}
    if type == "approve" and rng.random() < 0.5:
        given = {"valid_until": VALID_UNTIL + rng.randint(0, 3)}
    try:
        return told.say(author, "passage" if type == "dissent" else type, given) is None
    except Refusal:
        return False


def test_an_id_that_is_none_is_said_so() -> None:
    with pytest.raises(Refusal) as refused:
        drafted().say(DGST, "passage", {"clause": "no id"})
    assert refused.value.code == "bad_id"
    assert reason(drafted().say(DGST, "translation", {"version": entry(1).hex(), "language": "fr"})) == Reason.NOT_AFTER
