# SPDX-License-Identifier: EUPL-1.2
"""What an observer of every wire can hold the agencies to, whatever was lost, doubled, delayed or crashed.

(1) No log ever shows two roots at one size. (2) A receipt leaves only where everything it covers is stored.
"""

from __future__ import annotations

from amana.node.ports import Reading
from amana.protocol.canonical import parse
from amana.protocol.checkpoint import Origin, origin_name, parse_head
from amana.protocol.identifiers import AgencyCode, Digest
from amana.protocol.log import parse_step
from amana.protocol.sync import MAX_MESSAGE, Message, Offer
from amana.simulation.agency import Agency


class PromiseBroken(AssertionError):
    """An agency did what no fault, crash or restore excuses."""


class Watch:
    """Sees every message as it leaves."""

    def __init__(self) -> None:
        self.roots: dict[tuple[Origin, int], Digest] = {}
        self.receipts = 0

    def see(self, sender: Agency, receiver: AgencyCode, wire: bytes) -> None:
        """Hold one message of `sender` to both promises. Raises PromiseBroken."""
        offer = parse(parse(wire, Message, limit=MAX_MESSAGE).offer, Offer, limit=MAX_MESSAGE)
        for parcel in (offer.parcel, offer.back):
            if parcel is not None:
                self._see_head(parse_step(parcel.step).head)
        if offer.receipt:
            self._see_receipt(sender, receiver, offer)

    def _see_head(self, note: bytes) -> None:
        """(1)"""
        head = parse_head(note).head
        known = self.roots.setdefault((head.origin, head.size), head.root)
        if known != head.root:
            raise PromiseBroken(f"two roots of {head.origin} at {head.size}")

    def _see_receipt(self, sender: Agency, receiver: AgencyCode, offer: Offer) -> None:
        """(2)"""
        origin = origin_name(author=receiver, to=sender.code, run=offer.have_run)

        def ask(reading: Reading) -> bool:
            ids = reading.positions(origin, 0, offer.have)
            step = reading.step(origin, offer.have)
            return len(ids) == offer.have and reading.present(ids) == set(ids) and step is not None and step.receipt == offer.receipt

        if not sender.journal.read(ask):
            raise PromiseBroken(f"a receipt of {sender.code} for {origin} at {offer.have} that its journal does not bear out")
        self.receipts += 1
