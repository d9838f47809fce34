# SPDX-License-Identifier: EUPL-1.2
"""Notices: told to all, taken note of, brought up to date, taken back, run out."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.fold import summary_of
from amana.dossiers.information_request.state import expired, overdue
from amana.dossiers.kind import Reason, Summary
from amana.dossiers.shared.vocabulary import NoticeType, Usefulness
from amana.protocol.identifiers import Millis
from tests.dossiers.information_request.stories import NOTICE, THREE, after, asked, delivered, noticed, slot
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling, reason


def summary(told: Telling) -> Summary:
    assert told.cursor is not None
    return summary_of(told.cursor)


@pytest.mark.parametrize("type", list(NoticeType))
def test_every_type_of_notice_opens(type: NoticeType) -> None:
    assert noticed(type=type.value).state.notice == type


@pytest.mark.parametrize(("expires", "expected"), [(START, Reason.EXPIRES_IN_THE_PAST), (START + 1, "")])
def test_a_notice_expires_after_it_is_made(expires: int, expected: str) -> None:
    assert reason(Telling("information_request").say(DGSN, "notice", {**NOTICE, "expires": expires})) == expected


def test_a_notice_is_sent_delivered_and_taken_note_of() -> None:
    told = noticed(THREE)
    assert (summary(told).stage, summary(told).turn) == ("sent", (DGPN, DGST))
    delivered(told, DGPN)
    assert summary(told).stage == "sent"
    delivered(told, DGST)
    assert summary(told).stage == "delivered"
    after(told, (DGPN, "acknowledge"), (DGST, "acknowledge"))
    assert (summary(told).stage, summary(told).turn) == ("acknowledged", ())
    assert overdue(told.state, Millis(2**50)) == ()


@pytest.mark.parametrize(
    ("author", "word", "given", "expected"),
    [
        (DGPN, "acknowledge", {}, ""),
        (DGSN, "acknowledge", {}, Reason.NOT_A_RECEIVER),
        (DGPN, "answer", {"outcome": "provided"}, Reason.ONLY_IN_REQUESTS),
        (DGPN, "pause", {"code": "judicial_authorisation"}, Reason.ONLY_IN_REQUESTS),
        (DGSN, "withdraw", {"code": "other"}, Reason.ONLY_IN_REQUESTS),
        (DGSN, "reminder", {}, Reason.ONLY_IN_REQUESTS),
        (DGPN, "rate", {"usefulness": "useful"}, ""),
        (DGSN, "rate", {"usefulness": "useful"}, Reason.NOT_A_RECEIVER),
        (DGSN, "update", {"expires": START + 2000 * HOUR}, ""),
        (DGPN, "update", {"expires": START + 2000 * HOUR}, Reason.NOT_THE_AUTHOR),
        (DGSN, "update", {"expires": START}, Reason.EXPIRES_IN_THE_PAST),
        (DGSN, "cancel", {"code": "found"}, ""),
        (DGPN, "cancel", {"code": "found"}, Reason.NOT_THE_AUTHOR),
        (DGPN, "supplement", {}, ""),
    ],
)
def test_each_word_on_a_notice_counts_or_is_refused(author: Any, word: str, given: dict[str, Any], expected: str) -> None:
    assert reason(noticed().say_as_is(author, word, given)) == expected


@pytest.mark.parametrize(("word", "given"), [("cancel", {"code": "found"}), ("update", {"expires": START + 2000 * HOUR})])
def test_a_cancelled_notice_stays_cancelled(word: str, given: dict[str, Any]) -> None:
    told = after(noticed(), (DGSN, "cancel", {"code": "found"}))
    assert reason(told.say_as_is(DGSN, word, given)) == Reason.ALREADY_SAID
    assert told.say_as_is(DGPN, "acknowledge") is None
    assert summary(told) == Summary(stage="cancelled", area="missing_persons", closed=True)


def test_an_update_moves_the_expiry() -> None:
    told = after(noticed(), (DGSN, "update", {"expires": START + 2000 * HOUR}))
    assert not expired(told.state, Millis(START + 1500 * HOUR))
    assert expired(told.state, Millis(START + 2000 * HOUR))


def test_a_request_does_not_expire() -> None:
    assert not expired(asked().state, Millis(2**50))


def test_a_receivers_last_rating_counts() -> None:
    told = after(noticed(), (DGPN, "rate", {"usefulness": "too_early_to_say"}), (DGPN, "rate", {"usefulness": "decisive"}))
    assert slot(told).usefulness is Usefulness.DECISIVE
