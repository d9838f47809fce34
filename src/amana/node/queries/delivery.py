# SPDX-License-Identifier: EUPL-1.2
"""What became of each entry of ours at each partner: waiting, sent, delivered, taken in hand, with the times of each.

Sent: signed in a step of our log. Delivered: its node has cosigned that step. Taken: a person of that partner has
said something that comes after the entry, so it was there to be read. Times are UTC ms, 0 = not (yet).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from amana.dossiers.order import ancestors
from amana.node.ports import ACCEPTED, EntryRow, LogRow, Reading
from amana.node.queries.rows import is_automatic
from amana.protocol.checkpoint import MAX_RECEIPT_BYTES, receipt_name
from amana.protocol.entry import Header, parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, EntryId
from amana.protocol.note import parse_line, split_lines
from amana.protocol.signing import ED25519_SIGNATURE_BYTES

Plain = dict[str, Any]


@dataclass(slots=True)
class Deliveries:
    """The deliveries of one dossier's entries; logs and steps are looked up once."""

    reading: Reading
    taken: dict[tuple[EntryId, AgencyCode], int] = field(default_factory=dict)
    _logs: dict[AgencyCode, list[LogRow]] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, placed: Sequence[EntryRow], own: AgencyCode) -> Deliveries:
        """For the entries of a dossier, in order."""
        return cls(reading=reading, taken=taken_times(placed, own))

    def show(self, row: EntryRow, header: Header) -> list[Plain]:
        """For each receiver: its state, its times, and where the entry stands in the log to it."""
        return [self._one(row, code) for code in header.audience]

    def _one(self, row: EntryRow, code: AgencyCode) -> Plain:
        shown: Plain = {"partner": code, "state": "waiting", "position": None, "sent_at": 0, "delivered_at": 0}
        for log in self._outgoing(code):
            position = self.reading.position_of(log.origin, row.id)
            if position is not None:
                shown |= {"position": position} | self._sent(log, position)
                if position < log.receipted:  # else a log of a later run may hold it as well
                    break
        taken = self.taken.get((row.id, code), 0)
        return shown | {"taken_at": taken} | ({"state": "taken"} if taken else {})

    def _sent(self, log: LogRow, position: int) -> Plain:
        step = self.reading.step_over(log.origin, position)
        receipted = position < log.receipted
        return {
            "state": "delivered" if receipted else "sent",
            "sent_at": step.at if step is not None else 0,
            "delivered_at": receipt_time(step.receipt, log.partner) if step is not None and receipted else 0,
        }

    def _outgoing(self, code: AgencyCode) -> list[LogRow]:
        if code not in self._logs:
            self._logs[code] = [log for log in self.reading.logs(code) if log.outgoing]
        return self._logs[code]


@lru_cache(maxsize=4096)
def receipt_time(receipt: bytes, receiver: AgencyCode) -> int:
    """When a stored receipt, verified before it was kept, says that it was given (ms); 0 where there is none."""
    if not receipt:
        return 0
    try:
        first = split_lines(receipt, limit=MAX_RECEIPT_BYTES, count=2)[0]
        return parse_line(first, name=receipt_name(receiver), timed=True, length=ED25519_SIGNATURE_BYTES).time * 1000
    except PeerFault:
        return 0


def taken_times(placed: Sequence[EntryRow], own: AgencyCode) -> dict[tuple[EntryId, AgencyCode], int]:
    """When a person of each other agency first said something that comes after an entry of ours: (entry, agency) → ms."""
    times: dict[tuple[EntryId, AgencyCode], int] = {}
    before: dict[EntryId, int] = {}  # for each entry, our entries that are its ancestors, as a set of bits
    ours: list[EntryId] = []
    known: dict[AgencyCode, int] = {}
    for row in placed:
        bits = 0
        for ancestor in ancestors(parse_header(row.header)):
            bits |= before.get(ancestor, 0)
        if row.author == own:
            bits |= 1 << len(ours)
            ours.append(row.id)
        elif row.outcome == ACCEPTED and not is_automatic(row.kind, row.type):
            fresh = bits & ~known.get(row.author, 0)
            known[row.author] = known.get(row.author, 0) | bits
            for place in _places(fresh):
                times[ours[place], row.author] = row.made_at
        before[row.id] = bits
    return times


def _places(bits: int) -> list[int]:
    """The places of the bits that are set."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found
