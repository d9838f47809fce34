# SPDX-License-Identifier: EUPL-1.2
"""The reinforcements of an event: each need with what is offered, committed and there; coverage by day, kind and nation.

A list that helps matching is filtered and stays in the order in which offers came: nothing ranks or decides.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from amana.dossiers.major_event.state import MajorEventState
from amana.dossiers.reinforcement.state import Contribution, NeedState, contributions, coverage_on
from amana.dossiers.shared.vocabulary import DAY, HOUR
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.bodies import Bodies
from amana.node.queries.events import event_line, need_states, require_event, show_venues
from amana.node.queries.rows import show_row, state_of
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId

Plain = dict[str, Any]
MOST_DAYS = 120  # of a chart
NOON = 12 * HOUR


def show_forces(node: Node, scope: Scope, event: DossierId, *, record: bool = True) -> Plain:
    """`event`, `needs` (each with its `contributions` and its figures now), `days` (coverage at noon of each day, by kind too)
    and `nations` (who sends how many, committed and there). Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row, state = require_event(reading, scope, event)
        needs = need_states(reading, scope, event)
        return {
            "event": event_line(reading, node, scope, row, state, now),
            "needs": [_need(reading, node, scope, each, held, now) for each, held in needs],
            "days": _days(state, [held for _, held in needs]),
            "nations": _nations(state, [held for _, held in needs], now),
        }

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "forces", event))
    return {"agency": node.code, "now": now, **shown}


def show_contribution(node: Node, scope: Scope, need: DossierId, offer: str) -> Plain:
    """One contribution for its sheet: `reference`, `resource`, `event`, `contribution`, `venue_names` (None for no venue).

    Raises Refusal `not_found`, also where there is no such offer.
    """
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row = require_dossier(reading, scope, need)
        state = state_of(row)
        if not isinstance(state, NeedState):
            raise Refusal("not_found")
        event, held = require_event(reading, scope, DossierId(state.event))
        one = next((each for each in contributions(state) if each.offer.hex() == offer), None)
        if one is None:
            raise Refusal("not_found")
        venue = next((each for each in show_venues(reading, held) if each["id"] == one.venue.hex()), None)
        return {
            "reference": show_row(reading, row, now, own=node.code, account=scope.account)["reference"],
            "resource": state.kind.value,
            "event": event_line(reading, node, scope, event, held, now),
            "contribution": _shown(Bodies(reading, [one.entry]), one),
            "venue_names": venue["names"] if venue else None,
        }

    return node.journal.read(ask)


def forces_now(needs: list[NeedState], at: int) -> list[Plain]:
    """By kind how many are needed, committed and there at a moment; kinds of which there is nothing are left out."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for held in needs:
        covered = coverage_on(held, at)
        for place, count in enumerate((covered.needed, covered.offered, covered.committed, covered.deployed)):
            found[held.kind.value][place] += count
    return [
        {"kind": kind, "needed": counts[0], "offered": counts[1], "committed": counts[2], "deployed": counts[3]}
        for kind, counts in sorted(found.items())
        if any(counts)
    ]


def _need(reading: Reading, node: Node, scope: Scope, row: DossierRow, state: NeedState, now: int) -> Plain:
    at = min(max(now, state.starts), max(state.starts, state.ends - 1))
    covered = coverage_on(state, at)
    given = contributions(state)
    bodies = Bodies(reading, [one.entry for one in given])
    return show_row(reading, row, now, own=node.code, account=scope.account) | {
        "resource": state.kind.value,
        "number": 0 if state.unsolicited else state.number,
        "starts": state.starts,
        "ends": state.ends,
        "venue": state.venue.hex(),
        "languages": list(state.languages),
        "powers": state.powers.value,
        "arms": state.arms.value,
        "cost": state.cost.value,
        "unsolicited": state.unsolicited,
        "cancelled": state.cancelled,
        "declined": list(state.declined),
        "offered": covered.offered,
        "committed": covered.committed,
        "deployed": covered.deployed,
        "contributions": [_shown(bodies, one) for one in given],
    }


def _shown(bodies: Bodies, one: Contribution) -> Plain:
    detail = bodies.detail(one.entry)
    return {
        "offer": one.offer.hex(),
        "agency": one.agency,
        "on_behalf_of": one.on_behalf_of or "",
        "who": one.who,
        "offered": one.offered,
        "committed": one.committed,
        "deployed": one.deployed,
        "starts": one.starts,
        "ends": one.ends,
        "status": one.status.value if one.status else "",
        "arms": one.arms.value,
        "powers": one.powers.value,
        "cost": one.cost.value,
        "languages": list(one.languages),
        "released_at": one.released_at,
        "withdrawn": one.withdrawn,
        "extension": {"ends": one.extension.ends, "agreed": one.extension.agreed} if one.extension else None,
        "units": detail.get("units", ()),
        "contact": detail.get("contact", ""),
    }


def _days(state: MajorEventState, needs: list[NeedState]) -> list[Plain]:
    """Coverage in the middle of each day of the event, counted from its beginning."""
    shown = []
    for number in range(min(MOST_DAYS, -((state.starts - state.ends) // DAY))):
        at = state.starts + number * DAY + NOON
        covered = [coverage_on(held, at) for held in needs]
        shown.append(
            {
                "day": at - NOON,
                "needed": sum(one.needed for one in covered),
                "committed": sum(one.committed for one in covered),
                "deployed": sum(one.deployed for one in covered),
            }
        )
    return shown


def _nations(state: MajorEventState, needs: list[NeedState], now: int) -> list[Plain]:
    """Who sends how many, over all needs."""
    nation = {one.desk: one.nation for one in state.nations if one.desk} | {one.code: one.nation for one in state.guests}
    guests = {one.code for one in state.guests}
    found: dict[AgencyCode, list[int]] = defaultdict(lambda: [0, 0, 0])
    for held in needs:
        for one in contributions(held):
            found[one.who][0] += one.offered
            found[one.who][1] += one.committed
            found[one.who][2] += one.deployed if one.is_there(now) or one.deployed else 0
    return [
        {
            "who": who,
            "nation": nation.get(who, ""),
            "guest": who in guests,
            "offered": counts[0],
            "committed": counts[1],
            "deployed": counts[2],
        }
        for who, counts in sorted(found.items(), key=lambda each: (-each[1][1], each[0]))
    ]
