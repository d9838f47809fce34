# SPDX-License-Identifier: EUPL-1.2
"""A form that was opened from an event or from a line of the directory still names it when it is sent; languages are asked."""

from __future__ import annotations

import re

import pytest

from amana.web.writing.reading import action_of
from tests.web.conftest import House

NAMED = "cd" * 32


def inputs(page: str, name: str) -> list[tuple[str, bool]]:
    """What the form would send under this name: each value, and whether it is chosen or hidden."""
    tags = re.findall(rf'<(?:input|select)[^>]*name="{re.escape(name)}"[^>]*>', page)
    values = [(re.search(r'value="([^"]*)"', tag), tag) for tag in tags]
    return [(found[1] if found else "", 'type="hidden"' in tag or "checked" in tag) for found, tag in values]


@pytest.mark.parametrize(
    ("kind", "type", "field"),
    [
        ("expertise_mission", "request", "coded.expertise"),
        ("expertise_mission", "propose", "coded.event"),
        ("event_incident", "report", "coded.event"),
        ("reinforcement", "request", "coded.event"),
        ("good_practice", "publish", "coded.mission"),
    ],
)
def test_what_the_address_names_stays_with_the_form(house: House, kind: str, type: str, field: str) -> None:
    page = house.client("liaison").get(f"/fr/write/{kind}/{type}/?{field}={NAMED}").content.decode()
    assert inputs(page, field) == [(NAMED, True)]


@pytest.mark.parametrize("address", ["expertise/publish", "expertise_mission/request", "reinforcement/request"])
def test_the_languages_of_those_who_come_are_chosen(house: House, address: str) -> None:
    page = house.client("liaison").get(f"/fr/write/{address}/?coded.languages=fr&coded.languages=es").content.decode()
    assert dict(inputs(page, "coded.languages")) == {"ar": False, "fr": True, "en": False, "es": True}


def test_the_languages_of_a_request_still_follow_from_its_agreement(house: House) -> None:
    page = house.client("liaison").get("/fr/write/information_request/request/").content.decode()
    assert inputs(page, "coded.languages") == []


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("event_incident/report/?coded.at=1795561260000", "2026-11-24T23:01"),
        ("event_incident/report/?coded.at=2026-11-25T08:30", "2026-11-25T08:30"),
        ("major_event/risk/?coded.day=1795561200000", "2026-11-24T23:00"),
        ("event_incident/report/?coded.at=99999999999999999", "99999999999999999"),
    ],
)
def test_a_moment_in_an_address_stands_in_the_form_as_a_day_and_an_hour(house: House, address: str, typed: str) -> None:
    name = re.search(r"coded\.\w+", address)
    assert name is not None
    page = house.client("chef").get(f"/fr/write/{address}").content.decode()
    assert [value for value, _ in inputs(page, name[0])] == [typed]


@pytest.mark.parametrize("address", ["event_incident/report", "event_day/open", "reinforcement/request", "situation_report/issue"])
def test_what_the_event_says_is_not_asked_of_who_writes_about_it(house: House, address: str) -> None:
    page = house.client("chef").get(f"/fr/write/{address}/?coded.event={NAMED}").content.decode()
    assert [inputs(page, f"coded.{name}") for name in ("host", "observers", "exercise")] == [[], [], []]
    assert inputs(house.client("chef").get("/fr/write/major_event/announce/").content.decode(), "coded.exercise")


@pytest.mark.parametrize(
    ("kind", "type", "typed", "value"),
    [
        ("event_day", "line", {"number": "1200"}, {"number": 1200}),
        ("event_day", "line", {"number": "-2"}, {"number": -2}),
        ("major_event", "venue", {"latitude": "48,92", "longitude": "-6.8"}, {"latitude": 4_892_000, "longitude": -680_000}),
    ],
)
def test_numbers_and_places_are_read_as_they_are_meant(kind: str, type: str, typed: dict[str, str], value: dict[str, int]) -> None:
    written = action_of({f"coded.{name}": [said] for name, said in typed.items()}, kind, type, dossier=NAMED)
    assert {name: written.given["coded"].get(name) for name in value} == value
