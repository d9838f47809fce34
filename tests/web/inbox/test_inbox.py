# SPDX-License-Identifier: EUPL-1.2
"""The day of one officer: what is due by time left, what renews itself without being recorded, the panel beside the list."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string

from amana.node.local import Consulted
from amana.node.ports import Reading
from amana.protocol.canonical import parse
from tests.compose.pairs import PARIS, RABAT
from tests.web.conftest import House, ask


def looks(house: House, code: str, account: str) -> list[str]:
    """What this account has looked at, as the node's own log has it."""

    def read(reading: Reading) -> list[str]:
        events = reading.local_after(0, 100_000)
        return [parse(one.content, Consulted).what for one in events if one.type == "consulted" and one.officer == account and one.content]

    return house.node(code).journal.read(read)


def text(page: bytes) -> str:
    """The page's words without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def renewing(page: bytes, what: str) -> str:
    """The address by which a part of this page renews itself."""
    found = re.search(rf'hx-get="([^"]*/{what}/\?[^"]*)"', page.decode())
    assert found is not None, what
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    ("account", "view", "seen"),
    [("stups", "mine", True), ("stups", "unit", True), ("liaison", "all", False), ("chef", "mine", False), ("chef", "all", True)],
)
def test_a_dossier_stands_in_the_views_of_those_whose_it_is(house: House, account: str, view: str, seen: bool) -> None:
    page = house.client(account, PARIS).get(f"/en/inbox/?view={view}").content
    assert (b"Camion frigorifique" in page) is seen


def test_what_is_due_stands_under_its_time_left(house: House) -> None:
    page = house.client("stups", PARIS).get("/en/inbox/").content.decode()
    assert re.search(r'id="g-(today|week)"', page)
    assert f'id="l-{house.drugs.hex()}"' in page
    assert "To do today (" in page


def test_an_unknown_view_is_ones_own(house: House) -> None:
    page = house.client("stups", PARIS).get("/en/inbox/?view=<script>").content.decode()
    assert '<script>"' not in page
    assert 'view=mine" aria-current="true"' in page


@pytest.mark.parametrize(
    ("account", "given", "shown"),
    [
        ("stups", "", "mine"),
        ("chef", "", "unit"),  # a supervisor's day is that of the units
        ("liaison", "", "unit"),  # nothing is assigned to this desk, and what arrives at it is not hidden
        ("chef", "?view=mine", "mine"),
        ("liaison", "?view=all", "all"),
    ],
)
def test_the_day_opens_where_something_waits_and_a_view_that_is_asked_for_wins(house: House, account: str, given: str, shown: str) -> None:
    page = house.client(account, PARIS).get(f"/en/inbox/{given}").content
    assert f'view={shown}" aria-current="true"' in page.decode()
    assert f"view={shown}&since=" in renewing(page, "lines")


def test_nothing_is_due_is_not_said_of_what_awaits_release(house: House) -> None:
    for view in ("mine", "unit", "all"):
        shown = {"view": view, "next": {"wider": "", "deadline": 0}, "language": "en"}
        assert "Besides" not in text(render_to_string("inbox/nothing.html", shown).encode())
        assert "Besides what awaits your release, nothing" in text(
            render_to_string("inbox/nothing.html", shown | {"releases": [{}]}).encode()
        )


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_nothing_due_says_so_and_what_to_do(house: House, language: str) -> None:
    page = house.client("chef", PARIS).get(f"/{language}/inbox/?view=mine").content.decode()
    assert 'class="empty"' in page
    assert f"/{language}/inbox/?view=unit" in page


def test_a_look_is_recorded_and_a_renewal_is_not(house: House) -> None:
    client = house.client("stups", PARIS)
    before = looks(house, PARIS, "stups")
    page = client.get("/en/inbox/").content
    assert looks(house, PARIS, "stups") == [*before, "inbox"]
    renewed = client.get(renewing(page, "lines"))
    assert renewed.status_code == 200
    assert looks(house, PARIS, "stups") == [*before, "inbox"]


@pytest.mark.parametrize("forged", ["", "x", "W10:1x:y"])
def test_a_renewal_without_its_pass_is_a_look(house: House, forged: str) -> None:
    client = house.client("stups", PARIS)
    before = looks(house, PARIS, "stups")
    client.get("/en/inbox/lines/", {"again": forged})
    assert looks(house, PARIS, "stups") == [*before, "inbox"]


def test_the_pass_of_one_person_or_page_is_none_for_another(house: House) -> None:
    page = house.client("stups", PARIS).get("/en/inbox/").content
    stolen = renewing(page, "lines")
    before = looks(house, PARIS, "chef")
    house.client("chef", PARIS).get(stolen)
    given = stolen.partition("again=")[2]
    house.client("stups", PARIS).get(f"/en/dossiers/{house.drugs.hex()}/peek/?again={given}")
    assert looks(house, PARIS, "chef") == [*before, "inbox"]
    assert looks(house, PARIS, "stups")[-1] == "peek"


def test_an_arrival_is_told_where_it_stands_and_counted_everywhere(house: House) -> None:
    client = house.client("chef", PARIS)
    page = client.get("/en/inbox/?view=all").content
    assert b"A new entry from" not in page
    made = ask(house.act, "Vient d’arriver")
    house.at(PARIS)
    renewed = client.get(renewing(page, "lines")).content
    assert "A new entry from ma.dgsn arrived at" in text(renewed).replace("  ", " ")
    assert f'id="l-{made.dossier.hex()}"' in renewed.decode()
    assert b'id="arrived" hx-swap-oob' in renewed
    around = client.get("/en/around/").content.decode()
    assert re.search(r'id="n-todo" hx-swap-oob="true"><bdi class="x" dir="ltr">\d+', around)


@pytest.mark.parametrize(("view", "told", "leads"), [("unit", "below", ""), ("mine", "your unit’s", "?view=unit")])
def test_an_arrival_stands_below_only_where_it_does(house: House, view: str, told: str, leads: str) -> None:
    client = house.client("chef", PARIS)
    page = client.get(f"/en/inbox/?view={view}").content
    ask(house.act, f"Arrive sous {view}")
    house.at(PARIS)
    said = client.get(renewing(page, "lines")).content.decode().partition('class="arrive"')[2].partition("</p>")[0]
    assert told in said
    assert (f'href="/en/inbox/{leads}"' in said) is bool(leads)


class TestThePanel:
    """The selected line beside the list."""

    def test_shows_what_is_asked_with_its_clock_marking_and_acts(self, house: House) -> None:
        page = house.client("stups", PARIS).get(f"/en/dossiers/{house.drugs.hex()}/peek/").content
        words = text(page)
        for told in ("identification", "+33639980417", "article", "police use", "Take in hand"):
            assert told in words, told
        assert b'role="img" aria-label="' in page
        assert b'data-key="R"' in page
        assert b'data-key="A"' in page

    def test_takes_in_hand_by_one_click_and_leads_back_to_the_list(self, house: House) -> None:
        made = ask(house.act, "À prendre en charge").dossier.hex()
        client = house.client("chef", PARIS)
        at = {"HX-Request": "true", "HX-Current-URL": "http://localhost/en/inbox/?view=all"}
        page = client.get(f"/en/dossiers/{made}/peek/", headers=at).content.decode()
        form = page.partition(f'action="/en/dossiers/{made}/acknowledge/"')[2].partition("</form>")[0]
        assert "Take in hand" in form
        assert 'name="next" value="/en/inbox/?view=all"' in form
        assert "data-key" not in form, "no key sends anything to a partner"
        answer = client.post(f"/en/dossiers/{made}/acknowledge/", {"next": "/en/inbox/?view=all"})
        assert (answer.status_code, answer["Location"]) == (303, "/en/inbox/?view=all")
        assert "Taken in hand." in client.get(answer["Location"]).content.decode()
        assert "/acknowledge/" not in client.get(f"/en/dossiers/{made}/peek/").content.decode()

    def test_leaves_what_is_new_new(self, house: House) -> None:
        made = ask(house.act, "Toujours nouveau")
        client = house.client("chef", PARIS)
        client.get(f"/en/dossiers/{made.dossier.hex()}/peek/")
        line = client.get("/en/inbox/?view=all").content.decode().partition(f'id="l-{made.dossier.hex()}"')[0]
        assert line.rstrip().endswith('new"')

    def test_is_recorded_once_and_renews_itself_unrecorded(self, house: House) -> None:
        client = house.client("stups", PARIS)
        before = looks(house, PARIS, "stups")
        page = client.get(f"/en/dossiers/{house.drugs.hex()}/peek/").content
        assert looks(house, PARIS, "stups") == [*before, "peek"]
        client.get(renewing(page, "peek"))
        assert looks(house, PARIS, "stups") == [*before, "peek"]

    @pytest.mark.parametrize("which", ["forbidden", "absent", "no id"])
    def test_is_not_there_for_whom_the_dossier_is_not(self, house: House, which: str) -> None:
        dossier = {"forbidden": house.drugs.hex(), "absent": "00" * 32, "no id": "zz"}[which]
        assert house.client("liaison", PARIS).get(f"/en/dossiers/{dossier}/peek/").status_code == 404


def test_the_frame_around_a_page_renews_for_the_administrator_without_any_count_of_dossiers(house: House) -> None:
    page = house.client("admin", RABAT).get("/en/around/").content
    assert b"n-todo" not in page
    assert PARIS.encode() in page


def test_no_name_or_subject_is_taken_for_markup(house: House) -> None:
    ask(house.act, "<img src=x onerror=alert(1)>\u202e")
    page = house.client("chef", PARIS).get("/en/inbox/?view=all").content.decode()
    assert "<img" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("account", "leads"),
    [
        ("liaison", ("inbox/", "drafts/", "agreements/", "write/information_request/request/")),
        ("admin", ("node/", "partners/", "accounts/")),
    ],
)
def test_the_account_menu_leads_everywhere_that_the_tabs_do_not(house: House, account: str, leads: tuple[str, ...]) -> None:
    page = house.client(account, PARIS).get("/en/preferences/").content.decode()
    places = page.partition('<ul class="places">')[2].partition("</ul>")[0]
    for address in leads:
        assert f'href="/en/{address}"' in places, address
    tabs = set(re.findall(r'href="([^"]+)"', page.partition('<nav class="tabbar"')[2].partition("</nav>")[0]))
    assert set(re.findall(r'<li class="tabbed"><a href="([^"]+)"', places)) == tabs


def test_a_page_holds_the_words_for_when_it_is_cut_off_and_the_whole_post(house: House) -> None:
    page = house.client("liaison", PARIS).get("/en/preferences/").content.decode()
    assert '<div id="cut" role="status"><p class="cut" hidden>' in page
    assert '<span class="me" title="Liaison">' in page
