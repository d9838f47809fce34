# SPDX-License-Identifier: EUPL-1.2
"""A step's entries sealed to one partner: one HPKE seal of a fresh AES-256 key, then one padded slot per entry.

Sealed bytes are disposable, the entry's position in the log is its identity: where a sealing key is gone the same
step is sealed anew. The envelope is bound to both agencies, both cards, the sealing key and the step, so it opens
nowhere else. Opening makes two of the receiver's checks on a step and reads no entry:
(5) the envelope opens: (5a) form and number of slots, (5b) the sealing key is held, (5c) the content key and every
slot open under this context, (5d) lengths and zero padding are exact, and all of it no longer than a step may be;
(6) what came out is what the log says: (6a) each header hashes to its id, (6b) each body to the commitment in its
header, or is declared void. Spec: spec/06-envelope.md.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite
from msgspec import Meta

from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.entry import body_commitment, entry_id
from amana.protocol.errors import PeerFault, Refusal, numbered
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, Digest, DigestField, EntryId, NumberField

MAX_SLOTS = 1000  # entries of a step
MAX_CONTENT = 16 * 1024 * 1024  # header and body bytes of a step
MAX_ENVELOPE = MAX_CONTENT + MAX_CONTENT // 8 + MAX_SLOTS * 64 + 4096  # Padmé adds less than 12 %
CONTENT_KEY_BYTES = 32
SEALED_KEY_BYTES = 1168  # ML-KEM-768 ciphertext 1088, X25519 32, the content key 32, its tag 16
SEALING_SEED_BYTES = 96  # ML-KEM-768 seed 64, X25519 32
MLKEM_PUBLIC_BYTES = 1184  # FIPS 203
X25519_PUBLIC_BYTES = 32
KEY_ID_BYTES = 16
TAG_BYTES = 16
KEY_LABEL: Final = b"amana/sealing-key/v1\0"
INFO_LABEL: Final = b"amana/envelope/v1\0"

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)  # HPKE registry: 0x647A, 0x0001, 0x0002
_FRONT = struct.Struct(">IIB")  # header length, body length, void
_COMMITTED = re.compile(  # a header's first two members, "run" and "body": the commitment is found without parsing the rest
    rb"[\xa2-\xb7]\x63run(?:[\x01-\x17]|\x18.|\x19..|\x1a....)\x64body\x58\x20(.{32})", re.DOTALL
)


class Void(StrEnum):
    """Why an author sends a header without its body."""

    NONE = ""
    ERASED = "erased"
    RECALLED = "recalled"
    LOST = "lost"


_VOIDS = tuple(Void)  # the wire form is the position


class SealingKey(Canonical, frozen=True, kw_only=True):
    """The public half of a sealing pair, as cards and sealing statements carry it."""

    id: Annotated[bytes, Meta(min_length=KEY_ID_BYTES, max_length=KEY_ID_BYTES)]
    mlkem: Annotated[bytes, Meta(min_length=MLKEM_PUBLIC_BYTES, max_length=MLKEM_PUBLIC_BYTES)]
    x25519: Annotated[bytes, Meta(min_length=X25519_PUBLIC_BYTES, max_length=X25519_PUBLIC_BYTES)]


@dataclass(frozen=True, kw_only=True, slots=True)
class SealingPair:
    """A private sealing pair. Build it with `from_seed`; nothing secret shows in its repr."""

    private: MLKEM768X25519PrivateKey = field(repr=False)
    public: SealingKey = field(repr=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> SealingPair:
        """The pair of a 96-byte seed: 64 bytes of ML-KEM-768, then 32 of X25519. Raises ValueError on another length."""
        if len(seed) != SEALING_SEED_BYTES:
            raise ValueError(f"a sealing seed has {SEALING_SEED_BYTES} bytes, got {len(seed)}")
        mlkem = MLKEM768PrivateKey.from_seed_bytes(seed[:64])
        x25519 = X25519PrivateKey.from_private_bytes(seed[64:])
        public = make_sealing_key(mlkem.public_key().public_bytes_raw(), x25519.public_key().public_bytes_raw())
        return cls(private=MLKEM768X25519PrivateKey(mlkem, x25519), public=public)


@dataclass(frozen=True, kw_only=True, slots=True)
class EnvelopeContext:
    """Where an envelope belongs. Both sides take it from the signed request and the step, never from the envelope."""

    sender: AgencyCode
    receiver: AgencyCode
    sender_card: int
    receiver_card: int
    step_hash: Digest


class Slot(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One entry as it is sealed: its header, and its body or the reason why there is none."""

    header_bytes: bytes
    body_bytes: bytes = b""
    void: Void = Void.NONE


class OpenedSlot(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One entry as it arrived, after checks (5) and (6); nothing in it has been read. Built only by `open_step`.

    `committed` is False where the header is of no known form, so that no commitment was found in it: such a header
    does not parse either, and its entry is kept as unreadable.
    """

    id: EntryId
    header_bytes: bytes
    body_bytes: bytes
    void: Void
    committed: bool


class Envelope(Canonical, frozen=True, kw_only=True):
    """The sealed form of a step's entries. `key` names the receiver's sealing key."""

    key: Annotated[bytes, Meta(min_length=KEY_ID_BYTES, max_length=KEY_ID_BYTES)]
    slots: Annotated[tuple[bytes, ...], Meta(min_length=1, max_length=MAX_SLOTS)]
    sealed_key: Annotated[bytes, Meta(min_length=SEALED_KEY_BYTES, max_length=SEALED_KEY_BYTES)]


class _Binding(Canonical, frozen=True, kw_only=True):
    """What an envelope is bound to; its hash is HPKE's `info` and every slot's associated data."""

    key: Annotated[bytes, Meta(min_length=KEY_ID_BYTES, max_length=KEY_ID_BYTES)]
    step: DigestField
    sender: AgencyCodeField
    receiver: AgencyCodeField
    sender_card: NumberField
    receiver_card: NumberField


def make_sealing_key(mlkem: bytes, x25519: bytes) -> SealingKey:
    """The sealing key of two public keys, with its id: 16 bytes of SHA-256 over label and both."""
    digest = hashlib.sha256(KEY_LABEL + mlkem + x25519).digest()
    return SealingKey(id=digest[:KEY_ID_BYTES], mlkem=mlkem, x25519=x25519)


def require_sealing_key(key: SealingKey) -> None:
    """The id belongs to the key and one can seal to it. Raises PeerFault `sealing_key` with the `part` at fault."""
    if make_sealing_key(key.mlkem, key.x25519).id != key.id:
        raise PeerFault("sealing_key", part="id")
    try:
        MLKEM768PublicKey.from_public_bytes(key.mlkem)
    except ValueError as error:
        raise PeerFault("sealing_key", part="mlkem") from error
    try:  # a point of small order gives no shared secret (RFC 7748, section 6.1)
        X25519PrivateKey.from_private_bytes(b"\x01" * 32).exchange(X25519PublicKey.from_public_bytes(key.x25519))
    except ValueError as error:
        raise PeerFault("sealing_key", part="x25519") from error


def padded_size(length: int) -> int:
    """The Padmé length of `length` bytes: at most 12 % more, and only O(log log) bits of the true length show."""
    exponent = length.bit_length() - 1
    if exponent < 1:
        return length
    step = 1 << (exponent - exponent.bit_length())
    return -(-length // step) * step


def sealed_size(header_length: int, body_length: int) -> int:
    """Bytes that an entry takes in an envelope, for whoever fills a step."""
    return padded_size(_FRONT.size + header_length + body_length) + TAG_BYTES


def seal_step(context: EnvelopeContext, slots: Sequence[Slot], *, to: SealingKey, content_key: bytes) -> bytes:
    """The envelope of a step's entries, in the order of its ids. `content_key`: 32 random bytes, new for every seal.

    Raises Refusal `step_too_large` where the step has more than 1,000 entries or 16 MiB, ValueError on misuse.
    """
    if len(content_key) != CONTENT_KEY_BYTES or not slots:
        raise ValueError(f"a content key has {CONTENT_KEY_BYTES} bytes and a step has entries")
    content = sum(len(slot.header_bytes) + len(slot.body_bytes) for slot in slots)
    if len(slots) > MAX_SLOTS or content > MAX_CONTENT:
        raise Refusal("step_too_large", entries=len(slots), size=content)
    info = binding_hash(context, to.id)
    cipher = AESGCM(content_key)
    sealed = tuple(cipher.encrypt(_nonce(i), _lay_out(slot), info) for i, slot in enumerate(slots))
    public = MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(to.mlkem), X25519PublicKey.from_public_bytes(to.x25519))
    return encode(Envelope(key=to.id, slots=sealed, sealed_key=SUITE.encrypt(content_key, public, info=info)))


def open_step(
    envelope_bytes: bytes, context: EnvelopeContext, *, keys: Mapping[bytes, SealingPair], ids: Sequence[EntryId]
) -> tuple[OpenedSlot, ...]:
    """The entries of the step with these ids, by checks (5) and (6) of the module's list.

    Raises PeerFault: check 5 with `stale_key` (the sealing key is not held: the sender seals again), the codes of
    the canonical form, or `envelope` with `why` and the slot; check 6 with `header_mismatch`, `body_mismatch`,
    `body_missing` or `void_with_body` and the slot.
    """
    with numbered(5):
        envelope = parse(envelope_bytes, Envelope, limit=MAX_ENVELOPE)  # (5a)
    if len(envelope.slots) != len(ids):  # (5a)
        raise PeerFault("envelope", check=5, why="slots", expected=len(ids), got=len(envelope.slots))
    pair = keys.get(envelope.key)
    if pair is None:  # (5b)
        raise PeerFault("stale_key", check=5, key=envelope.key.hex())
    info = binding_hash(context, envelope.key)
    opened = list(_open_slots(envelope, pair, info))  # (5) of every slot comes before (6) of any
    content = sum(len(header) + len(body) for header, body, _ in opened)
    if content > MAX_CONTENT:  # (5d): more than anybody could seal again, were it asked back
        raise PeerFault("envelope", check=5, why="content", expected=MAX_CONTENT, got=content)
    return tuple([_checked(i, expected, *parts) for i, (expected, parts) in enumerate(zip(ids, opened, strict=True))])


def _open_slots(envelope: Envelope, pair: SealingPair, info: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    try:
        cipher = AESGCM(SUITE.decrypt(envelope.sealed_key, pair.private, info=info))  # (5c)
    except (InvalidTag, ValueError) as error:
        raise PeerFault("envelope", check=5, why="sealed_key") from error
    for i, sealed in enumerate(envelope.slots):
        try:
            laid_out = cipher.decrypt(_nonce(i), sealed, info)  # (5c)
        except (InvalidTag, ValueError) as error:
            raise PeerFault("envelope", check=5, why="slot", slot=i) from error
        yield _take_apart(i, laid_out)


def _lay_out(slot: Slot) -> bytes:
    """A slot's plaintext: lengths, void, header, body, and zeros up to the Padmé length."""
    plain = _FRONT.pack(len(slot.header_bytes), len(slot.body_bytes), _VOIDS.index(slot.void)) + slot.header_bytes + slot.body_bytes
    return plain.ljust(padded_size(len(plain)), b"\0")


def _take_apart(i: int, laid_out: bytes) -> tuple[bytes, bytes, int]:
    """Header, body and void of a plaintext, which must be the one that `_lay_out` makes of them."""  # (5d)
    size = len(laid_out)
    if size < _FRONT.size:
        raise PeerFault("envelope", check=5, why="layout", slot=i)
    header_length, body_length, void = _FRONT.unpack_from(laid_out)
    body_from = _FRONT.size + header_length
    end = body_from + body_length
    if void >= len(_VOIDS) or size != padded_size(end) or laid_out.count(0, end) != size - end:
        raise PeerFault("envelope", check=5, why="layout", slot=i)
    return laid_out[_FRONT.size : body_from], laid_out[body_from:end], void


def _checked(i: int, expected: EntryId, header_bytes: bytes, body_bytes: bytes, void: int) -> OpenedSlot:
    """Check (6) for one slot."""
    if entry_id(header_bytes) != expected:  # (6a)
        raise PeerFault("header_mismatch", check=6, slot=i)
    if bool(void) is bool(body_bytes):  # (6b): a body or why there is none, never both or neither
        raise PeerFault("void_with_body" if body_bytes else "body_missing", check=6, slot=i)
    found = _COMMITTED.match(header_bytes)
    if found is not None and body_bytes and body_commitment(body_bytes) != found[1]:  # (6b)
        raise PeerFault("body_mismatch", check=6, slot=i)
    return OpenedSlot(id=expected, header_bytes=header_bytes, body_bytes=body_bytes, void=_VOIDS[void], committed=found is not None)


def binding_hash(context: EnvelopeContext, key: bytes) -> bytes:
    """What an envelope to the sealing key with this id is bound to: HPKE's `info`, and the AAD of every slot."""
    binding = _Binding(
        key=key,
        step=context.step_hash,
        sender=context.sender,
        receiver=context.receiver,
        sender_card=context.sender_card,
        receiver_card=context.receiver_card,
    )
    return hashlib.sha256(INFO_LABEL + encode(binding)).digest()


def _nonce(i: int) -> bytes:
    return i.to_bytes(12, "big")
