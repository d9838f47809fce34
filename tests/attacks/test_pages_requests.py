# SPDX-License-Identifier: EUPL-1.2
"""Requests that no page of ours sends: without a form's token, by another method, under another name, too large, too slow,
out of the directory; and pages asked for by who may not have them.
"""

from __future__ import annotations

import asyncio
import logging
import re
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from axes.utils import reset  # type: ignore[import-untyped]  # it has no types
from django.core import signing
from django.test import Client
from django.urls import reverse
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from amana.compose.config import load_config
from amana.node.access import open_scope
from amana.node.actions.act import act
from amana.node.queries.drafts import list_drafts
from amana.protocol.errors import OperatorFault
from amana.web.bounded import Bounded
from amana.web.doors import ANYBODY, Page
from amana.web.keeping import SALT, copy_pass
from amana.web.live import Arrivals
from amana.web.logs import route_logs
from amana.web.models import Account, WorkingCopy
from amana.web.serving import make_pages
from amana.web.settings import MAX_POST
from amana.web.sign_in.accounts import close_account
from amana.web.streaming import _events
from amana.web.urls import PAGES
from tests.attacks.test_pages import shown
from tests.web.conftest import House, browser, sign_in
from tests.web.sign_in.test_signing_in import PASSWORD, account, code_of

__all__ = ["account"]
POSTED = [page for page in PAGES if "POST" in page.methods]
ONLY_POSTED = [page for page in POSTED if "GET" not in page.methods]
OTHER = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


@pytest.mark.parametrize("page", POSTED, ids=lambda page: page.name)
def test_a_form_without_its_token_changes_nothing(house: House, page: Page) -> None:
    house.at("ma.dgsn")
    client = browser(enforce_csrf_checks=True)
    sign_in(client, "chef")
    response = client.post(f"/fr{shown(page, house.asked, house.entry)}", {"do": "send", "text": "x"})
    assert response.status_code == 403


@pytest.mark.parametrize("page", ONLY_POSTED, ids=lambda page: page.name)
def test_what_takes_a_form_takes_nothing_else(house: House, page: Page) -> None:
    """A HEAD has no token to check, so it reaches no form."""
    client = house.client("chef")
    address = f"/fr{shown(page, house.asked, house.entry)}"
    for method in ("GET", "HEAD", *OTHER):
        assert client.generic(method, address).status_code == 405, method
    tricks: tuple[dict[str, Any], ...] = (
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
        {"HTTP_X_METHOD_OVERRIDE": "POST"},
        {"QUERY_STRING": "_method=POST"},
    )
    for trick in tricks:
        assert client.generic("GET", address, **trick).status_code == 405
    assert client.get("/fr/inbox/").status_code == 200  # among them was the end of the session


@pytest.mark.parametrize("page", [page for page in PAGES if "GET" in page.methods], ids=lambda page: page.name)
def test_other_methods_are_none(house: House, page: Page) -> None:
    client = house.client("chef")
    assert {client.generic(method, f"/fr{shown(page, house.asked, house.entry)}").status_code for method in OTHER} == {405}


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "localhost@elsewhere.example", "a b", "[::2]"])
@pytest.mark.parametrize("path", ["/", "/fr/sign-in/", "/fr/inbox/", "/fr/demonstration/liaison/"])
def test_under_another_name_nobody_answers(house: House, host: str, path: str) -> None:
    """A page elsewhere whose name is made to point at this machine (DNS rebinding) gets nothing."""
    client = house.client("chef")
    response = client.get(path, SERVER_NAME=host, HTTP_HOST=host)
    assert response.status_code == 400
    assert host not in response.content.decode()


def test_a_forwarded_host_counts_for_nothing(house: House) -> None:
    response = house.client().get("/fr/inbox/", HTTP_X_FORWARDED_HOST="elsewhere.example")
    assert response["Location"].startswith("/fr/sign-in/")


ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "https:elsewhere.example",
    "http:///elsewhere.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "\t//elsewhere.example",
    " https://elsewhere.example",
    "/\t/elsewhere.example",
    "https://localhost@elsewhere.example/",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_led_elsewhere_after_signing_in(house: House, account: Account, wanted: str) -> None:
    assert 'name="next" value=""' in re.sub(r"\s+", " ", browser().get("/fr/sign-in/", {"next": wanted}).content.decode())
    given = {"account": "stups", "password": PASSWORD, "code": code_of(account), "next": wanted}
    assert browser().post("/fr/sign-in/", given)["Location"] == "/fr/inbox/"


def test_a_fragment_without_a_session_leads_to_this_node(house: House) -> None:
    told: dict[str, Any] = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "https://elsewhere.example//elsewhere.example/x"}
    response = house.client().get("/fr/inbox/lines/", **told)
    assert (response.status_code, response["HX-Redirect"].partition("?")[0]) == (204, "/fr/sign-in/")
    account_of, shown_next = house.client(), response["HX-Redirect"]
    assert "//elsewhere" not in account_of.get(shown_next).content.decode()


def _work(account: str, kind: str = "") -> float:
    """Processor time of the cheapest of some tries to sign in."""
    taken = []
    for _ in range(4):
        reset()
        start = time.process_time()
        assert browser().post("/fr/sign-in/", {"account": account, "password": "wrong", "code": "000000"}).status_code == 401
        taken.append(time.process_time() - start)
    return min(taken)


def test_a_try_costs_the_same_whether_the_account_exists_or_not(house: House, account: Account) -> None:
    known = _work("stups")
    Account.objects.get_or_create(account="invited")
    close_account("invited")
    for other in ("nobody", "invited"):
        assert 0.5 < _work(other) / known < 2, other
    Account.objects.filter(account="invited").delete()
    reset()


def test_an_account_that_does_not_exist_rests_as_well(house: House) -> None:
    reset()
    given = {"account": "nobody", "password": "wrong", "code": "000000"}
    assert [browser().post("/fr/sign-in/", given).status_code for _ in range(6)] == [401, 401, 401, 401, 429, 429]
    reset()


def test_nothing_of_a_password_or_code_is_kept_as_it_was_typed(house: House, account: Account) -> None:
    house.at("ma.dgsn")
    for path in house.rabat.directory.iterdir():
        if path.name.startswith("desk"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
            assert PASSWORD.encode() not in path.read_bytes(), path.name
    assert Account.objects.get(account="stups").password.startswith("argon2$argon2id$")


@pytest.fixture
def copy(house: House) -> Iterator[WorkingCopy]:
    """What the officer of another unit is writing."""
    house.at("ma.dgsn")
    fields = {"title": ["zqxcopy"], "text": ["zqxcopy"]}
    made = WorkingCopy.objects.create(account="stups", token="a" * 24, kind="information_request.request", fields=fields)
    yield made
    WorkingCopy.objects.filter(token=made.token).delete()


def test_a_working_copy_of_somebody_else_is_not_there(house: House, copy: WorkingCopy) -> None:
    address = reverse("working_copy", kwargs={"token": copy.token})
    for who in ("liaison", "chef"):
        client = house.client(who)
        assert client.get(address).status_code == 404
        for pressed in ("", "save", "send", "drop", "preview"):
            given = {"do": pressed, "text": "other", "kind": copy.kind, "pass": copy_pass(copy)}
            assert client.post(address, given).status_code == 404, (who, pressed)
        for page in ("/fr/inbox/?view=all", "/fr/drafts/", "/fr/search/?q=copy"):
            assert "zqxcopy" not in client.get(page).content.decode()
    copy.refresh_from_db()
    assert copy.fields["text"] == ["zqxcopy"]


# Named here: a signed value holds the second it was signed in, and each worker collects at a second of its own.
@pytest.mark.parametrize(
    "given",
    ["", "x", "x:y:z", signing.dumps(["stups", "a" * 24], salt="another"), signing.dumps({"a": 1}, salt=SALT)],
    ids=["nothing", "a letter", "three parts", "signed for another use", "signed with another shape"],
)
def test_without_a_session_and_a_true_pass_nothing_is_written(house: House, copy: WorkingCopy, given: str) -> None:
    address = reverse("working_copy", kwargs={"token": copy.token})
    response = house.client().post(address, {"pass": given, "text": "other"})
    assert response["Location"].startswith("/")
    copy.refresh_from_db()
    assert copy.fields["text"] == ["zqxcopy"]


def test_a_pass_writes_and_never_reads(house: House, copy: WorkingCopy) -> None:
    address = reverse("working_copy", kwargs={"token": copy.token})
    response = house.client().post(address, {"pass": copy_pass(copy), "text": "on the way"})
    assert response.status_code == 302
    assert b"zqxcopy" not in response.content
    assert house.client().get(address).status_code == 302


def test_a_draft_of_another_unit_is_not_there(house: House) -> None:
    node = house.at("ma.dgsn").node
    wish = {"action": "information_request.supplement", "dossier": house.drugs.hex(), "text": "zqxdraft", "language": "fr", "keep": True}
    act(node, "stups", wish)
    scope = open_scope(node, "stups")
    own, _ = node.journal.read(lambda reading: list_drafts(reading, node, scope))
    draft = next(row["draft"] for row in own)
    absent = "ab" * 16
    client = house.client("liaison")
    assert "zqxdraft" not in client.get("/fr/drafts/").content.decode()
    for address, method in (("release", "get"), ("release_draft", "post"), ("discard_draft", "post")):
        answers = [getattr(client, method)(reverse(address, kwargs={"draft": one})) for one in (draft, absent)]
        assert [answer.status_code for answer in answers] == [404, 404]
    assert node.journal.read(lambda reading: list_drafts(reading, node, scope))[0]


def test_the_stream_is_for_who_is_signed_in_and_says_nothing(house: House) -> None:
    assert house.client().get("/fr/stream/")["Location"].startswith("/fr/sign-in/")

    async def listen() -> list[bytes]:
        arrivals, heard = Arrivals(), []
        arrivals.start()
        async for chunk in _events(arrivals):
            heard.append(chunk)
            asyncio.get_running_loop().call_later(0.05, arrivals.changed)
            if len(heard) == 3:
                break
        return heard

    assert asyncio.run(listen()) == [b"retry: 3000\n\n", *[b"event: changed\ndata: \n\n"] * 2]


async def ask(
    app: Any, path: str, *, chunks: Sequence[bytes] = (b"",), method: str = "GET", pause: float = 0, **headers: str
) -> tuple[int, bytes, int]:
    """Status, body, and how many chunks of the request were taken."""
    waiting = list(chunks)
    said: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(pause)
        if not waiting:
            await asyncio.sleep(30)
        chunk = waiting.pop(0)
        return {"type": "http.request", "body": chunk, "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        said.append(message)

    given = [(b"host", b"localhost"), *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items())]
    scope = {"type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": path, "raw_path": path.encode()}
    scope |= {"query_string": b"", "root_path": "", "headers": given, "server": ("127.0.0.1", 1), "client": ("127.0.0.1", 2)}
    await app(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in said)
    return next(message["status"] for message in said if message["type"] == "http.response.start"), body, len(chunks) - len(waiting)


TRICKS = [
    "/static/../node.toml",
    "/static/../../node.toml",
    "/static/%2e%2e/%2e%2e/node.toml",
    "/static/..\\..\\node.toml",
    "/static//etc/passwd",
    "/static/desk/../../../../../../../../etc/passwd",
    "/static/\x00",
    "/static/",
    "/static/desk",
    "/static/staticfiles.json/..",
    "/node.toml",
    "/desk.db",
]


@pytest.mark.parametrize("path", TRICKS)
def test_no_path_leads_out_of_the_static_files(house: House, path: str) -> None:
    app = make_pages(house.at("ma.dgsn")).app
    status, body, _ = asyncio.run(ask(app, path))
    assert status in (400, 404, 405)
    assert b"root:" not in body
    assert b"code =" not in body


async def _taking(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that takes everything it is given, as Django does."""
    more = True
    while more:
        more = (await receive()).get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"taken"})


MIB = b"x" * 1024 * 1024


@pytest.mark.parametrize(
    ("headers", "chunks", "status", "taken"),
    [
        ({"content_length": str(MAX_POST)}, [MIB] * 11, 200, 11),
        ({"content_length": str(MAX_POST + 1)}, [MIB] * 12, 413, 0),
        ({"content_length": "9" * 30}, [MIB], 413, 0),
        ({"content_length": "-1"}, [MIB], 413, 0),
        ({"transfer_encoding": "chunked"}, [MIB] * 40, 413, 12),
    ],
)
def test_what_is_larger_than_one_attachment_is_not_taken(headers: dict[str, Any], chunks: list[bytes], status: int, taken: int) -> None:
    answered = asyncio.run(ask(Bounded(_taking), "/ar/write/copy/x/", method="POST", chunks=chunks, **headers))
    assert (answered[0], answered[2]) == (status, taken)
    if status != 200:
        assert b'<html lang="ar" dir="rtl">' in answered[1]


def test_what_comes_too_slowly_is_given_up(house: House) -> None:
    status, body, _ = asyncio.run(ask(Bounded(_taking, patience=0.05), "/fr/", method="POST", chunks=[b"a", b"b", b"c"], pause=0.04))
    assert (status, b'lang="fr"' in body) == (408, True)


def test_all_that_is_on_its_way_has_a_limit() -> None:
    async def crowd() -> list[int]:
        app = Bounded(_taking)
        return [
            one[0] for one in await asyncio.gather(*(ask(app, "/fr/", method="POST", chunks=[MIB] * 10, pause=0.001) for _ in range(20)))
        ]

    statuses = asyncio.run(crowd())
    assert set(statuses) == {200, 503}
    assert asyncio.run(ask(Bounded(_taking), "/fr/", method="POST", chunks=[MIB] * 10))[0] == 200


def test_a_form_of_too_many_fields_is_refused(house: House) -> None:
    client: Client = house.client("chef")
    assert client.post("/fr/preferences/", {f"f{number}": "x" for number in range(5000)}).status_code == 400
    assert (
        client.post("/fr/preferences/", {"f": "x" * (5 * 1024 * 1024)}, content_type="application/x-www-form-urlencoded").status_code >= 400
    )


@pytest.mark.parametrize("more", ['listen = "0.0.0.0"', 'listen = "::"', 'listen = "192.0.2.1"', 'pages_hosts = ["desk.example.org"]', ""])
def test_a_demonstration_listens_to_this_machine_alone(more: str, tmp_path: Path) -> None:
    (tmp_path / "node.toml").write_text(f'code = "ma.dgsn"\nport = 9\ndemonstration = true\n{more}\n')
    config = load_config(tmp_path)
    with pytest.raises(OperatorFault) if more else nullcontext():
        config.require_sane()


def test_what_libraries_log_holds_no_word_of_a_request(house: House) -> None:
    route_logs()
    client = house.client("chef")
    with capture_logs() as lines:
        client.get("/fr/zqxsecret/")
        client.get("/fr/inbox/", HTTP_HOST="zqxsecret.example")
        browser(enforce_csrf_checks=True).post("/fr/sign-in/", {"account": "zqxsecret"})
        for _ in range(6):
            browser().post("/fr/sign-in/", {"account": "zqxsecret", "password": "zqxsecret", "code": "1"})
        logging.getLogger("django.request").error("zqxsecret %s", "zqxsecret", exc_info=ValueError("zqxsecret"))
    reset()
    assert {line.get("status") for line in lines} >= {404, 403}
    assert any(line.get("error") == "ValueError" for line in lines)
    assert "zqxsecret" not in repr(lines)
    assert logging.lastResort is None or logging.getLogger().handlers


def test_a_role_that_no_row_names_stays_out(house: House) -> None:
    for page in PAGES:
        assert page.roles is ANYBODY or page.roles, page.name
