# SPDX-License-Identifier: EUPL-1.2
"""The state of the node: for the administrator alone, what is wrong first, refused messages with their reason, no content."""

from __future__ import annotations

import re

import pytest

from amana.protocol.errors import PeerFault
from amana.web.machine.views import gathered
from tests.web.conftest import House


@pytest.mark.parametrize(("account", "status"), [("liaison", 404), ("chef", 404), ("admin", 200)])
@pytest.mark.parametrize("address", ["/fr/node/", "/fr/node/state/"])
def test_it_is_for_the_administrator(house: House, account: str, status: int, address: str) -> None:
    assert house.client(account).get(address).status_code == status


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_it_shows_no_content(house: House, language: str) -> None:
    page = house.client("admin").get(f"/{language}/node/").content.decode()
    assert not any(content in page for content in ("Ligne téléphonique", "Camion frigorifique", "+33639980417"))


def test_a_refused_message_is_shown_with_its_reason_and_who_it_claims_to_be_from(house: House) -> None:
    house.rabat.exchange.quarantine.keep(PeerFault("signature", check=3), b"x" * 77, claimed="zz.nobody")
    page = house.client("admin").get("/fr/node/").content.decode()
    assert ("zz.nobody" in page, ">77<" in page) == (True, True)


def test_problems_of_one_kind_are_one_and_what_cannot_wait_is_first() -> None:
    found = gathered(
        [{"code": "no_answer", "where": "b"}, {"code": "disk_low", "where": "/"}, {"code": "no_answer", "where": "a"}],
    )
    assert [(one["code"], one["wheres"], one["severe"]) for one in found] == [("disk_low", ["/"], True), ("no_answer", ["a", "b"], False)]


def test_the_partners_beside_the_page_are_those_beside_every_page(house: House) -> None:
    client = house.client("admin")
    lines = [
        re.search(r'<ul class="link-state">(.*?)</ul>', client.get(f"/fr/{path}/").content.decode(), re.DOTALL)
        for path in ("node", "accounts")
    ]
    assert lines[0] is not None
    assert lines[1] is not None
    assert re.sub(r"\s+", " ", lines[0][1]) == re.sub(r"\s+", " ", lines[1][1])
