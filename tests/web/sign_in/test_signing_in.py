# SPDX-License-Identifier: EUPL-1.2
"""Signing in: both factors or nothing, one answer for whatever is wrong, an account that rests, an invitation good once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from axes.utils import reset  # type: ignore[import-untyped]  # it has no types
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from amana.web.models import Account
from amana.web.sign_in.accounts import RECOVERY_CODES, invite
from tests.web.conftest import House, browser

PASSWORD = "quatre camions à Sète"


@pytest.fixture
def account(house: House) -> Account:
    """An account with a password and a device, as after its first sign-in."""
    reset()
    held, _ = Account.objects.get_or_create(account="stups")
    held.set_password(PASSWORD)
    held.save()
    TOTPDevice.objects.filter(user=held).delete()
    TOTPDevice.objects.create(user=held, name="totp", confirmed=True)
    return held


def code_of(account: Account) -> str:
    """What the account's device shows now; a code is good once, so the device forgets the last one."""
    device = TOTPDevice.objects.get(user=account)
    device.last_t = -1
    device.throttling_failure_count = 0
    device.throttling_failure_timestamp = None
    device.save()
    return f"{totp(device.bin_key):06}"


def post(client: Client, **given: str) -> int:
    """The status of a try."""
    return client.post("/fr/sign-in/", {"account": "stups", "password": PASSWORD, "code": "", **given}).status_code


def test_both_factors_open_the_desk(house: House, account: Account) -> None:
    client = browser()
    response = client.post("/fr/sign-in/", {"account": "stups", "password": PASSWORD, "code": code_of(account)})
    assert (response.status_code, response["Location"]) == (302, "/fr/inbox/")
    assert client.get("/fr/inbox/").status_code == 200


def test_one_wrong_factor_is_told_like_every_other(house: House, account: Account) -> None:
    right = code_of(account)
    tries = [{"password": "x"}, {"code": "000000"}, {"account": "nobody", "code": right}, {"password": "x", "code": "000000"}]
    answers = []
    for given in tries:
        reset()
        response = browser().post("/fr/sign-in/", {"account": "stups", "password": PASSWORD, "code": right, **given})
        shown = re.sub(r'value="[^"]*"', "", response.content.decode())
        answers.append((response.status_code, re.sub(r"\s+", " ", re.sub(r"hx-headers='[^']*'", "", shown))))
    assert {status for status, _ in answers} == {401}
    assert len({text for _, text in answers}) == 1


def test_a_password_without_the_code_opens_nothing(house: House, account: Account) -> None:
    client = browser()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/fr/inbox/")["Location"].startswith("/fr/sign-in/")


def test_after_five_tries_the_account_rests_and_the_right_password_too(house: House, account: Account) -> None:
    statuses = [post(browser(), password=f"wrong {count}", code="000000") for count in range(5)]
    assert statuses == [401, 401, 401, 401, 429]
    assert post(browser(), code=code_of(account)) == 429
    reset()


def test_a_code_is_good_once(house: House, account: Account) -> None:
    code = code_of(account)
    assert post(browser(), code=code) == 302
    assert post(browser(), code=code) == 401


def test_where_one_was_going_one_arrives_but_only_here(house: House, account: Account) -> None:
    for wanted, reached in (
        ("/fr/outgoing/", "/fr/outgoing/"),
        ("https://elsewhere.example/", "/fr/inbox/"),
        ("//elsewhere.example", "/fr/inbox/"),
    ):
        given = {"account": "stups", "password": PASSWORD, "code": code_of(account), "next": wanted}
        assert browser().post("/fr/sign-in/", given)["Location"] == reached


def test_the_first_sign_in_by_invitation(house: House) -> None:
    reset()
    code = invite("liaison")
    client = browser()
    assert client.post("/fr/first/", {"account": "liaison", "invitation": code.lower()})["Location"] == "/fr/first/password/"
    assert client.post("/fr/first/password/", {"password": "short", "again": "short"}).status_code == 400
    assert client.post("/fr/first/password/", {"password": PASSWORD, "again": PASSWORD})["Location"] == "/fr/first/code/"
    assert "<svg" in client.get("/fr/first/code/").content.decode()
    assert client.post("/fr/first/code/", {"code": "000000"}).status_code == 401
    device = TOTPDevice.objects.get(user__account="liaison", confirmed=False)
    device.throttling_failure_count = 0
    device.throttling_failure_timestamp = None
    device.save()
    shown = client.post("/fr/first/code/", {"code": f"{totp(device.bin_key):06}"})
    assert len(re.findall(r"<li><bdi", shown.content.decode())) == RECOVERY_CODES
    assert client.get("/fr/inbox/").status_code == 200
    assert browser().post("/fr/first/", {"account": "liaison", "invitation": code}).status_code == 401


@pytest.mark.parametrize("wrong", ["code", "account", "too late", "none"])
def test_an_invitation_that_does_not_hold(house: House, wrong: str) -> None:
    code = invite("liaison")
    if wrong == "too late":
        Account.objects.filter(account="liaison").update(invited_until=timezone.now() - timedelta(seconds=1))
    if wrong == "none":
        Account.objects.filter(account="liaison").update(invitation="")
    given = {"account": "chef" if wrong == "account" else "liaison", "invitation": "AAAA-BBBB-CCCC-DDDD" if wrong == "code" else code}
    assert browser().post("/fr/first/", given).status_code == 401
    Account.objects.filter(account="liaison").update(invitation="", invited_until=None)


def test_nobody_enters_by_one_click_outside_a_demonstration(house: House) -> None:
    assert browser().get("/fr/demonstration/liaison/").status_code == 404


def test_signing_out_needs_a_form(house: House) -> None:
    client = house.client("chef")
    assert client.get("/fr/sign-out/").status_code == 405
    client.post("/fr/sign-out/")
    assert client.get("/fr/inbox/").status_code == 302


def test_an_idle_session_ends(house: House) -> None:
    client = house.client("chef")
    assert client.get("/fr/inbox/").status_code == 200
    session = client.session
    session["seen"] -= 46 * 60
    session.save()
    assert client.get("/fr/inbox/")["Location"] == "/fr/sign-in/?next=%2Ffr%2Finbox%2F"


@pytest.mark.parametrize("address", ["/fr/inbox/lines/", "/fr/around/", "/fr/partners/lines/", "/fr/dossiers/{asked}/thread/"])
def test_a_page_that_renews_itself_keeps_no_session_from_ending(house: House, address: str) -> None:
    client = house.client("chef")
    assert client.get("/fr/inbox/").status_code == 200
    session = client.session
    session["seen"] -= 44 * 60
    session.save()
    assert client.get(address.format(asked=house.asked.hex())).status_code == 200
    session = client.session
    session["seen"] -= 2 * 60
    session.save()
    assert client.get("/fr/inbox/").status_code == 302


def test_a_session_ends_after_a_long_shift_whoever_is_at_work(house: House) -> None:
    client = house.client("chef")
    assert client.get("/fr/inbox/").status_code == 200
    session = client.session
    session["since"] -= 10 * 3600 + 1
    session.save()
    assert client.get("/fr/inbox/").status_code == 302


def test_a_form_without_its_token_is_refused(house: House) -> None:
    client = browser(enforce_csrf_checks=True)
    assert client.post("/fr/sign-in/", {"account": "a", "password": "b", "code": "c"}).status_code == 403
