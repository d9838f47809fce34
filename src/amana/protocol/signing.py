# SPDX-License-Identifier: EUPL-1.2
"""Key pairs, and the one form in which everything but heads and receipts is signed.

Each pair is Ed25519 and ML-DSA-44, and both signatures are required everywhere: one alone is nothing. A statement
of kind `what` is signed over "amana/<what>/v1" NUL SHA-256(content); ML-DSA takes "amana/<what>/v1" as its context
too. Seeds are arguments; the randomness inside ML-DSA signing (FIPS 204, hedged) is the library's.
Spec: spec/04-checkpoint.md, "Statements".
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from msgspec import Meta

from amana.protocol.canonical import Canonical
from amana.protocol.errors import PeerFault

ED25519_PUBLIC_BYTES = 32  # RFC 8032
ED25519_SIGNATURE_BYTES = 64
MLDSA_PUBLIC_BYTES = 1312  # FIPS 204, ML-DSA-44
MLDSA_SIGNATURE_BYTES = 2420
SEED_BYTES = 64  # 32 of Ed25519, then 32 of ML-DSA-44

Part = Literal["ed25519", "mldsa"]

_KEYS_HELD = 1024  # loaded public keys kept: the cards of a federation many times over


class PublicPair(Canonical, frozen=True, kw_only=True):
    """The public half of a pair, as cards carry it."""

    mldsa: Annotated[bytes, Meta(min_length=MLDSA_PUBLIC_BYTES, max_length=MLDSA_PUBLIC_BYTES)]
    ed25519: Annotated[bytes, Meta(min_length=ED25519_PUBLIC_BYTES, max_length=ED25519_PUBLIC_BYTES)]


class Signature(Canonical, frozen=True, kw_only=True):
    """Both signatures over one statement."""

    mldsa: Annotated[bytes, Meta(min_length=MLDSA_SIGNATURE_BYTES, max_length=MLDSA_SIGNATURE_BYTES)]
    ed25519: Annotated[bytes, Meta(min_length=ED25519_SIGNATURE_BYTES, max_length=ED25519_SIGNATURE_BYTES)]


@dataclass(frozen=True, kw_only=True, slots=True)
class SigningPair:
    """A private pair. Build it with `from_seed`; nothing secret shows in its repr."""

    ed25519: Ed25519PrivateKey = field(repr=False)
    mldsa: MLDSA44PrivateKey = field(repr=False)
    public: PublicPair = field(repr=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningPair:
        """The pair of a 64-byte seed: 32 bytes of Ed25519, then 32 of ML-DSA-44. Raises ValueError on another length."""
        if len(seed) != SEED_BYTES:
            raise ValueError(f"a seed has {SEED_BYTES} bytes, got {len(seed)}")
        ed25519 = Ed25519PrivateKey.from_private_bytes(seed[:32])
        mldsa = MLDSA44PrivateKey.from_seed_bytes(seed[32:])
        public = PublicPair(mldsa=mldsa.public_key().public_bytes_raw(), ed25519=ed25519.public_key().public_bytes_raw())
        return cls(ed25519=ed25519, mldsa=mldsa, public=public)


def sign_statement(pair: SigningPair, what: str, content: bytes) -> Signature:
    """Both signatures of `pair` over `content` as a statement of kind `what` (card, request, bundle, …)."""
    message = _statement(what, content)
    return Signature(mldsa=pair.mldsa.sign(message, context=_context(what)), ed25519=pair.ed25519.sign(message))


def verify_statement(keys: PublicPair, what: str, content: bytes, signature: Signature) -> None:
    """Both signatures are by `keys` over `content` as `what`. Raises PeerFault `signature` with `what` and `part`."""
    message = _statement(what, content)
    verify_ed25519(keys, message, signature.ed25519, what=what)
    verify_mldsa(keys, message, signature.mldsa, what=what, context=_context(what))


def verify_ed25519(keys: PublicPair, message: bytes, signature: bytes, *, what: str, check: int = 0) -> None:
    """One half of a verification; callers ask for both. Raises PeerFault `signature`, part `ed25519`."""
    try:
        _load_ed25519(keys.ed25519).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise PeerFault("signature", check=check, what=what, part="ed25519") from error


def verify_mldsa(keys: PublicPair, message: bytes, signature: bytes, *, what: str, context: bytes = b"", check: int = 0) -> None:
    """The other half. Raises PeerFault `signature`, part `mldsa`."""
    try:
        _load_mldsa(keys.mldsa).verify(signature, message, context)
    except (InvalidSignature, ValueError) as error:
        raise PeerFault("signature", check=check, what=what, part="mldsa") from error


def _context(what: str) -> bytes:
    return b"amana/" + what.encode("ascii") + b"/v1"


def _statement(what: str, content: bytes) -> bytes:
    return _context(what) + b"\0" + hashlib.sha256(content).digest()


@lru_cache(maxsize=_KEYS_HELD)
def _load_ed25519(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)


@lru_cache(maxsize=_KEYS_HELD)
def _load_mldsa(public: bytes) -> MLDSA44PublicKey:
    return MLDSA44PublicKey.from_public_bytes(public)
