# SPDX-License-Identifier: EUPL-1.2
"""A joint operation at two nodes, by what officers press and type: in Arabic where it is led, in French at the partner.

From the proposal to what both say of it afterwards: a plan written together and approved by its hash, bases, contact
points, a task; a comparison that shows one overlap; the action with its log, a telephone without a network, a machine that
is away in the middle, an amendment; an exhibit from hand to hand, a result that both report, the closing, the report.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from amana.phrases import label
from tests.browser.committee import Committee, act, dossier_of, fill, look, until, written
from tests.browser.conftest import Visiting
from tests.browser.houses import TERMS, Pair, agree
from tests.browser.visitor import PHONE, Visitor, bare
from tests.compose.pairs import PARIS, RABAT

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(900)]
ZONE = ZoneInfo("Europe/Paris")
LANGUAGES: dict[str, str] = {str(RABAT): "ar", str(PARIS): "fr"}
OPERATIONS = {  # what an agreement must hold for it
    **TERMS,
    "areas": ["drugs"],
    "forms": ["joint_operation"],
    "articles": [{"number": "4", "areas": ["drugs"], "forms": ["joint_operation"]}],
}
NAME = "عملية المضيق، معطيات مختلقة"
OBJECTIVE, CONCEPT, AMENDMENT = "توقيف المنظمين في اليوم نفسه", "Deux postes de commandement", "Repli à midi si le port est fermé"
TASK = "Obtenir les mandats"
POINT = "+33 6 00 00 00 77"
FIRST, FIELD, AWAY, BACK = "الفريقان في الموقع", "Véhicule arrêté au péage", "سطر كتب أثناء الانقطاع", "Fin de la perquisition"
JUDGED = {str(RABAT): "تنسيق جيد.", str(PARIS): "La main courante a suffi."}


def hour(hours: int) -> str:
    return f"{datetime.now(ZONE) + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


class Operation(Committee):
    """The operation at its two nodes."""

    dossier: str = ""  # hex

    def goes(self, code: str, part: str, account: str = "liaison") -> Visitor:
        """An officer before a part of the operation."""
        visitor = self.officer(code, account)
        visitor.go(f"operations/{self.dossier}/{part}")
        return visitor

    def presses(self, code: str, part: str, do: str, account: str = "chef") -> Visitor:
        """A button of one of its pages, once it is there."""
        visitor = self.goes(code, part, account)
        button = visitor.page.locator(f"form:has(input[name='do'][value='{do}']) button[type='submit']").first
        for _ in range(40):
            if button.count():
                break
            visitor.page.wait_for_timeout(250)
            visitor.page.reload()
        button.click()
        visitor.page.wait_for_load_state("networkidle")
        return visitor


def test_an_operation_from_the_proposal_to_what_is_said_afterwards(pair: Pair, visiting: Visiting) -> None:
    agree(pair.houses[RABAT], pair.houses[PARIS], terms=OPERATIONS)
    play = Operation(circle=pair, visiting=visiting, languages=LANGUAGES)
    _propose(play)
    _plan(play)
    _prepare(play)
    _compare(play)
    _act(play, visiting)
    _amend(play)
    _hand_over(play)
    _count(play)
    _look_back(play)


def _propose(play: Operation) -> None:
    lead = play.officer(RABAT, "chef")
    lead.go("operations/")
    act(lead, "joint_operation", "propose").click()
    written(lead, title=NAME, text=NAME, coded__area="drugs", coded__starts=hour(30), coded__ends=hour(40), to=PARIS)
    play.dossier = dossier_of(lead)
    partner = play.officer(PARIS)
    partner.go("operations/")
    expect(partner.page.locator("main a[data-line]", has_text=NAME)).to_be_visible()


def _plan(play: Operation) -> None:
    """Each writes a point; both agree to all; both approve, and only then is it agreed."""
    for code, part, words in ((str(RABAT), "objective", OBJECTIVE), (str(PARIS), "concept", CONCEPT)):
        officer = play.goes(code, "plan/")
        act(officer, "joint_operation", "plan_point").click()
        written(officer, text=words, coded__part=part, coded__language=LANGUAGES[code])
    for code in LANGUAGES:
        until(play.goes(code, "plan/"), CONCEPT if code == RABAT else OBJECTIVE)
        play.presses(code, "plan/", "agree", "liaison")
    for code in LANGUAGES:
        play.presses(code, "plan/", "approve")
    for code in LANGUAGES:
        officer = play.goes(code, "plan/")
        until(officer, bare(officer.words("in force")))
        look(officer)


def _prepare(play: Operation) -> None:
    """What is missing stands on the page, with the form beside it."""
    for code in LANGUAGES:
        for type, given in (
            ("basis", {"coded__type": "agreement", "coded__article": "4"}),
            ("contact", {"coded__function": "command", "detail__post": "Poste de commandement", "detail__phone": "+33 1 00 00 00 00"}),
        ):
            officer = play.goes(code, "", "chef")
            officer.page.locator(f"section.gates a[href*='/write/joint_operation/{type}/']").click()
            written(officer, **given)
    officer = play.goes(RABAT, "tasks/")
    act(officer, "joint_operation", "task").click()
    written(officer, text=TASK, coded__owner=PARIS, coded__due=hour(20))
    officer = play.goes(PARIS, "tasks/")
    until(officer, TASK)
    officer.page.locator("article.card.ours select[name='state']").select_option("done")
    officer.page.locator("article.card.ours button[type='submit']").click()
    expect(officer.page.locator(".column").last).to_contain_text(TASK)
    officer = play.goes(PARIS, "tasks/?time")
    expect(officer.page.locator("svg.timeline")).to_contain_text(TASK)
    look(officer)


def _compare(play: Operation) -> None:
    """One number is in both annexes; each side learns of its own point, and no word of the other's annex arrives."""
    for code in LANGUAGES:
        officer = play.goes(code, "annex/")
        row = officer.page.locator("fieldset.point").first
        fill(row, {"kind": "phone", "label": f"dossier de {code}", "value": POINT})
        officer.page.locator("textarea[name='text.risks']").fill(f"secret de {code}")
        officer.button("Keep the annex on this node").click()
        officer.sees("The annex is kept. It stays on this node.")
    play.presses(RABAT, "annex/", "deconflict", "liaison")
    partner = play.goes(PARIS, "annex/")
    until(partner, bare(partner.words("Announce our points")))
    play.presses(PARIS, "annex/", "deconflict", "liaison")
    for code, other in ((RABAT, PARIS), (PARIS, RABAT)):
        officer = play.goes(code, "annex/")
        until(officer, f"dossier de {code}")
        overlap = officer.page.locator("#deconfliction article")
        expect(overlap).to_contain_text(f"dossier de {code}")
        expect(officer.page.locator("body")).not_to_contain_text(f"secret de {other}")
        look(officer)


def _act(play: Operation, visiting: Visiting) -> None:
    for code in LANGUAGES:
        play.presses(code, "", "ready")
    lead = play.presses(RABAT, "", "start")
    expect(lead.page.locator("ol.phases [aria-current='step']")).to_contain_text(bare(label("ar", "phase", "action")))
    phone = visiting(play.circle.houses[PARIS].address, "fr", "liaison", size=PHONE)
    phone.go(f"operations/{play.dossier}/action/")
    _write(play.goes(RABAT, "action/"), "observation", FIRST)
    expect(phone.page.locator("#log")).to_contain_text(FIRST)  # without a reload
    with phone.cut_off():
        phone.page.get_by_text(bare(label("fr", "action_category", "movement")), exact=True).first.click()
        phone.page.locator("#q-text").fill(FIELD)
        phone.button("Send").click()
        phone.sees("Kept on this device; it is sent by itself as soon as there is a network.")
    phone.sees("The line is sent.")
    lead = play.goes(RABAT, "action/")
    until(lead, FIELD)
    phone.page.goto("about:blank")
    _lose_a_machine(play)


def _write(officer: Visitor, category: str, words: str, **given: str) -> None:
    """By keyboard, as at a desk."""
    form = officer.page.locator("#quick-report")
    form.locator(f"input[name='category'][value='{category}']").check(force=True)
    fill(form, {"text": words, **given})
    form.locator("button[type='submit']").click()
    expect(officer.page.locator("#log")).to_contain_text(words)


def _lose_a_machine(play: Operation) -> None:
    """The partner's machine stops in the middle; the lead writes on; both have the same log when it is back."""
    for visitor in play.seats.values():
        visitor.page.goto("about:blank")  # nobody asks a machine that is away
    play.circle.stop(PARIS)
    _write(play.goes(RABAT, "action/"), "decision", AWAY, number="2", post="رئيس جهاز التدخل")
    play.circle.start(PARIS)
    partner = play.goes(PARIS, "action/")
    until(partner, AWAY)
    _write(partner, "search", BACK, number="1")
    for code in LANGUAGES:
        officer = play.goes(code, "action/")
        for words in (FIRST, FIELD, AWAY, BACK):
            until(officer, words)
        expect(officer.page.locator(".decisions-list")).to_contain_text(AWAY)
        look(officer)


def _amend(play: Operation) -> None:
    """The plan in force governs until both have approved what changes; the action is never without one."""
    partner = play.goes(PARIS, "plan/")
    act(partner, "joint_operation", "plan_point").click()
    written(partner, text=AMENDMENT, coded__part="contingency", coded__language="fr")
    until(play.goes(RABAT, "plan/"), AMENDMENT)
    play.presses(RABAT, "plan/", "agree", "liaison")
    play.presses(PARIS, "plan/", "approve")
    for code, language in LANGUAGES.items():
        officer = play.goes(code, "plan/")
        expect(officer.page.locator("ol.phases [aria-current='step']")).to_contain_text(bare(label(language, "phase", "action")))
        expect(officer.page.locator(".plan-version", has_text=bare(officer.words("in force")))).to_contain_text("1")
    play.presses(RABAT, "plan/", "approve")
    for code, language in LANGUAGES.items():
        officer = play.goes(code, "plan/")
        until(officer, bare(officer.words("version {number}", number=2)))
        expect(officer.page.locator("ol.phases [aria-current='step']")).to_contain_text(bare(label(language, "phase", "action")))


def _hand_over(play: Operation) -> None:
    """An exhibit goes from one agency to the other, and is held by one at a time."""
    lead = play.goes(RABAT, "exhibits/")
    act(lead, "exhibit", "register").click()
    given = {"coded__type": "drugs", "coded__substance": "cannabis_resin", "coded__amount": "412000", "coded__origin": "search"}
    written(lead, title="طرد", detail__label="OP-1", detail__seal="S 1", detail__authority="أمر بالتفتيش", **given)
    lead = play.goes(RABAT, "exhibits/")
    act(lead, "exhibit", "transfer").click()
    written(lead, coded__to=PARIS)
    partner = play.goes(PARIS, "exhibits/")
    until(partner, "OP-1")
    for _ in range(40):
        if act(partner, "exhibit", "receive").count():
            break
        partner.page.wait_for_timeout(250)
        partner.page.reload()
    act(partner, "exhibit", "receive").click()
    written(partner)
    lead = play.goes(RABAT, "exhibits/")
    until(lead, bare(lead.words("held by {agency}", agency=PARIS)))
    look(lead)


def _count(play: Operation) -> None:
    """Both report the seizure by its exhibit: the figure is the same at both, and it is there once."""
    for code in LANGUAGES:
        officer = play.goes(code, "exhibits/")
        officer.page.locator("main a[href*='/write/joint_operation/result/']").first.click()
        written(officer)
    for code in LANGUAGES:
        officer = play.goes(code, "results/")
        until(officer, bare(officer.words("counted elsewhere")))
        expect(officer.page.locator("#figures").locator("xpath=..").locator("tbody tr")).to_have_count(1)
        expect(officer.page.locator("#figures").locator("xpath=..")).to_contain_text("412")
        look(officer)


def _look_back(play: Operation) -> None:
    play.presses(RABAT, "", "stop")
    play.presses(RABAT, "", "close")
    for code in LANGUAGES:
        officer = play.goes(code, "results/", "chef")
        until(officer, bare(officer.words("Our evaluation")))
        fill(officer.page.locator("form#evaluate"), {"time": "final", "mark.coordination": "4", "text": JUDGED[code]})
        officer.button("Send our evaluation").click()
        officer.sees("The evaluation is sent to the parties.")
    for code, spoken in LANGUAGES.items():
        officer = play.goes(code, "results/", "chef")
        for words in JUDGED.values():
            until(officer, words)
        expect(officer.page.locator("ol.phases [aria-current='step']")).to_contain_text(bare(label(spoken, "phase", "evaluated")))
        officer = play.goes(code, "", "chef")
        for language in ("ar", "fr", "en"):
            address = officer.page.locator(f"a[href$='/{language}.pdf']").get_attribute("href") or ""
            got = officer.page.request.get(officer.address + address)
            assert got.headers["content-type"] == "application/pdf", re.sub(r"[0-9a-f]{64}", "…", address)
