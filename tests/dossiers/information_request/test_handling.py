# SPDX-License-Identifier: EUPL-1.2
"""Recalls, permissions, translations and corrections of single entries."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.information_request.state import grants
from amana.dossiers.kind import Reason
from amana.dossiers.shared.vocabulary import RecallAnswerCode
from amana.protocol.identifiers import Millis
from tests.dossiers.information_request.stories import THREE, after, asked, delivered
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling, entry, reason


def answered(parties: tuple[Any, ...] = THREE) -> tuple[Telling, str]:
    """A request that DGPN has answered, and the id of the answer."""
    told = after(delivered(asked(parties)), (DGPN, "answer"))
    return told, told.last


def test_a_recall_gathers_what_each_holder_declares() -> None:
    told, answer = answered()
    assert told.say(DGPN, "recall_request", {"entry": answer, "code": "incorrect"}) is None
    recall = told.last
    assert reason(told.say(DGPN, "recall_request", {"entry": answer, "code": "incorrect"})) == Reason.ALREADY_SAID
    assert told.say(DGSN, "recall_answer", {"code": "retained_by_law"}) is None
    assert told.say_as_is(DGSN, "recall_answer", {"recall": recall, "code": "erased"}) is None
    assert told.say(DGST, "recall_answer", {"code": "not_held"}) is None
    answers = {held.agency: held.code for held in told.state.recalls[0].answers}
    assert answers == {DGSN: RecallAnswerCode.ERASED, DGST: RecallAnswerCode.NOT_HELD}


@pytest.mark.parametrize(
    ("author", "recall", "expected"),
    [(DGSN, "", ""), (DGPN, "", Reason.NOT_ASKED_OF_YOU), (DGSN, "opening", Reason.NO_SUCH_REQUEST)],
)
def test_a_recall_is_answered_by_those_who_were_asked(author: Any, recall: str, expected: str) -> None:
    told, answer = answered()
    told.say(DGPN, "recall_request", {"entry": answer, "code": "incorrect"})
    named = told.facts[0].id.hex() if recall else told.last
    assert reason(told.say_as_is(author, "recall_answer", {"recall": named, "code": "erased"})) == expected


def test_a_recall_that_all_have_answered_makes_room_for_another() -> None:
    told, answer = answered((DGPN, DGSN))
    for number in range(64):
        told.say_as_is(DGPN, "supplement")
        assert told.say(DGPN, "recall_request", {"entry": told.last, "code": "incorrect"}) is None, number
    first = told.state.recalls[0].recall.hex()
    assert reason(told.say(DGPN, "recall_request", {"entry": answer, "code": "incorrect"}, after=(bytes.fromhex(answer),)))
    assert told.say_as_is(DGSN, "recall_answer", {"recall": first, "code": "erased"}, after=(bytes.fromhex(first),)) is None
    assert told.say(DGPN, "recall_request", {"entry": answer, "code": "incorrect"}, after=(bytes.fromhex(answer),)) is None


PERMISSION: dict[str, Any] = {"reuse": "onward_sharing", "agencies": ["es.cnp", "pt.pj"], "originator": "fr.dgpn"}


def wanting() -> tuple[Telling, str, str]:
    """DGSN wants to pass DGPN's answer on to two others."""
    told, answer = answered()
    assert told.say(DGSN, "permission_request", {**PERMISSION, "entry": answer}) is None
    return told, answer, told.last


def test_a_grant_may_be_narrower_than_what_was_asked() -> None:
    told, answer, _ = wanting()
    assert told.say(DGPN, "permission_grant", {"agencies": ["es.cnp"], "ends": START + 100 * HOUR}) is None
    (granted,) = grants(told.state, Millis(START))
    assert (granted.entry.hex(), granted.agencies) == (answer, ("es.cnp",))
    assert grants(told.state, Millis(START + 100 * HOUR)) == ()


@pytest.mark.parametrize(
    ("author", "changes", "expected"),
    [
        (DGPN, {}, ""),
        (DGST, {}, Reason.NOT_ASKED_OF_YOU),
        (DGPN, {"agencies": ["int.interpol"]}, Reason.NO_SUCH_REQUEST),
        (DGPN, {"reuse": "court"}, Reason.NO_SUCH_REQUEST),
        (DGPN, {"entry": "opening"}, Reason.NO_SUCH_REQUEST),
        (DGPN, {"request": "opening"}, Reason.NO_SUCH_REQUEST),
    ],
)
def test_only_the_originator_grants_and_only_what_was_asked(author: Any, changes: dict[str, Any], expected: str) -> None:
    told, answer, request = wanting()
    usual = {"entry": answer, "request": request, "reuse": "onward_sharing", "agencies": ["es.cnp"]}
    changes = {name: told.facts[0].id.hex() if value == "opening" else value for name, value in changes.items()}
    assert reason(told.say_as_is(author, "permission_grant", {**usual, **changes})) == expected


def test_a_permission_is_granted_once_and_may_be_taken_back() -> None:
    told, _, request = wanting()
    told.say(DGPN, "permission_grant")
    grant = {"entry": told.state.permissions[0].entry.hex(), "request": request, "reuse": "onward_sharing"}
    assert reason(told.say_as_is(DGPN, "permission_grant", grant)) == Reason.ALREADY_SAID
    assert reason(told.say_as_is(DGST, "permission_refuse", {"request": request, "code": "other"})) == Reason.NOT_ASKED_OF_YOU
    assert told.say_as_is(DGPN, "permission_refuse", {"request": request, "code": "other"}) is None
    assert grants(told.state, Millis(START)) == ()
    assert reason(told.say_as_is(DGPN, "permission_refuse", {"request": request, "code": "other"})) == Reason.NO_SUCH_REQUEST


def test_a_recall_overtakes_what_was_granted_and_bars_what_is_asked() -> None:
    told, answer, _ = wanting()
    told.say(DGPN, "permission_grant")
    told.say(DGPN, "recall_request", {"entry": answer, "code": "source_protection"})
    assert told.state.permissions == ()
    assert reason(told.say_as_is(DGSN, "permission_request", {**PERMISSION, "entry": answer})) == Reason.RECALLED


def test_a_recall_by_another_agency_takes_nothing_away() -> None:
    told, answer, _ = wanting()
    told.say(DGPN, "permission_grant")
    told.say(DGST, "recall_request", {"entry": answer, "code": "source_protection"})
    assert len(grants(told.state, Millis(START))) == 1


@pytest.mark.parametrize(
    ("originator", "expected"), [("fr.dgpn", ""), ("ma.dgsn", Reason.NOT_ASKED_OF_YOU), ("es.cnp", Reason.NOT_ASKED_OF_YOU)]
)
def test_permission_is_asked_of_another_party(originator: str, expected: str) -> None:
    told, answer = answered()
    given = {**PERMISSION, "entry": answer, "originator": originator}
    assert reason(told.say_as_is(DGSN, "permission_request", given)) == expected


def test_a_translation_answers_the_request_it_names() -> None:
    told, answer = answered()
    asked_for = {"entry": answer, "language": "ar", "kind": "certified"}
    assert told.say(DGSN, "translation_request", asked_for) is None
    request = told.last
    assert told.say(DGPN, "translation", {**asked_for, "kind": "working"}) is None
    assert len(told.state.translations) == 1
    assert told.say(DGPN, "translation", {**asked_for, "request": request}) is None
    assert told.state.translations == ()


@pytest.mark.parametrize("type", ["translation_request", "permission_request"])
def test_what_is_open_is_bounded(type: str) -> None:
    told, answer = answered()
    given = {"entry": answer, "language": "ar", "kind": "working"} if type == "translation_request" else {**PERMISSION, "entry": answer}
    named = (bytes.fromhex(answer),)
    assert all(told.say_as_is(DGSN, type, given, after=named) is None for _ in range(64))
    assert reason(told.say_as_is(DGSN, type, given, after=named)) == Reason.TOO_MANY_OPEN


@pytest.mark.parametrize(
    ("type", "given"),
    [
        ("correction", {}),
        ("translation_request", {"language": "ar", "kind": "working"}),
        ("translation", {"language": "ar", "kind": "working"}),
        ("recall_request", {"code": "incorrect"}),
        ("permission_request", PERMISSION),
    ],
)
def test_what_speaks_of_an_entry_names_one_that_its_author_holds(type: str, given: dict[str, Any]) -> None:
    told, answer = answered()
    assert reason(told.say_as_is(DGSN, type, {**given, "entry": entry(1).hex()})) == Reason.NOT_AFTER
    assert told.say_as_is(DGSN, type, {**given, "entry": answer}) is None
