# SPDX-License-Identifier: EUPL-1.2
"""What every journal promises, whatever it is kept in: run over the memory store and over the ORM store.

A store's test module subclasses `JournalSuite` and gives it a `journal`; every method of the port is covered here.
"""

from __future__ import annotations

import pytest

from amana.node.ports import FileRow, Journal, QueueRow, RecordRow, Writing
from amana.protocol.errors import OperatorFault, Refusal
from amana.protocol.identifiers import Digest
from tests.storage.rows import (
    FROM_PARIS,
    MADRID,
    PARIS,
    TO_PARIS,
    TOKEN,
    dossier,
    dossier_id,
    entry,
    entry_id,
    local,
    log,
    placed,
    snapshot,
    step,
)
from tests.storage.suite_parts import ABSENT, all_of, bodiless, derived, facts, refuse_after
from tests.storage.suite_writes import WriteSuite


class EntrySuite:
    """Entries, their order, and the destruction of their bodies."""

    def test_an_entry_is_read_as_it_was_added(self, journal: Journal) -> None:
        journal.write(lambda w: w.add_entries([entry(1), entry(2, body=b"")]))
        assert journal.read(lambda r: r.entry(entry_id(1))) == entry(1)
        assert journal.read(lambda r: r.entry(entry_id(2))) == entry(2, body=b"")
        assert journal.read(lambda r: r.entry(ABSENT)) is None

    def test_many_entries_are_found_by_id(self, journal: Journal) -> None:
        rows = [entry(number, effective=number % 3) for number in range(1, 1201)]
        journal.write(lambda w: w.add_entries(rows))
        ids = [row.id for row in rows]
        asked = [*ids, ABSENT, ids[0]]
        assert journal.read(lambda r: r.entries(asked)) == {row.id: row for row in rows}
        assert journal.read(lambda r: r.present(asked)) == set(ids)
        assert journal.read(lambda r: r.effectives(asked)) == {row.id: row.effective for row in rows if row.effective}
        assert journal.read(lambda r: (r.entries([]), r.present([]), r.effectives([]))) == ({}, set(), {})

    def test_an_entry_added_twice_is_a_conflict_and_nothing_of_its_batch_stays(self, journal: Journal) -> None:
        journal.write(lambda w: w.add_entries([entry(1)]))
        for batch in ([entry(2), entry(1)], [entry(2), entry(2)]):
            with pytest.raises(OperatorFault, match="journal_conflict"):
                journal.write(lambda w, batch=batch: w.add_entries(batch))  # type: ignore[misc]  # a default binds the loop's value
        assert journal.read(lambda r: r.present([entry_id(1), entry_id(2)])) == {entry_id(1)}

    def test_placed_entries_come_in_order_without_bodies(self, journal: Journal) -> None:
        rows = [placed(1, 300), placed(2, 100), placed(3, 200), placed(4, 200), entry(5), placed(6, 50, dossier=2)]
        journal.write(lambda w: w.add_entries(rows))
        ordered = bodiless(
            sorted((row for row in rows if row.effective and row.dossier == dossier_id(1)), key=lambda r: (r.effective, r.id))
        )
        assert journal.read(lambda r: r.dossier_entries(dossier_id(1))) == ordered
        for count, row in enumerate(ordered, 1):
            key = (row.effective, row.id)
            assert journal.read(lambda r, key=key: r.dossier_entries(dossier_id(1), key)) == ordered[count:]  # type: ignore[misc]  # as above

    def test_an_entry_leaves_the_waiting_ones_when_it_is_placed(self, journal: Journal) -> None:
        journal.write(lambda w: w.add_entries([entry(1), entry(2), entry(3, dossier=2), entry(4, outcome="unreadable")]))
        assert journal.read(lambda r: r.waiting_in(dossier_id(1))) == bodiless([entry(1), entry(2)])
        journal.write(lambda w: w.place_entries([(entry_id(1), 7, ""), (entry_id(2), 0, "over_limit")]))
        assert journal.read(lambda r: r.waiting_in(dossier_id(1))) == []
        assert journal.read(lambda r: r.dossier_entries(dossier_id(1))) == bodiless([placed(1, 7)])
        journal.write(lambda w: w.place_entries([(entry_id(1), 9, "not_your_turn")]))
        assert journal.read(lambda r: r.entry(entry_id(1))) == entry(1, effective=9, outcome="not_your_turn")

    def test_entries_are_numbered_as_they_came(self, journal: Journal) -> None:
        for number in (5, 3, 4):
            journal.write(lambda w, number=number: w.add_entries([entry(number)]))  # type: ignore[misc]  # as above
        with pytest.raises(Refusal):
            journal.write(refuse_after(lambda w: w.add_entries([entry(9)])))
        journal.write(lambda w: w.add_entries([entry(1), entry(2)]))
        expected = list(enumerate([entry(5), entry(3), entry(4), entry(1), entry(2)], 1))
        assert journal.read(lambda r: r.entries_by_arrival(0, 100)) == expected
        assert journal.read(lambda r: r.entries_by_arrival(1, 2)) == expected[1:3]
        assert journal.read(lambda r: r.entries_by_arrival(5, 2)) == []

    @pytest.mark.parametrize("body", [b"", b"x", b"a name and an address " * 9000])
    def test_a_destroyed_body_is_empty_and_says_why(self, journal: Journal, body: bytes) -> None:
        journal.write(lambda w: w.add_entries([entry(1, body=body), entry(2)]))
        journal.write(lambda w: w.void_entries([(entry_id(1), "erased")]))
        assert journal.read(lambda r: r.entry(entry_id(1))) == entry(1, body=b"", void="erased")
        assert journal.read(lambda r: r.entry(entry_id(2))) == entry(2)

    def test_a_refused_destruction_destroys_nothing(self, journal: Journal) -> None:
        journal.write(lambda w: w.add_entries([entry(1)]))
        with pytest.raises(Refusal):
            journal.write(refuse_after(lambda w: w.void_entries([(entry_id(1), "erased")])))
        assert journal.read(lambda r: r.entry(entry_id(1))) == entry(1)

    @pytest.mark.parametrize(("before", "after"), [(b"", b"a name"), (b"a name", b""), (b"a name", b"a name"), (b"", b"")])
    def test_a_replaced_entry_keeps_its_number_and_leaves_its_dossier(self, journal: Journal, before: bytes, after: bytes) -> None:
        old, new = entry(1, body=before), entry(1, dossier=2, body=after, void="" if after else "erased")._replace(kind="agreement")
        journal.write(lambda w: w.add_entries([old, entry(2)]))
        with pytest.raises(Refusal):
            journal.write(refuse_after(lambda w: w.replace_entries([new])))
        assert journal.read(lambda r: r.entry(entry_id(1))) == old
        journal.write(lambda w: w.replace_entries([new]))
        assert journal.read(lambda r: r.entries_by_arrival(0, 10)) == [(1, new), (2, entry(2))]
        assert journal.read(lambda r: r.waiting_in(dossier_id(1))) == bodiless([entry(2)])
        assert journal.read(lambda r: r.waiting_in(dossier_id(2))) == bodiless([new])

    def test_what_is_not_here_can_be_neither_placed_nor_replaced_nor_destroyed(self, journal: Journal) -> None:
        with pytest.raises(OperatorFault, match="journal_missing"):
            journal.write(lambda w: w.replace_entries([entry(404)]))
        with pytest.raises(OperatorFault, match="journal_missing"):
            journal.write(lambda w: w.place_entries([(ABSENT, 1, "")]))
        with pytest.raises(OperatorFault, match="journal_missing"):
            journal.write(lambda w: w.void_entries([(ABSENT, "erased")]))

    def test_what_waits_is_found_by_any_ancestor_it_misses(self, journal: Journal) -> None:
        one, two, three = entry_id(1), entry_id(2), entry_id(3)
        journal.write(lambda w: w.add_waiting([(one, three), (two, three), (one, two), (one, three)]))
        assert journal.read(lambda r: r.waiting_for([one, two])) == sorted([two, three])
        assert journal.read(lambda r: r.waiting_for([two, ABSENT])) == [three]
        journal.write(lambda w: w.drop_waiting([three, ABSENT]))
        assert journal.read(lambda r: r.waiting_for([one, two])) == [two]
        assert journal.read(lambda r: r.waiting_for([])) == []


class FileSuite:
    """Attachments: sealed chunks that are appended, given to an entry, and destroyed."""

    def test_chunks_are_read_as_they_were_added(self, journal: Journal) -> None:
        journal.write(lambda w: w.add_chunks(entry_id(1), 0, 0, [b"one", b"two"]))
        journal.write(all_of(lambda w: w.add_chunks(entry_id(1), 0, 2, [b"three"]), lambda w: w.add_chunks(entry_id(1), 3, 0, [b"other"])))
        assert journal.read(lambda r: r.chunks(entry_id(1), 0, 0, 9)) == [b"one", b"two", b"three"]
        assert journal.read(lambda r: r.chunks(entry_id(1), 0, 1, 1)) == [b"two"]
        assert journal.read(lambda r: r.chunks(entry_id(1), 1, 0, 9)) == []
        assert journal.read(lambda r: [r.chunk_count(entry_id(1), place) for place in (0, 1, 3)]) == [3, 0, 1]
        assert journal.read(lambda r: r.files()) == [FileRow(entry_id(1), 0, 3, 2), FileRow(entry_id(1), 3, 1, 0)]

    @pytest.mark.parametrize("start", [0, 1, 3])
    def test_a_chunk_follows_the_last_one_or_is_a_conflict(self, journal: Journal, start: int) -> None:
        journal.write(lambda w: w.add_chunks(entry_id(1), 0, 0, [b"one", b"two"]))
        with pytest.raises(OperatorFault, match="journal_conflict"):
            journal.write(lambda w: w.add_chunks(entry_id(1), 0, start, [b"again"]))
        assert journal.read(lambda r: r.chunks(entry_id(1), 0, 0, 9)) == [b"one", b"two"]

    def test_what_was_staged_is_given_to_an_entry_once(self, journal: Journal) -> None:
        journal.write(lambda w: w.add_chunks(TOKEN, 0, 0, [b"one", b"two"]))
        journal.write(lambda w: w.give_file(TOKEN, entry_id(1), 4))
        assert journal.read(lambda r: r.files()) == [FileRow(entry_id(1), 4, 2, 1)]
        assert journal.read(lambda r: r.chunks(entry_id(1), 4, 0, 9)) == [b"one", b"two"]
        with pytest.raises(OperatorFault, match="journal_missing"):
            journal.write(lambda w: w.give_file(TOKEN, entry_id(1), 5))
        journal.write(lambda w: w.add_chunks(TOKEN, 0, 0, [b"new"]))
        with pytest.raises(OperatorFault, match="journal_conflict"):
            journal.write(lambda w: w.give_file(TOKEN, entry_id(1), 4))

    def test_destroyed_chunks_are_gone_and_others_stay(self, journal: Journal) -> None:
        for place in (0, 1):
            journal.write(lambda w, place=place: w.add_chunks(entry_id(1), place, 0, [b"x" * 70_000, b"y"]))  # type: ignore[misc]  # a default binds the loop's value
        journal.write(lambda w: w.destroy_chunks([(entry_id(1), 0), (TOKEN, 0)]))
        assert journal.read(lambda r: r.files()) == [FileRow(entry_id(1), 1, 2, 1)]
        journal.write(lambda w: w.add_chunks(entry_id(1), 0, 0, [b"z"]))
        assert journal.read(lambda r: r.chunks(entry_id(1), 0, 0, 9)) == [b"z"]

    @pytest.mark.parametrize("how", ["voided", "replaced"])
    def test_an_entrys_chunks_are_destroyed_with_its_body(self, journal: Journal, how: str) -> None:
        journal.write(lambda w: w.add_entries([entry(1), entry(2)]))
        for number in (1, 2):
            journal.write(lambda w, number=number: w.add_chunks(entry_id(number), 0, 0, [b"one"]))  # type: ignore[misc]  # as above
        if how == "voided":
            journal.write(lambda w: w.void_entries([(entry_id(1), "erased")]))
        else:
            journal.write(lambda w: w.replace_entries([entry(1, body=b"", void="erased"), entry(2)]))
        assert journal.read(lambda r: r.files()) == [FileRow(entry_id(2), 0, 1, 0)]

    def test_a_refused_destruction_destroys_no_chunk(self, journal: Journal) -> None:
        journal.write(lambda w: w.add_chunks(TOKEN, 0, 0, [b"one"]))
        with pytest.raises(Refusal):
            journal.write(refuse_after(all_of(lambda w: w.add_chunks(TOKEN, 0, 1, [b"two"]), lambda w: w.destroy_chunks([(TOKEN, 0)]))))
        assert journal.read(lambda r: r.chunks(TOKEN, 0, 0, 9)) == [b"one"]


class LogSuite:
    """Logs, positions, steps, receipts and what waits for a step."""

    def test_a_log_is_stored_and_stored_again(self, journal: Journal) -> None:
        assert journal.read(lambda r: r.log(TO_PARIS)) is None
        journal.write(lambda w: w.store_log(log(TO_PARIS)))
        journal.write(lambda w: w.store_log(log(TO_PARIS, size=3, receipted=2)))
        journal.write(lambda w: w.store_log(log(FROM_PARIS, size=1)))
        assert journal.read(lambda r: r.log(TO_PARIS)) == log(TO_PARIS, size=3, receipted=2)
        assert journal.read(lambda r: r.logs()) == [log(FROM_PARIS, size=1), log(TO_PARIS, size=3, receipted=2)]

    def test_logs_are_found_by_partner(self, journal: Journal) -> None:
        to_madrid = log(TO_PARIS)._replace(partner=MADRID)
        journal.write(all_of(lambda w: w.store_log(to_madrid), lambda w: w.store_log(log(FROM_PARIS))))
        assert journal.read(lambda r: r.logs(MADRID)) == [to_madrid]
        assert journal.read(lambda r: r.logs(PARIS)) == [log(FROM_PARIS)]

    def test_positions_name_entries_in_order(self, journal: Journal) -> None:
        ids = [entry_id(number) for number in range(1, 8)]
        journal.write(lambda w: w.add_entries([entry(number) for number in range(1, 8)]))
        journal.write(all_of(lambda w: w.add_positions(TO_PARIS, 0, ids[:4]), lambda w: w.add_positions(FROM_PARIS, 0, ids[:2])))
        journal.write(lambda w: w.add_positions(TO_PARIS, 4, [*ids[4:], ids[0]]))
        assert journal.read(lambda r: r.positions(TO_PARIS, 0, 100)) == [*ids, ids[0]]
        assert journal.read(lambda r: r.positions(TO_PARIS, 3, 5)) == ids[3:5]
        assert journal.read(lambda r: [r.position_of(TO_PARIS, id) for id in [*ids, ABSENT]]) == [*range(7), None]
        assert journal.read(lambda r: r.position_of(FROM_PARIS, ids[5])) is None

    def test_a_position_is_taken_once(self, journal: Journal) -> None:
        journal.write(all_of(lambda w: w.add_entries([entry(1), entry(2)]), lambda w: w.add_positions(TO_PARIS, 0, [entry_id(1)])))
        with pytest.raises(OperatorFault, match="journal_conflict"):
            journal.write(lambda w: w.add_positions(TO_PARIS, 0, [entry_id(2)]))

    def test_only_an_entry_that_is_here_has_a_position(self, journal: Journal) -> None:
        with pytest.raises(OperatorFault, match="journal_missing"):
            journal.write(lambda w: w.add_positions(TO_PARIS, 0, [ABSENT]))

    def test_steps_are_found_by_size_and_by_where_they_begin(self, journal: Journal) -> None:
        steps = [step(3, 0), step(4, 3), step(9, 4)]
        for row in [*steps, step(2, 0, origin=FROM_PARIS)]:
            journal.write(lambda w, row=row: w.add_step(row))  # type: ignore[misc]  # a default binds the loop's value
        assert journal.read(lambda r: r.step(TO_PARIS, 4)) == step(4, 3)
        assert journal.read(lambda r: r.step(TO_PARIS, 5)) is None
        assert journal.read(lambda r: r.step_from(TO_PARIS, 4)) == step(9, 4)
        assert journal.read(lambda r: [r.step_from(TO_PARIS, size) for size in (5, 9)]) == [None, None]
        assert journal.read(lambda r: [r.step_over(TO_PARIS, at) for at in (0, 2, 3, 8, 9)]) == [
            steps[0],
            steps[0],
            steps[1],
            steps[2],
            None,
        ]
        assert journal.read(lambda r: r.steps(TO_PARIS)) == steps
        assert journal.read(lambda r: r.steps(TO_PARIS, 3)) == steps[1:]

    def test_a_second_root_of_one_size_is_refused_and_the_same_step_again_changes_nothing(self, journal: Journal) -> None:
        journal.write(all_of(lambda w: w.add_step(step(3, 0)), lambda w: w.store_receipt(TO_PARIS, 3, b"receipt", 2)))
        journal.write(lambda w: w.add_step(step(3, 0)))
        with pytest.raises(OperatorFault, match="second_root") as caught:
            journal.write(lambda w: w.add_step(step(3, 0, head=b"another")))
        assert caught.value.facts == {"origin": TO_PARIS, "size": 3}
        assert journal.read(lambda r: r.step(TO_PARIS, 3)) == step(3, 0)._replace(receipt=b"receipt", receipt_card=2)

    def test_a_receipt_belongs_to_a_step(self, journal: Journal) -> None:
        with pytest.raises(OperatorFault, match="journal_missing"):
            journal.write(lambda w: w.store_receipt(TO_PARIS, 3, b"receipt", 2))

    def test_the_queue_keeps_order_and_knows_what_a_suspended_partner_may_get(self, journal: Journal) -> None:
        one, two, three = entry_id(1), entry_id(2), entry_id(3)
        journal.write(lambda w: w.enqueue([(PARIS, one, False), (MADRID, one, False), (PARIS, two, True), (PARIS, three, False)]))
        rows = [QueueRow(1, PARIS, one, False), QueueRow(3, PARIS, two, True), QueueRow(4, PARIS, three, False)]
        assert journal.read(lambda r: r.queue(PARIS, 10)) == rows
        assert journal.read(lambda r: r.queue(PARIS, 2)) == rows[:2]
        assert journal.read(lambda r: r.queue(PARIS, 10, control_only=True)) == rows[1:2]
        assert journal.read(lambda r: r.queue_counts()) == {PARIS: 3, MADRID: 1}
        journal.write(lambda w: w.dequeue([1, 2, 404]))
        assert journal.read(lambda r: (r.queue(PARIS, 10), r.queue_counts())) == (rows[1:], {PARIS: 2})

    def test_a_queue_number_is_not_given_twice(self, journal: Journal) -> None:
        journal.write(lambda w: w.enqueue([(PARIS, entry_id(1), False)]))
        journal.write(lambda w: w.dequeue([1]))
        journal.write(lambda w: w.enqueue([(PARIS, entry_id(2), False)]))
        assert [row.seq for row in journal.read(lambda r: r.queue(PARIS, 10))] == [2]


class DerivedSuite:
    """Dossiers, snapshots, local records, current values, and making the derived tables again."""

    def test_a_dossier_is_stored_and_stored_again(self, journal: Journal) -> None:
        journal.write(lambda w: w.store_dossiers([dossier(1), dossier(2)._replace(parties=(), turn=())]))
        journal.write(lambda w: w.store_dossiers([dossier(1, count=2, closed=True)]))
        assert journal.read(lambda r: r.dossier(dossier_id(1))) == dossier(1, count=2, closed=True)
        assert journal.read(lambda r: r.dossier(dossier_id(2))) == dossier(2)._replace(parties=(), turn=())
        assert journal.read(lambda r: r.dossier(dossier_id(3))) is None

    def test_dossiers_come_last_changed_first(self, journal: Journal) -> None:
        rows = [dossier(1, changed_at=5), dossier(2, changed_at=9, closed=True), dossier(3, changed_at=5), dossier(4, kind="agreement")]
        journal.write(lambda w: w.store_dossiers(rows))
        ordered = sorted(rows, key=lambda row: (row.changed_at, row.id), reverse=True)
        assert journal.read(lambda r: r.dossiers()) == ordered
        assert journal.read(lambda r: r.dossiers(closed=False)) == [row for row in ordered if not row.closed]
        assert journal.read(lambda r: r.dossiers(closed=True)) == [dossier(2, changed_at=9, closed=True)]
        assert journal.read(lambda r: r.dossiers(kind="agreement", closed=False)) == [dossier(4, kind="agreement")]

    def test_dossiers_are_found_by_the_one_that_they_belong_to(self, journal: Journal) -> None:
        event, other = dossier_id(7), dossier_id(8)
        rows = [dossier(1)._replace(within=event), dossier(2, kind="agreement")._replace(within=event), dossier(3)._replace(within=other)]
        journal.write(lambda w: w.store_dossiers([*rows, dossier(4)]))
        assert {row.id for row in journal.read(lambda r: r.dossiers(within=event))} == {rows[0].id, rows[1].id}
        assert journal.read(lambda r: r.dossiers(within=event, kind="agreement")) == [rows[1]]
        assert journal.read(lambda r: r.dossiers(within=dossier_id(9))) == []
        assert len(journal.read(lambda r: r.dossiers())) == 4

    def test_a_late_entry_finds_the_last_snapshot_before_it(self, journal: Journal) -> None:
        rows = sorted([snapshot(1, 10), snapshot(2, 20), snapshot(3, 20), snapshot(4, 30)], key=lambda row: (row.effective, row.id))
        journal.write(lambda w: w.store_snapshots([*rows, snapshot(9, 5, dossier=2)]))
        journal.write(lambda w: w.store_snapshots([rows[0]._replace(cursor=b"newer")]))
        rows[0] = rows[0]._replace(cursor=b"newer")
        assert journal.read(lambda r: r.snapshots(dossier_id(1))) == rows
        before = [journal.read(lambda r, row=row: r.snapshot_before(dossier_id(1), (row.effective, row.id))) for row in rows]  # type: ignore[misc]  # a default binds the loop's value
        assert before == [None, *rows[:3]]
        assert journal.read(lambda r: r.snapshot_before(dossier_id(1), (99, entry_id(1)))) == rows[3]
        journal.write(lambda w: w.drop_snapshots(dossier_id(1), (rows[2].effective, rows[2].id)))
        assert journal.read(lambda r: r.snapshots(dossier_id(1))) == rows[:2]
        assert journal.read(lambda r: r.snapshots(dossier_id(2))) == [snapshot(9, 5, dossier=2)]

    def test_local_records_come_in_order(self, journal: Journal) -> None:
        assert journal.read(lambda r: r.local_head()) == (0, Digest(bytes(32)))
        rows = [local(1), local(2, dossier=2), local(3, type="consulted"), local(4)]
        journal.write(lambda w: w.add_local(rows[:3]))
        journal.write(lambda w: w.add_local(rows[3:]))
        assert journal.read(lambda r: r.local_head()) == (4, rows[3].chain)
        assert journal.read(lambda r: r.local_after(0, 100)) == rows
        assert journal.read(lambda r: r.local_after(1, 2)) == rows[1:3]
        assert journal.read(lambda r: r.local_of(dossier_id(1))) == [rows[0], rows[2], rows[3]]
        assert journal.read(lambda r: r.local_of(dossier_id(1), "consulted")) == [rows[2]]
        with pytest.raises(OperatorFault, match="journal_conflict"):
            journal.write(lambda w: w.add_local([local(5), local(4)]))

    def test_an_erased_content_leaves_its_digest(self, journal: Journal) -> None:
        journal.write(lambda w: w.add_local([local(1), local(2), local(3, content=None), local(4, content=b"")]))
        journal.write(lambda w: w.erase_local([1]))
        expected = [local(1, content=None), local(2), local(3, content=None), local(4, content=b"")]
        assert journal.read(lambda r: r.local_after(0, 9)) == expected
        with pytest.raises(OperatorFault, match="journal_missing"):
            journal.write(lambda w: w.erase_local([9]))

    def test_records_are_found_by_the_beginning_of_their_key(self, journal: Journal) -> None:
        keys = [b"", b"a", b"a\x00", b"ab", b"b", b"\xff", b"\xff\xff", b"\xff\xff\x01"]
        journal.write(lambda w: w.store_records([RecordRow("officer", key, b"of " + key) for key in reversed(keys)]))
        journal.write(lambda w: w.store_records([RecordRow("partner", b"a", b"p"), RecordRow("officer", b"b", b"newer")]))
        assert journal.read(lambda r: r.record("officer", b"b")) == b"newer"
        assert journal.read(lambda r: (r.record("officer", b"c"), r.record("unit", b"a"))) == (None, None)
        for prefix in (b"", b"a", b"\xff", b"\xff\xff"):
            found = [row.key for row in journal.read(lambda r, prefix=prefix: r.records("officer", prefix))]  # type: ignore[misc]  # as above
            assert found == [key for key in keys if key.startswith(prefix)]
        journal.write(lambda w: w.drop_records("officer", [b"a", b"missing"]))
        assert journal.read(lambda r: [row.key for row in r.records("officer", b"a")]) == [b"a\x00", b"ab"]

    def test_clearing_leaves_the_facts_and_nothing_derived(self, journal: Journal) -> None:
        def fill(w: Writing) -> None:
            w.add_entries([placed(1, 10), entry(2, outcome="unreadable")])
            w.add_chunks(TOKEN, 0, 0, [b"sealed"])
            w.add_positions(TO_PARIS, 0, [entry_id(1)])
            w.add_step(step(1, 0))
            w.store_log(log(size=1))
            w.add_local([local(1)])
            w.enqueue([(PARIS, entry_id(1), False)])
            w.add_waiting([(entry_id(3), entry_id(2))])
            w.store_dossiers([dossier(1)])
            w.store_snapshots([snapshot(1, 10)])
            w.store_records([RecordRow("officer", b"k", b"v")])

        journal.write(fill)
        journal.write(lambda w: w.clear_derived())
        kept = [(1, entry(1)), (2, entry(2))]
        assert journal.read(facts) == (kept, [entry_id(1)], [step(1, 0)], [log(size=1)], [local(1)], [FileRow(TOKEN, 0, 1, 0)])
        assert journal.read(derived) == ([], [], [], [], [], [])
        journal.write(lambda w: w.enqueue([(PARIS, entry_id(1), False)]))
        assert journal.read(lambda r: r.queue(PARIS, 1)) == [QueueRow(1, PARIS, entry_id(1), False)]


class JournalSuite(EntrySuite, FileSuite, LogSuite, DerivedSuite, WriteSuite):
    """All of it."""
