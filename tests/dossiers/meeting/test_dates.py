# SPDX-License-Identifier: EUPL-1.2
"""The days of a meeting: what stands in a calendar, for whom, and what becomes of it when it is moved, struck or called off."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.dated import OPENING, Dated, DatedKind
from amana.dossiers.registry import KINDS
from amana.protocol.identifiers import AgencyCode
from tests.dossiers.meeting.stories import DAY, DECISION, HOURS, THREE, approve, approved, convened, minuted, session_of, sitting
from tests.dossiers.telling import DGPN, DGSN, DGST, HOUR, START, Telling

LATER = {"starts": HOURS["starts"] + DAY, "ends": HOURS["ends"] + DAY}


def dates(told: Telling, own: AgencyCode = DGSN) -> tuple[Dated, ...]:
    """What this agency's calendars hold."""
    return KINDS["meeting"].dates(told.state, own)


def kinds(told: Telling, own: AgencyCode = DGSN) -> list[str]:
    """The same by kind, the called off in brackets."""
    return [f"({one.kind.value})" if one.cancelled else one.kind.value for one in dates(told, own)]


def test_a_visit_has_its_days_and_its_sessions_theirs() -> None:
    visit, session = dates(sitting())
    assert (visit.kind, visit.entry, visit.host, visit.level) == (DatedKind.VISIT, OPENING, DGSN, "joint_committee")
    assert (session.kind, session.starts, session.ends) == (DatedKind.SESSION, HOURS["starts"], HOURS["ends"])


def test_a_meeting_that_stands_alone_has_its_own_hours_until_a_session_has() -> None:
    told = convened(form="meeting")
    assert kinds(told) == ["meeting"]
    told.say(DGSN, "session", HOURS)
    assert kinds(told) == ["session"]
    told.say(DGSN, "session", {"session": session_of(told).hex(), "struck": True, **HOURS})
    assert kinds(told) == ["meeting", "(session)"]


@pytest.mark.parametrize(("type", "entries"), [("session", "session"), ("programme", "item")])
def test_what_is_changed_keeps_its_id_and_has_new_words(type: str, entries: str) -> None:
    told = convened()
    more: dict[str, Any] = {"type": "welcome"} if type == "programme" else {}
    told.say(DGSN, type, {**more, **HOURS})
    first = told.facts[-1].id
    told.say(DGSN, type, {**more, entries: first.hex(), **LATER})
    changed = dates(told)[1]
    assert (changed.entry, changed.worded, changed.starts) == (first, told.facts[-1].id, LATER["starts"])


def test_parts_that_are_sessions_stand_once() -> None:
    told = convened()
    told.say(DGSN, "programme", {"type": "session", **HOURS})
    assert kinds(told) == ["visit", "programme"]
    told.say(DGSN, "session", HOURS)
    assert kinds(told) == ["visit", "session"]


def test_what_is_called_off_stays_as_called_off() -> None:
    told = sitting()
    told.say(DGSN, "programme", {"type": "welcome", **HOURS})
    told.say(DGSN, "action", {"due": START + 30 * DAY})
    told.say(DGSN, "cancel")
    assert kinds(told) == ["(visit)", "(session)", "(programme)"]
    assert all("cancel" in one.changed_by for one in dates(told))


def test_a_decision_is_due_of_its_owner_from_the_last_approval_until_it_is_carried_out() -> None:
    told = minuted()
    approve(told, DGPN)
    assert DatedKind.DUE not in {one.kind for one in dates(told, DGPN)}
    approve(told, DGSN)
    assert kinds(told, DGSN) == ["visit", "session"]
    due = dates(told, DGPN)[-1]
    assert (due.kind, due.type, due.starts, due.area) == (DatedKind.DUE, "decision", DECISION["due"], "drugs")
    told.say(DGPN, "progress", {"of": due.entry.hex(), "state": "in_progress"})
    assert kinds(told, DGPN) == ["visit", "session", "due"]
    told.say(DGPN, "progress", {"of": due.entry.hex(), "state": "done"})
    assert kinds(told, DGPN) == ["visit", "session"]


def test_an_action_is_due_of_who_undertook_it() -> None:
    told = sitting()
    told.say(DGPN, "action", {"due": START + 30 * DAY + HOUR})
    assert (kinds(told, DGPN), kinds(told, DGSN)) == (["visit", "session", "due"], ["visit", "session"])
    told.say(DGPN, "action", {"action": told.last, "due": START, "struck": True})
    assert kinds(told, DGPN) == ["visit", "session"]


def test_who_has_left_has_no_days() -> None:
    told = approved(THREE, owner=DGST)
    assert kinds(told, DGST) == ["visit", "session", "due"]
    told.say(DGST, "leave")
    assert (kinds(told, DGST), kinds(told, DGSN)) == ([], ["visit", "session"])
