# SPDX-License-Identifier: EUPL-1.2
"""Destroying bodies and their attachments: after a recall, and later by erase dates. Headers, ids and every proof stay exact.

An entry of a dossier is recalled by its own author only: whoever answers `erased` to somebody else's recall has
nothing destroyed here. The journal overwrites the bytes; the caller empties the write-ahead file afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence

from amana.dossiers.information_request.entries import RecallAnswer, RecallRequest
from amana.dossiers.shared.vocabulary import RecallAnswerCode
from amana.node.attachments.wanted import drop_attachments
from amana.node.briefs_kept import forget_words
from amana.node.context import Node
from amana.node.items_index import drop_entry
from amana.node.local import BodiesErased
from amana.node.ports import EntryRow, Writing
from amana.node.records import append_event
from amana.protocol.canonical import parse
from amana.protocol.entry import parse_header
from amana.protocol.identifiers import DossierId, EntryId

RECALLED = "recalled"


def erase_recalled(writing: Writing, node: Node, officer: str, dossier: DossierId, answer: RecallAnswer) -> list[EntryId]:
    """Destroy the body that a recall names, where the answer says `erased` and its author recalls it; the ids destroyed."""
    if answer.code is not RecallAnswerCode.ERASED:
        return []
    recall = writing.entry(answer.recall)
    if recall is None or recall.type != "recall_request":
        return []
    named = writing.entry(parse(parse_header(recall.header).coded, RecallRequest).entry)
    if named is None or named.author != recall.author or named.dossier != dossier or not named.body:
        return []
    erase_bodies(writing, node, officer, [named], RECALLED)
    writing.rewrite_records()
    return [named.id]


def erase_bodies(writing: Writing, node: Node, officer: str, rows: Sequence[EntryRow], reason: str) -> None:
    """Destroy these bodies and what was derived from them, and record that it was done."""
    for row in rows:
        drop_entry(writing, row)
        drop_attachments(writing, row)
    forget_words(writing, [row.id for row in rows], at=node.clock.now())
    writing.void_entries([(row.id, reason) for row in rows])
    event = BodiesErased(reason=reason, entries=tuple(sorted(row.id for row in rows)))
    append_event(writing, event, at=node.clock.now(), officer=officer)
