# SPDX-License-Identifier: EUPL-1.2
"""A request from asking to feedback: stages, clocks, who may say what, several respondents."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.fold import summary_of
from amana.dossiers.information_request.state import Stage, answered_on_time, overdue, stage_of
from amana.dossiers.information_request.steps import STEPS
from amana.dossiers.kind import Reason, Summary
from amana.dossiers.shared.vocabulary import Usefulness
from amana.protocol.identifiers import Millis
from tests.dossiers.information_request.stories import REQUEST, THREE, after, asked, delivered, noticed, slot
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling, entry, reason

# How each stage is reached, by the respondent's words after delivery
REACHED: dict[Stage, list[tuple[str, dict[str, Any]]]] = {
    Stage.DELIVERED: [],
    Stage.ACKNOWLEDGED: [("acknowledge", {})],
    Stage.IN_WORK: [("progress", {})],
    Stage.PAUSED: [("pause", {"code": "judicial_authorisation"})],
    Stage.PARTLY_ANSWERED: [("part_answer", {})],
    Stage.ANSWERED: [("answer", {"outcome": "provided"})],
    Stage.REFUSED: [("refuse", {"code": "not_available"})],
}
WORDS: dict[str, dict[str, Any]] = {
    "acknowledge": {},
    "progress": {"expected": START},
    "ask_back": {},
    "part_answer": {},
    "answer": {"outcome": "nothing_held"},
    "refuse": {"code": "other"},
    "pause": {"code": "judicial_authorisation"},
    "unpause": {},
}


def summary(told: Telling) -> Summary:
    assert told.cursor is not None
    return summary_of(told.cursor)


def at_stage(stage: Stage) -> Telling:
    told = asked()
    if stage is Stage.SENT:
        return told
    return after(delivered(told), *((DGPN, *word) for word in REACHED[stage]))


@pytest.mark.parametrize("stage", [*REACHED, Stage.SENT])
@pytest.mark.parametrize("word", WORDS)
def test_a_respondents_word_moves_its_stage_by_the_table_or_is_refused(stage: Stage, word: str) -> None:
    told = at_stage(stage)
    assert slot(told).stage is stage
    refused = told.say_as_is(DGPN, word, WORDS[word])
    expected = STEPS[stage].get(word)
    assert reason(refused) == ("" if expected else Reason.NOT_AT_THIS_STAGE)
    assert slot(told).stage is (expected or stage)


@pytest.mark.parametrize("word", WORDS)
def test_the_asker_does_not_answer_itself(word: str) -> None:
    assert reason(delivered(asked()).say_as_is(DGSN, word, WORDS[word])) == Reason.NOT_A_RESPONDENT


@pytest.mark.parametrize(
    ("word", "given"),
    [
        ("clarify", {"question": entry(1).hex()}),
        ("reminder", {}),
        ("withdraw", {"code": "other"}),
        ("close", {}),
        ("reopen", {"answer": entry(1).hex()}),
    ],
)
def test_a_respondent_does_not_speak_for_the_asker(word: str, given: dict[str, Any]) -> None:
    told = asked()
    named = {name: told.facts[0].id.hex() for name, value in given.items() if value == entry(1).hex()}
    assert reason(told.say_as_is(DGPN, word, {**given, **named})) == Reason.NOT_THE_ASKER


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"informed": ["fr.dgpn"]}, Reason.NO_RESPONDENT),
        ({"informed": ["es.cnp"]}, ""),
    ],
)
def test_a_request_asks_somebody(changes: dict[str, Any], expected: str) -> None:
    told = Telling("information_request")
    assert reason(told.say(DGSN, "request", {**REQUEST, **changes})) == expected


@pytest.mark.parametrize(
    ("urgency", "direct", "hours"),
    [("urgent", True, 8), ("urgent", False, 72), ("ordinary", True, 168), ("ordinary", False, 168)],
)
def test_the_clock_runs_from_delivery(urgency: str, direct: bool, hours: int) -> None:
    told = asked(urgency=urgency, direct=direct)
    assert summary(told).due == 0
    delivered(told)
    arrived = told.facts[-1].effective
    assert summary(told).due == arrived + hours * HOUR
    assert overdue(told.state, Millis(arrived + hours * HOUR)) == ()
    assert overdue(told.state, Millis(arrived + hours * HOUR + 1)) == (DGPN,)


def test_a_second_delivery_does_not_move_the_clock() -> None:
    told = delivered(asked())
    due = slot(told).due
    assert slot(delivered(told)).due == due


def test_a_delivery_of_something_else_starts_nothing() -> None:
    told = after(asked(), (DGSN, "supplement"))
    supplement = told.last
    told.say(DGPN, "delivered", {"entries": [supplement]})
    assert (slot(told).due, slot(told).stage) == (0, Stage.SENT)


def test_the_clock_stands_while_paused() -> None:
    told = delivered(asked())
    due = slot(told).due
    after(told, (DGPN, "pause", {"code": "judicial_authorisation"}))
    paused = told.facts[-1].effective
    assert overdue(told.state, Millis(due + 99 * HOUR)) == ()
    assert summary(told).due == 0
    told.at += 30 * HOUR
    after(told, (DGPN, "unpause"))
    assert slot(told).due == due + told.facts[-1].effective - paused
    assert summary(told).stage == "in_work"


@pytest.mark.parametrize(("hours", "on_time"), [(1, True), (9, False)])
def test_an_answer_is_on_time_or_not(hours: int, on_time: bool) -> None:
    told = delivered(asked())
    told.at = told.facts[-1].effective + hours * HOUR
    after(told, (DGPN, "answer"))
    assert answered_on_time(slot(told)) is on_time
    assert overdue(told.state, Millis(2**50)) == ()


def test_an_answer_during_a_pause_counts_without_the_pause() -> None:
    told = after(delivered(asked()), (DGPN, "pause", {"code": "judicial_authorisation"}))
    told.at += 500 * HOUR
    after(told, (DGPN, "answer"))
    assert answered_on_time(slot(told)) is True


def test_asking_back_turns_the_matter_to_the_asker_until_it_clarifies() -> None:
    told = after(delivered(asked()), (DGPN, "ask_back"))
    question = told.last
    assert summary(told).turn == (DGSN,)
    assert reason(told.say_as_is(DGSN, "clarify", {"question": told.facts[0].id.hex()})) == Reason.NO_SUCH_QUESTION
    assert told.say_as_is(DGSN, "clarify", {"question": question}) is None
    assert summary(told).turn == (DGPN,)
    assert reason(told.say_as_is(DGSN, "clarify", {"question": question})) == Reason.NO_SUCH_QUESTION


def test_questions_are_bounded() -> None:
    told = after(delivered(asked()), *[(DGPN, "ask_back")] * 32)
    assert reason(told.say(DGPN, "ask_back")) == Reason.TOO_MANY_OPEN


def test_a_reminder_counts_for_those_it_names() -> None:
    told = after(asked(THREE), (DGSN, "reminder"), (DGSN, "reminder", {"respondents": ["fr.dgpn"]}))
    assert (slot(told, DGPN).reminders, slot(told, DGST).reminders) == (2, 1)
    assert reason(told.say(DGSN, "reminder", {"respondents": ["es.cnp"]})) == Reason.NO_RESPONDENT


def test_closing_names_every_answer_and_what_it_was_worth() -> None:
    told = after(delivered(asked(THREE)), (DGPN, "answer"))
    answer = told.last
    feedback = [{"respondent": "fr.dgpn", "answer": answer, "usefulness": "useful"}]
    assert reason(told.say_as_is(DGSN, "close", {"feedback": feedback})) == Reason.NOT_ALL_SETTLED
    after(told, (DGST, "refuse", {"code": "national_security"}))
    refusal = {"respondent": "ma.dgst", "answer": told.last, "usefulness": "not_useful"}
    wrong = {**refusal, "answer": answer}
    assert reason(told.say_as_is(DGSN, "close", {"feedback": [*feedback, wrong]})) == Reason.NO_SUCH_ANSWER
    assert told.say_as_is(DGSN, "close", {"feedback": [*feedback, refusal]}) is None
    assert summary(told) == Summary(stage="closed", area="drugs", urgency="urgent", closed=True)
    assert slot(told, DGST).usefulness is Usefulness.NOT_USEFUL
    assert reason(told.say_as_is(DGSN, "close", {"feedback": [*feedback, refusal]})) == Reason.ALREADY_CLOSED
    assert reason(told.say_as_is(DGSN, "reminder")) == Reason.CLOSED


def test_a_reopened_answer_runs_a_new_clock_from_its_delivery() -> None:
    told = after(delivered(asked()), (DGPN, "answer"), (DGSN, "close"))
    answer = slot(told).settled.hex()
    assert reason(told.say_as_is(DGSN, "reopen", {"answer": told.facts[0].id.hex()})) == Reason.NO_SUCH_ANSWER
    assert told.say_as_is(DGSN, "reopen", {"answer": answer}) is None
    reopened = told.last
    assert (slot(told).stage, slot(told).round, slot(told).due, summary(told).closed) == (Stage.SENT, 1, 0, False)
    delivered(told)  # names the opening only
    assert slot(told).due == 0
    assert told.say(DGPN, "delivered", {"entries": [reopened]}) is None
    assert slot(told).due == told.facts[-1].effective + 8 * HOUR
    assert after(told, (DGPN, "answer")).outcomes[-1] is None


def test_a_withdrawal_stands_and_what_crossed_it_is_kept() -> None:
    told = after(delivered(asked(THREE)), (DGSN, "withdraw", {"code": "no_longer_needed", "respondents": ["fr.dgpn"]}))
    assert stage_of(told.state, slot(told, DGPN)) is Stage.WITHDRAWN
    assert told.say_as_is(DGPN, "answer", {"outcome": "provided"}) is None
    assert stage_of(told.state, slot(told, DGPN)) is Stage.WITHDRAWN
    assert slot(told, DGPN).settled
    assert summary(told).turn == (DGST,)
    after(told, (DGSN, "withdraw", {"code": "no_longer_needed"}))
    assert (summary(told).stage, summary(told).closed) == ("withdrawn", True)
    assert reason(told.say_as_is(DGSN, "withdraw", {"code": "other"})) == Reason.WITHDRAWN
    assert reason(told.say_as_is(DGSN, "reopen", {"answer": slot(told, DGPN).settled.hex()})) == Reason.WITHDRAWN


def test_several_respondents_have_their_own_stages_and_the_slowest_is_shown() -> None:
    told = after(delivered(asked(THREE)), (DGPN, "answer"))
    assert (summary(told).stage, summary(told).turn) == ("delivered", (DGST,))
    after(told, (DGST, "acknowledge"))
    assert summary(told).stage == "acknowledged"
    after(told, (DGST, "refuse", {"code": "minor_offence"}))
    assert (summary(told).stage, summary(told).turn) == ("answered", (DGSN,))


def test_a_party_in_copy_owes_nothing_and_may_say_that_it_has_it() -> None:
    told = asked(THREE, informed=["ma.dgst"])
    assert summary(told).turn == (DGPN,)
    assert told.say(DGST, "delivered", {"entries": [told.facts[0].id.hex()]}) is None
    assert reason(told.say_as_is(DGST, "answer", {"outcome": "provided"})) == Reason.NOT_A_RESPONDENT
    assert told.say(DGST, "supplement") is None


@pytest.mark.parametrize(
    ("word", "given"), [("rate", {"usefulness": "useful"}), ("update", {"expires": START * 2}), ("cancel", {"code": "found"})]
)
def test_what_belongs_to_notices_is_refused_in_a_request(word: str, given: dict[str, Any]) -> None:
    assert reason(asked().say_as_is(DGSN, word, given)) == Reason.ONLY_IN_NOTICES
    told = noticed()
    speaker = DGPN if word == "rate" else DGSN
    assert told.say_as_is(speaker, word, given) is None
