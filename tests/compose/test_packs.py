# SPDX-License-Identifier: EUPL-1.2
"""A case leaves as a pack with its proofs, is verified with nothing but the file, and is read elsewhere and never changed."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from amana.compose.checking import rebuild_directory, verify_directory
from amana.compose.opening import OpenNode, open_node
from amana.compose.packing import show_pack, verify_pack_file
from amana.compose.verbs import VERBS
from amana.node.access import add_officer, open_scope
from amana.node.actions.act import act
from amana.node.local import OfficerAdded
from amana.node.packs.making import make_pack, preview_pack
from amana.node.packs.taking import load_packs, open_pack, remove_pack, take_pack
from amana.node.packs.unfolding import unfold_pack
from amana.node.queries.situation import count_situation
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import DossierId
from amana.protocol.pack import BODY, ENTRY, MAGIC, SEAL, Frame, read_frames, verify_pack, written_pack
from amana.storage.memory.journal import MemoryJournal
from tests.compose.pairs import PARIS, RABAT, both_open, exchange, make, make_partners
from tests.compose.test_sweeping import TERMS, found
from tests.federation.acts import DAY

NEXT = "es.cnp"
WORDS = ("Aiguille-Ligne", "Aiguille-Incident")  # what may speak of persons
KEPT = "Aiguille-Motif"  # the reason of a risk, which does not


class Held(NamedTuple):
    """Two nodes after an event, the event, and its pack for Rabat."""

    home: Path
    event: DossierId
    file: Path


def say(opened: OpenNode, action: str, **more: Any) -> Any:
    return act(opened.node, "desk", {"action": action, "language": "fr", **more})


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    home = tmp_path_factory.mktemp("packs")
    make_partners(home)
    with both_open(home) as (rabat, paris):
        agreement = say(rabat, "agreement.propose", to=[PARIS], title="Accord", coded=TERMS).dossier
        exchange(rabat, paris)
        say(paris, "agreement.consent", dossier=agreement.hex())
        exchange(rabat, paris)
        now = paris.node.clock.now()
        event = say(
            paris,
            "major_event.announce",
            to=[RABAT],
            title="Les Jeux",
            coded={"starts": now - DAY, "ends": now, "erase_on": now + 30 * DAY},
        ).dossier
        venue = say(
            paris,
            "major_event.venue",
            dossier=event.hex(),
            title="Stade",
            coded={"type": "stadium", "latitude": 4892000, "longitude": 236000},
        )
        risk = {"venue": venue.entry.hex(), "day": now // DAY * DAY, "threat": 4, "vulnerability": 3, "impact": 5}
        say(paris, "major_event.risk", dossier=event.hex(), text=KEPT, coded=risk)
        day = say(paris, "event_day.open", title="Journée", coded={"event": event.hex(), "day": now // DAY * DAY}).dossier
        exchange(rabat, paris)
        line = {"at": now - 1000, "category": "apprehension", "number": 2}
        for teller in (paris, rabat):
            say(teller, "event_day.line", dossier=day.hex(), text=WORDS[0], coded=line)
        incident = {"event": event.hex(), "at": now, "type": "theft", "urgency": "future", "severity": "minor", "certainty": "observed"}
        say(paris, "event_incident.report", title=WORDS[1], coded=incident)
        exchange(rabat, paris)
        made = make_pack(paris.node, open_scope(paris.node, "desk"), event, to=RABAT)
        file = home / "games.amana-pack"
        file.write_bytes(made.content)
    return Held(home=home, event=event, file=file)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A node that was never there."""
    make(tmp_path / NEXT, NEXT)  # type: ignore[arg-type]  # a code like those of `pairs`
    with open_node(tmp_path / NEXT) as opened:
        people = (
            ("desk", "supervisor", "desk"),
            ("officer", "desk", "desk"),
            ("apart", "desk", "drugs"),
            ("admin", "administrator", "desk"),
        )
        for account, role, unit in people:
            add_officer(opened.node, OfficerAdded(name="", role=role, units=(unit,), account=account, language="fr"))
    return tmp_path / NEXT


def frames_of(held: Held) -> list[Frame]:
    return list(read_frames(held.file.read_bytes()))


def test_a_file_is_verified_without_a_node(held: Held) -> None:
    shown = verify_pack_file(held.file)
    assert shown["ok"]
    assert (shown["by"], shown["to"], shown["kind"], shown["persons"]) == (PARIS, RABAT, "major_event", False)
    assert shown["entries"] == shown["cosigned"] == 7
    assert shown["dossiers"] == 3
    assert [agency["code"] for agency in shown["agencies"]] == [PARIS, RABAT]


def test_without_persons_no_word_that_may_speak_of_one_is_in_any_byte(held: Held) -> None:
    content = held.file.read_bytes()
    assert [word for word in (*WORDS, KEPT) if word.encode() in content] == [KEPT]
    assert verify_pack_file(held.file)["kept_bodies"] == {"persons": 3}


def test_whatever_byte_is_changed_the_pack_is_refused(held: Held) -> None:
    content = held.file.read_bytes()
    chosen = random.Random(5)
    places = {*range(len(MAGIC) + 16), len(content) - 1, *(chosen.randrange(len(content)) for _ in range(400))}
    at = len(MAGIC)
    for frame in frames_of(held):
        places |= {at, at + 4, at + 5, at + 5 + len(frame.content) // 2, at + 4 + len(frame.content)}
        at += 5 + len(frame.content)
    for place in sorted(places):
        changed = bytearray(content)
        changed[place] ^= 1 << chosen.randrange(8)
        with pytest.raises(PeerFault):
            verify_pack(read_frames(bytes(changed)))


@pytest.mark.parametrize("cut", [0, 1, 14, 5000, -1])
def test_a_pack_that_was_cut_is_refused(held: Held, cut: int) -> None:
    with pytest.raises(PeerFault):
        verify_pack(read_frames(held.file.read_bytes()[:cut]))


def test_no_frame_can_be_left_out_doubled_or_moved(held: Held) -> None:
    frames = frames_of(held)
    for place in range(len(frames)):
        for other in (
            frames[:place] + frames[place + 1 :],
            [*frames[: place + 1], *frames[place:]],
            [*frames[place:], *frames[:place]] if place else [*frames, frames[-1]],
        ):
            with pytest.raises(PeerFault):
                verify_pack(other)


def test_nobody_seals_again_what_he_changed(held: Held) -> None:
    frames = frames_of(held)
    place = next(place for place, frame in enumerate(frames) if frame.letter == ENTRY)
    without = [frame for number, frame in enumerate(frames) if number not in (place, place + 1)]
    with pytest.raises(PeerFault) as caught:
        verify_pack(without)
    assert caught.value.check == 3
    assert without[-1].letter == SEAL


def test_what_others_may_not_have_stays_and_says_why(held: Held) -> None:
    with open_node(held.home / PARIS) as paris:
        counts = preview_pack(paris.node, open_scope(paris.node, "desk"), held.event, to=NEXT)
    assert counts["kept_entries"] == {"third_party": 1}  # what Rabat wrote, under H2
    assert counts["entries"] == 6


def test_the_next_host_reads_the_same_figures_and_nothing_is_mixed(held: Held, other: Path) -> None:
    with open_node(held.home / PARIS) as paris:
        scope = open_scope(paris.node, "desk")
        content = make_pack(paris.node, scope, held.event, to=NEXT).content
        now = paris.node.clock.now()
        theirs = count_situation(paris.node, scope, held.event, now - DAY, now + DAY)["figures"]
    with open_node(other) as spain:
        scope = open_scope(spain.node, "officer")
        id = take_pack(spain.node, scope, content)
        pack = spain.journal.read(lambda reading: open_pack(reading, id))
        assert spain.journal.read(lambda reading: reading.dossiers()) == []
        with pytest.raises(Refusal, match="pack_known"):
            take_pack(spain.node, scope, content)
        journal = MemoryJournal()
        journal.write(lambda writing: unfold_pack(writing, pack, spain.node.code))
        reading = replace(spain.node, journal=journal)
        ours = count_situation(reading, scope, held.event, now - DAY, now + DAY)["figures"]
    assert ours == theirs | {"apprehensions": theirs["apprehensions"] - 2, "lines": theirs["lines"] - 1}  # without Rabat's line
    assert verify_directory(other)["ok"]
    rebuild_directory(other)
    assert verify_directory(other)["ok"]


def test_what_is_for_another_or_by_another_identity_is_not_taken(held: Held, other: Path, tmp_path: Path) -> None:
    with open_node(other) as spain, pytest.raises(Refusal, match="pack_for_other"):
        take_pack(spain.node, open_scope(spain.node, "desk"), held.file.read_bytes())
    with open_node(held.home / PARIS) as paris, pytest.raises(Refusal, match="pack_own"):
        take_pack(paris.node, open_scope(paris.node, "desk"), held.file.read_bytes())
    impostor = tmp_path / "impostor"
    make_partners(impostor)  # the same codes with other keys
    with open_node(impostor / RABAT) as rabat, pytest.raises(Refusal, match="pack_other_identity"):
        take_pack(rabat.node, open_scope(rabat.node, "desk"), held.file.read_bytes())


def test_a_body_goes_when_it_is_due_and_the_proofs_stay(held: Held, tmp_path: Path) -> None:
    with open_node(held.home / PARIS) as paris:
        content = make_pack(paris.node, open_scope(paris.node, "desk"), held.event, to=NEXT, persons=True).content
        now = paris.node.clock.now()
    make(tmp_path / NEXT, NEXT)  # type: ignore[arg-type]  # as above
    with open_node(tmp_path / NEXT) as spain:
        add_officer(spain.node, OfficerAdded(name="", role="supervisor", units=("desk",), account="desk", language="fr"))
        id = take_pack(spain.node, open_scope(spain.node, "desk"), content)
        assert found(tmp_path / NEXT, WORDS) == set(WORDS)
        assert VERBS["sweep"](spain, {"at": now + 31 * DAY})["erased"] == 2
        pack = spain.journal.read(lambda reading: open_pack(reading, id))
        assert show_pack(pack)["erased_here"] == 2
    assert found(tmp_path / NEXT, WORDS) == set()
    assert found(tmp_path / NEXT, (KEPT,)) == {KEPT}
    assert verify_directory(tmp_path / NEXT)["ok"]


def test_a_supervisor_removes_a_pack_and_no_byte_of_it_stays(held: Held, tmp_path: Path) -> None:
    with open_node(held.home / RABAT) as rabat:
        scope = open_scope(rabat.node, "desk")
        id = take_pack(rabat.node, scope, held.file.read_bytes())
        assert [one for one, _ in rabat.journal.read(load_packs)] == [id]
        remove_pack(rabat.node, scope, id)
        assert rabat.journal.read(load_packs) == []
        with pytest.raises(Refusal, match="not_found"):
            rabat.journal.read(lambda reading: open_pack(reading, id))
        assert take_pack(rabat.node, scope, held.file.read_bytes()) == id  # its maker may give it again
        remove_pack(rabat.node, scope, id)
        rabat.journal.truncate_wal()
    proof = next(frame.content for frame in frames_of(held) if frame.letter == BODY)
    assert verify_directory(held.home / RABAT)["ok"]
    assert written_pack(frames_of(held)) == held.file.read_bytes()
    assert proof


@pytest.mark.parametrize("account", ["apart", "admin"])
def test_who_is_not_of_the_desk_neither_brings_one_in_nor_lists_them(held: Held, other: Path, account: str) -> None:
    with open_node(other) as spain:
        with pytest.raises(Refusal, match="not_found"):
            take_pack(spain.node, open_scope(spain.node, account), held.file.read_bytes())
        with pytest.raises(Refusal, match="not_found"):
            VERBS["pack_list"](spain, {"officer": account})


@pytest.mark.parametrize("account", ["officer", "admin"])
def test_who_is_no_supervisor_neither_makes_nor_removes_one(other: Path, account: str) -> None:
    with open_node(other) as spain:
        scope = open_scope(spain.node, account)
        for attempt in (
            lambda: make_pack(spain.node, scope, DossierId(bytes(32))),
            lambda: remove_pack(spain.node, scope, DossierId(bytes(32))),
        ):
            with pytest.raises(Refusal, match=r"supervisor_only|not_found"):
                attempt()
