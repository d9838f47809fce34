# SPDX-License-Identifier: EUPL-1.2
"""A case handed over by the pages: what would go is said first; a file that was changed is refused in words; what came is only read."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amana.phrases import LANGUAGES, tell
from amana.protocol.identifiers import DossierId
from tests.compose.pairs import PARIS, RABAT
from tests.web.conftest import House

MARKUP = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def event(house: House) -> DossierId:
    """An event of Paris to which Rabat is a party, with a name that is no markup."""
    now = house.paris.node.clock.now()
    day = 86_400_000
    paper = {"action": "major_event.announce", "to": [RABAT], "title": MARKUP, "language": "fr", "unit": "desk"}
    announced: DossierId = house.act(
        PARIS, "chef", {**paper, "coded": {"starts": now - day, "ends": now, "erase_on": now + 40 * day}}
    ).dossier
    coded = {"event": announced.hex(), "day": now // day * day}
    house.act(PARIS, "chef", {"action": "event_day.open", "title": "Journée", "language": "fr", "coded": coded})
    return announced


@pytest.fixture(scope="module")
def file(house: House, event: DossierId) -> bytes:
    """Its pack for Rabat, as the page gives it."""
    client = house.client("chef", PARIS)
    page = client.get(f"/fr/dossiers/{event.hex()}/pack/?to={RABAT}").content.decode()
    assert str(tell("fr", "This goes")) in page
    given = client.post(f"/fr/dossiers/{event.hex()}/pack/", {"to": RABAT})
    assert given.status_code == 200
    assert ".amana-pack" in given["Content-Disposition"]
    return bytes(given.content)


def upload(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"pack": SimpleUploadedFile("x.amana-pack", content)}


def test_a_file_that_was_changed_is_refused_in_words_and_nothing_is_kept(house: House, file: bytes) -> None:
    client = house.client("chef", RABAT)
    for content, words in ((b"no pack", "This file is no pack."), (file[:-1] + bytes([file[-1] ^ 1]), "")):
        answer = client.post("/en/packs/", upload(content))
        assert answer.status_code == 400
        assert words in answer.content.decode()
        assert 'role="alert"' in answer.content.decode()
    assert client.post("/en/packs/", {}).status_code == 400
    assert str(tell("en", "No pack was brought in yet.")) in client.get("/en/packs/").content.decode()


def test_what_came_is_read_in_every_language_and_only_read(house: House, file: bytes) -> None:
    client = house.client("chef", RABAT)
    brought = client.post("/fr/packs/", upload(file))
    assert brought.status_code in (302, 303)
    address = re.sub(r"^/fr/", "", brought["Location"])
    for language in LANGUAGES:
        page = client.get(f"/{language}/{address}").content.decode()
        assert MARKUP not in page
        assert str(tell(language, "What is proven")) in page
        inner = re.search(rf'href="(/{language}/packs/[0-9a-f]+/[0-9a-f]+/)"', page)
        assert inner is not None
        shown = client.get(inner[1]).content.decode()
        assert MARKUP not in shown
        assert "/act/" not in shown
    assert client.post("/fr/packs/", upload(file)).status_code == 400  # it is here already
    desk = house.client("liaison", RABAT)
    number = address.rstrip("/").rpartition("/")[2]
    assert desk.post(f"/fr/remove-pack/{number}/").status_code == 404
    assert client.post(f"/fr/remove-pack/{number}/").status_code in (302, 303)
    assert client.get(f"/fr/{address}").status_code == 404
