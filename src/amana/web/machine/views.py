# SPDX-License-Identifier: EUPL-1.2
"""What is wrong first, each with what to do; then partners and queues, keys, disk, clock, refused messages.

Everything is counted or coded: no content, no names of persons. The page brings itself up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import amana
from amana.compose.checking import ADVICE, machine_state
from amana.node.queries.health import node_health
from amana.web.doors import Desk, desk_of

Plain = dict[str, Any]
SHOWN = 20  # refused messages on the page; the command's JSON has more


def health(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    return render(request, "machine/health.html", state_of_node(desk_of(request)))


def health_fragment(request: HttpRequest) -> HttpResponse:
    """What changes, for a page that is open."""
    return render(request, "machine/state.html", state_of_node(desk_of(request)))


def state_of_node(desk: Desk) -> Plain:
    """What the node says of itself and what only its machine shows."""
    opened = desk.here.opened
    shown = node_health(opened.node, opened.exchange)
    found, machine = machine_state(opened.directory, opened.config)
    problems = gathered([*shown.pop("problems"), *found])
    shown["quarantine"] = [refused | {"told": _facts(refused["facts"])} for refused in reversed(shown["quarantine"][-SHOWN:])]
    partners = shown.pop("partners")  # `partners` is the frame's own word
    for partner in partners:
        partner["clock_difference"] = abs(partner["clock_difference_ms"])
        partner["clock_ahead"] = partner["clock_difference_ms"] > 0
    return (
        shown
        | machine
        | {
            "problems": problems,
            "partners_state": partners,
            "waiting_total": sum(shown["queues"].values()),
            "version": amana.__version__,
            "running_since": desk.here.since,
            "now": opened.node.clock.now(),
        }
    )


def gathered(problems: Iterable[Mapping[str, str]]) -> list[Plain]:
    """Problems of one kind as one, with all the places where they were found; what cannot wait comes first."""
    places: dict[str, list[str]] = {}
    for problem in problems:
        places.setdefault(problem["code"], []).append(problem["where"])
    found = [{"code": code, "wheres": sorted(wheres), "severe": code not in ADVICE} for code, wheres in places.items()]
    return sorted(found, key=lambda problem: (not problem["severe"], problem["code"]))


def _facts(line: str) -> Mapping[str, str]:
    """The facts of a refusal, kept as one line of `name=value`."""
    return dict(pair.split("=", 1) for pair in line.split() if "=" in pair)
