# SPDX-License-Identifier: EUPL-1.2
"""A clock that is wrong delays and never locks out; what it dates is marked, and shown to both administrators."""

from __future__ import annotations

import pytest

from amana.node.queries.health import node_health
from amana.protocol.sync import WINDOW
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, TEMARA, allied, ask, require_at_rest, say, shown, types_of

HOUR = DAY // 24
SKEWS = {"a day ahead": DAY + HOUR, "a day behind": -DAY - HOUR, "just outside the window": WINDOW + 1000, "inside": WINDOW - 1000}


def with_skew(skew: int) -> Federation:
    """Three agencies whose agreement has been in force for days; then Rabat's clock goes wrong."""
    made = allied(RABAT, PARIS, TEMARA)
    made.advance(3 * DAY)
    made[RABAT].clock.skew = skew
    return made


def problems(made: Federation, code: str) -> list[dict[str, str]]:
    shown_problems: list[dict[str, str]] = node_health(made[code].node, made[code].exchange)["problems"]
    return shown_problems


@pytest.mark.parametrize("skew", SKEWS.values(), ids=SKEWS)
def test_a_wrong_clock_delays_and_never_locks_out(skew: int) -> None:
    made = with_skew(skew)
    asked, answered = ask(made, RABAT, PARIS), ask(made, PARIS, RABAT)
    made.settle()
    for code, dossier in ((PARIS, asked), (RABAT, answered)):
        say(made, code, "information_request.answer", dossier, text="Voilà.")
    made.settle()
    for dossier in (asked, answered):
        assert types_of(made, RABAT, dossier) == types_of(made, PARIS, dossier) == ["request", "delivered", "answer"]
    require_at_rest(made)


@pytest.mark.parametrize(("skew", "marked"), [(DAY + HOUR, True), (-DAY - HOUR, True), (DAY - HOUR, False), (0, False)])
def test_entries_dated_more_than_a_day_off_are_marked(skew: int, marked: bool) -> None:
    made = with_skew(skew)
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    dispositions = {entry["type"]: entry["disposition"] for entry in shown(made, PARIS, dossier)["entries"]}
    assert dispositions == {"request": "clock_off" if marked else "", "delivered": ""}


def test_both_administrators_see_the_difference() -> None:
    made = with_skew(DAY + HOUR)
    made.exchange(RABAT, PARIS)
    made.exchange(TEMARA, RABAT)
    assert [one["where"] for one in problems(made, RABAT)] == [PARIS, TEMARA]
    assert {"code": "clock_differs", "where": RABAT} in problems(made, PARIS)
    assert problems(made, TEMARA) == [{"code": "clock_differs", "where": RABAT}]


def test_a_wrong_clock_costs_one_exchange_more() -> None:
    seen = []
    for skew in (0, DAY):
        made = with_skew(skew)
        ask(made, RABAT, PARIS)
        exchanges = 0
        while made[RABAT].journal.read(lambda reading: reading.queue_counts()) or any(
            log.receipted < log.size for log in made[RABAT].journal.read(lambda reading: reading.logs()) if log.outgoing
        ):
            made.exchange(RABAT, PARIS)
            exchanges += 1
        seen.append(exchanges)
    assert seen == [1, 2]


def test_a_clock_set_right_again_goes_on_where_it_was() -> None:
    made = with_skew(DAY + HOUR)
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    made[RABAT].clock.skew = 0
    say(made, PARIS, "information_request.ask_back", dossier, text="Depuis quand ?")
    made.settle()
    say(made, RABAT, "information_request.supplement", dossier, text="Depuis mai.")
    made.settle()
    assert types_of(made, PARIS, dossier) == ["request", "delivered", "ask_back", "supplement"]
    assert types_of(made, RABAT, dossier) == types_of(made, PARIS, dossier)
    require_at_rest(made)
