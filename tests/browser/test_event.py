# SPDX-License-Identifier: EUPL-1.2
"""A major event at host and guest, by what officers press and type: in French at the host, in Arabic at the guest.

From the announcement to what both say of it afterwards: set up from tables, a risk with its reason, reinforcements from
the need to the service, a rota with a gap, the log by keyboard, a report from a telephone without a network, the wall, a
machine that stops and returns, a situation report whose figures are counted again here.
"""

from __future__ import annotations

import re
from collections import Counter
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
LANGUAGES = {str(PARIS): "fr", str(RABAT): "ar"}
EVENTS = {  # what an agreement must hold for it
    **TERMS,
    "areas": ["public_order"],
    "forms": ["event_security", "expertise"],
    "articles": [{"number": "9", "areas": ["public_order"], "forms": ["event_security", "expertise"]}],
}
NAME = "Finale, données fictives"
VENUES = "name;name_ar;type;latitude;longitude;capacity\nStade nord;الملعب الشمالي;stadium;48.92;2.36;70000\n"
SESSIONS = "venue;name;type;starts;ends;spectators;nations\nStade nord;Match 1;competition;{day} 18:00;{day} 20:00;38000;MA FR\n"
NATIONS = f"nation;delegation;desk\nMA;420;{RABAT}\nFR;800;{PARIS}\n"
WHY = "Affluence record attendue"
LINES = ("Arrivée des délégations", "وصول أول الحافلات", "Ligne écrite pendant la panne")
SEEN = "Sac oublié près de la porte C"
NOTE = "Remettre les badges à la relève"
JUDGED = {str(PARIS): "Les consignes étaient claires.", str(RABAT): "تنسيق جيد."}


def day(days: int = 0) -> str:
    return f"{datetime.now(ZONE) + timedelta(days=days):%Y-%m-%d}"


def figure(visitor: Visitor, code: str) -> int:
    """What the page says of a figure of the report."""
    link = visitor.page.locator(f"a[href*='/figures/{code}/']").first
    return int(re.sub(r"\D", "", link.inner_text()))


class Event(Committee):
    """The event at its two nodes."""

    dossier: str = ""  # hex

    def goes(self, code: str, part: str, account: str = "liaison") -> Visitor:
        """An officer before a part of the event."""
        visitor = self.officer(code, account)
        visitor.go(f"events/{self.dossier}/{part}")
        return visitor

    def counted(self, code: str) -> Counter[str]:
        """What this node's entries say, counted one by one."""
        house = self.circle.houses[code]
        rows = house.call("show", officer="chef")["dossiers"]
        counted: Counter[str] = Counter()
        for row in rows:
            if row["kind"] == "event_incident":
                counted["incidents"] += 1
            if row["kind"] == "event_day":
                for entry in house.call("show", officer="chef", dossier=row["dossier"])["entries"]:
                    if entry["type"] == "line":
                        counted["lines"] += 1
                        counted["apprehensions"] += entry["coded"]["number"] if entry["coded"]["category"] == "apprehension" else 0
        return counted


def test_an_event_from_the_announcement_to_what_is_said_afterwards(pair: Pair, visiting: Visiting) -> None:
    agree(pair.houses[RABAT], pair.houses[PARIS], terms=EVENTS)
    play = Event(circle=pair, visiting=visiting, languages=LANGUAGES)
    _announce(play)
    _set_up(play)
    _judge_a_risk(play)
    _reinforce(play)
    _plan_the_shifts(play)
    _keep_the_log(play)
    _lose_a_machine(play, _report_from_the_field(play, visiting))
    _hand_over(play)
    _report(play)
    _look_back(play)


def _announce(play: Event) -> None:
    host = play.officer(PARIS, "chef")
    host.go("events/")
    host.page.locator("main a[href*='/write/major_event/announce/']").first.click()
    starts, ends = f"{day(-1)}T08:00", f"{day(3)}T22:00"
    written(host, title=NAME, coded__starts=starts, coded__ends=ends, to=RABAT)
    play.dossier = dossier_of(host)
    expect(host.page.locator("h1")).to_contain_text(NAME)
    guest = play.officer(RABAT)
    guest.go("events/")
    expect(guest.page.locator("main a[data-line]", has_text=NAME)).to_be_visible()


def _set_up(play: Event) -> None:
    """From three tables; a line that is wrong is named, and nothing of the rest is taken."""
    host = play.goes(PARIS, "setup/", "chef")
    host.page.locator("#text-venues").fill(VENUES.replace("48.92", "nord"))
    host.page.locator("#text-nations").fill(NATIONS)
    with host.expecting(400):
        host.page.locator("main button[type='submit']").last.click()
        expect(host.page.locator("main [role='alert']").first).to_be_visible()
    host.page.locator("#text-venues").fill(VENUES)
    host.page.locator("#text-sessions").fill(SESSIONS.format(day=day()))
    expect(host.page.locator("#text-nations")).to_have_value(re.compile("420"))  # what was right is still there
    host.page.locator("main button[type='submit']").last.click()
    host.page.wait_for_url(lambda url: url.endswith(f"/events/{play.dossier}/"))
    guest = play.goes(RABAT, "")
    expect(guest.page.locator("main")).to_contain_text("الملعب الشمالي")
    look(host, guest)


def _judge_a_risk(play: Event) -> None:
    host = play.goes(PARIS, "risk/", "chef")
    host.page.locator(".matrix a.risk.none").first.click()
    written(host, coded__threat="4", coded__vulnerability="3", coded__impact="5", text=WHY)
    guest = play.goes(RABAT, "risk/")
    expect(guest.page.locator("main")).to_contain_text(WHY)


def _reinforce(play: Event) -> None:
    """A need, an offer, a commitment, their service: the same bars on both sides."""
    host = play.goes(PARIS, "forces/", "chef")
    act(host, "reinforcement", "request").click()
    written(host, coded__kind="explosive_dogs", coded__number="6")
    guest = play.goes(RABAT, "forces/", "chef")
    act(guest, "reinforcement", "offer").click()
    written(guest, coded__number="4")
    host = play.goes(PARIS, "forces/", "chef")
    act(host, "reinforcement", "commit").click()
    written(host)
    guest = play.goes(RABAT, "forces/", "chef")
    act(guest, "reinforcement", "status").click()
    written(guest, coded__status="operational")
    for code in LANGUAGES:
        seen = play.goes(code, "forces/", "chef")
        expect(seen.page.locator("svg.chart rect.deployed").first).to_be_attached()
        expect(seen.page.locator("main .need .when").first).to_contain_text("4")
    look(host, guest)


def _plan_the_shifts(play: Event) -> None:
    host = play.goes(PARIS, "log/", "chef")
    act(host, "event_day", "open").click()
    written(host)
    host = play.goes(PARIS, "rota/", "chef")
    act(host, "event_day", "shift").click()
    written(host, coded__role="shift_leader", coded__starts=f"{day()}T07:00", coded__ends=f"{day()}T19:00", coded__needed="1")
    guest = play.goes(RABAT, "rota/")
    expect(guest.page.locator("tr.gap")).to_have_count(1)
    host = play.goes(PARIS, "rota/", "chef")
    act(host, "event_day", "duty").click()
    written(host, coded__members="1", coded__state="present")
    guest = play.goes(RABAT, "rota/")
    expect(guest.page.locator("tr.gap")).to_have_count(0, timeout=8000)
    look(guest)


def _keep_the_log(play: Event) -> None:
    for code, words, category, number in ((str(PARIS), LINES[0], "fact", "0"), (str(RABAT), LINES[1], "apprehension", "2")):
        officer = play.goes(code, "log/")
        act(officer, "event_day", "line").click()
        written(officer, text=words, coded__category=category, coded__number=number)
    for code in LANGUAGES:
        officer = play.goes(code, "log/")
        for words in LINES[:2]:
            expect(officer.page.locator("ol.log")).to_contain_text(words)


def _report_from_the_field(play: Event, visiting: Visiting) -> Visitor:
    """Without a network it waits on the telephone; then it is at both desks and, without a word, on the wall."""
    wall = visiting(play.circle.houses[RABAT].address, "ar", "chef")
    wall.go(f"events/{play.dossier}/wall/")
    phone = visiting(play.circle.houses[PARIS].address, "fr", "liaison", size=PHONE)
    phone.go(f"events/{play.dossier}/report/")
    with phone.cut_off():
        phone.page.get_by_text(bare(label("fr", "incident_type", "abandoned_object")), exact=True).click()
        phone.page.get_by_text(bare(label("fr", "cap_urgency", "immediate")), exact=True).click()
        phone.page.locator("#q-text").fill(SEEN)
        phone.button("Send").click()
        phone.sees("Kept on this device; it is sent by itself as soon as there is a network.")
    phone.sees("The report is sent.")
    guest = play.goes(RABAT, "incidents/")
    expect(guest.page.locator("main a[data-line]", has_text=SEEN)).to_have_count(1)
    expect(wall.page.locator(".w-inc li")).to_contain_text(bare(label("ar", "incident_type", "abandoned_object")))
    expect(wall.page.locator("body")).not_to_contain_text(SEEN)
    return wall


def _lose_a_machine(play: Event, wall: Visitor) -> None:
    """The guest's machine stops; the host writes on; both have the same log when it is back."""
    for visitor in play.seats.values():
        visitor.page.goto("about:blank")  # nobody asks a machine that is away
    wall.page.goto("about:blank")
    play.circle.stop(RABAT)
    host = play.goes(PARIS, "log/")
    act(host, "event_day", "line").click()
    written(host, text=LINES[2], coded__category="crowd", coded__number="1200")
    play.circle.start(RABAT)
    guest = play.goes(RABAT, "log/")
    expect(guest.page.locator("body")).to_be_visible()
    until(guest, LINES[2])


def _hand_over(play: Event) -> None:
    host = play.goes(PARIS, "rota/", "chef")
    expect(host.page.locator("#handing").locator("xpath=..")).to_contain_text(SEEN)  # nothing that is open is forgotten
    act(host, "event_day", "handover").click()
    written(host, text=NOTE, coded__role="shift_leader")
    host = play.goes(PARIS, "rota/", "liaison")
    act(host, "event_day", "take_over").click()
    written(host)
    host = play.goes(PARIS, "rota/", "liaison")
    expect(host.page.locator("main a[href*='/write/event_day/take_over/']")).to_have_count(0, timeout=8000)


def _report(play: Event) -> None:
    """Its figures are those of the entries, counted again on each node; a person approves it, the guest reads it in Arabic."""
    host = play.goes(PARIS, "reports/new/", "chef")
    host.page.locator("#p-to").fill(f"{day(1)}T00:00")
    host.page.locator("form.narrow-by button").click()
    host.page.wait_for_url(re.compile("to="))
    said = {code: figure(host, code) for code in ("incidents", "apprehensions", "crowd")}
    for code in LANGUAGES:
        counted = play.counted(code)
        assert (said["incidents"], said["apprehensions"]) == (counted["incidents"], counted["apprehensions"]), code
    assert said["crowd"] == 1200
    host.page.locator("textarea[name='text.facts.ar']").fill("أول يوم دون حوادث كبرى.")
    host.page.locator("main button[type='submit']").last.click()
    host.page.wait_for_url(lambda url: "/reports/new/" not in url)
    guest = play.goes(RABAT, "reports/")
    guest.page.locator("main a[data-line]").first.click()
    expect(guest.page.locator("main")).to_contain_text("أول يوم دون حوادث كبرى.")
    assert {code: figure(guest, code) for code in said} == said
    look(guest)


def _look_back(play: Event) -> None:
    host = play.goes(PARIS, "", "chef")
    host.page.locator("main .more summary").first.click()
    act(host, "major_event", "close").click()
    written(host)
    for code in reversed(LANGUAGES):
        officer = play.goes(code, "evaluation/", "chef")
        until(officer, bare(officer.words("Our evaluation")))
        fill(officer.page.locator("main"), {"mark.coordination": "4", "mark.reception": "5", "text": JUDGED[code]})
        officer.button("Send our evaluation").click()
        officer.sees("The evaluation is sent to the parties.")
    for code in LANGUAGES:
        officer = play.goes(code, "evaluation/", "chef")
        for words in JUDGED.values():
            until(officer, words)
        look(officer)
