# SPDX-License-Identifier: EUPL-1.2
"""A communiqué by two agencies in two languages, from its first clause to a code that the other node confirms.

Rabat works in Arabic, Paris in French. Both reword the same clause at once; neither loses a word, one joins both. What binds is
said by supervisors. Nothing leaves before the embargo is over.
"""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.houses import Pair
from tests.browser.visitor import Visitor
from tests.compose.pairs import PARIS, RABAT
from tests.processes.nodes import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(600)]

TITLE = "بلاغ الرباط"
HEADING = {"ar": "بلاغ مشترك", "fr": "Communiqué conjoint", "en": "Joint communiqué"}
FIRST = {
    "ar": "خصصت جلستا العمل لتقييم التعاون الأمني بين الطرفين.",
    "fr": "Les deux séances de travail ont porté sur l’évaluation de la coopération de sécurité entre les deux parties.",
    "en": "The two working sessions were devoted to the evaluation of security cooperation between the two parties.",
}
OURS = "خصصت جلستا العمل، بالرباط، لتقييم التعاون الأمني بين الطرفين."
THEIRS = "خصصت جلستا العمل لتقييم التعاون الأمني والاستخباراتي بين الطرفين."
JOINED = "خصصت جلستا العمل، بالرباط، لتقييم التعاون الأمني والاستخباراتي بين الطرفين."
LONG, SHORT = 30 * 3_600_000, 2_000  # ms: an embargo that outlasts the test, and one that it waits for


def test_a_communique_from_its_first_clause_to_its_code(pair: Pair, visiting: Visiting, tmp_path: Path) -> None:
    rabat, paris = (visiting(pair.houses[code].address, language, "chef") for code, language in ((RABAT, "ar"), (PARIS, "fr")))
    dossier = _begin(rabat, paris, pair)
    for text in (HEADING, FIRST):
        _add(rabat, text)
    expect(paris.page.locator(".shop-row")).to_have_count(2)  # without a reload
    expect(paris.page.locator(".shop-row").last).to_contain_text(FIRST["fr"])
    _both_at_once(rabat, paris)
    _agree_and_approve(rabat, paris)
    _nothing_before(rabat, paris, pair, dossier)
    _release(rabat, paris, pair, dossier)
    _confirm(rabat, paris, pair, tmp_path)


def _begin(rabat: Visitor, paris: Visitor, pair: Pair) -> str:
    rabat.go("communiques/")
    rabat.link("Begin a communiqué").click()
    rabat.page.locator("#title").fill(TITLE)
    rabat.page.locator(f"input[name='to'][value='{PARIS}']").check()
    expect(rabat.page.locator("#send .send")).not_to_have_class(re.compile("stop"))
    rabat.page.locator("#send button[value='send']").click()
    expect(rabat.page.locator("h1")).to_contain_text(TITLE)
    dossier = rabat.path.split("/")[1]
    wait_for(lambda: dossier in {one["dossier"] for one in pair.houses[PARIS].call("show", officer="chef")["dossiers"]}, what="the draft")
    for visitor in (rabat, paris):
        visitor.go(f"communiques/{dossier}/")
    return dossier


def _add(visitor: Visitor, text: dict[str, str]) -> None:
    visitor.page.locator("#add-clause").click()
    for language, words in text.items():
        visitor.page.locator(f"#text-{language}").fill(words)
    visitor.button("Propose this wording").click()
    expect(visitor.page.locator(".shop-row", has_text=text["fr"])).to_be_visible()


def _both_at_once(rabat: Visitor, paris: Visitor) -> None:
    """Two versions of one, written before either side saw the other's; then one that replaces both."""
    for visitor in (rabat, paris):
        visitor.page.locator(".shop-row").last.locator("a[href*='do=write']").first.click()
        expect(visitor.page.locator("#text-ar")).to_be_visible()
    rabat.page.locator("#text-ar").fill(OURS)
    paris.page.locator("#text-ar").fill(THEIRS)
    rabat.button("Propose this wording").click()
    expect(paris.page.locator("#moved .notice-line")).to_be_visible()  # it says so, and takes nothing away
    expect(paris.page.locator("#text-ar")).to_have_value(THEIRS)
    paris.button("Propose this wording").click()
    for visitor in (rabat, paris):
        beside = visitor.page.locator(".shop-row.contested .beside")
        expect(beside).to_have_count(2)
        expect(visitor.page.locator(".shop-row.contested")).to_contain_text("بالرباط")
        expect(visitor.page.locator(".shop-row.contested")).to_contain_text("والاستخباراتي")
    rabat.link("Write one that joins both").click()
    expect(rabat.page.locator("#text-ar")).to_have_value(re.compile("بالرباط.*والاستخباراتي|والاستخباراتي.*بالرباط", re.DOTALL))
    rabat.page.locator("#text-ar").fill(JOINED)
    rabat.button("Put this wording in place of both").click()
    expect(rabat.page.locator(".shop-row.contested")).to_have_count(0)
    expect(paris.page.locator(".shop-row.contested")).to_have_count(0)
    expect(paris.page.locator(".shop-row").last.locator("ins").first).to_be_visible()


def _agree_and_approve(rabat: Visitor, paris: Visitor) -> None:
    for number in (1, 2):
        paris.button("Agree to clause {number}", number=number).click()
        expect(paris.page.locator(".shop-row").nth(number - 1)).to_have_class(re.compile("agreed"))
    for visitor in (rabat, paris):
        for language in ("ar", "fr", "en"):
            approve = visitor.page.locator(f"#approve-{language}")
            approve.click()
            expect(approve).to_have_count(0)
    expect(rabat.page.locator(".by-language .badge.done")).to_have_count(6)


def _nothing_before(rabat: Visitor, paris: Visitor, pair: Pair, dossier: str) -> None:
    """An embargo until tomorrow by its form; a copy is refused in words; it is lifted again, and Paris sets one of its own."""
    rabat.page.locator("#embargo").click()
    rabat.page.locator("#until").fill(time.strftime("%Y-%m-%dT%H:%M", time.localtime(time.time() + LONG / 1000)))
    rabat.button("Set this embargo").click()
    expect(paris.page.locator(".due .clock")).to_be_visible()  # without a reload
    with rabat.expecting(409):
        rabat.go(f"communiques/{dossier}/copy/pdf/fr/")
    expect(rabat.page.get_by_role("alert")).to_contain_text(re.compile(r"\d\d:\d\d"))  # it says when
    rabat.go(f"communiques/{dossier}/")
    rabat.page.locator("#lift").click()
    rabat.sees("No embargo runs: the text is public as soon as all approve it and the release is said.")
    _embargo_of_paris(pair, dossier, LONG)
    expect(rabat.page.locator(".due .clock")).to_be_visible()


def _embargo_of_paris(pair: Pair, dossier: str, ends_in: int) -> None:
    """Paris' embargo now ends so many milliseconds from now: no page has to be quicker than a clock."""
    until = int(time.time() * 1000) + ends_in
    pair.houses[PARIS].call("act", officer="chef", action={"action": "communique.embargo", "dossier": dossier, "coded": {"until": until}})


def _release(rabat: Visitor, paris: Visitor, pair: Pair, dossier: str) -> None:
    """Said while an embargo runs, nothing is public; it is once Paris' embargo, brought forward, has passed."""
    rabat.page.locator("#say-release").click()
    expect(rabat.page.locator("#say-release")).to_have_count(0)
    expect(rabat.page.locator(".public-of")).to_have_count(0)
    _embargo_of_paris(pair, dossier, SHORT)
    for visitor in (rabat, paris):
        wait_for(functools.partial(_all_public, visitor), what="the release")


def _all_public(visitor: Visitor) -> bool:
    visitor.page.reload()
    return visitor.page.locator(".public-of").count() == 3


def _confirm(rabat: Visitor, paris: Visitor, pair: Pair, tmp_path: Path) -> None:
    """The same code on both sides; the PDF carries it; the other node's page and command confirm it."""
    codes = [visitor.page.locator(".public-of .pcode").all_inner_texts() for visitor in (rabat, paris)]
    assert codes[0] == codes[1]
    assert len(set(codes[0])) == 3
    arabic, french, _ = codes[0]
    with rabat.page.expect_download() as download:
        rabat.page.locator(".public-of a[href*='/pdf/fr/']").click()
    file = tmp_path / "communique.pdf"
    download.value.save_as(file)
    with pypdfium2.PdfDocument(file) as pdf:
        assert french in pdf[0].get_textpage().get_text_range()
    paris.go("codes/")
    paris.page.locator("#typed_code").fill(arabic.lower().replace("-", " "))
    paris.page.locator("#pasted").fill(f"{HEADING['ar']}\n\n{JOINED}")
    paris.button("Confirm").click()
    paris.sees("The text you pasted is the released text, word for word.")
    paris.page.locator("#pasted").fill(OURS)
    paris.button("Confirm").click()
    paris.sees("The text you pasted is not the released text. Compare it with the one below before you pass it on.")
    program = "from amana.cli.main import app; app()"
    command = [sys.executable, "-c", program, "verify", str(pair.houses[PARIS].directory), "--code", arabic, "--json"]
    said = subprocess.run(command, capture_output=True, check=True, text=True)
    answer = json.loads(said.stdout.splitlines()[-1])
    assert (answer["ok"], answer["language"], answer["parties"]) == (True, "ar", [PARIS, RABAT])
    assert answer["text"] == f"{HEADING['ar']}\n\n{JOINED}"
