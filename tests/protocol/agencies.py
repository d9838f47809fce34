# SPDX-License-Identifier: EUPL-1.2
"""Two agencies with all their keys, made from fixed seeds, for the tests of cards and envelopes."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from amana.protocol.card import Card, KindRules, Names, VerifiedCard, identity_digest, sign_card, verify_card
from amana.protocol.envelope import SealingPair
from amana.protocol.identifiers import AgencyCode, Millis
from amana.protocol.marking import Level
from amana.protocol.signing import SigningPair

RABAT, PARIS = AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn")
NOW = Millis(1_702_555_200_000)  # 14 December 2023, noon
NAMES = {
    RABAT: Names(
        ar="المديرية العامة للأمن الوطني", en="General Directorate of National Security", fr="Direction générale de la Sûreté nationale"
    ),
    PARIS: Names(ar="المديرية العامة للشرطة الوطنية", en="French National Police", fr="Direction générale de la Police nationale"),
}


@cache
def signing(agency: str, role: str) -> SigningPair:
    """The pair of an agency for a role; roles are free words."""
    return SigningPair.from_seed(hashlib.sha512(f"{agency}/{role}".encode()).digest())


@cache
def sealing(agency: str, role: str = "sealing") -> SealingPair:
    """The sealing pair of an agency."""
    return SealingPair.from_seed(hashlib.shake_256(f"{agency}/{role}".encode()).digest(96))


def card(agency: AgencyCode = RABAT, **change: Any) -> Card:
    """The agency's first card; one thing may differ."""
    fields: dict[str, Any] = {
        "run": 1,
        "code": agency,
        "head": signing(agency, "head").public,
        "limit": Level.RESTRICTED,
        "names": NAMES[agency],
        "rules": (KindRules(kind="agreement", versions=(1,)), KindRules(kind="information_request", versions=(1,))),
        "number": 1,
        "receipt": signing(agency, "receipt").public,
        "request": signing(agency, "request").public,
        "sealing": sealing(agency).public,
        "identity": signing(agency, "identity").public,
        "addresses": (f"https://{agency}.example:8443",),
        "issued_at": NOW,
        "next_identity": identity_digest(signing(agency, "next identity").public),
    }
    return Card(**{**fields, **change})


def signed(agency: AgencyCode = RABAT, *, role: str = "identity", **change: Any) -> bytes:
    """A card signed by the pair of `role`, which is the identity pair that the card names."""
    pair = signing(agency, role)
    return sign_card(pair, card(agency, **{"identity": pair.public, **change}))


def verified(agency: AgencyCode = RABAT, **change: Any) -> VerifiedCard:
    """The same, verified as a first card."""
    return verify_card(signed(agency, **change), known=None)
