# SPDX-License-Identifier: EUPL-1.2
"""A committee of three agencies in two languages, from the invitation to a visit to the meeting after it, by what officers press and type.

ma.dgst, in Arabic, is host; fr.dgsi works in French, ma.dgsn in Arabic. Nothing binds before each of the three approved the
same text; what two write at once stands on all three pages; who leaves hears no more of it. Nothing is reloaded where the
pages promise to renew themselves.
"""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
import vobject  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import expect

from amana.phrases import label
from tests.browser.committee import (
    HOST,
    LANGUAGES,
    OTHERS,
    PARIS,
    POLICE,
    VISIT,
    ZONES,
    Committee,
    agree_to_all,
    approve,
    at,
    dossier_of,
    fill,
    fingerprint,
    in_force,
    look,
    more,
    opened,
    point,
    say,
    sent,
)
from tests.browser.committee_communique import publish, write_a_communique
from tests.browser.conftest import Visiting
from tests.browser.houses import Circle
from tests.browser.visitor import Visitor, bare

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(1200)]


NEXT, SESSION, SECOND = "اجتماع التتبع", "الجلسة الافتتاحية", "جلسة التتبع"
INVITED = "يسعدنا استقبال وفديكم بالرباط."
SEEN = "استقبال الوفود بمقر المديرية"
POSTS = {HOST: "رئيس قسم التعاون الدولي", PARIS: "Chef de la coopération internationale", POLICE: "مدير الشرطة القضائية"}
POINTS = {HOST: "حصيلة التعاون", PARIS: "Fichiers communs", POLICE: "تكوين المحققين"}
REVISED, WHY = "Alertes communes, sans fichier", "لا نوافق على إحداث ملف مشترك."
SAID = "اتفقت الأطراف على تبادل الإنذارات."
BY_HOST, BY_PARIS = "اتفقت الأطراف على تبادل الإنذارات فورا.", "اتفقت الأطراف على تبادل الإنذارات كل أسبوع."
JOINED, IN_FRENCH = (
    "اتفقت الأطراف على تبادل الإنذارات فورا، مع حصيلة كل أسبوع.",
    "Les parties échangent les alertes aussitôt, avec un bilan hebdomadaire.",
)
DECIDED = "تحدث المديرية العامة للأمن الداخلي الفرنسية نقطة اتصال دائمة."
REPORTED = "Le point de contact est désigné, la ligne est à l’essai."
PRIVATE = "Ne rien céder sur la durée de conservation."
WITHOUT = "Ce que les deux autres se disent ensuite."
MINUTED = "انتهت الأشغال بين الطرفين الحاضرين."


def test_a_committee_from_an_invitation_to_the_meeting_after(committee: Circle, visiting: Visiting, tmp_path: Path) -> None:
    play = Committee(circle=committee, visiting=visiting, languages=LANGUAGES)
    visit = _convene(play)
    _prepare(play)
    _build_the_agenda(play)
    _write_the_minutes(play)
    _approve(play)
    _carry_out(play, visit)
    following = _convene_the_next(play, visit)
    _prepare_in_private(play, following, tmp_path)
    publish(play, write_a_communique(play, visit))
    _go_on_without_one(play, following)
    _subscribe(play, visit, following)


# ---- the visit


def _convene(play: Committee) -> str:
    """The host writes, looks at what its partners will read, and sends; the others find it."""
    host = play.officer(HOST)
    host.go("meetings/")
    host.link("Convene").click()
    given = {"coded.form": "visit", "coded.level": "joint_committee", "coded.host": HOST, "coded.areas": "terrorism"}
    dates = {"coded.starts": at(20, "09:00"), "coded.ends": at(21, "18:00")}
    fill(host.page.locator("main"), given | dates | {"title": VISIT, "text": INVITED, "detail.place": "الرباط"})
    for code in OTHERS[HOST]:
        fill(host.page.locator("main"), {"to": code})
    host.page.locator("#side input[name='preview_language'][value='fr']").check(force=True)
    expect(host.page.locator("#side .sheet")).to_contain_text(bare(label("fr", "meeting_level", "joint_committee")))
    expect(host.page.locator("#send .send")).not_to_have_class(re.compile("stop"))
    host.page.locator("#send button[value='send']").click()
    expect(host.page.locator("h1")).to_contain_text(VISIT)
    visit = dossier_of(host)
    for code in OTHERS[HOST]:
        officer = play.officer(code)
        _find(play, code, visit)
        expect(officer.page.locator("#facts")).to_contain_text(INVITED)
    return visit


def _find(play: Committee, code: str, meeting: str) -> None:
    """Among what is to do today, without a reload; from there to its page."""
    officer = play.officer(code)
    officer.go("inbox/?view=unit")
    line = officer.page.locator(f"#a-{meeting}")
    expect(line).to_be_visible()
    look(officer)
    line.click()
    expect(officer.page.locator("#mhead")).to_be_visible()


def _prepare(play: Committee) -> None:
    """Who comes, by post; the programme; a session."""
    host = play.officer(HOST)
    for officer, code in ((play.officer(code), code) for code in LANGUAGES):
        dialog = opened(officer, officer.page.locator("#do-delegation"))
        fill(dialog, {"coded.members": "4", "coded.interpreters": "1", "detail.posts.0.post": POSTS[code], "detail.posts.0.role": "head"})
        sent(officer, dialog)
    hours = {"coded.starts": at(20, "09:00"), "coded.ends": at(20, "09:30")}
    say(host, host.page.locator("#do-programme"), {"title": SEEN, "coded.type": "welcome", "detail.place": "الرباط"} | hours)
    hours = {"coded.starts": at(20, "10:00"), "coded.ends": at(20, "12:00")}
    say(host, host.page.locator("#do-session"), {"title": SESSION, "detail.place": "القاعة الكبرى"} | hours)
    for officer in play.officers().values():
        for post in POSTS.values():
            expect(officer.page.locator("#sheets .delegations")).to_contain_text(post)
        expect(officer.page.locator("#sheets .hours")).to_contain_text(SEEN)
        expect(officer.page.locator("#sheets .sitting")).to_contain_text(SESSION)
    look(*play.officers().values())


def _build_the_agenda(play: Committee) -> None:
    """A point of each; one is objected to, revised, and all are agreed."""
    for code, officer in play.officers().items():
        propose = officer.page.locator("a[id^='add-agenda-']")
        say(officer, propose, {"title": POINTS[code], "coded.area": "terrorism", "coded.lead": code, "coded.duration": "30"})
    police, paris = play.officer(POLICE), play.officer(PARIS)
    say(police, point(police, POINTS[PARIS]).locator("a[id^='object-']"), {"text": WHY})
    expect(point(paris, POINTS[PARIS])).to_have_class(re.compile("objected"))
    say(paris, point(paris, POINTS[PARIS]).locator("a[id^='reword-']"), {"title": REVISED})
    for officer in play.officers().values():
        expect(point(officer, REVISED)).to_be_visible()
        expect(officer.page.locator(".points > .point")).to_have_count(3)
    for officer in play.officers().values():
        agree_to_all(officer, "agenda")
    for officer in play.officers().values():
        expect(officer.page.locator(".points > .point.agreed")).to_have_count(3)
    look(*play.officers().values())


# ---- minutes and decisions


def _write_the_minutes(play: Committee) -> None:
    """A point that two write at once and the third joins, its translation, and a decision with its owner."""
    host, paris, police = (play.officer(code) for code in LANGUAGES)
    say(host, host.page.locator("a[id^='add-minutes-']"), {"text": SAID, "coded.speaker": HOST})
    expect(point(paris, SAID)).to_be_visible()
    forms = {officer: opened(officer, point(officer, SAID).locator("a[id^='reword-']")) for officer in (host, paris)}
    fill(forms[host], {"text": BY_HOST})
    fill(forms[paris], {"text": BY_PARIS})
    sent(host, forms[host])
    expect(point(police, BY_HOST)).to_be_visible()
    sent(paris, forms[paris])
    for officer in play.officers().values():
        contested = officer.page.locator(".point.contested")
        expect(contested.locator(".version")).to_have_count(2)
        expect(contested).to_contain_text("فورا")
        expect(contested).to_contain_text("كل أسبوع")
    look(*play.officers().values())
    say(police, police.page.locator(".point.contested a[id^='settle-']"), {"text": JOINED})
    for officer in play.officers().values():
        expect(officer.page.locator(".point.contested")).to_have_count(0)
        expect(point(officer, "مع حصيلة كل أسبوع")).to_be_visible()
    say(paris, point(paris, "مع حصيلة كل أسبوع").locator("a[id^='translate-']"), {"text": IN_FRENCH, "language": "fr"})
    for officer in play.officers().values():
        expect(point(officer, IN_FRENCH)).to_contain_text(
            officer.words("{language}, translated by {agency}", language="", agency=PARIS).strip("، ,")
        )
    say(
        host,
        host.page.locator("a[id^='add-decision-']"),
        {"text": DECIDED, "coded.owner": PARIS, "coded.due": at(60, "")[:10], "coded.area": "terrorism"},
    )
    for officer in play.officers().values():
        expect(point(officer, DECIDED)).to_contain_text(PARIS)


def _approve(play: Committee) -> None:
    """Three supervisors, one hash; before the third nothing is in force on any page, after it on all."""
    chiefs = play.officers("chef")
    visit = dossier_of(play.officer(HOST))
    for code in OTHERS[HOST]:
        agree_to_all(play.officer(code), "points")
    for chief in chiefs.values():
        chief.go(f"meetings/{visit}/")
    hashes = {fingerprint(chief) for chief in chiefs.values()}
    assert len(hashes) == 1, hashes
    for code, chief in chiefs.items():
        for officer in play.officers().values():
            _expect_no_force(officer)
        approve(chief, next(iter(hashes)))
        approvals = [officer.page.locator(".appr tr.approved", has_text=code) for officer in play.officers().values()]
        for approved in approvals:
            expect(approved).to_have_count(1)
    for code in LANGUAGES:
        bound = [one["coded"] for one in play.entries(code, visit).values() if one["type"] == "approve"]
        assert (len(bound), {one["hash"][:16] for one in bound}) == (3, hashes)
    for person in (*play.officers().values(), *chiefs.values()):
        expect(in_force(person)).to_be_visible()
        expect(person.page.locator(".decision-line", has_text=DECIDED)).to_have_count(1)
        person.go("decisions/")
        expect(person.page.locator(".decision-line", has_text=DECIDED)).to_have_count(1)
    look(*play.officers().values(), *chiefs.values())


def _expect_no_force(officer: Visitor) -> None:
    expect(in_force(officer)).to_have_count(0)
    expect(officer.page.locator(".decision-line")).to_have_count(0)
    expect(officer.page.locator(".stands.draft")).to_contain_text(officer.words("Draft: not in force."))


def _carry_out(play: Committee, visit: str) -> None:
    """The owner finds what it has to do, and says how far it is; the others read it."""
    paris = play.officer(PARIS)
    paris.go("inbox/?view=unit")
    line = paris.page.locator(f"#l-{visit}")
    expect(line).to_contain_text(DECIDED)
    expect(line).to_contain_text(bare(label("fr", "task", "carry_out")))
    paris.go("decisions/")
    paris.page.locator(".decision-line", has_text=DECIDED).locator("a.btn").click()
    fill(paris.page.locator("form#say"), {"coded.state": "in_progress", "text": REPORTED})
    paris.page.locator("form#say button[type='submit']").click()
    expect(paris.page.locator(".decision-line", has_text=DECIDED)).to_contain_text(REPORTED)
    for code in OTHERS[PARIS]:
        decision = play.officer(code).page.locator(".decision-line", has_text=DECIDED)  # `decisions/`, open since before
        expect(decision).to_contain_text(REPORTED)
        expect(decision).to_contain_text(bare(label("ar", "progress_state", "in_progress")))


# ---- the meeting after


def _convene_the_next(play: Committee, visit: str) -> str:
    """It follows the visit: what is still to be done stands there by itself, and one press makes a point of it."""
    host = play.officer(HOST)
    host.go(f"meetings/{visit}/")
    more(host, "a[href*='write/meeting/convene']").click()
    expect(host.page.locator("input[name='to']:checked")).to_have_count(2)
    given = {"coded.form": "meeting", "coded.level": "working_group", "coded.host": HOST, "title": NEXT}
    fill(host.page.locator("main"), given | {"coded.starts": at(40, "09:00"), "coded.ends": at(40, "13:00")})
    expect(host.page.locator("#send .send")).not_to_have_class(re.compile("stop"))
    host.page.locator("#send button[value='send']").click()
    expect(host.page.locator("h1")).to_contain_text(NEXT)
    following = dossier_of(host)
    for code in OTHERS[HOST]:
        _find(play, code, following)
    hours = {"coded.starts": at(40, "09:30"), "coded.ends": at(40, "12:00")}
    say(host, host.page.locator("#do-session"), {"title": SECOND} | hours)
    for code in OTHERS[HOST]:
        carried = play.officer(code).page.locator(".sitting .carried li", has_text=DECIDED)
        expect(carried).to_contain_text(VISIT)
        expect(carried).to_contain_text(REPORTED)
    paris = play.officer(PARIS)
    paris.page.locator(".sitting .carried button[id^='carry-']").click()
    for officer in play.officers().values():
        expect(officer.page.locator(".sitting .carried button")).to_have_count(0)
        expect(point(officer, DECIDED)).to_be_visible()
    look(*play.officers().values())
    return following


def _prepare_in_private(play: Committee, following: str, tmp_path: Path) -> None:
    """A briefing file is drawn, edited, printed and kept; no other node has a word or an entry more."""
    before = {code: set(play.entries(code, following)) for code in LANGUAGES}
    paris = play.officer(PARIS)
    paris.go(f"meetings/{following}/")
    paris.page.locator("#do-briefing").click()
    expect(paris.page.locator("h1")).to_have_text(paris.words("Briefing file"))
    assert DECIDED in paris.page.locator("#brief textarea").evaluate_all("(all) => all.map((one) => one.value).join()")
    paris.page.locator("textarea[name^='own.']").first.fill(PRIVATE)
    look(paris)
    with paris.page.expect_download() as printing:
        paris.page.locator("button[name='paper'][value='fr']").click()
    file = tmp_path / "briefing.pdf"
    printing.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF")
    with pypdfium2.PdfDocument(file) as pdf:
        printed = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert PRIVATE in printed
    paris.page.locator("#brief button[value='keep']").click()
    paris.sees("The briefing file is kept; it never leaves this agency.")
    expect(paris.page.locator("textarea[name^='own.']").first).to_have_value(PRIVATE)
    for code in OTHERS[PARIS]:
        for place in ("", "briefing/"):
            play.officer(code).go(f"meetings/{following}/{place}")
            assert PRIVATE not in play.officer(code).page.content()
        look(play.officer(code))
        play.officer(code).go(f"dossiers/{following}/?thread=1")
        assert PRIVATE not in play.officer(code).page.content()
    assert {code: set(play.entries(code, following)) for code in LANGUAGES} == before


# ---- one leaves, two go on


def _go_on_without_one(play: Committee, following: str) -> None:
    """The police leave halfway; of what the two say from then on nothing is there, and their approval is not waited for."""
    chiefs = play.officers("chef")
    host, paris = play.officer(HOST), play.officer(PARIS)
    for person in (host, paris, *chiefs.values()):
        person.go(f"meetings/{following}/")
    police = chiefs[POLICE]
    say(police, more(police, "#do-leave"), {})
    for person in (host, paris):
        expect(person.page.locator("#facts tr", has_text=POLICE).locator("td")).not_to_be_empty()
    before = set(play.entries(POLICE, following))
    say(paris, paris.page.locator("a[id^='add-agenda-']"), {"title": WITHOUT})
    expect(point(host, WITHOUT)).to_be_visible()
    say(host, host.page.locator("a[id^='add-minutes-']"), {"text": MINUTED})
    expect(point(paris, MINUTED)).to_be_visible()
    hash = fingerprint(host)
    for code in (HOST, PARIS):
        for person in (host, paris):
            expect(in_force(person)).to_have_count(0)
        approve(chiefs[code], hash)
    for person in (host, paris, chiefs[HOST], chiefs[PARIS]):
        expect(in_force(person)).to_be_visible()
    assert set(play.entries(POLICE, following)) == before
    later = [one for id, one in play.entries(HOST, following).items() if id not in before]
    assert sorted(one["type"] for one in later) == ["agenda_point", "approve", "approve", "minutes_point"]
    assert all(POLICE not in one["audience"] for one in later)
    for person in (police, play.officer(POLICE)):
        person.go(f"meetings/{following}/")
        expect(person.page.locator("#mhead")).to_be_visible()
        assert WITHOUT not in person.page.content()
        assert MINUTED not in person.page.content()
        expect(in_force(person)).to_have_count(0)
        expect(person.page.locator("a[id^='add-agenda-']")).to_have_count(0)
    look(host, paris, *chiefs.values())


def _subscribe(play: Committee, visit: str, following: str) -> None:
    """An officer's calendar, by an address made on the page of preferences, as another parser reads it."""
    paris = play.officer(PARIS)
    sessions = {}
    for meeting, title in ((visit, SESSION), (following, SECOND)):
        paris.go(f"meetings/{meeting}/")
        named = paris.page.locator(".sitting", has_text=title).get_attribute("id") or ""
        sessions[named.removeprefix("session-")] = meeting
    paris.go("preferences/")
    look(paris)
    paris.page.locator("form:has(input[value='calendar_make']) button").click()
    answer = paris.page.request.get(paris.page.locator(".secret-address").inner_text())
    events = {event.uid.value.partition("@")[0]: event for event in vobject.readOne(answer.text()).contents["vevent"]}
    for session, meeting in sessions.items():
        assert events[session].url.value.endswith(f"/meetings/{meeting}/")
    assert events[next(iter(sessions))].dtstart.value.astimezone(ZONES[HOST]).isoformat().startswith(at(20, "10:00"))
