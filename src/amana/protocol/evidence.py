# SPDX-License-Identifier: EUPL-1.2
"""What a node can show to a third party, who needs only the bytes here and the agencies' cards.

`EquivocationEvidence`: an author signed two truths, as two heads of one log and size with different roots, or as one
step whose ids do not lead to its head. `InclusionEvidence`: an entry is in a log under a head that the partner has
receipted. Both are verified offline; nothing else is evidence, every other fault is only a fault.
Spec: spec/05-step.md, "Equivocation" and "Proof of one entry".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import cbor2
import msgspec
from msgspec import Meta

from amana.protocol.canonical import Canonical, decode_loosely, encode, parse
from amana.protocol.checkpoint import (
    MAX_HEAD_BYTES,
    MAX_RECEIPT_BYTES,
    Origin,
    VerifiedHead,
    VerifiedReceipt,
    parse_head,
    parse_origin,
    verify_head,
    verify_receipt,
)
from amana.protocol.errors import PeerFault, numbered
from amana.protocol.identifiers import Digest, DigestField, EntryId, EntryIdField, SizeField
from amana.protocol.log import MAX_STEP_RECORD, LogPosition, advance, parse_step, require_root, step_hash
from amana.protocol.merkle import encode_frontier, inclusion_proof, leaf_hash, parse_frontier, root, verify_inclusion
from amana.protocol.signing import PublicPair, Signature, verify_statement

CARRIERS = ("bundle", "request", "response")  # the statements that carry a step and sign its hash under `step` or `steps`
MAX_EVIDENCE = 256 * 1024
MAX_CARRIER = 64 * 1024
MAX_PROOF = 53  # levels of the largest tree there can be

_Peaks = Annotated[bytes, Meta(max_length=32 * MAX_PROOF)]
_Card = Annotated[bytes, Meta(max_length=64 * 1024)]
_Note = Annotated[bytes, Meta(max_length=MAX_HEAD_BYTES)]


class RefutedStep(Canonical, frozen=True, kw_only=True):
    """A step that (4) refutes, the frontier of its old root, and the signed statement that carried it."""

    step: Annotated[bytes, Meta(max_length=MAX_STEP_RECORD)]
    what: Annotated[str, Meta(max_length=16)]  # the statement's kind, one of CARRIERS
    peaks: _Peaks  # the old frontier; its size is in the step
    carrier: Annotated[bytes, Meta(max_length=MAX_CARRIER)]
    signature: Signature


class EquivocationEvidence(Canonical, frozen=True, kw_only=True):
    """Two heads, or one refuted step; never both. `cards` travel along for the reader, who judges them first."""

    step: RefutedStep | None = None
    cards: Annotated[tuple[_Card, ...], Meta(max_length=8)] = ()
    heads: Annotated[tuple[_Note, ...], Meta(max_length=2)] = ()
    origin: Annotated[Origin, Meta(min_length=1, max_length=96)]


class InclusionEvidence(Canonical, frozen=True, kw_only=True):
    """Entry `entry` is number `index` (from 0) of the log of `head`, which `receipt` cosigns."""

    head: _Note
    entry: EntryIdField
    index: SizeField
    proof: Annotated[tuple[DigestField, ...], Meta(max_length=MAX_PROOF)]
    receipt: Annotated[bytes, Meta(max_length=MAX_RECEIPT_BYTES)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Equivocation:
    """A verified finding: the author of `origin` stands by two roots at `size`. For a refuted step the first is what
    its own old root and ids give, the second what it signed.
    """

    origin: Origin
    size: int
    roots: tuple[Digest, Digest]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProvenEntry:
    """A verified inclusion: author and receiver have both signed for this entry at this place."""

    entry: EntryId
    index: int
    head: VerifiedHead
    receipt: VerifiedReceipt


class _Carrier(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a carrying statement that names steps of its signer's own log; other fields are the statement's affair."""

    step: bytes = b""
    steps: tuple[bytes, ...] = ()


def find_equivocation(head_a: VerifiedHead, head_b: VerifiedHead, *, cards: tuple[bytes, ...] = ()) -> EquivocationEvidence | None:
    """Evidence where two valid heads of one log and size differ in root, else None."""
    a, b = head_a.head, head_b.head
    if (a.origin, a.size) != (b.origin, b.size) or a.root == b.root:
        return None
    notes = tuple(sorted((head_a.note, head_b.note)))
    return EquivocationEvidence(heads=notes, cards=cards, origin=a.origin)


def find_refuted_step(
    step_bytes: bytes, position: LogPosition, *, what: str, carrier: bytes, signature: Signature, cards: tuple[bytes, ...] = ()
) -> EquivocationEvidence | None:
    """Evidence where `verify_step` refused this step by (4) at this position, else None.

    `carrier` is the content that the author signed as `what` when it sent the step.
    """
    step = parse_step(step_bytes)
    if (step.origin, step.old_size, step.old_root) != (position.origin, position.frontier.size, root(position.frontier)):
        return None
    try:
        require_root(step, parse_head(step.head).head, position)
    except PeerFault:
        peaks = encode_frontier(position.frontier)
        refuted = RefutedStep(step=step_bytes, what=what, peaks=peaks, carrier=carrier, signature=signature)
        return EquivocationEvidence(step=refuted, cards=cards, origin=position.origin)
    return None


def verify_evidence(evidence_bytes: bytes, keys: PublicPair, *, request_keys: PublicPair | None = None) -> Equivocation:
    """The author of the log equivocated; `keys` are its head keys, `request_keys` its request keys (for a step).

    Checks: (1) canonical form, two heads or a step. Two heads: (2) both signatures of each, of this log, (3) one size,
    two roots. A step: (2) the carrier's signature, of a kind that carries steps, (3) the carrier names the step's hash,
    (4) both signatures of the step's head, of this log, (5) the frontier has the step's old size and root, (6) the ids
    do not lead to the head. Raises PeerFault: `evidence_form`, `signature`, `other_log`, … with the number.
    """
    evidence = parse(evidence_bytes, EquivocationEvidence, limit=MAX_EVIDENCE)  # (1)
    parse_origin(evidence.origin)
    if evidence.step is None and len(evidence.heads) == 2:
        return _verify_two_heads(evidence, keys)
    if evidence.step is not None and not evidence.heads and request_keys is not None:
        return _verify_refuted(evidence.step, keys, request_keys, evidence.origin)
    raise PeerFault("evidence_form", check=1, heads=len(evidence.heads))


def make_inclusion_evidence(ids: Sequence[EntryId], index: int, *, head: bytes, receipt: bytes) -> bytes:
    """The evidence, encoded, for entry `ids[index]`; `ids` are all entries of the log up to the size of `head`."""
    proof = inclusion_proof([leaf_hash(entry) for entry in ids], index)
    return encode(InclusionEvidence(head=head, entry=ids[index], index=index, proof=proof, receipt=receipt))


def verify_inclusion_evidence(evidence_bytes: bytes, *, head_keys: PublicPair, receipt_keys: PublicPair) -> ProvenEntry:
    """The entry is in the log: `head_keys` are its author's, `receipt_keys` its receiver's.

    Checks: (1) canonical form, (2) both signatures of the head, (3) both of the receipt, (4) the proof.
    Raises PeerFault with the number: as `verify_head`, `verify_receipt`, `verify_inclusion`.
    """
    evidence = parse(evidence_bytes, InclusionEvidence, limit=MAX_EVIDENCE)  # (1)
    origin = parse_head(evidence.head).head.origin
    head = _verify_note(evidence.head, head_keys, origin, check=2)  # (2)
    try:
        receipt = verify_receipt(evidence.receipt, head, receipt_keys, receiver=parse_origin(origin).to)  # (3)
    except PeerFault as fault:
        raise fault.at_check(3) from fault
    try:
        leaf = leaf_hash(evidence.entry)
        verify_inclusion(leaf, index=evidence.index, size=head.head.size, proof=evidence.proof, root=head.head.root)  # (4)
    except PeerFault as fault:
        raise fault.at_check(4) from fault
    return ProvenEntry(entry=evidence.entry, index=evidence.index, head=head, receipt=receipt)


def _verify_two_heads(evidence: EquivocationEvidence, keys: PublicPair) -> Equivocation:
    first, second = (_verify_note(note, keys, evidence.origin, check=2).head for note in evidence.heads)  # (2)
    if first.size != second.size or first.root == second.root or list(evidence.heads) != sorted(evidence.heads):  # (3)
        raise PeerFault("not_equivocation", check=3)
    return Equivocation(origin=evidence.origin, size=first.size, roots=(first.root, second.root))


def _verify_refuted(refuted: RefutedStep, keys: PublicPair, request_keys: PublicPair, origin: Origin) -> Equivocation:
    if refuted.what not in CARRIERS:  # (2)
        raise PeerFault("evidence_form", check=2, what="carrier")
    with numbered(2):
        verify_statement(request_keys, refuted.what, refuted.carrier, refuted.signature)
    if step_hash(refuted.step) not in _steps_named_by(refuted.carrier):  # (3)
        raise PeerFault("step_not_carried", check=3)
    step = parse_step(refuted.step)
    head = _verify_note(step.head, keys, origin, check=4).head  # (4)
    frontier = parse_frontier(step.old_size, refuted.peaks)  # (5)
    if step.origin != origin or root(frontier) != step.old_root:
        raise PeerFault("step_start", check=5, expected=step.old_size)
    position = LogPosition(origin=origin, frontier=frontier)
    try:
        require_root(step, head, position)  # (6)
    except PeerFault:
        return Equivocation(origin=origin, size=head.size, roots=(advance(position, step.ids).head.root, head.root))
    raise PeerFault("not_equivocation", check=6)


def _verify_note(note: bytes, keys: PublicPair, origin: Origin, *, check: int) -> VerifiedHead:
    try:
        return verify_head(note, keys, origin=origin)
    except PeerFault as fault:
        raise fault.at_check(check) from fault


def _steps_named_by(carrier: bytes) -> tuple[bytes, ...]:
    """The step hashes that a carrier names as its signer's own. Only the fields `step` and `steps` count: a carrier also
    echoes bytes of the other side (a challenge), where anybody could place a hash.
    """
    try:
        loose = decode_loosely(carrier, what="carrier")
        named = msgspec.convert(loose, _Carrier, builtin_types=(bytes,))
        again = cbor2.dumps(loose, canonical=True)
    except Exception as error:  # the decoder raises many kinds; hostile bytes get one
        raise PeerFault("evidence_form", check=3, what="carrier") from error
    if again != carrier:
        raise PeerFault("evidence_form", check=3, what="carrier")
    return (named.step, *named.steps)
