# SPDX-License-Identifier: EUPL-1.2
"""Who is on duty: the shifts of a day, what is missing, who would work too long, and what is open to be handed over.

Overlong is said of a service whose people are on shifts of one role for more than twelve hours in a row, or with less
than eleven hours between two: the rest of Directive 2003/88/EC, art. 3, and the length that leaves it in a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from amana.dossiers.event_day.state import DayState, KeptShift, on_shift, pending, shifts
from amana.dossiers.event_incident.entries import KIND as INCIDENT_KIND
from amana.dossiers.plain import to_plain
from amana.dossiers.shared.events import DutyState
from amana.dossiers.shared.vocabulary import HOUR
from amana.node.access import Scope, record_consultation, require_content_role, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.centre import day_at, show_shifts
from amana.node.queries.events import event_line, find_days, require_event
from amana.node.queries.rows import show_row
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId

Plain = dict[str, Any]
LONGEST = 12 * HOUR
REST = 11 * HOUR  # Directive 2003/88/EC, art. 3: eleven consecutive hours in each period of 24
Key = tuple[AgencyCode, str]


def show_rota(node: Node, scope: Scope, event: DossierId, day: DossierId | None, *, record: bool = True) -> Plain:
    """`event`, `days`, `day` (its dossier and midnight), `shifts`, `overlong`, `handovers` that wait, and `open`: what a handover
    names. Without `day` the one that is now. Raises Refusal `not_found`."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        row, state = require_event(reading, scope, event)
        days = find_days(reading, scope, event)
        chosen = next((one for one in days if one[0].id == day), None) if day is not None else day_at(days, now)
        if day is not None and chosen is None:
            raise Refusal("not_found")
        held = chosen[1] if chosen else None
        around = [each for _, each in days if held is not None and abs(each.day - held.day) <= 36 * HOUR]
        return {
            "event": event_line(reading, node, scope, row, state, now),
            "days": [{"dossier": each.id.hex(), "day": each_held.day} for each, each_held in days],
            "day": {"dossier": chosen[0].id.hex(), "day": chosen[1].day} if chosen else None,
            "shifts": show_shifts(reading, held) if held else [],
            "overlong": list(overlong(around)),
            "handovers": [to_plain(one) for one in pending(held)] if held else [],
            "open": [show_row(reading, each, now, own=node.code, account=scope.account) for each in _open(reading, scope, event)],
        }

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "rota", event))
    return {"agency": node.code, "now": now, **shown}


def overlong(days: list[DayState]) -> Iterator[Plain]:
    """Services that would work too long, or rest too little, between these days' shifts of one role."""
    found: defaultdict[Key, list[KeptShift]] = defaultdict(list)
    for day in days:
        for shift in shifts(day):
            for who in {one.who for one in on_shift(day, shift) if one.state is not DutyState.ABSENT and one.members}:
                found[who, shift.role.value].append(shift)
    for (who, role), held in sorted(found.items()):
        ordered = sorted(held, key=lambda one: (one.starts, one.ends))
        for shift in ordered:
            if shift.ends - shift.starts > LONGEST:
                yield {"who": who, "role": role, "starts": shift.starts, "ends": shift.ends, "why": "too_long"}
        for before, after in pairwise(ordered):
            if 0 <= after.starts - before.ends < REST:
                yield {"who": who, "role": role, "starts": before.ends, "ends": after.starts, "why": "no_rest"}


def _open(reading: Reading, scope: Scope, event: DossierId) -> list[DossierRow]:
    """What the next shift must know of: incidents and requests that are open."""
    rows = visible_dossiers(reading, scope, within=event, closed=False)
    return [row for row in rows if row.kind in (INCIDENT_KIND, "information_request")]
