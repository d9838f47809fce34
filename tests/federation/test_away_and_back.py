# SPDX-License-Identifier: EUPL-1.2
"""A partner that was away gets what waits, complete and in order, with few exchanges; nobody else waits for it."""

from __future__ import annotations

import pytest

from amana.node.ports import Reading
from amana.node.queries.health import node_health
from amana.protocol.checkpoint import origin_name
from amana.protocol.identifiers import EntryId
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation
from tests.federation.acts import PARIS, RABAT, TEMARA, allied, ask, require_at_rest, say, types_of

SUPPLEMENT = {"action": "information_request.supplement", "text": "De plus."}


def log_of(made: Federation, holder: str, author: str, to: str) -> list[EntryId]:
    """The entries of a log, in its order, as one side holds it."""
    origin = origin_name(author=made[author].code, to=made[to].code, run=1)

    def ask_log(reading: Reading) -> list[EntryId]:
        log = reading.log(origin)
        return reading.positions(origin, 0, log.size) if log else []

    return made[holder].journal.read(ask_log)


def waiting(made: Federation, code: str, partner: str) -> int:
    partners = node_health(made[code].node, made[code].exchange)["partners"]
    return int(next(one["waiting_entries"] for one in partners if one["code"] == partner))


def test_what_waits_arrives_complete_and_in_order() -> None:
    made = allied(RABAT, PARIS, TEMARA)
    before = len(log_of(made, PARIS, RABAT, PARIS))
    made.partition({PARIS}, {RABAT, TEMARA})
    first = ask(made, RABAT, PARIS, TEMARA)
    said = [first, *(EntryId(say(made, RABAT, SUPPLEMENT["action"], first, text=f"{number}.")) for number in range(40))]
    for _ in range(3):
        made.settle()
        made.exchange(RABAT, PARIS)
        made.advance(3_600_000)
    assert waiting(made, RABAT, PARIS) == len(said)
    assert waiting(made, RABAT, TEMARA) == 0
    assert types_of(made, TEMARA, first).count("supplement") == 40
    made.heal()
    made.settle()
    assert log_of(made, PARIS, RABAT, PARIS)[before:] == said
    assert types_of(made, PARIS, first).count("supplement") == 40
    require_at_rest(made)


def test_it_takes_one_step_for_what_one_step_can_hold() -> None:
    made = allied(RABAT, PARIS)
    made.partition({PARIS}, {RABAT})
    dossier = ask(made, RABAT, PARIS)
    made.act_many(RABAT, DESK, [{**SUPPLEMENT, "dossier": dossier.hex()} for _ in range(1500)])
    made.settle()
    made.heal()
    made.settle()
    origin = origin_name(author=made[RABAT].code, to=made[PARIS].code, run=1)
    sizes = [step.size - step.old_size for step in made[PARIS].journal.read(lambda reading: reading.steps(origin))]
    assert sizes[-2:] == [1000, 501]
    require_at_rest(made)


@pytest.mark.parametrize("crashed", [RABAT, PARIS])
def test_a_crash_while_away_loses_nothing(crashed: str) -> None:
    made = allied(RABAT, PARIS)
    made.partition({PARIS}, {RABAT})
    dossier = ask(made, RABAT, PARIS)
    made.exchange(RABAT, PARIS)
    made.crash(crashed)
    say(made, RABAT, SUPPLEMENT["action"], dossier)
    made.exchange(RABAT, PARIS)
    made.crash(crashed)
    made.heal()
    made.settle()
    assert types_of(made, PARIS, dossier) == ["request", "supplement", "delivered"]
    require_at_rest(made)


def test_failures_are_counted_while_away_and_forgotten_on_return() -> None:
    made = allied(RABAT, PARIS)
    made.partition({PARIS}, {RABAT})
    for count in range(1, 5):
        made.exchange(RABAT, PARIS)
        assert made[RABAT].exchange.channel(made[PARIS].code).failures == count
    made.heal()
    made.exchange(RABAT, PARIS)
    assert made[RABAT].exchange.channel(made[PARIS].code).failures == 0
