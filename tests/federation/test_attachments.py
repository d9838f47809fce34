# SPDX-License-Identifier: EUPL-1.2
"""Files between agencies whose wires lose, double, delay and change messages, whose partners go away and whose nodes
crash or are restored: every receiver has the same file in the end, and nobody else has a byte of it.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amana.node.access import open_scope
from amana.node.attachments import load_attachment
from amana.protocol.attachment import CHUNK
from amana.protocol.identifiers import DossierId, EntryId
from amana.simulation.agency import DESK
from amana.simulation.crashes import Crash
from amana.simulation.federation import Federation
from amana.simulation.wires import ROUGH, Fate
from tests.federation.acts import PARIS, RABAT, TEMARA, allied, ask, require_at_rest, say, shown
from tests.node.attachments.files import attached

CONTENT = bytes(range(32, 127)) * 2_100  # four chunks
USUAL = settings.get_profile(settings.get_current_profile_name())


def opened(made: Federation, code: str, entry: bytes, place: int = 0) -> bytes:
    node = made[code].node
    return load_attachment(node, open_scope(node, DESK), EntryId(entry), place)[2]


def states(made: Federation, code: str, dossier: DossierId) -> list[str]:
    entries = shown(made, code, dossier)["entries"]
    return [one["state"] for entry in entries for one in entry.get("attachments", ())]


def pending(made: Federation, code: str) -> dict[str, int]:
    kinds = ("attachment_wanted", "attachment_offered")
    return {kind: found for kind in kinds if (found := made[code].journal.read(lambda r, kind=kind: len(r.records(kind))))}  # type: ignore[misc]  # a default binds the loop's value


@settings(USUAL, max_examples=max(10, USUAL.max_examples // 5))
@given(seed=st.integers(0, 2**32), sizes=st.lists(st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 200_000]), min_size=1, max_size=3))
def test_over_wires_that_do_everything_wrong_each_gets_the_same_files(seed: int, sizes: list[int]) -> None:
    made = allied(RABAT, PARIS, TEMARA, seed=seed)
    made.set_faults(ROUGH)
    files = [attached(f"{number}.txt", bytes([97 + number]) * size) for number, size in enumerate(sizes)]
    dossier = ask(made, RABAT, PARIS, TEMARA, attachments=files)
    made.settle()
    made.heal()
    made.settle()
    for code in (RABAT, PARIS, TEMARA):
        for place, size in enumerate(sizes):
            assert opened(made, code, dossier, place) == bytes([97 + place]) * size
        assert pending(made, code) == {}
    require_at_rest(made)


@pytest.mark.parametrize("caller", [RABAT, PARIS])
def test_files_go_both_ways_where_one_side_can_only_be_called(caller: str) -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS, attachments=[attached("hin.txt", CONTENT)])
    called = PARIS if caller == RABAT else RABAT
    for _ in range(3):
        made.exchange(caller, called)
    back = say(
        made, PARIS, "information_request.part_answer", dossier, text="Voir pièce.", attachments=[attached("her.txt", CONTENT[::-1])]
    )
    for _ in range(8):
        made.exchange(caller, called)
        made.exchange_attachments(caller, called)
    assert (opened(made, PARIS, dossier), opened(made, RABAT, back)) == (CONTENT, CONTENT[::-1])
    assert (pending(made, RABAT), pending(made, PARIS)) == ({}, {})


def test_a_partner_that_goes_away_meanwhile_gets_the_rest_when_it_is_back() -> None:
    made = allied(RABAT, PARIS)
    big = b"z" * (70 * CHUNK)  # more than one message holds
    dossier = ask(made, RABAT, PARIS, attachments=[attached("groß.txt", big)])
    made.exchange(RABAT, PARIS)
    made.exchange(RABAT, PARIS)
    made.exchange_attachments(PARIS, RABAT)
    held = made[PARIS].journal.read(lambda reading: reading.chunk_count(dossier, 0))
    assert 0 < held < 70
    made.partition({PARIS}, {RABAT})
    for _ in range(5):
        made.settle()
        made.advance(3_600_000)
    made.crash(PARIS)
    made.crash(RABAT)
    found = made[PARIS].verify()
    assert (found.first_failure, found.attachments, found.incomplete) == (None, 1, 1)
    made.heal()
    turn = made[PARIS].exchange.attachments.open_turn(made[RABAT].code)
    assert turn is not None
    assert [want.next for want in turn.carried.wants] == [held]  # it goes on where it was
    made.settle()
    assert opened(made, PARIS, dossier) == big
    require_at_rest(made)


def test_the_receipt_of_the_entry_does_not_wait_for_the_file() -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS, attachments=[attached("a.txt", CONTENT)])
    made.exchange(RABAT, PARIS)
    made.exchange(RABAT, PARIS)
    assert [one["state"] for one in shown(made, RABAT, dossier)["entries"][0]["delivery"]] == ["delivered"]
    assert states(made, PARIS, dossier) == ["incoming"]


@pytest.mark.parametrize("victim", [RABAT, PARIS])
@pytest.mark.parametrize(
    "point", ["attachments.chunks_verified", "attachments.chunks_stored", "journal.before_commit", "journal.after_commit"]
)
@pytest.mark.parametrize("passes", [0, 1, 2])
def test_a_crash_in_the_middle_loses_nothing(victim: str, point: str, passes: int) -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS, attachments=[attached("a.txt", b"a" * 130 * CHUNK), attached("b.txt", CONTENT)])
    made.crash(victim, at=point, passes=passes)
    made.settle()
    made.heal()
    made.settle()
    assert opened(made, PARIS, dossier, 1) == CONTENT
    assert (pending(made, RABAT), pending(made, PARIS)) == ({}, {})
    require_at_rest(made)


def test_nothing_is_said_where_nothing_is_wanted() -> None:
    made = allied(RABAT, PARIS)
    ask(made, RABAT, PARIS, attachments=[attached("a.txt", CONTENT)])
    made.settle()
    for code, other in ((RABAT, PARIS), (PARIS, RABAT)):
        made.crash(code)
        assert made.exchange_attachments(code, other) is False


def test_a_restored_receiver_asks_again() -> None:
    made = allied(RABAT, PARIS)
    before = made.checkpoint(PARIS)
    dossier = ask(made, RABAT, PARIS, attachments=[attached("a.txt", CONTENT)])
    made.settle()
    made.restore(PARIS, before)
    made.settle()
    made.exchange(PARIS, RABAT)
    made.settle()
    assert opened(made, PARIS, dossier) == CONTENT
    require_at_rest(made)


def test_a_restored_author_gets_its_own_file_back_from_who_received_it() -> None:
    made = allied(RABAT, PARIS, TEMARA)
    before = made.checkpoint(RABAT)
    dossier = ask(made, RABAT, PARIS, TEMARA, attachments=[attached("a.txt", CONTENT)])
    made.settle()
    made.restore(RABAT, before)
    made.exchange(RABAT, PARIS)
    made.settle()
    assert opened(made, RABAT, dossier) == CONTENT
    assert made[RABAT].verify().first_failure is None


def test_no_byte_of_a_file_of_two_is_at_a_third() -> None:
    made = allied(RABAT, PARIS, TEMARA)
    dossier = ask(made, RABAT, PARIS, attachments=[attached("a.txt", CONTENT)])
    made.settle()
    assert opened(made, PARIS, dossier) == CONTENT
    assert made[TEMARA].journal.read(lambda reading: reading.files()) == []


def test_what_was_erased_comes_back_to_nobody() -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, PARIS, RABAT)
    made.settle()
    answer = say(made, RABAT, "information_request.answer", dossier, text="Voilà.", attachments=[attached("a.txt", CONTENT)])
    made.exchange(RABAT, PARIS)
    made.exchange(RABAT, PARIS)
    made.exchange_attachments(PARIS, RABAT, fate=Fate.RESPONSE_LOST)
    recall = say(made, RABAT, "information_request.recall_request", dossier, coded={"code": "incorrect", "entry": answer.hex()})
    made.exchange(RABAT, PARIS)
    made.exchange(RABAT, PARIS)
    say(made, PARIS, "information_request.recall_answer", dossier, coded={"code": "erased", "recall": recall.hex()})
    made.settle()
    assert made[PARIS].journal.read(lambda reading: reading.files()) == []
    assert pending(made, PARIS) == {}
    require_at_rest(made)


def test_an_act_with_a_file_that_crashes_is_whole_or_absent() -> None:
    for point, kept in (("journal.before_commit", False), ("journal.after_commit", True)):
        made = allied(RABAT, PARIS)
        made.crash(RABAT, at=point)
        with pytest.raises(Crash):
            ask(made, RABAT, PARIS, attachments=[attached("a.txt", CONTENT)])
        files: list[Any] = made[RABAT].journal.read(lambda reading: reading.files())
        assert bool(files) is kept
        assert made[RABAT].verify().first_failure is None
        made.settle()
        require_at_rest(made)
