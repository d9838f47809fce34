# SPDX-License-Identifier: EUPL-1.2
"""The communiqué of the committee: written in two of its languages, approved by three supervisors, public after an embargo.

Nobody writes the third language, so what is released is what is approved. How two write one clause at once is played in
`test_communique`.
"""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.browser.committee import HOST, LANGUAGES, OTHERS, POLICE, VISIT, ZONES, Committee, dossier_of, fill, look

HEADING = {"ar": "بلاغ مشترك", "fr": "Communiqué conjoint"}
TEXT = {"ar": "عقدت الأطراف الثلاثة جلسة عمل بالرباط.", "fr": "Les trois parties ont tenu une séance de travail à Rabat."}
REFUSED = "Nothing is given out before the release. The embargo runs until {moment}, and the release waits for what is listed below."


def write_a_communique(play: Committee, visit: str) -> str:
    """About the visit, in two languages."""
    host = play.officer(HOST)
    host.go(f"meetings/{visit}/")
    host.page.locator("#do-communique").click()
    host.page.locator("#title").fill(HEADING["ar"])
    for code in OTHERS[HOST]:
        fill(host.page.locator("main"), {"to": code})
    expect(host.page.locator("#send .send")).not_to_have_class(re.compile("stop"))
    host.page.locator("#send button[value='send']").click()
    expect(host.page.locator("#add-clause")).to_be_visible()
    paper = dossier_of(host)
    for words in (HEADING, TEXT):
        host.page.locator("#add-clause").click()
        for language, said in words.items():
            host.page.locator(f"#text-{language}").fill(said)
        host.button("Propose this wording").click()
        expect(host.page.locator(".shop-row", has_text=words["fr"])).to_be_visible()
    for code in OTHERS[HOST]:
        _find_paper(play, code, paper)
        for number in (1, 2):
            agree = play.officer(code).button("Agree to clause {number}", number=number)
            agree.click()
            expect(agree).to_have_count(0)
    expect(host.page.locator(".shop-row.pending")).to_have_count(2)  # in English nobody has written it, and nobody needs to
    look(*play.officers().values())
    return paper


def _find_paper(play: Committee, code: str, paper: str) -> None:
    officer = play.officer(code)
    officer.go("inbox/?view=unit")
    officer.page.locator(f"#a-{paper}").click()
    expect(officer.page.locator(".crumb")).to_contain_text(VISIT)
    expect(officer.page.locator(".shop-row", has_text=TEXT[LANGUAGES[code]])).to_be_visible()


def publish(play: Committee, paper: str) -> None:
    """Each approves each language; an embargo runs; nothing is given out before; then another node confirms the code."""
    chiefs = play.officers("chef")
    for chief in chiefs.values():
        chief.go(f"communiques/{paper}/")
        for language in HEADING:
            chief.page.locator(f"#approve-{language}").click()
            expect(chief.page.locator(f"#approve-{language}")).to_have_count(0)
    host = chiefs[HOST]
    expect(host.page.locator(".by-language .badge.done")).to_have_count(6)
    host.page.locator("#embargo").click()
    until = datetime.now(ZONES[HOST]) + timedelta(seconds=105)  # the form takes whole minutes
    host.page.locator("#until").fill(f"{until:%Y-%m-%dT%H:%M}")
    host.button("Set this embargo").click()
    for chief in chiefs.values():
        expect(chief.page.locator(".due .clock")).to_be_visible()
        with chief.expecting(409):
            chief.go(f"communiques/{paper}/copy/pdf/fr/")
        expect(chief.page.get_by_role("alert")).to_contain_text(chief.words(REFUSED, moment="").partition(".")[0])
        chief.go(f"communiques/{paper}/")
    look(*chiefs.values())
    host.page.locator("#release-some").click()
    for chief in chiefs.values():
        expect(chief.page.locator("#release")).to_contain_text(chief.words("The release is said"))
        expect(chief.page.locator(".public-of")).to_have_count(0)
    time.sleep(max(0.0, until.replace(second=0, microsecond=0).timestamp() - time.time()) + 1)
    codes = set()
    for chief in chiefs.values():
        chief.page.reload()
        expect(chief.page.locator(".public-of")).to_have_count(2)
        codes.add(tuple(chief.page.locator(".public-of .pcode").all_inner_texts()))
    assert len(codes) == 1, codes
    arabic, _ = next(iter(codes))
    police = play.officer(POLICE)
    police.go("codes/")
    police.page.locator("#typed_code").fill(arabic.lower())
    police.page.locator("#pasted").fill(f"{HEADING['ar']}\n\n{TEXT['ar']}")
    police.button("Confirm").click()
    police.sees("The text you pasted is the released text, word for word.")
    look(police, *chiefs.values())
