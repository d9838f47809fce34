# SPDX-License-Identifier: EUPL-1.2
"""What every journal promises of its writes and reads as a whole; a part of `suite`."""

from __future__ import annotations

import threading

import pytest

from amana.node.ports import Journal, RecordRow, Writing
from amana.protocol.errors import OperatorFault, Refusal
from amana.protocol.identifiers import EntryId
from tests.storage.rows import (
    PARIS,
    TO_PARIS,
    dossier,
    entry,
    entry_id,
    local,
    log,
    placed,
    snapshot,
    step,
)
from tests.storage.suite_parts import ABSENT, all_of, bodiless, derived, facts


class WriteSuite:
    """A write is whole or absent; a read sees one state."""

    def test_a_write_returns_what_its_act_returns(self, journal: Journal) -> None:
        assert journal.write(lambda w: w.local_head()[0]) == 0
        assert journal.read(lambda r: r.local_head()[0]) == 0

    def test_a_write_sees_what_it_has_written(self, journal: Journal) -> None:
        def act(w: Writing) -> set[EntryId]:
            w.add_entries([entry(1)])
            return w.present([entry_id(1)])

        assert journal.write(act) == {entry_id(1)}

    def test_an_act_that_raises_leaves_no_trace_and_raises_what_it_raised(self, journal: Journal) -> None:
        journal.write(all_of(lambda w: w.add_entries([placed(1, 10)]), lambda w: w.store_records([RecordRow("officer", b"k", b"old")])))

        def act(w: Writing) -> None:
            w.add_entries([entry(2)])
            w.place_entries([(entry_id(1), 99, "moved")])
            w.add_chunks(entry_id(2), 0, 0, [b"sealed"])
            w.add_positions(TO_PARIS, 0, [entry_id(1)])
            w.add_step(step(1, 0))
            w.store_log(log(size=1))
            w.enqueue([(PARIS, entry_id(1), False)])
            w.add_waiting([(entry_id(3), entry_id(2))])
            w.store_dossiers([dossier(1)])
            w.store_snapshots([snapshot(1, 10)])
            w.add_local([local(1)])
            w.store_records([RecordRow("officer", b"k", b"new")])
            raise Refusal("not_your_turn")

        with pytest.raises(Refusal, match="not_your_turn"):
            journal.write(act)
        assert journal.read(facts) == ([(1, placed(1, 10))], [], [], [], [], [])
        assert journal.read(derived) == ([], [], bodiless([placed(1, 10)]), [], [], [RecordRow("officer", b"k", b"old")])

    def test_a_swallowed_fault_still_undoes_the_write(self, journal: Journal) -> None:
        def act(w: Writing) -> None:
            w.add_local([local(1)])
            with pytest.raises(OperatorFault):
                w.place_entries([(ABSENT, 1, "")])

        with pytest.raises(OperatorFault, match="journal_missing"):
            journal.write(act)
        assert journal.read(lambda r: r.local_head()[0]) == 0

    def test_threads_write_one_after_the_other(self, journal: Journal) -> None:
        def act(w: Writing) -> None:
            w.add_local([local(w.local_head()[0] + 1)])

        threads = [threading.Thread(target=lambda: [journal.write(act) for _ in range(10)]) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [row.seq for row in journal.read(lambda r: r.local_after(0, 1000))] == list(range(1, 81))

    def test_a_read_inside_a_read_is_answered_from_the_same_state(self, journal: Journal) -> None:
        journal.write(lambda w: w.add_local([local(1)]))
        assert journal.read(lambda r: (r.local_head(), journal.read(lambda inner: inner.local_head()))) == ((1, local(1).chain),) * 2

    @pytest.mark.parametrize("inner", ["read", "write"])
    def test_a_write_uses_only_what_it_was_given(self, journal: Journal, inner: str) -> None:
        with pytest.raises(RuntimeError, match=f"a {inner} inside a write"):
            journal.write(lambda w: getattr(journal, inner)(lambda _: None))
        with pytest.raises(RuntimeError, match="a write inside a read"):
            journal.read(lambda r: journal.write(lambda _: None))

    def test_a_closed_journal_refuses_and_may_be_closed_again(self, journal: Journal) -> None:
        journal.close()
        journal.close()
        with pytest.raises(OperatorFault, match="journal_closed"):
            journal.write(lambda w: None)
        with pytest.raises(OperatorFault, match="journal_closed"):
            journal.read(lambda r: None)
