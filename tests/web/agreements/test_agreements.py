# SPDX-License-Identifier: EUPL-1.2
"""Agreements on their pages: who consents to which text, which article allows what, what a form lacks, for whom."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from amana.node.access import open_scope
from amana.node.queries.agreements import show_agreement
from amana.protocol.identifiers import DossierId
from amana.web.agreements.showing import changes, matrix
from tests.compose.pairs import PARIS, RABAT
from tests.federation.acts import TERMS
from tests.web.conftest import House, browser

FORM: dict[str, Any] = {
    "to": [PARIS],
    "title": "Arrangement",
    "words": "Texte inventé.",
    "language": "fr",
    "areas": ["drugs", "cybercrime"],
    "forms": ["information", "training"],
    "rows": "2",
    "article_0": "1",
    "article_0_areas": ["cybercrime"],
    "article_0_forms": ["information"],
    "article_1": "2",
    "article_1_forms": ["training"],
    "languages": ["fr"],
    "codes": ["H0"],
    "level": "1",
    "clock_urgent_direct": "8",
    "unit_urgent_direct": "hours",
    "clock_urgent": "3",
    "unit_urgent": "days",
    "clock_other": "7",
    "unit_other": "days",
    "in_force_on": "2026-01-31",
}


def proposed(house: House, title: str) -> str:
    """An agreement that Rabat proposed to Paris."""
    given = {"action": "agreement.propose", "to": [PARIS], "title": title, "coded": TERMS, "unit": "desk"}
    return str(house.act(RABAT, "chef", given).dossier.hex())


def hidden(client: Client, dossier: str, act: str) -> dict[str, str]:
    """The fields of the form for this act, as the page shows them."""
    page = client.get(f"/fr/agreements/{dossier}/").content.decode()
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'name="act" value="{act}"' in one)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def stage(house: House, code: str, dossier: str) -> str:
    """Where the agreement stands at a node."""
    node = house.node(code).node
    return str(show_agreement(node, open_scope(node, "chef"), DossierId(bytes.fromhex(dossier)))["stage"])


class TestReading:
    @pytest.mark.parametrize("account", ["liaison", "stups", "chef"])
    def test_every_officer_reads_every_agreement_of_whatever_unit(self, house: House, account: str) -> None:
        client = house.client(account)
        assert client.get("/fr/agreements/").status_code == 200
        assert client.get(f"/fr/agreements/{house.agreement.hex()}/").status_code == 200

    def test_the_administrator_finds_none(self, house: House) -> None:
        client = house.client("admin")
        for address in ("/fr/agreements/", f"/fr/agreements/{house.agreement.hex()}/", "/fr/write/agreement/propose/"):
            assert client.get(address).status_code == 404

    def test_a_request_is_no_agreement(self, house: House) -> None:
        assert house.client("chef").get(f"/fr/agreements/{house.asked.hex()}/").status_code == 404

    def test_the_table_says_which_article_allows_what(self) -> None:
        text = {
            "areas": ["drugs", "fraud"],
            "forms": ["information", "training"],
            "articles": [{"number": "1", "areas": ["drugs"], "forms": ["information", "training"]}],
        }
        cells = {(row["area"], cell["form"]): cell["articles"] for row in matrix(text) for cell in row["cells"]}
        assert cells == {
            ("drugs", "information"): ["1"],
            ("drugs", "training"): ["1"],
            ("fraud", "information"): [],
            ("fraud", "training"): [],
        }

    def test_what_a_text_changes_is_named(self) -> None:
        article = {"number": "1", "areas": ["drugs"], "forms": ["information"], "all_areas": True, "all_forms": True}
        conditions = dict.fromkeys(("clocks", "languages", "codes", "level", "categories"), 0)
        dates = dict.fromkeys(("signed_on", "in_force_on", "valid_until"), 0)
        before = {"areas": ["drugs"], "forms": ["information"], "levels": [], "articles": [article], "conditions": conditions, **dates}
        after = before | {"areas": ["drugs", "fraud"], "valid_until": 5, "conditions": {**conditions, "level": 1}}
        assert [one["field"] for one in changes("en", before, after)] == ["areas", "level", "valid_until"]
        assert changes("en", before, before) == []


class TestConsenting:
    def test_a_supervisor_consents_to_exactly_the_text_that_was_shown(self, house: House) -> None:
        dossier = proposed(house, "À consentir")
        client = house.client("chef", PARIS)
        response = client.post(f"/fr/agreements/{dossier}/act/", hidden(client, dossier, "consent"))
        assert response.status_code == 303
        assert stage(house, PARIS, dossier) == "in_force"
        assert "exactement sur ce texte" in client.get(response["Location"]).content.decode()

    def test_nobody_consents_to_a_text_that_changed_meanwhile(self, house: House) -> None:
        dossier = proposed(house, "Change entre-temps")
        client = house.client("chef", PARIS)
        fields = hidden(client, dossier, "consent")
        response = client.post(f"/fr/agreements/{dossier}/act/", {**fields, "hash": "00" * 32})
        assert response.status_code == 409
        assert stage(house, PARIS, dossier) == "proposed"

    def test_the_same_form_twice_consents_once(self, house: House) -> None:
        dossier = proposed(house, "Deux fois")
        client = house.client("chef", PARIS)
        fields = hidden(client, dossier, "consent")
        assert [client.post(f"/fr/agreements/{dossier}/act/", fields).status_code for _ in range(2)] == [303, 303]

    @pytest.mark.parametrize("account", ["liaison", "admin"])
    def test_nobody_else_does(self, house: House, account: str) -> None:
        dossier = proposed(house, f"Pas pour {account}")
        fields = hidden(house.client("chef", PARIS), dossier, "consent")
        assert house.client(account, PARIS).post(f"/fr/agreements/{dossier}/act/", fields).status_code == 404
        assert stage(house, PARIS, dossier) == "proposed"

    def test_an_agreement_is_suspended_resumed_and_ended(self, house: House) -> None:
        dossier = proposed(house, "Vie d’un accord")
        client = house.client("chef", PARIS)
        steps = [("consent", {}, "in_force"), ("suspend", {"code": "breach", "words": "Motif."}, "suspended")]
        steps += [("resume", {}, "in_force"), ("end", {"code": "denounced", "on": "2030-01-01"}, "ended")]
        for act, given, expected in steps:
            assert client.post(f"/fr/agreements/{dossier}/act/", {**hidden(client, dossier, act), **given}).status_code == 303, act
            assert stage(house, PARIS, dossier) == expected

    def test_what_is_no_act_of_an_agreement_is_not_found(self, house: House) -> None:
        assert house.client("chef").post(f"/fr/agreements/{house.agreement.hex()}/act/", {"act": "propose"}).status_code == 404


class TestWriting:
    def test_a_supervisor_proposes_by_the_form(self, house: House) -> None:
        client = house.client("chef")
        response = client.post("/fr/write/agreement/propose/", FORM)
        assert response.status_code == 303
        page = client.get(response["Location"]).content.decode()
        assert ("Arrangement" in page, "non couvert" in page) == (True, True)

    def test_a_desk_officer_keeps_a_draft_for_a_supervisor(self, house: House) -> None:
        response = house.client("liaison").post("/fr/write/agreement/propose/", {**FORM, "title": "Préparé au bureau"})
        assert (response.status_code, response["Location"]) == (303, "/fr/agreements/")
        assert "Préparé au bureau" not in house.client("chef").get("/fr/agreements/").content.decode()

    @pytest.mark.parametrize(
        ("changed", "missing"),
        [
            ({"to": []}, "f-to"),
            ({"title": " "}, "f-title"),
            ({"areas": []}, "f-areas"),
            ({"article_0": "", "article_1": ""}, "f-articles"),
            ({"clock_other": "soon"}, "f-clock_other"),
            ({"valid_until": "31/12"}, "f-valid_until"),
        ],
    )
    def test_what_is_missing_is_told_beside_what_was_typed(self, house: House, changed: dict[str, Any], missing: str) -> None:
        response = house.client("chef").post("/fr/write/agreement/propose/", {**FORM, **changed})
        page = response.content.decode()
        assert (response.status_code, f'href="#{missing}"' in page, "Texte inventé." in page) == (400, True, True)

    def test_a_rule_refuses_and_nothing_typed_is_lost(self, house: House) -> None:
        response = house.client("chef").post("/fr/write/agreement/propose/", {**FORM, "article_1": "1"})
        assert response.status_code == 409
        assert "Texte inventé." in response.content.decode()

    def test_checking_sends_nothing(self, house: House) -> None:
        client = house.client("chef")
        before = client.get("/fr/agreements/").content.count(b"<article")
        page = client.post("/fr/write/agreement/propose/", {**FORM, "check": "1"}).content.decode()
        assert 'id="sketch"' in page
        assert client.get("/fr/agreements/").content.count(b"<article") == before

    def test_more_rows_are_added_and_what_was_typed_stays(self, house: House) -> None:
        page = house.client("chef").post("/fr/write/agreement/propose/", {**FORM, "more": "1"}).content.decode()
        assert ('name="rows" value="5"' in page, 'name="article_0" maxlength="32" dir="ltr" value="1"' in page) == (True, True)

    def test_an_amendment_begins_with_what_stands(self, house: House) -> None:
        client = house.client("chef")
        dossier = proposed(house, "À amender")
        page = client.get(f"/fr/write/agreement/amend/?dossier={dossier}").content.decode()
        assert 'value="À amender"' in page
        assert client.post("/fr/write/agreement/amend/", {**FORM, "dossier": dossier, "title": "Version deux"}).status_code == 303
        page = client.get(f"/fr/agreements/{dossier}/").content.decode()
        assert ("Le texte qui attend le consentement" in page, "version 2" in page.lower()) == (True, True)

    def test_without_an_agreement_there_is_nothing_to_amend(self, house: House) -> None:
        client = house.client("chef")
        assert client.get("/fr/write/agreement/amend/")["Location"] == "/fr/agreements/"
        assert client.get(f"/fr/write/agreement/amend/?dossier={house.asked.hex()}").status_code == 404


def test_a_text_that_is_being_written_is_kept_and_found_again(house: House) -> None:
    client = house.client("chef")
    page = client.get("/fr/write/agreement/propose/").content.decode()
    token, given = (re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("form", "pass"))
    assert token is not None
    assert given is not None
    typed = {
        "kind": "agreement.propose",
        "form": token[1],
        "pass": given[1],
        "title": "Accord presque perdu",
        "rows": "1",
        "areas": ["drugs"],
    }
    assert "Brouillon enregistré" in client.post("/fr/write/agreement/keep/", typed).content.decode()
    assert "Accord presque perdu" in client.get(f"/fr/copies/{token[1]}/", follow=True).content.decode()
    lost = browser().post("/fr/write/agreement/propose/", typed | {"title": "Après la fin de session"})
    assert "copies" in lost["Location"]
    assert "Après la fin de session" in client.get(f"/fr/copies/{token[1]}/", follow=True).content.decode()
    assert house.client("stups").get(f"/fr/write/agreement/propose/?copy={token[1]}").status_code == 404
