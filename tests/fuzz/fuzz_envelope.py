# SPDX-License-Identifier: EUPL-1.2
"""Envelopes: only the sealed bytes themselves open, and a slot's plaintext opens to one reading or none."""

from __future__ import annotations

from amana.protocol.entry import entry_id
from amana.protocol.envelope import open_step
from tests.fuzz.harness import run, survives
from tests.vectors.cases import ACCEPT, load_area
from tests.vectors.make_envelope import CONTEXT, PAIR, SLOTS, ids_of, lay_out, seal_plain

ENVELOPES = {case.octets("envelope"): ids_of(case) for case in load_area("envelope") if case.expect == ACCEPT}
PLAINTEXTS = {lay_out(slot.header_bytes, slot.body_bytes): entry_id(slot.header_bytes) for slot in SLOTS if slot.body_bytes}
KEYS = {PAIR.public.id: PAIR}


def TestOneInput(fuzzed: bytes) -> None:  # noqa: N802 - the name that atheris looks for
    """One input as an envelope, then as the plaintext that a hostile sender sealed in a slot."""
    for ids in ENVELOPES.values():
        if survives(lambda: open_step(fuzzed, CONTEXT, keys=KEYS, ids=ids)):  # noqa: B023 - called at once
            assert ENVELOPES[fuzzed] == ids
    hostile = seal_plain(fuzzed)
    for entry in PLAINTEXTS.values():
        if survives(lambda: open_step(hostile, CONTEXT, keys=KEYS, ids=[entry])):  # noqa: B023 - called at once
            assert PLAINTEXTS[fuzzed] == entry


def corpus() -> list[bytes]:
    """Envelopes, and plaintexts of slots."""
    return [*ENVELOPES, *PLAINTEXTS]


if __name__ == "__main__":
    run(TestOneInput)
