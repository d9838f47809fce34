# SPDX-License-Identifier: EUPL-1.2
"""The calendar of one meeting: everything of it, or one event as an invitation; where there is nothing, the dossier."""

from __future__ import annotations

from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]  # it has no types

from amana.protocol.identifiers import EntryId
from tests.compose.pairs import PARIS, RABAT
from tests.web.calendar.visits import Visit, receive, say
from tests.web.conftest import House

NOWHERE = "ab" * 32


@pytest.fixture(scope="module")
def visit(house: House) -> Visit:
    """One that nobody of these tests changes."""
    return receive(house, days=15)


def ask(house: House, dossier: str, event: EntryId | None = None, *, account: str = "chef", code: str = RABAT, language: str = "fr") -> Any:
    """The answer to this officer."""
    query = {"event": event.hex()} if event is not None else {}
    return house.client(account, code).get(f"/{language}/meetings/{dossier}/calendar.ics", query)


def read(answer: Any) -> Any:
    """The calendar as another parser reads it."""
    assert answer.status_code == 200
    return vobject.readOne(answer.content.decode())


def test_a_visit_whole_is_published(house: House, visit: Visit) -> None:
    answer = ask(house, visit.dossier.hex())
    calendar = read(answer)
    assert (calendar.method.value, len(calendar.contents["vevent"])) == ("PUBLISH", 4)
    assert answer["Content-Disposition"].startswith('attachment; filename="MA-DGSN-')
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("code", [RABAT, PARIS])
def test_one_session_is_an_invitation_of_who_receives(house: House, visit: Visit, code: str) -> None:
    calendar = read(ask(house, visit.dossier.hex(), visit.session, code=code))
    seen = calendar.vevent
    assert (calendar.method.value, seen.uid.value) == ("REQUEST", f"{visit.session.hex()}@amana")
    assert (seen.organizer.value, [line.value for line in seen.contents["attendee"]]) == ("invalid:ma.dgsn", ["invalid:fr.dgpn"])


def test_a_session_that_is_struck_is_called_off(house: House) -> None:
    made = receive(house, days=25)
    hours = {"starts": made.starts, "ends": made.starts + 1000}
    say(house, "session", dossier=made.dossier.hex(), coded={"session": made.session.hex(), "struck": True, **hours})
    calendar = read(ask(house, made.dossier.hex(), made.session))
    assert (calendar.method.value, calendar.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert int(calendar.vevent.sequence.value) > 0


def test_a_meeting_that_stands_alone_has_its_own_hours_until_a_session_has(house: House) -> None:
    starts = house.rabat.node.clock.now() + 9_000_000
    coded = {"form": "meeting", "level": "expert", "starts": starts, "ends": starts + 1000}
    made = say(house, "convene", to=[PARIS], title="Réunion", unit="desk", coded=coded).dossier.hex()
    assert read(ask(house, made)).vevent.categories.value == ["réunion"]
    say(house, "session", dossier=made, title="Séance", coded={"starts": starts, "ends": starts + 1000})
    assert read(ask(house, made)).vevent.categories.value == ["séance"]


def test_where_there_is_nothing_it_leads_to_the_dossier(house: House, visit: Visit) -> None:
    for dossier, event in ((house.asked.hex(), None), (visit.dossier.hex(), EntryId(bytes(32)))):
        answer = ask(house, dossier, event)
        assert (answer.status_code, answer["Location"]) == (302, f"/fr/dossiers/{dossier}/")


def test_forbidden_and_absent_look_alike(house: House) -> None:
    foreign = receive(house, unit="drugs", days=35).dossier.hex()
    assert ask(house, foreign).status_code == 200
    assert {ask(house, dossier, account="liaison").status_code for dossier in (foreign, NOWHERE, "zz")} == {404}
    assert ask(house, foreign, account="admin").status_code == 404
