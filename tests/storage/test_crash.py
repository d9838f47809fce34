# SPDX-License-Identifier: EUPL-1.2
"""Killed without warning in the middle of writes, the journal opens again and holds every write it acknowledged, whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from amana.storage.orm.journal import OrmJournal
from amana.storage.orm.schema import require_sound_database
from tests.storage.rows import TO_PARIS, entry_id

ROOT = Path(__file__).parents[2]
WRITER = """
import sys, threading
from pathlib import Path
from amana.storage.orm.journal import OrmJournal
from tests.storage.rows import RABAT, TO_PARIS, entry, entry_id, local
journal = OrmJournal(Path(sys.argv[1]))
said = threading.Lock()

def write(base):
    for number in range(base, base + 1000):
        def act(w):
            w.add_entries([entry(number, body=b"x" * 3000)])
            position = len(w.positions(TO_PARIS, 0, 10**6))
            w.add_positions(TO_PARIS, position, [entry_id(number)])
            w.enqueue([(RABAT, entry_id(number), False)])
        with said:
            print("begun", number, flush=True)
        journal.write(act)
        with said:
            print("done", number, flush=True)

for thread in range(4):
    threading.Thread(target=write, args=(thread * 1000,)).start()
"""


@pytest.mark.processes
@pytest.mark.parametrize("lines", [1, 40, 160, 400])
def test_a_killed_writer_leaves_every_acknowledged_write_whole(database: Path, lines: int) -> None:
    command = [sys.executable, "-c", WRITER, str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        heard = [writer.stdout.readline() for _ in range(lines)]
        writer.send_signal(signal.SIGKILL)
        heard += writer.stdout.readlines()
    words = [line.split() for line in heard if line.endswith("\n")]
    begun = {entry_id(int(number)) for word, number in words if word == "begun"}
    done = {entry_id(int(number)) for word, number in words if word == "done"}
    require_sound_database(database)
    with OrmJournal(database) as journal:
        entries = {row.id for _, row in journal.read(lambda r: r.entries_by_arrival(0, 10_000))}
        assert done <= entries <= begun
        assert set(journal.read(lambda r: r.positions(TO_PARIS, 0, 10_000))) == entries
        assert journal.read(lambda r: sum(r.queue_counts().values())) == len(entries)
        journal.write(lambda w: w.clear_derived())
