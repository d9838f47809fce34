# SPDX-License-Identifier: EUPL-1.2
"""Every page of the table of addresses, in Arabic and in French, on a desk and in a hand: what must hold on all of them."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page

from amana.phrases import moment
from amana.web.urls import PAGES
from tests.browser.conftest import Visiting
from tests.browser.houses import House
from tests.browser.looking import controls, english_sentences, findings, missing, overflow, said
from tests.browser.tour import FORMLESS, MAIN, STOPS, Stop
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.compose.pairs import RABAT

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(600)]

DIRECTION = {"ar": "rtl", "fr": "ltr", "en": "ltr"}
LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
# the brand, formats and labels of the trade
UNITS = {"desk", "drugs"}  # as their agency calls them
ON_EVERY_PAGE = frozenset({"Amana", "PDF", "CSV", "TLP", "MiB", "CLEAR", "GREEN", "AMBER", "STRICT", "RED", *UNITS})
CODE = re.compile(r"[A-Z]\d|[a-z]+(\.[a-z]+)+|\S+\.(pdf|png|txt)")  # a grade or handling code, an agency, a file

AGREED = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
LANGUAGES = ("ar", "fr", "en")
DATED = frozenset({"communique"})  # pages on which hours become dates and hours once midnight has passed
LONGEST = 1_795_650_180_000  # 25 November 2026, 23:43: among the longest dates in French, not short in Arabic
NAMED = [next(stop for stop in STOPS if stop.page == page) for page in AGREED]


def test_every_page_is_on_the_tour() -> None:
    shown = {page.name for page in PAGES if "GET" in page.methods} - set(FORMLESS)
    assert {stop.page for stop in STOPS} == shown


def wrong(page: Page, language: str, name: str) -> list[str]:
    """What of one page is not as it must be, whatever its size."""
    troubles: list[str] = []
    html = page.locator("html")
    if (html.get_attribute("lang"), html.get_attribute("dir")) != (language, DIRECTION[language]):
        troubles.append(f"{name}: lang and dir")
    troubles += [f"{name}: a {role} without a name" for role, called in controls(page) if not called.strip()]
    english = english_sentences(language)
    for text, foreign in said(page):
        if not foreign and text in english:
            troubles.append(f"{name}: English: {text}")
        if language == "ar" and not foreign and not set(LATIN.findall(CODE.sub("", text))) <= ON_EVERY_PAGE:
            troubles.append(f"{name}: in Latin letters: {text[:120]}")
    return troubles


AS_TOMORROW = """told => {
    const hours = [...document.querySelectorAll('main bdi.x')].filter(each => /^[0-9]{2}:[0-9]{2}$/.test(each.textContent));
    hours.forEach(each => { each.textContent = told; each.dir = 'auto'; });
    return hours.length;
}"""


def judge(visitor: Visitor, stop: Stop, language: str, *, phone: bool = True, desk: bool = True) -> list[str]:
    """Look at one stop on a desk, in a hand, and in the dark where it is one of the main pages."""
    page, name = visitor.page, f"{language} {stop.page}"
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    troubles = wrong(page, language, name)
    troubles += [f"{name}: {finding}" for finding in findings(page)] if desk else []
    if stop.page in MAIN:
        page.emulate_media(color_scheme="dark")
        troubles += [f"{name}, dark: {finding}" for finding in findings(page, "color-contrast")]
        page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    troubles += [f"{name}, phone: {finding}" for finding in findings(page)] if phone else []
    wider = [overflow(page)]
    if stop.page in DATED:
        assert page.evaluate(AS_TOMORROW, moment(language, LONGEST)) > 0
        wider.append(overflow(page))
    return [*troubles, *(f"{name}: {pixels} px wider than a phone" for pixels in wider if pixels > 0)]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_page(language: str, houses: dict[str, House], visiting: Visiting) -> None:
    troubles: list[str] = []
    both = os.environ.get("AMANA_BROWSER") == "thorough"  # else each page on a desk in one language and in a hand in the other
    for account in dict.fromkeys(stop.account for stop in STOPS):
        visitor = visiting(houses[RABAT].address, language, account)
        for stop in (stop for stop in STOPS if stop.account == account):
            with visitor.expecting(*([stop.status] if stop.status >= 400 else [])):
                stop.way(visitor, houses[RABAT])
                hand = (STOPS.index(stop) % 2 == 0) == (language == "ar")
                troubles += judge(visitor, stop, language, phone=both or hand, desk=both or not hand)
    assert troubles == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_main_controls_have_their_agreed_names(language: str, houses: dict[str, House], visiting: Visiting) -> None:
    wrong = {}
    for account in dict.fromkeys(stop.account for stop in NAMED):
        visitor = visiting(houses[RABAT].address, language, account)
        for stop in (stop for stop in NAMED if stop.account == account):
            stop.way(visitor, houses[RABAT])
            if lacking := missing(controls(visitor.page), AGREED[stop.page][language]):
                wrong[stop.page] = lacking
    assert wrong == {}


def test_the_languages_agree_on_as_many_controls_of_the_same_roles() -> None:
    for page, agreed in AGREED.items():
        roles = {language: sorted(role for role, _ in agreed[language]) for language in LANGUAGES}
        assert roles == dict.fromkeys(LANGUAGES, roles["en"]), page


def test_a_name_that_is_no_longer_there_is_noticed() -> None:
    shown = [("button", "Send to fr.dgpn"), ("link", "Dossiers 3")]
    assert missing(shown, [["link", "Dossiers"], ["button", "Send"], ["button", "Sending"], ["link", "Send"]]) == [
        ["button", "Sending"],
        ["link", "Send"],
    ]
