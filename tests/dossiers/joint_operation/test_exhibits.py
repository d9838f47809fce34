# SPDX-License-Identifier: EUPL-1.2
"""An exhibit is in one pair of hands at a time, by a chain of words that name each other; its use in court is asked for."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from amana.dossiers.exhibit.state import custody, held_now, may_use_in_court
from amana.dossiers.kind import Reason
from amana.dossiers.registry import KINDS
from amana.dossiers.tasks import Task
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode
from tests.dossiers.joint_operation.stories import EXHIBIT, registered, say
from tests.dossiers.telling import DGPN, DGSN, DGST, START, Telling, reason

KIND = KINDS["exhibit"]
TO_PARIS: dict[str, Any] = {"at": START, "to": DGPN}


def test_custody_passes_when_it_is_received_and_not_when_it_is_sent() -> None:
    told = registered()
    assert (held_now(told.state).agency, KIND.summary(told.state).stage) == (DGSN, "held")
    say(told, DGSN, "transfer", TO_PARIS)
    held = held_now(told.state)
    assert (held.agency, held.on_the_way is not None, KIND.tasks(told.state, DGPN)) == (DGSN, True, (Task.RECEIVE,))
    say(told, DGPN, "receive", {"at": START, "broken": True})
    assert held_now(told.state).agency == DGPN
    assert [(one.author, one.to, one.broken) for one in custody(told.state)] == [(DGSN, DGPN, True)]
    say(told, DGPN, "transfer", {"at": START, "to": DGSN})
    say(told, DGSN, "decline")
    assert held_now(told.state).agency == DGPN
    say(told, DGPN, "dispose", {"at": START, "outcome": "to_court"})
    assert (held_now(told.state).agency, KIND.summary(told.state).stage) == (None, "disposed")
    with pytest.raises(Refusal, match="disposed"):
        told.coded(DGPN, "transfer", TO_PARIS)


def test_who_does_not_hold_it_hands_nothing_over_and_no_link_is_used_twice() -> None:
    told = registered()
    opening = told.facts[0].id.hex()
    assert reason(told.say_as_is(DGPN, "transfer", {"at": 1, "to": DGSN, "held_by": opening})) == Reason.NOT_THE_HOLDER
    say(told, DGSN, "transfer", TO_PARIS)
    assert reason(told.say_as_is(DGSN, "transfer", {**TO_PARIS, "held_by": opening})) == Reason.NOT_THE_HOLDER
    assert reason(told.say_as_is(DGSN, "dispose", {"at": 1, "outcome": "returned", "held_by": opening})) == Reason.NOT_THE_HOLDER
    transfer = told.state.handovers[0].id.hex()
    assert reason(told.say_as_is(DGSN, "receive", {"at": 1, "transfer": transfer})) == Reason.NOT_ASKED_OF_YOU
    assert reason(told.say_as_is(DGPN, "receive", {"at": 1, "transfer": opening})) == Reason.NO_SUCH_TRANSFER
    say(told, DGPN, "receive", {"at": START})
    assert reason(told.say_as_is(DGPN, "decline", {"transfer": transfer})) == Reason.ALREADY_SAID


@pytest.mark.parametrize("to", [DGSN, DGST, "es.cnp"])
def test_it_is_handed_over_to_another_party_that_does_not_only_look_on(to: str) -> None:
    told = registered()
    coded = {"at": 1, "to": to, "held_by": told.facts[0].id.hex()}
    assert reason(told.say_as_is(DGSN, "transfer", coded)) == Reason.NOT_A_RECEIVER


def test_use_in_court_is_asked_of_who_registered_it_and_may_be_taken_back() -> None:
    told = registered()
    request = say(told, DGPN, "court_request")
    assert (may_use_in_court(told.state, DGPN, 0), may_use_in_court(told.state, DGSN, 0)) == (False, True)
    assert KIND.tasks(told.state, DGSN) == (Task.PERMISSION_ANSWER,)
    assert reason(told.say_as_is(DGPN, "court_grant", {"request": request})) == Reason.NOT_ASKED_OF_YOU
    assert reason(told.say_as_is(DGSN, "court_grant", {"request": told.facts[0].id.hex()})) == Reason.NO_SUCH_REQUEST
    say(told, DGSN, "court_grant", {"ends": START})
    assert (may_use_in_court(told.state, DGPN, START - 1), may_use_in_court(told.state, DGPN, START)) == (True, False)
    assert reason(told.say_as_is(DGSN, "court_grant", {"request": request})) == Reason.ALREADY_SAID
    say(told, DGSN, "court_refuse", {"code": "authorisation_refused"})
    assert not may_use_in_court(told.state, DGPN, 0)
    assert reason(told.say_as_is(DGSN, "court_request")) == Reason.NOT_ASKED_OF_YOU


@pytest.mark.parametrize("wrong", [{"type": "apprehension", "substance": None}, {"currency": "EUR"}, {"type": "device"}])
def test_what_is_no_thing_or_in_the_wrong_unit_is_no_exhibit(wrong: dict[str, Any]) -> None:
    told = Telling("exhibit", (DGPN, DGSN, DGST))
    coded = {name: value for name, value in {**EXHIBIT, "unit": "gram", **wrong}.items() if value is not None}
    assert reason(told.say_as_is(DGSN, "register", coded)) == Reason.UNIT_DIFFERS


def test_who_only_looks_on_says_nothing_of_it() -> None:
    told = registered()
    assert reason(told.say_as_is(DGST, "examine", {"at": 1})) == Reason.OBSERVER
    with pytest.raises(Refusal, match="observer"):
        told.coded(DGST, "examine", {"at": 1})
    other = Telling("exhibit", (DGPN, DGSN, DGST))
    assert reason(other.say_as_is(DGST, "register", EXHIBIT)) == Reason.OBSERVER


def test_each_author_has_bounds_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MAX_HANDOVERS", "MAX_REQUESTS"):
        monkeypatch.setattr(f"amana.dossiers.exhibit.rules.{name}", 0)
    told = registered()
    assert reason(told.say(DGSN, "transfer", TO_PARIS)) == Reason.TOO_MANY_OPEN
    assert reason(told.say(DGPN, "court_request")) == Reason.TOO_MANY_OPEN


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_said_the_chain_has_no_forks_and_one_agency_holds_it(seed: int) -> None:
    rng = random.Random(seed)
    told = registered()
    holders: list[AgencyCode] = [DGSN]
    for _ in range(30):
        author: AgencyCode = rng.choice((DGSN, DGPN))
        link = rng.choice(told.facts).id.hex()
        to = rng.choice((DGSN, DGPN))
        words: dict[str, dict[str, Any]] = {
            "transfer": {"at": 1, "to": to, "held_by": link},
            "receive": {"at": 1, "transfer": link},
            "decline": {"transfer": link},
        }
        type, coded = rng.choice(list(words.items()))
        if told.say_as_is(author, type, coded) is None and type == "receive":
            holders.append(author)
        assert held_now(told.state).agency == holders[-1]
        assert all(one.author != other.author for one, other in itertools.pairwise(one for one in custody(told.state) if one.received))
