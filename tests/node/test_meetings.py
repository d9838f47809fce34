# SPDX-License-Identifier: EUPL-1.2
"""Meetings as officers read them, on two nodes and on five, one of which leaves; what the next agenda takes up by itself."""

from __future__ import annotations

from typing import Any

import pytest

from amana.node.access import Scope, add_officer, open_scope
from amana.node.context import Node
from amana.node.local import OfficerAdded
from amana.node.queries.decided import carried_into
from amana.node.queries.dossiers import list_dossiers
from amana.node.queries.meetings import list_meetings, show_meeting
from amana.node.queries.offering import actions_for
from amana.node.retention import erase_bodies
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, LEVALLOIS, PARIS, RABAT, TEMARA, federation

HOUR = 60 * 60 * 1000
MADRID = "es.cnp"
HEAD = "head"


def meeting_of(*codes: str) -> Federation:
    """Agencies without any agreement: that people meet rests on none."""
    made = federation(*codes)
    for code in codes:
        add_officer(made[code].node, OfficerAdded(name="", role="supervisor", units=("desk",), account=HEAD, language="fr"))
    return made


def at(made: Federation, code: str, account: str = HEAD) -> tuple[Node, Scope]:
    node = made[code].node
    return node, open_scope(node, account)


def convene(made: Federation, host: str, *others: str, starts: int = 10 * DAY, **coded: Any) -> DossierId:
    """A visit that begins so long from now, with one session on its first morning."""
    first = made[host].node.clock.now() + starts
    action = {
        "action": "meeting.convene",
        "to": sorted(others),
        "title": "Visite du comité mixte",
        "language": "fr",
        "detail": {"place": "Rabat"},
        "coded": {"form": "visit", "level": "joint_committee", "starts": first, "ends": first + 2 * DAY, **coded},
    }
    done = made.act(host, HEAD, action)
    assert done.dossier is not None
    act(made, host, "session", done.dossier, title="Stupéfiants", coded={"starts": first, "ends": first + 3 * HOUR})
    made.settle()
    return done.dossier


def act(made: Federation, code: str, type: str, dossier: DossierId, **more: Any) -> EntryId:
    """Any further word, said by the agency's supervisor."""
    done = made.act(code, HEAD, {"action": f"meeting.{type}", "dossier": dossier.hex(), **more})
    assert done.entry is not None
    return done.entry


def decide(made: Federation, dossier: DossierId, owner: str, *approving: str, due: int = 40 * DAY) -> EntryId:
    """A decision that all of these approve with the minutes."""
    coded = {"owner": owner, "due": made[owner].node.clock.now() + due, "area": "drugs", "language": "fr"}
    decision = act(made, approving[0], "decision", dossier, text="Ouvrir une enquête commune.", coded=coded)
    made.settle()
    for code in approving:
        act(made, code, "approve", dossier)
        made.settle()
    return decision


def meeting(made: Federation, code: str, dossier: DossierId) -> dict[str, Any]:
    return show_meeting(*at(made, code), dossier)


def carried(made: Federation, code: str, dossier: DossierId) -> list[dict[str, Any]]:
    node = made[code].node
    row = node.journal.read(lambda reading: reading.dossier(dossier))
    assert row is not None
    return node.journal.read(lambda reading: carried_into(reading, row, node.clock.now()))


class TestTwo:
    @pytest.fixture
    def made(self) -> Federation:
        return meeting_of(RABAT, PARIS)

    def test_it_shows_what_was_said_on_either_side(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        first = meeting(made, RABAT, visit)["starts"]
        act(
            made,
            RABAT,
            "programme",
            visit,
            title="Accueil",
            detail={"place": "Aéroport"},
            coded={"type": "welcome", "starts": first, "ends": first + HOUR},
        )
        posts = [{"post": "Directeur central", "role": "head"}]
        act(made, PARIS, "delegation", visit, detail={"posts": posts}, coded={"members": 4, "interpreters": 1, "languages": ["ar", "fr"]})
        act(made, PARIS, "agenda_point", visit, title="Bilan", coded={"language": "fr", "area": "drugs", "lead": RABAT})
        made.settle()
        for code, said in ((RABAT, ""), (PARIS, "agreed")):
            page = meeting(made, code, visit)
            assert (page["opening_words"]["title"], page["place"], page["when"]) == ("Visite du comité mixte", "Rabat", "coming")
            (part,) = page["programme"]
            assert (part["title"], part["place"], part["type"]) == ("Accueil", "Aéroport", "welcome")
            (came,) = page["delegations"]
            assert (came["posts"], came["interpreters"], came["languages"]) == (posts, 1, ["ar", "fr"])
            (session,) = page["sessions"]
            assert (session["title"], session["number"], session["over"]) == ("Stupéfiants", 1, False)
            (point,) = session["agenda"]
            assert (point["state"], point["versions"][0]["title"], point["versions"][0]["said"]) == ("proposed", "Bilan", said)
            assert [one["what"] for one in session["missing"]] == ["no_minutes"]

    def test_a_decision_is_in_force_by_the_approval_of_both(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        coded = {"owner": PARIS, "due": made[PARIS].node.clock.now() + 40 * DAY, "area": "drugs", "language": "fr"}
        decision = act(made, RABAT, "decision", visit, text="Ouvrir une enquête commune.", coded=coded)
        act(made, RABAT, "translation", visit, text="فتح بحث مشترك.", coded={"version": decision.hex(), "language": "ar"})
        made.settle()
        act(made, RABAT, "approve", visit)
        made.settle()
        page = meeting(made, PARIS, visit)
        assert (page["decisions"], page["approvals_awaited"]) == ([], 1)
        assert [(one["what"], one["agencies"]) for one in page["sessions"][0]["missing"]] == [("proposed", []), ("approval", [PARIS])]
        act(made, PARIS, "approve", visit)
        act(made, PARIS, "progress", visit, text="Magistrat saisi.", coded={"of": decision.hex(), "state": "in_progress"})
        made.settle()
        page = meeting(made, RABAT, visit)
        (one,) = page["decisions"]
        assert (one["clause"], one["state"], one["open"], one["last"]["text"]) == (decision.hex(), "in_progress", True, "Magistrat saisi.")
        assert [held["text"] for held in one["translations"]] == ["فتح بحث مشترك."]
        session = page["sessions"][0]
        assert (session["missing"], session["in_force"]["stands"]) == ([], True)
        assert [held["text"] for held in session["in_force"]["versions"]] == ["Ouvrir une enquête commune."]

    def test_what_is_in_force_stays_while_a_new_text_is_written(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        decision = decide(made, visit, PARIS, RABAT, PARIS)
        coded = {"clause": decision.hex(), "owner": RABAT, "due": made[RABAT].node.clock.now(), "area": "drugs", "language": "fr"}
        act(made, RABAT, "decision", visit, text="Clore l'enquête.", coded=coded)
        made.settle()
        session = meeting(made, PARIS, visit)["sessions"][0]
        assert session["in_force"]["stands"] is False
        assert [held["text"] for held in session["in_force"]["versions"]] == ["Ouvrir une enquête commune."]
        assert [held["text"] for held in session["minutes"][0]["versions"]] == ["Clore l'enquête."]

    def test_actions_say_how_far_they_are(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        due = made[RABAT].node.clock.now() + DAY
        action = act(made, RABAT, "action", visit, title="Réserver la salle", coded={"due": due})
        act(made, RABAT, "action", visit, coded={"action": action.hex(), "due": due + DAY})
        act(made, RABAT, "progress", visit, text="Réservée.", coded={"of": action.hex(), "state": "done"})
        made.settle()
        (shown,) = meeting(made, PARIS, visit)["actions"]
        assert (shown["id"], shown["title"], shown["due"]) == (action.hex(), "Réserver la salle", due + DAY)
        assert (shown["owner"], shown["state"], shown["open"], shown["last"]["text"]) == (RABAT, "done", False, "Réservée.")

    def test_erased_words_say_so(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        decision = decide(made, visit, PARIS, RABAT, PARIS)
        node = made[PARIS].node
        rows = list(node.journal.read(lambda reading: reading.entries([decision])).values())
        node.journal.write(lambda writing: erase_bodies(writing, node, HEAD, rows, "erased"))
        (one,) = meeting(made, PARIS, visit)["decisions"]
        assert (one["text"], one["void"], one["owner"]) == ("", "erased", PARIS)

    def test_coming_ones_first_then_the_latest(self, made: Federation) -> None:
        late, soon = convene(made, RABAT, PARIS, starts=30 * DAY), convene(made, RABAT, PARIS, starts=DAY)
        off = convene(made, RABAT, PARIS, starts=2 * DAY)
        act(made, RABAT, "cancel", off)
        old, older = convene(made, RABAT, PARIS, starts=-10 * DAY), convene(made, RABAT, PARIS, starts=-20 * DAY)
        listed = list_meetings(*at(made, PARIS))["meetings"]
        assert [one["dossier"] for one in listed if one["dossier"] != off.hex()] == [id.hex() for id in (soon, late, old, older)]
        made.settle()
        listed = list_meetings(*at(made, PARIS))["meetings"]
        assert {one["dossier"]: one["when"] for one in listed} == {
            soon.hex(): "coming",
            late.hex(): "coming",
            off.hex(): "called_off",
            old.hex(): "held",
            older.hex(): "held",
        }
        assert listed[0]["next_session"] is not None

    def test_a_look_is_recorded_and_nothing_is_new_after_it(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        (before,) = list_meetings(*at(made, PARIS))["meetings"]
        meeting(made, PARIS, visit)
        (after,) = list_meetings(*at(made, PARIS), record=False)["meetings"]
        assert (before["new"], after["new"]) == (True, False)
        (listed,) = list_dossiers(*at(made, PARIS))["dossiers"]
        assert listed["stage"] == "convened"

    def test_an_administrator_sees_none(self, made: Federation) -> None:
        visit = convene(made, RABAT, PARIS)
        with pytest.raises(Refusal, match="not_found"):
            list_meetings(*at(made, RABAT, ADMINISTRATOR))
        with pytest.raises(Refusal, match="not_found"):
            show_meeting(*at(made, RABAT, ADMINISTRATOR), visit)

    def test_nor_is_a_dossier_of_another_kind_one(self, made: Federation) -> None:
        with pytest.raises(Refusal, match="not_found"):
            show_meeting(*at(made, RABAT), DossierId(bytes(32)))


class TestCarried:
    """Two meetings, of which the second takes up what the first left open."""

    def test_what_is_open_is_carried_on_both_sides_alike(self) -> None:
        made = meeting_of(RABAT, PARIS)
        first = convene(made, RABAT, PARIS, starts=-10 * DAY)
        decision = decide(made, first, PARIS, RABAT, PARIS)
        second = convene(made, PARIS, RABAT, previous=first.hex())
        for code in (RABAT, PARIS):
            (one,) = carried(made, code, second)
            assert (one["clause"], one["meeting"], one["point"], one["text"]) == (
                decision.hex(),
                first.hex(),
                "",
                "Ouvrir une enquête commune.",
            )
            page = meeting(made, code, second)
            assert page["carried"] == [one]
            assert page["carried_session"] == page["sessions"][0]["id"]
            assert page["previous"]["dossier"] == first.hex()
            assert [held["dossier"] for held in meeting(made, code, first)["next"]] == [second.hex()]
        coded = {"carried": decision.hex(), "language": "fr", "area": "drugs"}
        point = act(made, RABAT, "agenda_point", second, title="Enquête commune", coded=coded)
        made.settle()
        assert [one["point"] for one in carried(made, PARIS, second)] == [point.hex()]

    @pytest.mark.parametrize("state", ["done", "dropped"])
    def test_what_is_over_is_not(self, state: str) -> None:
        made = meeting_of(RABAT, PARIS)
        first = convene(made, RABAT, PARIS, starts=-10 * DAY)
        decision = decide(made, first, PARIS, RABAT, PARIS)
        second = convene(made, PARIS, RABAT)
        act(made, PARIS, "progress", first, coded={"of": decision.hex(), "state": "in_progress"})
        made.settle()
        assert len(carried(made, RABAT, second)) == 1
        act(made, PARIS, "progress", first, coded={"of": decision.hex(), "state": state})
        made.settle()
        assert carried(made, RABAT, second) == []

    def test_nor_what_only_one_approved(self) -> None:
        made = meeting_of(RABAT, PARIS)
        first = convene(made, RABAT, PARIS, starts=-10 * DAY)
        decide(made, first, PARIS, RABAT)
        assert carried(made, PARIS, convene(made, RABAT, PARIS)) == []

    def test_nor_into_one_that_is_over_or_came_before(self) -> None:
        made = meeting_of(RABAT, PARIS)
        over, before = convene(made, RABAT, PARIS, starts=-5 * DAY), convene(made, RABAT, PARIS, starts=DAY)
        first = convene(made, RABAT, PARIS, starts=2 * DAY)
        decide(made, first, PARIS, RABAT, PARIS)
        assert [carried(made, RABAT, one) for one in (over, before)] == [[], []]
        assert len(carried(made, RABAT, convene(made, RABAT, PARIS))) == 1

    def test_five_meet_one_leaves_and_the_four_carry_on(self) -> None:
        five = (RABAT, PARIS, TEMARA, LEVALLOIS, MADRID)
        made = meeting_of(*five)
        first = convene(made, RABAT, *five[1:], starts=-10 * DAY)
        decide(made, first, TEMARA, *five)
        act(made, MADRID, "leave", first)
        made.settle()
        with_all, with_four, with_two = (
            convene(made, RABAT, *five[1:]),
            convene(made, RABAT, *five[1:4], starts=11 * DAY),
            convene(made, RABAT, LEVALLOIS, starts=12 * DAY),
        )
        for code in (RABAT, LEVALLOIS):
            assert [len(carried(made, code, one)) for one in (with_all, with_four, with_two)] == [0, 1, 1], code
        assert len({repr(carried(made, code, with_four)) for code in five[:4]}) == 1
        page = meeting(made, RABAT, first)
        assert [one["agency"] for one in page["signatories"] if one["left"]] == [MADRID]
        assert page["present"] == sorted(five[:4])
        approved = {one["agency"]: one["state"] for one in page["sessions"][0]["approvals"]["parties"]}
        assert approved[MADRID] == "left"
        assert made.converged().differences == ()

    def test_two_versions_at_once_stand_side_by_side_everywhere(self) -> None:
        five = (RABAT, PARIS, TEMARA, LEVALLOIS, MADRID)
        made = meeting_of(*five)
        visit = convene(made, RABAT, *five[1:])
        point = act(made, RABAT, "minutes_point", visit, text="Un.", coded={"language": "fr"})
        made.settle()
        for code, text in ((PARIS, "Deux."), (TEMARA, "Trois.")):
            act(made, code, "minutes_point", visit, text=text, coded={"clause": point.hex(), "language": "fr"})
        made.settle()
        for code in five:
            session = meeting(made, code, visit)["sessions"][0]
            (clause,) = session["minutes"]
            assert (clause["state"], {one["text"] for one in clause["versions"]}) == ("contested", {"Deux.", "Trois."})
            assert (session["approvals"]["hash"], [one["what"] for one in session["missing"]]) == ("", ["contested"])


def test_a_dossier_of_another_unit_is_carried_for_those_who_may_see_it() -> None:
    made = meeting_of(RABAT, PARIS)
    add_officer(made[RABAT].node, OfficerAdded(name="", role="desk", units=("narcotics",), account="narcotics", language="fr"))
    first = convene(made, RABAT, PARIS, starts=-10 * DAY)
    decide(made, first, PARIS, RABAT, PARIS)
    second = convene(made, RABAT, PARIS)
    made.act(RABAT, HEAD, {"action": "assign", "dossier": first.hex(), "unit": "narcotics"})
    assert show_meeting(*at(made, RABAT, DESK), second)["carried"] == []
    with pytest.raises(Refusal, match="not_found"):
        show_meeting(*at(made, RABAT, DESK), first)


def test_what_can_be_said_is_offered_with_what_it_can_name() -> None:
    made = meeting_of(RABAT, PARIS)
    visit = convene(made, RABAT, PARIS)
    point = act(made, RABAT, "minutes_point", visit, text="Un.", coded={"language": "fr"})
    made.settle()
    offered = actions_for(*at(made, PARIS), visit)
    choices = {one["type"]: one["choices"] for one in [*offered["primary"], *offered["secondary"]]}
    assert {"agree", "object", "minutes_point", "decision", "translation", "approve"} <= set(choices)
    assert choices["translation"] == {"version": [point.hex()]}
    assert next(one["type"] for one in offered["primary"]) == "agree"
    assert {one["type"] for one in offered["unavailable"]} >= {"reschedule", "programme", "session"}
