# SPDX-License-Identifier: EUPL-1.2
"""What a partner is given: chunks of attachments of entries that it holds by right, and nothing else.

Only an agency in the entry's audience, or its author, gets a chunk. What is erased, unknown or for others looks alike.
Nothing is said of what is not here yet: the partner asks again later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amana.node.attachments.wanted import attachment_at, is_offered, is_wanted
from amana.node.ports import Reading
from amana.protocol.attachment import chunk_count
from amana.protocol.attachment_exchange import MAX_GIVES, MAX_WANTS, Cannot, Give, Offered, Want
from amana.protocol.identifiers import AgencyCode, EntryId

Place = tuple[EntryId, int]


def gives_for(reading: Reading, partner: AgencyCode, wants: Sequence[Want]) -> tuple[list[Give], list[Cannot]]:
    """The chunks that answer these wishes, at most one message full, and what cannot be had."""
    gives: list[Give] = []
    cannot: list[Cannot] = []
    for want in wants:
        found = attachment_at(reading, want.entry, want.place)
        if found is None or partner not in {found[1].author, *found[1].audience} or want.next >= chunk_count(found[2].size):
            cannot.append(Cannot(entry=want.entry, place=want.place))
            continue
        sealed = reading.chunks(want.entry, want.place, want.next, MAX_GIVES - len(gives)) if len(gives) < MAX_GIVES else []
        gives += [Give(entry=want.entry, index=index, place=want.place, sealed=each) for index, each in enumerate(sealed, want.next)]
    return gives, cannot


def wants_of(reading: Reading, places: Iterable[Place]) -> tuple[Want, ...]:
    """Wishes for these attachments, from the first chunk that is missing."""
    return tuple(Want(next=reading.chunk_count(*place), entry=place[0], place=place[1]) for place in places)[:MAX_WANTS]


def done_of(reading: Reading, partner: AgencyCode, offered: Sequence[Offered]) -> tuple[Offered, ...]:
    """Of what a partner offers, that of which nothing more is needed: here, given up, or of an entry that is not here any more.

    An entry that has not arrived yet is left out, so that the partner offers it again.
    """
    return tuple(
        one
        for one in offered
        if not is_wanted(reading, partner, one.entry, one.place) and reading.present([one.entry]) and _is_from(reading, partner, one.entry)
    )


def still_offered(reading: Reading, partner: AgencyCode, done: Iterable[Offered]) -> list[Place]:
    """Of what a partner says it has taken, that which we still noted as offered."""
    return [(one.entry, one.place) for one in done if is_offered(reading, partner, one.entry, one.place)]


def _is_from(reading: Reading, partner: AgencyCode, entry: EntryId) -> bool:
    row = reading.entry(entry)
    return row is not None and row.author == partner
