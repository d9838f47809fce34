# SPDX-License-Identifier: EUPL-1.2
"""Markings and grants from a partner: whatever parses joins to nothing weaker, and every use of it is answered."""

from __future__ import annotations

from amana.protocol.canonical import encode, parse
from amana.protocol.identifiers import EntryId
from amana.protocol.marking import Grant, GrantScope, Marking, Use, decide_use, join, require_not_weaker
from tests.fuzz.harness import run, survives
from tests.vectors.cases import load_area
from tests.vectors.make_marking import ENTRY, LISBON, NOW, PARIS, RABAT

SCOPE = GrantScope(to=LISBON, uses=tuple(Use), until=NOW, holder=PARIS, entries=(ENTRY,))
MARKINGS = [case.octets("joined" if case.fields["kind"] == "join" else "marking") for case in load_area("marking")]


def TestOneInput(fuzzed: bytes) -> None:  # noqa: N802 - the name that atheris looks for
    """One input as a marking, and as a grant."""
    if survives(lambda: parse(fuzzed, Marking)):
        marking = parse(fuzzed, Marking)
        require_not_weaker(join([marking, Marking()]), [marking])
        _ask(marking, SCOPE)
    if survives(lambda: parse(fuzzed, GrantScope)):
        _ask(Marking(), parse(fuzzed, GrantScope))


def _ask(marking: Marking, scope: GrantScope) -> None:
    grants = [Grant(id=EntryId(bytes(32)), by=RABAT, scope=scope)]
    for use in Use:
        for to in (None, LISBON):
            for by in (PARIS, RABAT):
                decide_use(
                    marking,
                    entry=ENTRY,
                    use=use,
                    by=by,
                    originator=RABAT,
                    recipient=to,
                    audience=(PARIS, RABAT),
                    grants=grants,
                    now=NOW,
                )


def corpus() -> list[bytes]:
    """Markings and a grant."""
    return [*MARKINGS, encode(SCOPE)]


if __name__ == "__main__":
    run(TestOneInput)
