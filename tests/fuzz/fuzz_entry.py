# SPDX-License-Identifier: EUPL-1.2
"""Headers and bodies: what is taken is the one form of its value, and the second decoder agrees."""

from __future__ import annotations

from amana.protocol.canonical import encode
from amana.protocol.entry import parse_body, parse_entry, parse_header
from tests.fuzz.harness import run, survives
from tests.vectors import independent
from tests.vectors.cases import ACCEPT, load_area


def TestOneInput(fuzzed: bytes) -> None:  # noqa: N802 - the name that atheris looks for
    """One input as a header, a body, and the two halves of an entry."""
    for read, again in ((parse_header, independent.parse_header), (parse_body, independent.parse_body)):
        taken = survives(lambda: read(fuzzed))  # noqa: B023 - called at once
        try:
            again(fuzzed)
        except independent.Reject:
            assert not taken
        else:
            assert taken
            assert encode(read(fuzzed)) == fuzzed
    half = len(fuzzed) // 2
    survives(lambda: parse_entry(fuzzed[:half], fuzzed[half:]))
    survives(lambda: parse_entry(fuzzed, b""))


def corpus() -> list[bytes]:
    """Headers and bodies that are taken."""
    return [case.octets("encoded") for case in load_area("encoding") if case.expect == ACCEPT]


if __name__ == "__main__":
    run(TestOneInput)
