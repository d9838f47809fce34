# SPDX-License-Identifier: EUPL-1.2
"""Heads and receipts: the signed checkpoint of a log, and its partner's cosignature.

The formats are C2SP's (tlog-checkpoint, signed-note, tlog-cosignature), stricter: a head has exactly three lines of
text, a blank line and two signature lines in fixed order, a receipt exactly two lines, every field one spelling. Any
other byte form, line or key is refused, where signed-note would ignore it. A receipt appended to its head is a
checkpoint that any C2SP reader takes. The author's head keys and the receiver's receipt keys are keys of their own.
Spec: spec/04-checkpoint.md.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import NewType

from amana.protocol.errors import PeerFault, numbered
from amana.protocol.identifiers import AgencyCode, Digest, Seconds, parse_agency_code
from amana.protocol.merkle import EMPTY, MAX_SIZE, root
from amana.protocol.note import MAX_TIME, KeySignature, key_id, parse_base64, parse_line, parse_number, render_line, split_lines
from amana.protocol.signing import (
    ED25519_SIGNATURE_BYTES,
    MLDSA_SIGNATURE_BYTES,
    PublicPair,
    SigningPair,
    verify_ed25519,
    verify_mldsa,
)

Origin = NewType("Origin", str)  # "<from>/amana/<to>/<run>", the name of one log

MAX_HEAD_BYTES = 4096  # the longest possible head has 3,658 bytes, the longest receipt 3,452
MAX_RECEIPT_BYTES = 4096
MAX_RUN = 2**31  # exclusive

_NOTE_ED25519 = b"\x01"  # signed-note: over the note text
_COSIGNATURE_ED25519 = b"\x04"  # tlog-cosignature: over header line, time line and note text
_SUBTREE_MLDSA = b"\x06"  # tlog-cosignature: over the subtree/v1 message
_SUBTREE_LABEL = b"subtree/v1\n\0"
_EMPTY_ROOT = root(EMPTY)


@dataclass(frozen=True, kw_only=True, slots=True)
class LogName:
    """The parts of an origin: whose log, towards whom, which run."""

    author: AgencyCode
    to: AgencyCode
    run: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """What a head says: the log `origin` has `size` entries and this root."""

    origin: Origin
    size: int
    root: Digest


@dataclass(frozen=True, kw_only=True, slots=True)
class UnverifiedHead:
    """A head in its one form whose signatures nobody has checked."""

    head: Head
    note: bytes
    ed25519: KeySignature
    mldsa: KeySignature


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedHead:
    """A head that both of its author's keys signed at `time`. Built by `verify_head` only."""

    head: Head
    time: Seconds
    note: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedReceipt:
    """The receiver's cosignature of `head` at `time`. Built by `verify_receipt` only."""

    head: Head
    receiver: AgencyCode
    time: Seconds
    receipt: bytes


def origin_name(*, author: AgencyCode, to: AgencyCode, run: int) -> Origin:
    """The origin line of the log from `author` to `to`."""
    return Origin(f"{author}/amana/{to}/{run}")


def parse_origin(text: str) -> LogName:
    """The parts of an origin. Raises PeerFault on any other text, also where both agencies are one: `origin_form`,
    `bad_agency_code`, `note_form` (the run's number).
    """
    parts = text.split("/")
    if len(parts) != 4 or parts[1] != "amana":
        raise PeerFault("origin_form", check=1, got=len(text))
    with numbered(1):
        author, to = parse_agency_code(parts[0]), parse_agency_code(parts[2])
    name = LogName(author=author, to=to, run=parse_number(parts[3], below=MAX_RUN))
    if name.run == 0 or name.author == name.to:
        raise PeerFault("origin_form", check=1, got=len(text))
    return name


def note_text(head: Head) -> bytes:
    """The text of a head: origin, size and root, each on its line. What the Ed25519 signatures cover."""
    return f"{head.origin}\n{head.size}\n{base64.b64encode(head.root).decode()}\n".encode()


def sign_head(pair: SigningPair, head: Head, time: Seconds) -> bytes:
    """The signed head, by the author's head keys. Raises ValueError on a time outside 1 to 2**53 - 1."""
    text, name = note_text(head), head.origin
    ed25519 = KeySignature(key_id=key_id(name, _NOTE_ED25519, pair.public.ed25519), time=Seconds(0), signature=pair.ed25519.sign(text))
    return text + b"\n" + render_line(name, ed25519) + render_line(name, _sign_subtree(pair, name, head, time))


def parse_head(note: bytes) -> UnverifiedHead:
    """A head in its one form, unverified. Raises PeerFault: `too_large`, `note_form`, or as `parse_origin`.

    The whole is check (1) of `verify_head`: two signature lines, both named as the origin, Ed25519 first.
    """
    lines = split_lines(note, limit=MAX_HEAD_BYTES, count=6)
    parse_origin(lines[0])
    head = Head(origin=Origin(lines[0]), size=parse_number(lines[1], below=MAX_SIZE), root=Digest(parse_base64(lines[2], length=32)))
    if lines[3] or (head.size == 0 and head.root != _EMPTY_ROOT):
        raise PeerFault("note_form", check=1, what="head")
    ed25519 = parse_line(lines[4], name=head.origin, timed=False, length=ED25519_SIGNATURE_BYTES)
    mldsa = parse_line(lines[5], name=head.origin, timed=True, length=MLDSA_SIGNATURE_BYTES)
    return UnverifiedHead(head=head, note=note, ed25519=ed25519, mldsa=mldsa)


def verify_head(note: bytes, keys: PublicPair, *, origin: Origin) -> VerifiedHead:
    """The head of log `origin`, signed by both of its author's head keys.

    Checks: (1) the note has its one form, (2) it is of this log, (3) the lines name these keys, (4) the Ed25519
    signature over the text, (5) the ML-DSA-44 signature over cosigner name = origin, time, 0 to size and root.
    Raises PeerFault: (1) as `parse_head`, (2) `other_log`, (3) `key_id`, (4) and (5) `signature`.
    """
    claimed = parse_head(note)  # (1)
    head = claimed.head
    if head.origin != origin:  # (2)
        raise PeerFault("other_log", check=2, expected=origin, got=head.origin)
    _require_key_ids(claimed.ed25519, claimed.mldsa, keys, name=origin, kind=_NOTE_ED25519, check=3)  # (3)
    verify_ed25519(keys, note_text(head), claimed.ed25519.signature, what="head", check=4)  # (4)
    time = claimed.mldsa.time
    verify_mldsa(keys, subtree_message(origin, head, time), claimed.mldsa.signature, what="head", check=5)  # (5)
    return VerifiedHead(head=head, time=time, note=note)


def sign_receipt(pair: SigningPair, name_of: AgencyCode, head: VerifiedHead, time: Seconds) -> bytes:
    """The receipt of agency `name_of` for `head`, by its receipt keys: two lines of one time.

    Raises ValueError where the log is not towards `name_of`, or the time is outside 1 to 2**53 - 1.
    """
    if parse_origin(head.head.origin).to != name_of:
        raise ValueError("a receipt is signed by the agency that the log goes to")
    name = receipt_name(name_of)
    signature = pair.ed25519.sign(_cosignature_message(head.head, time))
    ed25519 = KeySignature(key_id=key_id(name, _COSIGNATURE_ED25519, pair.public.ed25519), time=time, signature=signature)
    return render_line(name, ed25519) + render_line(name, _sign_subtree(pair, name, head.head, time))


def verify_receipt(receipt: bytes, head: Head | VerifiedHead, keys: PublicPair, *, receiver: AgencyCode) -> VerifiedReceipt:
    """`receiver` has cosigned `head` with both receipt keys.

    Checks: (1) two lines in their one form, named `<receiver>/amana/receipt`, (2) the log goes to the receiver,
    (3) both lines carry one time, (4) they name these keys, (5) the Ed25519 cosignature, (6) the ML-DSA-44 one.
    Raises PeerFault: (1) `too_large` or `note_form`, (2) `other_receiver`, (3) `receipt_times`, (4) `key_id`,
    (5) and (6) `signature`.
    """
    signed = head.head if isinstance(head, VerifiedHead) else head
    name = receipt_name(receiver)
    lines = split_lines(receipt, limit=MAX_RECEIPT_BYTES, count=2)  # (1)
    ed25519 = parse_line(lines[0], name=name, timed=True, length=ED25519_SIGNATURE_BYTES)
    mldsa = parse_line(lines[1], name=name, timed=True, length=MLDSA_SIGNATURE_BYTES)
    if parse_origin(signed.origin).to != receiver:  # (2)
        raise PeerFault("other_receiver", check=2, expected=parse_origin(signed.origin).to, got=receiver)
    if ed25519.time != mldsa.time:  # (3)
        raise PeerFault("receipt_times", check=3, expected=ed25519.time, got=mldsa.time)
    _require_key_ids(ed25519, mldsa, keys, name=name, kind=_COSIGNATURE_ED25519, check=4)  # (4)
    verify_ed25519(keys, _cosignature_message(signed, ed25519.time), ed25519.signature, what="receipt", check=5)  # (5)
    verify_mldsa(keys, subtree_message(name, signed, mldsa.time), mldsa.signature, what="receipt", check=6)  # (6)
    return VerifiedReceipt(head=signed, receiver=receiver, time=ed25519.time, receipt=receipt)


def receipt_name(receiver: AgencyCode) -> str:
    """The key name of an agency's receipts."""
    return f"{receiver}/amana/receipt"


def subtree_message(name: str, head: Head, time: int) -> bytes:
    """What an ML-DSA-44 line signs: C2SP's `cosigned_message` for the whole tree (start 0)."""
    cosigner, origin = name.encode(), head.origin.encode()
    numbers = (0).to_bytes(8, "big") + head.size.to_bytes(8, "big")
    timed = bytes([len(cosigner)]) + cosigner + time.to_bytes(8, "big")
    return _SUBTREE_LABEL + timed + bytes([len(origin)]) + origin + numbers + head.root


def _cosignature_message(head: Head, time: Seconds) -> bytes:
    return b"cosignature/v1\ntime %d\n" % time + note_text(head)


def _sign_subtree(pair: SigningPair, name: str, head: Head, time: Seconds) -> KeySignature:
    if not 0 < time < MAX_TIME:
        raise ValueError(f"a time of signing is above 0 and below 2**53, got {time}")
    signature = pair.mldsa.sign(subtree_message(name, head, time))
    return KeySignature(key_id=key_id(name, _SUBTREE_MLDSA, pair.public.mldsa), time=time, signature=signature)


def _require_key_ids(ed25519: KeySignature, mldsa: KeySignature, keys: PublicPair, *, name: str, kind: bytes, check: int) -> None:
    for part, got, expected in (
        ("ed25519", ed25519.key_id, key_id(name, kind, keys.ed25519)),
        ("mldsa", mldsa.key_id, key_id(name, _SUBTREE_MLDSA, keys.mldsa)),
    ):
        if got != expected:
            raise PeerFault("key_id", check=check, part=part, expected=expected.hex(), got=got.hex())
