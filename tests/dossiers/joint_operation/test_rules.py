# SPDX-License-Identifier: EUPL-1.2
"""Joint operations rule by rule: what each word does, every refusal once, phases and gates, and how results are counted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from amana.dossiers.dated import DatedKind
from amana.dossiers.joint_operation.counting import counted, doubles, totals
from amana.dossiers.joint_operation.phases import held_up, in_a_circle, missing, phase_of
from amana.dossiers.joint_operation.plan import governing, plan_in_force
from amana.dossiers.joint_operation.state import role_of
from amana.dossiers.kind import Reason
from amana.dossiers.registry import KINDS
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode
from tests.dossiers.joint_operation.stories import (
    DAY,
    OPENING,
    POINT,
    SIX,
    approved,
    in_action,
    planned,
    prepared,
    proposed,
    say,
    with_results,
)
from tests.dossiers.telling import DGPN, DGSN, DGST, START, Telling, entry, reason

KIND = KINDS["joint_operation"]


def gates(told: Telling) -> list[tuple[str, tuple[AgencyCode, ...]]]:
    return [(one.gate.value, one.of) for one in missing(told.state)]


def tasks(told: Telling, agency: AgencyCode) -> tuple[Task, ...]:
    return KIND.tasks(told.state, agency)


def test_an_operation_goes_from_proposal_to_evaluation_and_each_gate_says_what_is_missing() -> None:
    told = proposed()
    assert KIND.summary(told.state).stage == "proposed"
    assert gates(told) == [
        ("plan", (DGPN, DGSN)),
        ("basis", (DGPN, DGSN)),
        ("contact", (DGPN, DGSN)),
        ("ready", (DGPN, DGSN)),
        ("start", (DGSN,)),
    ]
    told = approved()
    assert (phase_of(told.state), gates(told)[0][0]) == ("agreed", "basis")
    told = prepared()
    assert (phase_of(told.state), gates(told)) == ("preparation", [("start", (DGSN,))])
    assert (tasks(told, DGSN), tasks(told, DGPN)) == ((Task.START,), ())
    say(told, DGSN, "start")
    assert (phase_of(told.state), gates(told)) == ("action", [("stop", (DGSN,))])
    say(told, DGSN, "stop")
    assert (phase_of(told.state), tasks(told, DGSN)) == ("exploitation", (Task.CLOSE,))
    say(told, DGSN, "close")
    assert (phase_of(told.state), gates(told)) == ("closed", [("evaluation", (DGPN, DGSN))])
    for agency in (DGSN, DGPN):
        assert tasks(told, agency) == (Task.EVALUATE,)
        say(told, agency, "evaluate", {"marks": [{"criterion": "results", "mark": 4}]})
    summary = KIND.summary(told.state)
    assert (summary.stage, summary.turn, summary.closed, gates(told)) == ("evaluated", (), True, [])


def test_who_only_looks_on_is_waited_for_by_nobody_and_says_nothing_but_that_it_leaves() -> None:
    told = prepared()
    assert role_of(told.state, DGST) == "observer"
    assert reason(told.say_as_is(DGST, "ready")) == Reason.OBSERVER
    with pytest.raises(Refusal, match="observer"):
        told.coded(DGST, "task", {})
    assert told.say(DGST, "leave") is None
    assert KIND.departed(told.state) == {DGST}
    assert reason(told.say_as_is(DGST, "leave")) in (Reason.LEFT, Reason.NOT_TO_ALL)


def test_an_amendment_takes_effect_when_all_approve_it_and_not_before() -> None:
    told = in_action()
    first = plan_in_force(told.state)
    say(told, DGPN, "plan_point", {"part": "contingency", "language": "fr"})
    say(told, DGSN, "agree")
    say(told, DGPN, "approve", {"starts": START + 30 * DAY, "ends": START + 31 * DAY})
    assert plan_in_force(told.state) == first
    assert (phase_of(told.state), tasks(told, DGSN)) == ("action", (Task.APPROVE,))
    say(told, DGSN, "approve")
    plan = plan_in_force(told.state)
    assert plan is not None
    assert (plan.window.version, plan.window.starts, len(plan.bound.versions)) == (2, START + 30 * DAY, 3)
    assert phase_of(told.state) == "action"


def test_who_takes_the_approval_of_the_amendment_back_halts_the_action_and_brings_no_earlier_plan_back() -> None:
    told = in_action()
    say(told, DGPN, "plan_point", {"part": "contingency", "language": "fr"})
    say(told, DGSN, "agree")
    for agency in (DGPN, DGSN):
        say(told, agency, "approve")
    say(told, DGPN, "withdraw_approval")
    assert plan_in_force(told.state) is None
    held = governing(told.state)
    assert held is not None
    assert held.window.version == 2
    assert (phase_of(told.state), gates(told)[0]) == ("halted", ("plan", (DGPN,)))
    say(told, DGPN, "approve", {"hash": held.bound.hash.hex(), "version": 2})
    assert phase_of(told.state) == "action"


def test_who_is_no_longer_ready_halts_the_action() -> None:
    told = in_action()
    say(told, DGPN, "ready", {"withdrawn": True})
    assert (phase_of(told.state), gates(told)) == ("halted", [("ready", (DGPN,))])
    say(told, DGPN, "ready")
    assert phase_of(told.state) == "action"


def test_a_party_that_leaves_holds_nothing_up_and_the_lead_stays() -> None:
    told = planned()
    say(told, DGSN, "approve")
    say(told, DGPN, "leave")
    assert plan_in_force(told.state) is not None
    assert reason(told.say_as_is(DGSN, "leave", audience={DGST})) == Reason.NOT_AT_THIS_STAGE


def test_an_approval_that_comes_after_another_has_gone_on_brings_no_plan_into_force() -> None:
    told = planned()
    say(told, DGSN, "approve")
    first = told.facts[-1].header.coded
    say(told, DGSN, "plan_point", {"part": "media", "language": "fr"})
    say(told, DGPN, "agree")
    say(told, DGSN, "approve")
    assert told.hear(told.header(DGPN, "approve", first)) is None
    assert (plan_in_force(told.state), phase_of(told.state)) == (None, "proposed")
    say(told, DGPN, "approve")
    plan = plan_in_force(told.state)
    assert plan is not None
    assert plan.window.version == 2


def test_tasks_wait_for_each_other_and_a_circle_is_shown() -> None:
    told = approved()
    first = say(told, DGSN, "task", {"owner": DGPN, "due": START + DAY})
    second = say(told, DGSN, "task", {"owner": DGSN, "due": START + 2 * DAY, "needs": [first]})
    assert [(one.id.hex(), [need.id.hex() for need in needs]) for one, needs in held_up(told.state).items()] == [(second, [first])]
    assert in_a_circle(told.state) == ()
    say(told, DGSN, "task", {"task": first, "needs": [second]})
    assert {one.id.hex() for one in in_a_circle(told.state)} == {first, second}
    say(told, DGPN, "progress", {"task": first, "state": "dropped"})
    assert in_a_circle(told.state) == ()
    assert Task.CARRY_OUT in tasks(told, DGSN)
    assert Task.CARRY_OUT not in tasks(told, DGPN)


def test_only_the_owners_word_on_a_task_counts_also_after_it_has_changed_hands() -> None:
    told = approved()
    task = say(told, DGSN, "task", {"owner": DGPN})
    say(told, DGSN, "progress", {"task": task, "state": "done"})
    assert Task.CARRY_OUT in tasks(told, DGPN)
    say(told, DGSN, "task", {"task": task, "owner": DGSN})
    assert Task.CARRY_OUT not in tasks(told, DGSN)


def test_the_action_and_own_tasks_stand_in_calendars() -> None:
    told = approved()
    say(told, DGSN, "task", {"owner": DGPN, "due": START + DAY})
    assert [(one.kind, one.starts) for one in KIND.dates(told.state, DGPN)] == [
        (DatedKind.ACTION, OPENING["starts"]),
        (DatedKind.DUE, START + DAY),
    ]
    assert [one.kind for one in KIND.dates(told.state, DGSN)] == [DatedKind.ACTION]
    assert KIND.summary(told.state).due == START + DAY


def result(told: Telling, author: AgencyCode, **said: Any) -> str:
    return say(told, author, "result", {"at": START, "type": "drugs", "substance": "cannabis_resin", "amount": 1000, **said})


def figures(told: Telling) -> list[tuple[str, int, int]]:
    return [(one.type.value, one.amount, one.said) for one in totals(told.state)]


def test_one_seizure_that_two_agencies_report_counts_once_by_its_exhibit() -> None:
    told = in_action()
    exhibit = entry(900).hex()
    first = result(told, DGSN, exhibit=exhibit)
    result(told, DGPN, exhibit=exhibit, amount=990)
    assert figures(told) == [("drugs", 1000, 1990)]
    assert [one.same_as.hex() for one in counted(told.state)] == ["", first]
    assert totals(told.state)[0].by_agency == ((DGSN, 1000),)


def test_what_looks_alike_is_shown_until_one_of_its_authors_says_whether_it_is_one() -> None:
    told = in_action()
    first, second = result(told, DGSN), result(told, DGPN, amount=900)
    assert [(one.id.hex(), other.id.hex()) for one, other in doubles(told.state)] in ([(first, second)], [(second, first)])
    say(told, DGSN, "stop")
    assert ("doubles", (DGPN, DGSN)) in gates(told)
    with pytest.raises(Refusal, match="operation_not_prepared"):
        told.coded(DGSN, "close", {})
    say(told, DGPN, "compare", {"same": True})
    assert (figures(told), doubles(told.state)) == ([("drugs", 1000, 1900)], ())
    say(told, DGPN, "compare", {"first": second, "second": first, "same": False})
    assert (figures(told), doubles(told.state)) == ([("drugs", 1900, 1900)], ())
    say(told, DGSN, "compare", {"first": first, "second": second, "same": True})
    assert figures(told) == [("drugs", 1000, 1900)]  # one of its authors is enough: nothing is counted twice


def test_what_a_third_says_of_two_results_makes_them_neither_one_nor_two() -> None:
    told = Telling("joint_operation", SIX)
    assert told.say(DGSN, "propose", {**OPENING, "observers": []}) is None
    first, second = result(told, DGSN), result(told, DGPN)
    say(told, DGST, "compare", {"first": first, "second": second, "same": True})
    assert figures(told) == [("drugs", 2000, 2000)]
    assert doubles(told.state)


@pytest.mark.parametrize("other", [{"at": START + 2 * DAY}, {"amount": 700}, {"substance": "heroin"}])
def test_what_is_not_alike_is_no_double(other: dict[str, Any]) -> None:
    told = in_action()
    result(told, DGSN)
    result(told, DGPN, **other)
    assert doubles(told.state) == ()


def test_results_are_corrected_and_struck_by_their_author_and_money_is_summed_by_currency() -> None:
    told = with_results()
    money = {"at": START, "type": "money", "amount": 250_000, "currency": "MAD"}
    id = say(told, DGSN, "result", money)
    say(told, DGPN, "result", {**money, "currency": "EUR"})
    say(told, DGSN, "result", {"result": id, "amount": 260_000})
    assert [(one.currency, one.amount) for one in totals(told.state)] == [("", 5), ("EUR", 250_000), ("MAD", 260_000)]
    say(told, DGSN, "result", {"result": id, "struck": True})
    assert [one.currency for one in totals(told.state)] == ["", "EUR"]
    assert reason(told.say_as_is(DGPN, "result", {**money, "unit": "money", "result": id})) == Reason.NO_SUCH_RESULT


REFUSED: list[tuple[str, AgencyCode, str, dict[str, Any], Reason]] = [
    (
        "2",
        DGSN,
        "approve",
        {"starts": 5, "ends": 1, "version": 2, "hash": "00" * 32, "versions": ["00" * 32]},
        Reason.ENDS_BEFORE_IT_STARTS,
    ),
    ("1", DGPN, "stop", {}, Reason.NOT_THE_LEAD),
    ("7", DGPN, "approve", {"starts": 1, "ends": 2, "version": 1, "hash": "00" * 32, "versions": ["00" * 32]}, Reason.WRONG_VERSION),
    ("9", DGSN, "start", {"hash": "00" * 32}, Reason.NOT_APPROVED),
    ("10", DGSN, "stop", {}, Reason.NOT_AT_THIS_STAGE),
    ("11", DGSN, "task", {"due": 1, "owner": "es.cnp"}, Reason.OWNER_NO_PARTY),
    ("11, an observer", DGSN, "task", {"due": 1, "owner": "ma.dgst"}, Reason.OWNER_NO_PARTY),
    ("12", DGSN, "task", {"due": 1, "owner": "ma.dgsn", "task": "11" * 32}, Reason.NO_SUCH_TASK),
    ("12, a need", DGSN, "task", {"due": 1, "owner": "ma.dgsn", "needs": ["11" * 32]}, Reason.NO_SUCH_TASK),
    ("12, of another", DGPN, "progress", {"task": "11" * 32, "state": "done"}, Reason.NO_SUCH_TASK),
    ("2, a task", DGSN, "task", {"due": 1, "starts": 2, "owner": "ma.dgsn"}, Reason.ENDS_BEFORE_IT_STARTS),
    ("13", DGSN, "compare", {"first": "11" * 32, "second": "22" * 32, "same": True}, Reason.NO_SUCH_RESULT),
    ("14", DGSN, "result", {"at": 1, "type": "money", "unit": "money"}, Reason.UNIT_DIFFERS),
    ("14, a substance", DGSN, "result", {"at": 1, "type": "device", "substance": "heroin"}, Reason.UNIT_DIFFERS),
    ("14, a person", DGSN, "result", {"at": 1, "type": "apprehension", "unit": "gram"}, Reason.UNIT_DIFFERS),
]


@pytest.mark.parametrize(("check", "author", "type", "coded", "why"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_breaks_a_rule_is_kept_and_does_not_count(check: str, author: AgencyCode, type: str, coded: Any, why: Reason) -> None:
    told = prepared()
    before, ids = told.state, (told.facts[0].id.hex(), told.facts[1].id.hex())  # entries that there are, of other types
    named = json.loads(json.dumps(coded).replace("11" * 32, ids[0]).replace("22" * 32, ids[1]))
    assert reason(told.say_as_is(author, type, named)) == why, check
    assert told.state == before


@pytest.mark.parametrize(
    ("author", "coded", "why"),
    [
        (DGPN, {"lead": "ma.dgsn"}, Reason.NOT_THE_LEAD),
        (DGSN, {"lead": "ma.dgsn", "ends": 1}, Reason.ENDS_BEFORE_IT_STARTS),
        (DGSN, {"lead": "ma.dgsn", "observers": ["es.cnp"]}, Reason.FOREIGN_AUDIENCE),
    ],
)
def test_an_opening_that_makes_no_operation_is_refused(author: AgencyCode, coded: dict[str, Any], why: Reason) -> None:
    told = Telling("joint_operation", (DGPN, DGSN, DGST))
    assert reason(told.say_as_is(author, "propose", {**OPENING, **coded})) == why


def test_after_the_close_the_lead_says_no_more_and_forms_are_refused() -> None:
    told = with_results()
    say(told, DGSN, "stop")
    say(told, DGSN, "close")
    assert reason(told.say_as_is(DGSN, "close")) == Reason.CLOSED
    with pytest.raises(Refusal, match="closed"):
        told.coded(DGPN, "task", {})
    say(told, DGPN, "result", {"at": START, "type": "device"})  # a late laboratory still counts


def test_each_author_has_bounds_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = "amana.dossiers.joint_operation.rules."
    for name in ("MAX_TASKS", "MAX_RESULTS", "MAX_WORKED", "MAX_COMPARED"):
        monkeypatch.setattr(rules + name, 1)
    told = with_results()
    assert reason(told.say(DGSN, "task", {"owner": DGSN})) == Reason.TOO_MANY_OPEN
    assert told.say(DGPN, "task", {"owner": DGSN}) is None
    assert reason(told.say(DGPN, "progress", {"task": told.last, "state": "done"})) == Reason.TOO_MANY_OPEN
    assert reason(told.say(DGSN, "result", {"at": 1, "type": "device"})) == Reason.TOO_MANY_OPEN


@pytest.mark.parametrize("type", ["start", "close"])
def test_forms_name_what_is_missing(type: str) -> None:
    told = proposed() if type == "start" else in_action()
    with pytest.raises(Refusal) as refused:
        told.coded(DGSN, type, {})
    assert refused.value.code in ("operation_not_prepared", "not_at_this_stage")


def test_a_translation_and_a_new_wording_of_a_point_keep_what_is_not_said() -> None:
    told = proposed()
    point = say(told, DGSN, "plan_point", POINT)
    say(told, DGPN, "translation", {"version": point, "language": "ar"})
    say(told, DGPN, "plan_point", {"clause": point})
    versions = {one.id.hex(): one for one in told.state.plan.versions}
    assert versions[point].replaced
    assert versions[told.last].language == "fr"
