# SPDX-License-Identifier: EUPL-1.2
"""Every address × role × relation: made from the rows in `amana.web.urls`, failing where an address has no row.

Relations: a dossier of one's own unit, one of a foreign unit, one that does not exist. Forbidden and absent look
alike: the same status and, apart from the address in it, the same page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from amana.node.access import Role
from amana.web.doors import ANYBODY, Page
from amana.web.urls import PAGES
from tests.compose.pairs import PARIS, RABAT
from tests.web.conftest import House

ACCOUNTS = {Role.DESK: "liaison", Role.SUPERVISOR: "chef", Role.ADMINISTRATOR: "admin"}
NOWHERE = "ab" * 32
FREE = frozenset({""})  # the root, which only leads into a language
KNOWN: dict[str, object] = {  # what an address names, beside a dossier
    "code": PARIS,
    "language": "fr",
    "offer": "ab" * 32,
    "pack": "cd" * 32,
    "account": "reserve",
    "token": "no-such-copy-0000",
    "secret": "no-such-feed-" + "0" * 30,
    "draft": "ab" * 16,
    "view": 9_999,
    "register": "incoming",
    "place": 0,
    "page": 1,
    "form": "pdf",
    "languages": "fr",
    "kind": "information_request",
    "type": "request",
}


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every route that Django would answer, without the language."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, before)
        else:
            yield before + str(pattern.pattern)


def test_every_address_has_its_row() -> None:
    assert set(routes(get_resolver("amana.web.urls").url_patterns)) == {*FREE, *(page.route for page in PAGES)}


def test_rows_are_named_once() -> None:
    names = [page.name for page in PAGES]
    assert len(names) == len(set(names))


def named(page: Page, dossier: str) -> dict[str, object]:
    """The arguments of an address."""
    known = {**KNOWN, "dossier": dossier, "entry": dossier}
    return {name: known[name] for name in re.findall(r"<\w+:(\w+)>", page.route)}


def ask(client: Client, page: Page, dossier: str) -> tuple[int, str]:
    """Status, and where it leads or what it shows without what differs by address."""
    address = "/fr/" if page.name == "home" else reverse(page.name, kwargs=named(page, dossier))
    address = re.sub(r"^/(ar|en|fr)/", "/fr/", address)
    response = client.get(address) if "GET" in page.methods else client.post(address, {})
    shown = "" if response.streaming else response.content.decode(errors="replace")
    return response.status_code, re.sub(r"csrf\w*|[0-9a-f]{64}|value=\"[^\"]*\"|\"X-CSRFToken\": \"\w+\"", "", shown)


GUARDED = [page for page in PAGES if page.roles is not ANYBODY and page.name != "stream"]


@pytest.mark.parametrize("page", GUARDED, ids=lambda page: page.name)
def test_without_signing_in_every_guarded_address_leads_to_the_same_place(house: House, page: Page) -> None:
    client = house.client()
    address = reverse(page.name, kwargs=named(page, house.asked.hex()))
    response = client.get(address) if "GET" in page.methods else client.post(address, {})
    assert response.status_code == 302
    assert "/sign-in/" in response["Location"]


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
@pytest.mark.parametrize("page", GUARDED, ids=lambda page: page.name)
def test_a_role_opens_what_its_row_says(house: House, page: Page, role: Role) -> None:
    status, _ = ask(house.client(ACCOUNTS[role]), page, house.asked.hex())
    if role in page.roles:
        assert status < 500
        if page.about in ("", "dossier", "partner", "account") and "GET" in page.methods:
            assert status in (200, 302, 400, 409), status
    else:
        assert status == 404


@pytest.mark.parametrize("page", [page for page in GUARDED if page.about in ("dossier", "entry")], ids=lambda page: page.name)
def test_a_dossier_of_another_unit_is_like_none(house: House, page: Page) -> None:
    for account, foreign in (("liaison", house.drugs), ("stups", house.asked)):
        client = house.client(account)
        forbidden, absent = ask(client, page, foreign.hex()), ask(client, page, NOWHERE)
        assert forbidden[0] == 404
        assert forbidden == absent


@pytest.mark.parametrize("page", [page for page in GUARDED if page.about == "dossier"], ids=lambda page: page.name)
def test_the_administrator_finds_no_dossier(house: House, page: Page) -> None:
    if Role.ADMINISTRATOR not in page.roles:
        assert ask(house.client("admin"), page, house.asked.hex())[0] == 404


@pytest.mark.parametrize("address", ["/fr/no-such-page/", "/ar/dossiers/zz/", "/en/dossiers/" + "g" * 64 + "/", "/fr/static/../node.toml"])
def test_what_does_not_exist_is_not_found(house: House, address: str) -> None:
    response = house.client("chef", RABAT).get(address)
    assert response.status_code == 404
    assert f'lang="{address[1:3]}"' in response.content.decode()
