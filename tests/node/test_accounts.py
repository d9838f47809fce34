# SPDX-License-Identifier: EUPL-1.2
"""Accounts are invited, closed and signed in by in the node's own log; supervisors bind the agency."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from amana.node.access import add_officer, load_account, open_scope
from amana.node.actions.accounts import close_account, invite_account, record_signed_in, record_signed_out
from amana.node.context import NodeSettings
from amana.node.local import OfficerAdded
from amana.node.ports import Reading
from amana.node.queries.offering import actions_for
from amana.node.rebuilding import rebuild
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import PARIS, RABAT, TERMS, allied, ask

SUPERVISOR = "head"
BINDING = {RABAT: NodeSettings(supervisors_bind=True)}
PROPOSAL: dict[str, Any] = {"action": "agreement.propose", "to": [PARIS], "title": "Accord", "coded": TERMS}


@pytest.fixture
def made() -> Federation:
    """Rabat and Paris; Rabat has a supervisor beside its desk officer and its administrator."""
    made = allied(RABAT, PARIS)
    made[RABAT].node = with_rule(made)
    add_officer(made[RABAT].node, OfficerAdded(name="", role="supervisor", units=("desk",), account=SUPERVISOR, language="ar"))
    return made


def with_rule(made: Federation) -> Any:
    """Rabat's node as a real one is: supervisors bind the agency."""
    made[RABAT].settings = BINDING[RABAT]
    made[RABAT].start()
    return made[RABAT].node


def refusal(made: Federation, account: str, action: dict[str, Any]) -> str:
    with pytest.raises(Refusal) as refused:
        made.act(RABAT, account, action)
    return refused.value.code


def kept(made: Federation, type: str) -> list[str]:
    """The accounts in whose name local events of this type were kept."""

    def ask(reading: Reading) -> list[str]:
        return [row.officer for row in reading.local_after(0, 10_000) if row.type == type]

    return made[RABAT].journal.read(ask)


class TestWhatBindsTheAgency:
    def test_a_desk_officer_does_not_say_it(self, made: Federation) -> None:
        assert refusal(made, DESK, PROPOSAL) == "supervisor_only"

    def test_a_supervisor_does(self, made: Federation) -> None:
        assert made.act(RABAT, SUPERVISOR, PROPOSAL).entry

    def test_a_desk_officer_prepares_it_and_a_supervisor_releases_it(self, made: Federation) -> None:
        draft = made.act(RABAT, DESK, {**PROPOSAL, "keep": True}).draft.hex()
        assert refusal(made, DESK, {"action": "release", "draft": draft}) == "supervisor_only"
        assert made.act(RABAT, SUPERVISOR, {"action": "release", "draft": draft}).entry

    def test_pages_do_not_offer_it_to_a_desk_officer(self, made: Federation) -> None:
        agreement = made.act(RABAT, SUPERVISOR, PROPOSAL).dossier
        assert agreement is not None
        node = made[RABAT].node
        for account, offered in ((DESK, set()), (SUPERVISOR, {"amend", "withdraw_consent", "suspend", "end"})):
            shown = actions_for(node, open_scope(node, account), DossierId(agreement))
            assert {one["type"] for one in [*shown["primary"], *shown["secondary"]]} == offered

    def test_requests_are_everybodys(self, made: Federation) -> None:
        assert ask(made, RABAT, PARIS)


class TestAccounts:
    def test_a_closed_account_works_nowhere_until_it_is_invited_again(self, made: Federation) -> None:
        node = made[RABAT].node
        close_account(node, DESK, by=ADMINISTRATOR)
        assert refusal(made, DESK, {"action": "note"}) == "account_closed"
        invite_account(node, DESK, by=ADMINISTRATOR)
        assert open_scope(node, DESK).account == DESK

    def test_a_dossier_is_not_assigned_to_a_closed_account(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        close_account(made[RABAT].node, DESK, by=ADMINISTRATOR)
        assigned = {"action": "assign", "dossier": dossier.hex(), "officer": DESK}
        assert refusal(made, SUPERVISOR, assigned) == "account_closed"

    def test_the_last_administrator_stays(self, made: Federation) -> None:
        node = made[RABAT].node
        demoted = OfficerAdded(name="", role="desk", units=("desk",), account=ADMINISTRATOR, language="fr")
        changes: tuple[Callable[[], object], ...] = (lambda: close_account(node, ADMINISTRATOR), lambda: add_officer(node, demoted))
        for change in changes:
            with pytest.raises(Refusal) as refused:
                change()
            assert refused.value.code == "last_administrator"

    def test_with_another_one_an_administrator_can_go(self, made: Federation) -> None:
        node = made[RABAT].node
        add_officer(node, OfficerAdded(name="", role="administrator", units=(), account="second", language="fr"))
        close_account(node, ADMINISTRATOR, by="second")
        with pytest.raises(Refusal) as refused:
            close_account(node, "second", by="second")
        assert refused.value.code == "last_administrator"

    def test_nobody_is_invited_who_is_not_there(self, made: Federation) -> None:
        for act in (invite_account, close_account):
            with pytest.raises(Refusal) as refused:
                act(made[RABAT].node, "nobody")
            assert refused.value.code == "unknown_officer"

    def test_what_was_done_is_kept_with_who_did_it(self, made: Federation) -> None:
        node = made[RABAT].node
        invite_account(node, DESK, by=ADMINISTRATOR)
        record_signed_in(node, DESK, factor="one_time_code")
        record_signed_out(node, DESK, why="idle")
        close_account(node, DESK, by=ADMINISTRATOR)
        events = {type: kept(made, type) for type in ("account_invited", "signed_in", "signed_out", "account_closed")}
        assert events == {
            "account_invited": [ADMINISTRATOR],
            "signed_in": [DESK],
            "signed_out": [DESK],
            "account_closed": [ADMINISTRATOR],
        }

    def test_a_rebuild_gives_the_same_state(self, made: Federation) -> None:
        agency = made[RABAT]
        close_account(agency.node, DESK, by=ADMINISTRATOR)
        before = agency.journal.read(lambda reading: load_account(reading, DESK))
        agency.journal.write(lambda writing: rebuild(writing, agency.code))
        assert agency.journal.read(lambda reading: load_account(reading, DESK)) == before
        assert before is not None
        assert (before.state, before.by) == ("closed", ADMINISTRATOR)
