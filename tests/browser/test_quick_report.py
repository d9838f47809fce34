# SPDX-License-Identifier: EUPL-1.2
"""A report from the field survives a loss of network: it waits on the device and is sent by itself, once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.houses import House
from tests.browser.visitor import PHONE
from tests.compose.pairs import RABAT

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(400)]
WORDS = "Sac oublié près de l’entrée est, données fictives"


def test_what_is_reported_without_a_network_is_sent_once_on_return(houses: dict[str, House], visiting: Visiting) -> None:
    house = houses[RABAT]
    event = house.dossiers["games/exercise"]
    visitor = visiting(house.address, "fr", "liaison", size=PHONE)
    visitor.go(f"events/{event}/report/")
    with visitor.cut_off():
        page = visitor.page
        page.get_by_text(visitor.words("abandoned object"), exact=True).or_(page.get_by_text("objet abandonné", exact=True)).first.click()
        page.get_by_text("immédiat", exact=True).click()
        page.locator("#q-text").fill(WORDS)
        visitor.button("Send").click()
        visitor.sees("Kept on this device; it is sent by itself as soon as there is a network.")
    visitor.sees("The report is sent.")
    visitor.go(f"events/{event}/incidents/")
    expect(visitor.page.get_by_role("link", name=WORDS)).to_have_count(1)


def test_nothing_of_a_report_stays_on_the_device_after_signing_out(houses: dict[str, House], visiting: Visiting) -> None:
    house = houses[RABAT]
    visitor = visiting(house.address, "fr", "liaison", size=PHONE)
    visitor.go(f"events/{house.dossiers['games/exercise']}/report/")
    visitor.page.evaluate("sessionStorage.setItem('amana-reports', '[]')")
    visitor.page.locator(".me-menu summary").click()
    visitor.button("Sign out").click()
    assert visitor.page.evaluate("sessionStorage.getItem('amana-reports')") is None
