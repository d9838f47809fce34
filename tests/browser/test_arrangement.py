# SPDX-License-Identifier: EUPL-1.2
"""An arrangement is adopted in pages: the button that refused sends, and cites it.

Paris works in French, Rabat reads in Arabic. A desk officer is blocked and told whom to ask; the supervisor proposes the
arrangement from where the flow is blocked; Rabat's supervisor reads it clause by clause and consents; the kept form leaves.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from amana.phrases import label
from tests.browser.conftest import Visiting
from tests.browser.houses import Pair
from tests.browser.visitor import PHONE, Visitor, bare
from tests.compose.pairs import PARIS, RABAT

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(600)]

SUBJECT = "Hameçonnage visant des services de paiement"
TEXT = "Vos services ont-ils rencontré ce nom de domaine ?"
TITLES = {"fr": "Arrangement complémentaire sur la cybercriminalité", "ar": "ترتيب تكميلي بشأن الجريمة السيبرانية"}
PREAMBLE = {"fr": "En complément de l’accord, les Parties conviennent :", "ar": "تكملة للاتفاق، اتفق الطرفان على ما يلي:"}
ARTICLE = {"fr": "Les Parties échangent des informations sur les attaques en cours.", "ar": "يتبادل الطرفان المعلومات حول الهجمات الجارية."}
NUMBER = "C.1"


def blocked_form(visitor: Visitor) -> None:
    """A request that no text covers yet."""
    page = visitor.page
    visitor.go("write/information_request/request/")
    page.locator("#coded-area").select_option("cybercrime")
    page.locator("#coded-urgency").select_option("ordinary")
    page.locator("input[name='coded.types'][value='information']").check()
    page.locator("#title").fill(SUBJECT)
    page.locator(f"input[name='to'][value='{RABAT}']").check()
    page.locator("#text").fill(TEXT)
    expect(page.locator("#send button[value='send']")).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#legal .no")).to_contain_text(bare(label(visitor.language, "area", "cybercrime")))


def test_an_arrangement_is_adopted_in_pages_and_the_kept_request_leaves_citing_it(pair: Pair, visiting: Visiting) -> None:
    desk = visiting(pair.houses[PARIS].address, "fr", "liaison")
    blocked_form(desk)
    desk.sees("What you wrote is kept among the drafts and can be sent once the arrangement is in force.")
    expect(desk.page.locator("#why-not")).to_contain_text(bare(label("fr", "area", "cybercrime")))
    desk.page.locator("#send button[value='save']").click()
    _propose(visiting(pair.houses[PARIS].address, "fr", "chef"))
    _read_and_consent(visiting(pair.houses[RABAT].address, "ar", "chef", size=PHONE))
    _send(desk)


def _propose(chief: Visitor) -> None:
    page = chief.page
    blocked_form(chief)
    page.locator("#legal").get_by_role("link", name=chief.words("Propose a supplementary arrangement")).click()
    expect(page.locator("#f-supplements")).not_to_have_value("")
    expect(page.locator(f"input[name='to'][value='{RABAT}']")).to_be_checked()
    expect(page.locator("input[name='areas'][value='cybercrime']")).to_be_checked()
    page.locator("#article-0").fill(NUMBER)
    rows = page.locator("details.words")
    rows.nth(0).locator("summary").click()
    page.locator("fieldset.clause-row details.words").first.locator("summary").click()
    for language in ("fr", "ar"):
        page.locator(f"#title_{language}").fill(TITLES[language])
        page.locator(f"#article_0_text_{language}").fill(ARTICLE[language])
        page.locator(f"#preamble_text_{language}").fill(PREAMBLE[language])
    expect(page.locator("#article_0_text_ar")).to_have_attribute("dir", "rtl")
    expect(page.locator("#kept")).not_to_be_empty()  # it saves itself
    chief.button("Check the text").click()
    expect(page.locator("section.sketch")).to_contain_text(NUMBER)
    expect(page.locator("#article_0_text_ar")).to_have_value(ARTICLE["ar"])
    chief.button("Send the proposal").click()
    expect(page.locator("h1")).to_contain_text(TITLES["fr"])
    chief.sees("The text that awaits consent")
    expect(page.locator(".to-force .waiting")).to_contain_text(RABAT)


def _read_and_consent(chief: Visitor) -> None:
    page = chief.page
    chief.go("agreements/")
    entry = page.get_by_role("link", name=TITLES["ar"])
    for _ in range(30):  # the list renews itself when it is opened; the text arrives meanwhile
        if entry.count():
            break
        page.wait_for_timeout(1_000)
        chief.go("agreements/")
    entry.first.click()
    clause = page.locator("details.art-clause", has_text=ARTICLE["ar"]).first
    expect(clause).to_contain_text(ARTICLE["fr"])
    expect(clause.locator("[lang]").first).to_have_attribute("lang", "ar")
    expect(page.locator("details.art-clause", has_text=PREAMBLE["ar"]).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    consent = page.locator("#consent form button.go")
    expect(consent).to_contain_text(re.compile(r"[0-9a-f]{8}"))
    consent.click()
    expect(page.locator(".badges .badge.done").first).to_contain_text(chief.words("in force"))


def _send(desk: Visitor) -> None:
    page = desk.page
    desk.go("drafts/")
    page.get_by_role("link", name=SUBJECT).first.click()
    expect(page.locator("#text")).to_have_value(TEXT)
    send = page.locator("#send button[value='send']")
    for _ in range(30):  # the consent arrives meanwhile
        if send.get_attribute("aria-disabled") is None:
            break
        page.wait_for_timeout(1_000)
        page.reload()
    expect(page.locator("#legal .ok")).to_contain_text(NUMBER)
    expect(send).to_contain_text(NUMBER)
    send.click()
    expect(page.locator("h1")).to_contain_text(SUBJECT)
    expect(page.locator("main")).to_contain_text(NUMBER)
