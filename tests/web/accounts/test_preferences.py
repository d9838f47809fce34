# SPDX-License-Identifier: EUPL-1.2
"""Preferences: keys, language, password and recovery codes with both factors again, other sessions ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axes.utils import reset  # type: ignore[import-untyped]  # it has no types
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from amana.node.access import add_officer, load_officers
from amana.node.local import OfficerAdded
from amana.web.models import Account
from tests.compose.pairs import RABAT
from tests.web.conftest import House

PASSWORD, NEXT = "quatre camions à Sète", "cinq bateaux à Nador"


@pytest.fixture
def client(house: House) -> Iterator[Client]:
    """A browser of an account that these tests alone use, with a password."""
    reset()
    house.at(RABAT)
    add_officer(house.rabat.node, OfficerAdded(name="Essai", role="desk", units=("desk",), account="prefere", language="fr"))
    held, _ = Account.objects.get_or_create(account="prefere")
    held.set_password(PASSWORD)
    held.save()
    yield house.client("prefere")
    Account.objects.filter(account="prefere").delete()


def code() -> str:
    """What the account's device shows; it forgets the code used last."""
    device = TOTPDevice.objects.get(user__account="prefere")
    device.last_t, device.throttling_failure_count, device.throttling_failure_timestamp = -1, 0, None
    device.save()
    return f"{totp(device.bin_key):06}"


def post(client: Client, **given: str) -> int:
    """The status of one form."""
    return client.post("/fr/preferences/", given).status_code


@pytest.mark.parametrize("account", ["liaison", "chef", "admin"])
def test_everybody_has_them(house: House, account: str) -> None:
    assert house.client(account).get("/ar/preferences/").status_code == 200


def test_the_keys_are_switched_off_and_on(client: Client) -> None:
    for given, shown in (({}, 'data-keyboard="off"'), ({"keyboard": "on"}, 'data-keyboard="on"')):
        assert post(client, act="keyboard", **given) == 303
        assert shown in client.get("/fr/preferences/").content.decode()


def test_the_language_is_kept_at_the_node_and_the_page_follows(house: House, client: Client) -> None:
    response = client.post("/fr/preferences/", {"act": "language", "language": "ar"})
    assert (response.status_code, response["Location"]) == (303, "/ar/preferences/")
    held = next(one for one in house.rabat.journal.read(load_officers) if one.account == "prefere")
    assert held.language == "ar"


WRONG = (
    {"password": "x"},
    {"code": "000000"},
    {"again": "another one altogether"},
    {"wanted": "short", "again": "short"},
    {"wanted": ""},
)


@pytest.mark.parametrize("wrong", WRONG, ids=["password", "code", "differ", "short", "none"])
def test_a_password_is_not_changed_by_a_desk_left_open(client: Client, wrong: dict[str, str]) -> None:
    given = {"act": "password", "password": PASSWORD, "code": code(), "wanted": NEXT, "again": NEXT, **wrong}
    assert post(client, **given) == 400
    assert Account.objects.get(account="prefere").check_password(PASSWORD)


def test_a_new_password_ends_the_other_sessions_and_not_this_one(house: House, client: Client) -> None:
    other = house.client("prefere")
    assert post(client, act="password", password=PASSWORD, code=code(), wanted=NEXT, again=NEXT) == 303
    assert client.get("/fr/preferences/").status_code == 200
    assert other.get("/fr/preferences/").status_code == 302


def test_new_recovery_codes_need_both_factors(client: Client) -> None:
    assert post(client, act="recovery", password="x", code=code()) == 400
    page = client.post("/fr/preferences/", {"act": "recovery", "password": PASSWORD, "code": code()}).content.decode()
    assert page.count("<li><bdi") >= 8


def test_other_sessions_are_ended(house: House, client: Client) -> None:
    other, stranger = house.client("prefere"), house.client("liaison")
    assert post(client, act="sessions") == 303
    assert [browser.get("/fr/preferences/").status_code for browser in (client, other, stranger)] == [200, 302, 200]
