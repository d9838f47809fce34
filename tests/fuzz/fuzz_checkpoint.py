# SPDX-License-Identifier: EUPL-1.2
"""Heads and receipts: what parses renders back to the same bytes, and only the signed bytes verify."""

from __future__ import annotations

from amana.protocol.checkpoint import note_text, origin_name, parse_head, parse_origin, sign_head, sign_receipt, verify_head, verify_receipt
from amana.protocol.identifiers import AgencyCode, Seconds
from amana.protocol.log import advance, start_of
from amana.protocol.note import render_line
from amana.protocol.signing import SigningPair
from tests.fuzz.harness import run, survives

PAIR = SigningPair.from_seed(bytes(range(64)))
FR = AgencyCode("fr.dgpn")
ORIGIN = origin_name(author=AgencyCode("ma.dgsn"), to=FR, run=1)
NOTE = sign_head(PAIR, advance(start_of(ORIGIN), []).head, Seconds(7))
HEAD = verify_head(NOTE, PAIR.public, origin=ORIGIN)
RECEIPT = sign_receipt(PAIR, FR, HEAD, Seconds(7))


def TestOneInput(fuzzed: bytes) -> None:  # noqa: N802 - the name that atheris looks for
    """One input as an origin, a head and a receipt."""
    survives(lambda: parse_origin(fuzzed.decode("latin-1")))
    if survives(lambda: parse_head(fuzzed)):
        claimed = parse_head(fuzzed)
        name = claimed.head.origin
        lines = render_line(name, claimed.ed25519) + render_line(name, claimed.mldsa)
        assert note_text(claimed.head) + b"\n" + lines == fuzzed
    if survives(lambda: verify_head(fuzzed, PAIR.public, origin=ORIGIN)):
        assert fuzzed == NOTE
    if survives(lambda: verify_receipt(fuzzed, HEAD, PAIR.public, receiver=FR)):
        assert fuzzed == RECEIPT


def corpus() -> list[bytes]:
    """A head, its receipt, its origin."""
    return [NOTE, RECEIPT, ORIGIN.encode()]


if __name__ == "__main__":
    run(TestOneInput)
