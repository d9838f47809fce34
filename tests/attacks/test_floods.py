# SPDX-License-Identifier: EUPL-1.2
"""Floods: what one sender can make a node keep is bounded, or shown to the administrator by name."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers import fold
from amana.dossiers.information_request.entries import Supplement
from amana.node.quarantine import SAMPLE_OF_ANYBODY
from amana.protocol.entry import entry_id
from amana.protocol.envelope import Slot
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId
from amana.protocol.sync import Notice
from tests.federation.acts import PARIS, RABAT, TEMARA
from tests.node.hostile import Forge, forge
from tests.node.journals import dump

ANYBODYS = 400  # more than any hour's records


def flood(f: Forge, wire: bytes) -> None:
    for number in range(ANYBODYS):
        with pytest.raises(PeerFault):
            f.victim.exchange.answer(wire + number.to_bytes(2, "big"))


def false_step(f: Forge) -> bytes:
    """A request that its sender signed, with a step that does not follow."""
    step = f.step([f.entry()], keys=f.villain.keys.request)
    return f.request(f.offer(f.parcel(step=step, envelope=b"\xa0")))


def test_nobody_hides_a_partners_faults_behind_a_flood() -> None:
    f = forge()
    flood(f, b"\xff" * 100)
    assert f.health()["quarantine_uncounted"] > 0
    f.victim.exchange.answer(false_step(f))
    assert f.health()["quarantine"][-1]["claimed"] == RABAT


def test_nobody_hides_a_partners_faults_by_repeating_what_it_sent() -> None:
    """A request that was overheard is refused as replayed, and counts as anybody's."""
    f = forge()
    overheard = f.request(f.offer())
    f.victim.exchange.answer(overheard)
    for _ in range(ANYBODYS):
        with pytest.raises(PeerFault, match="replayed"):
            f.victim.exchange.answer(overheard)
    f.victim.exchange.answer(false_step(f))
    assert f.health()["quarantine"][-1]["code"] == "key_id"


def test_a_partner_hides_nobody_elses_faults_behind_its_own() -> None:
    f = forge()
    for _ in range(ANYBODYS // 2):
        f.victim.exchange.answer(false_step(f))
    uncounted = f.health()["quarantine_uncounted"]
    assert uncounted > 0
    other = Forge(made=f.made, villain=f.made[TEMARA], victim=f.made[PARIS], dossier=f.dossier)
    wire = other.request(other.offer(run=2))
    other.victim.exchange.answer(wire)
    assert f.health()["quarantine"][-1]["claimed"] == TEMARA
    assert f.health()["quarantine_uncounted"] == uncounted


def test_of_what_anybody_could_have_sent_little_is_kept() -> None:
    f = forge()
    before = len(dump(f.victim.journal)["local"])
    flood(f, b"\xff" * 1_000_000)
    kept = [row.content for row in dump(f.victim.journal)["local"].values() if row.type == "quarantined"]
    assert len(dump(f.victim.journal)["local"]) - before == f.victim.settings.quarantine_per_hour
    assert max(map(len, kept)) < SAMPLE_OF_ANYBODY + 1024


def test_how_much_each_partner_has_sent_is_shown() -> None:
    f = forge()
    before = received(f)
    assert f.send(*[f.entry(previous=b"\x01" * 32) for _ in range(300)]) is Notice.NONE  # they wait for ever
    assert received(f) == before + 300


def test_a_crowd_of_waiting_entries_is_not_looked_at_for_each_that_comes() -> None:
    """Many entries that name the same missing ones: each that comes wakes few of them, and all are placed in the end."""
    f = forge()
    missing = [f.entry(text=str(number), previous=b"", made_at=f.made.timeline.now + number) for number in range(12)]
    after = tuple(sorted(EntryId(entry_id(slot.header_bytes)) for slot in missing))
    f.send(*[f.entry(after=after, previous=b"") for _ in range(240)])
    awaited = [len(f.victim.journal.read(lambda reading, id=id: reading.waiting_for([id]))) for id in after]  # type: ignore[misc]  # a default binds the loop's value
    assert sum(awaited) == 240
    assert max(awaited) <= 120
    for number, slot in enumerate(missing):
        f.send(slot)
        if number in (3, 8):
            assert f.victim.verify().first_failure is None
    assert f.victim.journal.read(lambda reading: reading.waiting_in(f.dossier)) == []
    f.victim.rebuild()
    assert f.victim.verify().first_failure is None


def received(f: Forge) -> int:
    return int(next(one["received_entries"] for one in f.health()["partners"] if one["code"] == RABAT))


def test_what_was_set_aside_is_shown_by_sender() -> None:
    f = forge()
    f.send(f.entry(author=TEMARA), f.entry(author=PARIS, audience=(RABAT,)), Slot(header_bytes=b"\xff", body_bytes=b"x"))
    aside = {one["code"]: one["set_aside"] for one in f.health()["partners"]}
    assert aside == {RABAT: 3, TEMARA: 0}


def test_a_dossier_of_many_invented_parties_and_audiences_stays_small() -> None:
    """What every later entry reads and writes again is bounded, however many audiences a partner makes up."""
    f = forge()
    opening = f.opening()
    invented = [AgencyCode(f"z{number:02d}.{'y' * 27}") for number in range(62)]
    everybody = tuple(sorted([*invented, PARIS]))
    said: dict[str, Any] = {"marking": opening.marking, "previous": b""}
    slot = f.entry(type="request", coded=opening.coded, rules=1, dossier=b"", audience=everybody, **said)
    f.send(slot)
    dossier = entry_id(slot.header_bytes)
    for start in range(0, 400, 40):
        audiences = [tuple(sorted({PARIS, *invented[: 20 + (start + number) % 41], invented[-1 - number]})) for number in range(40)]
        f.send(*[f.entry(text="", dossier=dossier, audience=audience, **said) for audience in audiences])
    row = f.victim.journal.read(lambda reading: reading.dossier(DossierId(dossier)))
    assert row is not None
    assert row.count > 64
    assert len(row.cursor) < 160_000


def test_long_coded_values_are_not_kept_in_memory() -> None:
    """What was parsed once is kept for equal bytes; a partner could fill the memory with bytes of its own."""
    before = fold._kept.cache_info().currsize
    for number in range(200):
        fold.parse_coded(number.to_bytes(4, "big") * 8_000, Supplement)
    assert fold._kept.cache_info().currsize == before
    assert (fold._kept.cache_info().maxsize or 0) * fold.KEPT_BYTES < 16 * 1024 * 1024
