# SPDX-License-Identifier: EUPL-1.2
"""Pages of a joint operation, as officers of both agencies use them without scripts: from the proposal to the closing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from amana.phrases import label, sentence, tell
from amana.protocol.identifiers import DossierId
from tests.compose.pairs import PARIS, RABAT, exchange
from tests.federation.acts import DAY
from tests.web.conftest import House
from tests.web.printing.paper import pages_of

HOUR = 3_600_000
TERMS = {
    "areas": ["drugs"],
    "forms": ["joint_operation"],
    "version": 1,
    "articles": [{"number": "4", "areas": ["drugs"], "forms": ["joint_operation"]}],
    "conditions": {"clocks": {"other": 7 * DAY, "urgent": 3 * DAY, "urgent_direct": 8 * HOUR}},
}
PAGES = (
    "operation",
    "operation_plan",
    "operation_tasks",
    "operation_action",
    "operation_exhibits",
    "operation_results",
    "operation_annex",
)


@pytest.fixture(scope="module")
def allowed(house: House) -> None:
    """An agreement that allows joint operations."""
    agreement = house.act(RABAT, "chef", {"action": "agreement.propose", "to": [PARIS], "title": "Arrangement", "coded": TERMS}).dossier
    house.act(PARIS, "chef", {"action": "agreement.consent", "dossier": agreement.hex()})


@pytest.fixture
def operation(house: House, allowed: None) -> DossierId:
    """An operation that Rabat leads, with two points of the plan, a task and nothing approved."""
    now = house.rabat.node.clock.now()
    given = {
        "action": "joint_operation.propose",
        "to": [PARIS],
        "title": "عملية الميناء",
        "language": "ar",
        "unit": "desk",
        "coded": {"area": "drugs", "starts": now + DAY, "ends": now + DAY + 10 * HOUR},
    }
    dossier: DossierId = house.act(RABAT, "chef", given).dossier
    say(house, RABAT, "plan_point", dossier, text="توقيف المنظمين", language="ar", coded={"part": "objective", "language": "ar"})
    say(house, PARIS, "plan_point", dossier, text="Deux postes", language="fr", coded={"part": "concept", "language": "fr"})
    say(house, RABAT, "task", dossier, title="Mandats", language="fr", coded={"owner": PARIS})
    return dossier


def say(
    house: House, code: str, type: str, dossier: DossierId, *, kind: str = "joint_operation", account: str = "chef", **more: Any
) -> Any:
    return house.act(code, account, {"action": f"{kind}.{type}", "dossier": dossier.hex(), **more})


def address(name: str, dossier: DossierId, language: str = "fr") -> str:
    return re.sub(r"^/(ar|en|fr)/", f"/{language}/", reverse(name, kwargs={"dossier": dossier.hex()}))


def page(house: House, code: str, name: str, dossier: DossierId, *, account: str = "chef", language: str = "fr", query: str = "") -> Any:
    house.at(code)
    return house.client(account, code).get(address(name, dossier, language) + query)


def text_of(house: House, code: str, name: str, dossier: DossierId, **more: Any) -> str:
    shown = page(house, code, name, dossier, **more)
    assert shown.status_code == 200
    return str(shown.content.decode())


def press(house: House, code: str, dossier: DossierId, do: str, *, account: str = "chef", back: str = "operation", **given: str) -> str:
    """One press of a button; the text of the page that follows."""
    client = house.client(account, code)
    where = address(back, dossier)
    answered = client.post(address("operation_act", dossier), {"do": do, "next": where, **given})
    assert (answered.status_code, answered["Location"]) == (303, where)
    exchange(house.rabat, house.paris)
    return str(client.get(where).content.decode())


def prepare(house: House, dossier: DossierId) -> None:
    """By buttons what is by buttons; the rest as forms would say it."""
    for code in (RABAT, PARIS):
        press(house, code, dossier, "agree", account="liaison")
    for code in (RABAT, PARIS):
        press(house, code, dossier, "approve")
        say(house, code, "basis", dossier, coded={"type": "agreement", "article": "4"})
        say(house, code, "contact", dossier, coded={"function": "command"}, detail={"post": "Chef du dispositif", "phone": "+33 1 00"})
    task = re.search(r'name="task" value="([0-9a-f]{64})"', text_of(house, PARIS, "operation_tasks", dossier))
    assert task is not None
    press(house, PARIS, dossier, "progress", account="liaison", back="operation_tasks", task=task[1], state="done")
    for code in (RABAT, PARIS):
        press(house, code, dossier, "ready")


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("code", [RABAT, PARIS])
def test_both_sides_see_the_same_operation_in_three_languages(
    house: House, operation: DossierId, code: str, name: str, language: str
) -> None:
    text = text_of(house, code, name, operation, language=language)
    assert "عملية الميناء" in text
    assert label(language, "phase", "proposed") in text


def test_the_list_shows_whose_turn_it_is(house: House, operation: DossierId) -> None:
    house.at(PARIS)
    text = house.client("liaison", PARIS).get("/fr/operations/").content.decode()
    assert address("operation", operation) in text
    assert label("fr", "task", "agree") in text


def test_an_operation_runs_from_the_pages_and_each_page_says_what_is_missing(house: House, operation: DossierId) -> None:
    text = press(house, RABAT, operation, "start")
    gate = label("fr", "gate", "plan")
    assert sentence("fr", "operation_not_prepared", {"gate": "plan"}) in text
    assert gate in text
    prepare(house, operation)
    text = text_of(house, RABAT, "operation", operation)
    assert label("fr", "phase", "preparation") in text
    assert 'name="do" value="start"' in text
    assert 'name="do" value="start"' not in text_of(house, PARIS, "operation", operation)
    press(house, RABAT, operation, "start")
    assert label("fr", "phase", "action") in text_of(house, PARIS, "operation", operation)
    text = press(house, PARIS, operation, "not_ready")
    assert label("fr", "phase", "halted") in text
    press(house, PARIS, operation, "ready")
    press(house, RABAT, operation, "stop")
    press(house, RABAT, operation, "close")
    text = text_of(house, PARIS, "operation", operation)
    assert label("fr", "gate", "evaluation") in text


def test_what_binds_is_kept_for_a_supervisor(house: House, operation: DossierId) -> None:
    node = house.at(RABAT).node
    bound = replace(node.settings, supervisors_bind=True)
    object.__setattr__(node, "settings", bound)
    try:
        text = press(house, RABAT, operation, "approve", account="liaison", back="operation_plan")
    finally:
        object.__setattr__(node, "settings", replace(bound, supervisors_bind=False))
    assert tell("fr", "It is kept as a draft for a supervisor to send.") in text


def test_an_amendment_is_shown_beside_what_governs(house: House, operation: DossierId) -> None:
    prepare(house, operation)
    say(house, PARIS, "plan_point", operation, text="Repli à midi", language="fr", coded={"part": "contingency", "language": "fr"})
    text = text_of(house, RABAT, "operation_plan", operation)
    assert tell("fr", "new since the plan in force") in text
    shown = re.search(r"coded\.clause=([0-9a-f]{64})&amp;coded\.part=concept", text)
    assert shown is not None
    say(house, PARIS, "plan_point", operation, text="Trois postes", language="fr", coded={"clause": shown[1]})
    text = text_of(house, RABAT, "operation_plan", operation)
    assert tell("fr", "changed since the plan in force") in text
    assert "Deux postes" in text
    assert "Trois postes" in text


def test_a_line_of_the_log_opens_it_and_stands_on_both_sides(house: House, operation: DossierId) -> None:
    client = house.client("liaison", PARIS)
    where = address("operation_action", operation)
    line = {"category": "decision", "text": "On avance d’une heure", "number": "-2", "post": "Chef du dispositif", "form": "a" * 20}
    for _ in range(2):  # a device that sends it again makes no second line
        assert client.post(where, line).status_code == 303
    exchange(house.rabat, house.paris)
    text = text_of(house, RABAT, "operation_action", operation, query="?category=decision")
    assert text.count("On avance d’une heure") == 2  # in the log, and among the decisions
    assert "Chef du dispositif" in text
    assert house.client("liaison", PARIS).get(where + "parts/").status_code == 200
    refused = client.post(where, {"category": "poetry", "text": "x"})
    assert refused.status_code == 409
    assert tell("fr", "A line of the log needs a category and words. Choose one and write what happened.") in refused.content.decode()


def test_exhibits_results_and_doubles(house: House, operation: DossierId) -> None:
    now = house.rabat.node.clock.now()
    opening = {
        "action": "exhibit.register",
        "title": "Résine",
        "language": "fr",
        "coded": {
            "operation": operation.hex(),
            "at": now,
            "type": "drugs",
            "substance": "cannabis_resin",
            "amount": 412_500,
            "origin": "search",
        },
        "detail": {"label": "OP-1", "seal": "S 1", "authority": "Mandat"},
    }
    exhibit = house.act(RABAT, "chef", opening).dossier
    assert "412,5" in text_of(house, PARIS, "operation_exhibits", operation)
    say(house, RABAT, "transfer", exhibit, kind="exhibit", coded={"at": now, "to": PARIS})
    assert "/write/exhibit/receive/" in text_of(house, PARIS, "operation_exhibits", operation)
    drugs = {"at": now, "type": "drugs", "substance": "cannabis_resin"}
    say(house, RABAT, "result", operation, coded={**drugs, "amount": 412_500, "exhibit": exhibit.hex()})
    say(house, PARIS, "result", operation, coded={**drugs, "amount": 400_000})
    text = text_of(house, PARIS, "operation_results", operation)
    assert tell("fr", "May be counted twice") in text
    found = re.search(r'name="first" value="([0-9a-f]{64})"><input type="hidden" name="second" value="([0-9a-f]{64})"', text)
    assert found is not None
    pressed = {"back": "operation_results", "first": found[1], "second": found[2]}
    text = press(house, PARIS, operation, "compare", **pressed, same="yes")
    assert tell("fr", "May be counted twice") not in text
    assert tell("fr", "counted elsewhere") in text


def test_the_annex_stays_and_points_are_compared_from_the_pages(house: House, operation: DossierId) -> None:
    where = address("operation_annex", operation)
    point = {"kind": "phone", "label": "B-7", "value": "+33 6 00 00 00 77"}
    rows = {
        name: [point.get(name, "")] for name in ("kind", "label", "value", "country", "latitude", "longitude", "radius", "starts", "ends")
    }
    for code in (RABAT, PARIS):
        client = house.client("liaison", code)
        kept = client.post(where, {"text.risks": f"Équipe courte de {code}", **rows})
        assert kept.status_code == 303
    assert "Équipe courte de ma.dgsn" in text_of(house, RABAT, "operation_annex", operation, account="liaison")
    assert "Équipe courte de ma.dgsn" not in text_of(house, PARIS, "operation_annex", operation, account="liaison")
    press(house, RABAT, operation, "deconflict", account="liaison", back="operation_annex", partner=PARIS)
    text = text_of(house, PARIS, "operation_annex", operation)
    found = re.search(r'name="deconfliction" value="([0-9a-f]{64})"', text)
    assert found is not None
    press(house, PARIS, operation, "deconflict", account="liaison", back="operation_annex", deconfliction=found[1])
    exchange(house.rabat, house.paris)
    for code in (RABAT, PARIS):
        text = text_of(house, code, "operation_annex", operation)
        assert "B-7" in text
        assert "/write/deconfliction/talk/" in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "place_and_time", "latitude": "north"},
        {"kind": "place_and_time", "latitude": "95", "longitude": "1", "starts": "2026-01-01T00:00", "ends": "2026-01-01T01:00"},
        {"kind": "phone", "value": "12"},
        {"kind": "poem", "value": "12"},
    ],
)
def test_a_point_that_cannot_be_compared_is_refused_and_what_was_typed_stays(
    house: House, operation: DossierId, wrong: dict[str, str]
) -> None:
    fields = ("kind", "label", "value", "country", "latitude", "longitude", "radius", "starts", "ends")
    rows = {name: [wrong.get(name, "")] for name in fields} | {"label": ["Gardé"]}
    answered = house.client("liaison", RABAT).post(address("operation_annex", operation), rows)
    assert answered.status_code == 409
    assert "Gardé" in answered.content.decode()
    assert sentence("fr", "bad_point", {"number": 1}) in answered.content.decode()


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_report_is_on_paper_in_three_languages(house: House, operation: DossierId, language: str) -> None:
    prepare(house, operation)
    say(house, RABAT, "result", operation, coded={"at": 1, "type": "money", "unit": "money", "currency": "MAD", "amount": 1_234_567})
    house.at(PARIS)
    got = house.client("chef", PARIS).get(f"/fr/operations/{operation.hex()}/{language}.pdf")
    assert got["Content-Type"] == "application/pdf"
    text = "".join(pages_of(got.content)).replace("\u202f", "").replace(" ", "")
    assert "12345" in text
    other = house.client("chef", PARIS).get(f"/fr/operations/{operation.hex()}/es.pdf")
    assert other.status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_what_is_no_operation_is_not_there(house: House, name: str) -> None:
    assert page(house, RABAT, name, house.asked).status_code == 404
    assert page(house, RABAT, name, DossierId(bytes(32))).status_code == 404


def test_another_unit_does_not_see_it(house: House, operation: DossierId) -> None:
    assert page(house, RABAT, "operation", operation, account="stups").status_code == 404
    assert page(house, RABAT, "operation", operation, account="admin").status_code in (403, 404)


def test_an_unknown_button_changes_nothing(house: House, operation: DossierId) -> None:
    before = house.rabat.node.journal.read(lambda reading: reading.dossier(operation))
    text = press(house, RABAT, operation, "launch")
    assert escape(sentence("fr", "unknown_action", {})) in text
    assert house.rabat.node.journal.read(lambda reading: reading.dossier(operation)) == before
