# SPDX-License-Identifier: EUPL-1.2
"""Missions of experts and lines of the directory: what counts by whom, what is offered when, what follows half a year later."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.dated import DatedKind
from amana.dossiers.expertise_mission.rules import MAX_TERMS
from amana.dossiers.expertise_mission.state import agreed, expert_days, follow_up_due, to_accept
from amana.dossiers.fold import summary_of
from amana.dossiers.registry import KINDS
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode
from tests.dossiers.eventful import DAY, EVENT, opened
from tests.dossiers.telling import DGPN, DGSN, DGST, START, Telling, entry, reason

KIND = KINDS["expertise_mission"]
TERMS = {"cost": "shared", "people": 8}
HALF_A_YEAR = 183 * DAY


def mission(**more: Any) -> Telling:
    """Rabat asks Paris for ten experts."""
    return opened("expertise_mission", **more)


def at_terms(author: AgencyCode = DGPN) -> tuple[Telling, str]:
    told = mission()
    assert told.say(author, "terms", TERMS) is None
    return told, told.last


def agreed_on() -> Telling:
    told, terms = at_terms()
    assert told.say(DGSN, "accept", {"terms": terms}) is None
    return told


def completed() -> Telling:
    told = agreed_on()
    assert told.say(DGPN, "complete", {"at": START + DAY, "days": 40, "trained": 3}) is None
    return told


def stage(told: Telling) -> str:
    assert told.cursor is not None
    return summary_of(told.cursor).stage


def refused(told: Telling, author: AgencyCode, type: str, coded: dict[str, Any] | None = None) -> str:
    """The reason for which a node does not even make the entry."""
    with pytest.raises(Refusal) as caught:
        told.say(author, type, coded)
    return str(caught.value.code)


@pytest.mark.parametrize(
    ("type", "coded", "expected"),
    [
        ("terms", {**TERMS, "starts": START, "ends": START - 1}, "ends_before_it_starts"),
        ("accept", {"terms": entry(9).hex()}, "not_after"),
        (
            "request",
            {"area": "drugs", "type": "training", "giver": DGPN, "receiver": DGSN, "people": 1, "starts": 0, "ends": 0},
            "second_opening",
        ),
    ],
)
def test_a_word_that_does_not_fit_changes_nothing(type: str, coded: dict[str, Any], expected: str) -> None:
    told = mission()
    before = told.state
    assert reason(told.say_as_is(DGSN, type, coded)) == expected
    assert told.state == before


def test_an_entry_that_is_no_terms_cannot_be_accepted() -> None:
    told, _ = at_terms()
    assert told.say(DGPN, "team", {"people": 4}) is None
    assert reason(told.say_as_is(DGSN, "accept", {"terms": told.last})) == "no_such_terms"


@pytest.mark.parametrize("again", [DGPN, DGSN])
def test_nobody_accepts_the_same_terms_twice(again: AgencyCode) -> None:
    told, terms = at_terms()
    assert told.say(DGSN, "accept", {"terms": terms}) is None
    assert reason(told.say_as_is(again, "accept", {"terms": terms})) == "already_said"


def test_one_sides_terms_have_a_bound_that_is_its_own() -> None:
    told = mission()
    for _ in range(MAX_TERMS):
        assert told.say(DGPN, "terms", TERMS) is None
    assert reason(told.say(DGPN, "terms", TERMS)) == "too_many_open"
    assert told.say(DGSN, "terms", TERMS) is None


@pytest.mark.parametrize("type", ["team", "start", "report", "complete", "feedback", "follow_up", "terms", "withdraw", "lesson"])
def test_a_third_service_that_reads_along_says_nothing(type: str) -> None:
    assert refused(agreed_on(), DGST, type) == "not_asked_of_you"


def test_terms_that_answer_newer_ones_leave_none_to_accept() -> None:
    told, _ = at_terms()
    assert told.say(DGSN, "terms", {"people": 9}) is None
    assert to_accept(told.state, DGSN) == ()
    assert [one.people for one in to_accept(told.state, DGPN)] == [9]
    assert told.say(DGPN, "accept") is None
    held = agreed(told.state)
    assert held is not None
    assert held.people == 9


@pytest.mark.parametrize("type", ["start", "report", "complete"])
def test_nothing_is_carried_out_before_both_sides_stand_by_the_same_terms(type: str) -> None:
    told, _ = at_terms()
    assert refused(told, DGPN, type) == "no_such_terms"


@pytest.mark.parametrize("type", ["feedback", "follow_up"])
def test_nothing_is_judged_before_it_is_completed(type: str) -> None:
    assert refused(agreed_on(), DGSN, type) == "not_at_this_stage"


@pytest.mark.parametrize("type", ["terms", "decline", "withdraw", "team", "start"])
@pytest.mark.parametrize("author", [DGSN, DGPN])
def test_what_is_completed_is_neither_declined_nor_agreed_anew(author: AgencyCode, type: str) -> None:
    assert refused(completed(), author, type) == "not_at_this_stage"


@pytest.mark.parametrize("author", [DGPN, DGSN])
def test_what_is_completed_is_still_reported_on_and_learnt_from(author: AgencyCode) -> None:
    told = completed()
    if author == DGPN:
        assert told.say(author, "report", {"type": "final", "days": 40}) is None
    else:
        assert told.say(author, "feedback", {"usefulness": "useful"}) is None
    assert told.say(author, "lesson", {}) is None


def test_a_mission_that_was_declined_expects_nothing_of_anybody() -> None:
    told, _ = at_terms()
    assert told.say(DGSN, "decline") is None
    assert stage(told) == "declined"
    assert KIND.tasks(told.state, DGPN) == KIND.tasks(told.state, DGSN) == ()
    assert refused(told, DGPN, "terms") == "closed"


def test_each_stage_has_its_turn() -> None:
    told = mission()
    seen = [(stage(told), KIND.summary(told.state).turn)]
    for author, type, coded in (
        (DGPN, "terms", TERMS),
        (DGSN, "accept", {}),
        (DGPN, "start", {}),
        (DGPN, "complete", {"at": START + DAY, "days": 40}),
        (DGSN, "feedback", {"usefulness": "useful"}),
        (DGSN, "follow_up", {"result": "in_use"}),
    ):
        assert told.say(author, type, coded) is None
        seen.append((stage(told), KIND.summary(told.state).turn))
    assert seen == [
        ("asked", (DGPN,)),
        ("in_negotiation", (DGSN,)),
        ("agreed", (DGPN,)),
        ("under_way", (DGPN,)),
        ("completed", (DGSN,)),
        ("judged", (DGSN,)),
        ("followed_up", ()),
    ]


def test_half_a_year_later_the_receiver_has_a_day_in_its_calendar_and_the_giver_has_none() -> None:
    told = completed()
    due = follow_up_due(told.state)
    assert due == START + DAY + HALF_A_YEAR
    dates = {own: KIND.dates(told.state, own) for own in (DGSN, DGPN)}
    assert [one.kind for one in dates[DGSN]] == [DatedKind.MISSION, DatedKind.DUE]
    assert [one.kind for one in dates[DGPN]] == [DatedKind.MISSION]
    clock = KIND.clock(told.state, DGSN)
    assert clock is not None
    assert clock.due == due
    assert KIND.clock(told.state, DGPN) is None
    assert told.say(DGSN, "feedback", {"usefulness": "useful"}) is None
    assert KIND.tasks(told.state, DGSN) == (Task.FOLLOW_UP,)
    assert KIND.summary(told.state).due == due


def test_a_mission_for_an_exercise_says_so_and_belongs_to_its_event() -> None:
    told = mission(event=EVENT, exercise=True)
    assert told.state.exercise
    assert KIND.summary(told.state).within.hex() == EVENT
    assert not mission().state.exercise


def test_the_days_of_a_mission_are_the_last_that_its_giver_said() -> None:
    told = agreed_on()
    for days in (12, 10):
        assert told.say(DGPN, "report", {"type": "interim", "days": days}) is None
    assert expert_days(told.state) == 10
    assert told.say(DGPN, "complete", {"at": START, "days": 16}) is None
    assert expert_days(told.state) == 16


def test_a_line_of_the_directory_is_revised_whole_withdrawn_and_brought_back() -> None:
    told = opened("expertise", languages=["fr"])
    assert told.say(DGSN, "revise", {"people": 30}) is None
    assert (told.state.people, told.state.languages) == (30, ("fr",))
    assert reason(told.say_as_is(DGSN, "revise", {"area": "drugs", "forms": ["training"], "people": 1, "starts": 2, "ends": 1})) == (
        "ends_before_it_starts"
    )
    assert told.say(DGSN, "withdraw") is None
    assert reason(told.say(DGSN, "withdraw")) == "already_said"
    assert stage(told) == "withdrawn"
    assert told.say(DGSN, "revise", {"people": 5}) is None
    assert stage(told) == "published"
    assert refused(told, DGPN, "revise") == "not_the_author"
