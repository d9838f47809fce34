# SPDX-License-Identifier: EUPL-1.2
"""Entries that do not belong, cannot be read, are not understood or not allowed: always receipted, never an error.

A receipt never depends on what an entry says. Each case tells what becomes of the entry here (`disposition`, and the
fold's `outcome` where it is folded) and what its author is told. Afterwards everything verifies and rebuilds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cbor2
import pytest

from amana.dossiers.fold import Cursor
from amana.dossiers.information_request.entries import Clarify
from amana.dossiers.partnership.state import PartnershipState
from amana.node.folding import partnership_home
from amana.node.ports import EntryRow
from amana.node.set_aside import disposition_code
from amana.protocol.canonical import encode, parse
from amana.protocol.entry import MAX_ENTRY, Body, entry_id
from amana.protocol.envelope import Slot, Void
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId
from amana.protocol.marking import LegalBasis, Level, Marking
from amana.protocol.sync import Notice
from tests.federation.acts import PARIS, RABAT, TEMARA, ask, say, shown
from tests.node.hostile import Forge, forge, later

Slots = Callable[[Forge], Slot]


def entry(**changed: Any) -> Slots:
    return lambda f: f.entry(**{name: value(f) if callable(value) else value for name, value in changed.items()})


def marked(**changed: Any) -> Slots:
    def make(f: Forge) -> Slot:
        basis = f.opening().marking.basis
        return f.entry(marking=Marking(**({"basis": basis, "codes": f.opening().marking.codes} | changed)))

    return make


def raw_header(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Slots:
    """The true header with other members, encoded canonically."""

    def make(f: Forge) -> Slot:
        slot = f.entry()
        return Slot(header_bytes=cbor2.dumps(change(cbor2.loads(slot.header_bytes)), canonical=True), body_bytes=slot.body_bytes)

    return make


def with_body(body: bytes) -> Slots:
    return lambda f: Slot(header_bytes=encode(f.header(body)), body_bytes=body)


def not_canonical(f: Forge) -> Slot:
    """A header whose audience, the last member but one, has its length in a longer form."""
    slot = f.entry()
    header = slot.header_bytes
    at = header.index(b"haudience") + 9
    return Slot(header_bytes=header[:at] + b"\x98\x01" + header[at + 1 :], body_bytes=slot.body_bytes)


def foreign_dossier(f: Forge) -> DossierId:
    """An open request between the victim and the third agency."""
    dossier = ask(f.made, PARIS, TEMARA)
    f.made.settle()
    return dossier


def longest(f: Forge) -> Slot:
    """Header and body together one byte too long, each by itself within its bounds."""
    body = encode(Body(nonce=bytes(16), text="x" * 199_000, detail=bytes(60_000)))
    header = encode(f.header(body))
    body = encode(Body(nonce=bytes(16), text="x" * 199_000, detail=bytes(60_000 + MAX_ENTRY + 1 - len(header) - len(body))))
    slot = Slot(header_bytes=encode(f.header(body)), body_bytes=body)
    assert len(slot.header_bytes) + len(slot.body_bytes) == MAX_ENTRY + 1
    return slot


# name: (slot, disposition here, outcome of the fold, told to the author)
CASES: dict[str, tuple[Slots, str, str, str]] = {
    "by another author": (entry(author=TEMARA), "foreign_author", "foreign_author", ""),
    "to another audience": (entry(audience=(TEMARA,)), "foreign_audience", "foreign_audience", ""),
    "of a run to come": (entry(run=2), "foreign_run", "foreign_run", ""),
    "in a dossier of others": (entry(dossier=foreign_dossier, previous=b""), "", "foreign_author", ""),
    "in no dossier known here": (entry(dossier=bytes(32), previous=b""), "", "waiting", ""),
    "to more than the parties": (entry(audience=(PARIS, TEMARA)), "", "foreign_audience", ""),
    "a fork in previous": (entry(previous=b""), "", "fork", ""),
    "following what is not here": (entry(previous=b"\x01" * 32), "", "waiting", ""),
    "of another kind": (entry(kind="agreement", type="consent"), "", "foreign_kind", ""),
    "a second opening": (entry(type="request"), "", "second_opening", ""),
    "a rules version where none belongs": (entry(rules=1), "", "second_opening", ""),
    "coded values not understood": (entry(coded=b"\xa0\xa0"), "", "not_understood", ""),
    "naming what is no ancestor": (
        entry(type="clarify", coded=encode(Clarify(question=EntryId(b"\x02" * 32)))),
        "",
        "not_after",
        "",
    ),
    "an opening of rules to come": (entry(type="request", dossier=b"", previous=b"", rules=9), "", "unknown_rules", ""),
    "an unknown kind": (
        entry(kind="private_check", type="propose", dossier=b"", previous=b""),
        "unknown_kind",
        "unknown_kind",
        "unknown_kind",
    ),
    "an unknown type": (entry(type="unheard_of"), "unknown_type", "unknown_type", "unknown_type"),
    "without a legal basis": (marked(basis=None), "no_legal_basis", "no_basis", "no_legal_basis"),
    "on an agreement that is none": (
        marked(basis=LegalBasis(article="1", agreement=bytes(32))),
        "no_legal_basis",
        "",
        "no_legal_basis",
    ),
    "on an article that is none": (
        lambda f: f.entry(marking=Marking(basis=LegalBasis(article="99", agreement=f.opening().marking.basis.agreement))),  # type: ignore[union-attr]  # every request has one
        "no_legal_basis",
        "",
        "no_legal_basis",
    ),
    "above the limit": (marked(level=Level.CONFIDENTIAL), "above_limit", "", "above_limit"),
    "above the limit, by another author": (
        lambda f: f.entry(author=TEMARA, marking=Marking(level=Level.SECRET)),
        "foreign_author",
        "foreign_author",
        "",
    ),
    "by a clock two days ahead": (entry(made_at=lambda f: later(f.made, 2)), "clock_off", "", ""),
    "by a clock two days behind": (entry(made_at=lambda f: later(f.made, -2)), "clock_off", "", ""),
    "a header that is no CBOR": (lambda f: Slot(header_bytes=b"\xff", body_bytes=b"x"), "unreadable", "unreadable", "unreadable"),
    "a header in another form": (not_canonical, "unreadable", "unreadable", "unreadable"),
    "a header with more": (raw_header(lambda loose: {**loose, "more": 1}), "unreadable", "unreadable", "unreadable"),
    "an audience unsorted": (raw_header(lambda loose: {**loose, "audience": [PARIS, PARIS]}), "unreadable", "unreadable", "unreadable"),
    "its author in its audience": (entry(audience=(PARIS, RABAT)), "unreadable", "unreadable", "unreadable"),
    "a header too long": (entry(coded=bytes(32_700)), "unreadable", "unreadable", "unreadable"),
    "a body that is none": (with_body(b"\xa0"), "body_unreadable", "", "unreadable"),
    "a body with a byte behind": (with_body(encode(Body(nonce=bytes(16))) + b"\0"), "body_unreadable", "", "unreadable"),
    "a body too long": (
        with_body(encode(Body(nonce=bytes(16), text="x" * 199_000, detail=bytes(65_000)))),
        "body_unreadable",
        "",
        "unreadable",
    ),
    "one byte too long": (longest, "body_unreadable", "", "unreadable"),
    "a partnership entry with a dossier": (entry(kind="partnership", type="resume"), "unreadable", "unreadable", "unreadable"),
    "a partnership entry out of turn": (
        entry(kind="partnership", type="resume", dossier=b"", previous=b"", coded=b"\xa0"),
        "",
        "not_suspended",
        "",
    ),
}


def row_of(f: Forge, slot: Slot) -> tuple[EntryRow, str]:
    """The entry as it stands at the victim, with its disposition."""
    id = entry_id(slot.header_bytes)
    row = f.victim.journal.read(lambda reading: reading.entry(id))
    assert row is not None
    return row, f.victim.journal.read(lambda reading: disposition_code(reading, id))


def told(f: Forge, slot: Slot) -> list[str]:
    """What the victim's automatic entries tell the villain of this entry, once all is exchanged."""
    home = partnership_home(f.villain.code, f.victim.code)
    row = f.victim.journal.read(lambda reading: reading.dossier(home))
    if row is None:
        return []
    state = parse(parse(row.cursor, Cursor).state, PartnershipState)
    said = [one for side in state.sides if side.agency == f.victim.code for one in side.disposed]
    return [one.code.value for one in said if one.entry == entry_id(slot.header_bytes)]


def require_sound(f: Forge) -> None:
    assert f.quarantined() == []
    for _ in range(2):
        found = f.victim.verify()
        assert found.first_failure is None
        f.victim.rebuild()


def test_a_true_entry_is_taken() -> None:
    f = forge()
    slot = f.entry()
    assert f.send(slot) is Notice.NONE
    row, disposition = row_of(f, slot)
    assert (row.outcome, disposition, told(f, slot)) == ("", "", [])
    require_sound(f)


@pytest.mark.parametrize(("make", "disposition", "outcome", "said"), CASES.values(), ids=CASES)
def test_what_becomes_of_an_entry_that_is_not_right(make: Slots, disposition: str, outcome: str, said: str) -> None:
    f = forge()
    slot = make(f)
    size = f.position().frontier.size
    assert f.send(slot) is Notice.NONE
    assert f.position().frontier.size == size + 1
    row, got = row_of(f, slot)
    assert (got, row.outcome) == (disposition, outcome)
    assert told(f, slot) == ([said] if said else [])
    require_sound(f)


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("above")])
def test_a_body_above_the_limit_is_destroyed_at_once(name: str) -> None:
    f = forge()
    slot = CASES[name][0](f)
    f.send(slot)
    row, _ = row_of(f, slot)
    assert (row.body, row.void) == (b"", "over_limit")
    assert slot.body_bytes not in repr(f.state()).encode()


def test_a_dossier_of_others_looks_like_an_unknown_one() -> None:
    """Not even by the legal basis may a stranger learn that a dossier is here."""
    answers = []
    for which in (foreign_dossier, lambda f: bytes(32)):
        f = forge()
        slot = f.entry(dossier=which(f), previous=b"", marking=Marking(basis=LegalBasis(article="9", agreement=bytes(32))))
        answers.append((f.send(slot), told(f, slot), f.quarantined()))
    assert answers[0] == answers[1]


def test_no_automatic_entry_answers_an_automatic_one() -> None:
    f = forge()
    queued = f.victim.journal.read(lambda reading: reading.queue_counts())
    f.send(f.entry(type="delivered", coded=b"\xa0", marking=Marking(level=Level.SECRET)))
    assert f.victim.journal.read(lambda reading: reading.queue_counts()) == queued


def test_an_entry_sent_again_in_a_later_step_is_the_same_entry() -> None:
    f = forge()
    slot = f.entry()
    f.send(slot)
    entries = len(shown(f.made, PARIS, f.dossier)["entries"])
    f.send(slot)
    f.send(f.entry("Suite.", previous=entry_id(slot.header_bytes)), slot, slot)
    assert len(shown(f.made, PARIS, f.dossier)["entries"]) == entries + 1
    assert [entry["refused"] for entry in shown(f.made, PARIS, f.dossier)["entries"]] == [""] * (entries + 1)
    require_sound(f)


@pytest.mark.parametrize("void", [Void.ERASED, Void.RECALLED, Void.LOST])
def test_a_void_entry_keeps_its_place_without_its_body(void: Void) -> None:
    f = forge()
    slot = f.entry()
    empty = Slot(header_bytes=slot.header_bytes, void=void)
    assert f.send(empty) is Notice.NONE
    row, _ = row_of(f, slot)
    assert (row.body, row.void, row.outcome) == (b"", void.value, "")
    require_sound(f)


@pytest.mark.parametrize("first", ["whole", "void"])
def test_nobody_can_keep_an_entry_out_by_sending_it_first(first: str) -> None:
    """The third agency has Rabat's entry already and sends it to Paris in its own log before Rabat's step comes."""
    f = forge(villain=TEMARA, victim=PARIS)
    f.made.partition({RABAT}, {PARIS})
    dossier = ask(f.made, RABAT, PARIS, TEMARA)
    f.made.settle()
    stolen = f.made[TEMARA].journal.read(lambda reading: reading.entry(EntryId(dossier)))
    assert stolen is not None
    whole = Slot(header_bytes=stolen.header, body_bytes=stolen.body)
    f.send(whole if first == "whole" else Slot(header_bytes=stolen.header, void=Void.LOST))
    assert row_of(f, whole)[1] == "foreign_author"
    require_sound(f)
    f.villain.restore(f.villain.checkpoint())  # its channel forgets what it did by hand
    f.made.heal()
    for code in (RABAT, PARIS):
        f.made.exchange(code, RABAT if code == PARIS else PARIS)
        f.made.exchange(code, RABAT if code == PARIS else PARIS)
    row, disposition = row_of(f, whole)
    assert (row.body, row.void, row.outcome, disposition) == (stolen.body, "", "", "taken")
    assert "delivered" in [entry["type"] for entry in shown(f.made, PARIS, dossier)["entries"]]
    require_sound(f)


def test_what_waits_is_taken_when_it_can_be_and_nobody_else_waits() -> None:
    f = forge()
    first = f.entry("un")
    second = f.entry("deux", previous=entry_id(first.header_bytes))
    third = f.entry("trois", type="unheard_of")
    f.send(second, third)
    assert (row_of(f, second)[0].outcome, row_of(f, third)[0].outcome) == ("waiting", "unknown_type")
    f.send(first)
    assert row_of(f, second)[0].outcome in ("", "fork")
    require_sound(f)


def test_the_same_form_twice_makes_one_entry() -> None:
    f = forge(villain=PARIS, victim=RABAT)
    count = len(shown(f.made, RABAT, f.dossier)["entries"])
    say(f.made, RABAT, "information_request.supplement", f.dossier, text="Suite.", form="form-0001")
    with pytest.raises(Refusal, match="already_sent"):
        say(f.made, RABAT, "information_request.supplement", f.dossier, text="Suite.", form="form-0001")
    assert len(shown(f.made, RABAT, f.dossier)["entries"]) == count + 1
