# SPDX-License-Identifier: EUPL-1.2
"""The second implementation of the log: tree by its recursive definition, notes by splitting bytes, steps and proofs.

Written from spec/03, spec/04 and spec/05; only the signature algorithms themselves come from the same library as the
product's. `Reject` is its only error.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from tests.vectors.independent import HASH, REQUIRED, Reject, array, decode, number, octets, parse, record, text

DASH = b"\xe2\x80\x94"
ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
STEP = record(
    ids=(array(HASH, 1, 1000), REQUIRED),
    head=(octets(1, 4096), REQUIRED),
    origin=(text(1, 96), REQUIRED),
    old_root=(HASH, REQUIRED),
    old_size=(number(0, 2**53), REQUIRED),
)
SIGNATURE = record(mldsa=(octets(2420, 2420), REQUIRED), ed25519=(octets(64, 64), REQUIRED))
REFUTED = record(
    step=(octets(0, 40 * 1024), REQUIRED),
    what=(text(0, 16), REQUIRED),
    peaks=(octets(0, 32 * 53), REQUIRED),
    carrier=(octets(0, 64 * 1024), REQUIRED),
    signature=(SIGNATURE, REQUIRED),
)
EVIDENCE = record(
    step=(REFUTED, None),
    cards=(array(octets(0, 64 * 1024), 0, 8), []),
    heads=(array(octets(0, 4096), 0, 2), []),
    origin=(text(1, 96), REQUIRED),
)
INCLUSION = record(
    head=(octets(0, 4096), REQUIRED),
    entry=(HASH, REQUIRED),
    index=(number(0, 2**53), REQUIRED),
    proof=(array(HASH, 0, 53), REQUIRED),
    receipt=(octets(0, 4096), REQUIRED),
)


class Keys(NamedTuple):
    ed25519: bytes
    mldsa: bytes


class Note(NamedTuple):
    origin: str
    size: int
    root: bytes
    body: bytes


def _require(holds: bool) -> None:
    if not holds:
        raise Reject("log")


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


# --- RFC 6962 section 2.1, by its definitions


def tree_root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = _k(len(leaves))
    return sha(b"\x01", tree_root(leaves[:k]), tree_root(leaves[k:]))


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = _k(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), tree_root(leaves[k:])]
    return [*path(m - k, leaves[k:]), tree_root(leaves[:k])]


def proof(m: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [tree_root(leaves)]
    k = _k(len(leaves))
    if m <= k:
        return [*proof(m, leaves[:k], whole=whole), tree_root(leaves[k:])]
    return [*proof(m - k, leaves[k:], whole=False), tree_root(leaves[:k])]


def peaks_of(leaves: list[bytes]) -> list[bytes]:
    if not leaves:
        return []
    k = 1 << (len(leaves).bit_length() - 1)
    return [tree_root(leaves[:k]), *peaks_of(leaves[k:])]


def root_from_path(leaf: bytes, m: int, n: int, nodes: list[bytes]) -> bytes:
    """The root that PATH(m, n leaves) = `nodes` leads to; turns are found by walking down as the definition does."""
    _require(0 <= m < n)
    if n == 1:
        _require(not nodes)
        return leaf
    _require(bool(nodes) and len(nodes[-1]) == 32)
    k = _k(n)
    if m < k:
        return sha(b"\x01", root_from_path(leaf, m, k, nodes[:-1]), nodes[-1])
    return sha(b"\x01", nodes[-1], root_from_path(leaf, m - k, n - k, nodes[:-1]))


def roots_from_proof(m: int, n: int, nodes: list[bytes], old_root: bytes, *, whole: bool = True) -> tuple[bytes, bytes]:
    """Old and new root that PROOF(m, n leaves) = `nodes` leads to."""
    _require(0 < m <= n)
    if m == n:
        if whole:
            _require(not nodes)
            return old_root, old_root
        _require(len(nodes) == 1 and len(nodes[0]) == 32)
        return nodes[0], nodes[0]
    _require(bool(nodes) and len(nodes[-1]) == 32)
    k = _k(n)
    if m <= k:
        old, new = roots_from_proof(m, k, nodes[:-1], old_root, whole=whole)
        return old, sha(b"\x01", new, nodes[-1])
    old, new = roots_from_proof(m - k, n - k, nodes[:-1], old_root, whole=False)
    return sha(b"\x01", nodes[-1], old), sha(b"\x01", nodes[-1], new)


def root_from_peaks(size: int, peaks: list[bytes], leaves: list[bytes]) -> bytes:
    """The root after appending `leaves` one by one to complete subtrees given by their sizes and roots."""
    sizes = [1 << bit for bit in range(size.bit_length() - 1, -1, -1) if size >> bit & 1]
    _require(len(sizes) == len(peaks))
    forest = list(zip(sizes, peaks, strict=True))
    for leaf in leaves:
        forest.append((1, leaf))
        while len(forest) > 1 and forest[-1][0] == forest[-2][0]:
            (count, right), (_, left) = forest.pop(), forest.pop()
            forest.append((2 * count, sha(b"\x01", left, right)))
    if not forest:
        return sha(b"")
    node = forest.pop()[1]
    while forest:
        node = sha(b"\x01", forest.pop()[1], node)
    return node


def _k(count: int) -> int:
    k = 1
    while 2 * k < count:
        k *= 2
    return k


# --- notes


def open_head(note: bytes, keys: Keys, origin: str) -> Note:
    head = read_head(note)
    _require(head.origin == origin)
    lines = note.split(b"\n")
    ed25519 = _signature(lines[4], origin, 0x01, keys.ed25519, 64, timed=False)[1]
    time, mldsa = _signature(lines[5], origin, 0x06, keys.mldsa, 2420, timed=True)
    _verify_ed25519(keys, ed25519, head.body)
    _verify_mldsa(keys, mldsa, _subtree(origin, head, time), b"")
    return head


def read_head(note: bytes) -> Note:
    _require(len(note) <= 4096)
    lines = note.split(b"\n")
    _require(len(lines) == 7 and lines[3] == b"" and lines[6] == b"")
    author, word, to, run = [*lines[0].split(b"/"), b"", b"", b"", b""][:4]
    _require(lines[0].count(b"/") == 3 and word == b"amana" and _agency(author) and _agency(to) and author != to)
    _require(0 < _decimal(run) < 2**31)
    size, root = _decimal(lines[1]), _unbase64(lines[2])
    _require(size < 2**53 and len(root) == 32 and (size > 0 or root == sha(b"")))
    for line, length in ((lines[4], 68), (lines[5], 2432)):
        start = DASH + b" " + lines[0] + b" "
        _require(line.startswith(start) and len(_unbase64(line[len(start) :])) == length)
    _require(0 < int.from_bytes(_unbase64(lines[5].rsplit(b" ", 1)[1])[4:12], "big") < 2**53)
    return Note(lines[0].decode(), size, root, b"\n".join(lines[:3]) + b"\n")


def check_receipt(receipt: bytes, head: Note, keys: Keys, receiver: str) -> None:
    _require(len(receipt) <= 4096)
    lines = receipt.split(b"\n")
    _require(len(lines) == 3 and lines[2] == b"" and head.origin.split("/")[2] == receiver)
    name = receiver + "/amana/receipt"
    time, ed25519 = _signature(lines[0], name, 0x04, keys.ed25519, 64, timed=True)
    again, mldsa = _signature(lines[1], name, 0x06, keys.mldsa, 2420, timed=True)
    _require(time == again)
    _verify_ed25519(keys, ed25519, f"cosignature/v1\ntime {time}\n".encode() + head.body)
    _verify_mldsa(keys, mldsa, _subtree(name, head, time), b"")


def _signature(line: bytes, name: str, kind: int, public: bytes, length: int, *, timed: bool) -> tuple[int, bytes]:
    start = DASH + b" " + name.encode() + b" "
    _require(line.startswith(start))
    content = _unbase64(line[len(start) :])
    skip = 12 if timed else 4
    _require(len(content) == skip + length and content[:4] == sha(name.encode(), b"\n", bytes([kind]), public)[:4])
    time = int.from_bytes(content[4:skip], "big")
    _require(not timed or 0 < time < 2**53)
    return time, content[skip:]


def _subtree(name: str, head: Note, time: int) -> bytes:
    origin = head.origin.encode()
    parts = [b"subtree/v1\n\x00", bytes([len(name)]), name.encode(), time.to_bytes(8, "big"), bytes([len(origin)]), origin]
    return b"".join([*parts, bytes(8), head.size.to_bytes(8, "big"), head.root])


def _decimal(digits: bytes) -> int:
    _require(0 < len(digits) <= 16 and all(0x30 <= digit <= 0x39 for digit in digits))
    _require(digits == b"0" or digits[0] != 0x30)
    return int(digits)


def _agency(code: bytes) -> bool:
    labels = code.split(b".")
    return len(code) <= 32 and all(label and all(each in b"abcdefghijklmnopqrstuvwxyz0123456789" for each in label) for label in labels)


def _unbase64(spelled: bytes) -> bytes:
    _require(len(spelled) % 4 == 0 and all(each in ALPHABET for each in spelled.rstrip(b"=")) and spelled.count(b"=") <= 2)
    content = base64.b64decode(spelled.rstrip(b"=") + b"==")
    _require(base64.b64encode(content) == spelled)
    return content


def _verify_ed25519(keys: Keys, signature: bytes, message: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(keys.ed25519).verify(signature, message)
    except InvalidSignature as error:
        raise Reject("ed25519") from error


def _verify_mldsa(keys: Keys, signature: bytes, message: bytes, context: bytes) -> None:
    try:
        MLDSA44PublicKey.from_public_bytes(keys.mldsa).verify(signature, message, context)
    except InvalidSignature as error:
        raise Reject("mldsa") from error


def check_statement(keys: Keys, what: str, content: bytes, ed25519: bytes, mldsa: bytes) -> None:
    context = b"amana/" + what.encode() + b"/v1"
    message = context + b"\0" + sha(content)
    _verify_ed25519(keys, ed25519, message)
    _verify_mldsa(keys, mldsa, message, context)


# --- steps and evidence


def check_step(encoded: bytes, keys: Keys, origin: str, size: int, peaks: list[bytes]) -> None:
    step = parse(encoded, STEP, 40 * 1024)
    _require(step["origin"] == origin)
    head = open_head(step["head"], keys, origin)
    _require(step["old_size"] == size and step["old_root"] == root_from_peaks(size, peaks, []))
    _require(_leads_to(step, peaks, head))


def _leads_to(step: Any, peaks: list[bytes], head: Note) -> bool:
    leaves = [sha(b"\x00", entry) for entry in step["ids"]]
    return head.size == step["old_size"] + len(leaves) and head.root == root_from_peaks(step["old_size"], peaks, leaves)


def check_inclusion(encoded: bytes, head_keys: Keys, receipt_keys: Keys) -> None:
    evidence = parse(encoded, INCLUSION, 256 * 1024)
    head = open_head(evidence["head"], head_keys, read_head(evidence["head"]).origin)
    check_receipt(evidence["receipt"], head, receipt_keys, head.origin.split("/")[2])
    _require(root_from_path(sha(b"\x00", evidence["entry"]), evidence["index"], head.size, evidence["proof"]) == head.root)


def check_evidence(encoded: bytes, head_keys: Keys, request_keys: Keys) -> None:
    evidence = parse(encoded, EVIDENCE, 256 * 1024)
    origin, notes, refuted = evidence["origin"], evidence.get("heads", []), evidence.get("step")
    if refuted is None:
        _require(len(notes) == 2 and notes == sorted(notes))
        first, second = (open_head(note, head_keys, origin) for note in notes)
        _require(first.size == second.size and first.root != second.root)
        return
    _require(not notes and refuted["what"] in ("bundle", "request", "response"))
    signature = refuted["signature"]
    check_statement(request_keys, refuted["what"], refuted["carrier"], signature["ed25519"], signature["mldsa"])
    carried = carried_steps(refuted["carrier"])
    _require(sha(b"amana/step/v1\0", refuted["step"]) in carried)
    step = parse(refuted["step"], STEP, 40 * 1024)
    peaks = [refuted["peaks"][at : at + 32] for at in range(0, len(refuted["peaks"]), 32)]
    head = open_head(step["head"], head_keys, origin)
    _require(len(refuted["peaks"]) % 32 == 0 and step["origin"] == origin)
    _require(step["old_root"] == root_from_peaks(step["old_size"], peaks, []))
    _require(not _leads_to(step, peaks, head))


def carried_steps(carrier: bytes) -> list[bytes]:
    named = decode(carrier)
    _require(type(named) is dict)
    steps = [named.get("step", b""), *named.get("steps", [])]
    _require(all(type(step) is bytes for step in steps))
    return steps
