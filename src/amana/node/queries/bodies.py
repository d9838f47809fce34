# SPDX-License-Identifier: EUPL-1.2
"""The words of several entries, read at once: title, text, language, and what else the author's form put in the body.

Only from bodies that are here. Of one that was erased, recalled or cannot be read, `void` says why and the words are
empty; total on whatever partners sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from amana.dossiers.plain import to_plain
from amana.dossiers.registry import find_entry_type
from amana.node.ports import EntryRow, Reading
from amana.protocol.canonical import parse
from amana.protocol.entry import Body, parse_body
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import EntryId

Plain = dict[str, Any]
LOST = "lost"


class Bodies:
    """Bodies by the ids of their entries."""

    def __init__(self, reading: Reading, ids: Iterable[EntryId]) -> None:
        self._rows: Mapping[EntryId, EntryRow] = reading.entries(list(dict.fromkeys(ids)))

    def words(self, id: EntryId) -> Plain:
        """`title`, `text`, `language`, and `void`: why there are none."""
        body, void = self._body(id)
        if body is None:
            return {"title": "", "text": "", "language": "", "void": void}
        return {"title": body.title, "text": body.text, "language": body.language, "void": ""}

    def detail(self, id: EntryId) -> Plain:
        """The values that this type of entry keeps in the body; empty where there are none."""
        body, _ = self._body(id)
        row = self._rows.get(id)
        declared = find_entry_type(row.kind, row.type) if row is not None else None
        if body is None or not body.detail or declared is None or declared.detail is None:
            return {}
        try:
            return to_plain(parse(body.detail, declared.detail))
        except PeerFault:
            return {}

    def latest(self, now: EntryId, first: EntryId) -> Plain:
        """The words and the detail of what was changed: of the change, or, where it says nothing, of what it changes."""
        shown, detail = self.words(now), self.detail(now)
        if not shown["title"] and not shown["text"]:
            shown = self.words(first)
        return shown | {"place": str((detail if detail.get("place") else self.detail(first)).get("place", ""))}

    def _body(self, id: EntryId) -> tuple[Body | None, str]:
        row = self._rows.get(id)
        if row is None or not row.body:
            return None, (row.void if row is not None else "") or LOST
        try:
            return parse_body(row.body), ""
        except PeerFault:
            return None, LOST
