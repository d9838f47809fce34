# SPDX-License-Identifier: EUPL-1.2
"""A suspended partner gets control entries only; what waits meanwhile leaves when the partner is resumed."""

from __future__ import annotations

import pytest

from amana.node.actions.administer import set_suspended
from amana.node.ports import Reading
from amana.protocol.channel import State
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode
from amana.simulation.federation import Federation
from tests.federation.acts import PARIS, RABAT, TEMARA, allied, ask, require_at_rest, say, types_of


def suspend(made: Federation, code: str, partner: str, *, suspended: bool = True) -> None:
    set_suspended(made[code].node, AgencyCode(partner), suspended=suspended)


def queued(made: Federation, code: str, partner: str) -> int:
    return made[code].journal.read(lambda reading: reading.queue_counts()).get(AgencyCode(partner), 0)


@pytest.mark.parametrize(
    ("action", "passes"),
    [("supplement", False), ("reminder", False), ("withdraw", True), ("correction", True), ("recall_request", True)],
)
def test_only_control_entries_may_be_addressed_to_a_suspended_partner(action: str, passes: bool) -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    suspend(made, RABAT, PARIS)
    said = {
        "withdraw": {"code": "no_longer_needed"},
        "correction": {"entry": dossier.hex()},
        "recall_request": {"code": "incorrect", "entry": dossier.hex()},
    }
    more = {"coded": said[action]} if action in said else {"text": "De plus."}
    if not passes:
        with pytest.raises(Refusal, match="partner_suspended"):
            say(made, RABAT, f"information_request.{action}", dossier, **more)
        return
    say(made, RABAT, f"information_request.{action}", dossier, **more)
    made.settle()
    assert action in types_of(made, PARIS, dossier)


def test_what_was_queued_before_waits_and_leaves_in_order_when_resumed() -> None:
    made = allied(RABAT, PARIS)
    made.partition({RABAT}, {PARIS})
    dossier = ask(made, RABAT, PARIS)
    say(made, RABAT, "information_request.supplement", dossier, text="De plus.")
    suspend(made, RABAT, PARIS)
    made.heal()
    made.settle()
    assert queued(made, RABAT, PARIS) == 2
    assert made[PARIS].journal.read(lambda reading: reading.dossier(dossier)) is None
    suspend(made, RABAT, PARIS, suspended=False)
    made.settle()
    assert types_of(made, PARIS, dossier) == ["request", "supplement", "delivered"]
    require_at_rest(made)


def test_the_suspended_partner_is_told_and_what_it_says_still_arrives() -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    suspend(made, RABAT, PARIS)
    say(made, PARIS, "information_request.answer", dossier, text="Voilà.")
    made.settle()
    assert types_of(made, RABAT, dossier) == ["request", "delivered", "answer"]

    def suspensions(reading: Reading) -> list[str]:
        home = next(row for row in reading.dossiers(kind="partnership"))
        return [entry.type for entry in reading.dossier_entries(home.id)]

    assert made[PARIS].journal.read(suspensions) == ["suspend"]
    suspend(made, RABAT, PARIS, suspended=False)
    made.settle()
    assert made[PARIS].journal.read(suspensions) == ["suspend", "resume"]
    require_at_rest(made)


def test_what_arrived_meanwhile_is_said_to_have_arrived_when_the_partner_is_resumed() -> None:
    """Paris has suspended Temara: what Rabat asks of both could not be answered by a `delivered` to all."""
    made = allied(RABAT, PARIS, TEMARA)
    suspend(made, PARIS, TEMARA)
    dossier = ask(made, RABAT, PARIS, TEMARA)
    made.settle()
    assert types_of(made, RABAT, dossier) == ["request", "delivered"]
    suspend(made, PARIS, TEMARA, suspended=False)
    made.settle()
    assert types_of(made, RABAT, dossier) == ["request", "delivered", "delivered"]
    suspend(made, PARIS, TEMARA)
    suspend(made, PARIS, TEMARA, suspended=False)
    made.settle()
    assert types_of(made, RABAT, dossier) == ["request", "delivered", "delivered"]
    require_at_rest(made)


def test_others_are_not_concerned() -> None:
    made = allied(RABAT, PARIS, TEMARA)
    suspend(made, RABAT, PARIS)
    dossier = ask(made, RABAT, TEMARA)
    made.settle()
    assert types_of(made, TEMARA, dossier) == ["request", "delivered"]


@pytest.mark.parametrize("restored", [False, True])
def test_a_suspended_channel_too_asks_before_it_signs(restored: bool) -> None:
    """After a start, and after a restore: no step before the partner has shown where our log ends."""
    made = allied(RABAT, PARIS)
    backup = made.checkpoint(RABAT)
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    if restored:
        made.restore(RABAT, backup)
    suspend(made, RABAT, PARIS)
    made.crash(RABAT)
    turn = made[RABAT].exchange.open_turn(AgencyCode(PARIS), always=True)
    assert turn is not None
    assert not turn.carries
    made.settle()
    assert made[RABAT].exchange.channel(AgencyCode(PARIS)).state is State.SUSPENDED
    assert types_of(made, RABAT, dossier) == ["request", "delivered"]
    require_at_rest(made)
