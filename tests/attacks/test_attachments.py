# SPDX-License-Identifier: EUPL-1.2
"""Attachments under attack: who asks for what is not his, who gives what is not the file, who never stops.

What is said comes from `tests.attacks.talking`: a partner with its own keys that says what it likes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from amana.node.actions.administer import set_suspended
from amana.node.attachments.staging import Prepared, stage_prepared
from amana.node.ports import FileRow
from amana.protocol.attachment import CHUNK, seal_chunks
from amana.protocol.attachment_exchange import (
    MAX_GIVES,
    Cannot,
    Carried,
    Give,
    Offered,
    Want,
    seal_attachment_request,
)
from amana.protocol.canonical import encode
from amana.protocol.entry import Attachment
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import Digest, EntryId
from amana.protocol.sync import Notice, seal_request
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation
from tests.attacks.talking import Talk, talk
from tests.federation.acts import PARIS, RABAT, TEMARA, allied, ask, require_at_rest, say, shown
from tests.node.attachments.files import attached
from tests.node.journals import dump, without_quarantine

LONG = b"x" * (2 * CHUNK + 7)  # three chunks


@pytest.fixture
def made() -> Federation:
    return allied(RABAT, PARIS, TEMARA)


def sent(made: Federation, *to: str, content: bytes = LONG) -> EntryId:
    """A request of Rabat with one file, delivered; the file is not fetched yet."""
    dossier = ask(made, RABAT, *to, attachments=[attached("a.txt", content)])
    for code in to:
        made.exchange(RABAT, code)
        made.exchange(RABAT, code)
    return EntryId(dossier)


# -- who asks -----------------------------------------------------------------------------------------------


def test_only_who_may_read_an_entry_gets_its_chunks(made: Federation) -> None:
    entry = sent(made, PARIS)
    assert len(talk(made, PARIS, RABAT).ask(entry).gives) == 3
    refused = talk(made, TEMARA, RABAT).ask(entry)
    assert (refused.gives, refused.cannot) == ((), (Cannot(entry=entry, place=0),))


def test_erased_unknown_and_forbidden_look_alike(made: Federation) -> None:
    entry = sent(made, PARIS)
    dossier = ask(made, PARIS, RABAT)
    made.settle()
    answer = say(made, RABAT, "information_request.answer", dossier, text="Voilà.", attachments=[attached("b.txt", b"b")])
    made.settle()
    made[RABAT].journal.write(lambda writing: writing.void_entries([(EntryId(answer), "erased")]))
    for speaker, named, place, start in (
        (TEMARA, entry, 0, 0),
        (PARIS, answer, 0, 0),
        (PARIS, bytes(32), 0, 0),
        (PARIS, entry, 1, 0),
        (PARIS, entry, 0, 3),
    ):
        got = talk(made, speaker, RABAT).ask(named, place, start)
        assert (got.gives, got.cannot) == ((), (Cannot(entry=EntryId(named), place=place),))


def test_a_holder_gives_back_to_the_author_and_to_other_readers_and_to_nobody_else(made: Federation) -> None:
    entry = sent(made, PARIS)
    made.settle()
    assert len(talk(made, RABAT, PARIS).ask(entry).gives) == 3
    assert talk(made, TEMARA, PARIS).ask(entry).gives == ()


@pytest.mark.parametrize("by", [RABAT, PARIS])
def test_a_suspended_partner_gets_and_brings_nothing(made: Federation, by: str) -> None:
    entry = sent(made, PARIS)
    set_suspended(made[by].node, made[PARIS if by == RABAT else RABAT].code, suspended=True)
    before = made[PARIS].journal.read(lambda reading: reading.files())
    if by == RABAT:
        notice, carried = talk(made, PARIS, RABAT).say(Carried(wants=(Want(next=0, entry=entry, place=0),)))
    else:
        there = talk(made, RABAT, PARIS)
        notice, carried = there.give(entry, *enumerate(there.true_chunks(entry)))
    assert (notice, carried) == (Notice.SUSPENDED, Carried())
    assert made[PARIS].journal.read(lambda reading: reading.files()) == before
    assert made[by].exchange.attachments.open_turn(made[PARIS if by == RABAT else RABAT].code) is None


def test_after_the_resumption_it_goes_on(made: Federation) -> None:
    entry = sent(made, PARIS)
    set_suspended(made[RABAT].node, made[PARIS].code, suspended=True)
    made.settle()
    assert talk(made, RABAT, PARIS).held(entry) == 0
    set_suspended(made[RABAT].node, made[PARIS].code, suspended=False)
    made.settle()
    assert talk(made, RABAT, PARIS).held(entry) == 3


FALSE_REQUESTS: dict[str, Callable[[Talk, bytes], bytes]] = {
    "garbage": lambda _, __: b"\xff" * 50,
    "a request of the other exchange": lambda t, c: seal_request(t.speaker.keys.request, t.head(c), c),
    "other keys": lambda t, c: seal_attachment_request(t.listener.keys.request, t.head(c), c),
    "another sender": lambda t, c: t.request(c, sender=TEMARA),
    "an unknown sender": lambda t, c: t.request(c, sender="es.cnp"),
    "another receiver": lambda t, c: t.request(c, receiver=TEMARA),
    "another hash": lambda t, c: t.request(c, offer=Digest(bytes(32))),
    "a step": lambda t, c: t.request(c, step=bytes(32)),
    "no form": lambda t, _: t.request(b"\xa1\x01\x02"),
    "too much": lambda t, _: t.request(
        encode(Carried(gives=(Give(entry=EntryId(bytes(32)), index=0, place=0, sealed=bytes(CHUNK + 16)),) * 63))
    ),
}


@pytest.mark.parametrize("case", FALSE_REQUESTS)
def test_a_request_that_is_false_is_refused_and_changes_nothing(made: Federation, case: str) -> None:
    sent(made, PARIS)
    there = talk(made, RABAT, PARIS)
    before = without_quarantine(dump(made[PARIS].journal))
    with pytest.raises(PeerFault):
        made[PARIS].exchange.answer_attachments(FALSE_REQUESTS[case](there, encode(Carried())))
    assert without_quarantine(dump(made[PARIS].journal)) == before
    assert made[PARIS].journal.read(lambda reading: len(reading.records("quarantine"))) == 1


def test_neither_exchange_takes_the_others_messages(made: Federation) -> None:
    entry = sent(made, PARIS)
    turn = made[PARIS].exchange.attachments.open_turn(made[RABAT].code)
    assert turn is not None
    assert turn.carried.wants == (Want(next=0, entry=entry, place=0),)
    with pytest.raises(PeerFault):
        made[RABAT].exchange.answer(turn.wire)
    ordinary = made[PARIS].exchange.open_turn(made[RABAT].code, always=True)
    assert ordinary is not None
    with pytest.raises(PeerFault):
        made[RABAT].exchange.answer_attachments(ordinary.wire)


def test_a_replayed_request_is_refused_and_an_old_one_is_challenged(made: Federation) -> None:
    there = talk(made, PARIS, RABAT)
    wire = there.request(Carried())
    made[RABAT].exchange.answer_attachments(wire)
    with pytest.raises(PeerFault, match="replayed"):
        made[RABAT].exchange.answer_attachments(wire)
    made.timeline.advance(3_600_000)
    assert there.say(Carried(), time=made.timeline.now - 3_600_000)[0] is Notice.CHALLENGE


def test_an_answer_to_one_request_answers_no_other(made: Federation) -> None:
    entry = sent(made, PARIS)
    attachments = made[PARIS].exchange.attachments
    first = attachments.open_turn(made[RABAT].code)
    assert first is not None
    answer = made[RABAT].exchange.answer_attachments(first.wire)
    second = attachments.open_turn(made[RABAT].code)
    assert second is not None
    assert not attachments.close_turn(second, answer)
    assert talk(made, RABAT, PARIS).held(entry) == 0
    assert attachments.close_turn(first, answer)
    assert talk(made, RABAT, PARIS).held(entry) == 3


# -- who gives ----------------------------------------------------------------------------------------------


def test_chunks_in_any_order_with_any_repetition_give_the_same_file(made: Federation) -> None:
    entry = sent(made, PARIS)
    there = talk(made, RABAT, PARIS)
    one, two, three = there.true_chunks(entry)
    for count, chunks in (
        (0, [(2, three)]),
        (0, [(1, two), (2, three)]),
        (1, [(0, one), (0, one)]),
        (1, [(2, three)]),
        (3, [(1, two), (1, two), (2, three)]),
    ):
        assert there.give(entry, *chunks)[0] is Notice.NONE
        assert there.held(entry) == count
    made.settle()
    assert shown(made, PARIS, entry)["entries"][0]["attachments"][0]["state"] == "here"  # type: ignore[arg-type]  # the opening entry names its dossier
    require_at_rest(made)


FALSE_CHUNKS: dict[str, Callable[[list[bytes]], tuple[int, bytes]]] = {
    "a changed bit": lambda true: (0, true[0][:-1] + bytes([true[0][-1] ^ 1])),
    "a shorter chunk": lambda true: (0, true[0][:-1]),
    "another chunk in its place": lambda true: (0, true[1]),
    "the last in the place of the first": lambda true: (0, true[2]),
    "a number beyond the end": lambda true: (3, true[2]),
    "a bare tag": lambda true: (0, true[0][-16:]),
}


@pytest.mark.parametrize("case", FALSE_CHUNKS)
def test_a_chunk_that_is_false_spoils_its_message_and_nothing_else(made: Federation, case: str) -> None:
    entry = sent(made, PARIS)
    there = talk(made, RABAT, PARIS)
    true = there.true_chunks(entry)
    notice, _ = there.give(entry, FALSE_CHUNKS[case](true), *enumerate(true))
    assert (notice, there.held(entry)) == (Notice.NO_RECEIPT, 0)
    quarantined = made[PARIS].journal.read(lambda reading: reading.records("quarantine"))
    assert b"attachment_chunk" in quarantined[-1].value
    made.settle()
    assert there.held(entry) == 3
    require_at_rest(made)


def test_a_partner_cannot_give_what_another_is_asked_for(made: Federation) -> None:
    entry = sent(made, PARIS, TEMARA)
    made.exchange_attachments(RABAT, TEMARA)
    made.exchange_attachments(RABAT, TEMARA)
    there = talk(made, TEMARA, PARIS)
    assert len(there.true_chunks(entry)) == 3
    there.give(entry, *enumerate(there.true_chunks(entry)))
    assert there.held(entry) == 0


def test_nobody_gives_up_or_takes_for_another(made: Federation) -> None:
    entry = sent(made, PARIS, TEMARA)
    named = (Offered(entry=entry, place=0),)
    talk(made, TEMARA, PARIS).say(Carried(cannot=(Cannot(entry=entry, place=0),)))
    talk(made, TEMARA, RABAT).say(Carried(done=named))
    assert len(made[PARIS].journal.read(lambda reading: reading.records("attachment_wanted"))) == 1
    assert len(made[RABAT].journal.read(lambda reading: reading.records("attachment_offered"))) == 1
    assert [row.key.startswith(b"fr.dgpn") for row in made[RABAT].journal.read(lambda reading: reading.records("attachment_offered"))] == [
        True
    ]


def false_file(made: Federation, content: bytes, *, type: str = "text/plain", **changed: Any) -> EntryId:
    """A request of Rabat with a file of which its body says what Rabat's node would not let it say."""
    digest = Digest(hashlib.sha256(content).digest())
    parts: dict[str, Any] = {"key": bytes(range(32)), "name": "a", "size": len(content), "type": type, "sha256": digest}
    said = Attachment(**(parts | changed))
    prepared = Prepared(token=bytes(16), attachment=said, chunks=tuple(seal_chunks(said, content)))
    node = made[RABAT].node
    node.journal.write(lambda writing: stage_prepared(writing, node, DESK, prepared))
    return EntryId(ask(made, RABAT, PARIS, attachments=[{"staged": bytes(16).hex()}]))


def test_a_file_that_is_not_what_its_entry_says_is_destroyed_and_its_author_told(made: Federation) -> None:
    entry = false_file(made, b"ten octets", sha256=Digest(bytes(32)))
    made.settle()
    there = talk(made, RABAT, PARIS)
    assert there.held(entry) == 0
    (found,) = shown(made, PARIS, entry)["entries"][0]["attachments"]  # type: ignore[arg-type]  # the opening entry names its dossier
    assert found["state"] == "damaged"
    told = [row for rows in [made[RABAT].journal.read(lambda reading: reading.entries_by_arrival(0, 99))] for _, row in rows]
    assert [row.type for row in told if row.author == PARIS and row.kind == "partnership"] == ["disposition"]
    require_at_rest(made, [PARIS])


@pytest.mark.parametrize("content", [b"MZ" + bytes(90), b"<html><script>1</script>"], ids=["a program", "a page"])
def test_a_file_of_another_type_is_kept_and_marked(made: Federation, content: bytes) -> None:
    entry = false_file(made, content, type="text/plain", name="../\u202ea")
    made.settle()
    (found,) = shown(made, PARIS, entry)["entries"][0]["attachments"]  # type: ignore[arg-type]  # as above
    assert (found["state"], found["type_matches"], found["name"]) == ("here", False, "..__a")
    require_at_rest(made)


def test_what_will_not_be_given_is_asked_for_no_more(made: Federation) -> None:
    entry = sent(made, PARIS)
    talk(made, RABAT, PARIS).say(Carried(cannot=(Cannot(entry=entry, place=0),)))
    assert made[PARIS].exchange.attachments.open_turn(made[RABAT].code) is None
    (found,) = shown(made, PARIS, entry)["entries"][0]["attachments"]  # type: ignore[arg-type]  # as above
    assert found["state"] == "unavailable"


# -- who never stops ----------------------------------------------------------------------------------------


def test_one_message_holds_no_more_than_it_may_whatever_is_asked(made: Federation) -> None:
    files = [attached(f"{number}.txt", b"y" * 4_000_000) for number in range(3)]
    entry = EntryId(ask(made, RABAT, PARIS, attachments=files))
    made.exchange(RABAT, PARIS)
    wants = tuple(Want(next=0, entry=entry, place=place) for place in range(3))
    _, carried = talk(made, PARIS, RABAT).say(Carried(wants=wants * 5))
    assert len(carried.gives) == MAX_GIVES


def test_chunks_that_nobody_asked_for_are_not_kept(made: Federation) -> None:
    there = talk(made, RABAT, PARIS)
    before = dump(made[PARIS].journal)
    gives = tuple(Give(entry=EntryId(bytes([n]) * 32), index=0, place=0, sealed=bytes(CHUNK + 16)) for n in range(MAX_GIVES))
    named = tuple(Offered(entry=EntryId(bytes([n]) * 32), place=0) for n in range(16))
    cannot = tuple(Cannot(entry=one.entry, place=0) for one in named)
    for _ in range(5):
        assert there.say(Carried(gives=gives))[0] is Notice.NONE
        assert there.say(Carried(done=named, cannot=cannot, offers=named))[1] == Carried()
    assert dump(made[PARIS].journal) == before


def test_false_chunks_without_end_fill_no_quarantine(made: Federation) -> None:
    entry = sent(made, PARIS)
    there = talk(made, RABAT, PARIS)
    for _ in range(150):
        there.give(entry, (0, bytes(CHUNK + 16)))
    assert made[PARIS].journal.read(lambda reading: len(reading.records("quarantine"))) == 120
    assert made[PARIS].exchange.quarantine.uncounted == 30


def test_a_partner_that_answers_and_gives_nothing_is_asked_ever_more_seldom(made: Federation) -> None:
    entry = sent(made, PARIS)
    made[RABAT].journal.write(lambda writing: writing.destroy_chunks([(entry, 0)]))  # it lost what it has promised
    attachments, asked = made[PARIS].exchange.attachments, 0
    for _ in range(3600):
        made.timeline.advance(1000)
        turn = attachments.open_turn(made[RABAT].code)
        if turn is not None:
            asked += 1
            attachments.close_turn(turn, made[RABAT].exchange.answer_attachments(turn.wire))
    assert 5 < asked < 25


def test_what_is_stuck_does_not_keep_the_rest_waiting(made: Federation) -> None:
    stuck = [sent(made, PARIS, content=bytes([65 + number])) for number in range(20)]
    made[RABAT].journal.write(lambda writing: writing.destroy_chunks([(entry, 0) for entry in stuck]))
    free = sent(made, PARIS, content=b"free")
    for _ in range(8):
        made.exchange_attachments(PARIS, RABAT)
    assert made[PARIS].journal.read(lambda reading: reading.files()) == [FileRow(free, 0, 1, 0)]


def test_nothing_of_a_file_is_on_the_wire_in_clear(made: Federation) -> None:
    secret = "Le navire quitte Tanger à l'aube.".encode()
    entry = sent(made, PARIS, content=secret * 50)
    wires = []
    attachments = made[PARIS].exchange.attachments
    while (turn := attachments.open_turn(made[RABAT].code)) is not None:
        answer = made[RABAT].exchange.answer_attachments(turn.wire)
        wires += [turn.wire, answer]
        attachments.close_turn(turn, answer)
    assert talk(made, RABAT, PARIS).held(entry) == 1
    assert wires
    assert not any(secret[:12] in wire or b"a.txt" in wire or b"text/plain" in wire for wire in wires)
