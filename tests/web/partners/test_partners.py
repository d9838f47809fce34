# SPDX-License-Identifier: EUPL-1.2
"""Partners on their pages: cards brought in, numbers that were heard, suspension, introductions, and for whom."""

from __future__ import annotations

import re

import pytest

from amana.compose.creating import Created
from amana.node.access import open_scope
from amana.node.partners import load_partner
from amana.node.queries.partners import partner_status
from amana.protocol.identifiers import AgencyCode
from amana.web.partners.cards import armoured, parse_armoured
from tests.compose.pairs import PARIS, RABAT, exchange, make
from tests.web.conftest import House

MADRID = AgencyCode("es.cnp")
ADMINISTRATORS_ONLY = ("partners/add/", f"partners/{PARIS}/confirm/", "partners/our-card/")


@pytest.fixture(scope="module")
def madrid(tmp_path_factory: pytest.TempPathFactory) -> Created:
    """A third agency, of which only the card is brought in."""
    return make(tmp_path_factory.mktemp("madrid") / MADRID, MADRID)


@pytest.mark.parametrize("account", ["liaison", "chef", "admin"])
def test_everybody_sees_the_partners(house: House, account: str) -> None:
    client = house.client(account)
    for address in ("partners/", "partners/lines/", f"partners/{PARIS}/"):
        assert client.get(f"/fr/{address}").status_code == 200


@pytest.mark.parametrize("account", ["liaison", "chef"])
@pytest.mark.parametrize("address", ADMINISTRATORS_ONLY)
def test_officers_do_not_find_the_administrators_pages(house: House, account: str, address: str) -> None:
    assert house.client(account).get(f"/fr/{address}").status_code == 404


def test_addresses_and_keys_are_the_administrators(house: House) -> None:
    shown = {account: house.client(account).get(f"/fr/partners/{PARIS}/").content.decode() for account in ("chef", "admin")}
    assert {account: "http://127.0.0.1:9" in page for account, page in shown.items()} == {"chef": False, "admin": True}


def test_an_unknown_partner_is_not_found(house: House) -> None:
    for address in ("partners/de.bka/", "partners/de.bka/confirm/"):
        assert house.client("admin").get(f"/fr/{address}").status_code == 404


def test_a_card_is_brought_in_and_confirmed_by_the_number_that_was_heard(house: House, madrid: Created) -> None:
    client = house.client("admin")
    response = client.post("/fr/partners/add/", {"card": armoured(madrid.card)})
    assert (response.status_code, response["Location"]) == (303, f"/fr/partners/{MADRID}/confirm/")
    groups = madrid.safety_number.split(" ")
    page = client.get(response["Location"]).content.decode()
    assert not any(group in re.sub(r"<bdi[^>]*>|</bdi>", "", page) for group in groups)  # heard, never shown before
    wrong = {f"group_{place}": group for place, group in enumerate([*groups[1:], groups[0]], 1)}
    assert client.post(f"/fr/partners/{MADRID}/confirm/", wrong).status_code == 409
    assert status(house) == "added"
    right = {f"group_{place}": group for place, group in enumerate(groups, 1)}
    assert client.post(f"/fr/partners/{MADRID}/confirm/", right).status_code == 303
    assert status(house) == "confirmed"


def status(house: House) -> str:
    """What Rabat holds of Madrid."""
    partner = house.rabat.journal.read(lambda reading: load_partner(reading, MADRID))
    return partner.status if partner else ""


@pytest.mark.parametrize("text", ["", "bonjour", "-----BEGIN AMANA CARD-----\nAAAA\n-----END AMANA CARD-----"])
def test_what_is_no_card_is_refused_and_kept_in_the_field(house: House, text: str) -> None:
    response = house.client("admin").post("/fr/partners/add/", {"card": text})
    assert response.status_code == 409
    assert text in response.content.decode()


def test_our_own_card_goes_out_as_it_comes_in(house: House) -> None:
    given = house.client("admin").get("/fr/partners/our-card/")
    assert parse_armoured(given.content.decode()) == house.rabat.node.card.signed_bytes
    assert house.client("admin").post("/fr/partners/add/", {"card": given.content.decode()}).status_code == 409


def test_a_partner_is_suspended_with_its_reason_and_resumed(house: House) -> None:
    client = house.client("admin")
    for act, expected in (("suspend", True), ("resume", False)):
        assert client.post(f"/fr/partners/{PARIS}/status/", {"act": act, "reason": "breach"}).status_code == 303
        partner = house.rabat.journal.read(lambda reading: load_partner(reading, PARIS))
        assert partner is not None
        assert partner.suspended is expected


def test_officers_neither_suspend_nor_introduce(house: House) -> None:
    client = house.client("chef")
    assert client.post(f"/fr/partners/{PARIS}/status/", {"act": "suspend"}).status_code == 404
    assert client.post(f"/fr/partners/{PARIS}/introduce/", {"agency": MADRID}).status_code == 404


def test_an_agency_is_introduced_for_the_dossiers_that_were_named(house: House, madrid: Created) -> None:
    client = house.client("admin")
    client.post("/fr/partners/add/", {"card": armoured(madrid.card)})
    groups = {f"group_{place}": group for place, group in enumerate(madrid.safety_number.split(" "), 1)}
    client.post(f"/fr/partners/{MADRID}/confirm/", groups)
    reference = house.asked.hex()[:6].upper()
    for named, code in ((f"MA-DGSN/2026/{reference}", 303), ("MA-DGSN/2026/ZZZZZZ", 409)):
        response = client.post(f"/fr/partners/{PARIS}/introduce/", {"agency": MADRID, "dossiers": named})
        assert response.status_code == code, named
    exchange(house.rabat, house.paris)
    page = house.client("chef", PARIS).get("/fr/partners/").content.decode()
    assert (MADRID in page, "présenté par" in page) == (True, True)
    node = house.paris.node
    shown = partner_status(node, open_scope(node, "admin"), house.paris.exchange)["introductions"]
    assert [(one["agency"], one["by"]) for one in shown] == [(MADRID, RABAT)]
