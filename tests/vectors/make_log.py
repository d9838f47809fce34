# SPDX-License-Identifier: EUPL-1.2
"""The signed cases: checkpoint, step, evidence and statement. ML-DSA signing is randomised, so these are written once and kept.

Keys come from seeds that anybody can make again: SHA-256 of "amana vectors <name> ed25519" and the same with mldsa.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from amana.protocol.canonical import encode
from amana.protocol.checkpoint import Head, Origin, origin_name, sign_head, sign_receipt, subtree_message, verify_head
from amana.protocol.evidence import EquivocationEvidence, InclusionEvidence, RefutedStep, make_inclusion_evidence
from amana.protocol.identifiers import AgencyCode, EntryId, Seconds
from amana.protocol.log import LogPosition, Step, advance, encode_step, make_step, start_of, step_hash
from amana.protocol.merkle import EMPTY, encode_frontier, root
from amana.protocol.note import KeySignature, key_id, render_line
from amana.protocol.signing import Signature, SigningPair, sign_statement
from tests.vectors.cases import ACCEPT
from tests.vectors.loose import write

NAMES = ("ma.dgsn.head", "ma.dgsn.request", "fr.dgpn.receipt", "fr.dgsi.receipt", "xx.other.head")
MA, FR, DGSI = AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn"), AgencyCode("fr.dgsi")
ORIGIN = origin_name(author=MA, to=FR, run=1)
OTHER_ORIGIN = origin_name(author=MA, to=DGSI, run=1)
TIME = Seconds(1_795_392_000)  # 2026-11-23 00:00 UTC
IDS = tuple(EntryId(hashlib.sha256(b"entry %d" % count).digest()) for count in range(8))

Made = tuple[str, str, str, int, dict[str, str]]


def seed(name: str) -> bytes:
    return b"".join(hashlib.sha256(f"amana vectors {name} {part}".encode()).digest() for part in ("ed25519", "mldsa"))


PAIRS = {name: SigningPair.from_seed(seed(name)) for name in NAMES}
HEAD_PAIR, OTHER_PAIR, RECEIPT_PAIR = PAIRS["ma.dgsn.head"], PAIRS["xx.other.head"], PAIRS["fr.dgpn.receipt"]
REQUEST_PAIR = PAIRS["ma.dgsn.request"]


def keys_text() -> str:
    """keys.txt: the public halves of every pair, and the seeds that give them."""
    lines = ["# Keys of the vectors. A seed is 32 bytes of Ed25519 and 32 of ML-DSA-44. These keys belong to nobody."]
    for name, pair in PAIRS.items():
        public = {"seed": seed(name), "ed25519": pair.public.ed25519, "mldsa": pair.public.mldsa}
        lines += [f"{name}.{part}: {value.hex()}" for part, value in public.items()]
    return "\n".join(lines) + "\n"


def position(origin: Origin, count: int) -> LogPosition:
    return advance(start_of(origin), IDS[:count])


def lines_of(pair: SigningPair, name: str, kind: bytes, signed: bytes, head: Head, *, times: tuple[int, int]) -> list[bytes]:
    """Two signature lines made part by part, so that cases can mix them."""
    first = KeySignature(key_id=key_id(name, kind, pair.public.ed25519), time=Seconds(times[0]), signature=pair.ed25519.sign(signed))
    message = subtree_message(name, head, times[1])
    second = KeySignature(key_id=key_id(name, b"\x06", pair.public.mldsa), time=Seconds(times[1]), signature=pair.mldsa.sign(message))
    return [render_line(name, first), render_line(name, second)]


def step_cases() -> Iterator[Made]:
    """Steps."""
    start, middle = start_of(ORIGIN), position(ORIGIN, 3)
    first = make_step(HEAD_PAIR, start, IDS[:3], TIME)[0]
    second = make_step(HEAD_PAIR, middle, IDS[3:], TIME)[0]

    def fields(step: Step | bytes, at: LogPosition) -> dict[str, str]:
        where = {"origin": at.origin, "size": str(at.frontier.size), "peaks": encode_frontier(at.frontier).hex()}
        encoded = step if isinstance(step, bytes) else encode_step(step)
        return {"keys": "ma.dgsn.head", **where, "step": encoded.hex(), "hash": step_hash(encoded).hex()}

    def changed(step: Step, **values: object) -> bytes:
        names = ("ids", "head", "origin", "old_root", "old_size")
        return write({**{name: getattr(step, name) for name in names}, **values})

    yield "first-step", "three entries into an empty log", ACCEPT, 0, fields(first, start)
    yield "second-step", "five more, across a change of frontier", ACCEPT, 0, fields(second, middle)
    yield "no-ids", "a step without entries", "wrong_shape", 0, fields(changed(first, ids=[]), start)
    yield "id-of-31-bytes", "an id is cut short", "wrong_shape", 0, fields(changed(first, ids=[IDS[0][:31]]), start)
    yield "trailing-byte", "a byte after the step", "not_canonical", 0, fields(encode_step(first) + b"\0", start)
    other = make_step(HEAD_PAIR, start_of(OTHER_ORIGIN), IDS[:3], TIME)[0]
    yield "check2-other-log", "a step of the author's log to another partner (reflected)", "other_log", 2, fields(other, start)
    crossed = changed(other, origin=ORIGIN)
    yield "check2-head-of-other-log", "the same head under this log's name", "other_log", 2, fields(crossed, start)
    foreign = make_step(OTHER_PAIR, start, IDS[:3], TIME)[0]
    yield "check2-foreign-keys", "signed by somebody else", "key_id", 2, fields(foreign, start)
    cut = first.head[: first.head.rindex(b"\xe2\x80\x94")]
    yield "check2-one-signature", "the head has no ML-DSA line", "note_form", 2, fields(changed(first, head=cut), start)
    yield "check3-beyond", "a step that starts beyond the receiver's position", "step_start", 3, fields(second, start)
    yield "check3-again", "a step that the receiver has already (replayed)", "step_start", 3, fields(first, middle)
    forked = make_step(HEAD_PAIR, advance(start, (IDS[1], IDS[0], IDS[2])), IDS[3:], TIME)[0]
    yield "check3-other-root", "the right size on another history", "step_start", 3, fields(forked, middle)
    swapped = changed(second, ids=[IDS[4], IDS[3], *IDS[5:]])
    yield "check4-ids-swapped", "two entries change places", "step_root", 4, fields(swapped, middle)
    yield "check4-id-missing", "the last entry is left out", "step_root", 4, fields(changed(second, ids=list(IDS[3:7])), middle)
    yield "check4-other-id", "one entry is another", "step_root", 4, fields(changed(second, ids=[*IDS[3:7], bytes(32)]), middle)


def evidence_cases() -> Iterator[Made]:
    """Both findings of equivocation, and the proof of one entry."""
    yield from (*_two_heads(), *_refuted_steps(), *_inclusions())


def _two_heads() -> Iterator[Made]:
    def fields(heads: tuple[bytes, ...], origin: Origin = ORIGIN, step: RefutedStep | None = None) -> dict[str, str]:
        evidence = encode(EquivocationEvidence(heads=heads, origin=origin, step=step))
        return {"kind": "equivocation", "keys": "ma.dgsn.head", "request_keys": "ma.dgsn.request", "evidence": evidence.hex()}

    def head(ids: tuple[EntryId, ...], origin: Origin = ORIGIN) -> bytes:
        return sign_head(HEAD_PAIR, advance(start_of(origin), ids).head, TIME)

    straight, crossed = head(IDS[:3]), head((IDS[1], IDS[0], IDS[2]))
    pair = tuple(sorted((straight, crossed)))
    again = tuple(sorted((straight, head(IDS[:3]))))
    elsewhere = tuple(sorted((straight, head((IDS[1], IDS[0], IDS[2]), OTHER_ORIGIN))))
    spoilt = tuple(sorted((straight, crossed[:-2000] + (b"B" if crossed[-2000:-1999] == b"A" else b"A") + crossed[-1999:])))
    yield "two-heads", "one log, one size, two roots, both signed", ACCEPT, 0, fields(pair)
    yield "check1-one-head", "one head proves nothing", "evidence_form", 1, fields(pair[:1])
    yield "check2-other-log", "the second head is of another log", "other_log", 2, fields(elsewhere)
    yield "check2-signature", "one letter of the second head's ML-DSA signature is changed", "signature", 2, fields(spoilt)
    yield "check3-one-root", "signed twice, but one root", "not_equivocation", 3, fields(again)
    yield "check3-two-sizes", "a log that grows", "not_equivocation", 3, fields(tuple(sorted((straight, head(IDS[:4])))))
    yield "check3-order", "the heads in the other order: one finding has one form", "not_equivocation", 3, fields(pair[::-1])
    both = _refuted(*_false_step())
    yield "check1-heads-and-step", "two findings in one", "evidence_form", 1, fields(pair, ORIGIN, both)


def _false_step() -> tuple[bytes, LogPosition]:
    """A step that the author signed and whose ids do not lead to its head."""
    middle = position(ORIGIN, 3)
    true = make_step(HEAD_PAIR, middle, IDS[3:5], TIME)[0]
    return encode_step(Step(ids=(IDS[3], IDS[5]), head=true.head, origin=ORIGIN, old_root=true.old_root, old_size=3)), middle


def _refuted(step: bytes, at: LogPosition, *, carrier: bytes = b"", what: str = "request") -> RefutedStep:
    carrier = carrier or write({"step": step_hash(step), "time": TIME})
    signature = sign_statement(REQUEST_PAIR, what, carrier)
    return RefutedStep(step=step, what=what, peaks=encode_frontier(at.frontier), carrier=carrier, signature=signature)


def _refuted_steps() -> Iterator[Made]:
    def fields(refuted: RefutedStep) -> dict[str, str]:
        evidence = encode(EquivocationEvidence(step=refuted, origin=ORIGIN))
        return {"kind": "equivocation", "keys": "ma.dgsn.head", "request_keys": "ma.dgsn.request", "evidence": evidence.hex()}

    false, at = _false_step()
    true = make_step(HEAD_PAIR, at, IDS[3:5], TIME)[1]
    several = write({"steps": [bytes(32), step_hash(false)]})
    echo = write({"step": bytes(32), "challenge": write({"step": step_hash(false)})})
    yield "refuted-step", "carried by a request", ACCEPT, 0, fields(_refuted(false, at))
    yield "refuted-step-in-bundle", "one of several in a bundle", ACCEPT, 0, fields(_refuted(false, at, carrier=several, what="bundle"))
    yield "check2-other-kind", "signed as a card", "evidence_form", 2, fields(_refuted(false, at, what="card"))
    spoilt = _refuted(false, at)
    forged = Signature(mldsa=spoilt.signature.mldsa, ed25519=bytes(64))
    one = RefutedStep(step=spoilt.step, what=spoilt.what, peaks=spoilt.peaks, carrier=spoilt.carrier, signature=forged)
    yield "check2-signature", "the Ed25519 signature is missing", "signature", 2, fields(one)
    yield (
        "check3-echo",
        "the hash stands only in an echoed challenge, which its receiver could choose",
        "step_not_carried",
        3,
        fields(_refuted(false, at, carrier=echo)),
    )
    foreign = make_step(OTHER_PAIR, at, IDS[3:5], TIME)[1]
    yield "check4-head-of-another", "the step's head is signed by somebody else", "key_id", 4, fields(_refuted(foreign, at))
    elsewhere = LogPosition(origin=ORIGIN, frontier=advance(start_of(ORIGIN), IDS[1:4]).frontier)
    yield "check5-other-frontier", "peaks of another tree of that size", "step_start", 5, fields(_refuted(false, elsewhere))
    yield "check6-true-step", "the ids do lead to the head", "not_equivocation", 6, fields(_refuted(true, at))


def _inclusions() -> Iterator[Made]:
    note = sign_head(HEAD_PAIR, position(ORIGIN, 7).head, TIME)
    head = verify_head(note, HEAD_PAIR.public, origin=ORIGIN)
    receipt = sign_receipt(RECEIPT_PAIR, FR, head, TIME)
    smaller = verify_head(sign_head(HEAD_PAIR, position(ORIGIN, 6).head, TIME), HEAD_PAIR.public, origin=ORIGIN)
    stale = sign_receipt(RECEIPT_PAIR, FR, smaller, TIME)

    def fields(evidence: bytes) -> dict[str, str]:
        return {"kind": "inclusion", "keys": "ma.dgsn.head", "receipt_keys": "fr.dgpn.receipt", "evidence": evidence.hex()}

    good = make_inclusion_evidence(IDS[:7], 4, head=note, receipt=receipt)
    proof = InclusionEvidence(head=note, entry=IDS[4], index=4, proof=(), receipt=receipt)
    yield "inclusion", "entry 4 of seven", ACCEPT, 0, fields(good)
    foreign = sign_head(OTHER_PAIR, position(ORIGIN, 7).head, TIME)
    yield (
        "inclusion-check2-head",
        "the head is signed by somebody else",
        "key_id",
        2,
        fields(make_inclusion_evidence(IDS[:7], 4, head=foreign, receipt=receipt)),
    )
    yield (
        "inclusion-check3-receipt",
        "the receipt is of a smaller head",
        "signature",
        3,
        fields(make_inclusion_evidence(IDS[:7], 4, head=note, receipt=stale)),
    )
    yield "inclusion-check4-proof", "no proof", "inclusion", 4, fields(encode(proof))
    other = (*IDS[:4], EntryId(bytes(32)), *IDS[5:7])
    yield (
        "inclusion-check4-entry",
        "an entry that is not there",
        "inclusion",
        4,
        fields(make_inclusion_evidence(other, 4, head=note, receipt=receipt)),
    )


def statement_cases() -> Iterator[Made]:
    """Statements."""
    content = b"what is signed"
    right = sign_statement(REQUEST_PAIR, "card", content)
    wrong = sign_statement(OTHER_PAIR, "card", content)

    def fields(signature: Signature, *, what: str = "card", said: bytes = content) -> dict[str, str]:
        both = {"ed25519": signature.ed25519.hex(), "mldsa": signature.mldsa.hex()}
        return {"keys": "ma.dgsn.request", "what": what, "content": said.hex(), **both}

    yield "statement", "both signatures", ACCEPT, 0, fields(right)
    yield "other-kind", "signed as a card, shown as a bundle", "signature", 0, fields(right, what="bundle")
    yield "other-content", "a letter more", "signature", 0, fields(right, said=content + b"!")
    yield (
        "ed25519-of-another",
        "ML-DSA right, Ed25519 by another key",
        "signature",
        0,
        fields(Signature(mldsa=right.mldsa, ed25519=wrong.ed25519)),
    )
    yield (
        "mldsa-of-another",
        "Ed25519 right, ML-DSA by another key",
        "signature",
        0,
        fields(Signature(mldsa=wrong.mldsa, ed25519=right.ed25519)),
    )
    bare = REQUEST_PAIR.mldsa.sign(b"amana/card/v1\0" + hashlib.sha256(content).digest())
    yield "mldsa-without-context", "the ML-DSA context is empty", "signature", 0, fields(Signature(mldsa=bare, ed25519=right.ed25519))
    direct = REQUEST_PAIR.ed25519.sign(content)
    yield "ed25519-over-content", "the content itself is signed", "signature", 0, fields(Signature(mldsa=right.mldsa, ed25519=direct))


EMPTY_HEAD = Head(origin=ORIGIN, size=0, root=root(EMPTY))
