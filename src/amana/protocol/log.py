# SPDX-License-Identifier: EUPL-1.2
"""Steps: one signed advance of one log, made by its author and checked by its receiver.

A step names the log, the old size and root, the ids of the new entries and the new signed head. The request or
bundle that carries it signs its hash. A receiver checks in this order, and `PeerFault.check` has the number:
(1) the signature of the request, (2) both signatures of the head, (3) old size and root are what it cosigned last,
(4) old frontier and ids give the new root, (5) the envelope opens, (6) headers hash to ids, bodies to commitments.
This module does (2) to (4); (1) is `sync`'s, (5) `envelope`'s, (6) `envelope`'s and `entry`'s. Spec: spec/05-step.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from msgspec import Meta

from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.checkpoint import MAX_HEAD_BYTES, Head, Origin, VerifiedHead, parse_head, sign_head, verify_head
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import Digest, DigestField, EntryId, EntryIdField, Seconds, SizeField
from amana.protocol.merkle import EMPTY, Frontier, extend, leaf_hash, root
from amana.protocol.signing import PublicPair, SigningPair

MAX_STEP_ENTRIES = 1000
MAX_STEP_BYTES = 16 * 1024 * 1024  # a step's sealed entries and the step itself, as they travel
MAX_STEP_RECORD = 40 * 1024  # the step alone: 1,000 ids of 34 bytes, a head and little else
STEP_LABEL = b"amana/step/v1\0"


class Step(Canonical, frozen=True, kw_only=True):
    """One advance of log `origin`. Fields are in canonical key order."""

    ids: Annotated[tuple[EntryIdField, ...], Meta(min_length=1, max_length=MAX_STEP_ENTRIES)]
    head: Annotated[bytes, Meta(min_length=1, max_length=MAX_HEAD_BYTES)]  # the new head, a signed note
    origin: Annotated[Origin, Meta(min_length=1, max_length=96)]
    old_root: DigestField
    old_size: SizeField


@dataclass(frozen=True, kw_only=True, slots=True)
class LogPosition:
    """Where one side stands in a log: what its author signed last, or what its receiver cosigned last."""

    origin: Origin
    frontier: Frontier

    @property
    def head(self) -> Head:
        """The head that belongs to this position."""
        return Head(origin=self.origin, size=self.frontier.size, root=root(self.frontier))


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedStep:
    """A step that passed (2) to (4), its bytes and hash, and the position that it leads to."""

    step: Step
    encoded: bytes
    digest: Digest
    head: VerifiedHead
    position: LogPosition


class StepOrder(Enum):
    """How a step stands to the receiver's position, by sizes alone."""

    FOLLOWS = "follows"  # it starts where the receiver stands: verify it
    SEEN_BEFORE = "seen_before"  # the receiver has all of it: send the stored receipt bytes again
    GAP = "gap"  # it starts beyond: earlier steps are missing
    BEHIND = "behind"  # it starts before and ends beyond: cut otherwise than what was cosigned


def start_of(origin: Origin) -> LogPosition:
    """The position at the start of a log: nothing signed, nothing cosigned."""
    return LogPosition(origin=origin, frontier=EMPTY)


def advance(position: LogPosition, ids: Sequence[EntryId]) -> LogPosition:
    """The position after `ids` are appended."""
    return LogPosition(origin=position.origin, frontier=extend(position.frontier, map(leaf_hash, ids)))


def step_hash(step_bytes: bytes) -> Digest:
    """What the request or bundle that carries a step signs of it."""
    return Digest(hashlib.sha256(STEP_LABEL + step_bytes).digest())


def make_step(pair: SigningPair, position: LogPosition, ids: Sequence[EntryId], time: Seconds) -> tuple[Step, bytes, LogPosition]:
    """The step that appends `ids` to the author's log, its bytes, and the position that it leads to.

    `pair` is the author's head keys. Raises ValueError unless there are 1 to 1,000 ids.
    """
    if not 0 < len(ids) <= MAX_STEP_ENTRIES:
        raise ValueError(f"a step has 1 to {MAX_STEP_ENTRIES} ids, got {len(ids)}")
    old, new = position.head, advance(position, ids)
    note = sign_head(pair, new.head, time)
    step = Step(ids=tuple(ids), head=note, origin=position.origin, old_root=old.root, old_size=old.size)
    return step, encode_step(step), new


def encode_step(step: Step) -> bytes:
    """The bytes of a step, as `make_step` gave them."""
    return encode(step)


def parse_step(step_bytes: bytes) -> Step:
    """A step from bytes, unverified. Raises PeerFault, canonical form."""
    return parse(step_bytes, Step, limit=MAX_STEP_RECORD)


def decide_seen(step: Step, position: LogPosition) -> StepOrder:
    """How `step` stands to what the receiver cosigned last. Nothing is verified: for SEEN_BEFORE the caller compares
    the step's head with the one it cosigned at that size before it sends that receipt again; where the two differ in
    root and the new one verifies, `evidence.find_equivocation` has its case. Raises PeerFault as `parse_head`.
    """
    size, new_size = position.frontier.size, parse_head(step.head).head.size
    if step.old_size == size:
        return StepOrder.FOLLOWS
    if step.old_size > size:
        return StepOrder.GAP
    return StepOrder.SEEN_BEFORE if new_size <= size else StepOrder.BEHIND


def verify_step(step_bytes: bytes, position: LogPosition, keys: PublicPair) -> VerifiedStep:
    """Checks (2), (3) and (4) of a step that its sender's verified request carried; `keys` are the author's head keys.

    Raises PeerFault: canonical form, `other_log`; (2) as `verify_head`, whose own number is the fact `head_check`;
    (3) `step_start`; (4) `step_root`, which together with the signed carrier is evidence of equivocation.
    """
    step = parse_step(step_bytes)
    if step.origin != position.origin:
        raise PeerFault("other_log", check=2, expected=position.origin, got=len(step.origin))
    head = _verify_step_head(step, keys)  # (2)
    if step.old_size != position.frontier.size or step.old_root != root(position.frontier):  # (3)
        raise PeerFault("step_start", check=3, expected=position.frontier.size, got=step.old_size)
    after = require_root(step, head.head, position)  # (4)
    return VerifiedStep(step=step, encoded=step_bytes, digest=step_hash(step_bytes), head=head, position=after)


def require_root(step: Step, head: Head, position: LogPosition) -> LogPosition:
    """(4): the position after the step, which its head must name. Raises PeerFault `step_root`."""
    after = advance(position, step.ids)
    if head != after.head:
        raise PeerFault("step_root", check=4, expected=after.frontier.size, got=head.size)
    return after


def _verify_step_head(step: Step, keys: PublicPair) -> VerifiedHead:
    try:
        return verify_head(step.head, keys, origin=step.origin)
    except PeerFault as fault:
        raise fault.at_check(2, head_check=fault.check) from fault
