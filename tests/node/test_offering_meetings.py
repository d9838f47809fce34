# SPDX-License-Identifier: EUPL-1.2
"""In a meeting pages offer exactly what the rules then take, whatever was said before; and only those who stay must be reachable."""

from __future__ import annotations

import random
from typing import Any

import pytest

from amana.dossiers.registry import KINDS
from amana.node.access import open_scope
from amana.node.actions.administer import set_suspended
from amana.node.queries.offering import actions_for
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, DossierId
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation
from tests.federation.acts import DAY, PARIS, RABAT, TEMARA, federation, say

CODES = (RABAT, TEMARA, PARIS)
KIND = KINDS["meeting"]
TYPES = [name for name, declared in KIND.entry_types.items() if not declared.opens]
HOURS = {"starts": DAY, "ends": 2 * DAY}
CHOSEN: dict[str, dict[str, Any]] = {
    "reschedule": HOURS,
    "delegation": {"members": 3},
    "programme": {"type": "welcome", **HOURS},
    "session": HOURS,
    "agenda_point": {"language": "fr"},
    "minutes_point": {"language": "ar"},
    "decision": {"language": "fr", "area": "drugs", "due": DAY, "owner": PARIS},
    "translation": {"language": "en"},
    "action": {"due": DAY},
    "progress": {"state": "done"},
}
NAMES = ("session", "version", "versions", "hash", "of")  # choices that a page puts into a form


def convene(made: Federation) -> DossierId:
    action = {"action": "meeting.convene", "to": [PARIS, TEMARA], "title": "Réunion", "language": "fr"}
    done = made.act(RABAT, DESK, {**action, "coded": {"form": "meeting", "level": "expert", **HOURS}})
    assert done.dossier is not None
    made.settle()
    return done.dossier


def offered(made: Federation, code: str, dossier: DossierId) -> tuple[dict[str, Any], dict[str, Any]]:
    node = made[code].node
    shown = actions_for(node, open_scope(node, DESK), dossier)
    possible = {one["type"]: one for group in ("primary", "secondary") for one in shown[group]}
    return possible, {one["type"]: one for one in shown["unavailable"]}


def taken(made: Federation, code: str, dossier: DossierId, type: str, choices: dict[str, list[str]], rng: random.Random) -> str:
    """The reason why it is refused; empty where it is taken."""
    chosen = {name: rng.choice(ids) for name, ids in choices.items() if name in NAMES and ids}
    coded = {name: [id] if name == "versions" else id for name, id in chosen.items()} | CHOSEN.get(type, {})
    try:
        say(made, code, f"meeting.{type}", dossier, coded=coded)
    except Refusal as refusal:
        return str(refusal.code)
    return ""


@pytest.mark.parametrize("seed", range(6))
def test_after_any_story_what_is_offered_is_taken_with_every_choice(seed: int) -> None:
    rng = random.Random(seed)
    made = federation(*CODES, seed=seed)
    dossier = convene(made)
    for turn in range(14):
        code = rng.choice(CODES)
        possible, impossible = offered(made, code, dossier)
        assert possible.keys() | impossible.keys() == set(TYPES)
        backup = made.checkpoint(code)
        for type in sorted(possible):
            assert (type, taken(made, code, dossier, type, possible[type]["choices"], rng)) == (type, "")
            made.restore(code, backup)
        goes_on = sorted(possible.keys() - ({"leave", "cancel"} if turn < 9 else set()))
        if goes_on:
            type = rng.choice(goes_on)
            taken(made, code, dossier, type, possible[type]["choices"], rng)
        if rng.random() < 0.7:
            made.settle()


def test_what_only_the_host_says_is_never_another_partys() -> None:
    made = federation(*CODES)
    dossier = convene(made)
    possible, impossible = offered(made, PARIS, dossier)
    assert {type: impossible[type]["ever"] for type in ("session", "cancel")} == {"session": False, "cancel": False}
    assert {"delegation", "action", "leave"} <= possible.keys()
    assert {"session", "cancel"} <= offered(made, RABAT, dossier)[0].keys()


def test_who_has_left_need_not_be_reachable_and_who_stays_must() -> None:
    made = federation(*CODES)
    dossier = convene(made)
    set_suspended(made[RABAT].node, AgencyCode(TEMARA), suspended=True)
    _, impossible = offered(made, RABAT, dossier)
    assert (impossible["session"]["code"], impossible["session"]["facts"]) == ("partner_suspended", {"partner": TEMARA})
    set_suspended(made[RABAT].node, AgencyCode(TEMARA), suspended=False)
    say(made, TEMARA, "meeting.leave", dossier)
    made.settle()
    set_suspended(made[RABAT].node, AgencyCode(TEMARA), suspended=True)
    possible, _ = offered(made, RABAT, dossier)
    assert "session" in possible
    assert say(made, RABAT, "meeting.session", dossier, coded=HOURS)
    possible, impossible = offered(made, TEMARA, dossier)
    assert (possible, {one["code"] for one in impossible.values()}) == ({}, {"left"})
