# SPDX-License-Identifier: EUPL-1.2
"""A new sealing key between two cards: a numbered statement by the agency's request keys, so its identity key stays away.

Checks: (1) canonical form; (2) the key is sound; (3) both signatures are by the request keys of the card; (4) agency
and card number are that card's; (5) the number is higher than the one held, or the statement is the very same.
A statement counts while the card it names is in force; the next card states its own key. Spec: spec/07-card.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.card import VerifiedCard
from amana.protocol.envelope import SealingKey, require_sealing_key
from amana.protocol.errors import PeerFault, numbered
from amana.protocol.identifiers import AgencyCodeField, MillisField, NumberField
from amana.protocol.signing import Signature, SigningPair, sign_statement, verify_statement

MAX_SIGNED_STATEMENT = 8 * 1024
STATEMENT: Final = "sealing"


class SealingStatement(Canonical, frozen=True, kw_only=True):
    """From now on seal to this key. `card` is the number of the agency's card; `number` rises for its whole life."""

    key: SealingKey
    card: NumberField
    code: AgencyCodeField
    number: NumberField
    issued_at: MillisField


class SignedSealingStatement(Canonical, frozen=True, kw_only=True):
    """A sealing statement as it travels."""

    signature: Signature
    statement: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedSealing:
    """A sealing statement that passed every check. Built only by `verify_sealing_statement`."""

    statement: SealingStatement
    statement_bytes: bytes = field(repr=False)
    signed_bytes: bytes = field(repr=False)


def sign_sealing_statement(request: SigningPair, statement: SealingStatement) -> bytes:
    """The signed statement. Raises PeerFault `sealing_key` where partners could not seal to the key."""
    require_sealing_key(statement.key)
    statement_bytes = encode(statement)
    signature = sign_statement(request, STATEMENT, statement_bytes)
    return encode(SignedSealingStatement(signature=signature, statement=statement_bytes))


def verify_sealing_statement(signed_bytes: bytes, *, card: VerifiedCard, known: VerifiedSealing | None) -> VerifiedSealing:
    """The statement in `signed_bytes`; `card` is the agency's card in force, `known` the last statement held of it.

    Raises PeerFault with the check's number: (1) the codes of the canonical form; (2) `sealing_key`; (3) `signature`;
    (4) `other_agency`, `other_card`; (5) `sealing_number_lower`, `sealing_conflict`.
    """
    with numbered(1):
        signed = parse(signed_bytes, SignedSealingStatement, limit=MAX_SIGNED_STATEMENT)
        statement = parse(signed.statement, SealingStatement)
    with numbered(2):
        require_sealing_key(statement.key)
    with numbered(3):
        verify_statement(card.card.request, STATEMENT, signed.statement, signed.signature)
    if statement.code != card.code:  # (4)
        raise PeerFault("other_agency", check=4, expected=card.code, got=statement.code)
    if statement.card != card.number:  # (4)
        raise PeerFault("other_card", check=4, agency=card.code, expected=card.number, got=statement.card)
    if known is not None and known.statement_bytes == signed.statement:  # (5)
        return known
    if known is not None and statement.number <= known.statement.number:  # (5)
        code = "sealing_conflict" if statement.number == known.statement.number else "sealing_number_lower"
        raise PeerFault(code, check=5, agency=card.code, held=known.statement.number, got=statement.number)
    return VerifiedSealing(statement=statement, statement_bytes=signed.statement, signed_bytes=signed_bytes)


def current_sealing_key(card: VerifiedCard, statement: VerifiedSealing | None) -> SealingKey:
    """The key to seal to: that of the last statement under this card, else the card's own."""
    if statement is not None and statement.statement.code == card.code and statement.statement.card == card.number:
        return statement.statement.key
    return card.card.sealing
