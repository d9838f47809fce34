# SPDX-License-Identifier: EUPL-1.2
"""Pages of visits and sessions, as officers at two nodes use them without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from amana.protocol.identifiers import DossierId
from tests.compose.pairs import PARIS, RABAT
from tests.federation.acts import DAY
from tests.web.conftest import House

HOUR = 60 * 60 * 1000


@pytest.fixture
def visit(house: House) -> DossierId:
    """A visit to Rabat with one session on its first morning, a point of the agenda by Paris."""
    return convene(house, 10 * DAY)


def convene(house: House, starts: int, **coded: Any) -> DossierId:
    first = house.rabat.node.clock.now() + starts
    given = {
        "action": "meeting.convene",
        "to": [PARIS],
        "title": "زيارة عمل",
        "language": "ar",
        "unit": "desk",
        "detail": {"place": "الرباط"},
        "coded": {"form": "visit", "level": "joint_committee", "starts": first, "ends": first + 2 * DAY, **coded},
    }
    dossier: DossierId = house.act(RABAT, "chef", given).dossier
    say(house, RABAT, "session", dossier, title="جلسة", language="ar", coded={"starts": first, "ends": first + 3 * HOUR})
    say(house, PARIS, "agenda_point", dossier, title="Bilan", language="fr", coded={"language": "fr"})
    return dossier


def say(house: House, code: str, type: str, dossier: DossierId, **more: Any) -> Any:
    return house.act(code, "chef", {"action": f"meeting.{type}", "dossier": dossier.hex(), **more}).entry


def address(name: str, dossier: DossierId, **named: str) -> str:
    return re.sub(r"^/(ar|en|fr)/", "/fr/", reverse(name, kwargs={"dossier": dossier.hex(), **named}))


def page_of(house: House, dossier: DossierId, account: str = "chef", code: str = RABAT) -> str:
    return shown(house.client(account, code).get(address("meeting", dossier)))


def shown(response: Any) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def fields_of(page: str) -> dict[str, Any]:
    """The hidden fields of the form of a word, and what its fields hold."""
    form = page[page.index('<form class="stack act"') :]
    form = form[: form.index("</form>")]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name, text in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', form):
        found[name] = [text]
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = [chosen[1] if chosen else ""]
    return found


@pytest.mark.parametrize(
    "type", ["agenda_point", "minutes_point", "decision", "delegation", "programme", "session", "action", "reschedule", "cancel", "leave"]
)
def test_each_form_opens_as_a_page_and_as_a_dialog(house: House, visit: DossierId, type: str) -> None:
    client = house.client("chef")
    for headers, whole in (({}, True), ({"HX-Request": "true"}, False)):
        response = client.get(address("meeting_act", visit, type=type), headers=headers)
        assert response.status_code == 200
        assert ("<!doctype html>" in shown(response)) is whole
        assert 'name="form"' in shown(response)
