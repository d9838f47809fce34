# SPDX-License-Identifier: EUPL-1.2
"""One dossier as its page needs it: clocks, deliveries with their times, who holds what, relations, refusals."""

from __future__ import annotations

from typing import Any

import pytest

from amana.node.actions.administer import set_suspended
from amana.node.queries.dossiers import show_dossier
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, TEMARA, agree, allied, ask, require_at_rest, say, shown
from tests.node.desks import OTHER_UNIT, at, consultations, desks
from tests.node.hostile import forge


@pytest.fixture
def made() -> Federation:
    return desks()


def refused(made: Federation, code: str, account: str, action: dict[str, Any]) -> str:
    with pytest.raises(Refusal) as raised:
        made.act(code, account, action)
    return raised.value.code


def delivery(made: Federation, dossier: DossierId, number: int = 1) -> list[dict[str, Any]]:
    entries = shown(made, RABAT, dossier)["entries"]
    return list(next(entry for entry in entries if entry["number"] == number)["delivery"])


class TestDelivery:
    def test_an_entry_waits_is_delivered_and_is_taken_in_hand(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        [waiting] = delivery(made, dossier)
        assert (waiting["state"], waiting["sent_at"], waiting["delivered_at"], waiting["taken_at"]) == ("waiting", 0, 0, 0)
        made.settle()
        [delivered] = delivery(made, dossier)
        assert (delivered["state"], delivered["taken_at"]) == ("delivered", 0)
        assert 0 < delivered["sent_at"] <= delivered["delivered_at"]
        made.advance(DAY)
        say(made, PARIS, "information_request.acknowledge", dossier)
        made.settle()
        [taken] = delivery(made, dossier)
        assert taken["state"] == "taken"
        assert taken["taken_at"] > taken["delivered_at"]

    def test_sent_without_a_receipt_it_is_sent(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        made[RABAT].exchange.prepare(turn) if (turn := made[RABAT].exchange.open_turn(AgencyCode(PARIS), always=True)) else None
        assert [one["state"] for one in delivery(made, dossier)] == ["sent"]

    def test_what_was_said_without_having_it_does_not_take_it(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        made.settle()
        say(made, RABAT, "information_request.supplement", dossier, text="De plus.")
        say(made, PARIS, "information_request.acknowledge", dossier)
        made.settle()
        assert [one["state"] for one in delivery(made, dossier, 1)] == ["taken"]
        assert [one["state"] for one in delivery(made, dossier, 3)] == ["delivered"]


def test_every_respondent_has_its_clock() -> None:
    made = allied(RABAT, PARIS, TEMARA)
    dossier = ask(made, RABAT, PARIS, TEMARA)
    made.settle()
    say(made, TEMARA, "information_request.answer", dossier, text="Rien.")
    made.settle()
    made.advance(4 * DAY)
    page = shown(made, RABAT, dossier)
    clocks = {clock["agency"]: clock for clock in page["clocks"]}
    assert (clocks[PARIS]["overdue"], clocks[TEMARA]["overdue"]) == (True, False)
    assert clocks[PARIS]["total"] == 3 * DAY
    assert clocks[PARIS]["due"] == clocks[PARIS]["started_at"] + 3 * DAY
    assert (clocks[TEMARA]["on_time"], clocks[PARIS]["settled_at"]) == (True, 0)
    assert page["turn_of"] == {"ours": False, "partners": [PARIS], "late": [PARIS]}


def test_an_aside_is_counted_for_those_who_hold_it() -> None:
    made = allied(RABAT, PARIS, TEMARA)
    dossier = ask(made, RABAT, PARIS, TEMARA)
    say(made, RABAT, "information_request.supplement", dossier, to=[PARIS], text="Entre nous.")
    made.settle()
    held = shown(made, RABAT, dossier)["seen_by"]
    assert held[RABAT] == held[PARIS] == held[TEMARA] + 1


def test_the_agreement_it_rests_on_is_named(made: Federation) -> None:
    basis = shown(made, RABAT, ask(made, RABAT, PARIS))["agreement"]
    assert (basis["here"], basis["title"], basis["article"], basis["in_force"]) == (True, "Accord", "1", True)
    assert basis["areas"] == ["drugs", "terrorism"]
    assert basis["in_force_since"] > 0


class TestRelations:
    def test_translations_corrections_and_questions_point_both_ways(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        made.settle()
        question = say(made, PARIS, "information_request.ask_back", dossier, text="?")
        open_question = next(entry for entry in shown(made, PARIS, dossier)["entries"] if entry["id"] == question.hex())
        assert open_question["question"] == {"state": "open", "by": []}
        made.settle()
        clarified = say(made, RABAT, "information_request.clarify", dossier, text="!")
        corrected = say(made, RABAT, "information_request.correction", dossier, coded={"entry": dossier.hex()}, text="Plutôt.")
        coded = {"entry": dossier.hex(), "kind": "working", "language": "ar"}
        translated = say(made, RABAT, "information_request.translation", dossier, coded=coded, text="من", language="ar")
        entries = {entry["id"]: entry for entry in shown(made, RABAT, dossier)["entries"]}
        opening = entries[dossier.hex()]
        assert (opening["translations"], opening["corrected_by"]) == ([translated.hex()], [corrected.hex()])
        assert (entries[translated.hex()]["translates"], entries[corrected.hex()]["corrects"]) == (dossier.hex(), dossier.hex())
        assert entries[question.hex()]["question"] == {"state": "clarified", "by": [clarified.hex()]}
        assert (opening["question"], opening["recalled"]) == (None, None)

    def test_a_recall_shows_what_the_holders_declared(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        made.settle()
        recall = say(made, RABAT, "information_request.recall_request", dossier, coded={"entry": dossier.hex(), "code": "incorrect"})
        made.settle()
        say(made, PARIS, "information_request.recall_answer", dossier, coded={"code": "erased"})
        made.settle()
        recalled = shown(made, RABAT, dossier)["entries"][0]["recalled"]
        assert (recalled["by"], recalled["code"]) == (recall.hex(), "incorrect")
        assert [(one["agency"], one["code"]) for one in recalled["answers"]] == [(PARIS, "erased")]


CLOSE = {"action": "information_request.close"}


class TestRefusals:
    def test_what_a_rule_refused_to_us_is_shown_with_code_facts_and_hour(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        assert refused(made, RABAT, DESK, {**CLOSE, "dossier": dossier.hex()}) == "not_all_settled"
        [one] = shown(made, RABAT, dossier)["refusals"]
        assert (one["origin"], one["code"], one["action"], one["officer"]) == ("act", "not_all_settled", CLOSE["action"], DESK)
        assert one["at"] > 0

    def test_the_entry_spoken_of_and_facts_are_kept_and_nothing_that_was_written(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        set_suspended(made[RABAT].node, AgencyCode(PARIS), suspended=True)
        secret = "phrase qui ne doit rester nulle part"
        action = {"action": "information_request.translation_request", "dossier": dossier.hex(), "text": secret}
        coded = {"entry": dossier.hex(), "kind": "working", "language": "ar"}
        assert refused(made, RABAT, DESK, {**action, "coded": coded}) == "partner_suspended"
        [one] = shown(made, RABAT, dossier)["refusals"]
        assert (one["entry"], one["facts"]) == (dossier.hex(), {"partner": PARIS})
        rows = made[RABAT].journal.read(lambda reading: reading.local_after(0, 10_000))
        assert not any(secret.encode() in (row.content or b"") for row in rows)

    def test_the_same_refusal_again_is_kept_once(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        for _ in range(3):
            refused(made, RABAT, DESK, {**CLOSE, "dossier": dossier.hex()})
        assert len(shown(made, RABAT, dossier)["refusals"]) == 1

    @pytest.mark.parametrize(
        ("account", "action", "code"),
        [
            (OTHER_UNIT, {"action": "information_request.close"}, "not_found"),
            (DESK, {"action": "information_request.withdraw", "coded": {"code": "whim"}}, "bad_values"),
            (DESK, {"action": "note"}, "text_needed"),
        ],
    )
    def test_what_one_may_not_see_and_what_is_badly_filled_is_not_kept(
        self, made: Federation, account: str, action: dict[str, Any], code: str
    ) -> None:
        dossier = ask(made, RABAT, PARIS)
        assert refused(made, RABAT, account, {**action, "dossier": dossier.hex()}) == code
        assert shown(made, RABAT, dossier)["refusals"] == []

    def test_a_rebuild_keeps_them(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        refused(made, RABAT, DESK, {**CLOSE, "dossier": dossier.hex()})
        made.settle()
        require_at_rest(made)
        assert len(shown(made, RABAT, dossier)["refusals"]) == 1

    def test_what_is_kept_against_the_rules_is_named_once(self) -> None:
        f = forge()
        f.send(f.entry(type="close", coded=b"\xa0"))
        page = shown(f.made, PARIS, f.dossier)
        against = [one for one in page["refusals"] if one["entry"] == page["entries"][-1]["id"]]
        assert [one["origin"] for one in against] == ["fold"]

    def test_what_the_partners_node_reported_is_shown_to_the_author(self) -> None:
        made = allied(RABAT, PARIS)
        agreement = agree(made, RABAT, PARIS)
        dossier = ask(made, RABAT, PARIS, marking={"agreement": agreement.hex(), "article": "1"})
        say(made, PARIS, "agreement.suspend", agreement, coded={"code": "other"})
        made.settle()
        assert ("partner", "no_legal_basis") in [(one["origin"], one["code"]) for one in shown(made, RABAT, dossier)["refusals"]]
        assert ("arrival", "no_legal_basis") in [(one["origin"], one["code"]) for one in shown(made, PARIS, dossier)["refusals"]]


def test_a_page_that_renews_itself_is_no_look(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    before = consultations(made)
    show_dossier(*at(made), dossier, record=False)
    assert consultations(made) == before
