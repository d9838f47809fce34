# SPDX-License-Identifier: EUPL-1.2
"""What is due to be erased, and its destruction: bodies with their attachments, and what people wrote about them here.

(1) An entry is due at its own erase date. (2) What may speak of persons in an event, or in a dossier within one, is due at the
event's date, where that is earlier. (3) What this agency answered to be retaining for proceedings or by law stays until
the answer is another one. (4) A body in a pack that was brought in is due as its entry is. (5) Drafts that were never sent:
`unsent`. (6) The private annex of an operation of which no words on persons are left. (7) Sets of a comparison after a year.
With a body go its attachments, its items, its words in kept files, the draft that it was sent from; with the last one of a
dossier that may speak of persons, the dossier's internal notes. Headers, ids, receipts and every proof stay. The
caller empties the write-ahead file afterwards. docs/decisions/0009-events-in-small-dossiers.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amana.dossiers.fold import parse_coded
from amana.dossiers.information_request.entries import RecallAnswer, RecallRequest
from amana.dossiers.kind import Personal
from amana.dossiers.registry import KINDS, find_entry_type
from amana.dossiers.shared.vocabulary import RecallAnswerCode
from amana.node.annexes import forget_annex
from amana.node.comparing import forget_sets
from amana.node.context import Node
from amana.node.packs.taking import sweep_packs
from amana.node.ports import EntryRow, Reading, Writing
from amana.node.queries.rows import state_of
from amana.node.retention import erase_bodies
from amana.node.unsent import drafts_due, drafts_of, forget_drafts
from amana.protocol.entry import parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import DossierId, EntryId, Millis

DUE = "erased"  # the reason that is kept, and the word that stands in place of the body
BATCH = 500
RETAINED = frozenset({RecallAnswerCode.RETAINED_FOR_PROCEEDINGS, RecallAnswerCode.RETAINED_BY_LAW})
NEVER = Millis(2**62)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What a sweep found: `erased` bodies destroyed now (or due, where it only looked), and when the next one is due (0: none)."""

    erased: int
    next_due: Millis
    past: frozenset[DossierId]  # events whose date is over, with what belongs to them: what the pages keep of them is due too


def sweep(node: Node, *, now: Millis, dry: bool = False) -> Swept:
    """Destroy what is due at `now`; `dry`: only say how much. Batch by batch, each in one write."""
    dates = node.journal.read(Dates)
    retained = node.journal.read(_retained)
    due: list[EntryId] = []
    following = NEVER
    after = 0
    while rows := node.journal.read(lambda reading, start=after: reading.entries_by_arrival(start, BATCH)):  # type: ignore[misc]  # a default binds the loop's value
        after = rows[-1][0]
        for _, row in rows:
            at = dates.due(row) if row.body and row.id not in retained else NEVER  # (3)
            if at <= now:
                due.append(row.id)
            else:
                following = min(following, at)
    if not dry:
        for first in range(0, len(due), BATCH):
            node.journal.write(lambda writing, part=due[first : first + BATCH]: _erase(writing, node, part))  # type: ignore[misc]  # as above
    of_packs, after_that = sweep_packs(node, now, dry=dry)  # (4)
    following = min(following, after_that or NEVER)
    past = dates.past(now)
    unsent = node.journal.read(lambda reading: drafts_due(reading, now, past))  # (5)
    if not dry:
        node.journal.write(lambda writing: forget_drafts(writing, unsent))
        noted = node.journal.read(_noted_in_vain)
        node.journal.write(lambda writing: _forget_all_notes(writing, noted))
        sets = node.journal.write(lambda writing: forget_sets(writing, now))  # (7)
        if due or unsent or noted or sets:
            node.journal.write(lambda writing: writing.rewrite_records())
    return Swept(erased=len(due) + of_packs + len(unsent), next_due=Millis(0) if following == NEVER else following, past=past)


class Dates:
    """When each entry is due, by its own date and by its event's."""

    def __init__(self, reading: Reading) -> None:
        self._of_event: dict[DossierId, Millis] = {}
        for row in reading.dossiers():
            state = state_of(row)
            if state is not None and (date := KINDS[row.kind].erases(state)):
                self._of_event[row.id] = date
        self._within = {row.id: row.within for row in reading.dossiers() if row.within}

    def past(self, now: Millis) -> frozenset[DossierId]:
        """The events whose date is over, and what belongs to them."""
        events = {event for event, date in self._of_event.items() if date <= now}
        return frozenset(events | {dossier for dossier, event in self._within.items() if event in events})

    def due(self, row: EntryRow) -> Millis:
        """When the body of an entry is due; NEVER where nothing says so."""
        try:
            own = parse_header(row.header).marking.erase_on or NEVER  # (1)
        except PeerFault:
            return NEVER
        if not _may_speak_of_persons(row):
            return Millis(own)
        event = self._within.get(row.dossier, row.dossier)
        return Millis(min(own, self._of_event.get(event, NEVER)))  # (2)


def _may_speak_of_persons(row: EntryRow) -> bool:  # bool: by the declaration of the entry's type
    declared = find_entry_type(row.kind, row.type)
    return declared is not None and declared.personal is not Personal.NONE


def erased_in(reading: Reading, dossier: DossierId) -> Millis:
    """When the next body of a dossier is due; 0 where none is there or none has a date."""
    dates = Dates(reading)
    rows = reading.entries([row.id for row in reading.dossier_entries(dossier)]).values()
    following = min((dates.due(row) for row in rows if row.body), default=NEVER)
    return Millis(0) if following == NEVER else following


def _retained(reading: Reading) -> frozenset[EntryId]:
    """(3) What a recall named and a holder's last answer here says to be retained."""
    named: dict[EntryId, bool] = {}
    for dossier in reading.dossiers(kind="information_request"):
        entries = reading.dossier_entries(dossier.id)
        recalls = {row.id: said.entry for row in entries if isinstance(said := _coded(row, RecallRequest), RecallRequest)}
        for row in entries:
            answer = _coded(row, RecallAnswer)
            if isinstance(answer, RecallAnswer) and answer.recall in recalls:
                named[recalls[answer.recall]] = answer.code in RETAINED
    return frozenset(entry for entry, kept in named.items() if kept)


def _coded(row: EntryRow, shape: type[RecallRequest | RecallAnswer]) -> object:
    wanted = "recall_request" if shape is RecallRequest else "recall_answer"
    return parse_coded(parse_header(row.header).coded, shape) if row.type == wanted and not row.outcome else None


def _erase(writing: Writing, node: Node, due: Iterable[EntryId]) -> None:
    rows = [row for row in writing.entries(due).values() if row.body]
    if not rows:
        return
    erase_bodies(writing, node, "", rows, DUE)
    forget_drafts(writing, drafts_of(writing, {row.id for row in rows}))
    for dossier in {row.dossier for row in rows if row.dossier}:
        held = writing.entries([row.id for row in writing.dossier_entries(dossier)]).values()
        if not any(row.body and _may_speak_of_persons(row) for row in held):
            _forget_notes(writing, dossier)
            forget_annex(writing, dossier)  # (6)


def _noted_in_vain(reading: Reading) -> list[DossierId]:
    """Dossiers with internal notes of which every word on persons is erased: notes that were written afterwards go too."""
    found = []
    kept = {DossierId(row.key[:32]) for kind in ("note", "annex") for row in reading.records(kind)}
    for dossier in sorted(kept):
        held = reading.entries([row.id for row in reading.dossier_entries(dossier)]).values()
        personal = [row for row in held if _may_speak_of_persons(row)]
        if personal and all(row.void == DUE for row in personal):
            found.append(dossier)
    return found


def _forget_all_notes(writing: Writing, dossiers: Iterable[DossierId]) -> None:
    for dossier in dossiers:
        _forget_notes(writing, dossier)
        forget_annex(writing, dossier)


def _forget_notes(writing: Writing, dossier: DossierId) -> None:
    """Destroy the internal notes of a dossier of which no words are left."""
    writing.erase_local([row.seq for row in writing.local_of(dossier, "note_added") if row.content is not None])
    writing.drop_records("note", [row.key for row in writing.records("note", dossier)])
