# SPDX-License-Identifier: EUPL-1.2
"""What officers wrote and never sent: drafts that are due to be erased, and their destruction.

A draft without an entry goes (1) at the erase date that its author chose for it, (2) when the event that it belongs to, or
the one of its dossier, is past its date, (3) ninety days after it was last saved; one that was sent goes with its entry.
The pages keep forms that are being written by the same rules (`amana.web.forgetting`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any

import msgspec

from amana.node.ports import Reading, Writing
from amana.node.records import NO_DOSSIER, DraftRecord
from amana.protocol.canonical import parse
from amana.protocol.identifiers import DossierId, EntryId, Millis

KEPT = int(timedelta(days=90).total_seconds()) * 1000  # our choice: a quarter in which an author may come back to it


def drafts_due(reading: Reading, now: Millis, past: Collection[DossierId]) -> list[bytes]:
    """The drafts that were never sent and are due; `past`: what belongs to events whose date is over."""
    named = {dossier.hex() for dossier in past}
    held = [(row.key, parse(row.value, DraftRecord)) for row in reading.records("draft")]
    return [key for key, draft in held if not draft.entry and _is_due(draft, now, named)]


def drafts_of(reading: Reading, gone: Collection[EntryId]) -> list[bytes]:
    """The drafts from which these entries were sent: they hold the same words."""
    return [row.key for row in reading.records("draft") if parse(row.value, DraftRecord).entry in gone]


def forget_drafts(writing: Writing, drafts: Iterable[bytes]) -> None:
    """Destroy drafts, with every version of them."""
    ended = sorted(bytes(draft) for draft in drafts)
    if not ended:
        return
    writing.erase_local(list(_events_of(writing, set(ended))))
    writing.drop_records("draft", ended)


def _is_due(draft: DraftRecord, now: Millis, past: Collection[str]) -> bool:  # bool: by dates alone
    if draft.at + KEPT <= now:  # (3)
        return True
    given = _plain(draft.action)
    erase_on = _plain(given.get("marking")).get("erase_on")
    if isinstance(erase_on, int) and 0 < erase_on <= now:  # (1)
        return True
    return given.get("dossier") in past or _plain(given.get("coded")).get("event") in past  # (2)


def _plain(value: object) -> dict[str, Any]:
    """A JSON object, from its text or as it is; empty for anything else."""
    if isinstance(value, bytes):
        try:
            value = msgspec.json.decode(value)
        except msgspec.DecodeError:
            return {}
    return value if isinstance(value, dict) else {}


def _events_of(writing: Writing, ids: set[bytes]) -> Iterator[int]:
    dossiers = {NO_DOSSIER, *(row.id for row in writing.dossiers())}
    for dossier in dossiers:
        for type in ("draft_saved", "draft_ended"):
            for row in writing.local_of(dossier, type):
                if row.content is not None and any(id in row.content for id in ids):
                    yield row.seq
