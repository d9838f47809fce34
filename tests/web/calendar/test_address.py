# SPDX-License-Identifier: EUPL-1.2
"""The address of a feed on the page of preferences: made with both factors, shown once, renewed, revoked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from amana.web.models import Account, CalendarFeed
from tests.compose.pairs import RABAT
from tests.web.accounts.test_preferences import PASSWORD, client, code
from tests.web.conftest import House, browser

__all__ = ["client"]
ADDRESS = re.compile(r"http://localhost/(?:fr|ar|en)/calendar/([A-Za-z0-9_-]{43})\.ics")


@pytest.fixture(autouse=True)
def _no_feeds(house: House) -> Iterator[None]:
    """Tests leave no feed behind."""
    yield
    house.at(RABAT)
    CalendarFeed.objects.all().delete()


def make(client: Client) -> str:
    """The secret of the address that the page shows."""
    answer = client.post("/fr/preferences/", {"act": "calendar_make", "password": PASSWORD, "code": code()})
    found = ADDRESS.findall(answer.content.decode())
    assert len(found) == 1
    return str(found[0])


def status(secret: str) -> int:
    """What a calendar application gets."""
    return browser().get(f"/fr/calendar/{secret}.ics").status_code


def test_it_is_shown_once_renewed_and_revoked(client: Client) -> None:
    first = make(client)
    assert status(first) == 200
    assert first not in client.get("/fr/preferences/").content.decode()
    second = make(client)
    assert (first != second, status(first), status(second)) == (True, 404, 200)
    assert client.post("/fr/preferences/", {"act": "calendar_revoke"}).status_code == 303
    assert status(second) == 404
    assert CalendarFeed.objects.filter(account="prefere").count() == 0


@pytest.mark.parametrize("wrong", [{"password": "x"}, {"code": "000000"}, {"password": ""}], ids=["password", "code", "none"])
def test_a_desk_left_open_is_not_enough(client: Client, wrong: dict[str, str]) -> None:
    given = {"act": "calendar_make", "password": PASSWORD, "code": code(), **wrong}
    answer = client.post("/fr/preferences/", given)
    assert (answer.status_code, ADDRESS.search(answer.content.decode())) == (400, None)
    assert CalendarFeed.objects.filter(account="prefere").count() == 0


def test_an_account_without_a_password_makes_none_outside_a_demonstration(house: House) -> None:
    client = house.client("liaison")
    assert client.post("/fr/preferences/", {"act": "calendar_make"}).status_code == 400
    assert CalendarFeed.objects.filter(account="liaison").count() == 0


def test_the_secret_is_kept_nowhere(house: House, client: Client) -> None:
    secret = make(client)
    files = [path for path in house.at(RABAT).directory.iterdir() if path.is_file()]
    assert len(files) > 4
    assert [path.name for path in files if secret.encode() in path.read_bytes()] == []


@pytest.mark.parametrize("act", ["calendar_make", "calendar_revoke", "calendar_words"])
def test_an_administrator_has_no_calendar(house: House, act: str) -> None:
    client = house.client("admin")
    before = Account.objects.get(account="admin").preferences
    answer = client.post("/fr/preferences/", {"act": act, "calendar_titles": "on"})
    assert (answer.status_code, "p-calendar" in answer.content.decode()) == (200, False)
    assert (CalendarFeed.objects.filter(account="admin").count(), Account.objects.get(account="admin").preferences) == (0, before)
