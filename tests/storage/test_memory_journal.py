# SPDX-License-Identifier: EUPL-1.2
"""The memory journal keeps every journal's promises, and crashes where a simulation wants it to."""

from __future__ import annotations

import pytest

from amana.storage.memory.journal import MemoryJournal
from tests.storage.rows import local
from tests.storage.suite import JournalSuite


class Crash(BaseException):
    """A machine that dies; no rule may catch it."""


def crash_at(point: str) -> MemoryJournal:
    def fault(name: str) -> None:
        if name == point:
            raise Crash

    return MemoryJournal(fault=fault)


class TestMemoryJournal(JournalSuite):
    @pytest.fixture
    def journal(self) -> MemoryJournal:
        return MemoryJournal()


@pytest.mark.parametrize(("point", "kept"), [("journal.before_commit", 0), ("journal.after_commit", 1)])
def test_a_crash_keeps_what_was_committed_and_nothing_else(point: str, kept: int) -> None:
    journal = crash_at(point)
    with pytest.raises(Crash):
        journal.write(lambda w: w.add_local([local(1)]))
    journal.fault = lambda name: None
    journal.reopen()
    assert journal.read(lambda r: r.local_head()[0]) == kept
    journal.write(lambda w: w.add_local([local(kept + 1)]))
    assert journal.read(lambda r: r.local_head()[0]) == kept + 1


def test_a_closed_journal_is_used_again_by_a_restarted_node() -> None:
    journal = MemoryJournal()
    journal.write(lambda w: w.add_local([local(1)]))
    journal.close()
    journal.reopen()
    assert journal.read(lambda r: r.local_head()[0]) == 1
