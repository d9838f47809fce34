# SPDX-License-Identifier: EUPL-1.2
"""What arrives: chunks that were wanted, in order, opened before they are stored; a whole file verified and typed.

All that a message brings is checked before one write keeps it. A chunk that was not asked for, that is here already or
that does not follow is passed over: lost, doubled and reordered messages give the same file. A chunk that does not open
is a fault, and nothing of its message is kept. A file whose bytes are not what its entry says is destroyed (`damaged`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from amana.dossiers.shared.vocabulary import DispositionCode
from amana.node.attachments.kinds import find_type_fault
from amana.node.attachments.wanted import attachment_at, forget_wanted, is_wanted
from amana.node.automatic import post_dispositions
from amana.node.context import Node
from amana.node.local import AttachmentSettled
from amana.node.local_event import LocalEvent
from amana.node.partners import load_partner
from amana.node.ports import Reading, Writing
from amana.node.records import NO_DOSSIER, append_events
from amana.protocol.attachment import chunk_count, open_chunk, verify_attachment
from amana.protocol.attachment_exchange import Give
from amana.protocol.entry import Attachment
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId

DAMAGED, OTHER_TYPE, REFUSED, TAKEN = "damaged", "other_type", "refused", "taken"
Place = tuple[EntryId, int]


@dataclass(slots=True, kw_only=True)
class Taken:
    """What a message brought."""

    stored: int = 0  # chunks
    whole: list[Place] = field(default_factory=list)  # files that need nothing more: here, or given up
    damaged: PeerFault | None = None  # a file whose author says one thing in its entry and gives another


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Chunks of one file that follow what is held."""

    entry: EntryId
    place: int
    held: int
    attachment: Attachment
    sources: tuple[AgencyCode, ...]
    chunks: Sequence[bytes]
    code: str = ""  # of a whole file: what it is settled as, empty where it is simply here

    @property
    def whole(self) -> bool:
        """Whether nothing is missing then."""
        return self.held + len(self.chunks) == chunk_count(self.attachment.size)


def take_gives(node: Node, partner: AgencyCode, gives: Sequence[Give]) -> Taken:
    """Check and keep chunks. Raises PeerFault `attachment_chunk`; nothing of the message is kept then."""
    taken = Taken()
    parts: list[_Part] = []
    for (entry, place), group in groupby(gives, key=lambda give: (give.entry, give.place)):
        if all((part.entry, part.place) != (entry, place) for part in parts):
            part = _checked(node, partner, EntryId(entry), place, list(group), taken)
            parts += [part] if part is not None else []
    if not parts:
        return taken
    node.fault("attachments.chunks_verified")
    reached = node.journal.write(lambda writing: _store(writing, node, partner, parts, taken))
    node.fault("attachments.chunks_stored")
    for code in reached:
        node.wake(code)
    return taken


def settle(node: Node, partner: AgencyCode, code: str, places: Sequence[Place]) -> None:
    """Record what became of attachments towards a partner."""
    if places:
        now = node.clock.now()
        node.journal.write(lambda writing: append_events(writing, _settled(partner, code, places), at=now))


def _settled(partner: AgencyCode, code: str, places: Sequence[Place]) -> list[tuple[LocalEvent, str, DossierId]]:
    return [(AttachmentSettled(code=code, entry=entry, place=place, partner=partner), "", NO_DOSSIER) for entry, place in places]


def _checked(node: Node, partner: AgencyCode, entry: EntryId, place: int, gives: Sequence[Give], taken: Taken) -> _Part | None:
    """The part of these chunks that follows what is held, opened; None where nothing of it is of use."""

    def ask(reading: Reading) -> tuple[Attachment, tuple[AgencyCode, ...], int] | None:
        found = attachment_at(reading, entry, place) if is_wanted(reading, partner, entry, place) else None
        if found is None:
            return None
        _, header, attachment = found
        sources = header.audience if header.author == node.code else (header.author,)
        return attachment, sources, reading.chunk_count(entry, place)

    known = node.journal.read(ask)
    if known is None:
        return None
    attachment, sources, held = known
    chunks: list[bytes] = []
    for give in gives:
        open_chunk(attachment, give.index, give.sealed)
        if give.index == held + len(chunks):
            chunks.append(give.sealed)
    if not chunks:
        return None
    part = _Part(entry=entry, place=place, held=held, attachment=attachment, sources=sources, chunks=chunks)
    if not part.whole:
        return part
    before = node.journal.read(lambda reading: reading.chunks(entry, place, 0, held))
    try:
        content = verify_attachment(attachment, [*before, *chunks])
    except PeerFault as fault:
        taken.damaged = fault
        return replace(part, code=DAMAGED)
    return replace(part, code=OTHER_TYPE) if find_type_fault(attachment.type, content) else part


def _store(writing: Writing, node: Node, partner: AgencyCode, parts: Sequence[_Part], taken: Taken) -> set[AgencyCode]:
    """The one write of a message. What another message brought meanwhile stays as it is. The partners it left something for."""
    taken.stored, taken.whole = 0, []
    damaged: list[tuple[EntryId, DispositionCode]] = []
    for part in parts:
        place = (part.entry, part.place)
        overtaken = writing.chunk_count(*place) != part.held or not is_wanted(writing, partner, *place)
        if overtaken:
            continue
        if part.code == DAMAGED:
            writing.destroy_chunks([place])
            damaged.append((part.entry, DispositionCode.ATTACHMENT_REFUSED))
        else:
            writing.add_chunks(*place, part.held, part.chunks)
            taken.stored += len(part.chunks)
        if part.whole:
            forget_wanted(writing, *place, part.sources)
            taken.whole.append(place)
        if part.code:
            append_events(writing, _settled(partner, part.code, [place]), at=node.clock.now())
    told = load_partner(writing, partner) if damaged else None
    return post_dispositions(writing, node, told, damaged) if told is not None else set()
