# SPDX-License-Identifier: EUPL-1.2
"""A report's figures are those of an independent count of the entries, and each leads to exactly what it counts."""

from __future__ import annotations

import random
from typing import Any

import pytest

from amana.dossiers.shared.events import LogCategory
from amana.dossiers.situation_report.entries import ReportFigure
from amana.node.access import open_scope
from amana.node.ports import EntryRow, Reading
from amana.node.queries.situation import count_situation, show_figure
from amana.protocol.entry import parse_header
from amana.protocol.identifiers import DossierId, EntryId
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, TEMARA, federation

HOUR = 60 * 60 * 1000
TERMS = {
    "areas": ["public_order"],
    "forms": ["event_security"],
    "version": 1,
    "articles": [{"number": "1", "areas": ["public_order"], "forms": ["event_security"]}],
    "conditions": {"clocks": {"other": 7 * DAY, "urgent": 3 * DAY, "urgent_direct": 8 * HOUR}},
}
LISTED = {
    "apprehensions": "apprehension",
    "crowd": "crowd",
    "transport": "transport",
    "border": "border",
    "cyber": "cyber",
    "health": "health",
}


@pytest.fixture(scope="module")
def played() -> tuple[Federation, DossierId, int]:
    """Rabat hosts, Paris and Temara take part: three days of random lines, corrections and incidents among them."""
    made = federation(RABAT, PARIS, TEMARA)
    others = [PARIS, TEMARA]
    agreement = opened(made, RABAT, {"action": "agreement.propose", "to": sorted(others), "title": "Accord", "coded": TERMS})
    made.settle()
    for other in others:
        made.act(other, DESK, {"action": "agreement.consent", "dossier": agreement.hex()})
    made.settle()
    begins = made.timeline.now // DAY * DAY
    coded = {"starts": begins, "ends": begins + 3 * DAY}
    event = opened(made, RABAT, {"action": "major_event.announce", "to": sorted(others), "title": "Événement", "coded": coded})
    days = []
    for number in range(3):
        day = {"event": event.hex(), "day": begins + number * DAY}
        days.append(opened(made, RABAT, {"action": "event_day.open", "title": "Journée", "coded": day}))
    made.settle()
    chance = random.Random(20)
    for _ in range(300):
        number = chance.randrange(3)
        written = {
            "at": begins + number * DAY + chance.randrange(-1, 26) * HOUR + chance.randrange(HOUR),
            "category": chance.choice(list(LogCategory)).value,
            "number": chance.randrange(-2, 60),
        }
        made.act(chance.choice([RABAT, PARIS, TEMARA]), DESK, {"action": "event_day.line", "dossier": days[number].hex(), "coded": written})
    for number in range(30):
        report = {
            "event": event.hex(),
            "at": begins + chance.randrange(3 * 24) * HOUR,
            "type": chance.choice(["drone", "theft"]),
            "urgency": "future",
            "severity": chance.choice(["severe", "minor"]),
            "certainty": "observed",
        }
        only = {"to": [PARIS]} if number % 10 == 0 else {}
        incident = opened(made, RABAT, {"action": "event_incident.report", "title": "Incident", "coded": report, **only})
        if chance.random() < 0.5:
            made.act(RABAT, DESK, {"action": "event_incident.close", "dossier": incident.hex(), "coded": {"outcome": "resolved"}})
    made.settle()
    return made, event, begins


def opened(made: Federation, code: str, action: dict[str, Any]) -> DossierId:
    done = made.act(code, DESK, action)
    assert done.dossier is not None
    return done.dossier


def entries(made: Federation, code: str) -> list[EntryRow]:
    """Every accepted entry of a node, read one by one."""

    def ask(reading: Reading) -> list[EntryRow]:
        return [row for _, row in reading.entries_by_arrival(0, 10_000) if not row.outcome]

    return made[code].journal.read(ask)


def coded_of(row: EntryRow) -> dict[str, Any]:
    """The coded values, by a decoder of its own."""
    import cbor2

    read: dict[str, Any] = cbor2.loads(parse_header(row.header).coded)
    return read


def counted(made: Federation, code: str, starts: int, ends: int) -> dict[str, int]:
    """The figures, entry by entry."""
    rows = entries(made, code)
    lines = [said for row in rows if (row.kind, row.type) == ("event_day", "line") if starts <= (said := coded_of(row))["at"] < ends]
    by = {name: [one for one in lines if one["category"] == category] for name, category in LISTED.items()}
    reports = {row.id: coded_of(row) for row in rows if row.type == "report" and len(parse_header(row.header).audience) == 2}
    closed = {EntryId(row.dossier) for row in rows if (row.kind, row.type) == ("event_incident", "close")}
    within = {id: said for id, said in reports.items() if starts <= said["at"] < ends}
    return {
        "lines": len(lines),
        "apprehensions": sum(one.get("number", 0) for one in by["apprehensions"]),
        "crowd": sum(one.get("number", 0) for one in by["crowd"]),
        **{name: len(by[name]) for name in ("transport", "border", "cyber", "health")},
        "threats": sum(1 for one in lines if one["category"] == "threat"),
        "incidents": len(within),
        "incidents_severe": sum(1 for said in within.values() if said["severity"] == "severe"),
        "incidents_closed": sum(1 for id in within if id in closed),
        "incidents_open": sum(1 for id, said in reports.items() if said["at"] < ends and id not in closed),
    }


@pytest.mark.parametrize("code", [RABAT, PARIS, TEMARA])
@pytest.mark.parametrize(("first", "hours"), [(0, 24), (6, 30), (24, 1), (47, 2), (0, 72)])
def test_the_figures_of_a_report_are_those_of_an_independent_count(
    played: tuple[Federation, DossierId, int], code: str, first: int, hours: int
) -> None:
    made, event, begins = played
    node = made[code].node
    starts, ends = begins + first * HOUR, begins + (first + hours) * HOUR
    figures = count_situation(node, open_scope(node, DESK), event, starts, ends)["figures"]
    expected = counted(made, code, starts, ends)
    assert {name: figures[name] for name in expected} == expected


@pytest.mark.parametrize("figure", [*LISTED, "lines", "incidents", "incidents_open"])
def test_a_figure_leads_to_exactly_what_it_counts(played: tuple[Federation, DossierId, int], figure: str) -> None:
    made, event, begins = played
    node = made[PARIS].node
    scope = open_scope(node, DESK)
    shown = show_figure(node, scope, event, ReportFigure(figure), begins, begins + 2 * DAY)
    figures = count_situation(node, scope, event, begins, begins + 2 * DAY)["figures"]
    summed = figure in ("apprehensions", "crowd")
    listed = sum(line.get("number", 0) for line in shown["lines"]) if summed else len(shown["lines"]) + len(shown["dossiers"])
    assert listed == figures[figure]


def test_what_was_not_for_all_is_in_no_picture(played: tuple[Federation, DossierId, int]) -> None:
    made, event, begins = played
    counts = []
    for code in (RABAT, PARIS, TEMARA):
        node = made[code].node
        counts.append(count_situation(node, open_scope(node, DESK), event, begins, begins + 3 * DAY)["figures"])
    assert counts[0] == counts[1] == counts[2]
    assert counts[0]["incidents"] == 27
