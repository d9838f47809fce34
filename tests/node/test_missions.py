# SPDX-License-Identifier: EUPL-1.2
"""Missions and the directory as officers read them: terms side by side, the course, and nothing named that one may not see."""

from __future__ import annotations

from typing import Any

import pytest

from amana.node.access import add_officer, open_scope
from amana.node.local import OfficerAdded
from amana.node.queries.experts import list_expertise
from amana.node.queries.missions import list_missions, show_mission
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, federation
from tests.node.desks import consultations

HOUR = 60 * 60 * 1000
FORMS = ["event_security", "expertise"]
TERMS = {
    "areas": ["public_order"],
    "forms": FORMS,
    "version": 1,
    "articles": [{"number": "1", "areas": ["public_order"], "forms": FORMS}],
    "conditions": {"clocks": {"other": 7 * DAY, "urgent": 3 * DAY, "urgent_direct": 8 * HOUR}},
}
HEAD, AWAY = "head", "away"
DOGS = {"area": "public_order", "forms": ["expertise"], "people": 24, "languages": ["ar", "fr"]}


@pytest.fixture
def made() -> Federation:
    """Rabat and Paris under an agreement; at Paris a supervisor, and an officer of another unit."""
    made = federation(RABAT, PARIS)
    for account, role, unit in ((HEAD, "supervisor", "desk"), (AWAY, "desk", "narcotics")):
        add_officer(made[PARIS].node, OfficerAdded(name="", role=role, units=(unit,), account=account, language="fr"))
    agreement = opened(made, RABAT, {"action": "agreement.propose", "to": [PARIS], "title": "Accord", "coded": TERMS})
    made.act(PARIS, DESK, {"action": "agreement.consent", "dossier": agreement.hex()})
    made.settle()
    return made


def opened(made: Federation, code: str, action: dict[str, Any]) -> DossierId:
    done = made.act(code, DESK, action)
    assert done.dossier is not None
    made.settle()
    return done.dossier


def asked(made: Federation, **coded: Any) -> DossierId:
    """Paris asks Rabat for ten experts for a week."""
    now = made.timeline.now
    values = {"giver": RABAT, "type": "expertise", "area": "public_order", "people": 10, "starts": now, "ends": now + 7 * DAY}
    action = {
        "action": "expertise_mission.request",
        "to": [RABAT],
        "title": "Expertise cynotechnique",
        "language": "fr",
        "detail": {"place": "Paris"},
    }
    return opened(made, PARIS, action | {"coded": values | coded})


def say(made: Federation, code: str, type: str, dossier: DossierId, account: str = DESK, **more: Any) -> bytes:
    done = made.act(code, account, {"action": f"expertise_mission.{type}", "dossier": dossier.hex(), **more})
    made.settle()
    assert done.entry is not None
    return done.entry


def shown(made: Federation, code: str, dossier: DossierId, account: str = DESK) -> dict[str, Any]:
    node = made[code].node
    return show_mission(node, open_scope(node, account), dossier)


def carried_out(made: Federation, dossier: DossierId, days: int = 40) -> None:
    say(made, RABAT, "terms", dossier, coded={"cost": "shared", "people": 8})
    say(made, PARIS, "accept", dossier, HEAD)
    posts = ["رئيس فرقة"]
    say(made, RABAT, "team", dossier, coded={"people": 8}, detail={"place": "Saint-Denis", "posts": posts})
    say(made, RABAT, "complete", dossier, text="انتهت", language="ar", coded={"at": made.timeline.now, "days": days, "trained": 3})


def event(made: Federation, **coded: Any) -> DossierId:
    now = made.timeline.now
    given = {"starts": now, "ends": now + 7 * DAY, **coded}
    return opened(made, PARIS, {"action": "major_event.announce", "to": [RABAT], "title": "Les Jeux", "language": "fr", "coded": given})


def test_each_terms_say_what_they_change_and_the_first_against_what_was_asked(made: Federation) -> None:
    mission = asked(made)
    say(made, RABAT, "terms", mission, coded={"cost": "shared", "people": 8})
    say(made, PARIS, "terms", mission, coded={"cost": "host"})
    at_paris, at_rabat = shown(made, PARIS, mission), shown(made, RABAT, mission)
    latest, first = at_paris["terms"]
    assert (first["changed"], first["before"]) == (["people"], {"people": 10})
    assert (latest["changed"], latest["before"]) == (["cost"], {"cost": "shared"})
    assert [one["waits_for_us"] for one in at_paris["terms"]] == [False, False]
    assert [one["waits_for_us"] for one in at_rabat["terms"]] == [True, False]
    assert at_rabat["turn"] == [RABAT]


def test_what_was_asked_stays_what_it_was_when_a_team_is_named(made: Federation) -> None:
    mission = asked(made)
    say(made, RABAT, "team", mission, coded={"people": 6})
    say(made, RABAT, "terms", mission, coded={"cost": "shared", "people": 8})
    (terms,) = shown(made, PARIS, mission)["terms"]
    assert terms["before"] == {"people": 10}


def test_both_sides_read_the_same_course_with_what_each_word_says(made: Federation) -> None:
    mission = asked(made)
    carried_out(made, mission)
    say(made, PARIS, "feedback", mission, text="Décisif", language="fr", coded={"usefulness": "decisive"})
    pages = [shown(made, code, mission) for code in (RABAT, PARIS)]
    assert pages[0]["course"] == pages[1]["course"]
    assert [one["type"] for one in pages[0]["course"]] == ["team", "complete", "feedback"]
    assert [one["coded"].get("days") for one in pages[0]["course"]] == [None, 40, None]
    assert (pages[0]["place"], pages[0]["team"]) == ("Saint-Denis", {"people": 8, "posts": ["رئيس فرقة"]})
    assert (pages[0]["trained"], pages[0]["days"], pages[0]["feedback"]) == (3, 40, "decisive")


def test_the_follow_up_counts_down_and_then_is_late(made: Federation) -> None:
    mission = asked(made)
    carried_out(made, mission)
    before = shown(made, PARIS, mission)
    assert (before["follow_up_days"], before["follow_up_late"]) == (182, False)
    made.timeline.advance(190 * DAY)
    assert shown(made, PARIS, mission)["follow_up_late"]
    say(made, PARIS, "follow_up", mission, coded={"result": "in_use"})
    after = shown(made, PARIS, mission)
    assert (after["follow_up"], after["follow_up_late"]) == ("in_use", False)


def test_expert_days_are_given_on_one_side_and_received_on_the_other_and_an_exercise_counts_none(made: Federation) -> None:
    carried_out(made, asked(made))
    carried_out(made, asked(made, event=event(made, exercise=True).hex()), days=500)
    days = {code: list_missions(made[code].node, open_scope(made[code].node, DESK))["days"] for code in (RABAT, PARIS)}
    assert days == {RABAT: {"given": 40, "received": 0}, PARIS: {"given": 0, "received": 40}}


@pytest.mark.parametrize("exercise", [True, False])
def test_a_mission_takes_from_its_event_whether_it_is_an_exercise_whatever_was_given(made: Federation, exercise: bool) -> None:
    games = event(made, exercise=exercise)
    mission = asked(made, event=games.hex(), exercise=not exercise)
    for code in (RABAT, PARIS):
        page = shown(made, code, mission)
        assert page["exercise"] is exercise
        assert page["named"]["event"]["title"] == "Les Jeux"


def test_an_event_that_one_may_not_see_is_not_named(made: Federation) -> None:
    games = event(made)
    mission = asked(made, event=games.hex())
    made.act(PARIS, HEAD, {"action": "assign", "dossier": mission.hex(), "unit": "narcotics", "officer": AWAY})
    page = shown(made, PARIS, mission, AWAY)
    assert page["title"] == "Expertise cynotechnique"
    assert page["named"]["event"] is None


def test_who_names_an_event_must_see_one(made: Federation) -> None:
    mission = asked(made)
    for named in (mission.hex(), "ab" * 32):  # no event, and nothing
        with pytest.raises(Refusal, match="not_found"):
            asked(made, event=named)


def test_a_lesson_leads_to_its_note_and_to_nothing_else(made: Federation) -> None:
    mission = asked(made)
    note = {"action": "good_practice.publish", "title": "Note", "language": "fr", "coded": {"area": "public_order", "language": "fr"}}
    shared = opened(made, RABAT, note | {"to": [PARIS]})
    say(made, RABAT, "lesson", mission, coded={"practice": shared.hex()})
    say(made, RABAT, "lesson", mission, coded={"practice": mission.hex()})  # a dossier, but no note
    first, second = shown(made, PARIS, mission)["course"]
    assert first["practice"]["dossier"] == shared.hex()
    assert second["practice"] is None


def test_the_directory_has_ours_and_theirs_and_not_what_was_withdrawn(made: Federation) -> None:
    ours = opened(made, RABAT, {"action": "expertise.publish", "to": [PARIS], "title": "كشف المتفجرات", "language": "ar", "coded": DOGS})
    gone = opened(made, PARIS, {"action": "expertise.publish", "to": [RABAT], "title": "Centre", "language": "fr", "coded": DOGS})
    now = made.timeline.now
    ended = {**DOGS, "starts": now - 2 * DAY, "ends": now - DAY}
    opened(made, PARIS, {"action": "expertise.publish", "to": [RABAT], "title": "Ancienne", "language": "fr", "coded": ended})
    node = made[RABAT].node

    def listed() -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = list_expertise(node, open_scope(node, DESK))["directory"]
        return lines

    assert listed()[0]["dossier"] == ours.hex()
    assert {(one["words"]["title"], one["ours"], one["over"]) for one in listed()} == {
        ("كشف المتفجرات", True, False),
        ("Ancienne", False, True),
        ("Centre", False, False),
    }
    made.act(PARIS, DESK, {"action": "expertise.withdraw", "dossier": gone.hex()})
    made.settle()
    assert {one["words"]["title"] for one in listed()} == {"كشف المتفجرات", "Ancienne"}


def test_a_look_is_recorded_and_the_administrator_has_none(made: Federation) -> None:
    mission = asked(made)
    node = made[RABAT].node
    shown(made, RABAT, mission)
    list_missions(node, open_scope(node, DESK))
    list_expertise(node, open_scope(node, DESK))
    assert consultations(made)[-3:] == ["mission", "missions", "expertise"]
    for ask in (list_missions, list_expertise):
        with pytest.raises(Refusal, match="not_found"):
            ask(node, open_scope(node, ADMINISTRATOR))


def test_a_dossier_that_is_no_mission_is_none(made: Federation) -> None:
    line = opened(made, RABAT, {"action": "expertise.publish", "to": [PARIS], "title": "x", "language": "fr", "coded": DOGS})
    for absent in (line, DossierId(b"\xab" * 32)):
        with pytest.raises(Refusal, match="not_found"):
            shown(made, RABAT, absent)
