# SPDX-License-Identifier: EUPL-1.2
"""Whatever is done to a memory journal and to an ORM journal, both answer every question alike (Hypothesis).

Each step is one write of several acts, some of which end in a refusal; after each, everything that the port can be
asked is asked of both.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from amana.node.ports import Reading, RecordRow, Writing
from amana.protocol.errors import AmanaError, Refusal
from amana.protocol.identifiers import AgencyCode, EntryId
from amana.storage.memory.journal import MemoryJournal
from amana.storage.orm.journal import OrmJournal
from tests.storage.rows import FROM_PARIS, MADRID, PARIS, TO_PARIS, TOKEN, dossier, dossier_id, entry, entry_id, local, log, snapshot, step

Act = Callable[[Writing], object]
NUMBERS = range(1, 7)
numbers = st.sampled_from(NUMBERS)
small = st.integers(0, 3)
origins = st.sampled_from([TO_PARIS, FROM_PARIS])
partners = st.sampled_from([PARIS, MADRID])
outcomes = st.sampled_from(["", "waiting", "not_your_turn"])
keys = st.binary(max_size=2)


def said(method: str, *values: st.SearchStrategy[object]) -> st.SearchStrategy[Act]:
    """Acts that call `method` of a Writing with such values."""
    return st.tuples(*values).map(lambda drawn: lambda w: getattr(w, method)(*drawn))


def many(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(values, max_size=3)


entries = st.builds(
    lambda n, d, e, o, b, v: entry(n, dossier=d, effective=e, outcome=o, body=b"" if v else b, void=v),
    numbers,
    small,
    small,
    outcomes,
    st.binary(max_size=3),
    st.sampled_from(["", "", "lost"]),
)
ids = numbers.map(entry_id)
owners = st.sampled_from([TOKEN, entry_id(1), entry_id(2)])
ACTS: st.SearchStrategy[Act] = st.one_of(
    said("add_entries", many(entries)),
    said("add_entries", many(entries)),
    said("place_entries", many(st.tuples(ids, small, outcomes))),
    said("void_entries", many(st.tuples(ids, st.sampled_from(["erased", "recalled"])))),
    said("add_chunks", owners, small, small, many(st.binary(max_size=3))),
    said("add_chunks", owners, st.just(0), st.just(0), many(st.binary(max_size=3))),
    said("give_file", owners, ids, small),
    said("destroy_chunks", many(st.tuples(owners, small))),
    said("add_waiting", many(st.tuples(ids, ids))),
    said("drop_waiting", many(ids)),
    said("store_log", st.builds(lambda o, s, p: log(o, size=s, partner=p), origins, small, partners)),
    said("add_positions", origins, small, many(ids)),
    said("add_step", st.builds(lambda o, s, h: step(s + 1, s, origin=o, head=h), origins, small, st.sampled_from([b"head", b"other"]))),
    said("store_receipt", origins, small, st.binary(max_size=2), small),
    said("enqueue", many(st.tuples(partners, ids, st.booleans()))),
    said("dequeue", many(st.integers(1, 9))),
    said("store_dossiers", many(st.builds(lambda n, c, e: dossier(n, changed_at=c, closed=e), numbers, small, st.booleans()))),
    said("store_snapshots", many(st.builds(lambda n, e, c: snapshot(n, e, cursor=c), numbers, small, st.binary(max_size=2)))),
    said("drop_snapshots", st.just(dossier_id(1)), st.tuples(small, ids)),
    said("add_local", many(st.builds(lambda n, d, c: local(n, dossier=d, content=c), numbers, small, st.none() | st.binary(max_size=2)))),
    said("erase_local", many(numbers)),
    said("store_records", many(st.builds(RecordRow, st.sampled_from(["officer", "unit"]), keys, keys))),
    said("rewrite_records"),
    said("drop_records", st.sampled_from(["officer", "unit"]), many(keys)),
    said("clear_derived"),
)


def everything(r: Reading) -> list[object]:
    """Every question of the port."""
    known = [entry_id(number) for number in NUMBERS]
    places = [(effective, id) for effective in range(4) for id in known[:3]]
    return [
        [r.entry(id) for id in known],
        *(r.entries(known), r.effectives(known), r.present(known), r.waiting_for(known), r.entries_by_arrival(1, 3)),
        *([r.dossier_entries(dossier_id(d)), r.waiting_in(dossier_id(d)), r.local_of(dossier_id(d))] for d in range(4)),
        [r.dossier_entries(dossier_id(1), place) for place in places],
        [r.last_entries(dossier_id(1), 2, place) for place in places],
        [r.last_entries(dossier_id(d), 3) for d in range(4)],
        [r.snapshot_before(dossier_id(1), place) for place in places],
        *(r.logs(), r.logs(PARIS), r.snapshots(dossier_id(1)), r.dossiers(), r.dossiers(closed=True), r.queue_counts()),
        *(of_log(r, origin, known) for origin in (TO_PARIS, FROM_PARIS)),
        *(of_queue(r, partner) for partner in (PARIS, MADRID)),
        r.files(),
        *(
            [r.chunks(owner, place, 0, 9), r.chunks(owner, place, 1, 1), r.chunk_count(owner, place)]
            for owner in known[:2]
            for place in range(4)
        ),
        *(r.local_head(), r.local_after(0, 9), r.local_of(dossier_id(1), "consulted"), r.dossier(dossier_id(1))),
        *(r.records("officer"), r.records("unit", b"a"), r.records("unit", b"", 1), r.record("officer", b"")),
    ]


def of_log(r: Reading, origin: object, known: list[EntryId]) -> list[object]:
    assert origin in (TO_PARIS, FROM_PARIS)
    name = TO_PARIS if origin == TO_PARIS else FROM_PARIS
    sizes = [[r.step(name, size), r.step_from(name, size), r.step_over(name, size), r.steps(name, size)] for size in range(5)]
    return [r.log(name), r.positions(name, 0, 9), r.positions(name, 1, 3), [r.position_of(name, id) for id in known], sizes]


def of_queue(r: Reading, partner: AgencyCode) -> list[object]:
    return [r.queue(partner, 9), r.queue(partner, 2), r.queue(partner, 9, control_only=True)]


class BothJournals(RuleBasedStateMachine):
    """One journal of each kind, treated alike."""

    empty_database: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.directory = tempfile.TemporaryDirectory()
        self.memory = MemoryJournal()
        self.orm = OrmJournal(Path(shutil.copy(self.empty_database, self.directory.name)))

    @rule(acts=st.lists(ACTS, min_size=1, max_size=4), refused=st.sampled_from([False, False, True]))
    def write(self, acts: list[Act], refused: bool) -> None:
        def together(w: Writing) -> None:
            for act in acts:
                act(w)
            if refused:
                raise Refusal("not_your_turn")

        told = []
        for journal in (self.memory, self.orm):
            try:
                told.append(str(journal.write(together)))
            except AmanaError as error:
                told.append(error.code)
        assert told[0] == told[1]

    @invariant()
    def answers_are_the_same(self) -> None:
        assert self.memory.read(everything) == self.orm.read(everything)

    def teardown(self) -> None:
        self.orm.close()
        self.directory.cleanup()


def test_both_journals_answer_alike(empty_database: Path) -> None:
    BothJournals.empty_database = empty_database
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(BothJournals, settings=settings(max_examples=40, stateful_step_count=15))


@pytest.mark.parametrize("journal", [MemoryJournal()])
def test_the_questions_are_all_of_the_port(journal: MemoryJournal) -> None:
    asked: set[str] = set()

    class Noted:
        """Notes which questions are asked."""

        def __init__(self, reading: Reading) -> None:
            self.reading = reading

        def __getattr__(self, name: str) -> object:
            asked.add(name)
            return getattr(self.reading, name)

    journal.read(lambda r: everything(Noted(r)))  # type: ignore[arg-type]  # stands in for the reading it notes
    assert asked == {name for name in vars(Reading) if not name.startswith("_")}
