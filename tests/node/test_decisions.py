# SPDX-License-Identifier: EUPL-1.2
"""Everything decided, over several meetings and nodes: what is in force, what became of it, who may see it."""

from __future__ import annotations

from typing import Any

import pytest

from amana.node.access import add_officer, open_scope
from amana.node.local import OfficerAdded
from amana.node.queries.decisions import Asked, list_decisions
from amana.node.queries.inbox import desk_inbox
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import Millis
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, TEMARA
from tests.node.test_meetings import act, at, convene, decide, meeting_of

MADE = tuple[Federation, Any, Any, Any]


@pytest.fixture
def made() -> MADE:
    """Two meetings, three decisions: one of Paris that is late, one of Rabat that is done, one of a meeting without Paris."""
    made = meeting_of(RABAT, PARIS, TEMARA)
    first = convene(made, RABAT, PARIS)
    late = decide(made, first, PARIS, RABAT, PARIS, due=2 * DAY)
    second = convene(made, RABAT, PARIS, starts=20 * DAY)
    done = decide(made, second, RABAT, PARIS, RABAT)
    act(made, RABAT, "progress", second, coded={"of": done.hex(), "state": "done"}, text="C’est fait.")
    apart = convene(made, TEMARA, RABAT)
    decide(made, apart, TEMARA, RABAT, TEMARA)
    made.timeline.advance(3 * DAY)
    made.settle()
    return made, late, done, apart


def shown(made: Federation, code: str, **asked: Any) -> dict[str, Any]:
    return list_decisions(*at(made, code), Asked(**asked))


def test_each_node_shows_what_was_decided_where_it_sat(made: MADE) -> None:
    federation, late, done, apart = made
    assert shown(federation, RABAT)["counts"] == {"all": 3, "open": 2, "done": 1, "overdue": 1, "in_time": 1}
    paris = shown(federation, PARIS)
    assert [one["clause"] for one in paris["decisions"]] == [late.hex(), done.hex()]  # open ones first
    assert apart.hex() not in {one["meeting"] for one in paris["meetings"]}
    assert paris["decisions"][1]["last"]["text"] == "C’est fait."
    by_clause = {one["clause"]: one for one in shown(federation, RABAT)["decisions"]}
    same = {name: paris["decisions"][0][name] for name in ("owner", "area", "due", "since", "state", "overdue", "text")}
    assert same == {name: by_clause[late.hex()][name] for name in same}


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"owner": PARIS}, 1),
        ({"owner": RABAT, "state": "open"}, 0),
        ({"state": "overdue"}, 1),
        ({"state": "done"}, 1),
        ({"area": "drugs"}, 3),
        ({"area": "cybercrime"}, 0),
        ({"partner": TEMARA}, 1),
        ({"until": Millis(1)}, 0),
        ({"since": Millis(1), "order": "taken"}, 3),
    ],
)
def test_the_list_is_narrowed(made: MADE, asked: dict[str, Any], count: int) -> None:
    assert len(shown(made[0], RABAT, **asked)["decisions"]) == count


def test_what_one_party_has_not_approved_is_not_decided() -> None:
    made = meeting_of(RABAT, PARIS)
    visit = convene(made, RABAT, PARIS)
    decide(made, visit, PARIS, RABAT)
    assert shown(made, RABAT)["decisions"] == []
    act(made, PARIS, "approve", visit)
    made.settle()
    assert len(shown(made, RABAT)["decisions"]) == 1
    act(made, PARIS, "withdraw_approval", visit)
    made.settle()
    assert shown(made, RABAT)["decisions"] == []


def test_a_unit_that_may_not_see_the_meeting_sees_no_decision_and_the_administrator_none_at_all(made: MADE) -> None:
    federation = made[0]
    node = federation[RABAT].node
    add_officer(node, OfficerAdded(name="", role="desk", units=("other",), account="other", language="fr"))
    assert list_decisions(node, open_scope(node, "other"), Asked())["decisions"] == []
    add_officer(node, OfficerAdded(name="", role="administrator", units=(), account="root", language="fr"))
    with pytest.raises(Refusal, match="not_found"):
        list_decisions(node, open_scope(node, "root"), Asked())


def test_the_owner_finds_in_its_inbox_what_it_has_to_carry_out() -> None:
    made = meeting_of(RABAT, PARIS)
    visit = convene(made, RABAT, PARIS)
    decide(made, visit, PARIS, RABAT, PARIS, due=5 * DAY)
    end = Millis(made[PARIS].node.clock.now() + DAY)
    (owner,) = (one for group in desk_inbox(*at(made, PARIS), day_end=end, view="all")["groups"] for one in group["rows"])
    assert (owner["task"], owner["owes"]["text"], owner["clock_due"]) == ("carry_out", "Ouvrir une enquête commune.", owner["owes"]["due"])
    others = [one for group in desk_inbox(*at(made, RABAT), day_end=end, view="all")["groups"] for one in group["rows"]]
    assert [one for one in others if one["owes"]] == []
