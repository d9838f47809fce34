# SPDX-License-Identifier: EUPL-1.2
"""What officers, supervisors and administrators can do and see at one node: access, drafts, notes, duplicates, recalls."""

from __future__ import annotations

from typing import Any

import pytest

from amana.node.access import Scope, add_officer, open_scope
from amana.node.actions.act import Done
from amana.node.context import NodeSettings
from amana.node.local import Consulted, OfficerAdded
from amana.node.ports import Reading
from amana.node.queries.dossiers import list_dossiers, show_dossier
from amana.node.queries.inbox import list_inbox
from amana.protocol.canonical import parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import PARIS, RABAT, TEMARA, TERMS, agree, allied, ask, federation, say, shown, types_of

PHONE = {"type": "phone", "value": {"number": "+212 600-00 00 01"}, "grade": "B2", "fact": True}
SUPERVISOR, COLLEAGUE, OTHER_UNIT = "head", "colleague", "narcotics"
REQUEST: dict[str, Any] = {
    "action": "information_request.request",
    "to": [PARIS],
    "title": "Demande",
    "text": "Qui utilise ce numéro ?",
    "language": "fr",
    "coded": {"area": "drugs", "types": ["information"], "urgency": "urgent"},
}


@pytest.fixture
def made() -> Federation:
    """Rabat and Paris under an agreement; Rabat has a supervisor, a colleague and an officer of another unit."""
    made = allied(RABAT, PARIS)
    staff(made)
    return made


def staff(made: Federation) -> None:
    for account, role, unit in (
        (SUPERVISOR, "supervisor", "desk"),
        (COLLEAGUE, "desk", "desk"),
        (OTHER_UNIT, "desk", "narcotics"),
    ):
        add_officer(
            made[RABAT].node,
            OfficerAdded(
                name="", role=role, units=tuple(sorted({unit, "desk"} if role == "supervisor" else {unit})), account=account, language="ar"
            ),
        )


def scope(made: Federation, account: str) -> Scope:
    return open_scope(made[RABAT].node, account)


def refusal(made: Federation, account: str, action: dict[str, Any]) -> str:
    with pytest.raises(Refusal) as refused:
        made.act(RABAT, account, action)
    return refused.value.code


class TestAccess:
    @pytest.mark.parametrize(
        ("account", "seen"), [(DESK, True), (COLLEAGUE, True), (SUPERVISOR, True), (OTHER_UNIT, False), (ADMINISTRATOR, False)]
    )
    def test_a_dossier_is_for_its_unit(self, made: Federation, account: str, *, seen: bool) -> None:
        dossier = ask(made, RABAT, PARIS)
        node = made[RABAT].node
        if seen:
            assert show_dossier(node, scope(made, account), dossier)["title"] == "Demande"
        else:
            with pytest.raises(Refusal) as forbidden:
                show_dossier(node, scope(made, account), dossier)
            with pytest.raises(Refusal) as absent:
                show_dossier(node, scope(made, account), DossierId(bytes(32)))
            assert (forbidden.value.code, dict(forbidden.value.facts)) == (absent.value.code, dict(absent.value.facts))

    def test_lists_hold_only_what_one_may_see(self, made: Federation) -> None:
        ask(made, RABAT, PARIS)
        node = made[RABAT].node
        assert len(list_dossiers(node, scope(made, DESK))["dossiers"]) == 2  # the agreement and the request
        assert list_dossiers(node, scope(made, OTHER_UNIT))["dossiers"] == []

    def test_handed_over_it_belongs_to_the_other_unit(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        made.act(RABAT, SUPERVISOR, {"action": "assign", "dossier": dossier.hex(), "unit": "narcotics"})
        assert show_dossier(made[RABAT].node, scope(made, OTHER_UNIT), dossier)["unit"] == "narcotics"
        with pytest.raises(Refusal, match="not_found"):
            show_dossier(made[RABAT].node, scope(made, DESK), dossier)

    def test_acting_in_a_dossier_one_may_not_see_is_acting_in_none(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        action = {"action": "information_request.supplement", "dossier": dossier.hex(), "text": "x"}
        absent = {**action, "dossier": bytes(32).hex()}
        assert refusal(made, OTHER_UNIT, action) == refusal(made, OTHER_UNIT, absent) == "not_found"

    def test_every_look_is_recorded(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        node = made[RABAT].node
        show_dossier(node, scope(made, COLLEAGUE), dossier)
        list_inbox(node, scope(made, COLLEAGUE))

        def ask_log(reading: Reading) -> list[tuple[str, str, bytes]]:
            rows = [row for row in reading.local_after(0, 1000) if row.type == "consulted" and row.officer == COLLEAGUE]
            return [(row.officer, parse(row.content or b"", Consulted).what, row.dossier) for row in rows]

        assert node.journal.read(ask_log) == [(COLLEAGUE, "dossier", dossier), (COLLEAGUE, "inbox", b"")]

    def test_an_officers_handle_is_new_for_each_dossier_and_resolved_only_at_home(self, made: Federation) -> None:
        dossiers = [ask(made, RABAT, PARIS), ask(made, RABAT, PARIS)]
        made.settle()
        handles = {
            bytes(row.value) for row in made[RABAT].journal.read(lambda reading: reading.records("handle")) if row.key[:32] in dossiers
        }
        assert len(handles) == 2
        assert shown(made, RABAT, dossiers[0])["entries"][0]["officer"] == DESK
        assert shown(made, PARIS, dossiers[0])["entries"][0]["officer"] == ""


class TestLawfulness:
    def test_without_an_agreement_the_refusal_says_what_is_missing(self) -> None:
        made = federation(RABAT, PARIS)
        assert refusal(made, DESK, REQUEST) == "no_agreement"

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"area": "cybercrime"}, "area_not_covered"),
            ({"area": "no_such_area"}, "unknown_area"),
        ],
    )
    def test_what_the_agreement_does_not_cover_is_not_sent(self, made: Federation, change: dict[str, str], code: str) -> None:
        assert refusal(made, DESK, {**REQUEST, "coded": {**REQUEST["coded"], **change}}) == code

    def test_a_partner_outside_the_agreement_is_named(self) -> None:
        made = federation(RABAT, PARIS, TEMARA)
        agree(made, RABAT, PARIS)
        assert refusal(made, DESK, {**REQUEST, "to": [TEMARA]}) == "not_a_party"

    def test_suspended_it_allows_nothing_until_resumed(self, made: Federation) -> None:
        agreement = DossierId(bytes.fromhex(list_dossiers(made[PARIS].node, open_scope(made[PARIS].node, DESK))["dossiers"][0]["dossier"]))
        say(made, PARIS, "agreement.suspend", agreement, coded={"code": "other"})
        made.settle()
        assert refusal(made, DESK, REQUEST) == "agreement_suspended"
        say(made, PARIS, "agreement.resume", agreement)
        made.settle()
        assert made.act(RABAT, DESK, REQUEST).entry is not None

    def test_an_entry_shows_the_article_it_rests_on(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        basis = shown(made, RABAT, dossier)["entries"][0]["marking"]["basis"]
        assert basis["article"] == "1"

    def test_above_the_nodes_limit_nothing_is_written(self, made: Federation) -> None:
        assert refusal(made, DESK, {**REQUEST, "marking": {"level": "secret"}}) == "above_limit"


class TestFourEyes:
    @pytest.fixture
    def made(self) -> Federation:
        made = allied(RABAT, PARIS, settings={RABAT: NodeSettings(four_eyes=frozenset({"information_request.request"}))})
        staff(made)
        return made

    def draft(self, made: Federation) -> Done:
        return made.act(RABAT, DESK, REQUEST)

    def test_it_waits_and_nothing_leaves(self, made: Federation) -> None:
        kept = self.draft(made)
        assert (kept.state, kept.entry) == ("awaiting_release", None)
        assert made.settle() >= 0
        assert [row["state"] for row in list_inbox(made[RABAT].node, scope(made, COLLEAGUE))["drafts"]] == ["awaiting_release"]
        assert len(list_dossiers(made[PARIS].node, open_scope(made[PARIS].node, DESK))["dossiers"]) == 1

    def test_a_colleague_releases_it_and_it_is_the_authors(self, made: Federation) -> None:
        kept = self.draft(made)
        done = made.act(RABAT, COLLEAGUE, {"action": "release", "draft": kept.draft.hex()})
        assert done.dossier is not None
        assert shown(made, RABAT, done.dossier)["entries"][0]["officer"] == DESK

    @pytest.mark.parametrize(("account", "code"), [(DESK, "own_draft"), (OTHER_UNIT, "not_found"), (ADMINISTRATOR, "not_found")])
    def test_nobody_else_does(self, made: Federation, account: str, code: str) -> None:
        kept = self.draft(made)
        assert refusal(made, account, {"action": "release", "draft": kept.draft.hex()}) == code

    def test_once_released_or_discarded_it_is_over(self, made: Federation) -> None:
        kept = self.draft(made).draft.hex()
        made.act(RABAT, COLLEAGUE, {"action": "discard", "draft": kept})
        assert refusal(made, COLLEAGUE, {"action": "release", "draft": kept}) == "draft_ended"

    def test_what_could_not_be_sent_is_not_kept_for_release(self, made: Federation) -> None:
        assert refusal(made, DESK, {**REQUEST, "coded": {**REQUEST["coded"], "area": "cybercrime"}}) == "area_not_covered"


class TestTheDesk:
    def test_a_note_never_leaves(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        made.act(RABAT, DESK, {"action": "note", "dossier": dossier.hex(), "text": "à voir avec le parquet", "language": "fr"})
        made.settle()
        assert [note["text"] for note in shown(made, RABAT, dossier)["notes"]] == ["à voir avec le parquet"]
        assert shown(made, PARIS, dossier)["notes"] == []

    def test_a_form_sent_twice_makes_one_entry_and_says_which(self, made: Federation) -> None:
        form = {**REQUEST, "form": "d1f0c2a49b"}
        done = made.act(RABAT, DESK, form)
        with pytest.raises(Refusal) as refused:
            made.act(RABAT, DESK, form)
        assert done.entry is not None
        assert (refused.value.code, refused.value.facts["entry"]) == ("already_sent", done.entry.hex())

    def test_the_same_phone_in_another_dossier_is_warned_of(self, made: Federation) -> None:
        first = made.act(RABAT, DESK, {**REQUEST, "items": [PHONE]})
        again = made.act(RABAT, DESK, {**REQUEST, "items": [{**PHONE, "value": {"number": "00212600000001"}}]})
        assert first.warnings == ()
        assert first.dossier is not None
        assert again.warnings == ({"code": "likely_duplicate", "dossier": first.dossier.hex()},)

    def test_of_a_dossier_one_may_not_see_nobody_is_warned(self, made: Federation) -> None:
        first = made.act(RABAT, DESK, {**REQUEST, "items": [PHONE]})
        assert first.dossier is not None
        made.act(RABAT, SUPERVISOR, {"action": "assign", "dossier": first.dossier.hex(), "unit": "narcotics"})
        assert made.act(RABAT, DESK, {**REQUEST, "items": [PHONE]}).warnings == ()

    @pytest.mark.parametrize(
        ("action", "code"),
        [
            ({"action": "nothing"}, "unknown_action"),
            ({"action": "agreement.nothing"}, "unknown_type"),
            ({"action": "no_kind.request"}, "unknown_kind"),
            ({"action": "information_request.answer", "to": [PARIS]}, "dossier_needed"),
            ({**REQUEST, "to": []}, "no_receiver"),
            ({**REQUEST, "to": ["es.cnp"]}, "not_a_party"),
            ({"action": "agreement.propose", "to": ["es.cnp"], "coded": TERMS}, "unknown_partner"),
            ({**REQUEST, "surprise": 1}, "bad_action"),
            ({**REQUEST, "coded": {**REQUEST["coded"], "surprise": 1}}, "bad_values"),
            ({**REQUEST, "coded": {**REQUEST["coded"], "urgency": "very"}}, "bad_values"),
            ({**REQUEST, "after": ["zz"]}, "bad_id"),
            ({**REQUEST, "after": [bytes(32).hex()]}, "unknown_reference"),
            ({**REQUEST, "marking": {"erase_on": "soon"}}, "bad_date"),
            ({**REQUEST, "marking": {"codes": ["H9"]}}, "bad_marking"),
            ({**REQUEST, "items": [{"type": "phone", "value": {"number": "1"}, "grade": "Z9"}]}, "bad_item"),
            ({**REQUEST, "items": [{"type": "face", "value": {}}]}, "unknown_item_type"),
            ({**REQUEST, "unit": "narcotics"}, "foreign_unit"),
            ({"action": "note", "dossier": "00", "text": "x"}, "bad_id"),
            ({"action": "partnership.suspend", "to": [PARIS], "coded": {"code": "other"}}, "administrator_only"),
        ],
    )
    def test_what_does_not_fit_is_refused_with_its_reason_and_leaves_nothing(
        self, made: Federation, action: dict[str, Any], code: str
    ) -> None:
        before = made[RABAT].journal.read(lambda reading: (len(reading.dossiers()), reading.local_head()))
        assert refusal(made, DESK, action) == code
        assert made[RABAT].journal.read(lambda reading: (len(reading.dossiers()), reading.local_head())) == before

    def test_ten_acts_of_which_one_is_refused_leave_nothing(self, made: Federation) -> None:
        before = made[RABAT].journal.read(lambda reading: len(reading.dossiers()))
        with pytest.raises(Refusal):
            made.act_many(RABAT, DESK, [REQUEST] * 9 + [{**REQUEST, "to": ["es.cnp"]}])
        assert made[RABAT].journal.read(lambda reading: len(reading.dossiers())) == before

    def test_an_entry_that_names_what_its_receiver_does_not_hold_is_not_sent(self) -> None:
        made = allied(RABAT, PARIS, TEMARA)
        with_temara = ask(made, RABAT, TEMARA)
        assert refusal(made, DESK, {**REQUEST, "after": [with_temara.hex()]}) == "reference_not_shared"


class TestRecall:
    def recalled(self, made: Federation) -> tuple[DossierId, bytes]:
        """Paris answers, recalls its answer, and Rabat is asked to erase it."""
        dossier = ask(made, RABAT, PARIS)
        made.settle()
        answer = say(made, PARIS, "information_request.answer", dossier, text="Réponse à retirer", items=[PHONE])
        say(made, PARIS, "information_request.recall_request", dossier, coded={"entry": answer.hex(), "code": "incorrect"})
        made.settle()
        return dossier, answer

    def test_answered_with_erased_the_body_is_gone_and_the_proofs_stay(self, made: Federation) -> None:
        dossier, answer = self.recalled(made)
        done = made.act(RABAT, DESK, {"action": "information_request.recall_answer", "dossier": dossier.hex(), "coded": {"code": "erased"}})
        made.settle()
        assert done.erased == (answer,)
        entry = next(entry for entry in shown(made, RABAT, dossier)["entries"] if entry["id"] == answer.hex())
        assert entry["void"] == "recalled"
        assert "text" not in entry
        assert types_of(made, RABAT, dossier) == types_of(made, PARIS, dossier)
        assert made[RABAT].verify().first_failure is None
        made[RABAT].rebuild()
        assert made[RABAT].verify().first_failure is None

    def test_no_trace_of_the_items_stays_in_the_index(self, made: Federation) -> None:
        dossier, _ = self.recalled(made)
        index = made[RABAT].journal.read(lambda reading: len(reading.records("item")))
        made.act(RABAT, DESK, {"action": "information_request.recall_answer", "dossier": dossier.hex(), "coded": {"code": "erased"}})
        assert index == 1
        assert made[RABAT].journal.read(lambda reading: reading.records("item")) == []

    def test_answered_otherwise_the_body_stays(self, made: Federation) -> None:
        dossier, answer = self.recalled(made)
        action = {"action": "information_request.recall_answer", "dossier": dossier.hex(), "coded": {"code": "retained_by_law"}}
        assert made.act(RABAT, DESK, action).erased == ()
        entry = next(entry for entry in shown(made, RABAT, dossier)["entries"] if entry["id"] == answer.hex())
        assert entry["text"] == "Réponse à retirer"

    def test_nobody_has_another_agencys_entry_erased(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        made.settle()
        recall = {"entry": dossier.hex(), "code": "incorrect"}  # Rabat's own request, recalled by Paris
        with pytest.raises(Refusal) as refused:
            say(made, PARIS, "information_request.recall_request", dossier, coded=recall)
        assert refused.value.code == "not_the_author"
