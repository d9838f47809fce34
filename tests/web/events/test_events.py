# SPDX-License-Identifier: EUPL-1.2
"""Pages of an event, as officers of the host and of a partner use them without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from amana.compose.verbs import VERBS
from amana.node.queries.centre import wall_line
from amana.phrases import label, tell
from amana.protocol.identifiers import DossierId
from tests.compose.pairs import PARIS, RABAT
from tests.federation.acts import DAY
from tests.web.conftest import House

HOUR = 60 * 60 * 1000
PAGES = (
    "event",
    "event_risk",
    "event_evaluation",
    "event_board",
    "event_wall",
    "event_log",
    "event_incidents",
    "event_forces",
    "event_map",
    "event_rota",
    "event_quick",
    "event_reports",
)
TERMS = {
    "areas": ["public_order"],
    "forms": ["event_security", "expertise"],
    "version": 1,
    "articles": [{"number": "9", "areas": ["public_order"], "forms": ["event_security", "expertise"]}],
    "conditions": {"clocks": {"other": 7 * DAY, "urgent": 3 * DAY, "urgent_direct": 8 * HOUR}},
}
VENUES = "name;name_ar;type;latitude;longitude;capacity\nStade nord;الملعب الشمالي;stadium;48,92;2,36;70000\nArena;;arena;48.83;2.29;9000\n"
SESSIONS = "venue,name,starts,ends,spectators,nations\nStade nord,Match 19,{day} 18:00,{day} 20:00,38000,MA FR\n"


@pytest.fixture(scope="module")
def allowed(house: House) -> None:
    """An agreement that allows the security of events."""
    agreement = house.act(RABAT, "chef", {"action": "agreement.propose", "to": [PARIS], "title": "Arrangement", "coded": TERMS}).dossier
    house.act(PARIS, "chef", {"action": "agreement.consent", "dossier": agreement.hex()})


@pytest.fixture
def event(house: House, allowed: None) -> DossierId:
    """An event that Rabat hosts and that is under way, with a venue, a day, a line and an incident."""
    return announce(house)


def announce(house: House, **coded: Any) -> DossierId:
    midnight = house.rabat.node.clock.now() // DAY * DAY
    given = {
        "action": "major_event.announce",
        "to": [PARIS],
        "title": "تظاهرة",
        "language": "ar",
        "unit": "desk",
        "detail": {"fr": "Grand événement", "en": "A major event"},
        "coded": {"starts": midnight - DAY, "ends": midnight + 3 * DAY, **coded},
    }
    dossier: DossierId = house.act(RABAT, "chef", given).dossier
    place = {"type": "stadium", "latitude": 3_400_000, "longitude": -680_000}
    venue = say(house, RABAT, "major_event.venue", dossier, title="الملعب", language="ar", coded=place).entry
    marks = {"venue": venue.hex(), "day": midnight, "threat": 3, "vulnerability": 2, "impact": 4}
    say(house, RABAT, "major_event.risk", dossier, text="إقبال كبير", language="ar", coded=marks)
    day = begin(house, RABAT, "event_day.open", dossier, day=midnight)
    line = {"at": house.rabat.node.clock.now(), "category": "crowd", "number": 1200, "venue": venue.hex()}
    say(house, PARIS, "event_day.line", day, text="Affluence à l’entrée est", language="fr", coded=line)
    say(house, RABAT, "event_day.shift", day, coded={"role": "interpreters", "needed": 2, "starts": midnight, "ends": midnight + 9 * HOUR})
    incident = {"at": midnight, "type": "drone", "urgency": "immediate", "severity": "minor", "certainty": "likely", "desks": [RABAT]}
    begin(house, PARIS, "event_incident.report", dossier, title="Drone signalé", language="fr", **incident)
    return dossier


def begin(house: House, code: str, action: str, event: DossierId, title: str = "", language: str = "", **coded: Any) -> DossierId:
    given = {"action": action, "title": title, "language": language, "coded": {"event": event.hex(), **coded}}
    dossier: DossierId = house.act(code, "chef", given).dossier
    return dossier


def say(house: House, code: str, action: str, dossier: DossierId, **more: Any) -> Any:
    return house.act(code, "chef", {"action": action, "dossier": dossier.hex(), **more})


def page(house: House, code: str, name: str, dossier: DossierId, account: str = "chef", query: str = "") -> Any:
    house.at(code)
    address = re.sub(r"^/(ar|en|fr)/", "/fr/", reverse(name, kwargs={"dossier": dossier.hex()}))
    return house.client(account).get(address + query)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("code", [RABAT, PARIS])
def test_both_sides_see_the_same_event(house: House, event: DossierId, code: str, name: str) -> None:
    shown = page(house, code, name, event)
    assert shown.status_code == 200
    assert "Grand événement" in shown.content.decode()


def test_the_log_and_the_board_have_what_the_partner_wrote(house: House, event: DossierId) -> None:
    for name in ("event_log", "event_board"):
        text = page(house, RABAT, name, event).content.decode()
        assert "Affluence à l’entrée est" in text
        assert "1200" in text.replace("\u202f", "")
    assert "Drone signalé" in page(house, RABAT, "event_board", event).content.decode()


def test_a_category_narrows_the_log(house: House, event: DossierId) -> None:
    assert "Affluence" in page(house, RABAT, "event_log", event, query="?category=crowd").content.decode()
    assert "Affluence" not in page(house, RABAT, "event_log", event, query="?category=cyber").content.decode()


def test_nothing_that_anybody_wrote_is_on_the_wall(house: House, event: DossierId) -> None:
    shown = page(house, RABAT, "event_wall", event).content.decode()
    assert str(label("fr", "incident_type", "drone")) in shown
    assert str(label("fr", "log_category", "crowd")) in shown
    assert "Drone signalé" not in shown
    assert "Affluence" not in shown


def test_an_incident_for_some_of_the_parties_is_not_on_the_wall() -> None:
    line = {"dossier": "ab", "title": "Un nom", "type": "drone", "to_all": True}
    assert wall_line(line) == {"dossier": "ab", "type": "drone"}
    assert wall_line({**line, "to_all": False}) is None


def test_an_exercise_says_so_on_every_page_of_it(house: House, allowed: None) -> None:
    drill = announce(house, exercise=True)
    for name in PAGES:
        assert "exercice, rien ici n’est réel" in page(house, PARIS, name, drill).content.decode(), name
    assert "exercice, rien ici n’est réel" in page(house, PARIS, "pack_make", drill).content.decode()
    assert "exercice, rien ici n’est réel" not in page(house, PARIS, "event", announce(house)).content.decode()


def test_an_event_is_set_up_from_tables(house: House, event: DossierId) -> None:
    house.at(RABAT)
    client = house.client("chef")
    address = reverse("event_setup", kwargs={"dossier": event.hex()})
    given = {
        "text-venues": VENUES,
        "text-sessions": SESSIONS.format(day="2026-12-01"),
        "text-nations": "nation,delegation,desk\nFR,420,fr.dgpn\n",
    }
    answer = client.post(address, given)
    assert answer.status_code == 303
    shown = page(house, RABAT, "event", event).content.decode()
    assert "Stade nord" in shown
    assert "fr.dgpn" in shown


@pytest.mark.parametrize(
    ("sheet", "table", "line"),
    [
        ("venues", "latitude,longitude\n1,2\n", 1),
        ("venues", "name,latitude,longitude\nA,91,2\n", 2),
        ("venues", "name,latitude,longitude\nA,1,2\nA,1,2\n", 3),
        ("venues", "name,latitude,longitude,type\nA,1,2,castle\n", 2),
        ("sessions", "venue,name,starts,ends\nNowhere,Match,2026-12-01 10:00,2026-12-01 11:00\n", 2),
        ("nations", "nation\nFrance\n", 2),
    ],
)
def test_a_table_with_a_fault_says_the_line_and_nothing_is_written(
    house: House, event: DossierId, sheet: str, table: str, line: int
) -> None:
    house.at(RABAT)
    before = page(house, RABAT, "event", event).content.decode().count("<tr>")
    answer = house.client("chef").post(
        re.sub("^/(ar|en|fr)/", "/fr/", reverse("event_setup", kwargs={"dossier": event.hex()})), {f"text-{sheet}": table}
    )
    assert answer.status_code == 400
    assert f"ligne {line}" in re.sub(r"<[^>]+>|[\u2066-\u2069]", "", answer.content.decode())
    assert page(house, RABAT, "event", event).content.decode().count("<tr>") == before


@pytest.mark.parametrize("name", [*PAGES, "event_setup"])
def test_a_dossier_that_is_no_event_has_none_of_these_pages(house: House, name: str) -> None:
    assert page(house, RABAT, name, house.asked).status_code == 404


def test_an_exercise_says_so_in_lists_searches_and_files(house: House, allowed: None) -> None:
    drill = announce(house, exercise=True, ends=house.rabat.node.clock.now() + 2 * DAY)
    word = str(tell("fr", "exercise"))
    client = house.client("chef", RABAT)
    for address in ("/fr/dossiers/?show=all&order=opened", "/fr/outgoing/?show=all&order=opened", "/fr/events/"):
        assert word in client.get(address).content.decode()
    found = client.get("/fr/search/?q=Drone").content.decode()
    assert word in found
    exported = client.post("/fr/registers/dossiers/export/?show=all")
    told = str(tell("fr", "Exercise: {what}", what=label("fr", "entry_type", "major_event.announce")))
    assert exported.status_code == 200
    assert told in exported.content.decode("utf-8-sig")
    assert drill


def test_the_host_and_nobody_else_writes_for_a_guest_without_a_node(house: House, event: DossierId) -> None:
    guest = {
        "action": "major_event.guest",
        "dossier": event.hex(),
        "coded": {"code": "es.cnp", "nation": "ES"},
        "title": "Policía",
        "language": "es",
    }
    house.act(RABAT, "chef", guest)
    address = f"/fr/write/event_incident/report/?coded.event={event.hex()}"
    for code, asked in ((RABAT, True), (PARIS, False)):
        page = house.client("chef", code).get(address).content.decode()
        assert ("coded.on_behalf_of" in page and "es.cnp" in page) is asked
    assert "coded.on_behalf_of" not in house.client("chef", RABAT).get("/fr/write/event_incident/report/").content.decode()


def test_where_something_is_is_chosen_among_the_venues_by_name(house: House, event: DossierId) -> None:
    day = next(row["dossier"] for row in VERBS["show"](house.paris, {"officer": "chef"})["dossiers"] if row["within"] == event.hex())
    for address in (f"event_incident/report/?coded.event={event.hex()}", f"event_day/line/?dossier={day}"):
        page = house.client("chef", PARIS).get(f"/fr/write/{address}").content.decode()
        assert re.search(r'<select[^>]*name="coded.venue"[^>]*>.*?الملعب', page, re.DOTALL), address
