# SPDX-License-Identifier: EUPL-1.2
"""A form that was opened from an event or from a line of the directory still names it when it is sent; languages are asked."""

from __future__ import annotations

import re

import pytest

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
