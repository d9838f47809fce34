# SPDX-License-Identifier: EUPL-1.2
"""An open page that no longer hears from its node says so, and takes it back when it hears from it again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.houses import House
from tests.browser.looking import findings
from tests.compose.pairs import RABAT

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(400)]


def test_a_page_that_is_cut_off_says_so_until_it_is_connected_again(houses: dict[str, House], visiting: Visiting) -> None:
    visitor = visiting(houses[RABAT].address, "ar", "chef")
    said = visitor.page.locator("#cut .cut")
    visitor.go("inbox/")
    expect(said).to_be_hidden()
    with visitor.expecting(503):
        visitor.page.route("**/stream/", lambda route: route.fulfill(status=503))
        visitor.go("inbox/")
        expect(said).to_be_hidden()  # what comes back at once is not worth a word
        expect(said).to_be_visible()
        expect(visitor.page.locator("#cut")).to_have_text(
            visitor.words("This page is not connected to the node; what it shows may be old. It connects again by itself.")
        )
        assert findings(visitor.page) == []
        visitor.page.unroute("**/stream/")
        expect(said).to_be_hidden()
