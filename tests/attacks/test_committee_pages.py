# SPDX-License-Identifier: EUPL-1.2
"""The pages of meetings, communiqués, assessments and the briefing file under attack: what a partner writes, what an
officer of another unit may learn, what a desk may not say, forms that are sent again or bent, what leaves as a file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amana.dossiers.shared.vocabulary import DAY
from amana.node.access import open_scope
from amana.node.actions.act import act
from amana.node.queries.assessments import show_assessment
from amana.node.queries.communiques import show_communique
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.models import Account
from tests.attacks.test_pages import BIDI, LANGUAGES, MARKUP, PLACES, SAID, TURNED, Read
from tests.compose.pairs import PARIS, RABAT
from tests.web.conftest import House

TYPST = f'{SAID} #import "x.typ": * #read("/etc/passwd") $x$ @ref <label> `raw` *b* _i_ \\u{{202e}} // /* #panic("x") = H'
NASTY = f"{MARKUP}\n{PLACES}\n{TYPST}\n{TURNED}\n\x00\x07\x1b]0;x\ufffe\ue002\u2028" + "a" * 3_000


FIELDS = re.compile(r"<textarea.*?</textarea>", re.DOTALL)  # a box of its own, in which an officer sees what he changes


@dataclass
class Committee:
    """What Paris wrote: a meeting with a session, a point and a decision, a communiqué, an assessment."""

    meeting: str
    session: str
    communique: str
    assessment: str


def say(house: House, code: str, action: str, dossier: str = "", **more: Any) -> str:
    """Any word of a supervisor; its entry."""
    given = {"action": action, **({"dossier": dossier} if dossier else {"to": [PARIS if code == RABAT else RABAT], "unit": "desk"}), **more}
    return str(house.act(code, "chef", given).entry.hex())


def write_everything(house: House, text: str, title: str) -> Committee:
    """Paris says all that it can with these words, and both approve it."""
    now = house.paris.node.clock.now()
    hours = {"starts": now + DAY, "ends": now + DAY + 3_600_000}
    words = {"text": text, "title": title, "language": "fr"}
    visit = {"form": "visit", "level": "joint_committee", **hours}
    meeting = say(house, PARIS, "meeting.convene", coded=visit, detail={"place": title}, **words)
    session = say(house, PARIS, "meeting.session", meeting, coded=hours, detail={"place": title}, **words)
    say(house, PARIS, "meeting.programme", meeting, coded={"type": "session", **hours}, detail={"place": title}, **words)
    posts = [{"post": title, "role": "member"}]
    say(house, PARIS, "meeting.delegation", meeting, coded={"members": 1, "interpreters": 0}, detail={"posts": posts}, **words)
    say(house, PARIS, "meeting.agenda_point", meeting, coded={"session": session, "language": "fr"}, **words)
    say(house, PARIS, "meeting.minutes_point", meeting, coded={"session": session, "language": "fr"}, **words)
    decision = {"session": session, "language": "fr", "owner": PARIS, "due": now + 2 * DAY, "area": "drugs"}
    decided = say(house, PARIS, "meeting.decision", meeting, coded=decision, **words)
    for code in (PARIS, RABAT):
        say(house, code, "meeting.approve", meeting, coded={"session": session})
    say(house, PARIS, "meeting.progress", meeting, coded={"of": decided, "state": "in_progress"}, **words)
    say(house, PARIS, "meeting.action", meeting, coded={"due": now + DAY}, **words)
    about = {"about": meeting}
    communique = say(house, PARIS, "communique.draft", coded={"languages": ["fr"], **about}, **words)
    for role in ("heading", "paragraph"):
        say(house, PARIS, "communique.clause", communique, coded={"language": "fr", "role": role}, text=text, language="fr")
    assessment = say(house, PARIS, "threat_assessment.begin", coded={"area": "drugs", **about}, **words)
    passage = {"part": "judgement", "language": "fr", "likelihood": "likely", "confidence": "low"}
    say(house, PARIS, "threat_assessment.passage", assessment, coded=passage, text=text, language="fr")
    say(house, PARIS, "threat_assessment.passage", assessment, coded={**passage, "dissent": True}, text=text, language="fr")
    say(house, PARIS, "threat_assessment.source", assessment, coded={"type": "partner", "grade": "B2"}, text=text, language="fr")
    for code in (PARIS, RABAT):
        say(house, code, "threat_assessment.approve", assessment)
    return Committee(meeting=meeting, session=session, communique=communique, assessment=assessment)


@pytest.fixture(scope="module")
def hostile(house: House) -> Committee:
    return write_everything(house, NASTY, (MARKUP + TURNED)[:280])


def release(house: House, dossier: str) -> None:
    """Both approve the French text and Paris says the release."""
    for code in (PARIS, RABAT):
        say(house, code, "communique.approve", dossier, coded={"language": "fr"})
    held = shown_communique(house, dossier)
    say(house, PARIS, "communique.release", dossier, coded={"hashes": [held["approvals"][0]["hash"]]})


def shown_communique(house: House, dossier: str, code: str = RABAT) -> dict[str, Any]:
    node = house.node(code).node
    return show_communique(node, open_scope(node, "chef"), DossierId(bytes.fromhex(dossier)), record=False)


def pages(c: Committee) -> dict[str, str]:
    """Every page that shows what was written."""
    return {
        "meetings": reverse("meetings"),
        "meeting": reverse("meeting", kwargs={"dossier": c.meeting}),
        "meeting_parts": reverse("meeting_parts", kwargs={"dossier": c.meeting}),
        "briefing": reverse("briefing", kwargs={"dossier": c.meeting}),
        "decisions": reverse("decisions"),
        "communiques": reverse("communiques"),
        "communique": reverse("communique", kwargs={"dossier": c.communique}),
        "communique_part": reverse("communique_part", kwargs={"dossier": c.communique}),
        "communique_compare": reverse("communique_compare", kwargs={"dossier": c.communique}),
        "assessments": reverse("assessments"),
        "assessment": reverse("assessment", kwargs={"dossier": c.assessment}),
        "inbox": reverse("inbox"),
        "thread": reverse("dossier", kwargs={"dossier": c.meeting}) + "?thread=1",
    }


PAGE_NAMES = [
    *"meetings meeting meeting_parts briefing decisions communiques communique communique_part communique_compare".split(),
    *"assessments assessment inbox thread".split(),
]


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_what_a_partner_writes_is_words_on_every_page_of_the_committee(house: House, hostile: Committee, name: str) -> None:
    client = house.client("chef")
    for language in LANGUAGES:
        answer = client.get(re.sub(r"^/\w\w/", f"/{language}/", pages(hostile)[name]))
        assert answer.status_code == 200
        text = answer.content.decode()
        if name != "inbox":
            assert SAID in text
        assert Read(text).found == []
        assert Read(FIELDS.sub("", text)).turned == []


def papers(c: Committee) -> dict[str, str]:
    """Every file that leaves with it."""
    return {
        "minutes": reverse("print_minutes", kwargs={"dossier": c.meeting, "entry": c.session}),
        "draft": reverse("communique_draft", kwargs={"dossier": c.communique, "languages": "fr"}),
        "assessment": reverse("print_assessment", kwargs={"dossier": c.assessment}),
        "briefing": reverse("print_briefing", kwargs={"dossier": c.meeting}),
        "dossier": reverse("print_dossier", kwargs={"dossier": c.meeting}),
    }


@pytest.mark.parametrize("paper", ["minutes", "draft", "assessment", "briefing", "dossier"])
def test_what_a_partner_writes_is_set_as_text_on_every_paper(house: House, hostile: Committee, paper: str) -> None:
    answer = house.client("chef").get(papers(hostile)[paper])
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert re.fullmatch(r"attachment; filename=\"[\w.-]+\.pdf\"", answer["Content-Disposition"])


class Tags(HTMLParser):
    """The elements of a file that was saved."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}


OURS = set("html head meta title style body main article header h1 h2 p br ul li footer bdi".split())


def test_nothing_of_a_communique_leaves_before_its_moment_and_then_as_words(house: House) -> None:
    made = write_everything(house, NASTY, SAID)
    client = house.client("chef")
    addresses = [
        reverse("communique_copy", kwargs={"dossier": made.communique, "form": f, "languages": "fr"}) for f in ("text", "html", "pdf")
    ]
    until = house.rabat.node.clock.now() + DAY
    say(house, RABAT, "communique.embargo", made.communique, coded={"until": until})
    release(house, made.communique)
    for address in addresses:
        for bent in ("", "?until=0", "?now=99999999999999", "?languages=fr&embargo=0"):
            answer = client.get(address + bent)
            assert answer.status_code == 409
            assert "Content-Disposition" not in answer
        assert client.head(address).status_code == 409
    held = shown_communique(house, made.communique)["released"]
    assert [(one["public"], one["code"], one["heading"], one["paragraphs"]) for one in held] == [(False, "", "", [])]
    say(house, RABAT, "communique.embargo", made.communique, coded={"until": 0})
    text, page, pdf = (client.get(address) for address in addresses)
    assert pdf.content.startswith(b"%PDF-")
    assert SAID in text.content.decode()
    assert not set(text.content.decode()) & set("\x00\x07\x1b\u202e\u2066\u2067\u202c")
    read = Tags(page.content.decode())
    assert read.found <= OURS
    assert not {name for name in read.attributes if name.startswith("on")}
    assert not BIDI.search(page.content.decode())
    for answer in (text, page, pdf):
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_draft_is_not_printed_where_the_marking_of_a_clause_forbids_it(house: House) -> None:
    dossier = say(house, PARIS, "communique.draft", coded={"languages": ["fr"]}, title="Brouillon")
    say(house, PARIS, "communique.clause", dossier, coded={"language": "fr"}, text="Un mot.", language="fr")
    address = reverse("communique_draft", kwargs={"dossier": dossier, "languages": "fr"})
    assert house.client("liaison").get(address).status_code == 200
    forbidden = {"tlp": "red"}
    say(house, PARIS, "communique.clause", dossier, coded={"language": "fr"}, text="Un secret.", language="fr", marking=forbidden)
    answer = house.client("liaison").get(address)
    assert answer.status_code == 409
    assert not answer.content.startswith(b"%PDF-")


def looks(house: House, dossier: str) -> int:
    id = DossierId(bytes.fromhex(dossier))
    return house.rabat.node.journal.read(lambda reading: len(reading.local_of(id, "consulted")))


@pytest.mark.parametrize("name", ["meeting", "communique", "communique_compare", "assessment"])
def test_every_look_at_what_is_written_together_is_recorded(house: House, hostile: Committee, name: str) -> None:
    dossier = {"meeting": hostile.meeting, "assessment": hostile.assessment}.get(name, hostile.communique)
    before = looks(house, dossier)
    assert house.client("liaison").get(pages(hostile)[name]).status_code == 200
    assert looks(house, dossier) == before + 1


@pytest.fixture(scope="module")
def foreign(house: House) -> Committee:
    """The same, in the unit `drugs` at Rabat."""
    made = write_everything(house, "zqxforeign words", "zqxforeign title")
    for dossier in (made.meeting, made.communique, made.assessment):
        house.act(RABAT, "chef", {"action": "assign", "dossier": dossier, "unit": "drugs", "officer": "stups"})
    return made


def test_an_officer_of_another_unit_learns_nothing_of_it_on_any_page(house: House, foreign: Committee, hostile: Committee) -> None:
    linked = say(house, RABAT, "communique.draft", coded={"languages": ["fr"], "about": foreign.meeting}, title="Lié")
    follower = {"form": "meeting", "level": "joint_committee", "previous": foreign.meeting}
    now = house.rabat.node.clock.now()
    next_one = say(house, RABAT, "meeting.convene", title="Suite", coded={**follower, "starts": now + 9 * DAY, "ends": now + 10 * DAY})
    client = house.client("liaison")
    addresses = {**pages(hostile), "linked": reverse("communique", kwargs={"dossier": linked})}
    addresses |= {"next": reverse("meeting", kwargs={"dossier": next_one}), "brief": reverse("briefing", kwargs={"dossier": next_one})}
    for name, address in addresses.items():
        answer = client.get(address)
        assert answer.status_code == 200, name
        for secret in ("zqxforeign", foreign.meeting, foreign.communique, foreign.assessment):
            assert secret not in answer.content.decode(), name
    for address in (*pages(foreign).values(), *papers(foreign).values()):
        if foreign.meeting in address or foreign.communique in address or foreign.assessment in address:
            absent = re.sub(r"[0-9a-f]{64}", "ab" * 32, address)
            answers = [client.get(one) for one in (address, absent)]
            assert [one.status_code for one in answers] == [404, 404]
            same = [re.sub(r'[0-9a-f]{64}|"X-CSRFToken": "\w+"|nonce="[^"]*"', "", one.content.decode()) for one in answers]
            assert same[0] == same[1]


def entries(house: House, dossier: str) -> int:
    id = DossierId(bytes.fromhex(dossier))
    return house.rabat.node.journal.read(lambda reading: len(reading.dossier_entries(id)))


SAID_BY_ALL = ("approve", "withdraw_approval", "leave")
BINDING = [(kind, action) for kind in ("communique", "meeting", "threat_assessment") for action in SAID_BY_ALL]


@pytest.mark.parametrize(("kind", "action"), [*BINDING, ("communique", "embargo"), ("communique", "release")])
def test_what_binds_the_agency_is_said_by_no_desk_at_once_or_by_a_draft_of_its_own(
    house: House, hostile: Committee, kind: str, action: str
) -> None:
    dossier = {"communique": hostile.communique, "meeting": hostile.meeting}.get(kind, hostile.assessment)
    node, before = house.rabat.node, entries(house, dossier)
    given = {"action": f"{kind}.{action}", "dossier": dossier}
    with pytest.raises(Refusal, match="supervisor_only"):
        act(node, "liaison", given)
    draft = act(node, "liaison", {**given, "keep": True}).draft
    with pytest.raises(Refusal, match="supervisor_only"):
        act(node, "reserve", {"action": "release", "draft": draft.hex()})
    assert entries(house, dossier) == before
    act(node, "liaison", {"action": "discard", "draft": draft.hex()})


@pytest.mark.parametrize("do", ["approve", "withdraw", "embargo", "lift", "release", "leave"])
def test_no_form_of_a_desk_binds_the_agency(house: House, hostile: Committee, do: str) -> None:
    held = shown_communique(house, hostile.communique)["approvals"][0]
    given = {
        "language": "fr",
        "hash": held["hash"],
        "versions": " ".join(held["versions"]),
        "hashes": held["hash"],
        "until": "2090-01-01T00:00",
    }
    before = entries(house, hostile.communique)
    at = reverse("communique_act", kwargs={"dossier": hostile.communique})
    answer = house.client("liaison").post(at, {"do": do, "form": "token-000001", **given})
    assert answer.status_code == 409
    assert entries(house, hostile.communique) == before


def test_a_form_that_back_shows_again_says_what_is_then_typed_in_it(house: House) -> None:
    dossier = say(house, PARIS, "communique.draft", coded={"languages": ["fr"]}, title="Retour")
    client, at = house.client("chef"), reverse("communique_act", kwargs={"dossier": dossier})
    for until in ("2090-01-01T18:00", "2090-01-01T18:00", "2090-01-02T20:00"):
        assert client.post(at, {"do": "embargo", "form": "one-and-the-same", "until": until}).status_code == 303
    (until,) = [one["until"] for one in shown_communique(house, dossier)["embargoes"] if one["agency"] == RABAT]
    assert until > datetime(2090, 1, 2, 12, tzinfo=UTC).timestamp() * 1000
    assert entries(house, dossier) == 3, "the draft and two embargoes"


def test_nobody_approves_a_text_that_the_page_does_not_show(house: House) -> None:
    dossier = say(house, PARIS, "threat_assessment.begin", coded={"area": "drugs"}, title="Menace")
    passage = {"part": "situation", "language": "fr"}
    first = say(house, PARIS, "threat_assessment.passage", dossier, coded=passage, text="zqxunseen: tout va bien.", language="fr")
    say(house, PARIS, "threat_assessment.approve", dossier)
    say(house, RABAT, "threat_assessment.passage", dossier, coded={**passage, "clause": first}, text="Rien ne va.", language="fr")
    page = house.client("chef").get(reverse("assessment", kwargs={"dossier": dossier})).content.decode()
    panel = re.search(r'<section[^>]*id="approval".*?</section>', page, re.DOTALL)
    assert panel is not None
    assert 'value="accept"' in panel.group(0)
    assert "zqxunseen" in panel.group(0)


def test_an_agency_that_numbers_its_text_out_of_reach_stops_nobody_once_it_has_left(house: House) -> None:
    dossier = say(house, PARIS, "threat_assessment.begin", coded={"area": "drugs"}, title="Numéros")
    passage = {"part": "situation", "language": "fr"}
    say(house, PARIS, "threat_assessment.passage", dossier, coded=passage, text="Un.", language="fr")
    say(house, PARIS, "threat_assessment.approve", dossier, coded={"revision": 10_000, "valid_until": 2**53 - 1})
    say(house, PARIS, "threat_assessment.leave", dossier)
    node = house.rabat.node
    shown = show_assessment(node, open_scope(node, "chef"), DossierId(bytes.fromhex(dossier)), record=False)
    assert shown["draft"]["next"] == 1


def test_who_has_left_is_not_addressed_any_more(house: House) -> None:
    dossier = say(house, PARIS, "communique.draft", coded={"languages": ["fr"]}, title="Départ")
    say(house, PARIS, "communique.leave", dossier)
    with pytest.raises(Refusal, match="has_left"):
        act(
            house.rabat.node,
            "chef",
            {"action": "communique.clause", "dossier": dossier, "to": [PARIS], "coded": {"language": "fr"}, "text": "x"},
        )


BENT = {
    "nested": "[" * 100_000,
    "no facts": "[]",
    "no json": "{",
    "a number": "9" * 5_000,
    "not finite": '{"due": NaN}',
    "half a character": '{"code": "\\ud800"}',
    "another dossier": json.dumps({"code": "owed", "dossier": "zz"}),
}


@pytest.mark.parametrize("bent", list(BENT))
def test_a_briefing_form_that_was_bent_is_none_of_ours(house: House, hostile: Committee, bent: str) -> None:
    at = reverse("briefing", kwargs={"dossier": hostile.meeting})
    fields = {"do": "keep", "since": "0", "drawn_at": "0", "units": "desk", "section": "points", "more.points": "0"}
    answer = house.client("chef").post(at, {**fields, "line.points": BENT[bent], "text.points": "x", "on.points": "0"})
    assert answer.status_code in (400, 404)


def test_a_line_that_names_a_foreign_dossier_is_not_kept(house: House, hostile: Committee, foreign: Committee) -> None:
    line = json.dumps({"code": "owed", "dossier": foreign.meeting, "entry": foreign.meeting})
    fields = {"do": "keep", "since": "0", "drawn_at": "0", "section": "points", "more.points": "0", "text.points": "x", "on.points": "0"}
    at = reverse("briefing", kwargs={"dossier": hostile.meeting})
    assert house.client("liaison").post(at, {**fields, "line.points": line}).status_code == 404


def test_a_form_without_its_token_says_nothing_together(house: House, hostile: Committee) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = house.client("chef").cookies
    assert Account.objects.filter(account="chef").exists()
    acts = {
        "communique_act": {"dossier": hostile.communique},
        "assessment_act": {"dossier": hostile.assessment},
        "meeting_act": {"dossier": hostile.meeting, "type": "leave"},
        "briefing": {"dossier": hostile.meeting},
        "codes": {},
    }
    for name, named in acts.items():
        assert strict.post(reverse(name, kwargs=named), {"do": "leave"}).status_code == 403, name
    for name in ("communique_act", "assessment_act"):
        assert house.client("chef").get(reverse(name, kwargs=acts[name]) + "?do=leave").status_code == 405, name
