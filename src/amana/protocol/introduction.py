# SPDX-License-Identifier: EUPL-1.2
"""Who speaks without having been compared: agencies that a partner introduces, and guests without a node.

An introduction vouches for one card, in named dossiers, until a date; it never counts as compared. Checks: (1)
canonical form and sorted dossiers; (2) both signatures by the introducer's request keys; (3) it is the introducer's
own word, about another agency; (4) the card verifies and is the one named; (5) it has not ended. Spec: spec/07-card.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from msgspec import Meta

from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.card import Names, VerifiedCard, verify_card
from amana.protocol.errors import PeerFault, Refusal, numbered
from amana.protocol.identifiers import (
    AgencyCode,
    AgencyCodeField,
    DigestField,
    DossierId,
    EntryIdField,
    Millis,
    MillisField,
    NumberField,
)
from amana.protocol.signing import Signature, SigningPair, sign_statement, verify_statement

MAX_DOSSIERS = 64
MAX_SIGNED_INTRODUCTION = 16 * 1024
STATEMENT: Final = "introduction"


class Introduction(Canonical, frozen=True, kw_only=True):
    """The introducer's word that this card is the agency's, for these dossiers until `until`."""

    card: DigestField  # VerifiedCard.digest of the introduced card
    code: AgencyCodeField  # the agency introduced
    until: MillisField
    number: NumberField  # of the introduced card
    dossiers: Annotated[tuple[EntryIdField, ...], Meta(min_length=1, max_length=MAX_DOSSIERS)]  # ids, sorted
    issued_at: MillisField
    introducer: AgencyCodeField


class SignedIntroduction(Canonical, frozen=True, kw_only=True):
    """An introduction as it travels."""

    signature: Signature
    introduction: bytes


class Guest(Canonical, frozen=True, kw_only=True):
    """An agency without a node, for which its host's node speaks: shown everywhere as "guest, on behalf of host".

    A guest has no keys: what it says is signed by the host, and the host answers for it.
    """

    code: AgencyCodeField
    names: Names
    on_behalf_of: AgencyCodeField  # the host


@dataclass(frozen=True, kw_only=True, slots=True)
class IntroducedCard:
    """A card that stands on a partner's word: "introduced by …, not compared". Built only by `verify_introduction`."""

    card: VerifiedCard
    introducer: AgencyCode
    dossiers: frozenset[DossierId]
    until: Millis


def sign_introduction(request: SigningPair, introduction: Introduction) -> bytes:
    """The signed introduction. Raises PeerFault `dossier_order` or `self_introduction`."""
    _require_order(introduction)
    _require_other(introduction)
    content = encode(introduction)
    return encode(SignedIntroduction(signature=sign_statement(request, STATEMENT, content), introduction=content))


def verify_introduction(
    signed_bytes: bytes, *, introducer: VerifiedCard, introduced: bytes, known: VerifiedCard | None, now: Millis
) -> IntroducedCard:
    """The card that a partner introduces. `introduced`: its signed bytes; `known`: the card held of that agency, if any.

    Raises PeerFault with the check's number: (1) the codes of the canonical form, `dossier_order`; (2) `signature`;
    (3) `other_agency`, `self_introduction`; (4) those of `verify_card`, `other_card`; (5) `introduction_over`.
    """
    with numbered(1):
        signed = parse(signed_bytes, SignedIntroduction, limit=MAX_SIGNED_INTRODUCTION)
        introduction = parse(signed.introduction, Introduction)
        _require_order(introduction)
    with numbered(2):
        verify_statement(introducer.card.request, STATEMENT, signed.introduction, signed.signature)
    if introduction.introducer != introducer.code:  # (3)
        raise PeerFault("other_agency", check=3, expected=introducer.code, got=introduction.introducer)
    with numbered(3):
        _require_other(introduction)
    try:
        card = verify_card(introduced, known=known)  # (4)
    except PeerFault as fault:
        raise fault.at_check(4) from fault
    if (card.code, card.number, card.digest) != (introduction.code, introduction.number, introduction.card):  # (4)
        raise PeerFault("other_card", check=4, agency=introduction.code, expected=introduction.number, got=card.number)
    if introduction.until <= now:  # (5)
        raise PeerFault("introduction_over", check=5, agency=introduction.code, until=introduction.until)
    dossiers = frozenset(DossierId(dossier) for dossier in introduction.dossiers)
    return IntroducedCard(card=card, introducer=introducer.code, dossiers=dossiers, until=introduction.until)


def require_introduced_for(introduced: IntroducedCard, dossier: DossierId, *, now: Millis) -> None:
    """The introduction covers this dossier now. Raises Refusal `not_introduced_for` or `introduction_over`."""
    if dossier not in introduced.dossiers:
        raise Refusal("not_introduced_for", agency=introduced.card.code, introducer=introduced.introducer)
    if introduced.until <= now:
        raise Refusal("introduction_over", agency=introduced.card.code, introducer=introduced.introducer, until=introduced.until)


def require_host(guest: Guest, author: AgencyCode) -> None:
    """Only its host speaks for a guest, and nobody is its own guest. Raises PeerFault `other_host`."""
    if guest.on_behalf_of != author or guest.code == author:
        raise PeerFault("other_host", agency=guest.code, expected=guest.on_behalf_of, got=author)


def _require_order(introduction: Introduction) -> None:
    if list(introduction.dossiers) != sorted(set(introduction.dossiers)):
        raise PeerFault("dossier_order", agency=introduction.introducer)


def _require_other(introduction: Introduction) -> None:
    if introduction.code == introduction.introducer:
        raise PeerFault("self_introduction", agency=introduction.introducer)
