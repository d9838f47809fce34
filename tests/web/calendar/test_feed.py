# SPDX-License-Identifier: EUPL-1.2
"""A feed: what is in it, for whom, in which language, how often it is recorded, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]  # it has no types

from amana.node.access import add_officer
from amana.node.actions.accounts import close_account, invite_account
from amana.node.local import Consulted, OfficerAdded
from amana.protocol.canonical import parse
from amana.web.calendar import views
from amana.web.calendar.pacing import Pace
from amana.web.calendar.subscribing import RECORDED_EVERY, make_feed
from amana.web.models import Account, CalendarFeed
from amana.web.sign_in.accounts import close_account as close_sign_in
from amana.web.sign_in.accounts import invite
from tests.compose.pairs import PARIS, RABAT
from tests.web.calendar.visits import DAY, HOUR, PLACE, SESSION_TITLE, TITLE, Visit, receive, say
from tests.web.conftest import House, browser

ACCOUNT = "agenda"


@pytest.fixture(scope="module")
def visit(house: House) -> Visit:
    """One that nobody of these tests changes."""
    return receive(house)


@pytest.fixture
def officer(house: House, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """An account of these tests alone."""
    house.at(RABAT)
    monkeypatch.setattr(views, "PACE", Pace())
    add_officer(house.rabat.node, OfficerAdded(name="Essai", role="desk", units=("desk",), account=ACCOUNT, language="fr"))
    invite_account(house.rabat.node, ACCOUNT)
    house.client(ACCOUNT)
    yield Account.objects.get(account=ACCOUNT)
    house.at(RABAT)
    CalendarFeed.objects.all().delete()
    Account.objects.filter(account=ACCOUNT).delete()


def fetch(secret: str, language: str = "fr", **headers: str) -> Any:
    """What a calendar application gets, which has no session."""
    return browser().get(f"/{language}/calendar/{secret}.ics", headers=headers)


def events(answer: Any) -> dict[str, Any]:
    """Its events by id, as another parser reads them."""
    assert answer.status_code == 200
    return {seen.uid.value.partition("@")[0]: seen for seen in vobject.readOne(answer.content.decode()).contents.get("vevent", [])}


def test_a_feed_holds_visits_sessions_programme_and_what_is_due(officer: Account, visit: Visit) -> None:
    seen = events(fetch(make_feed(ACCOUNT)))
    shown = {id: seen[id.hex()] for id in (visit.dossier, visit.session, visit.part, visit.action)}
    assert [one.categories.value for one in shown.values()] == [["visite"], ["séance"], ["programme d’une visite"], ["échéance"]]
    session = shown[visit.session]
    assert session.dtstart.value.timestamp() * 1000 == visit.starts
    assert session.dtend.value.timestamp() * 1000 == visit.starts + 2 * HOUR
    assert session.organizer.value == "invalid:ma.dgsn"
    assert session.url.value == f"http://localhost/fr/meetings/{visit.dossier.hex()}/"
    assert "Référence : MA-DGSN/" in session.description.value


def test_both_nodes_give_an_event_the_same_id_and_number(house: House, officer: Account, visit: Visit) -> None:
    here = events(fetch(make_feed(ACCOUNT)))[visit.session.hex()]
    house.at(PARIS)
    house.client("liaison", PARIS)
    there = events(fetch(make_feed("liaison")))[visit.session.hex()]
    CalendarFeed.objects.all().delete()
    assert (here.uid.value, here.sequence.value, here.dtstart.value) == (there.uid.value, there.sequence.value, there.dtstart.value)
    assert (here.summary.value, there.summary.value) == ("Séance : fr.dgpn", "Séance : ma.dgsn")


@pytest.mark.parametrize(("language", "summary"), [("ar", "جلسة: fr.dgpn"), ("fr", "Séance : fr.dgpn"), ("en", "Session: fr.dgpn")])
def test_it_is_in_the_language_of_its_address(officer: Account, visit: Visit, language: str, summary: str) -> None:
    session = events(fetch(make_feed(ACCOUNT), language))[visit.session.hex()]
    assert (session.summary.value, session.summary.params["LANGUAGE"]) == (summary, [language])


@pytest.mark.parametrize(("titles", "places"), [(False, False), (True, False), (False, True), (True, True)])
def test_titles_and_places_leave_only_where_the_officer_chose_them(
    house: House, officer: Account, visit: Visit, titles: bool, places: bool
) -> None:
    chosen = {name: "on" for name, on in (("calendar_titles", titles), ("calendar_places", places)) if on}
    assert house.client(ACCOUNT).post("/fr/preferences/", {"act": "calendar_words", **chosen}).status_code == 303
    answer = fetch(make_feed(ACCOUNT))
    text = answer.content.decode().replace("\r\n ", "").replace("\\", "")
    assert [words in text for words in (TITLE, SESSION_TITLE, PLACE)] == [titles, titles, places]
    session = events(answer)[visit.session.hex()]
    assert session.summary.value == (f"Séance : fr.dgpn : {SESSION_TITLE}" if titles else "Séance : fr.dgpn")


def test_what_is_changed_gets_a_higher_number_and_what_is_called_off_stays(house: House, officer: Account) -> None:
    made, secret = receive(house, days=40), make_feed(ACCOUNT)
    first = events(fetch(secret))
    moved = {"starts": made.starts + DAY, "ends": made.starts + DAY + HOUR}
    say(house, "session", dossier=made.dossier.hex(), coded={"session": made.session.hex(), **moved})
    after = events(fetch(secret))[made.session.hex()]
    assert after.dtstart.value.timestamp() * 1000 == moved["starts"]
    assert int(after.sequence.value) > int(first[made.session.hex()].sequence.value)
    say(house, "cancel", dossier=made.dossier.hex())
    last = events(fetch(secret))
    assert {last[id.hex()].status.value for id in (made.dossier, made.session, made.part)} == {"CANCELLED"}
    assert int(last[made.session.hex()].sequence.value) >= int(after.sequence.value)
    assert made.action.hex() not in last


def test_a_dossier_of_another_unit_is_not_in_it(house: House, officer: Account) -> None:
    foreign = receive(house, unit="drugs", days=60)
    assert foreign.session.hex() not in events(fetch(make_feed(ACCOUNT)))
    house.client("stups")
    assert foreign.session.hex() in events(fetch(make_feed("stups")))


@pytest.mark.parametrize("marking", [{"codes": ["H0", "H3"]}, {"tlp": "red"}, {"level": "restricted"}], ids=["H3", "red", "restricted"])
def test_what_the_marking_keeps_here_does_not_leave(house: House, officer: Account, marking: dict[str, Any]) -> None:
    """A partner's word: one's own, an agency may take where it likes."""
    officer.preferences = {"calendar_titles": True, "calendar_places": True}
    officer.save()
    starts = house.rabat.node.clock.now() + 30 * DAY
    coded = {"form": "meeting", "level": "expert", "starts": starts, "ends": starts + HOUR}
    given = {
        "action": "meeting.convene",
        "to": [RABAT],
        "title": "zqxkept",
        "language": "fr",
        "coded": coded,
        "detail": {"place": "zqxkept"},
    }
    made = house.act(PARIS, "chef", {**given, "unit": "desk", "marking": marking})
    answer = fetch(make_feed(ACCOUNT))
    assert b"zqxkept" not in answer.content
    assert (made.dossier.hex() in events(answer)) == ("level" in marking)


def consultations(house: House) -> list[Consulted]:
    """What the log says of this account's calendar."""
    rows = house.rabat.journal.read(lambda reading: reading.local_after(0, 100_000))
    told = [parse(row.content or b"", Consulted) for row in rows if row.type == "consulted" and row.officer == ACCOUNT]
    return [one for one in told if one.what == "calendar"]


def test_at_most_one_fetch_an_hour_is_in_the_log_of_consultation(house: House, officer: Account) -> None:
    before, secret = len(consultations(house)), make_feed(ACCOUNT)
    for _ in range(3):
        fetch(secret)
    assert len(consultations(house)) == before + 1
    held = CalendarFeed.objects.get(account=ACCOUNT)
    held.recorded_at -= RECORDED_EVERY
    held.save()
    for _ in range(3):
        fetch(secret)
    assert len(consultations(house)) == before + 2
    assert consultations(house)[-1].count > 0


def test_what_has_not_changed_is_not_sent_again(officer: Account) -> None:
    secret = make_feed(ACCOUNT)
    first = fetch(secret)
    assert (first["Cache-Control"], first["Content-Type"]) == ("private, no-store", "text/calendar; charset=utf-8")
    again = fetch(secret, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "private, no-store")
    assert fetch(secret, "ar", **{"If-None-Match": first["ETag"]}).status_code == 200


ENDS: dict[str, Callable[[House], object]] = {
    "the account is closed": lambda house: close_account(house.rabat.node, ACCOUNT),
    "its sign-in is closed": lambda house: close_sign_in(ACCOUNT),
    "it is invited again": lambda house: invite(ACCOUNT),
    "it became an administrator": lambda house: add_officer(
        house.rabat.node, OfficerAdded(name="Essai", role="administrator", units=(), account=ACCOUNT, language="fr")
    ),
}


@pytest.mark.parametrize("what", list(ENDS))
def test_it_ends_when(house: House, officer: Account, what: str) -> None:
    secret = make_feed(ACCOUNT)
    assert fetch(secret).status_code == 200
    ENDS[what](house)
    assert fetch(secret).status_code == 404
