# SPDX-License-Identifier: EUPL-1.2
"""The page of decisions: what it shows, how it is narrowed, what an address cannot ask of it."""

from __future__ import annotations

import re

import pytest

from tests.compose.pairs import PARIS, RABAT
from tests.web.conftest import House

DAY = 24 * 3_600_000


@pytest.fixture(scope="module")
def decided(house: House) -> str:
    """A decision in force, of Rabat, with its French beside its Arabic; the meeting's dossier."""
    now = house.rabat.node.clock.now()
    hours = {"starts": now - DAY, "ends": now}
    convened = {"action": "meeting.convene", "to": [PARIS], "title": "Zxqvisite", "language": "fr", "unit": "desk"}
    made = house.act(RABAT, "chef", {**convened, "coded": {"form": "visit", "level": "expert", **hours}})
    meeting = f"{made.dossier.hex()}"

    def say(code: str, type: str, **more: object) -> str:
        done = house.act(code, "chef", {"action": f"meeting.{type}", "dossier": meeting, **more})
        return f"{done.entry.hex()}"

    say(RABAT, "session", coded=hours)
    decision = {"owner": RABAT, "due": now + 5 * DAY, "area": "drugs", "language": "ar"}
    clause = say(RABAT, "decision", language="ar", text="تعيين نقطة اتصال دائمة.", coded=decision)
    say(PARIS, "translation", language="fr", text="Désigner un point de contact.", coded={"version": clause, "language": "fr"})
    for code in (RABAT, PARIS):
        say(code, "approve")
    return meeting


def test_it_shows_the_decision_in_both_languages_with_its_meeting(house: House, decided: str) -> None:
    page = house.client("chef").get("/fr/decisions/").content.decode()
    assert "تعيين نقطة اتصال دائمة." in page
    assert "Désigner un point de contact." in page
    assert "Zxqvisite" in page
    assert f"/fr/meetings/{decided}/#decided-" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?area=drugs", True),
        ("?area=cybercrime", False),
        (f"?owner={RABAT}&state=open", True),
        (f"?owner={PARIS}", False),
        ("?state=done", False),
        ("?since=2020-01-01", True),
        ("?until=2020-01-01", False),
        ("?state=nonsense&since=nonsense&order=nonsense", True),
    ],
)
def test_it_is_narrowed_by_its_address(house: House, decided: str, query: str, *, found: bool) -> None:
    page = house.client("chef").get(f"/fr/decisions/{query}").content.decode()
    assert ("Désigner un point de contact." in page) is found


def test_a_list_in_which_nothing_is_left_says_so(house: House, decided: str) -> None:
    page = house.client("chef").get("/fr/decisions/?area=stolen_art").content.decode()
    assert "Aucune décision ne correspond." in page
    assert "Désigner un point de contact." not in page


def test_the_page_that_renews_itself_records_no_look(house: House, decided: str) -> None:
    client = house.client("chef")
    page = client.get("/fr/decisions/").content.decode()
    (address,) = re.findall(r'hx-get="([^"]*/decisions/[^"]*)"', page)
    before = house.rabat.journal.read(lambda reading: reading.local_head()[0])
    part = client.get(address.replace("&amp;", "&"))
    assert part.status_code == 200
    assert "Désigner un point de contact." in part.content.decode()
    assert "<html" not in part.content.decode()
    assert house.rabat.journal.read(lambda reading: reading.local_head()[0]) == before


def test_a_unit_that_may_not_see_the_meeting_sees_nothing_decided(house: House, decided: str) -> None:
    page = house.client("stups").get("/ar/decisions/").content.decode()
    assert "Zxqvisite" not in page
    assert "لم يتقرر شيء بعد." in page
