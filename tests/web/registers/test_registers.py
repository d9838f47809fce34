# SPDX-License-Identifier: EUPL-1.2
"""Arrivals, departures, all dossiers: filters, pages, saved views, and the file that takes a list out of the node."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from amana.web.models import SavedView
from amana.web.registers.exporting import safe, withheld_words
from tests.compose.pairs import PARIS, RABAT
from tests.web.conftest import House, ask


def titles(page: bytes) -> set[str]:
    """The subjects of the lines."""
    return set(re.findall(r"data-line[^>]*><bdi[^>]*>([^<]+)</bdi>", page.decode()))


def every_title(client: Client, address: str) -> set[str]:
    """The subjects of all pages of a list, however many other tests have put on it."""
    found: set[str] = set()
    before: list[str] = []
    for page in range(1, 80):
        content = client.get(f"{address}page={page}").content
        lines = re.findall(r'href="([^"]+)"[^>]*data-line|data-line[^>]*href="([^"]+)"', content.decode())
        if lines == before:
            return found  # beyond the last page the last one is shown again
        before = lines
        found |= titles(content)
    raise AssertionError("a list without an end")


@pytest.mark.parametrize(
    ("code", "register", "held"),
    [(PARIS, "incoming", True), (PARIS, "outgoing", False), (RABAT, "outgoing", True), (RABAT, "incoming", False)],
)
def test_what_a_partner_opened_is_incoming_and_what_we_opened_outgoing(house: House, code: str, register: str, held: bool) -> None:
    assert ("Camion frigorifique" in every_title(house.client("chef", code), f"/fr/{register}/?")) is held


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("area=drugs", True),
        ("area=terrorism", False),
        ("urgency=urgent&what=request", True),
        ("what=notice", False),
        ("partner=ma.dgsn", True),
        ("unit=drugs", True),
        ("unit=desk", False),
        ("officer=stups", True),
        ("turn=ours", True),
        ("show=closed", False),
        ("since=2000-01-01&until=2000-12-31", False),
        ("stage=information_request:delivered", True),
        ("stage=agreement:in_force", False),
        ("area=no_such_area", True),  # not offered: left out
        ("page=99999999", True),
        ("order=due", True),
    ],
)
def test_filters_narrow_the_list(house: House, query: str, held: bool) -> None:
    assert ("Camion frigorifique" in every_title(house.client("chef", PARIS), f"/en/dossiers/?{query}&")) is held


def test_a_filter_that_is_set_can_be_taken_away(house: House) -> None:
    page = house.client("chef", PARIS).get("/en/dossiers/?area=drugs&unit=drugs").content.decode()
    chips = re.findall(r'class="chip">.*?href="([^"]+)"', page, re.DOTALL)
    assert len(chips) == 2
    assert "area=" not in chips[0]
    assert "unit=drugs" in chips[0]


def test_long_lists_are_told_in_pages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amana.web.registers.views.SIZE", 1)
    page = house.client("chef", PARIS).get("/en/dossiers/?page=2").content.decode()
    assert 'rel="prev"' in page
    assert 'rel="next"' in page
    assert len(titles(page.encode())) == 1


class TestSavedViews:
    """A list under a name of its owner's."""

    def test_is_kept_opened_and_removed_by_its_owner_alone(self, house: House) -> None:
        client = house.client("stups", PARIS)
        kept = client.post("/en/views/", {"page": "dossiers", "name": " Mes camions ", "query": "area=drugs&page=3"})
        assert (kept.status_code, kept["Location"]) == (303, "/en/dossiers/?area=drugs")
        page = client.get("/en/dossiers/").content.decode()
        assert "Mes camions" in page
        assert "/en/dossiers/?area=drugs" in page
        view = SavedView.objects.get(name="Mes camions")
        other = house.client("chef", PARIS)
        assert other.post(f"/en/views/{view.pk}/drop/").status_code == 404
        assert "Mes camions" not in other.get("/en/dossiers/").content.decode()
        assert client.post(f"/en/views/{view.pk}/drop/").status_code == 303
        assert not SavedView.objects.filter(pk=view.pk).exists()

    @pytest.mark.parametrize("given", [{"page": "dossiers", "name": " "}, {"page": "dossiers", "name": "x", "query": "q=" + "a" * 5000}])
    def test_keeps_no_view_without_a_name_and_none_beyond_its_length(self, house: House, given: dict[str, str]) -> None:
        assert house.client("stups", PARIS).post("/en/views/", given).status_code == 303
        assert all(len(view.query) <= 1000 and view.name for view in SavedView.objects.all())

    def test_opens_no_page_that_is_not_a_list(self, house: House) -> None:
        assert house.client("stups", PARIS).post("/en/views/", {"page": "sign_out", "name": "x"}).status_code == 404


class TestExport:
    """A register as a file."""

    def test_says_first_what_leaves_and_then_gives_the_file(self, house: House) -> None:
        client = house.client("chef", PARIS)
        asked = client.get("/en/registers/incoming/export/?area=drugs")
        assert asked.status_code == 200
        assert asked["Content-Type"].startswith("text/html")
        given = client.post("/en/registers/incoming/export/?area=drugs")
        assert given["Content-Type"] == "text/csv; charset=utf-8"
        assert given["Content-Disposition"].startswith('attachment; filename="fr.dgpn-incoming-')
        assert given.content.startswith(b"\xef\xbb\xbf")

    @pytest.mark.parametrize(("language", "first"), [("en", "Reference"), ("fr", "Référence"), ("ar", "المرجع")])
    def test_is_headed_in_the_language_of_the_page(self, house: House, language: str, first: str) -> None:
        rows = self.rows(house, language)
        assert rows[0][0] == first
        assert len({len(row) for row in rows[:-1]}) == 1

    def test_shows_each_dossiers_markings(self, house: House) -> None:
        rows = self.rows(house, "en")
        line = next(row for row in rows if "Camion frigorifique" in row)
        assert "H0" in line[-1]

    def test_leaves_out_what_its_marking_keeps_here_and_counts_it(self, house: House) -> None:
        made = ask(house.act, "Ne sort pas", marking={"codes": ["H0", "H3"], "tlp": "red"})
        assert made.dossier is not None
        rows = self.rows(house, "en")
        assert all("Ne sort pas" not in row for row in rows)
        assert rows[-1][0].startswith("# 1 dossier is not in this file:")
        page = house.client("chef", PARIS).get("/en/registers/incoming/export/").content.decode()
        assert "is not in this file" in page

    def test_gives_a_spreadsheet_nothing_to_compute(self, house: House) -> None:
        ask(house.act, "=HYPERLINK(1)")
        rows = self.rows(house, "en")
        assert any("'=HYPERLINK(1)" in row for row in rows)
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "-"))]

    @pytest.mark.parametrize("given", ["=1", "+33", "-1", "@x", "\tx", "\rx"])
    def test_makes_text_of_every_beginning_of_a_formula(self, given: str) -> None:
        assert safe(given) == f"'{given}"

    def test_says_so_where_nothing_was_left_out(self) -> None:
        assert [str(one) for one in withheld_words("en", [])] == ["No dossier of this list was left out."]

    def test_has_no_register_of_another_name(self, house: House) -> None:
        assert house.client("chef", PARIS).get("/en/registers/everything/export/").status_code == 404

    @staticmethod
    def rows(house: House, language: str) -> list[list[str]]:
        """The file's rows."""
        given = house.client("chef", PARIS).post(f"/{language}/registers/incoming/export/?show=all")
        return list(csv.reader(io.StringIO(given.content.decode("utf-8-sig"))))
