# SPDX-License-Identifier: EUPL-1.2
"""An older database under a newer fence: nothing is signed twice, our own steps come back, and the log goes on."""

from __future__ import annotations

import pytest

from amana.node.queries.health import node_health
from amana.protocol.channel import State
from amana.protocol.checkpoint import origin_name
from amana.protocol.identifiers import DossierId
from amana.simulation.federation import Federation
from amana.simulation.wires import Fate
from amana.storage.memory.fence import MemoryFence
from tests.federation.acts import PARIS, RABAT, TEMARA, allied, ask, require_at_rest, say, shown, types_of


def size_at(made: Federation, code: str, author: str, to: str, *, run: int = 1) -> int:
    log = made[code].journal.read(lambda reading: reading.log(origin_name(author=made[author].code, to=made[to].code, run=run)))
    return log.size if log else 0


def restored_after_a_reminder(*, fence_lost: bool = False) -> tuple[Federation, DossierId]:
    """Rabat asked and reminded, Paris holds both; then Rabat's database is the one from before."""
    made = allied(RABAT, PARIS, TEMARA)
    backup = made.checkpoint(RABAT)
    dossier = ask(made, RABAT, PARIS, TEMARA, items=[{"type": "phone", "value": {"number": "+212600000000"}}])
    made.settle()
    say(made, RABAT, "information_request.reminder", dossier)
    made.settle()
    made.restore(RABAT, backup)
    if fence_lost:
        made[RABAT].fence = MemoryFence()
        made[RABAT].start()
    return made, dossier


@pytest.mark.parametrize("fence_lost", [False, True])
def test_nothing_is_signed_before_our_own_steps_are_back(fence_lost: bool) -> None:
    """Also where the fence was lost with the database: the partner knows."""
    made, _ = restored_after_a_reminder(fence_lost=fence_lost)
    size = size_at(made, RABAT, RABAT, PARIS)
    fresh = ask(made, RABAT, PARIS)
    for fate in (Fate.REQUEST_LOST, Fate.REQUEST_LOST, Fate.DELIVERED):
        made.exchange(RABAT, PARIS, fate=fate)
        assert size_at(made, RABAT, RABAT, PARIS) == size
    assert made[RABAT].exchange.channel(made[PARIS].code).state is State.BEHIND
    made.settle()
    assert shown(made, PARIS, fresh)["stage"] == "delivered"


def test_the_administrator_sees_that_the_database_was_restored() -> None:
    made, _ = restored_after_a_reminder()
    problems = node_health(made[RABAT].node, made[RABAT].exchange)["problems"]
    assert {"code": "fence_ahead", "where": "ma.dgsn/amana/fr.dgpn/1"} in problems
    assert made[RABAT].verify().first_failure is not None
    made.settle()
    assert node_health(made[RABAT].node, made[RABAT].exchange)["problems"] == []


@pytest.mark.parametrize("fence_lost", [False, True])
def test_our_own_steps_come_back_and_the_log_goes_on(fence_lost: bool) -> None:
    made, dossier = restored_after_a_reminder(fence_lost=fence_lost)
    made.settle()
    require_at_rest(made)
    assert sorted(types_of(made, RABAT, dossier)) == ["delivered", "delivered", "reminder", "request"]
    before = size_at(made, RABAT, RABAT, PARIS)
    say(made, RABAT, "information_request.reminder", dossier)
    made.settle()
    assert size_at(made, PARIS, RABAT, PARIS) == before + 1
    assert "fork" not in " ".join(types_of(made, PARIS, dossier))
    require_at_rest(made)


def test_an_entry_that_only_one_partner_got_still_reaches_the_other() -> None:
    made = allied(RABAT, PARIS, TEMARA)
    backup = made.checkpoint(RABAT)
    made.partition({RABAT, PARIS}, {TEMARA})
    dossier = ask(made, RABAT, PARIS, TEMARA)
    made.settle()
    made.restore(RABAT, backup)
    made.heal()
    made.settle()
    assert types_of(made, TEMARA, dossier) == ["request", "delivered", "delivered"]
    require_at_rest(made)


def test_a_step_held_without_its_receipt_gets_it() -> None:
    """The database is from between the signing of a step and its receipt; the partner holds two steps more."""
    made = allied(RABAT, PARIS)
    ask(made, RABAT, PARIS)
    made.exchange(RABAT, PARIS, fate=Fate.RESPONSE_LOST)
    backup = made.checkpoint(RABAT)
    made.settle()
    ask(made, RABAT, PARIS)
    made.settle()
    made.restore(RABAT, backup)
    made.settle()
    require_at_rest(made)


def test_a_restored_partner_is_served_again_and_says_nothing_twice() -> None:
    made = allied(RABAT, PARIS, TEMARA)
    backup = made.checkpoint(PARIS)
    dossier = ask(made, RABAT, PARIS, TEMARA)
    made.settle()
    say(made, PARIS, "information_request.answer", dossier, text="Voilà.")
    made.settle()
    said = types_of(made, RABAT, dossier)
    made.restore(PARIS, backup)
    assert size_at(made, PARIS, RABAT, PARIS) < size_at(made, RABAT, RABAT, PARIS)
    made.settle()
    assert types_of(made, PARIS, dossier) == types_of(made, RABAT, dossier) == said
    assert said == ["request", "delivered", "delivered", "answer"]
    require_at_rest(made)


def signed_and_lost() -> Federation:
    """Rabat signed a step that nobody got, and its database is from before."""
    made = allied(RABAT, PARIS, TEMARA)
    backup = made.checkpoint(RABAT)
    ask(made, RABAT, PARIS)
    made.exchange(RABAT, PARIS, fate=Fate.REQUEST_LOST)
    made.restore(RABAT, backup)
    return made


def test_a_log_that_nobody_can_confirm_signs_nothing_and_still_receives() -> None:
    made = signed_and_lost()
    size = size_at(made, RABAT, RABAT, PARIS)
    ask(made, RABAT, PARIS)
    asked = ask(made, PARIS, RABAT)
    other = ask(made, RABAT, TEMARA)
    made.settle()
    assert size_at(made, RABAT, RABAT, PARIS) == size
    assert made[RABAT].exchange.channel(made[PARIS].code).state is State.BEHIND
    assert made.held_back == []
    assert types_of(made, RABAT, asked)[0] == "request"
    assert types_of(made, TEMARA, other) == ["request", "delivered"]
    found = made[RABAT].verify().first_failure
    assert found is not None
    assert found.what == "fence_ahead"


def test_such_a_log_goes_on_as_the_next_run() -> None:
    made = signed_and_lost()
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    made[RABAT].renew_card(run=2)
    made[RABAT].rebuild()
    made.settle()
    assert types_of(made, PARIS, dossier) == ["request", "delivered"]
    assert size_at(made, PARIS, RABAT, PARIS, run=2) > 0
    say(made, PARIS, "information_request.answer", dossier, text="Voilà.")
    made.settle()
    assert types_of(made, RABAT, dossier) == ["request", "delivered", "answer"]
    require_at_rest(made)


@pytest.mark.parametrize("fate", [Fate.RESPONSE_LOST, Fate.RESPONSE_CORRUPTED, Fate.DOUBLED, Fate.DELAYED])
def test_recovery_survives_what_happens_on_the_wire(fate: Fate) -> None:
    made, _ = restored_after_a_reminder()
    for _ in range(4):
        made.exchange(RABAT, PARIS, fate=fate)
        made.exchange(PARIS, RABAT, fate=fate)
        made.crash(RABAT)
    made.settle()
    require_at_rest(made)
