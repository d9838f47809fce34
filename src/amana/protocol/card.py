# SPDX-License-Identifier: EUPL-1.2
"""An agency's signed identity: its keys, addresses, abilities and limit, signed by its offline identity key alone.

A card is verified against the one held before it; what comes out is a `VerifiedCard`, which nothing else makes:
(1) canonical form and sorted lists; (2) every key is another one, the sealing key is sound; (3) both signatures are
by the identity key in the card; and where a card of the agency is held: (4) the agency is the same; (5) the number is
higher, or the card is the very same; (6) the identity key is the same, or the one whose hash the held card announced;
(7) an announcement stands until it is used; (8) the run is not lower.
That the identity key is the agency's own is for two people to find out (safety_number). Spec: spec/07-card.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta

from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.entry import FORMAT
from amana.protocol.envelope import SealingKey, require_sealing_key
from amana.protocol.errors import OperatorFault, PeerFault, numbered
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, CodeField, Digest, MillisField, NumberField
from amana.protocol.marking import Level
from amana.protocol.signing import PublicPair, Signature, SigningPair, sign_statement, verify_statement

MAX_SIGNED_CARD = 64 * 1024
MAX_ADDRESSES = 8
MAX_KINDS = 64
STATEMENT = "card"
IDENTITY_LABEL: Final = b"amana/identity/v1\0"

# What is shown to people holds no control and no direction-changing characters (Unicode Cc; UAX 9 marks, embeddings, isolates).
SHOWN_PATTERN = r"^(?!\s)[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+(?<!\s)\Z"
ADDRESS_PATTERN = r"^https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?(/[A-Za-z0-9._~-]+)*/?\Z"

NameField = Annotated[str, Meta(min_length=1, max_length=120, pattern=SHOWN_PATTERN)]
AddressField = Annotated[str, Meta(max_length=200, pattern=ADDRESS_PATTERN)]
VersionField = Annotated[int, Meta(ge=1, lt=2**16)]


class Names(Canonical, frozen=True, kw_only=True):
    """An agency's name in the three languages."""

    ar: NameField
    en: NameField
    fr: NameField


class KindRules(Canonical, frozen=True, kw_only=True):
    """The rules versions of one kind of dossier that the agency's node can fold, ascending."""

    kind: CodeField
    versions: Annotated[tuple[VersionField, ...], Meta(min_length=1, max_length=32)]


class Card(Canonical, frozen=True, kw_only=True):
    """What an agency says of itself. Fields are in canonical key order."""

    run: NumberField
    code: AgencyCodeField
    head: PublicPair
    limit: Level  # the highest classification its node accepts
    names: Names
    rules: Annotated[tuple[KindRules, ...], Meta(max_length=MAX_KINDS)] = ()  # sorted by kind
    number: NumberField
    formats: Annotated[tuple[VersionField, ...], Meta(min_length=1, max_length=32)] = (FORMAT,)  # of entries, ascending
    receipt: PublicPair
    request: PublicPair
    sealing: SealingKey
    identity: PublicPair
    addresses: Annotated[tuple[AddressField, ...], Meta(max_length=MAX_ADDRESSES)] = ()  # in order of preference; none: calls out only
    issued_at: MillisField
    next_identity: Annotated[bytes, Meta(max_length=32)] = b""  # identity_digest of the next identity key, or empty


class SignedCard(Canonical, frozen=True, kw_only=True):
    """A card as it travels."""

    card: bytes
    signature: Signature


class CardChange(StrEnum):
    """What a verified card is to the one held before it."""

    FIRST = "first"
    SAME = "same"
    NEWER = "newer"
    NEW_IDENTITY = "new_identity"  # the announced next identity key took over: the safety number is another


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedCard:
    """A card that passed every check, with the bytes that prove it. Built only by `verify_card`."""

    card: Card
    card_bytes: bytes = field(repr=False)
    signed_bytes: bytes = field(repr=False)
    change: CardChange

    @property
    def code(self) -> AgencyCode:
        """The agency."""
        return self.card.code

    @property
    def number(self) -> int:
        """The card's number; it only rises."""
        return self.card.number

    @property
    def digest(self) -> Digest:
        """SHA-256 of the card's bytes: two forms with other (randomised) signatures are one card."""
        return Digest(hashlib.sha256(self.card_bytes).digest())


def identity_digest(identity: PublicPair) -> Digest:
    """What a card announces of the next identity key."""
    return Digest(hashlib.sha256(IDENTITY_LABEL + encode(identity)).digest())


def sign_card(identity: SigningPair, card: Card) -> bytes:
    """The signed card. Raises OperatorFault `other_identity_key` where the card names another identity key.

    Raises PeerFault as checks (1) and (2), so that no agency signs a card its partners would refuse.
    """
    if identity.public != card.identity:
        raise OperatorFault("other_identity_key", agency=card.code)
    _require_order(card)
    _require_keys(card)
    card_bytes = encode(card)
    return encode(SignedCard(card=card_bytes, signature=sign_statement(identity, STATEMENT, card_bytes)))


def verify_card(signed_bytes: bytes, *, known: VerifiedCard | None) -> VerifiedCard:
    """The card in `signed_bytes` by the checks of the module's list; `known` is the card held of this agency, if any.

    The same card again gives the held bytes. Raises PeerFault with the check's number: (1) the codes of the canonical
    form, `card_order`; (2) `keys_not_different`, `sealing_key`, `next_identity`; (3) `signature`; (4) `other_agency`;
    (5) `card_number_lower`, or `card_conflict`: two cards with one number, evidence with both signed forms;
    (6) `identity_changed`; (7) `next_identity_changed`; (8) `run_lower`.
    """
    with numbered(1):
        signed = parse(signed_bytes, SignedCard, limit=MAX_SIGNED_CARD)
        card = parse(signed.card, Card)
        _require_order(card)
    with numbered(2):
        _require_keys(card)
    with numbered(3):
        verify_statement(card.identity, STATEMENT, signed.card, signed.signature)
    change = CardChange.FIRST if known is None else _change(card, signed.card, known)
    if known is not None and change is CardChange.SAME:
        signed_bytes = known.signed_bytes
    return VerifiedCard(card=card, card_bytes=signed.card, signed_bytes=signed_bytes, change=change)


def _change(card: Card, card_bytes: bytes, known: VerifiedCard) -> CardChange:
    """Checks (4) to (8): what a card with good signatures is to the one held."""
    held = known.card
    if card.code != held.code:  # (4)
        raise PeerFault("other_agency", check=4, expected=held.code, got=card.code)
    if card_bytes == known.card_bytes:  # (5)
        return CardChange.SAME
    if card.number < held.number:  # (5)
        raise PeerFault("card_number_lower", check=5, agency=held.code, held=held.number, got=card.number)
    rotated = card.identity != held.identity
    if rotated and identity_digest(card.identity) != held.next_identity:  # (6)
        raise PeerFault("identity_changed", check=6, agency=held.code, number=card.number)
    if card.number == held.number:  # (5), after (6): only the agency's own keys make evidence against it
        got = hashlib.sha256(card_bytes).hexdigest()
        raise PeerFault("card_conflict", check=5, agency=held.code, number=card.number, held=known.digest.hex(), got=got)
    if not rotated and held.next_identity and card.next_identity != held.next_identity:  # (7)
        raise PeerFault("next_identity_changed", check=7, agency=held.code, number=card.number)
    if card.run < held.run:  # (8)
        raise PeerFault("run_lower", check=8, agency=held.code, held=held.run, got=card.run)
    return CardChange.NEW_IDENTITY if rotated else CardChange.NEWER


def _require_order(card: Card) -> None:
    """(1): what the field types cannot say."""
    kinds = [rules.kind for rules in card.rules]
    versions = (card.formats, *(rules.versions for rules in card.rules))
    if kinds != sorted(set(kinds)) or any(list(numbers) != sorted(set(numbers)) for numbers in versions):
        raise PeerFault("card_order", agency=card.code)
    if len(set(card.addresses)) != len(card.addresses):
        raise PeerFault("card_order", agency=card.code, field="addresses")


def _require_keys(card: Card) -> None:
    """(2): no key serves two ends, and partners can seal to this card."""
    pairs = (card.identity, card.head, card.receipt, card.request)
    if any(len(set(part)) != len(pairs) for part in ([p.ed25519 for p in pairs], [p.mldsa for p in pairs])):
        raise PeerFault("keys_not_different", agency=card.code)
    require_sealing_key(card.sealing)
    if len(card.next_identity) not in (0, 32) or card.next_identity == identity_digest(card.identity):
        raise PeerFault("next_identity", agency=card.code)
