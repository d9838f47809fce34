# SPDX-License-Identifier: EUPL-1.2
"""The Merkle tree of a log (RFC 6962 section 2.1, SHA-256), kept as its frontier.

A frontier is a tree's size and the roots of its complete subtrees: enough to append and to give the root, and all
that a node has to keep of a log that it follows. Proofs are made from the leaves and verified without them; a proof
of another length than size and index ask for is refused. Spec: spec/03-log.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import Digest, EntryId

MAX_SIZE = 2**53  # exclusive, as in every size field
HASH_BYTES = 32

_LEAF = b"\x00"  # RFC 6962 section 2.1: leaves and nodes are hashed apart
_NODE = b"\x01"


@dataclass(frozen=True, kw_only=True, slots=True)
class Frontier:
    """A tree of `size` leaves; `peaks` are the roots of its complete subtrees, the largest first."""

    size: int
    peaks: tuple[bytes, ...]


EMPTY = Frontier(size=0, peaks=())


def leaf_hash(entry_id: EntryId) -> Digest:
    """The leaf of an entry: SHA-256(0x00 + entry id)."""
    return Digest(hashlib.sha256(_LEAF + entry_id).digest())


def extend(frontier: Frontier, leaves: Iterable[Digest]) -> Frontier:
    """The frontier after appending `leaves`. A tight loop: one pop and one hash for each trailing one of the size."""
    peaks = list(frontier.peaks)
    size = frontier.size
    sha256, pop, push = hashlib.sha256, peaks.pop, peaks.append
    node: bytes
    for node in leaves:
        carry = size
        while carry & 1:
            node = sha256(_NODE + pop() + node).digest()  # noqa: PLW2901 - the leaf grows into the new peak
            carry >>= 1
        push(node)
        size += 1
    return Frontier(size=size, peaks=tuple(peaks))


def root(frontier: Frontier) -> Digest:
    """The root (RFC 6962's MTH) of the tree; of the empty tree SHA-256 of nothing."""
    if not frontier.peaks:
        return Digest(hashlib.sha256(b"").digest())
    node = frontier.peaks[-1]
    for peak in reversed(frontier.peaks[:-1]):
        node = _join(peak, node)
    return Digest(node)


def encode_frontier(frontier: Frontier) -> bytes:
    """The peaks, one after the other; the size is kept beside them."""
    return b"".join(frontier.peaks)


def parse_frontier(size: int, encoded: bytes) -> Frontier:
    """The frontier of a tree of `size` leaves. Raises PeerFault `frontier`: one peak for each one bit of the size."""
    if not 0 <= size < MAX_SIZE or len(encoded) != HASH_BYTES * size.bit_count():
        raise PeerFault("frontier", expected=HASH_BYTES * max(size, 0).bit_count(), got=len(encoded))
    return Frontier(size=size, peaks=tuple(encoded[at : at + HASH_BYTES] for at in range(0, len(encoded), HASH_BYTES)))


def inclusion_proof(leaves: Sequence[Digest], index: int) -> tuple[Digest, ...]:
    """RFC 6962's PATH(index, leaves). Raises ValueError where there is no such leaf."""
    return Proofs(leaves).of(index)


class Proofs:
    """Inclusion proofs of many leaves of one tree: every subtree is hashed once."""

    def __init__(self, leaves: Sequence[Digest]) -> None:
        self._leaves = leaves
        self._roots: dict[tuple[int, int], Digest] = {}

    def of(self, index: int) -> tuple[Digest, ...]:
        """RFC 6962's PATH(index, leaves). Raises ValueError where there is no such leaf."""
        if not 0 <= index < len(self._leaves):
            raise ValueError(f"no leaf {index} among {len(self._leaves)}")
        path: list[Digest] = []
        start, end = 0, len(self._leaves)
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._root(middle, end))
                end = middle
            else:
                path.append(self._root(start, middle))
                start = middle
        return tuple(reversed(path))

    def _root(self, start: int, end: int) -> Digest:
        if end - start == 1:
            return self._leaves[start]
        held = self._roots.get((start, end))
        if held is None:
            middle = start + _split(end - start)
            held = self._roots[start, end] = _join(self._root(start, middle), self._root(middle, end))
        return held


def verify_inclusion(leaf: Digest, *, index: int, size: int, proof: Sequence[bytes], root: Digest) -> None:
    """`leaf` is number `index` in the tree of `size` leaves with this root. Raises PeerFault `inclusion`.

    Checks: (1) the leaf lies in the tree, (2) the proof has the one length for this place, (3) it leads to the root.
    """
    if not 0 <= index < size < MAX_SIZE:  # (1)
        raise PeerFault("inclusion", check=1, index=index, size=size)
    inner = (index ^ (size - 1)).bit_length()  # below, the path may turn either way; above, it runs along the right edge
    if len(proof) != inner + (index >> inner).bit_count() or any(len(node) != HASH_BYTES for node in proof):  # (2)
        raise PeerFault("inclusion", check=2, got=len(proof))
    node: bytes = leaf
    for level, sibling in enumerate(proof[:inner]):
        node = _join(sibling, node) if index >> level & 1 else _join(node, sibling)
    for sibling in proof[inner:]:
        node = _join(sibling, node)
    if node != root:  # (3)
        raise PeerFault("inclusion", check=3, index=index, size=size)


def consistency_proof(leaves: Sequence[Digest], old_size: int) -> tuple[Digest, ...]:
    """RFC 6962's PROOF(old_size, leaves). Raises ValueError where the tree never had that size or it was empty."""
    if not 0 < old_size <= len(leaves):
        raise ValueError(f"no tree of {old_size} within {len(leaves)}")
    path: list[Digest] = []
    start, end, whole = 0, len(leaves), True  # whole: the old tree's root is known to the verifier already
    while end != old_size:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(_root_of(leaves, middle, end))
            end = middle
        else:
            path.append(_root_of(leaves, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(_root_of(leaves, start, end))
    return tuple(reversed(path))


def verify_consistency(*, old_size: int, old_root: Digest, size: int, root: Digest, proof: Sequence[bytes]) -> None:
    """The tree (size, root) begins with the tree (old_size, old_root). Raises PeerFault `consistency`.

    Checks: (1) the sizes, (2) the proof has the one length for them, (3) it leads to the old root, (4) and to the new.
    """
    if not 0 < old_size <= size < MAX_SIZE:  # (1)
        raise PeerFault("consistency", check=1, old_size=old_size, size=size)
    last = old_size - 1
    shift = (~last & (last + 1)).bit_length() - 1  # trailing ones of `last`: levels that the old tree completes by itself
    inner = (last ^ (size - 1)).bit_length() - shift
    whole = old_size == 1 << shift  # the old tree is one complete subtree: its root starts the path
    border = (last >> shift >> max(inner, 0)).bit_count()
    expected = 0 if old_size == size else inner + border + (0 if whole else 1)
    if len(proof) != expected or any(len(node) != HASH_BYTES for node in proof):  # (2)
        raise PeerFault("consistency", check=2, got=len(proof), expected=expected)
    if old_size == size:
        if old_root != root:  # (3)
            raise PeerFault("consistency", check=3, old_size=old_size, size=size)
        return
    old, new = _consistency_roots(old_root if whole else proof[0], proof if whole else proof[1:], last >> shift, inner)
    if old != old_root:  # (3)
        raise PeerFault("consistency", check=3, old_size=old_size, size=size)
    if new != root:  # (4)
        raise PeerFault("consistency", check=4, old_size=old_size, size=size)


def _consistency_roots(seed: bytes, path: Sequence[bytes], last: int, inner: int) -> tuple[bytes, bytes]:
    """Old and new root along one path: what stands left belongs to both trees, what stands right to the new one only."""
    old = new = seed
    for level, sibling in enumerate(path[:inner]):
        if last >> level & 1:
            old, new = _join(sibling, old), _join(sibling, new)
        else:
            new = _join(new, sibling)
    for sibling in path[inner:]:
        old, new = _join(sibling, old), _join(sibling, new)
    return old, new


def _join(left: bytes, right: bytes) -> Digest:
    return Digest(hashlib.sha256(_NODE + left + right).digest())


def _split(count: int) -> int:
    """The largest power of two below `count` (RFC 6962's k)."""
    return 1 << (count - 1).bit_length() - 1


def _root_of(leaves: Sequence[Digest], start: int, end: int) -> Digest:
    return root(extend(EMPTY, leaves[start:end]))
