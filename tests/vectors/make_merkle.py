# SPDX-License-Identifier: EUPL-1.2
"""The cases of spec/vectors/merkle. Roots and proofs of the first ones are known answers, written down here and not computed.

Source of the known answers: the reference tests of the Certificate Transparency log for RFC 6962, as
transparency-dev/merkle keeps them in testonly (leaf inputs, roots of 0 to 8 leaves, paths and proofs).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from amana.protocol.identifiers import Digest
from amana.protocol.merkle import EMPTY, consistency_proof, encode_frontier, extend, inclusion_proof, root
from tests.vectors.cases import ACCEPT, Case

INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
_A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
_B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
_C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
_D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
_E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
_F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
PATHS = {(0, 8): (_A, _B, _C), (5, 8): (_D, _E, ROOTS[4])}
PROOFS = {(1, 8): (_A, _B, _C), (6, 8): (_F, _E, ROOTS[4]), (2, 5): (_B, _D)}

LEAVES = [Digest(hashlib.sha256(b"\0" + bytes.fromhex(each)).digest()) for each in INPUTS]
Fields = dict[str, str]
Made = tuple[str, str, str, int, Fields]


def merkle_cases() -> Iterator[Case]:
    """All cases, numbered in this order."""
    for count, (name, about, expect, check, fields) in enumerate([*_known(), *_inclusion(), *_consistency(), *_frontier()], start=1):
        yield Case(name=f"merkle/{count:02d}-{name}", expect=expect, check=check, about=about, fields=fields)


def _known() -> Iterator[Made]:
    for size, known in enumerate(ROOTS):
        inputs = ",".join(each or "-" for each in INPUTS[:size])
        yield f"root-of-{size}", "known answer", ACCEPT, 0, {"kind": "root", "inputs": inputs, "root": known}
    for (index, size), path in PATHS.items():
        yield f"path-of-{index}-in-{size}", "known answer", ACCEPT, 0, _path(LEAVES[index], index, size, path, ROOTS[size])
    for (old, new), proof in PROOFS.items():
        yield f"proof-of-{old}-in-{new}", "known answer", ACCEPT, 0, _proof(old, ROOTS[old], new, ROOTS[new], proof)


def _path(leaf: bytes, index: int, size: int, nodes: tuple[str, ...], top: str) -> Fields:
    proof = ",".join(each or "-" for each in nodes)
    return {"kind": "inclusion", "leaf": leaf.hex(), "index": str(index), "size": str(size), "proof": proof, "root": top}


def _proof(old: int, old_root: str, new: int, new_root: str, nodes: tuple[str, ...]) -> Fields:
    sizes = {"old_size": str(old), "old_root": old_root, "size": str(new), "root": new_root}
    return {"kind": "consistency", **sizes, "proof": ",".join(nodes)}


def _inclusion() -> Iterator[Made]:
    leaf, nodes = LEAVES[4], tuple(node.hex() for node in inclusion_proof(LEAVES[:7], 4))
    top = ROOTS[7]
    yield "only-leaf", "a tree of one leaf is its leaf", ACCEPT, 0, _path(LEAVES[0], 0, 1, (), ROOTS[1])
    yield "path-of-4-in-7", "the right edge is shorter", ACCEPT, 0, _path(leaf, 4, 7, nodes, top)
    fault = "inclusion"
    yield "check1-index-is-size", "no such leaf", fault, 1, _path(leaf, 7, 7, nodes, top)
    yield "check1-empty-tree", "an empty tree has no leaf", fault, 1, _path(leaf, 0, 0, (), ROOTS[0])
    yield "check2-node-missing", "the last node is missing", fault, 2, _path(leaf, 4, 7, nodes[:-1], top)
    yield "check2-node-too-many", "the last node twice", fault, 2, _path(leaf, 4, 7, (*nodes, nodes[-1]), top)
    yield "check2-node-of-31-bytes", "a node is cut short", fault, 2, _path(leaf, 4, 7, (nodes[0][:-2], *nodes[1:]), top)
    yield "check2-other-size", "a size for which this proof is too short", fault, 2, _path(leaf, 4, 9, nodes, top)
    yield "check3-other-index", "the neighbour's place", fault, 3, _path(leaf, 5, 7, nodes, top)
    yield (
        "check3-nodes-swapped",
        "the first two nodes in the wrong order",
        fault,
        3,
        _path(leaf, 4, 7, (nodes[1], nodes[0], *nodes[2:]), top),
    )
    yield "check3-other-leaf", "leaf 5 for leaf 4", fault, 3, _path(LEAVES[5], 4, 7, nodes, top)
    yield "check3-other-root", "the root of eight leaves", fault, 3, _path(leaf, 4, 7, nodes, ROOTS[8])
    inner = hashlib.sha256(b"\x01" + LEAVES[0] + LEAVES[1]).digest()
    yield "check2-node-as-leaf", "an inner node shown as a leaf of the smaller tree", fault, 2, _path(inner, 0, 8, (_B, _C), ROOTS[8])


def _consistency() -> Iterator[Made]:
    nodes = tuple(node.hex() for node in consistency_proof(LEAVES[:7], 3))
    fault = "consistency"
    yield "proof-of-8-in-8", "a tree is consistent with itself, without a proof", ACCEPT, 0, _proof(8, ROOTS[8], 8, ROOTS[8], ())
    yield "proof-of-3-in-7", "neither tree is complete", ACCEPT, 0, _proof(3, ROOTS[3], 7, ROOTS[7], nodes)
    yield (
        "check1-from-nothing",
        "everything begins with the empty tree, so it proves nothing",
        fault,
        1,
        _proof(0, ROOTS[0], 8, ROOTS[8], ()),
    )
    yield "check1-shrinks", "from eight to seven", fault, 1, _proof(8, ROOTS[8], 7, ROOTS[7], ())
    yield "check2-node-missing", "the last node is missing", fault, 2, _proof(3, ROOTS[3], 7, ROOTS[7], nodes[:-1])
    yield "check2-node-too-many", "the last node twice", fault, 2, _proof(3, ROOTS[3], 7, ROOTS[7], (*nodes, nodes[-1]))
    yield "check2-node-of-31-bytes", "a node is cut short", fault, 2, _proof(3, ROOTS[3], 7, ROOTS[7], (nodes[0][:-2], *nodes[1:]))
    yield "check2-proof-where-none-is", "one size and a node", fault, 2, _proof(8, ROOTS[8], 8, ROOTS[8], nodes[:1])
    yield "check3-one-size-two-roots", "this is equivocation", fault, 3, _proof(8, ROOTS[8], 8, ROOTS[7], ())
    yield "check3-other-old-root", "the old root is of two leaves", fault, 3, _proof(3, ROOTS[2], 7, ROOTS[7], nodes)
    yield "check4-other-new-root", "the new root is of eight leaves", fault, 4, _proof(3, ROOTS[3], 7, ROOTS[8], nodes)
    whole = tuple(node.hex() for node in consistency_proof(LEAVES, 4))
    yield "check4-other-old-root-complete", "an old complete tree's root starts the path", fault, 4, _proof(4, ROOTS[3], 8, ROOTS[8], whole)


def _frontier() -> Iterator[Made]:
    seven = extend(EMPTY, LEAVES[:7])
    peaks = encode_frontier(seven)

    def fields(size: int, encoded: bytes, append: list[Digest]) -> Fields:
        after = root(extend(seven, append)) if encoded == peaks and size == 7 else b""
        leaves = ",".join(each.hex() for each in append)
        return {"kind": "frontier", "size": str(size), "peaks": encoded.hex(), "append": leaves, "root": after.hex()}

    fault = "frontier"
    yield "frontier-of-7", "three peaks", ACCEPT, 0, fields(7, peaks, [])
    yield "frontier-of-7-and-one", "all peaks join", ACCEPT, 0, fields(7, peaks, LEAVES[7:])
    yield "frontier-of-7-and-eight", "and grow again", ACCEPT, 0, fields(7, peaks, LEAVES)
    yield "frontier-peak-missing", "two peaks for seven leaves", fault, 0, fields(7, peaks[:-32], [])
    yield "frontier-peak-too-many", "three peaks for six leaves", fault, 0, fields(6, peaks, [])
    yield "frontier-cut", "the last byte is missing", fault, 0, fields(7, peaks[:-1], [])
