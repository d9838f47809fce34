# SPDX-License-Identifier: EUPL-1.2
"""What a hostile partner writes, and what a stranger puts into an address, through every page that shows it: words, and
nothing but words. And what stands at the head of every answer.

A page is read as a browser reads it: elements and attributes that we did not write are looked for in what was parsed.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amana.protocol.identifiers import DossierId, EntryId
from amana.web.doors import ANYBODY, Page
from amana.web.urls import PAGES
from tests.compose.pairs import PARIS, RABAT
from tests.federation.acts import TERMS
from tests.node.attachments.files import attached
from tests.web.conftest import House
from tests.web.permissions.test_table import KNOWN

SAID = "zqxhostile"  # in everything that the partner writes; no word of ours holds it
MARKUP = f'{SAID}"\'><img src=//elsewhere.example/a onerror=alert(1)><script>alert(1)</script><a href="https://elsewhere.example">x</a>'
PLACES = f"{SAID} {{{{ settings.SECRET_KEY }}}} {{% url 'inbox' %}} {{dossier}} &lt;b&gt; https://elsewhere.example/x"
TURNED = f"{SAID}\u202e\u2066\u200f\u2067 gnp.exe\u202c"
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")  # overrides, embeddings and isolates; we write elements in their place
OWN_SCRIPTS = re.compile(r"/static/[\w./-]+\.js")
LANGUAGES = ("ar", "fr", "en")


class Read(HTMLParser):
    """What a browser would make of a page that is not ours to make."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.words: list[str] = []
        self._in_script = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.words += given.values()
        if tag in ("iframe", "object", "embed", "base", "style", "frame"):
            self.found.append(tag)
        if tag == "script":
            self._in_script = True
            if not OWN_SCRIPTS.fullmatch(given.get("src", "")):
                self.found.append("script")
        self.found += [f"{tag} {name}" for name in given if name.startswith(("on", "hx-on")) or name == "style"]
        for name in ("href", "src", "action", "formaction", "data-stream", "hx-get", "hx-post", "poster", "srcset"):
            if name in given and not re.match(r"/(?!/)|\?|#|$", given[name]):
                self.found.append(f"{tag} {name}={given[name]}")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._in_script and data.strip():
            self.found.append("inline script")

    @property
    def turned(self) -> list[str]:
        """Words that could turn the words around them."""
        return [words[:80] for words in self.words if BIDI.search(words)]


@pytest.fixture(scope="module")
def hostile(house: House) -> dict[str, Any]:
    """Paris writes everything that it can into one request, one answer and one agreement."""
    items = [
        {
            "type": "person",
            "value": {"names": [MARKUP[:100], TURNED], "aliases": [PLACES[:100]], "born_in": MARKUP[:100], "remarks": PLACES},
        },
        {"type": "phone", "value": {"number": "<b>+33639980418", "remarks": MARKUP}},
        {"type": "vehicle", "value": {"plate": "<b>zqx", "make": MARKUP[:100], "remarks": TURNED}},
        {"type": "cyber_observable", "value": {"kind": "url", "value": "javascript:alert(1)//https://elsewhere.example/" + SAID}},
    ]
    asked = _send(house, f"{SAID} <script>alert(1)</script>\u202e", MARKUP + TURNED + PLACES, items)
    terms = {**TERMS, "articles": [{**TERMS["articles"][0], "number": "<b>1"}]}  # type: ignore[index]  # of the dict above
    proposed = _agree(house, terms)
    return {"dossier": asked.dossier, "entry": asked.entry, "agreement": proposed.dossier}


def _send(house: House, title: str, text: str, items: list[dict[str, Any]]) -> Any:
    """The request with its file, and the file brought over."""
    files = [attached(f"{SAID} <img src=x onerror=alert(1)>.txt", MARKUP.encode())]
    wanted = {
        "action": "information_request.request",
        "to": [RABAT],
        "title": title,
        "text": text,
        "language": "ar",
        "unit": "desk",
        "coded": {"area": "drugs", "types": ["identification"], "urgency": "urgent"},
        "attachments": files,
        "items": items,
    }
    done = house.act(PARIS, "chef", wanted)
    for _ in range(6):
        for caller, called in ((house.rabat, house.paris), (house.paris, house.rabat)):
            turn = caller.exchange.attachments.open_turn(called.node.code)
            if turn is not None:
                caller.exchange.attachments.close_turn(turn, called.exchange.answer_attachments(turn.wire))
    return done


def _agree(house: House, terms: dict[str, Any]) -> Any:
    wanted = {"action": "agreement.propose", "to": [RABAT], "title": MARKUP[:150], "text": MARKUP, "coded": terms, "unit": "desk"}
    return house.act(PARIS, "chef", wanted)


def shown(page: Page, dossier: DossierId, entry: EntryId) -> str:
    """The address of a page about this dossier."""
    known = {**KNOWN, "dossier": dossier.hex(), "entry": entry.hex(), "number": 1, "register": "dossiers"}
    return re.sub(r"^/\w\w/", "/", "/" if page.name == "home" else reverse(page.name, kwargs={n: known[n] for n in names(page)}))


def names(page: Page) -> list[str]:
    """What an address names."""
    return re.findall(r"<\w+:(\w+)>", page.route)


def read(response: Any) -> Read | None:
    """The page as parsed; None for what is no page."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return None
    return Read(response.content.decode())


READ = [page for page in PAGES if "GET" in page.methods and page.name != "stream"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", READ, ids=lambda page: page.name)
def test_what_a_partner_writes_is_words_on_every_page(house: House, hostile: dict[str, Any], page: Page, language: str) -> None:
    client = house.client("chef")
    for dossier in (hostile["dossier"], hostile["agreement"]):
        seen = read(client.get(f"/{language}{shown(page, dossier, hostile['entry'])}"))
        if seen is not None:
            assert (seen.found, seen.turned) == ([], [])


def test_the_hostile_words_are_shown_where_they_belong(house: House, hostile: dict[str, Any]) -> None:
    """The tests above would be content with empty pages."""
    client, dossier = house.client("chef"), hostile["dossier"].hex()
    addresses = [
        f"/ar/dossiers/{dossier}/",
        "/ar/incoming/",
        "/ar/dossiers/",
        f"/ar/search/?q={SAID}",
        "/ar/inbox/?view=all",
        "/ar/agreements/",
    ]
    addresses += [f"/ar/dossiers/{dossier}/peek/", f"/ar/dossiers/{dossier}/thread/", f"/ar/agreements/{hostile['agreement'].hex()}/"]
    addresses += [f"/ar/write/information_request/answer/?dossier={dossier}"]
    addresses += [f"/ar/dossiers/{dossier}/entries/{hostile['entry'].hex()}/files/0/preview/"]
    for address in addresses:
        response = client.get(address)
        assert (address, response.status_code) == (address, 200)
        assert SAID in response.content.decode(), address
        seen = read(response)
        assert seen is not None
        assert (seen.found, seen.turned) == ([], [])


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            f"<p>{MARKUP}</p>",
            ["img onerror", "img src=//elsewhere.example/a", "script", "inline script", "a href=https://elsewhere.example"],
        ),
        ('<a href="javascript:alert(1)">x</a>', ["a href=javascript:alert(1)"]),
        ('<p style="color:red" hx-on:click="a()">x</p>', ["p style", "p hx-on:click"]),
        ('<a href="/fr/inbox/">x</a><script src="/static/desk/desk.js"></script>', []),
    ],
)
def test_the_reader_notices(page: str, expected: list[str]) -> None:
    assert sorted(Read(page).found) == sorted(expected)
    assert Read(f"<p>{TURNED}</p>").turned


QUERY = dict.fromkeys(("q", "view", "to", "template", "area", "unit", "partner", "sort", "since", "again", "page", "done", "next"), MARKUP)


@pytest.mark.parametrize("page", READ, ids=lambda page: page.name)
def test_what_a_stranger_puts_into_an_address_is_words(house: House, page: Page) -> None:
    client = house.client("chef")
    for given in (QUERY, {**QUERY, "dossier": house.asked.hex(), "coded.area": MARKUP, "q": TURNED}):
        response = client.get(f"/fr{shown(page, house.asked, house.entry)}", given)
        assert response.status_code < 500
        seen = read(response)
        if seen is not None:
            assert (seen.found, seen.turned) == ([], [])


def test_a_file_of_a_partner_is_saved_and_never_opened_in_place(house: House, hostile: dict[str, Any]) -> None:
    address = f"/fr/dossiers/{hostile['dossier'].hex()}/entries/{hostile['entry'].hex()}/files/0/"
    response = house.client("chef").get(address)
    assert response.status_code == 200
    assert response.content == MARKUP.encode()
    assert response["Content-Disposition"].startswith("attachment")
    assert "\n" not in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response["Content-Type"].startswith("text/html")


def test_the_administrator_sees_no_word_of_it_on_any_page(house: House, hostile: dict[str, Any]) -> None:
    client, pages = house.client("admin"), 0
    for page in READ:
        for dossier in (hostile["dossier"], hostile["agreement"]):
            response = client.get(f"/fr{shown(page, dossier, hostile['entry'])}")
            pages += response.status_code == 200
            assert response.streaming or SAID not in response.content.decode(errors="replace"), page.name
    assert pages > 10


POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def guarded(response: Any) -> None:
    """What every answer says to the browser."""
    assert {part.strip() for part in response["Content-Security-Policy"].split(";")} == POLICY
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("account", ["", "liaison", "chef", "admin"])
@pytest.mark.parametrize("page", READ, ids=lambda page: page.name)
def test_every_answer_says_what_a_browser_may_do_with_it(house: House, page: Page, account: str) -> None:
    guarded(house.client(account).get(f"/fr{shown(page, house.asked, house.entry)}"))


@pytest.mark.parametrize("page", [page for page in PAGES if "POST" in page.methods], ids=lambda page: page.name)
def test_so_does_the_answer_to_every_form(house: House, page: Page) -> None:
    if page.roles is not ANYBODY and page.name != "sign_out":
        guarded(house.client("liaison").post(f"/fr{shown(page, house.asked, house.entry)}", {}))
    guarded(Client(SERVER_NAME="localhost", enforce_csrf_checks=True).post(f"/fr{shown(page, house.asked, house.entry)}", {}))
