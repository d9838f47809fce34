# SPDX-License-Identifier: EUPL-1.2
"""Partners: their cards, whether two people compared the safety number, and what may be exchanged with them.

A partner is added by its card, confirmed by typing the safety number that was heard, suspended and resumed by the
administrator. Nothing is exchanged with a partner that is not confirmed. Spec: spec/07-card.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from amana.node.context import Node
from amana.node.local import PartnerAdded, PartnerCard, PartnerConfirmed, PartnerSealing
from amana.node.ports import Reading, Writing
from amana.node.records import CONFIRMED, SUSPENDED, PartnerRecord, append_event, card_key, load_partner_record
from amana.protocol.canonical import parse
from amana.protocol.card import Card, SignedCard, VerifiedCard, verify_card
from amana.protocol.envelope import SealingKey
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import AgencyCode, Millis
from amana.protocol.safety_number import require_same_safety_number
from amana.protocol.sealing_statement import VerifiedSealing, current_sealing_key, verify_sealing_statement
from amana.protocol.signing import PublicPair


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A partner with its verified card in force and the key to seal to."""

    code: AgencyCode
    card: VerifiedCard
    status: str
    sealing: SealingKey
    since: Millis

    @property
    def confirmed(self) -> bool:
        """Two people compared the safety number, whatever the administrator decided since."""
        return self.status in (CONFIRMED, SUSPENDED)

    @property
    def suspended(self) -> bool:
        """Only control entries pass."""
        return self.status == SUSPENDED


@lru_cache(maxsize=256)
def _verified(signed: bytes) -> VerifiedCard:
    return verify_card(signed, known=None)


def partner_of(record: PartnerRecord) -> Partner:
    """A partner from its record."""
    card = _verified(record.card)
    statement = _verified_sealing(record.sealing, record.card) if record.sealing else None
    return Partner(
        code=AgencyCode(record.code),
        card=card,
        status=record.status,
        sealing=current_sealing_key(card, statement),
        since=Millis(record.since),
    )


@lru_cache(maxsize=256)
def _verified_sealing(statement: bytes, card: bytes) -> VerifiedSealing:
    return verify_sealing_statement(statement, card=_verified(card), known=None)


def load_partner(reading: Reading, code: str) -> Partner | None:
    """A partner, confirmed or not; None where there is none."""
    record = load_partner_record(reading, code)
    return None if record is None else partner_of(record)


def load_partners(reading: Reading) -> list[Partner]:
    """All partners by code."""
    return [partner_of(parse(row.value, PartnerRecord)) for row in reading.records("partner")]


def require_reachable(reading: Reading, code: AgencyCode, *, control: bool) -> Partner:
    """A partner that entries may be addressed to.

    Raises Refusal `unknown_partner`, `partner_not_confirmed`, `partner_suspended` (but for control entries).
    """
    partner = load_partner(reading, code)
    if partner is None:
        raise Refusal("unknown_partner", partner=code)
    if not partner.confirmed:
        raise Refusal("partner_not_confirmed", partner=code)
    if partner.suspended and not control:
        raise Refusal("partner_suspended", partner=code)
    return partner


def head_keys(reading: Reading, code: str, number: int) -> PublicPair:
    """The head keys of an agency's card by number. Raises PeerFault `unknown_card`."""
    return load_card(reading, code, number).head


def load_card(reading: Reading, code: str, number: int) -> Card:
    """A card that this node accepted, by agency and number. Raises PeerFault `unknown_card`."""
    signed = reading.record("card", card_key(code, number))
    if signed is None:
        raise PeerFault("unknown_card", agency=code, number=number)
    return parse(parse(signed, SignedCard).card, Card)


def take_sealing(node: Node, partner: Partner, signed: bytes) -> Partner:
    """A partner's newer sealing key; the one held already changes nothing. Raises PeerFault."""
    record = node.journal.read(lambda reading: load_partner_record(reading, partner.code))
    if record is None or record.sealing == signed:
        return partner
    known = _verified_sealing(record.sealing, record.card) if record.sealing else None
    taken = verify_sealing_statement(signed, card=partner.card, known=known)
    if known is not None and taken.statement_bytes == known.statement_bytes:
        return partner

    def act(writing: Writing) -> Partner:
        append_event(writing, PartnerSealing(code=partner.code, statement=signed), at=node.clock.now())
        return load_partner(writing, partner.code) or partner

    return node.journal.write(act)


def take_card(node: Node, partner: Partner, signed: bytes) -> Partner:
    """A newer card of a partner, signed by the identity that was compared or its announced successor.

    It proves itself, so it is taken before the message that shows it, whose keys it may name. Raises PeerFault.
    """
    if not signed:
        return partner
    card = verify_card(signed, known=partner.card)
    if card.number == partner.card.number:
        return partner

    def act(writing: Writing) -> Partner:
        append_event(writing, PartnerCard(card=signed), at=node.clock.now())
        return load_partner(writing, partner.code) or partner

    return node.journal.write(act)


def add_partner(node: Node, signed: bytes) -> Partner:
    """Bring in a partner's card. Adding the same card again changes nothing.

    Raises PeerFault where the card does not verify, Refusal `own_card`, `partner_known` (another card is held).
    """
    card = verify_card(signed, known=None)
    if card.card.code == node.code:
        raise Refusal("own_card")

    def act(writing: Writing) -> Partner:
        held = load_partner_record(writing, card.card.code)
        if held is not None and held.card != signed:
            raise Refusal("partner_known", partner=card.card.code, number=held.number)
        if held is None:
            append_event(writing, PartnerAdded(card=signed), at=node.clock.now())
        partner = load_partner(writing, card.card.code)
        assert partner is not None  # noqa: S101 - added above in the same write
        return partner

    return node.journal.write(act)


def confirm_partner(node: Node, code: AgencyCode, typed: str) -> Partner:
    """The safety number that a person heard, typed in. Raises Refusal `unknown_partner`, `safety_number_…`."""

    def act(writing: Writing) -> Partner:
        partner = load_partner(writing, code)
        if partner is None:
            raise Refusal("unknown_partner", partner=code)
        require_same_safety_number(typed, partner.card)
        if not partner.confirmed:
            append_event(writing, PartnerConfirmed(code=code, number=partner.card.card.number), at=node.clock.now())
        confirmed = load_partner(writing, code)
        assert confirmed is not None  # noqa: S101 - read above in the same write
        return confirmed

    confirmed = node.journal.write(act)
    node.wake(code)
    return confirmed
