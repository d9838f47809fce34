# SPDX-License-Identifier: EUPL-1.2
"""Every vector of encoding, tree and log is judged by the product and by the second implementation, and both as it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amana.protocol.checkpoint import Origin, verify_head, verify_receipt
from amana.protocol.entry import parse_body, parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.evidence import verify_evidence, verify_inclusion_evidence
from amana.protocol.identifiers import AgencyCode, Digest
from amana.protocol.log import LogPosition, step_hash, verify_step
from amana.protocol.merkle import extend, parse_frontier, root, verify_consistency, verify_inclusion
from amana.protocol.signing import PublicPair, Signature, SigningPair, verify_statement
from tests.vectors import independent, independent_log
from tests.vectors.cases import ACCEPT, VECTORS, Case, load_area, load_keys
from tests.vectors.generate import deterministic_cases
from tests.vectors.make_log import keys_text

AREAS = ("encoding", "merkle", "checkpoint", "step", "evidence", "statement")
CASES = [case for area in AREAS for case in load_area(area)]
KEYS = load_keys()


def product_keys(name: str) -> PublicPair:
    return PublicPair(mldsa=bytes.fromhex(KEYS[f"{name}.mldsa"]), ed25519=bytes.fromhex(KEYS[f"{name}.ed25519"]))


def second_keys(name: str) -> independent_log.Keys:
    return independent_log.Keys(ed25519=bytes.fromhex(KEYS[f"{name}.ed25519"]), mldsa=bytes.fromhex(KEYS[f"{name}.mldsa"]))


def judge_encoding(case: Case) -> None:
    judges: dict[str, Callable[[bytes], object]] = {"header": parse_header, "body": parse_body}
    judges[case.fields["shape"]](case.octets("encoded"))


def judge_encoding_again(case: Case) -> None:
    {"header": independent.parse_header, "body": independent.parse_body}[case.fields["shape"]](case.octets("encoded"))


def judge_merkle(case: Case) -> None:
    match case.fields["kind"]:
        case "root":
            leaves = [Digest(independent_log.sha(b"\0", each)) for each in case.octet_list("inputs")]
            assert root(extend(parse_frontier(0, b""), leaves)) == case.octets("root")
        case "inclusion":
            place = {"index": case.number("index"), "size": case.number("size")}
            top = Digest(case.octets("root"))
            verify_inclusion(Digest(case.octets("leaf")), proof=case.octet_list("proof"), root=top, **place)
        case "consistency":
            old, new = Digest(case.octets("old_root")), Digest(case.octets("root"))
            sizes = {"old_size": case.number("old_size"), "size": case.number("size")}
            verify_consistency(old_root=old, root=new, proof=case.octet_list("proof"), **sizes)
        case _:
            frontier = parse_frontier(case.number("size"), case.octets("peaks"))
            assert root(extend(frontier, map(Digest, case.octet_list("append")))) == case.octets("root")


def judge_merkle_again(case: Case) -> None:
    match case.fields["kind"]:
        case "root":
            leaves = [independent_log.sha(b"\0", each) for each in case.octet_list("inputs")]
            assert independent_log.tree_root(leaves) == case.octets("root")
        case "inclusion":
            top = independent_log.root_from_path(case.octets("leaf"), case.number("index"), case.number("size"), case.octet_list("proof"))
            _same(top, case.octets("root"))
        case "consistency":
            sizes = (case.number("old_size"), case.number("size"))
            old, new = independent_log.roots_from_proof(*sizes, case.octet_list("proof"), case.octets("old_root"))
            _same(old, case.octets("old_root"))
            _same(new, case.octets("root"))
        case _:
            peaks = case.octets("peaks")
            split = [peaks[at : at + 32] for at in range(0, len(peaks), 32)]
            _same(len(peaks) % 32, 0)
            assert independent_log.root_from_peaks(case.number("size"), split, case.octet_list("append")) == case.octets("root")


def _same(got: bytes | int, expected: bytes | int) -> None:
    if got != expected:
        raise independent.Reject("root")


def judge_checkpoint(case: Case) -> None:
    if case.fields["kind"] == "head":
        verify_head(case.octets("note"), product_keys(case.fields["keys"]), origin=Origin(case.fields["origin"]))
        return
    note = case.octets("head")
    head = verify_head(note, product_keys("ma.dgsn.head"), origin=Origin(note.split(b"\n")[0].decode()))
    verify_receipt(case.octets("receipt"), head, product_keys(case.fields["keys"]), receiver=AgencyCode(case.fields["receiver"]))


def judge_checkpoint_again(case: Case) -> None:
    if case.fields["kind"] == "head":
        independent_log.open_head(case.octets("note"), second_keys(case.fields["keys"]), case.fields["origin"])
        return
    head = independent_log.read_head(case.octets("head"))
    independent_log.check_receipt(case.octets("receipt"), head, second_keys(case.fields["keys"]), case.fields["receiver"])


def judge_step(case: Case) -> None:
    frontier = parse_frontier(case.number("size"), case.octets("peaks"))
    position = LogPosition(origin=Origin(case.fields["origin"]), frontier=frontier)
    verified = verify_step(case.octets("step"), position, product_keys(case.fields["keys"]))
    assert verified.digest == step_hash(case.octets("step")) == case.octets("hash")


def judge_step_again(case: Case) -> None:
    peaks = case.octets("peaks")
    split = [peaks[at : at + 32] for at in range(0, len(peaks), 32)]
    keys = second_keys(case.fields["keys"])
    independent_log.check_step(case.octets("step"), keys, case.fields["origin"], case.number("size"), split)
    assert independent_log.sha(b"amana/step/v1\0", case.octets("step")) == case.octets("hash")


def judge_evidence(case: Case) -> None:
    head_keys = product_keys(case.fields["keys"])
    if case.fields["kind"] == "inclusion":
        verify_inclusion_evidence(case.octets("evidence"), head_keys=head_keys, receipt_keys=product_keys(case.fields["receipt_keys"]))
    else:
        verify_evidence(case.octets("evidence"), head_keys, request_keys=product_keys(case.fields["request_keys"]))


def judge_evidence_again(case: Case) -> None:
    head_keys = second_keys(case.fields["keys"])
    if case.fields["kind"] == "inclusion":
        independent_log.check_inclusion(case.octets("evidence"), head_keys, second_keys(case.fields["receipt_keys"]))
    else:
        independent_log.check_evidence(case.octets("evidence"), head_keys, second_keys(case.fields["request_keys"]))


def judge_statement(case: Case) -> None:
    signature = Signature(mldsa=case.octets("mldsa"), ed25519=case.octets("ed25519"))
    verify_statement(product_keys(case.fields["keys"]), case.fields["what"], case.octets("content"), signature)


def judge_statement_again(case: Case) -> None:
    keys = second_keys(case.fields["keys"])
    signatures = case.octets("ed25519"), case.octets("mldsa")
    independent_log.check_statement(keys, case.fields["what"], case.octets("content"), *signatures)


JUDGES: dict[str, tuple[Callable[[Case], None], Callable[[Case], None]]] = {
    "encoding": (judge_encoding, judge_encoding_again),
    "merkle": (judge_merkle, judge_merkle_again),
    "checkpoint": (judge_checkpoint, judge_checkpoint_again),
    "step": (judge_step, judge_step_again),
    "evidence": (judge_evidence, judge_evidence_again),
    "statement": (judge_statement, judge_statement_again),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_implementations_judge_a_vector_as_it_says(case: Case) -> None:
    judge, judge_again = JUDGES[case.name.split("/")[0]]
    if case.expect == ACCEPT:
        judge(case)
        judge_again(case)
        return
    with pytest.raises(PeerFault) as caught:
        judge(case)
    assert (caught.value.code, caught.value.check) == (case.expect, case.check)
    with pytest.raises(independent.Reject):
        judge_again(case)


def test_the_deterministic_vectors_are_what_the_generator_writes() -> None:
    written = {case.name: (VECTORS / f"{case.name}.txt").read_text(encoding="utf-8") for case in deterministic_cases()}
    assert written == {case.name: case.render() for case in deterministic_cases()}
    assert len(written) == len(load_area("encoding")) + len(load_area("merkle"))


def test_the_keys_are_what_their_seeds_give() -> None:
    assert (VECTORS / "keys.txt").read_text(encoding="utf-8") == keys_text()
    for name in {key.rsplit(".", 1)[0] for key in KEYS}:
        assert SigningPair.from_seed(bytes.fromhex(KEYS[f"{name}.seed"])).public == product_keys(name)


def test_a_vector_of_a_numbered_check_has_the_number_in_its_name() -> None:
    for case in CASES:
        assert (f"check{case.check}-" in case.name) == (case.check > 0), case.name
