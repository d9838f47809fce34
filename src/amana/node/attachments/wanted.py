# SPDX-License-Identifier: EUPL-1.2
"""Which attachments this node still wants from whom, and which of its own a partner has not taken yet.

Derived from bodies, from the chunks that are here and from what was settled, so a rebuild makes the same records. An
attachment of a partner's entry is wanted from its author; one of our own that was lost is wanted from all who received it.
"""

from __future__ import annotations

from collections.abc import Iterator

from amana.node.ports import EntryRow, Reading, RecordRow, Writing
from amana.node.records import attachment_key, partner_key
from amana.node.set_aside import NOT_FOLDED, disposition_code
from amana.protocol.attachment import chunk_count
from amana.protocol.entry import Attachment, Body, Header, parse_body, parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, EntryId

WANTED, OFFERED, TAKEN, SETTLED = "attachment_wanted", "attachment_offered", "attachment_taken", "attachment_settled"

KEY = b"attachments"  # the body's field, as its encoding holds it where it is not empty
FINAL = (b"refused", b"damaged")  # settled so that asking again is in vain


def index_attachments(writing: Writing, own: AgencyCode, id: EntryId, header: Header, body: Body) -> None:
    """Note what is wanted and offered of an entry's attachments."""
    rows = []
    for place, attachment in enumerate(body.attachments):
        key = attachment_key(id, place)
        if writing.chunk_count(id, place) < chunk_count(attachment.size):
            sources = header.audience if header.author == own else (header.author,)
            rows += [
                RecordRow(WANTED, partner_key(c) + key, b"") for c in sources if writing.record(SETTLED, key + c.encode()) not in FINAL
            ]
        if header.author == own:
            receivers = [c for c in header.audience if writing.record(TAKEN, key + c.encode()) is None]
            rows += [RecordRow(OFFERED, partner_key(c) + key, b"") for c in receivers]
    if rows:
        writing.store_records(rows)


def index_attachments_of(writing: Writing, own: AgencyCode, row: EntryRow) -> None:
    """The same of a stored entry that belongs in a dossier, if its body can be read."""
    found = attached_to(writing, row)
    if found is not None and found[1].attachments:
        index_attachments(writing, own, row.id, *found)


def drop_attachments(writing: Writing, row: EntryRow) -> None:
    """Forget what is wanted and offered of an entry whose body is about to be destroyed."""
    found = attached_to(writing, row)
    if found is None:
        return
    header, body = found
    keys = [
        partner_key(code) + attachment_key(row.id, place)
        for place in range(len(body.attachments))
        for code in (header.author, *header.audience)
    ]
    if keys:
        writing.drop_records(WANTED, keys)
        writing.drop_records(OFFERED, keys)


def attached_to(reading: Reading, row: EntryRow) -> tuple[Header, Body] | None:
    """Header and body of an entry that has attachments: of a known form, in a dossier, its body here."""
    if row.void or KEY not in row.body:  # nearly always, and far quicker than reading each body
        return None
    try:
        header, body = parse_header(row.header), parse_body(row.body)
    except PeerFault:
        return None
    return None if disposition_code(reading, row.id) in NOT_FOLDED else (header, body)


def wanted_from(reading: Reading, partner: AgencyCode, limit: int) -> Iterator[tuple[EntryId, int]]:
    """(entry, place) of what is wanted from a partner."""
    return _named(reading, WANTED, partner, limit)


def offered_to(reading: Reading, partner: AgencyCode, limit: int) -> Iterator[tuple[EntryId, int]]:
    """(entry, place) of what a partner has not said it has taken."""
    return _named(reading, OFFERED, partner, limit)


def is_wanted(reading: Reading, partner: AgencyCode, entry: EntryId, place: int) -> bool:
    """Whether this attachment is wanted from this partner."""
    return reading.record(WANTED, partner_key(partner) + attachment_key(entry, place)) is not None


def is_offered(reading: Reading, partner: AgencyCode, entry: EntryId, place: int) -> bool:
    """Whether this attachment of ours still waits for this partner."""
    return reading.record(OFFERED, partner_key(partner) + attachment_key(entry, place)) is not None


def forget_wanted(writing: Writing, entry: EntryId, place: int, sources: tuple[AgencyCode, ...]) -> None:
    """It is here whole: nobody is asked for it any more."""
    writing.drop_records(WANTED, [partner_key(code) + attachment_key(entry, place) for code in sources])


def attachment_at(reading: Reading, entry: EntryId, place: int) -> tuple[EntryRow, Header, Attachment] | None:
    """An attachment with its entry, where both are here and in a dossier."""
    row = reading.entry(entry)
    found = attached_to(reading, row) if row is not None else None
    if row is None or found is None or place >= len(found[1].attachments):
        return None
    return row, found[0], found[1].attachments[place]


def _named(reading: Reading, kind: str, partner: AgencyCode, limit: int) -> Iterator[tuple[EntryId, int]]:
    start = len(partner_key(partner))
    for row in reading.records(kind, partner_key(partner), limit):
        yield EntryId(row.key[start : start + 32]), row.key[start + 32]
