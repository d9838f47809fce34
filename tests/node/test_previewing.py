# SPDX-License-Identifier: EUPL-1.2
"""What a partner will see, before anything is sent: the same as it then sees, and nothing is kept of the preview."""

from __future__ import annotations

from typing import Any

import pytest

from amana.node.actions.previewing import preview
from amana.protocol.errors import Refusal
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, TEMARA, TERMS, allied, ask, federation, say, shown
from tests.node.desks import OTHER_UNIT, PHONE, REQUEST, desks

CHANGES_ON_THE_WAY = {"id", "made_at", "arrived_at", "order", "handle", "marking", "number", "delivery"}
NOTE = "à voir avec le parquet"


@pytest.fixture
def made() -> Federation:
    return desks()


def seen(made: Federation, given: dict[str, Any], account: str = DESK, **more: Any) -> dict[str, Any]:
    return preview(made[RABAT].node, account, given, **more)


def test_it_is_what_the_partner_then_shows(made: Federation) -> None:
    given = {**REQUEST, "items": [PHONE], "marking": {"codes": ["H0", "H1"], "tlp": "amber"}}
    before = seen(made, given)
    done = made.act(RABAT, DESK, given)
    made.settle()
    assert done.dossier is not None
    page = shown(made, PARIS, done.dossier)
    after = page["entries"][0]
    assert before["exact"] is True
    assert {k: v for k, v in before["entry"].items() if k not in CHANGES_ON_THE_WAY} == {
        k: v for k, v in after.items() if k not in CHANGES_ON_THE_WAY and k in before["entry"]
    }
    assert {k: v for k, v in before["entry"]["marking"].items() if k != "erase_on"} == {
        k: v for k, v in after["marking"].items() if k != "erase_on"
    }
    same = ("title", "direction", "partners", "area", "urgency", "parties", "kind", "opening", "unit", "officer")
    assert {name: before["row"][name] for name in same} == {name: page[name] for name in same}


def test_in_a_dossier_it_takes_the_next_number_and_keeps_the_officers_handle(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    given = {"action": "information_request.supplement", "dossier": dossier.hex(), "text": "De plus."}
    before = seen(made, given)
    say(made, RABAT, "information_request.supplement", dossier, text="De plus.")
    made.settle()
    after = shown(made, PARIS, dossier)["entries"][-1]
    assert (before["entry"]["number"], before["entry"]["handle"]) == (after["number"], after["handle"])


@pytest.mark.parametrize("given", [REQUEST, {**REQUEST, "coded": {}}, {**REQUEST, "form": "form-00001"}, {**REQUEST, "keep": True}, {}])
def test_nothing_is_kept_of_it(made: Federation, given: dict[str, Any]) -> None:
    journal = made[RABAT].journal
    before = journal.read(lambda reading: (len(reading.dossiers()), reading.local_head(), reading.queue_counts()))
    seen(made, given)
    assert journal.read(lambda reading: (len(reading.dossiers()), reading.local_head(), reading.queue_counts())) == before
    assert made.act(RABAT, DESK, REQUEST).entry is not None


def test_what_will_not_leave_is_counted_and_not_in_it(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.act(RABAT, DESK, {"action": "note", "dossier": dossier.hex(), "text": NOTE})
    draft = {"action": "information_request.supplement", "dossier": dossier.hex(), "text": "Brouillon"}
    made.act(RABAT, DESK, {**draft, "keep": True})
    before = seen(made, draft)
    assert before["stays"] == {"officer": DESK, "notes": 1, "drafts": 1}
    assert NOTE not in str(before)
    assert before["entry"]["officer"] == ""


class TestBasisAndClock:
    def test_the_article_is_proposed_with_the_reason_and_the_clock_follows(self, made: Federation) -> None:
        before = seen(made, REQUEST)
        assert (before["basis"]["article"], before["proposed"], before["why"]) == ("1", True, "article_names_area_and_form")
        assert before["clock"] == {"total": 3 * DAY, "urgency": "urgent"}
        assert (before["missing"], before["refusal"], before["may_send"]) == (None, None, True)

    def test_in_a_dossier_the_article_is_the_openings(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        before = seen(made, {"action": "information_request.supplement", "dossier": dossier.hex(), "text": "x"})
        assert (before["basis"]["article"], before["proposed"]) == ("1", False)

    def test_where_none_is_in_force_it_says_whose_consent_would_do(self, made: Federation) -> None:
        terms = {**TERMS, "areas": ["cybercrime"], "articles": [{"number": "2"}]}
        proposed = made.act(RABAT, DESK, {"action": "agreement.propose", "to": [PARIS], "title": "Arrangement", "coded": terms})
        before = seen(made, {**REQUEST, "coded": {**REQUEST["coded"], "area": "cybercrime"}})
        assert before["missing"]["code"] in ("area_not_covered", "agreement_not_consented")
        [supply] = before["missing"]["supply"]
        assert proposed.dossier is not None
        assert (supply["agreement"], supply["title"], supply["article"]) == (proposed.dossier.hex(), "Arrangement", "2")
        assert (supply["waiting_for"], before["may_send"]) == ([PARIS], False)

    def test_a_suspended_one_names_who_suspends_it(self, made: Federation) -> None:
        agreement = next(row for row in made[RABAT].journal.read(lambda reading: reading.dossiers(kind="agreement")))
        say(made, RABAT, "agreement.suspend", agreement.id, coded={"code": "other"})
        before = seen(made, REQUEST)
        assert before["missing"]["code"] == "agreement_suspended"
        assert [supply["suspended_by"] for supply in before["missing"]["supply"]] == [[RABAT]]

    def test_without_any_agreement_nothing_would_supply_it(self) -> None:
        before = seen(federation(RABAT, PARIS), REQUEST)
        assert (before["missing"]["code"], before["missing"]["supply"]) == ("no_agreement", [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": []}, "no_receiver"),
        ({"coded": {}}, "unknown_area"),
        ({"coded": {"area": "drugs"}}, "bad_values"),
        ({"coded": {"area": "drugs", "types": "information"}}, "bad_values"),
        ({"coded": []}, "bad_action"),
        ({"text": None}, "bad_action"),
        ({"marking": {"level": "secret"}}, "above_limit"),
        ({"items": [{"type": "face", "value": {}}]}, "unknown_item_type"),
        ({"action": "information_request"}, "unknown_type"),
        ({"action": "information_request.close", "coded": {"feedback": 1}}, "dossier_needed"),
        ({"action": ""}, "unknown_kind"),
    ],
)
def test_a_half_filled_form_is_sketched_and_says_what_is_first_in_the_way(made: Federation, change: dict[str, Any], code: str) -> None:
    before = seen(made, {**REQUEST, **change})
    assert (before["exact"], before["may_send"], before["refusal"]["code"]) == (False, False, code)
    assert before["entry"]["title"] == "Demande"


@pytest.mark.parametrize("feedback", [1, "x", [1], {"respondent": 1}])
def test_values_of_any_shape_are_borne(made: Federation, feedback: object) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    say(made, PARIS, "information_request.answer", dossier, text="Rien.")
    made.settle()
    before = seen(made, {"action": "information_request.close", "dossier": dossier.hex(), "coded": {"feedback": feedback}})
    assert before["may_send"] is False


def test_an_item_that_does_not_fit_is_named_by_its_place(made: Federation) -> None:
    before = seen(made, {**REQUEST, "items": [PHONE, {"type": "phone", "value": {"number": 5}}]})
    assert [(fault["index"], fault["code"]) for fault in before["item_faults"]] == [(1, "bad_values")]
    assert [item["understood"] for item in before["entry"]["items"]] == [True, False]


def test_a_likely_duplicate_is_warned_of(made: Federation) -> None:
    first = made.act(RABAT, DESK, {**REQUEST, "items": [PHONE]})
    assert first.dossier is not None
    assert seen(made, {**REQUEST, "items": [PHONE]})["warnings"] == [{"code": "likely_duplicate", "dossier": first.dossier.hex()}]


def test_four_eyes_are_said_and_do_not_hide_the_entry() -> None:
    before = seen(desks(four_eyes=["information_request.request"]), REQUEST)
    assert (before["four_eyes"], before["exact"], before["may_send"]) == (True, True, True)


def test_each_receiver_can_be_asked_for() -> None:
    made = allied(RABAT, PARIS, TEMARA)
    given = {**REQUEST, "to": [PARIS, TEMARA]}
    assert [seen(made, given, partner=code)["partner"] for code in (TEMARA, "es.cnp", "")] == [TEMARA, PARIS, PARIS]
    assert seen(made, given, partner=TEMARA)["row"]["task"] == "acknowledge"


@pytest.mark.parametrize(("account", "dossier"), [(OTHER_UNIT, "seen"), (ADMINISTRATOR, ""), (DESK, "00" * 32), (DESK, "no id")])
def test_what_one_may_not_see_is_not_found(made: Federation, account: str, dossier: str) -> None:
    held = ask(made, RABAT, PARIS).hex() if dossier == "seen" else dossier
    with pytest.raises(Refusal, match="not_found"):
        seen(made, {**REQUEST, "dossier": held}, account)
