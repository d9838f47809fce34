# SPDX-License-Identifier: EUPL-1.2
"""A person's day: three views, groups of time left, releases, drafts, reminders; registers and the numbers beside them."""

from __future__ import annotations

from typing import Any

import pytest

from amana.node.access import Scope
from amana.node.context import Node
from amana.node.queries.drafts import show_draft
from amana.node.queries.inbox import counts, desk_inbox
from amana.node.queries.register import Filters, register
from amana.protocol.errors import Refusal
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, ask, say
from tests.node.desks import COLLEAGUE, OTHER_UNIT, REQUEST, SUPERVISOR, at, consultations, desks

HOUR = DAY // 24


@pytest.fixture
def made() -> Federation:
    return desks()


def day(node: Node, scope: Scope, **more: Any) -> dict[str, Any]:
    return desk_inbox(node, scope, day_end=node.clock.now() + 12 * HOUR, **more)  # type: ignore[arg-type]  # a plain number of ms


def groups(shown: dict[str, Any]) -> dict[str, list[str]]:
    return {group["group"]: [row["dossier"] for row in group["rows"]] for group in shown["groups"] if group["rows"]}


def asked(made: Federation, **coded: Any) -> str:
    """A request of Paris to Rabat, delivered."""
    dossier = ask(made, PARIS, RABAT, coded={**REQUEST["coded"], **coded})
    made.settle()
    return dossier.hex()


class TestGroups:
    def test_they_go_by_the_time_that_is_left(self, made: Federation) -> None:
        direct, urgent, ordinary = asked(made, direct=True), asked(made), asked(made, urgency="ordinary")
        assert groups(day(*at(made), view="all")) == {"today": [direct], "week": [urgent, ordinary]}
        made.advance(4 * DAY)
        assert groups(day(*at(made), view="all")) == {"overdue": [direct, urgent], "week": [ordinary]}

    def test_a_paused_clock_is_none(self, made: Federation) -> None:
        dossier = asked(made)
        made.act(RABAT, DESK, {"action": "information_request.pause", "dossier": dossier, "coded": {"code": "judicial_authorisation"}})
        assert groups(day(*at(made), view="all")) == {"no_clock": [dossier]}

    def test_answered_it_waits_for_the_partner(self, made: Federation) -> None:
        dossier = asked(made)
        made.act(RABAT, DESK, {"action": "information_request.answer", "dossier": dossier, "text": "Rien."})
        shown = day(*at(made), view="all")
        assert (groups(shown), [row["dossier"] for row in shown["waiting"]]) == ({}, [dossier])

    def test_a_recall_brings_a_closed_dossier_back(self, made: Federation) -> None:
        dossier = ask(made, RABAT, PARIS)
        made.settle()
        answer = say(made, PARIS, "information_request.answer", dossier, text="a")
        made.settle()
        say(made, RABAT, "information_request.close", dossier)
        made.settle()
        say(made, PARIS, "information_request.recall_request", dossier, coded={"entry": answer.hex(), "code": "incorrect"})
        made.settle()
        assert groups(day(*at(made))) == {"no_clock": [dossier.hex()]}


class TestViews:
    def test_mine_my_units_and_all(self, made: Federation) -> None:
        mine, desk, narcotics = asked(made), asked(made), asked(made)
        made.act(RABAT, SUPERVISOR, {"action": "assign", "dossier": mine, "officer": COLLEAGUE})
        made.act(RABAT, SUPERVISOR, {"action": "assign", "dossier": narcotics, "unit": "narcotics"})
        assert day(*at(made, account=COLLEAGUE))["counts"] == {"mine": 1, "unit": 2, "all": 2}
        assert day(*at(made, account=SUPERVISOR))["counts"] == {"mine": 0, "unit": 3, "all": 3}
        assert day(*at(made, account=OTHER_UNIT))["counts"] == {"mine": 0, "unit": 1, "all": 1}
        assert groups(day(*at(made, account=COLLEAGUE), view="mine")) == {"week": [mine]}
        assert groups(day(*at(made, account=COLLEAGUE), view="no such view")) == {"week": [mine]}
        assert set(groups(day(*at(made, account=COLLEAGUE), view="unit"))["week"]) == {mine, desk}

    def test_a_page_that_renews_itself_is_no_look(self, made: Federation) -> None:
        before = consultations(made)
        day(*at(made), record=False)
        register(*at(made), record=False)
        counts(*at(made))
        assert consultations(made) == before
        day(*at(made))
        register(*at(made))
        assert consultations(made) == [*before, "inbox", "list"]

    @pytest.mark.parametrize("ask_it", [day, counts, register])
    def test_the_administrator_has_none(self, made: Federation, ask_it: Any) -> None:
        with pytest.raises(Refusal, match="not_found"):
            ask_it(*at(made, account=ADMINISTRATOR))


def test_a_reminder_is_due_when_a_partner_is_late(made: Federation) -> None:
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    assert day(*at(made))["reminders"] == []
    made.advance(4 * DAY)
    assert [(row["dossier"], row["late"]) for row in day(*at(made))["reminders"]] == [(dossier.hex(), [PARIS])]


class TestDrafts:
    @pytest.fixture
    def made(self) -> Federation:
        return desks(four_eyes=["information_request.request"])

    def test_a_release_is_offered_to_whoever_may_give_it(self, made: Federation) -> None:
        draft = made.act(RABAT, DESK, REQUEST).draft.hex()
        offered = {account: day(*at(made, account=account)) for account in (DESK, COLLEAGUE, OTHER_UNIT)}
        assert [one["draft"] for one in offered[DESK]["drafts"]] == [draft]
        assert offered[DESK]["releases"] == []
        [release] = offered[COLLEAGUE]["releases"]
        assert (release["title"], release["action"], release["author"]) == ("Demande", REQUEST["action"], DESK)
        assert (release["receivers"], release["area"], release["four_eyes"]) == ([PARIS], "drugs", True)
        assert (offered[OTHER_UNIT]["releases"], offered[OTHER_UNIT]["drafts"]) == ([], [])

    def test_of_a_dossier_one_may_not_see_no_draft_is_shown(self, made: Federation) -> None:
        dossier = asked(made)
        say_more = {"action": "information_request.request", "dossier": ""}
        made.act(RABAT, SUPERVISOR, {"action": "assign", "dossier": dossier, "unit": "narcotics"})
        kept = made.act(RABAT, SUPERVISOR, {**REQUEST, **say_more})
        assert [one["draft"] for one in day(*at(made, account=OTHER_UNIT))["releases"]] == [kept.draft.hex()]
        answer = {"action": "information_request.answer", "dossier": dossier, "text": "Rien.", "keep": True}
        own = made.act(RABAT, OTHER_UNIT, answer)
        with pytest.raises(Refusal, match="not_found"):
            show_draft(*at(made, account=COLLEAGUE), own.draft)
        assert show_draft(*at(made, account=OTHER_UNIT), own.draft)["given"]["text"] == "Rien."

    def test_ended_it_is_shown_no_more(self, made: Federation) -> None:
        draft = made.act(RABAT, DESK, REQUEST).draft
        made.act(RABAT, COLLEAGUE, {"action": "release", "draft": draft.hex()})
        assert day(*at(made, account=COLLEAGUE))["releases"] == []
        with pytest.raises(Refusal, match="not_found"):
            show_draft(*at(made), draft)


class TestRegister:
    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            ({"direction": "out", "opening": "request"}, {"ours"}),
            ({"direction": "in"}, {"theirs"}),
            ({"kind": "agreement"}, {"agreement"}),
            ({"task": "acknowledge"}, {"theirs"}),
            ({"task": "any"}, {"theirs"}),
            ({"task": "no_such_task"}, set()),
            ({"partner": PARIS}, {"ours", "theirs", "agreement"}),
            ({"partner": RABAT}, set()),
            ({"area": "drugs", "urgency": "urgent"}, {"ours", "theirs"}),
            ({"stage": "delivered"}, {"ours", "theirs"}),
            ({"officer": DESK}, {"ours", "agreement"}),
            ({"unit": "narcotics"}, set()),
            ({"closed": True}, set()),
            ({"new": True}, {"theirs", "agreement"}),
            ({"overdue": True}, set()),
            ({"since": 2**52}, set()),
            ({"until": 1}, set()),
        ],
    )
    def test_it_is_narrowed(self, made: Federation, filters: dict[str, Any], found: set[str]) -> None:
        theirs, ours = asked(made), ask(made, RABAT, PARIS).hex()
        made.settle()
        names = {theirs: "theirs", ours: "ours"}
        rows = register(*at(made), Filters(**filters))["rows"]
        assert {names.get(row["dossier"], "agreement") for row in rows} == found

    def test_it_comes_in_pages(self, made: Federation) -> None:
        made.act_many(RABAT, DESK, [REQUEST] * 5)
        pages = [register(*at(made), page=page, size=4) for page in (1, 2, 9)]
        assert [len(page["rows"]) for page in pages] == [4, 2, 2]
        assert {(page["total"], page["pages"]) for page in pages} == {(6, 2)}
        assert len({row["dossier"] for page in pages[:2] for row in page["rows"]}) == 6

    def test_it_can_go_by_clock(self, made: Federation) -> None:
        ordinary, urgent = asked(made, urgency="ordinary"), asked(made)
        rows = register(*at(made), Filters(direction="in"), order="due")["rows"]
        assert [row["dossier"] for row in rows] == [urgent, ordinary]

    def test_it_holds_only_what_one_may_see(self, made: Federation) -> None:
        asked(made)
        assert register(*at(made, account=OTHER_UNIT))["total"] == 0


def test_the_numbers_beside_every_page(made: Federation) -> None:
    asked(made)
    ask(made, RABAT, PARIS)
    made.act(RABAT, DESK, {**REQUEST, "keep": True})
    assert counts(*at(made)) == {"to_do": 1, "incoming": 1, "outgoing": 2, "open": 3, "dossiers": 3, "releases": 0, "drafts": 1}
    assert set(counts(*at(made, account=OTHER_UNIT)).values()) == {0}
