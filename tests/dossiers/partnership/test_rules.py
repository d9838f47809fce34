# SPDX-License-Identifier: EUPL-1.2
"""Partnerships: no entry opens them, each partner speaks for itself, either's suspension holds."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.fold import summary_of
from amana.dossiers.kind import Reason
from amana.dossiers.registry import complete
from amana.protocol.errors import Refusal
from tests.dossiers.telling import DGPN, DGSN, Telling, entry, reason

HASH = "ab" * 32


def partners() -> Telling:
    told = Telling("partnership")
    assert told.say(DGSN, "card", {"number": 2, "hash": HASH}) is None
    return told


@pytest.mark.parametrize(
    ("author", "type", "given", "expected"),
    [
        (DGSN, "card", {"number": 3, "hash": HASH}, ""),
        (DGSN, "card", {"number": 2, "hash": HASH}, Reason.CARD_NUMBER_BACK),
        (DGPN, "card", {"number": 1, "hash": HASH}, ""),
        (DGPN, "disposition", {"entry": entry(1).hex(), "code": "unknown_kind"}, ""),
        (DGPN, "suspend", {"code": "security_incident"}, ""),
        (DGPN, "resume", {}, Reason.NOT_SUSPENDED),
        (DGPN, "end_run", {"run": 1, "code": "lost_log"}, ""),
        (DGPN, "introduction", {"agency": "es.cnp", "card": HASH}, ""),
        (DGPN, "introduction", {"agency": "ma.dgsn", "card": HASH}, Reason.SELF_INTRODUCTION),
        (DGPN, "introduction", {"agency": "fr.dgpn", "card": HASH}, Reason.SELF_INTRODUCTION),
    ],
)
def test_each_word_between_partners_counts_or_is_refused(author: Any, type: str, given: dict[str, Any], expected: str) -> None:
    assert reason(partners().say_as_is(author, type, given)) == expected


@pytest.mark.parametrize(
    ("said", "again", "expected"),
    [
        (("suspend", {"code": "breach"}), ("suspend", {"code": "breach"}), Reason.ALREADY_SAID),
        (("suspend", {"code": "breach"}), ("resume", {}), ""),
        (("end_run", {"run": 1, "code": "lost_log"}), ("end_run", {"run": 1, "code": "lost_log"}), Reason.ALREADY_SAID),
        (("end_run", {"run": 1, "code": "lost_log"}), ("end_run", {"run": 2, "code": "lost_log"}), ""),
    ],
)
def test_a_second_word_follows_the_first(said: tuple[str, Any], again: tuple[str, Any], expected: str) -> None:
    told = partners()
    assert told.say_as_is(DGPN, *said) is None
    assert reason(told.say_as_is(DGPN, *again)) == expected


def test_either_suspension_is_shown_and_lifted_by_its_author_alone() -> None:
    told = partners()
    told.say(DGPN, "suspend", {"code": "breach"})
    assert told.cursor is not None
    assert summary_of(told.cursor).stage == "suspended"
    assert reason(told.say_as_is(DGSN, "resume")) == Reason.NOT_SUSPENDED
    told.say(DGPN, "resume")
    assert summary_of(told.cursor).stage == "open"


def test_the_state_keeps_the_latest_and_stays_small() -> None:
    told = partners()
    for number in range(80):
        told.say(DGPN, "disposition", {"entry": entry(number).hex(), "code": "unknown_type"}, after=())
    side = next(side for side in told.state.sides if side.agency == DGPN)
    assert (len(side.disposed), side.disposed[-1].entry) == (64, entry(79))


def test_the_second_introduction_of_an_agency_replaces_the_first() -> None:
    told = partners()
    for card in (HASH, "cd" * 32):
        told.say(DGPN, "introduction", {"agency": "es.cnp", "card": card})
    side = next(side for side in told.state.sides if side.agency == DGPN)
    assert [introduced.card.hex() for introduced in side.introduced] == ["cd" * 32]


@pytest.mark.parametrize(("type", "expected"), [("resume", Reason.NOT_SUSPENDED), ("suspend", Reason.ALREADY_SAID)])
def test_an_author_who_knows_better_is_stopped(type: str, expected: str) -> None:
    told = partners()
    if type == "suspend":
        told.say(DGPN, "suspend", {"code": "breach"})
    with pytest.raises(Refusal) as refused:
        complete("partnership", type, {"code": "breach"}, author=DGPN, state=told.state, agreement=None)
    assert refused.value.code == expected
