# SPDX-License-Identifier: EUPL-1.2
"""Who may say what in the dossiers of an event and of experts, and what is then true: tables of words and their outcome."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.event_day.state import DayState, counts_between, manned, pending, shifts
from amana.dossiers.event_incident.state import awaited, closing, now_held
from amana.dossiers.expertise_mission.state import agreed, expert_days, follow_up_due
from amana.dossiers.good_practice.state import translations_now, used_times
from amana.dossiers.major_event.state import desk_of, erased_on, risk_of, sessions, speaks_for, venues
from amana.dossiers.registry import KINDS
from amana.dossiers.reinforcement.state import contributions, coverage_on
from amana.dossiers.shared.events import CapUrgency, LogCategory, RiskLevel, decide_level
from amana.dossiers.tasks import Task
from amana.protocol.canonical import encode
from amana.protocol.identifiers import AgencyCode
from tests.dossiers.eventful import DAY, OPENING_DAY, opened
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling, entry, reason

PLACE = {"type": "stadium", "latitude": 3_400_000, "longitude": -680_000}
NOWHERE = entry(9).hex()
Word = tuple[AgencyCode, str, dict[str, Any]]

REFUSED: tuple[tuple[str, AgencyCode, str, dict[str, Any], str], ...] = (
    ("major_event", DGPN, "venue", PLACE, "not_the_host"),
    ("major_event", DGSN, "revise", {"starts": START, "ends": START - 1}, "ends_before_it_starts"),
    ("major_event", DGSN, "venue", {**PLACE, "venue": NOWHERE}, "not_after"),
    ("major_event", DGSN, "nation", {"nation": "FR", "desk": "es.cnp"}, "no_such_desk"),
    ("major_event", DGSN, "guest", {"code": DGPN, "nation": "FR"}, "no_such_desk"),
    ("major_event", DGSN, "leave", {}, "not_at_this_stage"),
    ("event_day", DGST, "line", {"at": OPENING_DAY, "category": "fact"}, "observer"),
    ("event_day", DGPN, "line", {"at": OPENING_DAY, "category": "fact", "on_behalf_of": "sn.police"}, "not_the_host"),
    ("event_day", DGPN, "line", {"at": OPENING_DAY + 30 * HOUR, "category": "fact"}, "not_this_day"),
    ("event_day", DGPN, "shift", {"role": "analysis", "starts": START, "ends": START}, "not_the_host"),
    ("event_day", DGPN, "level", {"level": "high"}, "not_the_host"),
    ("event_incident", DGST, "take", {}, "observer"),
    ("event_incident", DGPN, "close", {"outcome": "resolved"}, "not_asked_of_you"),
    ("event_incident", DGPN, "route", {"desks": ["es.cnp"]}, "no_such_desk"),
    ("reinforcement", DGPN, "commit", {"offer": NOWHERE, "number": 1, "starts": START, "ends": START}, "not_after"),
    ("reinforcement", DGPN, "cancel", {}, "not_the_author"),
    ("reinforcement", DGST, "decline", {}, "observer"),
    ("situation_report", DGPN, "withdraw", {}, "not_the_host"),
    ("expertise", DGPN, "withdraw", {}, "not_the_author"),
    ("expertise_mission", DGST, "decline", {"code": "other"}, "not_asked_of_you"),
    ("expertise_mission", DGSN, "start", {"at": START}, "not_the_giver"),
    ("expertise_mission", DGPN, "feedback", {"usefulness": "useful"}, "not_a_receiver"),
    ("expertise_mission", DGPN, "withdraw", {}, "not_the_author"),
    ("good_practice", DGPN, "withdraw", {}, "not_the_author"),
)


@pytest.mark.parametrize(("kind", "author", "type", "coded", "expected"), REFUSED, ids=[f"{k} {t} {r}" for k, _, t, _, r in REFUSED])
def test_a_word_that_breaks_a_rule_is_refused_and_changes_nothing(
    kind: str, author: AgencyCode, type: str, coded: dict[str, Any], expected: str
) -> None:
    told = opened(kind)
    before = told.state
    assert reason(told.say_as_is(author, type, coded)) == expected
    assert told.state == before


@pytest.mark.parametrize(
    ("kind", "opening", "expected"),
    [
        ("major_event", {"ends": START - 1}, "ends_before_it_starts"),
        ("major_event", {"observers": ["es.cnp"]}, "foreign_audience"),
        ("major_event", {"host": DGPN}, "not_the_host"),
        ("event_day", {"host": DGPN}, "not_the_host"),
        ("event_incident", {"desks": ["es.cnp"]}, "no_such_desk"),
        ("event_incident", {"observers": [DGSN]}, "observer"),
        ("event_incident", {"host": DGPN, "on_behalf_of": "sn.police"}, "not_the_host"),
        ("reinforcement", {"host": "es.cnp"}, "host_no_party"),
        ("reinforcement", {"host": DGPN}, "not_the_host"),
        ("expertise_mission", {"giver": DGSN}, "host_no_party"),
        ("expertise_mission", {"giver": DGSN, "receiver": DGPN}, "not_the_giver"),
        ("expertise", {"starts": START, "ends": START - 1}, "ends_before_it_starts"),
        ("situation_report", {"ends": START - 1}, "ends_before_it_starts"),
    ],
)
def test_an_opening_that_breaks_a_rule_bars_its_dossier(kind: str, opening: dict[str, Any], expected: str) -> None:
    from tests.dossiers.eventful import OPENED_BY, OPENINGS

    told = Telling(kind, (DGPN, DGSN, DGST))
    assert reason(told.say(DGSN, OPENED_BY[kind], {**OPENINGS[kind], **opening})) == expected


def test_an_event_is_set_up_by_its_host_and_evaluated_by_all() -> None:
    told = opened("major_event")
    assert told.say(DGSN, "venue", PLACE) is None
    venue = told.last
    assert told.say(DGSN, "session", {"venue": venue, "type": "competition", "starts": START, "ends": START + HOUR}) is None
    marks = {"venue": venue, "day": START, "threat": 3, "vulnerability": 2, "impact": 4}
    assert told.say(DGSN, "risk", marks) is None
    assert told.say(DGSN, "risk", {**marks, "threat": 5}) is None
    assert told.say(DGSN, "guest", {"code": "sn.police", "nation": "SN"}) is None
    assert told.say(DGSN, "nation", {"nation": "SN", "desk": "sn.police", "delegation": 30}) is None
    state = told.state
    risk = risk_of(state, bytes.fromhex(venue), START)
    assert risk is not None
    assert (risk.score, risk.level) == (40, RiskLevel.MODERATE)
    assert (len(venues(state)), len(sessions(state)), desk_of(state, "SN")) == (1, 1, "sn.police")
    assert speaks_for(state, AgencyCode("sn.police")) == DGSN
    assert speaks_for(state, DGPN) == DGPN
    assert KINDS["major_event"].tasks(state, DGPN) == ()
    assert told.say(DGSN, "close") is None
    assert reason(told.say_as_is(DGSN, "venue", PLACE)) == "closed"
    assert KINDS["major_event"].tasks(told.state, DGPN) == (Task.EVALUATE,)
    assert told.say(DGST, "evaluate", {"marks": [{"criterion": "languages", "mark": 4}]}) is None  # an observer judges too
    assert [one.agency for one in told.state.evaluations] == [DGST]


def test_personal_data_of_an_event_goes_when_the_host_said_or_half_a_year_after() -> None:
    assert erased_on(opened("major_event").state) == START + 17 * DAY + 180 * DAY
    assert erased_on(opened("major_event", erase_on=START + 20 * DAY).state) == START + 20 * DAY


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (1, "very_low"),
        (4, "very_low"),
        (5, "low"),
        (15, "low"),
        (27, "moderate"),
        (64, "high"),
        (80, "high"),
        (81, "very_high"),
        (125, "very_high"),
    ],
)
def test_a_risk_has_a_word(score: int, level: str) -> None:
    assert decide_level(score).value == level


def test_a_day_counts_its_lines_and_keeps_none() -> None:
    told = opened("event_day")
    for hour, number in ((9, 100), (9, 50), (10, 7)):
        assert told.say(DGPN, "line", {"at": OPENING_DAY + hour * HOUR, "category": "crowd", "number": number}) is None
    ten = told.last
    assert told.say(DGPN, "line", {"at": OPENING_DAY + 10 * HOUR, "category": "crowd", "number": -2, "corrects": ten}) is None
    state: DayState = told.state
    assert counts_between(state, OPENING_DAY + 9 * HOUR, OPENING_DAY + 10 * HOUR) == {LogCategory.CROWD: (2, 150)}
    assert counts_between(state, OPENING_DAY, OPENING_DAY + DAY) == {LogCategory.CROWD: (4, 155)}
    assert counts_between(state, OPENING_DAY + 11 * HOUR, OPENING_DAY + 12 * HOUR) == {LogCategory.CROWD: (0, 0)}


def test_the_state_of_a_day_is_as_large_after_many_lines_as_after_few() -> None:
    sizes = []
    for count in (20, 400):
        told = opened("event_day")
        for number in range(count):
            told.say(DGPN, "line", {"at": OPENING_DAY + number % 24 * HOUR, "category": list(LogCategory)[number % 13].value, "number": 1})
        sizes.append(len(encode(told.state)))
    assert sizes[1] < sizes[0] * 1.2


def test_a_shift_says_what_it_lacks_and_a_handover_waits_until_it_is_taken() -> None:
    told = opened("event_day")
    told.say(DGSN, "shift", {"role": "interpreters", "needed": 2, "starts": OPENING_DAY, "ends": OPENING_DAY + 12 * HOUR})
    shift = told.last
    told.say(DGPN, "duty", {"shift": shift, "members": 1, "state": "present"})
    told.say(DGSN, "duty", {"shift": shift, "members": 3, "state": "absent"})
    assert manned(told.state, shifts(told.state)[0]) == 1
    told.say(DGSN, "handover", {"role": "interpreters", "shift": shift})
    handover = told.last
    assert [one.id.hex() for one in pending(told.state)] == [handover]
    assert told.say(DGPN, "take_over", {"handover": handover}) is None
    assert pending(told.state) == ()


def test_an_incident_waits_for_its_desks_and_is_closed_by_who_has_it_in_hand() -> None:
    told = opened("event_incident")
    assert KINDS["event_incident"].tasks(told.state, DGPN) == (Task.ACKNOWLEDGE,)
    (desk,) = awaited(told.state)
    assert (desk.desk, desk.due - told.state.reported_at) == (DGPN, HOUR // 4)
    assert told.say(DGPN, "take") is None
    assert told.say(DGPN, "reassess", {"urgency": "future"}) is None
    assert now_held(told.state).urgency is CapUrgency.FUTURE
    assert told.say(DGPN, "close", {"outcome": "unfounded"}) is None
    closed = told.last
    assert closing(told.state) is not None
    assert told.say(DGSN, "reopen", {"close": closed}) is None
    assert closing(told.state) is None
    assert reason(told.say_as_is(DGSN, "reopen", {"close": closed})) == "already_said"


def test_a_need_is_covered_by_what_the_host_commits_and_left_when_it_releases() -> None:
    told = opened("reinforcement")
    assert KINDS["reinforcement"].tasks(told.state, DGPN) == (Task.OFFER,)
    told.say(DGPN, "offer", {"number": 8, "cost": "sender"})
    offer = told.last
    assert KINDS["reinforcement"].tasks(told.state, DGSN) == (Task.COMMIT,)
    assert told.say(DGSN, "commit", {"offer": offer, "number": 6}) is None
    assert KINDS["reinforcement"].tasks(told.state, DGPN) == (Task.DEPLOY,)
    assert told.say(DGPN, "status", {"offer": offer, "status": "operational", "number": 5, "at": START}) is None
    covered = coverage_on(told.state, START + DAY)
    assert (covered.needed, covered.offered, covered.committed, covered.deployed) == (12, 8, 6, 5)
    assert told.say(DGSN, "extend", {"offer": offer, "ends": START + 20 * DAY}) is None
    extend = told.last
    assert told.say(DGPN, "extend_answer", {"extend": extend, "agreed": True}) is None
    assert coverage_on(told.state, START + 19 * DAY).committed == 6
    assert told.say(DGSN, "release", {"offer": offer, "at": START + 18 * DAY}) is None
    assert coverage_on(told.state, START + 19 * DAY).committed == 0  # a release wins over a longer stay
    assert told.say(DGPN, "status", {"offer": offer, "status": "returned", "number": 5, "at": START + 18 * DAY}) is None
    assert KINDS["reinforcement"].summary(told.state).closed
    assert [one.deployed for one in contributions(told.state)] == [0]


def test_a_guest_is_spoken_for_by_the_host_alone() -> None:
    told = opened("reinforcement")
    guest = {"number": 4, "cost": "sender", "on_behalf_of": "sn.police"}
    assert told.say(DGSN, "offer", guest) is None
    assert reason(told.say(DGPN, "offer", guest)) == "not_the_host"
    assert [one.who for one in contributions(told.state)] == ["sn.police"]


def test_a_mission_is_agreed_by_the_id_of_its_terms_judged_and_followed_up() -> None:
    told = opened("expertise_mission")
    assert KINDS["expertise_mission"].tasks(told.state, DGPN) == (Task.ACCEPT,)
    told.say(DGPN, "terms", {"cost": "shared", "people": 8})
    first = told.last
    assert agreed(told.state) is None
    told.say(DGPN, "terms", {"people": 6})
    assert told.say(DGSN, "accept", {"terms": first}) is None
    held = agreed(told.state)
    assert held is not None
    assert held.id.hex() == first
    assert held.people == 8
    assert told.say(DGSN, "accept") is None  # the later terms, without naming them
    assert told.say(DGPN, "start", {"at": START}) is None
    assert told.say(DGPN, "report", {"type": "interim", "days": 20}) is None
    assert expert_days(told.state) == 20
    assert told.say(DGPN, "complete", {"at": START + DAY, "days": 48}) is None
    assert KINDS["expertise_mission"].tasks(told.state, DGSN) == (Task.FEEDBACK,)
    assert told.say(DGSN, "feedback", {"usefulness": "decisive"}) is None
    assert KINDS["expertise_mission"].tasks(told.state, DGSN) == (Task.FOLLOW_UP,)
    assert follow_up_due(told.state) == START + DAY + 183 * DAY
    assert len(KINDS["expertise_mission"].dates(told.state, DGSN)) == 2
    assert told.say(DGSN, "follow_up", {"result": "in_use"}) is None
    assert KINDS["expertise_mission"].summary(told.state).closed


@pytest.mark.parametrize("type", ["expertise", "technical_assistance", "training"])
def test_the_form_of_cooperation_is_that_of_the_mission(type: str) -> None:
    form = KINDS["expertise_mission"].form_of({"type": type})
    assert form is not None
    assert form.value == type


def test_a_note_counts_its_uses_and_an_old_translation_is_of_an_old_text() -> None:
    told = opened("good_practice")
    assert told.say(DGPN, "translation", {"language": "ar"}) is None
    assert set(translations_now(told.state)) == {"ar"}
    for author in (DGPN, DGPN, DGSN):
        assert told.say(author, "used", {"usefulness": "useful"}) is None
    assert used_times(told.state) == 2
    assert told.say(DGSN, "revise") is None
    assert translations_now(told.state) == {}
    assert told.say(DGSN, "withdraw") is None
    assert KINDS["good_practice"].summary(told.state).closed
