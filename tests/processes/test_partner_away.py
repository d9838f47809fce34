# SPDX-License-Identifier: EUPL-1.2
"""A partner that was away gets what waited at once, complete and in order: it announces itself by its own first exchange,
so nobody waits for the back-off, neither for what gathered nor for what is said next.
"""

from __future__ import annotations

import pytest

from tests.processes.nodes import OFFICER, PARIS, RABAT, wait_for
from tests.processes.pairs import Pair
from tests.processes.truth import require_one_truth

pytestmark = pytest.mark.processes
ACTS = 200
FAILURES = 8  # in a row: the next try comes after 15 s at the earliest
AT_ONCE = 3.0  # seconds


def test_what_waited_arrives_when_the_partner_comes_back_and_not_when_the_clock_allows(pair: Pair) -> None:
    pair.rabat.start()
    for _ in range(FAILURES):
        assert not pair.rabat.ask("sync")["ok"]
    failures = pair.rabat.partner(PARIS)["failures"]
    wait_for(lambda: pair.rabat.partner(PARIS)["failures"] > failures, what="the try after which the loop waits long")

    said = [pair.rabat.act("information_request.supplement", pair.dossier, text=f"Nº {number}")["entry"] for number in range(ACTS)]
    assert pair.rabat.partner(PARIS)["waiting_entries"] >= ACTS

    pair.paris.start()
    wait_for(lambda: pair.rabat.partner(PARIS)["waiting_entries"] == 0, what="the receipts of what waited", seconds=AT_ONCE)
    said.append(pair.rabat.act("information_request.supplement", pair.dossier, text="Et encore.")["entry"])
    wait_for(lambda: pair.rabat.partner(PARIS)["waiting_entries"] == 0, what="the receipt of what was said next", seconds=AT_ONCE)

    pair.wait_quiet()
    pair.stop()
    require_one_truth([pair.rabat, pair.paris], {RABAT: said}, ["supplement"])


def test_a_partner_gone_in_the_middle_of_a_burst_gets_the_rest_when_it_is_back(pair: Pair) -> None:
    pair.start()
    said: list[str] = []
    for round in range(3):
        for _ in range(10):
            said += pair.rabat.act_often(20, "information_request.supplement", pair.dossier, text="De plus.")
        pair.paris.kill()
        said += pair.rabat.act_often(20, "information_request.supplement", pair.dossier, text=f"Pendant l'absence {round}.")
        pair.paris.start()
    pair.wait_quiet()
    shown = pair.paris.ask("show", officer=OFFICER, dossier=pair.dossier)
    assert [entry["id"] for entry in shown["entries"] if entry["type"] == "supplement"] == said
    pair.stop()
    require_one_truth([pair.rabat, pair.paris], {RABAT: said}, ["supplement"])
