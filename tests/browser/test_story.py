# SPDX-License-Identifier: EUPL-1.2
"""Two officers at two nodes in two languages at once: one urgent request from its first word to its closing.

Rabat writes in Arabic at a desk, Paris reads in French and goes by the keyboard, their supervisor releases in English
from a telephone. Nothing is reloaded where the pages promise to renew themselves.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from amana.phrases import label
from tests.browser.conftest import Visiting
from tests.browser.houses import Pair
from tests.browser.visitor import PHONE, Visitor, bare
from tests.compose.pairs import PARIS, RABAT

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(600)]

TITLE = "هوية مستعمل خط هاتفي، ميناء سيت"
TEXT = "يرجى تحديد هوية مستعمل الرقم +33 6 39 98 04 17 الذي ضبط لدى سائق شاحنة تحمل اللوحة UI-713-OU."
NOTE = "Voir avec l'unité de Sète avant seize heures ; ne rien dire au transporteur."
QUESTION = "Merci de préciser le jour du relevé."
PRECISION = "ضبط الرقم صباح اليوم على الساعة 06:30."
ANSWER = "La ligne est attribuée à une société fictive ; le relevé est joint."
FINDINGS = "relevé.txt"


def act(language: str, name: str) -> str:
    """What a button says of an act."""
    return bare(label(language, "act", name))


def told(visitor: Visitor, selector: str, text: str) -> None:
    """Wait until a part of the page says something."""
    expect(visitor.page.locator(selector).first).to_contain_text(text)


def pick(visitor: Visitor, selector: str) -> Locator:
    """A control by its place in the form; its name is looked at in `test_pages`."""
    return visitor.page.locator(selector).first


def write_request(rabat: Visitor, *, area: str = "drugs", title: str = TITLE, text: str = TEXT) -> None:
    """Fill the form as an officer does: coded values, addressee, pasted text."""
    pick(rabat, "#coded-area").select_option(area)
    pick(rabat, "#coded-urgency").select_option("urgent")
    pick(rabat, "input[name='coded.types'][value='identification']").check()
    pick(rabat, "#title").fill(title)
    pick(rabat, f"input[name='to'][value='{PARIS}']").check()
    pick(rabat, "#text").fill(text)


def test_an_urgent_request_from_its_first_word_to_its_closing(pair: Pair, visiting: Visiting, tmp_path: Path) -> None:
    rabat = visiting(pair.houses[RABAT].address, "ar", "liaison")
    paris = visiting(pair.houses[PARIS].address, "fr", "liaison")
    paris.go("inbox/?view=unit")
    dossier = _ask(rabat, paris)
    _take_in_hand(paris, rabat)
    _ask_back_and_clarify(paris, rabat)
    _answer(paris, tmp_path)
    _release(visiting(pair.houses[PARIS].address, "en", "chef", size=PHONE), paris)
    _read_prove_and_close(rabat, tmp_path)
    _keep_apart(pair, visiting, dossier)
    _find_and_take_out(rabat, tmp_path)


def _ask(rabat: Visitor, paris: Visitor) -> str:
    rabat.go("inbox/")
    rabat.page.keyboard.press("n")
    expect(pick(rabat, "#coded-area")).to_be_visible()
    write_request(rabat)
    proposals = rabat.page.locator("#proposals .found li")
    expect(proposals).to_have_count(2)
    told(rabat, "#side .sheet", TEXT[:20])
    keep = rabat.page.locator("#proposals button[value='keep_proposals']")
    keep.click()
    expect(rabat.page.locator("fieldset.item")).to_have_count(2)
    told(rabat, "#side .sheet", "UI-713-OU")
    rabat.page.locator("#side input[name='preview_language'][value='fr']").check(force=True)
    told(rabat, "#side .sheet", bare(label("fr", "area", "drugs")))  # the partner reads the coded values without translation
    told(rabat, "#legal", "Accord de coopération")
    expect(rabat.page.locator("#send .send")).not_to_have_class(re.compile("stop"))
    rabat.page.locator("#send button[value='send']").click()
    expect(rabat.page.locator("h1")).to_contain_text(TITLE)
    told(rabat, "p.told", PARIS)
    line = paris.page.locator("[data-line]", has_text=TITLE)
    expect(line).to_be_visible()  # without a reload
    told(paris, "#arrived", RABAT)
    return rabat.path.split("/")[1]


def _take_in_hand(paris: Visitor, rabat: Visitor) -> None:
    """By the keyboard alone."""
    keyboard = paris.page.keyboard
    keyboard.press("j")
    expect(paris.page.locator("[data-line]:focus")).to_contain_text(TITLE)
    told(paris, "#peek", bare(label("fr", "item_type", "phone")))
    keyboard.press("Enter")
    acknowledge = paris.page.locator("#act-acknowledge")  # the dossier’s own; the panel beside the list has one too
    expect(acknowledge).to_be_visible()
    acknowledge.focus()
    keyboard.press("Enter")
    expect(acknowledge).to_be_hidden()
    keyboard.press("a")
    expect(paris.page.get_by_role("dialog")).to_be_visible()
    paris.page.locator("#act-to").select_option("desk:liaison")
    paris.page.get_by_role("dialog").locator("button[type='submit']").press("Enter")
    expect(paris.page.get_by_role("dialog")).to_be_hidden()
    keyboard.press("i")
    paris.page.locator("#act-text").fill(NOTE)
    paris.page.get_by_role("dialog").locator("button[type='submit']").press("Enter")
    told(paris, "#thread .priv", NOTE)
    told(rabat, "#thread", rabat.words("Taken in hand"))  # without a reload


def _ask_back_and_clarify(paris: Visitor, rabat: Visitor) -> None:
    paris.page.locator("#act-ask_back").press("Enter")
    pick(paris, "#text").fill(QUESTION)
    told(paris, "#side .sheet", QUESTION)
    paris.page.locator("#send button[value='send']").press("Enter")
    told(paris, "#thread", QUESTION)
    told(rabat, "#thread", QUESTION)
    told(rabat, "#arrivals", PARIS)
    clarify = rabat.page.locator("#act-clarify")
    expect(clarify).to_be_visible()
    clarify.click()
    pick(rabat, "#text").fill(PRECISION)
    told(rabat, "#side .sheet", PRECISION)
    rabat.page.locator("#send button[value='send']").click()
    told(rabat, "#thread", PRECISION)
    told(paris, "#thread", PRECISION)


def _answer(paris: Visitor, tmp_path: Path) -> None:
    file = tmp_path / FINDINGS
    file.write_text("2026-11-20 09:12  +33 6 39 98 04 17\n", encoding="utf-8")
    answer = paris.page.locator("#act-answer")
    expect(answer).to_be_visible()
    answer.click()
    pick(paris, "#coded-outcome").select_option("provided")  # nobody else says what the result is
    pick(paris, "#text").fill(ANSWER)
    pick(paris, "#file").set_input_files(file)
    told(paris, "#sheetform .att", FINDINGS)
    told(paris, "#side .sheet", FINDINGS)
    send = paris.page.locator("#send button[value='send']")
    expect(send).to_contain_text(paris.words("Submit for release"))
    send.click()
    told(paris, "p.told", paris.words("It awaits its release by a second person."))


def _release(chief: Visitor, paris: Visitor) -> None:
    chief.go("drafts/")
    chief.page.locator("main [data-line]").first.click()
    told(chief, ".sheet", ANSWER)
    chief.page.locator("button.go.big").click()
    told(chief, "#thread", ANSWER)
    paris.go("inbox/")
    told(paris, "#lines", TITLE)


def _read_prove_and_close(rabat: Visitor, tmp_path: Path) -> None:
    told(rabat, "#thread", ANSWER)
    expect(rabat.page.locator("body")).not_to_contain_text(NOTE)
    file = rabat.page.locator("#thread .att a", has_text=FINDINGS)
    expect(file).to_be_visible()
    file.click()
    told(rabat, ".page-shown", "+33 6 39 98 04 17")
    rabat.page.keyboard.press("Escape")
    expect(rabat.page.locator("#thread")).to_be_visible()
    rabat.page.keyboard.press("v")
    rabat.sees("Everything holds: nothing in this dossier was changed, removed or put in.")
    rabat.page.go_back()
    with rabat.page.expect_download() as printing:
        rabat.page.locator("#acts-more-open").click()
        rabat.page.locator("#act-print").click()
    printed = tmp_path / "printed.pdf"
    printing.value.save_as(printed)
    assert printed.read_bytes().startswith(b"%PDF")
    rabat.page.locator("#act-close").first.click()
    rabat.page.locator(f"select[name*='{PARIS}']").select_option(index=1)
    rabat.page.locator("#send button[value='send']").click()
    told(rabat, "#dhead .badge.done", bare(label("ar", "information_request_stage", "closed")))


def _keep_apart(pair: Pair, visiting: Visiting, dossier: str) -> None:
    """The other unit of Rabat finds what anybody finds at an address that is none; the note is in nothing that Rabat has."""
    other = visiting(pair.houses[RABAT].address, "ar", "stups")
    with other.expecting(404):
        other.go(f"dossiers/{dossier}/")
        forbidden = other.page.locator("main").inner_text()
        other.go(f"dossiers/{'ab' * 32}/")
        assert other.page.locator("main").inner_text() == forbidden
    chief = visiting(pair.houses[RABAT].address, "fr", "chef")
    chief.go(f"dossiers/{dossier}/")
    expect(chief.page.locator("#thread")).to_contain_text(ANSWER)
    assert NOTE not in chief.page.content()


def _find_and_take_out(rabat: Visitor, tmp_path: Path) -> None:
    rabat.page.keyboard.press("/")
    rabat.page.keyboard.type("0417")
    rabat.page.keyboard.press("Enter")
    told(rabat, "main", TITLE)
    expect(rabat.page.locator("mark").first).to_contain_text("04")
    rabat.go("registers/outgoing/export/?show=all")
    with rabat.page.expect_download() as taking:
        rabat.page.locator("main form button[type='submit']").click()
    listed = tmp_path / "list.csv"
    taking.value.save_as(listed)
    assert TITLE in listed.read_text(encoding="utf-8-sig")


def test_what_stops_a_request_is_said_and_what_was_typed_outlives_the_session(pair: Pair, visiting: Visiting) -> None:
    rabat = visiting(pair.houses[RABAT].address, "fr", "liaison", size=PHONE)
    rabat.go("write/information_request/request/")
    write_request(rabat, area="cybercrime", title="Serveur relais", text="Qui loue ce serveur ?")
    send = rabat.page.locator("#send button[value='send']")
    expect(send).to_have_attribute("aria-disabled", "true")
    told(rabat, "#legal .no", bare(label("fr", "area", "cybercrime")))
    send.press("Enter")
    expect(rabat.page.locator("#why-not")).to_be_focused()
    rabat.page.locator("#coded-area").select_option("drugs")
    expect(send).not_to_have_attribute("aria-disabled", "true")
    rabat.page.locator("#text").fill("Qui loue ce serveur, et depuis quand ?")
    rabat.forget_session()
    send.click()
    expect(rabat.page.locator("#password")).to_be_visible()
    rabat.page.locator(".posts a[href*='/liaison/']").click()
    expect(rabat.page.locator("#text")).to_have_value("Qui loue ce serveur, et depuis quand ?")
    expect(rabat.page.locator("#title")).to_have_value("Serveur relais")
    rabat.page.locator("#send button[value='send']").click()
    expect(rabat.page.locator("h1")).to_contain_text("Serveur relais")
    told(rabat, "#thread", "Qui loue ce serveur, et depuis quand ?")


def test_what_waits_for_a_partner_is_shown_and_arrives_when_it_returns(pair: Pair, visiting: Visiting) -> None:
    rabat = visiting(pair.houses[RABAT].address, "en", "liaison")
    rabat.go("write/information_request/request/")
    pair.stop(PARIS)
    write_request(rabat, title="Company register, Marseille", text="Who directs the company?")
    rabat.page.locator("#send button[value='send']").click()
    expect(rabat.page.locator("h1")).to_contain_text("Company register")
    waiting = rabat.counted("{count} entry waits", "{count} entries wait", count=1)
    told(rabat, "#partners", waiting)
    expect(rabat.page.locator("#thread .track li.no")).to_have_count(2)
    pair.start(PARIS)
    expect(rabat.page.locator("#thread .track li.no")).to_have_count(1)  # delivered, not yet taken in hand
    expect(rabat.page.locator("#partners")).not_to_contain_text(waiting)
