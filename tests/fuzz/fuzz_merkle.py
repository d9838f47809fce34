# SPDX-License-Identifier: EUPL-1.2
"""Frontiers and proofs: a proof of wild bytes, or of changed ones, never passes."""

from __future__ import annotations

import hashlib

from amana.protocol.identifiers import Digest
from amana.protocol.merkle import (
    EMPTY,
    consistency_proof,
    encode_frontier,
    extend,
    inclusion_proof,
    parse_frontier,
    root,
    verify_consistency,
    verify_inclusion,
)
from tests.fuzz.harness import run, survives

LEAVES = [Digest(hashlib.sha256(b"%d" % count).digest()) for count in range(7)]
ROOTS = [root(extend(EMPTY, LEAVES[:size])) for size in range(8)]
PATHS = {(index, size): b"".join(inclusion_proof(LEAVES[:size], index)) for size in range(1, 8) for index in range(size)}
PROOFS = {(old, size): b"".join(consistency_proof(LEAVES[:size], old)) for size in range(1, 8) for old in range(1, size + 1)}


def TestOneInput(fuzzed: bytes) -> None:  # noqa: N802 - the name that atheris looks for
    """Two bytes choose the place, the rest is the proof or the frontier."""
    if len(fuzzed) < 2:
        return
    place, size, rest = fuzzed[0] % 9, fuzzed[1] % 8, fuzzed[2:]
    proof = [rest[at : at + 32] for at in range(0, len(rest), 32)]
    leaf = LEAVES[place % 7]
    taken = survives(lambda: verify_inclusion(leaf, index=place, size=size, proof=proof, root=ROOTS[size]))
    assert taken == (PATHS.get((place, size)) == rest)
    old_root = ROOTS[place % 8]
    taken = survives(lambda: verify_consistency(old_size=place, old_root=old_root, size=size, root=ROOTS[size], proof=proof))
    assert taken == (PROOFS.get((place, size)) == rest)
    if survives(lambda: parse_frontier(fuzzed[0], rest)):
        frontier = parse_frontier(fuzzed[0], rest)
        assert encode_frontier(extend(frontier, [])) == rest


def corpus() -> list[bytes]:
    """Every true path and proof."""
    return [bytes([index, size]) + path for (index, size), path in (PATHS | PROOFS).items()]


if __name__ == "__main__":
    run(TestOneInput)
