# SPDX-License-Identifier: EUPL-1.2
"""Signing in for real, at a node that is no demonstration: invitation, password, one-time code, and the rest after failed tries."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from django_otp.oath import totp
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.browser.houses import House, found_alone
from tests.browser.looking import findings
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(400)]

PASSWORD = "une phrase assez longue, et à moi"
TRIES = 5


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, _assets: None) -> Iterator[House]:
    """One node with its posts, as it is in service."""
    with ExitStack() as closing, ThreadPoolExecutor(1) as apart:  # apart from the browser's loop
        yield apart.submit(found_alone, tmp_path_factory.mktemp("alone"), closing).result()


def invited(house: House, account: str) -> str:
    """The code that the administrator is given at the terminal."""
    command = [sys.executable, "-c", "from amana.cli.main import app; app()", "officer", str(house.directory), "invite", account]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    code = re.search(r"(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}", told)
    assert code, told
    return code[0]


def give(visitor: Visitor, **fields: str) -> None:
    """Fill in these fields and send."""
    for name, value in fields.items():
        visitor.page.locator(f"#{name}").fill(value)
    visitor.page.locator("main form button[type='submit']").click()


def test_an_officer_comes_in_by_invitation_password_and_code(alone: House, visiting: Visiting) -> None:
    officer = visiting(alone.address, "ar")
    with officer.expecting(404):
        officer.go("demonstration/liaison/")  # no node in service lets anybody in by a click
    officer.go("inbox/")
    expect(officer.page.locator("#password")).to_be_visible()
    officer.link("First sign-in, with an invitation").click()
    give(officer, account="liaison", invitation=invited(alone, "liaison"))
    assert findings(officer.page) == []
    with officer.expecting(400):
        give(officer, password="short but not", again="short, and other")
    give(officer, password=PASSWORD, again=PASSWORD)
    secret = officer.page.locator("figcaption .code").inner_text().replace(" ", "")
    assert findings(officer.page) == []
    give(officer, code=f"{totp(base64.b32decode(secret + '=' * (-len(secret) % 8))):06}")
    recovery = officer.page.locator("ul.codes li").all_inner_texts()
    assert len(set(recovery)) == 8
    officer.link("I have written them down").click()
    officer.sees("To do today")
    officer.page.locator("details.me-menu summary").click()
    officer.button("Sign out").click()
    give(officer, account="liaison", password=PASSWORD, code=recovery[0])
    officer.sees("To do today")
    officer.page.locator("details.me-menu summary").click()
    officer.button("Sign out").click()
    with officer.expecting(401):
        give(officer, account="liaison", password=PASSWORD, code=recovery[0])  # good once
    expect(officer.page.get_by_role("alert")).to_be_visible()


def test_an_account_that_is_tried_too_often_rests(alone: House, visiting: Visiting) -> None:
    stranger = visiting(alone.address, "fr")
    stranger.go("sign-in/")
    with stranger.expecting(401, 429):
        for _ in range(TRIES):
            give(stranger, account="chef", password="guessed and guessed", code="000000")
    stranger.sees("The account rests for five minutes")
