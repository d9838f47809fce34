# SPDX-License-Identifier: EUPL-1.2
"""Lists taken out of the node, agreements, partners, keys: what each role may have of them."""

from __future__ import annotations

from typing import Any

import pytest

from amana.node.actions.administer import set_suspended
from amana.node.keys import SEALING_LIFE
from amana.node.queries.agreements import list_agreements, show_agreement
from amana.node.queries.exporting import decide_entries, export_rows
from amana.node.queries.health import node_health
from amana.node.queries.partners import partner_status
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId
from amana.protocol.marking import Use
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, TEMARA, agree, allied, ask, federation, say
from tests.node.desks import OTHER_UNIT, SEES_NOTHING, at, consultations, desks, of


@pytest.fixture
def made() -> Federation:
    return desks()


def asked(made: Federation, **marking: Any) -> DossierId:
    dossier = ask(made, PARIS, RABAT, marking=marking)
    made.settle()
    return dossier


class TestExport:
    @pytest.mark.parametrize(
        ("marking", "use", "because"),
        [
            ({}, Use.EXPORT, ""),
            ({"codes": ["H0", "H3"]}, Use.EXPORT, "other_restriction"),
            ({"codes": ["H0", "H3"]}, Use.PRINT, ""),
            ({"tlp": "red"}, Use.PRINT, "tlp"),
            ({"erase_on": "2020-01-01"}, Use.EXPORT, "past_erase_date"),
        ],
    )
    def test_only_what_its_marking_lets_out_leaves(self, made: Federation, marking: dict[str, Any], use: Use, because: str) -> None:
        dossier = asked(made, **marking)
        left = export_rows(*at(made), [dossier], use=use)
        assert [row["dossier"] for row in left["rows"]] == ([] if because else [dossier.hex()])
        assert left["withheld"] == ([{"code": because, "count": 1}] if because else [])
        assert decide_entries(*at(made), dossier, use=use)[dossier.hex()] == because

    def test_what_is_ours_leaves(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS, marking={"tlp": "red"})
        assert len(export_rows(*at(made), [dossier])["rows"]) == 1

    def test_it_is_recorded(self, made: Federation) -> None:
        dossier = asked(made)
        export_rows(*at(made), [dossier])
        decide_entries(*at(made), dossier, use=Use.PRINT)
        assert consultations(made)[-2:] == ["export", "print"]

    def test_what_one_may_not_see_is_neither_in_it_nor_counted(self, made: Federation) -> None:
        dossier = asked(made, tlp="red")
        left = export_rows(*at(made, account=OTHER_UNIT), [dossier])
        assert (left["rows"], left["withheld"]) == ([], [])
        with pytest.raises(Refusal, match="not_found"):
            export_rows(*at(made, account=ADMINISTRATOR), [dossier])

    @pytest.mark.parametrize("account", SEES_NOTHING)
    def test_nor_is_anything_of_it_decided(self, made: Federation, account: str) -> None:
        with pytest.raises(Refusal, match="not_found"):
            decide_entries(*at(made, account=account), asked(made), use=Use.PRINT)

    def test_passing_on_is_no_list(self, made: Federation) -> None:
        with pytest.raises(ValueError, match="takes no list out"):
            export_rows(*at(made), [], use=Use.PASS_ON)


class TestAgreements:
    def test_every_officer_reads_them_and_the_administrator_no_wording(self, made: Federation) -> None:
        for account, title in ((DESK, "Accord"), (OTHER_UNIT, "Accord"), (ADMINISTRATOR, "")):
            [line] = list_agreements(*at(made, account=account))["agreements"]
            whole = show_agreement(*at(made, account=account), of(line["agreement"]))
            assert (line["title"], whole["texts"][0]["title"]) == (title, title)
            assert (line["in_force"], line["areas"], line["version"]) == (True, ["drugs", "terrorism"], 1)

    def test_terms_consents_and_the_flows_of_each_article_are_there(self, made: Federation) -> None:
        [line] = list_agreements(*at(made))["agreements"]
        [text] = show_agreement(*at(made), of(line["agreement"]))["texts"]
        assert {(one["agency"], one["state"]) for one in text["consents"]} == {(RABAT, "consented"), (PARIS, "consented")}
        assert text["articles"][0]["forms"] == ["information"]
        assert text["conditions"]["clocks"]["urgent"] == 3 * DAY
        assert len(text["hash"]) == 64
        assert text["in_force_since"] > 0

    def test_a_proposed_amendment_stands_beside_the_text_in_force(self, made: Federation) -> None:
        [line] = list_agreements(*at(made))["agreements"]
        say(made, RABAT, "agreement.amend", of(line["agreement"]), coded={"valid_until": 2**50})
        made.settle()
        whole = show_agreement(*at(made, PARIS), of(line["agreement"]))
        assert [(text["version"], text["in_force"]) for text in whole["texts"]] == [(2, False), (1, True)]
        assert (whole["waiting_for"], whole["task"]) == ([PARIS], "consent")

    def test_suspended_or_ended_it_is_not_in_force(self, made: Federation) -> None:
        [line] = list_agreements(*at(made))["agreements"]
        say(made, RABAT, "agreement.suspend", of(line["agreement"]), coded={"code": "other"})
        [line] = list_agreements(*at(made))["agreements"]
        assert (line["in_force"], line["suspended_by"], line["task"]) == (False, [RABAT], "resume")
        say(made, RABAT, "agreement.end", of(line["agreement"]), coded={"code": "denounced"})
        [line] = list_agreements(*at(made))["agreements"]
        assert (line["in_force"], line["ended_on"] > 0) == (False, True)

    @pytest.mark.parametrize("kind", ["absent", "a request"])
    def test_what_is_no_agreement_is_not_found(self, made: Federation, kind: str) -> None:
        dossier = DossierId(bytes(32)) if kind == "absent" else ask(made, RABAT, PARIS)
        with pytest.raises(Refusal, match="not_found"):
            show_agreement(*at(made), dossier)


class TestPartners:
    def status(self, made: Federation, account: str = DESK) -> dict[str, Any]:
        return partner_status(*at(made, account=account), made[RABAT].exchange)

    def test_officers_see_whether_a_partner_is_there_and_the_administrator_the_machine(self, made: Federation) -> None:
        [line] = self.status(made)["partners"]
        assert (line["code"], line["status"], line["channel"], line["waiting_entries"]) == (PARIS, "confirmed", "ready", 0)
        assert "machine" not in line
        assert "addresses" not in str(line)
        [line] = self.status(made, ADMINISTRATOR)["partners"]
        assert line["machine"]["addresses"] == [f"http://{PARIS}"]
        assert line["machine"]["sealing_due"] == line["machine"]["sealing_issued_at"] + SEALING_LIFE

    def test_what_waits_is_counted_and_a_suspension_says_whose(self, made: Federation) -> None:
        ask(made, RABAT, PARIS)
        set_suspended(made[RABAT].node, AgencyCode(PARIS), suspended=True)
        [line] = self.status(made)["partners"]
        assert line["waiting_entries"] == 2
        assert (line["status"], line["suspended_by_us"] > 0, line["suspended_by_partner"]) == ("suspended", True, 0)

    def test_an_introduced_agency_is_named_with_who_introduced_it(self) -> None:
        made = federation(RABAT, PARIS)
        card = federation(TEMARA)[TEMARA].card.digest.hex()
        introduction = {"action": "partnership.introduction", "to": [RABAT], "coded": {"agency": TEMARA, "card": card}}
        made.act(PARIS, ADMINISTRATOR, introduction)
        made.settle()
        assert self.status(made)["introductions"] == [{"agency": TEMARA, "by": PARIS, "card": card}]

    def test_it_holds_no_content(self) -> None:
        made = allied(RABAT, PARIS)
        agree(made, RABAT, PARIS)
        ask(made, RABAT, PARIS)
        assert "Demande" not in str(self.status(made, ADMINISTRATOR))


def test_health_knows_the_keys_ages_and_the_queues(made: Federation) -> None:
    ask(made, RABAT, PARIS)
    shown = node_health(made[RABAT].node, made[RABAT].exchange)
    assert shown["queues"] == {PARIS: 1}
    assert shown["keys"]["sealing_due"] == shown["keys"]["sealing_issued_at"] + SEALING_LIFE
    assert shown["keys"]["card_issued_at"] > 0
