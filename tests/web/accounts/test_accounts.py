# SPDX-License-Identifier: EUPL-1.2
"""Accounts, for the administrator: added, changed, invited once, closed at once; the last administrator stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from amana.node.access import add_officer, load_account, load_officers
from amana.node.actions.accounts import invite_account
from amana.node.local import OfficerAdded
from amana.web.models import Account
from tests.compose.pairs import RABAT
from tests.web.conftest import House

NEW = {"account": "nouveau", "name": "Chargé de dossier", "role": "desk", "units": "desk drugs", "language": "fr"}


@pytest.fixture
def officer(house: House) -> Iterator[str]:
    """An account of these tests alone, open."""
    house.at(RABAT)
    add_officer(house.rabat.node, OfficerAdded(name="Essai", role="desk", units=("desk",), account="essai", language="fr"))
    invite_account(house.rabat.node, "essai")
    yield "essai"
    Account.objects.filter(account="essai").delete()


@pytest.mark.parametrize("account", ["liaison", "chef"])
@pytest.mark.parametrize("address", ["accounts/", "accounts/stups/", "new-account/"])
def test_officers_do_not_find_them(house: House, account: str, address: str) -> None:
    assert house.client(account).get(f"/fr/{address}").status_code == 404


def test_an_account_is_added_with_its_units(house: House) -> None:
    response = house.client("admin").post("/fr/new-account/", NEW)
    assert (response.status_code, response["Location"]) == (303, "/fr/accounts/nouveau/")
    held = next(one for one in house.rabat.journal.read(load_officers) if one.account == "nouveau")
    assert (held.role, held.units, held.language) == ("desk", ("desk", "drugs"), "fr")


@pytest.mark.parametrize(
    "changed",
    [{"account": "stups"}, {"account": "A B"}, {"account": "x1", "units": ""}, {"account": "x2", "role": "king"}],
    ids=["known", "misspelt", "without a unit", "without a role"],
)
def test_what_cannot_be_kept_is_told_beside_what_was_typed(house: House, changed: dict[str, str]) -> None:
    response = house.client("admin").post("/fr/new-account/", {**NEW, **changed})
    page = response.content.decode()
    assert (response.status_code, 'value="Chargé de dossier"' in page, 'role="alert"' in page) == (409, True, True)


def test_an_account_is_changed_and_by_whom_is_kept(house: House, officer: str) -> None:
    response = house.client("admin").post(f"/fr/accounts/{officer}/", {**NEW, "name": "Autre", "units": "drugs", "language": "ar"})
    assert response.status_code == 303
    held = next(one for one in house.rabat.journal.read(load_officers) if one.account == officer)
    assert (held.name, held.units, held.language) == ("Autre", ("drugs",), "ar")
    last = [row for row in house.rabat.journal.read(lambda reading: reading.local_after(0, 10_000)) if row.type == "officer_added"][-1]
    assert last.officer == "admin"


def test_an_invitation_is_shown_once_and_opens_the_first_sign_in(house: House, officer: str) -> None:
    client = house.client("admin")
    page = client.post(f"/fr/accounts/{officer}/invite/").content.decode()
    code = re.search(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", page)
    assert code is not None
    assert code[0] not in client.get(f"/fr/accounts/{officer}/").content.decode()
    opened = house.client().post("/fr/first/", {"account": officer, "invitation": code[0]})
    assert (opened.status_code, opened["Location"]) == (302, "/fr/first/password/")


def test_a_closed_account_is_out_at_once(house: House, officer: str) -> None:
    theirs = house.client(officer)
    assert theirs.get("/fr/inbox/").status_code == 200
    assert house.client("admin").post(f"/fr/accounts/{officer}/close/").status_code == 303
    response = theirs.get("/fr/inbox/")
    assert (response.status_code, "sign-in" in response["Location"]) == (302, True)
    held = house.rabat.journal.read(lambda reading: load_account(reading, officer))
    assert held is not None
    assert (held.state, held.by) == ("closed", "admin")


def test_the_last_administrator_is_not_closed(house: House) -> None:
    client = house.client("admin")
    assert client.post("/fr/accounts/admin/close/").status_code == 409
    assert client.get("/fr/accounts/").status_code == 200


def test_an_account_that_is_not_there_is_not_found(house: House) -> None:
    client = house.client("admin")
    assert client.get("/fr/accounts/nobody/").status_code == 404
    for act in ("invite", "close"):
        assert client.post(f"/fr/accounts/nobody/{act}/").status_code == 404


def test_signing_in_and_out_is_kept(house: House, officer: str) -> None:
    client = house.client(officer)
    client.post("/fr/sign-out/")
    rows = house.rabat.journal.read(lambda reading: reading.local_after(0, 10_000))
    assert [row.type for row in rows if row.officer == officer][-2:] == ["signed_in", "signed_out"]
