# SPDX-License-Identifier: EUPL-1.2
"""What officers of a committee do on the page of a meeting, by what they press and type, whatever their language.

A form of a meeting opens in a dialog over its page; what was said shows on the page, and on every other node's page of
the same meeting without a reload.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visiting
from tests.browser.houses import Circle
from tests.browser.looking import overflow
from tests.browser.visitor import DESKTOP, PHONE, Visitor

HOST, PARIS, POLICE = "ma.dgst", "fr.dgsi", "ma.dgsn"
LANGUAGES = {HOST: "ar", PARIS: "fr", POLICE: "ar"}
OTHERS = {HOST: (PARIS, POLICE), PARIS: (HOST, POLICE), POLICE: (HOST, PARIS)}
ZONES = {HOST: ZoneInfo("Africa/Casablanca"), PARIS: ZoneInfo("Europe/Paris")}
VISIT = "زيارة العمل الأولى"


@dataclass(slots=True, kw_only=True)
class Committee:
    """Three nodes, an officer before each, and a supervisor where something binds."""

    circle: Circle
    visiting: Visiting
    languages: Mapping[str, str]
    seats: dict[tuple[str, str], Visitor] = field(default_factory=dict)

    def officer(self, code: str, account: str = "liaison") -> Visitor:
        """Who sits there; he stays before the page that he opened last."""
        if (code, account) not in self.seats:
            self.seats[code, account] = self.visiting(self.circle.houses[code].address, self.languages[code], account)
        return self.seats[code, account]

    def officers(self, account: str = "liaison") -> dict[str, Visitor]:
        """One at each node."""
        return {code: self.officer(code, account) for code in self.languages}

    def entries(self, code: str, dossier: str) -> dict[str, dict[str, Any]]:
        """The entries of the dossier that this node holds, by their ids."""
        held = self.circle.houses[code].call("show", officer="chef", dossier=dossier)["entries"]
        return {str(one["id"]): one for one in held}


def look(*visitors: Visitor) -> None:
    """In a hand no page is wider than the screen."""
    for visitor in visitors:
        visitor.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        wider = overflow(visitor.page)
        assert wider <= 0, f"{visitor.page.url} is {wider} px wider than a phone"
        visitor.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def fill(place: Locator, given: Mapping[str, str]) -> None:
    """Type into fields, choose in lists and tick boxes, by the names under which a form is sent."""
    for name, value in given.items():
        box = place.locator(f"input[type='checkbox'][name='{name}'][value='{value}'], input[type='radio'][name='{name}'][value='{value}']")
        if box.count():
            box.first.check(force=True)
            continue
        asked = place.locator(f"[name='{name}']:not([type='hidden'])").first
        if asked.evaluate("(element) => element.tagName") == "SELECT":
            asked.select_option(value)
        else:
            asked.fill(value)


def opened(visitor: Visitor, opener: Locator) -> Locator:
    """The dialog that a link opens."""
    opener.click()
    dialog = visitor.page.locator("dialog#act")
    expect(dialog.locator("form#say")).to_be_visible()
    return dialog


def sent(visitor: Visitor, dialog: Locator) -> None:
    """Press the form's own button; it closes, having been taken."""
    dialog.locator("button[type='submit']").click()
    expect(visitor.page.locator("dialog#act[open]")).to_have_count(0)


def say(visitor: Visitor, opener: Locator, given: Mapping[str, str]) -> None:
    """One word by its form."""
    dialog = opened(visitor, opener)
    fill(dialog, given)
    sent(visitor, dialog)


def more(visitor: Visitor, selector: str) -> Locator:
    """A link in the menu of what is seldom done."""
    visitor.page.locator("#do-more").click()
    return visitor.page.locator(selector).first


def point(visitor: Visitor, words: str) -> Locator:
    """The point of an agenda or of minutes in which these words stand."""
    return visitor.page.locator(".points > .point", has_text=words).first


def press(visitor: Visitor, button: Locator) -> None:
    """A button that says a word by itself; the page comes back without it."""
    name = button.get_attribute("id")
    button.click()
    expect(visitor.page.locator(f"[id='{name}']")).to_have_count(0)


def agree_to_all(visitor: Visitor, what: str) -> None:
    """Agree to everything of one's partners that is open, of the agenda or of the minutes (`agenda`, `points`)."""
    press(visitor, visitor.page.locator(f"button[id^='all-{what}-']").first)


def fingerprint(visitor: Visitor) -> str:
    """Of the minutes as they stand on this page."""
    return visitor.page.locator(".hashline bdi").first.inner_text()


def approve(visitor: Visitor, hash: str) -> None:
    """Approve the minutes that have this fingerprint."""
    button = visitor.page.locator("button[id^='approve-now-']").first
    expect(button).to_contain_text(hash)
    press(visitor, button)


def in_force(visitor: Visitor) -> Locator:
    """That the minutes are in force, as the page says it."""
    return visitor.page.locator(".minutes.force .stands.force")


def dossier_of(visitor: Visitor) -> str:
    """Which dossier is shown."""
    found = re.search(r"/([0-9a-f]{64})/", visitor.page.url)
    assert found, visitor.page.url
    return found[1]


def at(days: int, hour: str, zone: ZoneInfo = ZONES[HOST]) -> str:
    """A day from today, as a field of a date and an hour takes it."""
    return f"{datetime.now(zone) + timedelta(days=days):%Y-%m-%d}T{hour}"


def written(visitor: Visitor, **given: str) -> None:
    """Fill the form of an entry that is open and send it."""
    main = visitor.page.locator("main")
    for code in given.pop("to", "").split():
        chip = main.locator("label.chip", has=visitor.page.locator(f"input[name='to'][value='{code}']"))
        chip.evaluate("(element) => element.scrollIntoView({block: 'center'})")
        chip.click()
    fill(main, {name.replace("__", "."): value for name, value in given.items()})
    expect(visitor.page.locator("#send button[value='send']:not([aria-disabled])")).to_be_visible()  # nothing is missing
    visitor.page.locator("#send button[value='send']").click()
    visitor.page.wait_for_url(lambda url: "/write/" not in url)


def act(visitor: Visitor, kind: str, type: str) -> Locator:
    """The link that leads to an act, wherever it stands on the page."""
    return visitor.page.locator(f"main a[href*='/write/{kind}/{type}/']").first


def until(visitor: Visitor, words: str) -> None:
    """Reload, as a person does, until it is there."""
    for _ in range(60):
        if visitor.page.locator("main", has_text=words).count():
            return
        visitor.page.wait_for_timeout(500)
        visitor.page.reload()
    expect(visitor.page.locator("main")).to_contain_text(words)
