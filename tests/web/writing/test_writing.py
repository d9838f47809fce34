# SPDX-License-Identifier: EUPL-1.2
"""The writing page: saved by itself, proposals kept, exact preview, blocked with the reason, sent once, nothing lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from amana.node.access import open_scope
from amana.node.queries.dossiers import list_dossiers, show_dossier
from amana.web.models import WorkingCopy
from tests.compose.pairs import PARIS, RABAT, exchange
from tests.web.conftest import House, browser

NEW = "/fr/write/information_request/request/"
TEXT = "Un passeport français n° 00XX00417 et le véhicule ZZ-417-ZZ, contact +33 6 39 98 04 17."


def filled(title: str, **more: Any) -> dict[str, Any]:
    """A form that can be sent."""
    return {
        "kind": "information_request.request",
        "to": [PARIS],
        "title": title,
        "text": TEXT,
        "language": "fr",
        "unit": "desk",
        "coded.area": "drugs",
        "coded.urgency": "urgent",
        "coded.types": ["identification"],
        "marked": "1",
        "codes": ["H2"],
        **more,
    }


def opened(client: Client, address: str = NEW) -> tuple[str, str]:
    """Where a new form goes, and the page."""
    page = client.get(address).content.decode()
    found = re.search(r'action="(/fr/copies/[\w-]+/)"', page)
    assert found is not None
    return found[1], page


def titles(house: House, code: str = RABAT) -> list[str]:
    """Of all dossiers of the supervisor."""
    node = house.node(code).node
    return [row["title"] for row in list_dossiers(node, open_scope(node, "chef"))["dossiers"]]


def test_opening_a_form_keeps_nothing(house: House) -> None:
    before = WorkingCopy.objects.count()
    opened(house.client("chef"))
    assert WorkingCopy.objects.count() == before


def test_what_is_written_is_saved_and_found_again(house: House) -> None:
    client = house.client("chef")
    where, _ = opened(client)
    saved = client.post(where, {**filled("À finir"), "do": "save"}, HTTP_HX_REQUEST="true").content.decode()
    assert "Brouillon enregistré" in saved
    page = client.get(where).content.decode()
    assert "À finir" in page
    assert TEXT in page
    assert "À finir" in client.get("/fr/drafts/").content.decode()


def test_what_the_text_holds_is_proposed_and_kept_only_on_request(house: House) -> None:
    client = house.client("chef")
    where, _ = opened(client)
    saved = client.post(where, {**filled("Propositions"), "do": "save"}, HTTP_HX_REQUEST="true").content.decode()
    assert "3 éléments reconnus" in saved
    assert "items.1.type" not in WorkingCopy.objects.get(token=where.split("/")[3]).fields
    client.post(where, {**filled("Propositions"), "do": "keep_proposals"})
    fields = WorkingCopy.objects.get(token=where.split("/")[3]).fields
    assert [fields[f"items.{number}.type"] for number in (1, 2, 3)] == [["document"], ["vehicle"], ["phone"]]
    assert "reconnus" not in client.get(where).content.decode()


def test_the_preview_is_what_the_partner_then_has(house: House) -> None:
    client = house.client("chef")
    where, _ = opened(client)
    form = filled("Aperçu exact", preview_language="ar")
    saved = client.post(where, {**form, "do": "save"}, HTTP_HX_REQUEST="true").content.decode()
    sheet = saved[saved.index('<div class="sheet"') : saved.index('<div class="stay"')]
    assert 'dir="rtl"' in sheet
    assert "Aperçu exact" in sheet
    assert "chef" not in sheet
    client.post(where, {**form, "do": "send"})
    exchange(house.rabat, house.paris)
    assert "Aperçu exact" in titles(house, PARIS)


def test_sending_uses_the_copy_up_and_twice_makes_one(house: House) -> None:
    client = house.client("chef")
    where, _ = opened(client)
    first = client.post(where, {**filled("Une seule fois"), "do": "send"})
    assert (first.status_code, first["Location"][:12]) == (303, "/fr/dossiers")
    assert not WorkingCopy.objects.filter(token=where.split("/")[3]).exists()
    again = client.post(where, {**filled("Une seule fois"), "do": "send"})
    assert again.status_code == 409
    assert titles(house).count("Une seule fois") == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"coded.area": "terrorist_threat_of_nobody"}, "Certains champs"),
        ({"coded.area": "cybercrime"}, "cybercriminalité"),
        ({"to": []}, "Aucun destinataire"),
        ({"text": "", "title": ""}, "objet manque"),
        ({"text": ""}, "texte manque"),
    ],
)
def test_what_cannot_be_sent_says_why_and_keeps_everything(house: House, change: dict[str, Any], said: str) -> None:
    client = house.client("chef")
    where, _ = opened(client)
    response = client.post(where, {**filled("Refusée"), **change, "do": "send"})
    page = response.content.decode()
    assert response.status_code == 409
    assert said in page
    assert 'aria-disabled="true"' in page
    assert "Refusée" not in titles(house)
    assert WorkingCopy.objects.filter(token=where.split("/")[3]).exists()


def test_a_form_sent_after_the_session_ended_is_kept(house: House) -> None:
    client = house.client("chef")
    where, page = opened(client)
    given = re.search(r'name="pass" value="([^"]+)"', page)
    assert given is not None
    stranger = browser()
    response = stranger.post(where, {**filled("Presque perdue"), "pass": given[1], "do": "send"})
    assert response.status_code == 302
    assert "copies" in response["Location"]
    assert "Presque perdue" not in titles(house)
    assert "Presque perdue" in client.get(where).content.decode()


def test_a_pass_of_another_form_or_none_keeps_nothing(house: House) -> None:
    before = WorkingCopy.objects.count()
    for given in ("", "x:y:z"):
        browser().post("/fr/copies/some-token-that-is-new/", {**filled("Rien"), "pass": given, "do": "send"})
    assert WorkingCopy.objects.count() == before


def test_a_copy_is_its_authors_alone(house: House) -> None:
    where, _ = opened(house.client("chef"))
    house.client("chef").post(where, {**filled("À moi"), "do": "save"})
    assert house.client("liaison").get(where).status_code == 404
    assert house.client("liaison").post(where, {**filled("Volée"), "do": "save"}).status_code == 404


def test_a_model_text_goes_below_what_is_written(house: House) -> None:
    client = house.client("chef")
    where, page = opened(client)
    model = re.search(r'<option value="([a-z_]+)">', page[page.index('id="template"') :])
    assert model is not None
    client.post(where, {**filled("Modèle"), "template": model[1], "do": "template"})
    text = WorkingCopy.objects.get(token=where.split("/")[3]).fields["text"][0]
    assert text.startswith(TEXT)
    assert len(text) > len(TEXT) + 40


def test_a_file_is_laid_ready_shown_and_taken_away(house: House) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = house.client("chef")
    where, _ = opened(client)
    file = SimpleUploadedFile("note.txt", "Texte inventé.".encode(), content_type="text/plain")
    page = client.post(where, {**filled("Avec fichier"), "do": "attach", "file": file}, follow=True).content.decode()
    token = re.search(r'name="attachments" value="([0-9a-f]+)"', page)
    assert token is not None
    assert "note.txt" in page
    bad = SimpleUploadedFile("page.html", b"<html><script>1</script>", content_type="text/html")
    refused = client.post(where, {**filled("Avec fichier"), "attachments": token[1], "do": "attach", "file": bad})
    assert refused.status_code == 409
    assert "note.txt" in refused.content.decode()
    gone = client.post(where, {**filled("Avec fichier"), "attachments": token[1], "do": f"detach:{token[1]}"}, follow=True)
    assert "note.txt" not in gone.content.decode()


def test_an_answer_goes_into_its_dossier(house: House) -> None:
    asked = house.act(RABAT, "chef", {**act_of("À répondre")}).dossier
    client = house.client("liaison", PARIS)
    where, page = opened(client, f"/fr/write/information_request/answer/?dossier={asked.hex()}")
    form = {
        "kind": "information_request.answer",
        "dossier": asked.hex(),
        "text": "Voici.",
        "language": "fr",
        "coded.outcome": "complete",
        "marked": "1",
    }
    response = client.post(where, {**form, "do": "send"})
    assert response.status_code in (303, 409)
    if response.status_code == 409:
        form["coded.outcome"] = first_choice(page, "coded.outcome")
        assert client.post(where, {**form, "do": "send"}).status_code == 303


def first_choice(page: str, name: str) -> str:
    """The first choice that the form offers for a field."""
    found = re.search(rf'name="{name}".*?<option value="([a-z_]+)"', page, re.DOTALL)
    assert found is not None
    return found[1]


def act_of(title: str) -> dict[str, Any]:
    """The request as an action."""
    return {
        "action": "information_request.request",
        "to": [PARIS],
        "title": title,
        "text": "Qui ?",
        "language": "fr",
        "unit": "desk",
        "coded": {"area": "drugs", "types": ["identification"], "urgency": "urgent"},
    }


def test_nobody_writes_into_a_dossier_that_he_may_not_see(house: House) -> None:
    client = house.client("stups")
    assert client.get(f"/fr/write/information_request/supplement/?dossier={house.asked.hex()}").status_code == 404
    assert client.get("/fr/write/information_request/delivered/").status_code == 404
    assert client.get("/fr/write/information_request/no_such_type/").status_code == 404


def test_permission_is_asked_of_whoever_made_the_entry_and_the_refusals_way_out_is_kept(house: House) -> None:
    asked = house.act(RABAT, "chef", act_of("À réutiliser"))
    client = house.client("chef", PARIS)
    address = (
        f"/fr/write/information_request/permission_request/?dossier={asked.dossier.hex()}&entry={asked.entry.hex()}&coded.reuse=pass_on"
    )
    where, page = opened(client, address)
    assert asked.entry.hex() in page
    form = {
        "kind": "information_request.permission_request",
        "dossier": asked.dossier.hex(),
        "text": "Pour un service tiers.",
        "language": "fr",
        "coded.entry": asked.entry.hex(),
        "coded.reuse": first_choice(page, "coded.reuse"),
        "coded.agencies": "es.cnp",
        "marked": "1",
    }
    assert client.post(where, {**form, "do": "send"}).status_code == 303
    node = house.node(PARIS).node
    shown = show_dossier(node, open_scope(node, "chef"), asked.dossier)
    (permission,) = shown["state"]["permissions"]
    assert (permission["originator"], permission["agencies"]) == (RABAT, ["es.cnp"])


def test_what_was_done_is_told_once(house: House) -> None:
    client = house.client("chef")
    where, _ = opened(client)
    client.post(where, {**filled("À abandonner"), "do": "save"})
    client.post(where, {**filled("À abandonner"), "do": "drop"})
    assert client.get("/fr/drafts/").content.decode().count('class="told"') == 1
    assert 'class="told"' not in client.get("/fr/drafts/").content.decode()
