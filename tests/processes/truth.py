# SPDX-License-Identifier: EUPL-1.2
"""What stopped nodes hold, compared: everything said arrived complete, in order, exactly once, receipted, folded alike.

Also that each directory verifies, and that a rebuild gives the same rows to the byte.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

from amana.compose.checking import rebuild_directory, verify_directory
from amana.node.ports import EntryRow, LogRow, Reading
from amana.node.rebuilding import arrival_batches
from amana.protocol.checkpoint import Origin, origin_name
from amana.protocol.entry import parse_header
from amana.protocol.identifiers import AgencyCode, EntryId
from amana.storage.orm.journal import OrmJournal
from tests.processes.nodes import RealNode

Tables = dict[str, list[tuple[Any, ...]]]
UNORDERED = {"queue": "partner, entry, control"}  # a queue's numbers begin again with a rebuild; their order is theirs to keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one node holds."""

    arrivals: Sequence[EntryRow]
    logs: Mapping[Origin, LogRow]
    positions: Mapping[Origin, Sequence[EntryId]]
    cursors: Mapping[bytes, bytes]
    queued: int


def read_held(database: Path) -> Held:
    """Everything that counts, read from a database that no process uses."""

    def ask(reading: Reading) -> Held:
        logs = {log.origin: log for log in reading.logs()}
        return Held(
            arrivals=[row for rows in arrival_batches(reading) for row in rows],
            logs=logs,
            positions={origin: reading.positions(origin, 0, log.size + 1) for origin, log in logs.items()},
            cursors={row.id: row.cursor for row in reading.dossiers()},
            queued=sum(reading.queue_counts().values()),
        )

    with OrmJournal(database) as journal:
        return journal.read(ask)


def read_tables(database: Path) -> Tables:
    """Every row of every table, sorted."""
    with closing(sqlite3.connect(database)) as raw:
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        wanted = [name for name in names if not name.startswith(("sqlite_", "django_"))]
        return {name: sorted(raw.execute(f"SELECT {UNORDERED.get(name, '*')} FROM {name}"), key=repr) for name in wanted}  # noqa: S608 - names from the schema


def require_sound(node: RealNode) -> None:
    """The stopped node verifies, and a rebuild changes nothing."""
    found = verify_directory(node.directory)
    assert found["first_failure"] is None, f"{node.code}: {found['first_failure']}"
    assert (found["ok"], found["keys"]) == (True, "opened_with_identity")
    before = read_tables(node.database)
    rebuild_directory(node.directory)
    assert read_tables(node.database) == before, node.code
    assert verify_directory(node.directory)["ok"]


def require_one_truth(nodes: Sequence[RealNode], said: Mapping[str, Sequence[str]], types: Sequence[str]) -> None:
    """Stopped nodes that have nothing left to say hold the same; `said`: by author, the ids of all entries of `types`."""
    held = {node.code: read_held(node.database) for node in nodes}
    for author, receiver in permutations(held, 2):
        _require_delivered(author, held[author], receiver, held[receiver])
        wanted = [row.id.hex() for row in held[receiver].arrivals if row.author == author and row.type in types]
        assert wanted == list(said.get(author, ())), f"{author} to {receiver}"
    first, *others = held.values()
    assert first.cursors
    assert [other.cursors == first.cursors for other in others] == [True] * len(others)
    for node in nodes:
        require_sound(node)


def _require_delivered(author: str, mine: Held, receiver: str, theirs: Held) -> None:
    """One direction: what the author made for the receiver is there, in its order, once, with its body, receipted."""
    origin = origin_name(author=AgencyCode(author), to=AgencyCode(receiver), run=1)
    made = [row for row in mine.arrivals if row.author == author and receiver in parse_header(row.header).audience]
    ids = [row.id for row in made]
    assert made
    assert list(mine.positions[origin]) == ids, f"{origin}: as the author holds it"
    assert list(theirs.positions[origin]) == ids, f"{origin}: as the receiver holds it"
    assert len(set(ids)) == len(ids)
    log = mine.logs[origin]
    assert (log.size, log.receipted, mine.queued) == (len(ids), len(ids), 0), origin
    got = {row.id: row for row in theirs.arrivals if row.author == author}
    assert [got[row.id].body == row.body for row in made] == [True] * len(made), origin
