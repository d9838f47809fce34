# SPDX-License-Identifier: EUPL-1.2
"""What a node fills in for its officer, and what it does not let an officer say who could know better."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.kind import Reason
from amana.dossiers.plain import from_plain
from amana.dossiers.registry import complete
from amana.dossiers.shared.conditions import Conditions
from amana.protocol.errors import Refusal
from tests.dossiers.agreement.stories import CONDITIONS
from tests.dossiers.information_request.stories import REQUEST, THREE, after, asked, delivered, noticed, slot
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, Telling

KIND = "information_request"


def filled(told: Telling, author: Any, type: str, **given: Any) -> dict[str, Any]:
    return dict(complete(KIND, type, given, author=author, state=told.state, agreement=None))


def refusal(told: Telling, author: Any, type: str, **given: Any) -> str:
    with pytest.raises(Refusal) as refused:
        filled(told, author, type, **given)
    return refused.value.code


def test_a_request_takes_clock_and_languages_from_the_agreement() -> None:
    conditions = from_plain({**CONDITIONS, "clocks": {**CONDITIONS["clocks"], "urgent_direct": 5 * HOUR}}, Conditions)
    done = complete(KIND, "request", REQUEST, author=DGSN, state=None, agreement=conditions)
    assert (done["clock"], done["languages"]) == (5 * HOUR, ["ar", "fr"])


def test_without_conditions_the_models_clocks_are_taken() -> None:
    done = complete(KIND, "request", {"area": "drugs", "types": ["information"]}, author=DGSN, state=None, agreement=None)
    assert (done["urgency"], done["clock"]) == ("ordinary", 168 * HOUR)


def test_what_is_given_is_not_changed() -> None:
    assert complete(KIND, "request", {"clock": 60_000}, author=DGSN, state=None, agreement=None)["clock"] == 60_000


def test_the_one_thing_that_can_be_meant_is_filled_in() -> None:
    told = after(delivered(asked()), (DGPN, "ask_back"))
    assert filled(told, DGSN, "clarify") == {"question": told.last}
    after(told, (DGPN, "answer"))
    answer = told.last
    assert filled(told, DGSN, "reopen") == {"answer": answer}
    after(told, (DGPN, "recall_request", {"entry": answer, "code": "incorrect"}))
    assert filled(told, DGSN, "recall_answer", code="erased")["recall"] == told.last


@pytest.mark.parametrize("questions", [0, 2])
def test_with_none_or_several_the_author_says_which(questions: int) -> None:
    told = after(delivered(asked()), *[(DGPN, "ask_back")] * questions)
    assert refusal(told, DGSN, "clarify") == Reason.NO_SUCH_QUESTION
    assert filled(told, DGSN, "clarify", question="00" * 32) == {"question": "00" * 32}


def test_closing_names_the_answers_of_all_and_takes_what_was_said_of_them() -> None:
    told = after(delivered(asked(THREE)), (DGPN, "answer"))
    assert refusal(told, DGSN, "close") == Reason.NOT_ALL_SETTLED
    after(told, (DGST, "answer"))
    done = filled(told, DGSN, "close", feedback=[{"respondent": "fr.dgpn", "usefulness": "decisive"}])
    assert done["feedback"] == [
        {"respondent": DGPN, "answer": slot(told, DGPN).settled.hex(), "usefulness": "decisive"},
        {"respondent": DGST, "answer": slot(told, DGST).settled.hex(), "usefulness": "too_early_to_say"},
    ]
    after(told, (DGSN, "close", {"feedback": done["feedback"]}))
    assert refusal(told, DGSN, "close") == Reason.ALREADY_CLOSED


WITHDRAWN = (DGSN, "withdraw", {"code": "no_longer_needed"})


@pytest.mark.parametrize(
    ("words", "author", "type", "expected"),
    [
        ([WITHDRAWN], DGPN, "answer", Reason.WITHDRAWN),
        ([(DGPN, "answer"), (DGSN, "close")], DGPN, "supplement", ""),
        ([(DGPN, "refuse", {"code": "other"}), (DGSN, "close")], DGPN, "answer", Reason.CLOSED),
        ([(DGPN, "answer")], DGPN, "refuse", Reason.NOT_AT_THIS_STAGE),
        ([(DGPN, "answer")], DGSN, "withdraw", Reason.NOT_AT_THIS_STAGE),
        ([(DGPN, "answer")], DGSN, "reminder", Reason.NOT_AT_THIS_STAGE),
        ([], DGSN, "answer", Reason.NOT_A_RESPONDENT),
        ([], DGPN, "withdraw", Reason.NOT_THE_ASKER),
        ([], DGPN, "cancel", Reason.NOT_THE_AUTHOR),
        ([], DGPN, "acknowledge", ""),
    ],
)
def test_an_officer_is_told_at_once_what_makes_no_sense(words: list[Any], author: Any, type: str, expected: str) -> None:
    told = after(delivered(asked()), *words)
    if expected:
        assert refusal(told, author, type) == expected
    else:
        assert filled(told, author, type) == {}


@pytest.mark.parametrize(
    ("author", "type", "expected"),
    [(DGPN, "answer", Reason.ONLY_IN_REQUESTS), (DGSN, "withdraw", Reason.ONLY_IN_REQUESTS), (DGSN, "acknowledge", Reason.NOT_A_RECEIVER)],
)
def test_a_notice_is_not_answered(author: Any, type: str, expected: str) -> None:
    assert refusal(noticed(), author, type) == expected


def test_a_cancelled_notice_is_not_acknowledged_by_those_who_know() -> None:
    assert refusal(after(noticed(), (DGSN, "cancel", {"code": "found"})), DGPN, "acknowledge") == Reason.WITHDRAWN
