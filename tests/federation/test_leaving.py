# SPDX-License-Identifier: EUPL-1.2
"""Five agencies in one meeting, of which some leave: nothing said later reaches them, nothing they say later counts, and the
others come to one truth behind partitions, over rough wires, through crashes and rebuilding.
"""

from __future__ import annotations

import random
from typing import Any

import pytest

from amana.dossiers.kind import Reason
from amana.dossiers.meeting.state import MeetingState, decided, sittings
from amana.dossiers.registry import KINDS
from amana.node.access import open_scope
from amana.node.queries.offering import actions_for
from amana.node.queries.rows import state_of
from amana.protocol.entry import parse_header
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId
from amana.simulation.agency import DESK
from amana.simulation.crashes import POINTS, Crash
from amana.simulation.federation import Federation
from amana.simulation.wires import ROUGH
from tests.federation.acts import DAY, LEVALLOIS, PARIS, RABAT, TEMARA, federation, require_at_rest, say, shown

MADRID = "es.cnp"
FIVE = (RABAT, TEMARA, PARIS, LEVALLOIS, MADRID)
KIND = KINDS["meeting"]


def convene(made: Federation) -> DossierId:
    """A visit to Rabat with a session, a point of the minutes and a decision that Paris carries out."""
    first = made[RABAT].node.clock.now() + 10 * DAY
    hours = {"starts": first, "ends": first + DAY}
    opening = {"action": "meeting.convene", "to": sorted(set(FIVE) - {RABAT}), "title": "Visite", "language": "fr"}
    done = made.act(RABAT, DESK, {**opening, "coded": {"form": "visit", "level": "joint_committee", **hours}})
    assert done.dossier is not None
    say(made, RABAT, "meeting.session", done.dossier, coded=hours)
    say(made, RABAT, "meeting.minutes_point", done.dossier, coded={"language": "ar"}, text="محضر", language="ar")
    decision = {"area": "drugs", "due": first + 20 * DAY, "owner": PARIS, "language": "fr"}
    say(made, RABAT, "meeting.decision", done.dossier, coded=decision, text="Une liste.", language="fr")
    made.settle()
    return done.dossier


def state(made: Federation, code: str, dossier: DossierId) -> MeetingState:
    row = made[code].journal.read(lambda reading: reading.dossier(dossier))
    assert row is not None
    found = state_of(row)
    assert isinstance(found, MeetingState)
    return found


def holds(made: Federation, code: str, entry: bytes) -> bool:  # bool: for assertions
    return made[code].journal.read(lambda reading: reading.entry(EntryId(entry))) is not None


def outcome(made: Federation, code: str, dossier: DossierId, entry: bytes) -> str:
    return next(str(one["refused"] or "") for one in shown(made, code, dossier)["entries"] if one["id"] == entry.hex())


def test_one_of_five_leaves_halfway_and_the_others_decide_without_it() -> None:
    made = federation(*FIVE)
    dossier = convene(made)
    for code in (RABAT, TEMARA, PARIS, MADRID):
        say(made, code, "meeting.approve", dossier)
    made.settle()
    assert decided(state(made, RABAT, dossier)) == ()
    left = say(made, LEVALLOIS, "meeting.leave", dossier, text="Notre part est faite.", language="fr")
    made.settle()
    assert all(holds(made, code, left) for code in FIVE)
    for code in (RABAT, TEMARA, PARIS, MADRID):
        assert [one.owner for one in decided(state(made, code, dossier))] == [PARIS]
    later = say(
        made, PARIS, "meeting.progress", dossier, coded={"of": decided(state(made, PARIS, dossier))[0].clause.hex(), "state": "done"}
    )
    made.settle()
    assert [code for code in FIVE if holds(made, code, later)] == [RABAT, TEMARA, PARIS, MADRID]
    assert [outcome(made, code, dossier, later) for code in (RABAT, TEMARA, PARIS, MADRID)] == [""] * 4
    assert not decided(state(made, RABAT, dossier))[0].open
    with pytest.raises(Refusal) as refused:
        say(made, LEVALLOIS, "meeting.agree", dossier)
    assert refused.value.code == Reason.LEFT
    require_at_rest(made)


def test_behind_a_partition_two_leave_at_once_while_others_write() -> None:
    made = federation(*FIVE)
    dossier = convene(made)
    session = sittings(state(made, RABAT, dossier))[0].id.hex()
    made.partition((RABAT, LEVALLOIS), (TEMARA, PARIS, MADRID))
    say(made, LEVALLOIS, "meeting.leave", dossier)
    say(made, MADRID, "meeting.leave", dossier)
    made.settle()
    there = {"session": session, "language": "fr"}
    here = say(made, RABAT, "meeting.minutes_point", dossier, coded=there, text="D’ici.", language="fr")  # knows of Levallois
    yonder = say(made, PARIS, "meeting.minutes_point", dossier, coded=there, text="De là.", language="fr")  # knows of Madrid
    made.settle()
    made.heal()
    made.settle()
    assert [code for code in FIVE if holds(made, code, here)] == [RABAT, TEMARA, PARIS, MADRID]
    assert [code for code in FIVE if holds(made, code, yonder)] == [RABAT, TEMARA, PARIS, LEVALLOIS]
    for code in (RABAT, TEMARA, PARIS):
        assert KIND.departed(state(made, code, dossier)) == {LEVALLOIS, MADRID}
        assert {outcome(made, code, dossier, entry) for entry in (here, yonder)} == {""}
        for author in (RABAT, TEMARA, PARIS):
            if author == code:
                say(made, author, "meeting.approve", dossier)
        made.settle()
    assert len(decided(state(made, TEMARA, dossier))) == 1
    require_at_rest(made)


def test_a_leaving_that_arrives_late_stands_where_it_was_said() -> None:
    made = federation(*FIVE)
    dossier = convene(made)
    made.partition((MADRID,), (RABAT, TEMARA, PARIS, LEVALLOIS))
    say(made, MADRID, "meeting.leave", dossier)
    made.advance(DAY)
    meant_for_all = say(made, PARIS, "meeting.action", dossier, coded={"due": made.timeline.now + DAY})
    made.settle()
    made.heal()
    made.settle()
    assert all(holds(made, code, meant_for_all) for code in FIVE), "who had not heard of the leaving spoke to all"
    assert {outcome(made, code, dossier, meant_for_all) for code in FIVE} == {""}
    require_at_rest(made)


def test_the_last_who_is_left_has_nobody_to_speak_to() -> None:
    made = federation(*FIVE)
    dossier = convene(made)
    for code in FIVE[1:]:
        say(made, code, "meeting.leave", dossier)
    made.settle()
    node = made[RABAT].node
    offered = actions_for(node, open_scope(node, DESK), dossier)
    assert (offered["primary"], offered["secondary"]) == ([], [])
    with pytest.raises(Refusal) as refused:
        say(made, RABAT, "meeting.cancel", dossier)
    assert refused.value.code == "no_receiver"
    require_at_rest(made)


WORDS = ("minutes_point", "decision", "agree", "approve", "approve", "withdraw_approval", "translation", "delegation", "action", "leave")


@pytest.mark.parametrize("seed", range(4))
def test_over_rough_wires_and_through_crashes_all_who_stay_come_to_one_truth(seed: int) -> None:
    rng = random.Random(seed)
    made = federation(*FIVE, seed=seed)
    dossier = convene(made)
    made.set_faults(ROUGH)
    for turn in range(45):
        author, word = rng.choice(FIVE), rng.choice(WORDS)
        if rng.random() < 0.15:
            made.crash(author, at=rng.choice(sorted(POINTS)))
        _say_what_is_offered(made, author, dossier, word if turn % 4 or word != "leave" else "agree", rng)
        for _ in range(rng.randint(0, 6)):
            made.exchange(*rng.sample(FIVE, 2))
    made.heal()
    made.settle()
    here = [code for code in FIVE if code not in _left(made, dossier)]
    assert len({bytes(_cursor(made, code, dossier)) for code in here}) <= 1
    require_at_rest(made)
    _require_nothing_reached_who_had_left(made, dossier)


def _say_what_is_offered(made: Federation, code: str, dossier: DossierId, type: str, rng: random.Random) -> None:
    """What the node offers is taken, with what a person would choose; what it does not offer is not tried."""
    node = made[code].node
    offered = actions_for(node, open_scope(node, DESK), dossier)
    found = next((one for group in ("primary", "secondary") for one in offered[group] if one["type"] == type), None)
    if found is None:
        return
    chosen = {name: rng.choice(ids) for name, ids in found["choices"].items() if name in ("session", "version", "hash") and ids}
    own: dict[str, dict[str, Any]] = {
        "minutes_point": {"language": "fr"},
        "decision": {"language": "fr", "area": "drugs", "due": 1, "owner": rng.choice(FIVE)},
        "translation": {"language": "ar"},
        "delegation": {"members": 2},
        "action": {"due": 1},
    }
    try:
        say(made, code, f"meeting.{type}", dossier, coded={**own.get(type, {}), **chosen})
    except Crash:
        return


def _left(made: Federation, dossier: DossierId) -> set[str]:
    return {str(agency) for code in FIVE for agency in KIND.departed(state(made, code, dossier))}


def _cursor(made: Federation, code: str, dossier: DossierId) -> bytes:
    row = made[code].journal.read(lambda reading: reading.dossier(dossier))
    assert row is not None
    return row.cursor


def _require_nothing_reached_who_had_left(made: Federation, dossier: DossierId) -> None:
    """Nobody who held a leaving when it spoke named the one that left among its receivers."""
    for code in FIVE:
        entries = made[code].journal.read(lambda reading: reading.entries([one.id for one in reading.dossier_entries(dossier)]))
        leaves = {row.id: row.author for row in entries.values() if row.type == "leave"}
        for row in entries.values():
            header = parse_header(row.header)
            gone = {leaves[id] for id in header.after if id in leaves}
            assert not gone & set(header.audience)
