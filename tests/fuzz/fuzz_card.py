# SPDX-License-Identifier: EUPL-1.2
"""Cards, sealing statements and introductions: only what was signed verifies. Typed text is a safety number or refused."""

from __future__ import annotations

import contextlib

from amana.protocol.card import verify_card
from amana.protocol.errors import Refusal
from amana.protocol.introduction import verify_introduction
from amana.protocol.safety_number import parse_safety_number
from amana.protocol.sealing_statement import verify_sealing_statement
from tests.fuzz.harness import run, survives
from tests.protocol.agencies import NOW
from tests.vectors.cases import ACCEPT, load_area

CASES = {case.name.removeprefix("card/"): case for case in load_area("card")}
SIGNED = {name: case.octets("signed") for name, case in CASES.items() if case.expect == ACCEPT and "signed" in case.fields}
TYPED = [case.octets("typed") for case in CASES.values() if "typed" in case.fields]
RABAT, PARIS = (verify_card(SIGNED[name], known=None) for name in ("first", "paris"))


def TestOneInput(fuzzed: bytes) -> None:  # noqa: N802 - the name that atheris looks for
    """One input as each of the signed things, alone and after another, and as typed text."""
    for known in (None, RABAT):
        if survives(lambda: verify_card(fuzzed, known=known)):  # noqa: B023 - called at once
            assert fuzzed in SIGNED.values()
    if survives(lambda: verify_sealing_statement(fuzzed, card=RABAT, known=None)):
        assert fuzzed in SIGNED.values()
    if survives(lambda: verify_introduction(fuzzed, introducer=RABAT, introduced=PARIS.signed_bytes, known=None, now=NOW)):
        assert fuzzed == SIGNED["introduction"]
    with contextlib.suppress(Refusal):
        number = parse_safety_number(fuzzed.decode("utf-8", "replace"))
        assert parse_safety_number(number) == number


def corpus() -> list[bytes]:
    """Everything signed and everything typed."""
    return [*SIGNED.values(), *TYPED]


if __name__ == "__main__":
    run(TestOneInput)
