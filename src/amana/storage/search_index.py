# SPDX-License-Identifier: EUPL-1.2
"""What people have written, to be searched: an index in memory alone, made from the journal and kept up with it.

No byte of it touches a disk, so an erasure needs to reach nothing but this process. `catch_up` takes in what has
arrived and lets go of what was erased since it was called last; `find` names entries and decides nothing about who
may see them. Safe to share between threads.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence

from amana.dossiers.shared.searching import asked_numbers, asked_words, item_numbers, item_words, numbers_in, searched
from amana.node.local import BodiesErased, Disposed
from amana.node.ports import EntryRow, Reading
from amana.node.queries.search import Found
from amana.protocol.canonical import parse
from amana.protocol.entry import Body, parse_body
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import DossierId, EntryId

BATCH = 500
_TABLES = (
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    "CREATE TABLE place (number INTEGER PRIMARY KEY, entry BLOB UNIQUE, dossier BLOB)",
    "CREATE VIRTUAL TABLE word USING fts5 (title, text, items, tokenize = 'unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE figure USING fts5 (numbers, tokenize = 'trigram')",
)
_WORDS = (
    "SELECT entry, dossier FROM word JOIN place ON place.number = word.rowid WHERE word MATCH ? "
    "ORDER BY bm25(word, 8.0, 1.0, 4.0), place.number DESC LIMIT ?"
)
_NUMBERS = (
    "SELECT entry, dossier FROM figure JOIN place ON place.number = figure.rowid WHERE figure MATCH ? ORDER BY place.number DESC LIMIT ?"
)


class SearchIndex:
    """The index of one node's bodies."""

    def __init__(self) -> None:
        self._raw = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._lock = threading.Lock()
        self._arrival = 0  # the last entry taken in
        self._local = -1  # the last local event looked at; -1: none was yet
        for statement in _TABLES:
            self._raw.execute(statement)

    def catch_up(self, reading: Reading) -> None:
        """Bring the index to the state that is read."""
        with self._lock:
            self._raw.execute("BEGIN")
            try:
                erased = self._changed(reading)
                while rows := reading.entries_by_arrival(self._arrival, BATCH):
                    self._arrival = rows[-1][0]
                    self._add([row for _, row in rows])
            finally:
                self._raw.execute("COMMIT")
            if erased:  # a deletion only marks words; merged, nothing of them is left
                for table in ("word", "figure"):
                    self._raw.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - one of two names above

    def find(self, question: str, limit: int) -> list[Found]:
        """Entries in which all words of the question occur, or its number; numbers first, then the best matches."""
        words = " ".join(f'"{word}"*' for word in asked_words(question))
        numbers = " OR ".join(f'"{number}"' for number in asked_numbers(question))
        with self._lock:
            rows = self._ask(_NUMBERS, numbers, limit) + self._ask(_WORDS, words, limit)
        found = {EntryId(entry): Found(entry=EntryId(entry), dossier=DossierId(dossier)) for entry, dossier in rows}
        return list(found.values())[:limit]

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._raw.close()

    def _ask(self, sql: str, matched: str, limit: int) -> list[tuple[bytes, bytes]]:
        return self._raw.execute(sql, (matched, limit)).fetchall() if matched else []

    def _changed(self, reading: Reading) -> bool:
        """Take out what was erased, and take anew what was set aside before; whether anything was taken out."""
        if self._local < 0:
            self._local = reading.local_head()[0]
            return False
        again: list[EntryId] = []
        while events := reading.local_after(self._local, BATCH):
            self._local = events[-1].seq
            for event in events:
                if event.content is None:
                    continue
                if event.type == "bodies_erased":
                    again += parse(event.content, BodiesErased).entries
                elif event.type == "disposed":
                    again.append(parse(event.content, Disposed).entry)
        for entry in again:
            self._drop(entry)
        self._add(reading.entries(again).values())
        return bool(again)

    def _drop(self, entry: EntryId) -> None:
        held = self._raw.execute("SELECT number FROM place WHERE entry = ?", (entry,)).fetchone()
        if held is not None:
            for sql in ("DELETE FROM word WHERE rowid = ?", "DELETE FROM figure WHERE rowid = ?", "DELETE FROM place WHERE number = ?"):
                self._raw.execute(sql, held)

    def _add(self, rows: Iterable[EntryRow]) -> None:
        for row in rows:
            body = _body(row)
            if body is None:
                continue
            number = self._raw.execute("INSERT OR IGNORE INTO place (entry, dossier) VALUES (?, ?)", (row.id, row.dossier)).lastrowid
            items = "\n".join(text for item in body.items for text in item_words(item))
            words = (number, searched(body.title), searched(body.text), searched(items))
            self._raw.execute("INSERT OR REPLACE INTO word (rowid, title, text, items) VALUES (?, ?, ?, ?)", words)
            self._raw.execute("INSERT OR REPLACE INTO figure (rowid, numbers) VALUES (?, ?)", (number, " ".join(_numbers(body))))


def _body(row: EntryRow) -> Body | None:
    """The body of an entry that belongs in a dossier, where it has one that can be read."""
    if not row.body or not row.dossier:
        return None
    try:
        return parse_body(row.body)
    except PeerFault:
        return None


def _numbers(body: Body) -> Sequence[str]:
    return [number for item in body.items for number in item_numbers(item)] + numbers_in(f"{body.title}\n{body.text}")
