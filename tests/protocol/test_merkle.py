# SPDX-License-Identifier: EUPL-1.2
"""The tree against its definition: known answers are vectors, here is every small tree and any larger one."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import Digest, EntryId
from amana.protocol.merkle import (
    EMPTY,
    consistency_proof,
    encode_frontier,
    extend,
    inclusion_proof,
    leaf_hash,
    parse_frontier,
    root,
    verify_consistency,
    verify_inclusion,
)
from tests.vectors import independent_log

LEAVES = [leaf_hash(EntryId(hashlib.sha256(b"%d" % count).digest())) for count in range(300)]
sizes = st.integers(1, len(LEAVES))


def tree(size: int) -> Digest:
    return root(extend(EMPTY, LEAVES[:size]))


def test_a_leaf_is_hashed_apart_from_a_node() -> None:
    assert leaf_hash(EntryId(bytes(32))) == hashlib.sha256(b"\0" + bytes(32)).digest()


@pytest.mark.parametrize("size", range(35))
def test_the_root_is_the_definitions(size: int) -> None:
    assert tree(size) == independent_log.tree_root(list(LEAVES[:size]))


@pytest.mark.parametrize("size", range(35))
def test_every_proof_of_a_small_tree_is_the_definitions_and_verifies(size: int) -> None:
    leaves = LEAVES[:size]
    for index in range(size):
        path = inclusion_proof(leaves, index)
        assert list(path) == independent_log.path(index, list(leaves))
        verify_inclusion(leaves[index], index=index, size=size, proof=path, root=tree(size))
        proof = consistency_proof(leaves, index + 1)
        assert list(proof) == independent_log.proof(index + 1, list(leaves))
        verify_consistency(old_size=index + 1, old_root=tree(index + 1), size=size, root=tree(size), proof=proof)


@given(sizes, sizes)
def test_a_frontier_may_be_extended_in_any_parts(first: int, second: int) -> None:
    middle, end = sorted((first, second))
    at_once = extend(EMPTY, LEAVES[:end])
    in_parts = extend(extend(EMPTY, LEAVES[:middle]), LEAVES[middle:end])
    assert in_parts == at_once
    assert list(in_parts.peaks) == independent_log.peaks_of(list(LEAVES[:end]))


@given(sizes)
def test_a_stored_frontier_is_the_same_frontier(size: int) -> None:
    frontier = extend(EMPTY, LEAVES[:size])
    assert parse_frontier(size, encode_frontier(frontier)) == frontier


@pytest.mark.parametrize(("size", "length"), [(7, 64), (7, 97), (8, 64), (0, 32), (-1, 0), (2**53, 32), (-7, 96)])
def test_a_frontier_has_one_peak_for_each_one_bit_of_its_size(size: int, length: int) -> None:
    with pytest.raises(PeerFault, match="frontier"):
        parse_frontier(size, bytes(length))


@given(sizes, sizes, st.data())
def test_a_proof_for_another_place_or_tree_is_refused(first: int, size: int, drawn: st.DataObject) -> None:
    index, size = min(first, size) - 1, max(first, size)
    path = list(inclusion_proof(LEAVES[:size], index))
    other = drawn.draw(st.integers(0, size - 1).filter(lambda each: each != index)) if size > 1 else 1
    with pytest.raises(PeerFault, match="inclusion"):
        verify_inclusion(LEAVES[index], index=other, size=size, proof=path, root=tree(size))
    if path:
        spoilt = drawn.draw(st.integers(0, len(path) - 1))
        path[spoilt] = Digest(bytes(32))
        with pytest.raises(PeerFault, match="inclusion"):
            verify_inclusion(LEAVES[index], index=index, size=size, proof=path, root=tree(size))


@given(sizes, sizes, st.data())
def test_a_spoilt_consistency_proof_is_refused(first: int, second: int, drawn: st.DataObject) -> None:
    old, size = sorted((first, second))
    proof = list(consistency_proof(LEAVES[:size], old))
    roots = {"old_root": tree(old), "root": tree(size)}
    spoilt = drawn.draw(st.sampled_from(["old_root", "root", *range(len(proof))]))
    if isinstance(spoilt, int):
        proof[spoilt] = Digest(bytes(32))
    else:
        roots[spoilt] = Digest(bytes(32))
    with pytest.raises(PeerFault, match="consistency"):
        verify_consistency(old_size=old, size=size, proof=proof, old_root=roots["old_root"], root=roots["root"])


@pytest.mark.parametrize("index", [-1, 3])
def test_no_path_is_made_for_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(LEAVES[:3], index)


@pytest.mark.parametrize("old", [0, 4])
def test_no_proof_is_made_from_a_size_the_tree_never_had(old: int) -> None:
    with pytest.raises(ValueError, match="no tree"):
        consistency_proof(LEAVES[:3], old)
