# SPDX-License-Identifier: EUPL-1.2
"""Steps and evidence: only what was signed verifies, whatever else the bytes say."""

from __future__ import annotations

from amana.protocol.checkpoint import Origin
from amana.protocol.evidence import verify_evidence, verify_inclusion_evidence
from amana.protocol.log import LogPosition, decide_seen, encode_step, parse_step, start_of, verify_step
from amana.protocol.merkle import parse_frontier
from amana.protocol.signing import PublicPair
from tests.fuzz.harness import run, survives
from tests.vectors.cases import ACCEPT, load_area, load_keys

KEYS = load_keys()
STEPS = [case for case in load_area("step") if case.expect == ACCEPT]
EVIDENCE = [case.octets("evidence") for case in load_area("evidence") if case.expect == ACCEPT]


def _keys(name: str) -> PublicPair:
    return PublicPair(mldsa=bytes.fromhex(KEYS[f"{name}.mldsa"]), ed25519=bytes.fromhex(KEYS[f"{name}.ed25519"]))


HEAD_KEYS, REQUEST_KEYS, RECEIPT_KEYS = (_keys(name) for name in ("ma.dgsn.head", "ma.dgsn.request", "fr.dgpn.receipt"))


def TestOneInput(fuzzed: bytes) -> None:  # noqa: N802 - the name that atheris looks for
    """One input as a step at each position, as evidence of equivocation, and as the proof of an entry."""
    if survives(lambda: parse_step(fuzzed)):
        step = parse_step(fuzzed)
        assert encode_step(step) == fuzzed
        survives(lambda: decide_seen(step, start_of(Origin(STEPS[0].fields["origin"]))))
    for case in STEPS:
        position = LogPosition(origin=Origin(case.fields["origin"]), frontier=parse_frontier(case.number("size"), case.octets("peaks")))
        if survives(lambda: verify_step(fuzzed, position, HEAD_KEYS)):  # noqa: B023 - called at once
            assert fuzzed == case.octets("step")
    if survives(lambda: verify_evidence(fuzzed, HEAD_KEYS, request_keys=REQUEST_KEYS)):
        assert fuzzed in EVIDENCE
    if survives(lambda: verify_inclusion_evidence(fuzzed, head_keys=HEAD_KEYS, receipt_keys=RECEIPT_KEYS)):
        assert fuzzed in EVIDENCE


def corpus() -> list[bytes]:
    """Steps and evidence that are taken."""
    return [*(case.octets("step") for case in STEPS), *EVIDENCE]


if __name__ == "__main__":
    run(TestOneInput)
