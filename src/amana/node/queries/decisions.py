# SPDX-License-Identifier: EUPL-1.2
"""Everything that was decided at the meetings that a person may see, with its state today, narrowed by what is asked.

A decision stands here from the moment at which every party approves the minutes that hold it. State and owner come from
headers, so an erased wording changes no figure. A look is recorded in the log of consultation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from amana.dossiers.kind import NO_DATE
from amana.dossiers.meeting.types import KIND
from amana.node.access import Scope, record_consultation, require_content_role, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, Reading
from amana.node.queries.decided import meeting_line, meeting_state, show_decided
from amana.protocol.identifiers import Millis

Plain = dict[str, Any]
OVERDUE = "overdue"  # open, and its day has passed
ORDERS = ("due", "taken")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the list; what is empty narrows nothing. `since`, `until`: when it was decided, UTC ms."""

    area: str = ""
    owner: str = ""
    state: str = ""  # a progress state, or `overdue`
    partner: str = ""  # a party of the meeting
    meeting: str = ""  # a meeting's dossier, hex
    since: Millis = NO_DATE
    until: Millis = NO_DATE
    order: str = "due"


def list_decisions(node: Node, scope: Scope, asked: Asked, *, record: bool = True) -> Plain:
    """`decisions` as `show_decided` with their meeting (`meeting`, `reference`, `meeting_title`, `held`, `parties`), open ones first
    by date due, or all by when they were taken; `counts` by state over what is asked apart from the state; `meetings` that
    decided anything."""
    require_content_role(scope)
    now = node.clock.now()

    def ask(reading: Reading) -> list[Plain]:
        return [one for row in visible_dossiers(reading, scope, kind=KIND) for one in _of_meeting(reading, row, now)]

    held = node.journal.read(ask)
    near = [one for one in held if _asked_for(one, asked)]
    shown = sorted((one for one in near if _in_state(one, asked.state)), key=_key(asked.order))
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, "decisions"))
    meetings = {one["meeting"]: one for one in held}.values()
    return {
        "agency": node.code,
        "now": now,
        "decisions": shown,
        "counts": _counts(near),
        "meetings": sorted(
            ({name: one[name] for name in ("meeting", "meeting_title", "reference", "held")} for one in meetings),
            key=lambda one: (-one["held"], one["meeting"]),
        ),
        "owners": sorted({one["owner"] for one in held}),
        "areas": sorted({one["area"] for one in held}),
    }


def _of_meeting(reading: Reading, row: DossierRow, now: Millis) -> Iterable[Plain]:
    state = meeting_state(row)
    if state is None:
        return
    if found := show_decided(reading, row, now):
        meeting = meeting_line(reading, row, state) | {"parties": list(row.parties)}
        yield from (meeting | one for one in found)


def _asked_for(one: Plain, asked: Asked) -> bool:
    return (
        asked.area in ("", one["area"])
        and asked.owner in ("", one["owner"])
        and asked.meeting in ("", one["meeting"])
        and (not asked.partner or asked.partner in one["parties"])
        and (not asked.since or one["since"] >= asked.since)
        and (not asked.until or one["since"] < asked.until)
    )


def _in_state(one: Plain, state: str) -> bool:
    return state in ("", one["state"]) or (state == OVERDUE and one["overdue"])


def _counts(decisions: list[Plain]) -> Plain:
    counted = Counter(one["state"] for one in decisions)
    in_time = sum(1 for one in decisions if one["state"] == "done" and one["moved"] <= one["due"])
    return dict(counted) | {"all": len(decisions), OVERDUE: sum(1 for one in decisions if one["overdue"]), "in_time": in_time}


def _key(order: str) -> Any:
    if order == "taken":
        return lambda one: (-one["since"], one["clause"])
    return lambda one: (not one["open"], one["due"] if one["open"] else -one["moved"], one["clause"])
