# SPDX-License-Identifier: EUPL-1.2
"""Assign, hand over, note, remind: by a form that works without a script; what a rule refuses loses nothing typed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from amana.node.access import open_scope
from amana.node.queries.dossiers import show_dossier
from amana.protocol.identifiers import DossierId
from tests.compose.pairs import PARIS, RABAT
from tests.web.conftest import House, ask

HTMX = {"HX-Request": "true"}


def shown(house: House, code: str, dossier: DossierId) -> dict[str, Any]:
    """The dossier as the supervisor sees it."""
    node = house.node(code).node
    return show_dossier(node, open_scope(node, "chef"), dossier, record=False)


@pytest.mark.parametrize("act", ["assign", "note", "remind"])
def test_a_form_is_a_page_and_a_dialogs_content(house: House, act: str) -> None:
    client = house.client("chef", RABAT)
    page = client.get(f"/en/dossiers/{house.asked.hex()}/{act}/").content
    part = client.get(f"/en/dossiers/{house.asked.hex()}/{act}/", headers=HTMX).content
    assert b"<html" in page
    assert b"<html" not in part
    assert b'id="act-title"' in page
    assert b'id="act-title"' in part


@pytest.mark.parametrize("act", ["assign", "note", "remind"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_form_for_a_dossier_that_one_may_not_see(house: House, act: str, method: str) -> None:
    client = house.client("liaison", PARIS)
    for dossier in (house.drugs.hex(), "00" * 32, "zz"):
        assert getattr(client, method)(f"/en/dossiers/{dossier}/{act}/", {"text": "x", "to": "desk:"}).status_code == 404


def test_assigned_with_a_word_it_is_on_the_colleagues_desk(house: House) -> None:
    made = ask(house.act, "À confier").dossier
    answer = house.client("chef", RABAT).post(
        f"/fr/dossiers/{made.hex()}/assign/", {"to": "desk:liaison", "text": "Voyez la pièce 1.", "language": "fr", "next": "/fr/inbox/"}
    )
    assert (answer.status_code, answer["Location"]) == (303, "/fr/inbox/")
    held = shown(house, RABAT, made)
    assert (held["unit"], held["officer"]) == ("desk", "liaison")
    assert [note["text"] for note in held["notes"]] == ["Voyez la pièce 1."]


def test_handed_over_it_leaves_ones_lists(house: House) -> None:
    made = ask(house.act, "À transmettre").dossier
    client = house.client("liaison", RABAT)
    answer = client.post(
        f"/en/dossiers/{made.hex()}/assign/", {"to": "drugs:stups", "handover": "1", "next": f"/en/dossiers/{made.hex()}/"}
    )
    assert (answer.status_code, answer["Location"]) == (303, "/en/inbox/")
    assert "handed over" in client.get("/en/inbox/").content.decode()
    assert "handed over" not in client.get("/en/inbox/").content.decode()  # told once
    assert client.get(f"/en/dossiers/{made.hex()}/note/").status_code == 404


def test_who_belongs_to_another_unit_is_chosen_with_that_unit_in_sight(house: House) -> None:
    page = house.client("chef", RABAT).get(f"/en/dossiers/{house.asked.hex()}/assign/").content.decode()
    options = dict(re.findall(r'<option value="([^"]+)"[^>]*>([^<]*)</option>', page))
    assert options["desk:chef"] == "Responsable"
    assert options["drugs:chef"] == f"Responsable, {options['drugs:'].partition(',')[0]}"
    assert next(iter(options)) == "desk:", "the unit that has the dossier comes first"
    assert 'aria-describedby="act-to-help"' in page
    assert 'id="act-to-help">The dossier’s unit: ' in page


@pytest.mark.parametrize(("to", "told"), [("desk:liaison", "is assigned"), ("drugs:chef", "is handed over. Its unit is now")])
def test_it_is_told_where_the_dossier_went(house: House, to: str, told: str) -> None:
    made = ask(house.act, "Où va-t-il").dossier.hex()
    client = house.client("chef", RABAT)
    answer = client.post(f"/en/dossiers/{made}/assign/", {"to": to, "next": f"/en/dossiers/{made}/"})
    assert told in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("to", ["nowhere:", "desk:stups", "desk:admin", ":", ""])
def test_to_whom_it_cannot_go_is_said_and_nothing_typed_is_lost(house: House, to: str) -> None:
    answer = house.client("chef", RABAT).post(f"/en/dossiers/{house.asked.hex()}/assign/", {"to": to, "text": "Reste ici"})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert "Reste ici" in answer.content.decode()
    assert not shown(house, RABAT, house.asked)["notes"], "neither act is kept"


def test_an_empty_note_is_refused_in_words(house: House) -> None:
    answer = house.client("chef", RABAT).post(f"/en/dossiers/{house.asked.hex()}/note/", {"text": "  "})
    assert answer.status_code == 409
    assert b'role="alert"' in answer.content


def test_a_note_never_leaves(house: House) -> None:
    made = ask(house.act, "Avec une note").dossier
    house.client("chef", RABAT).post(f"/ar/dossiers/{made.hex()}/note/", {"text": "ملاحظة داخلية", "language": "ar"})
    ask(house.act, "Encore une")
    assert [note["text"] for note in shown(house, RABAT, made)["notes"]] == ["ملاحظة داخلية"]
    assert not shown(house, PARIS, made)["notes"]


def test_a_reminder_sent_twice_by_the_same_form_is_one(house: House) -> None:
    made = ask(house.act, "À relancer").dossier
    client = house.client("chef", RABAT)
    given = {"respondents": [PARIS], "form": "a-form-of-this-test", "text": "Merci de répondre.", "language": "fr"}
    for _ in range(2):
        assert client.post(f"/fr/dossiers/{made.hex()}/remind/", given).status_code == 303
    entries = shown(house, RABAT, made)["entries"]
    assert sum(1 for entry in entries if entry["type"] == "reminder") == 1


def test_what_is_not_ours_to_remind_is_refused_in_words(house: House) -> None:
    answer = house.client("chef", PARIS).post(
        f"/en/dossiers/{house.asked.hex()}/remind/", {"respondents": [PARIS], "form": "another-form-x"}
    )
    assert answer.status_code == 409
    assert b'role="alert"' in answer.content


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "\\\\x"])
def test_an_act_leads_nowhere_outside(house: House, back: str) -> None:
    made = house.asked.hex()
    answer = house.client("chef", RABAT).post(f"/en/dossiers/{made}/assign/", {"to": "desk:", "next": back})
    assert answer["Location"] == f"/en/dossiers/{made}/"


def test_a_dialog_asks_its_page_to_go_on(house: House) -> None:
    answer = house.client("chef", RABAT).post(
        f"/en/dossiers/{house.asked.hex()}/assign/", {"to": "desk:", "next": "/en/inbox/?view=all"}, headers=HTMX
    )
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/en/inbox/?view=all")
