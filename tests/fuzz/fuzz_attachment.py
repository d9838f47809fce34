# SPDX-License-Identifier: EUPL-1.2
"""Attachments: only the sealed bytes themselves open, in their own place; what an exchange carries parses to one value or none."""

from __future__ import annotations

from amana.protocol.attachment import open_chunk, verify_attachment
from amana.protocol.attachment_exchange import (
    Cannot,
    Carried,
    Give,
    Offered,
    Want,
    parse_attachment_request,
    parse_attachment_response,
)
from amana.protocol.canonical import encode, parse
from amana.protocol.identifiers import EntryId
from tests.fuzz.harness import run, survives
from tests.vectors.make_attachment import SHORT, attachment, sealed

SAID = attachment(SHORT)
(CHUNK,) = sealed(SHORT)
ENTRY = EntryId(bytes(range(32)))
CARRIED = Carried(
    done=(Offered(entry=ENTRY, place=1),),
    gives=(Give(entry=ENTRY, index=0, place=0, sealed=CHUNK),),
    wants=(Want(next=3, entry=ENTRY, place=2),),
    cannot=(Cannot(entry=ENTRY, place=3),),
    offers=(Offered(entry=ENTRY, place=4),),
)


def TestOneInput(fuzzed: bytes) -> None:  # noqa: N802 - the name that atheris looks for
    """One input as a chunk, as a file of one chunk, as what is carried, and as a message."""
    for index in (0, 1):
        if survives(lambda: open_chunk(SAID, index, fuzzed)):  # noqa: B023 - called at once
            assert (index, fuzzed) == (0, CHUNK)
    if survives(lambda: verify_attachment(SAID, [fuzzed])):
        assert fuzzed == CHUNK
    if survives(lambda: parse(fuzzed, Carried)):
        assert encode(parse(fuzzed, Carried)) == fuzzed
    for read in (parse_attachment_request, parse_attachment_response):
        survives(lambda: read(fuzzed))  # noqa: B023 - called at once


def corpus() -> list[bytes]:
    """A chunk, and what an exchange carries."""
    return [CHUNK, encode(CARRIED), encode(Carried())]


if __name__ == "__main__":
    run(TestOneInput)
