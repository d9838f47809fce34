# SPDX-License-Identifier: EUPL-1.2
"""Meetings full of odd values that every rule lets through: whatever officers open of them can be shown."""

from __future__ import annotations

from typing import Any

import pytest

from amana.node.access import open_scope
from amana.node.queries.calendar import calendar_of, calendar_of_dossier
from amana.node.queries.decisions import Asked, list_decisions
from amana.node.queries.dossiers import show_dossier
from amana.node.queries.meetings import list_meetings, show_meeting
from amana.node.queries.offering import actions_for
from amana.simulation.agency import DESK
from tests.federation.acts import PARIS, RABAT, TEMARA, federation, require_at_rest, say

LATEST = 2**53 - 1
FIRST_TO_LAST = {"starts": 0, "ends": LATEST}
AT_ONCE = {"starts": 0, "ends": 0}
AT_THE_END = {"starts": LATEST, "ends": LATEST}
OPENINGS: tuple[dict[str, Any], ...] = (
    {"form": "visit", "level": "leadership", **FIRST_TO_LAST, "previous": "01", "agreement": "ff" * 32},
    {"form": "meeting", "level": "expert", **AT_ONCE, "previous": "00" * 32, "agreement": "02", "areas": ["drugs"] * 16},
    {"form": "meeting", "level": "working_group", **AT_THE_END, "host": PARIS},
)


@pytest.mark.parametrize("opening", OPENINGS)
def test_whatever_is_opened_of_an_odd_meeting_can_be_shown(opening: dict[str, Any]) -> None:
    made = federation(RABAT, TEMARA, PARIS)
    done = made.act(RABAT, DESK, {"action": "meeting.convene", "to": [PARIS, TEMARA], "coded": opening})
    assert done.dossier is not None
    made.settle()
    host = opening.get("host", RABAT)
    for hours in (AT_ONCE, FIRST_TO_LAST, AT_THE_END):
        say(made, host, "meeting.programme", done.dossier, coded={"type": "other", **hours})
        say(made, host, "meeting.session", done.dossier, coded=hours)
    made.settle()
    session = _sessions(made, done.dossier)[0]
    there = {"session": session, "language": "zz"}
    say(made, PARIS, "meeting.delegation", done.dossier, coded={"members": 0, "interpreters": 500, "languages": ["zz", "zz"]})
    say(made, PARIS, "meeting.agenda_point", done.dossier, coded={**there, "carried": "01", "lead": "xx", "duration": 1440, "place": 10**6})
    say(made, PARIS, "meeting.agenda_point", done.dossier, coded={**there, "carried": done.dossier.hex()})
    say(made, PARIS, "meeting.minutes_point", done.dossier, coded={**there, "speaker": "xx.nobody"})
    for due in (0, LATEST):
        say(made, PARIS, "meeting.decision", done.dossier, coded={**there, "area": "drugs", "due": due, "owner": TEMARA})
        say(made, PARIS, "meeting.action", done.dossier, coded={"due": due})
    made.settle()
    for code in (RABAT, TEMARA, PARIS):
        say(made, code, "meeting.approve", done.dossier)
    made.settle()
    for turn in ("all are here", "one has left", "called off"):
        for code in (RABAT, TEMARA, PARIS):
            node = made[code].node
            scope = open_scope(node, DESK)
            assert show_meeting(node, scope, done.dossier), turn
            assert list_meetings(node, scope)
            assert actions_for(node, scope, done.dossier)
            assert show_dossier(node, scope, done.dossier)
            calendar_of(node, scope)
            calendar_of_dossier(node, scope, done.dossier)
            assert list_decisions(node, scope, Asked())
        if turn == "all are here":
            say(made, TEMARA, "meeting.leave", done.dossier)
        elif turn == "one has left":
            say(made, host, "meeting.cancel", done.dossier)
        made.settle()
    require_at_rest(made)


def _sessions(made: Any, dossier: Any) -> list[str]:
    node = made[RABAT].node
    return [entry["id"] for entry in show_dossier(node, open_scope(node, DESK), dossier)["entries"] if entry["type"] == "session"]
