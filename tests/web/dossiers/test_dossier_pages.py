# SPDX-License-Identifier: EUPL-1.2
"""The page of a dossier against real nodes: what is shown, renewed, done, verified, printed, looked at and saved."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from amana.node.ports import Reading
from amana.protocol.identifiers import DossierId
from tests.compose.pairs import PARIS, RABAT
from tests.web.conftest import House, ask

REQUEST = "information_request"
SCRIPT = "<script>alert('x')</script>"


def path(dossier: DossierId, rest: str = "", language: str = "fr") -> str:
    """The address of a dossier's page."""
    return f"/{language}/dossiers/{dossier.hex()}/{rest}"


def consulted(house: House, dossier: DossierId) -> int:
    """How often Rabat's node has recorded that somebody looked."""

    def count(reading: Reading) -> int:
        return len(reading.local_of(dossier, "consulted"))

    return house.rabat.node.journal.read(count)


def picture() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#204060").save(out, "PNG")
    return out.getvalue()


def attached(name: str, type: str, content: bytes) -> dict[str, str]:
    """A file as an action holds it."""
    return {"name": name, "type": type, "content": base64.b64encode(content).decode()}


@pytest.fixture(scope="module")
def told(house: House) -> DossierId:
    """A dossier with hostile text, a file of each sort, a note."""
    files = [attached("photo.png", "image/png", picture()), attached("notes.txt", "text/plain", f"a\n{SCRIPT}".encode())]
    done = ask(house.act, f"Titre {SCRIPT}", text=f"Texte {SCRIPT}", attachments=files)
    house.act(RABAT, "chef", {"action": "note", "dossier": done.dossier.hex(), "text": "needle-of-the-note", "language": "fr"})
    return DossierId(done.dossier)


@pytest.fixture
def chef(house: House) -> Client:
    """A supervisor of Rabat."""
    return house.client("chef", RABAT)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_what_people_wrote_is_shown_and_does_nothing(told: DossierId, chef: Client, language: str) -> None:
    shown = chef.get(path(told, language=language)).content.decode()
    assert "&lt;script&gt;alert(" in shown
    assert SCRIPT not in shown
    assert "needle-of-the-note" in shown
    assert f'<html lang="{language}"' in shown


def test_a_look_is_recorded_and_a_renewal_is_none(house: House, told: DossierId, chef: Client) -> None:
    before = consulted(house, told)
    shown = chef.get(path(told)).content.decode()
    assert consulted(house, told) == before + 1
    mark = re.search(r"mark=(\w+)", shown)
    assert mark is not None
    assert chef.get(path(told, "thread/"), {"mark": mark[1]}).status_code in (200, 204)  # its clock may have gone on
    renewed = chef.get(path(told, "thread/"), {"mark": "another", "known": "0"})
    assert renewed.status_code == 200
    assert 'id="thread" hx-swap-oob="true"' in renewed.content.decode()
    assert consulted(house, told) == before + 1


@pytest.mark.parametrize("known", ["", "x", "-1", "9" * 400, "٣"])
def test_a_renewal_takes_any_number(told: DossierId, chef: Client, known: str) -> None:
    assert chef.get(path(told, "thread/"), {"known": known}).status_code == 200


def test_an_arrival_is_announced(house: House) -> None:
    done = ask(house.act, "Annonce")
    house.act(PARIS, "chef", {"action": f"{REQUEST}.acknowledge", "dossier": done.dossier.hex()})
    shown = house.client("chef", RABAT).get(path(done.dossier, "thread/"), {"known": "1"}).content.decode()
    assert 'role="status"' in shown
    assert shown.count('class="arrive"') == 1


def test_an_agreement_has_a_page_of_its_own(house: House, chef: Client) -> None:
    response = chef.get(path(house.agreement))
    assert response.status_code == 302
    assert house.agreement.hex() in response["Location"]
    assert "/dossiers/" not in response["Location"]


def test_taking_in_hand_is_one_click_and_only_once(house: House) -> None:
    done = ask(house.act, "Prise en charge")
    client = house.client("chef", PARIS)
    address = path(done.dossier, "acknowledge/")
    assert 'id="act-acknowledge"' in client.get(path(done.dossier)).content.decode()
    first = client.post(address)
    assert (first.status_code, first["Location"]) == (303, path(done.dossier))
    assert 'class="told"' in client.get(path(done.dossier)).content.decode()
    second = client.post(address)
    assert second.status_code == 409
    assert 'role="alert"' in second.content.decode()


def test_the_proof_is_told_in_words_and_remembered(told: DossierId, chef: Client) -> None:
    proof = chef.post(path(told, "verify/", "en")).content.decode()
    assert "Everything holds" in proof
    assert "place" in proof
    assert "Nothing was changed" in chef.get(path(told, language="en")).content.decode()


def test_a_dossier_and_a_letter_are_printed_without_the_note(told: DossierId, chef: Client) -> None:
    for rest in ("print/", f"entries/{told.hex()}/print/"):
        response = chef.get(path(told, rest))
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert response["Content-Disposition"].startswith("attachment;")
        assert b"needle-of-the-note" not in response.content
    assert chef.get(path(told, f"entries/{'ab' * 32}/print/")).status_code == 404


def test_what_may_not_be_printed_is_refused_in_words_and_kept(house: House) -> None:
    done = ask(house.act, "Information seule")
    given: dict[str, Any] = {
        "action": f"{REQUEST}.supplement",
        "dossier": done.dossier.hex(),
        "text": "Pour information.",
        "language": "fr",
    }
    house.act(PARIS, "chef", {**given, "marking": {"tlp": "red"}})
    client = house.client("chef", RABAT)
    response = client.get(path(done.dossier, "print/"))
    assert response.status_code == 409
    shown = client.get(path(done.dossier, language="en")).content.decode()
    assert "may not be printed" in shown
    assert "Ask for permission" in shown


def test_a_file_is_looked_at_as_a_picture_and_saved_as_it_is(told: DossierId, chef: Client) -> None:
    base = f"entries/{told.hex()}/files/0/"
    assert "page 1" in chef.get(path(told, f"{base}preview/", "en")).content.decode().replace('<bdi class="x" dir="ltr">', "").replace(
        "</bdi>", ""
    )
    drawn = chef.get(path(told, f"{base}pages/1/"))
    assert (drawn["Content-Type"], drawn["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert drawn.content != picture()
    saved = chef.get(path(told, base))
    assert saved.content == picture()
    assert saved["Content-Disposition"].startswith("attachment;")
    assert chef.get(path(told, f"{base}pages/2/")).status_code == 404
    assert chef.get(path(told, f"{base}pages/0/")).status_code == 404


def test_a_text_is_looked_at_as_text(told: DossierId, chef: Client) -> None:
    shown = chef.get(path(told, f"entries/{told.hex()}/files/1/preview/")).content.decode()
    assert "&lt;script&gt;" in shown
    assert SCRIPT not in shown
    assert chef.get(path(told, f"entries/{told.hex()}/files/1/pages/1/")).status_code == 404


@pytest.mark.parametrize("rest", ["entries/{asked}/files/0/", "entries/{told}/files/9/", "entries/zz/files/0/preview/"])
def test_a_file_is_found_in_its_own_dossier_only(house: House, told: DossierId, chef: Client, rest: str) -> None:
    named = rest.format(asked=house.asked.hex(), told=told.hex())
    assert chef.get(path(told, named)).status_code == 404
    assert chef.get(path(house.asked, f"entries/{told.hex()}/files/0/")).status_code == 404
