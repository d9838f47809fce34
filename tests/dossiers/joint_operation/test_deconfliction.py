# SPDX-License-Identifier: EUPL-1.2
"""A deconfliction as a fold: both announce before either asks, nobody asks or answers twice in a round, talk is by choice."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.kind import Reason
from amana.dossiers.registry import KINDS
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode
from tests.dossiers.joint_operation.stories import OPERATION, announcement, compared, log_opened, say
from tests.dossiers.telling import DGPN, DGSN, DGST, START, Telling, reason

KIND = KINDS["deconfliction"]


def begun() -> Telling:
    told = Telling("deconfliction", (DGPN, DGSN))
    assert told.say(DGSN, "begin", {"operation": OPERATION, "area": "drugs"}) is None
    return told


def test_it_is_between_two() -> None:
    told = Telling("deconfliction", (DGPN, DGSN, DGST))
    assert reason(told.say(DGSN, "begin", {"operation": OPERATION, "area": "drugs"})) == Reason.FOREIGN_AUDIENCE


def test_nobody_asks_before_both_have_fixed_their_sets() -> None:
    told = begun()
    say(told, DGSN, "announce", announcement(told, DGSN))
    assert KIND.tasks(told.state, DGPN) == (Task.ANNOUNCE,)
    mine = told.last
    for theirs in (mine, told.facts[0].id.hex()):
        assert reason(told.say_as_is(DGSN, "ask", {"round": 1, "mine": mine, "theirs": theirs})) == Reason.NOT_ANNOUNCED


def test_in_a_round_each_asks_once_and_answers_once() -> None:
    told = compared()
    say(told, DGSN, "ask")
    question = told.last
    assert reason(told.say(DGSN, "ask")) == Reason.ALREADY_SAID
    assert reason(told.say_as_is(DGSN, "reply", {"round": 1, "question": question})) == Reason.NO_SUCH_QUESTION
    say(told, DGPN, "reply")
    assert reason(told.say_as_is(DGPN, "reply", {"round": 1, "question": question})) == Reason.ALREADY_SAID
    assert KIND.summary(told.state).stage == "compared"


def test_another_round_begins_with_new_announcements_and_the_questions_of_the_last_do_not_fit_it() -> None:
    told = compared()
    say(told, DGSN, "ask")
    old = told.last
    assert reason(told.say_as_is(DGSN, "announce", {"round": 1, **announcement(told, DGSN)})) == Reason.WRONG_ROUND
    for agency in (DGSN, DGPN):
        say(told, agency, "announce", announcement(told, agency, 2))
    assert reason(told.say_as_is(DGPN, "reply", {"round": 2, "question": old})) == Reason.NO_SUCH_QUESTION


def test_the_two_announcements_of_an_agency_are_of_one_set_by_their_count() -> None:
    told = begun()
    sides: dict[str, Any] = announcement(told, DGSN)
    sides["asks"] = {**sides["asks"], "count": 7}
    assert reason(told.say(DGSN, "announce", sides)) == Reason.UNIT_DIFFERS


def test_an_overlap_is_said_by_choice_and_opens_a_way_to_talk() -> None:
    told = compared()
    say(told, DGSN, "talk", {"count": 2, "kinds": ["place_and_time"]})
    summary = KIND.summary(told.state)
    assert (summary.stage, summary.turn, KIND.tasks(told.state, DGPN)) == ("overlap", (DGPN,), (Task.TALK,))
    say(told, DGPN, "settle", {"outcome": "moved"})
    summary = KIND.summary(told.state)
    assert (summary.stage, summary.turn, summary.closed) == ("settled", (), True)


@pytest.mark.parametrize("type", ["talk", "ask"])
def test_there_is_nothing_to_talk_about_before_a_round(type: str) -> None:
    told = begun()
    with pytest.raises(Refusal, match="not_announced"):
        told.coded(DGSN, type, {"count": 1})
    if type == "talk":
        assert reason(told.say_as_is(DGSN, "talk", {"count": 1, "round": 1})) == Reason.NOT_ANNOUNCED


def test_a_log_tallies_each_agencys_lines_and_closes_by_its_opener() -> None:
    told = log_opened()
    lines: list[tuple[AgencyCode, int]] = [(DGSN, 3), (DGPN, 2), (DGSN, -1)]
    for author, number in lines:
        say(told, author, "line", {"at": START, "category": "apprehension", "number": number})
    assert [(one.agency, one.lines, one.sum) for one in told.state.tallies] == [(DGPN, 1, 2), (DGSN, 2, 2)]
    assert reason(told.say_as_is(DGPN, "close")) == Reason.NOT_THE_LEAD
    assert reason(told.say_as_is(DGST, "line", {"at": 1, "category": "media"})) == Reason.OBSERVER
    say(told, DGSN, "close")
    assert reason(told.say_as_is(DGSN, "close")) == Reason.ALREADY_SAID
    say(told, DGPN, "line", {"at": START, "category": "search"})  # late lines count
    other = Telling("action_log", (DGPN, DGSN, DGST))
    assert (
        reason(other.say_as_is(DGST, "open", {"lead": DGSN, "operation": OPERATION, "area": "drugs", "observers": [DGST]}))
        == Reason.OBSERVER
    )
    for agency, type in ((DGPN, "close"), (DGST, "line")):
        with pytest.raises(Refusal):
            told.coded(agency, type, {"at": 1, "category": "media"} if type == "line" else {})
