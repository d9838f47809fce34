# SPDX-License-Identifier: EUPL-1.2
"""The second implementation of the envelope: HPKE by its key schedule, Padmé by its definition, slots byte by byte.

Written from spec/06, RFC 9180 and the X-Wing draft; only ML-KEM, X25519 and AES-GCM themselves come from the same
library as the product's. `Failed` is its only error and carries the number of the check.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.vectors.independent import REQUIRED, Reject, array, decode, encode, octets, parse, record

ENVELOPE = record(
    key=(octets(16, 16), REQUIRED),
    slots=(array(octets(0, 2**32), 1, 1000), REQUIRED),
    sealed_key=(octets(1168, 1168), REQUIRED),
)
SUITE_ID = b"HPKE" + bytes.fromhex("647a 0001 0002")  # MLKEM768-X25519, HKDF-SHA256, AES-256-GCM
X_WING = bytes.fromhex("5c2e2f2f5e5c")
VOIDS = ["", "erased", "recalled", "lost"]


class Failed(Exception):
    """A check of the specification fails."""

    def __init__(self, check: int) -> None:
        self.check = check
        super().__init__(check)


class Opened(NamedTuple):
    header: bytes
    body: bytes
    void: str
    committed: bool


def padme(length: int) -> int:
    """Padmé (Nikitin et al., PoPETs 2019), as its definition: e = floor(log2 L), s = floor(log2 e) + 1, low e - s bits zero."""
    e = math.floor(math.log2(length))
    s = math.floor(math.log2(e)) + 1
    multiple = 2 ** (e - s)
    while length % multiple:
        length += 1
    return length


def key_id(mlkem: bytes, x25519: bytes) -> bytes:
    return hashlib.sha256(b"amana/sealing-key/v1\0" + mlkem + x25519).digest()[:16]


def public_halves(seed: bytes) -> tuple[bytes, bytes]:
    mlkem = MLKEM768PrivateKey.from_seed_bytes(seed[:64]).public_key().public_bytes_raw()
    return mlkem, X25519PrivateKey.from_private_bytes(seed[64:]).public_key().public_bytes_raw()


def binding(sender: str, receiver: str, sender_card: int, receiver_card: int, key: bytes, step: bytes) -> bytes:
    bound = {"key": key, "step": step, "sender": sender, "receiver": receiver, "sender_card": sender_card, "receiver_card": receiver_card}
    return hashlib.sha256(b"amana/envelope/v1\0" + encode(bound)).digest()


def open_hpke(sealed: bytes, seed: bytes, info: bytes) -> bytes:
    """RFC 9180, single-shot base mode, with X-Wing's combiner as the KEM."""
    mlkem_ciphertext, share, ciphertext = sealed[:1088], sealed[1088:1120], sealed[1120:]
    x25519 = X25519PrivateKey.from_private_bytes(seed[64:])
    first = MLKEM768PrivateKey.from_seed_bytes(seed[:64]).decapsulate(mlkem_ciphertext)
    second = x25519.exchange(X25519PublicKey.from_public_bytes(share))
    shared = hashlib.sha3_256(first + second + share + public_halves(seed)[1] + X_WING).digest()
    context = b"\0" + _extract(b"", b"psk_id_hash", b"") + _extract(b"", b"info_hash", info)
    secret = _extract(shared, b"secret", b"")
    return AESGCM(_expand(secret, b"key", context, 32)).decrypt(_expand(secret, b"base_nonce", context, 12), ciphertext, b"")


def _extract(salt: bytes, label: bytes, keying: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + SUITE_ID + label + keying, "sha256")


def _expand(secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + SUITE_ID + label + info
    return hmac.digest(secret, labelled + b"\x01", "sha256")[:length]


def open_envelope(encoded: bytes, seed: bytes, bound: tuple[str, str, int, int, bytes], ids: list[bytes]) -> list[Opened]:
    """All slots; `bound` is sender, receiver, sender's card, receiver's card, step hash."""
    sender, receiver, sender_card, receiver_card, step = bound
    try:
        envelope: Any = parse(encoded, ENVELOPE, 20 * 1024 * 1024)
    except Reject as error:
        raise Failed(5) from error
    _require(5, len(envelope["slots"]) == len(ids) and envelope["key"] == key_id(*public_halves(seed)))
    info = binding(sender, receiver, sender_card, receiver_card, envelope["key"], step)
    slots = []
    try:
        cipher = AESGCM(open_hpke(envelope["sealed_key"], seed, info))
        for number, sealed in enumerate(envelope["slots"]):
            slots.append(cipher.decrypt(bytes(8) + number.to_bytes(4, "big"), sealed, info))
    except (InvalidTag, ValueError) as error:
        raise Failed(5) from error
    parts = [_take_apart(plain) for plain in slots]
    return [_check_entry(part, entry) for part, entry in zip(parts, ids, strict=True)]


def _take_apart(plain: bytes) -> tuple[bytes, bytes, int]:
    _require(5, len(plain) >= 9)
    header_length, body_length = int.from_bytes(plain[0:4], "big"), int.from_bytes(plain[4:8], "big")
    used = 9 + header_length + body_length
    _require(5, used <= len(plain) and padme(used) == len(plain))
    _require(5, all(octet == 0 for octet in plain[used:]))
    _require(5, plain[8] < len(VOIDS))
    return plain[9 : 9 + header_length], plain[9 + header_length : used], plain[8]


def _check_entry(part: tuple[bytes, bytes, int], entry: bytes) -> Opened:
    header, body, void = part
    _require(6, hashlib.sha256(b"amana/entry/v1\0" + header).digest() == entry)
    _require(6, (void == 0) == (len(body) > 0))
    commitment = _commitment(header)
    if commitment is not None and body:
        _require(6, hashlib.sha256(b"amana/body/v1\0" + body).digest() == commitment)
    return Opened(header, body, VOIDS[void], commitment is not None)


def _commitment(header: bytes) -> bytes | None:
    """The member `body` of a readable header, by decoding all of it."""
    try:
        members = decode(header)
    except Reject:
        return None
    found = members.get("body") if isinstance(members, dict) else None
    return found if isinstance(found, bytes) and len(found) == 32 else None


def _require(check: int, holds: bool) -> None:
    if not holds:
        raise Failed(check)
