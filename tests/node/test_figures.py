# SPDX-License-Identifier: EUPL-1.2
"""Figures of an exchange: counts, times, and the word that says when there are too few cases."""

from __future__ import annotations

import pytest

from amana.node.queries.figures import FEW, Exchanged, FigureCode, figures_of
from amana.protocol.identifiers import AgencyCode

RABAT, PARIS = AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn")
HOUR = 3_600_000


def asked(
    outcome: FigureCode | None, took: int | None = None, *, in_time: bool | None = None, area: str = "drugs", late: bool = False
) -> Exchanged:
    return Exchanged(asker=RABAT, respondent=PARIS, area=area, outcome=outcome, took=took, in_time=in_time, overdue=late)


def answered(hours: int, *, in_time: bool = True) -> Exchanged:
    return asked(FigureCode.ANSWERED, hours * HOUR, in_time=in_time)


def found(*exchanged: Exchanged) -> dict[str, tuple[int, int, bool]]:
    return {f"{one.code.value}{one.area and ' ' + one.area}": (one.value, one.of, one.few) for one in figures_of(exchanged)}


def test_nothing_asked_gives_no_figure() -> None:
    assert figures_of(()) == ()


def test_each_outcome_is_counted_and_every_area() -> None:
    held = found(
        answered(3),
        asked(FigureCode.REFUSED, HOUR, in_time=True, area="terrorism"),
        asked(FigureCode.OPEN, late=True),
        asked(FigureCode.OPEN),
        asked(None),
    )
    assert {name: one[0] for name, one in held.items() if name in ("asked", "answered", "refused", "open", "overdue")} == {
        "asked": 5,
        "answered": 1,
        "refused": 1,
        "open": 2,
        "overdue": 1,
    }
    assert (held["asked_in drugs"][0], held["asked_in terrorism"][0]) == (4, 1)


@pytest.mark.parametrize("count", [1, FEW - 1, FEW, FEW + 1])
def test_times_and_shares_of_few_cases_say_so(count: int) -> None:
    held = found(*[answered(hours) for hours in range(1, count + 1)])
    for name in ("median", "longest", "in_time"):
        assert held[name][2] is (count < FEW), name
    assert held["asked"][2] is False


def test_the_median_is_of_those_that_were_settled() -> None:
    held = found(*[answered(hours, in_time=hours < 10) for hours in (1, 2, 3, 20, 30)], asked(FigureCode.OPEN))
    assert held["median"] == (3 * HOUR, 5, False)
    assert held["longest"] == (30 * HOUR, 5, False)
    assert held["in_time"] == (3, 5, False)
