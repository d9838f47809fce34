# SPDX-License-Identifier: EUPL-1.2
"""The cases of spec/vectors/marking: what markings join to, and what a use of an entry is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from amana.protocol.canonical import encode
from amana.protocol.identifiers import AgencyCode, EntryId, Millis
from amana.protocol.marking import GrantScope, HandlingCode, LegalBasis, Level, Marking, Purpose, Tlp, Use, join
from tests.vectors.cases import ACCEPT, Case
from tests.vectors.writing import write_area

RABAT, PARIS, MADRID, LISBON = (AgencyCode(code) for code in ("ma.dgsn", "fr.dgpn", "es.cnp", "pt.pj"))
ENTRY, NOW = EntryId(b"\x01" * 32), Millis(1_702_555_200_000)
H0, H1, H2, H3 = HandlingCode
RESTRICTED = Marking(codes=(H0, H2), level=Level.RESTRICTED, national="Diffusion Restreinte", purpose=Purpose.INVESTIGATION)


def marking_cases() -> Iterator[Case]:
    """All cases."""
    basis = LegalBasis(article="4", agreement=b"\x07" * 32)
    later = Millis(NOW + 1)
    for name, about, sources in (
        ("join-one", "one source gives its own marking", [RESTRICTED]),
        ("join-codes", "all codes", [Marking(codes=(H0, H2)), Marking(codes=(H1, H2))]),
        ("join-tlp", "the narrowest TLP", [Marking(tlp=Tlp.AMBER_STRICT), Marking(tlp=Tlp.GREEN), Marking()]),
        ("join-level", "the highest level with its words", [RESTRICTED, Marking(level=Level.SECRET, national="سري")]),
        (
            "join-level-alike",
            "one level, two words: the last in code point order",
            [RESTRICTED, Marking(level=Level.RESTRICTED, national="كتمان")],
        ),
        ("join-purpose-alike", "one purpose", [RESTRICTED, Marking(purpose=Purpose.INVESTIGATION)]),
        ("join-purposes", "two purposes: for information only", [RESTRICTED, Marking(purpose=Purpose.PREVENTION)]),
        ("join-dates", "the earliest dates; 0 is none", [Marking(erase_on=later), Marking(erase_on=NOW, review_on=later), Marking()]),
        ("join-basis-alike", "the legal basis that all have", [Marking(basis=basis), Marking(basis=basis)]),
        ("join-basis", "one without a legal basis: none", [Marking(basis=basis), Marking()]),
    ):
        encoded = ",".join(encode(source).hex() for source in sources)
        fields = {"kind": "join", "sources": encoded, "joined": encode(join(sources)).hex()}
        yield Case(name=f"marking/{name}", expect=ACCEPT, check=0, about=about, fields=fields)
    yield from _decisions()
    yield from _grants()


def question(name: str, about: str, expect: str, check: int, marking: Marking, use: Use, **change: Any) -> Case:
    """Paris asks itself, at noon, of an entry that Rabat sent to it and to Madrid; one thing may differ."""
    scopes: Sequence[tuple[AgencyCode, GrantScope]] = change.pop("grants", ())
    fields = {
        "kind": "use",
        "marking": encode(marking).hex(),
        "entry": ENTRY.hex(),
        "use": use.value,
        "by": PARIS,
        "originator": RABAT,
        "recipient": "",
        "audience": f"{MADRID},{PARIS},{RABAT}",
        "granted_by": ",".join(by for by, _ in scopes),
        "grants": ",".join(encode(scope).hex() for _, scope in scopes),
        "now": str(NOW),
        "purpose": "",
    }
    return Case(name=f"marking/{name}", expect=expect, check=check, about=about, fields={**fields, **change})


def _decisions() -> Iterator[Case]:
    due = Marking(erase_on=NOW)
    strict = Marking(tlp=Tlp.RED, codes=(H0, H1, H2, H3), level=Level.SECRET, purpose=Purpose.BY_GRANT, erase_on=NOW)
    for name, about, expect, check, marking, use, change in (
        ("use-1-own", "the originator itself", ACCEPT, 0, strict, Use.PASS_ON, {"by": RABAT, "recipient": LISBON}),
        ("use-2-not-a-holder", "an agency it was not sent to", "not_a_holder", 2, Marking(), Use.PRINT, {"by": LISBON}),
        ("use-3-erase-date", "at the erase date", "past_erase_date", 3, due, Use.PRINT, {}),
        ("use-3-before-erase-date", "a millisecond before it", ACCEPT, 0, due, Use.PRINT, {"now": str(NOW - 1)}),
        ("use-5-court", "H1", "not_in_court", 5, Marking(codes=(H1,)), Use.COURT, {}),
        ("use-6-third-party", "H2, to Lisbon", "third_party", 6, Marking(codes=(H2,)), Use.PASS_ON, {"recipient": LISBON}),
        ("use-6-inside", "H2, to Madrid, which holds it", ACCEPT, 0, Marking(codes=(H2,)), Use.PASS_ON, {"recipient": MADRID}),
        ("use-6-quote", "H2, quoted to Lisbon", "third_party", 6, Marking(codes=(H2,)), Use.QUOTE, {"recipient": LISBON}),
        ("use-6-court", "H2 without H1: a court is outside", "third_party", 6, Marking(codes=(H2,)), Use.COURT, {}),
        ("use-6-nobody", "passed on to nobody knows whom", "third_party", 6, Marking(), Use.PASS_ON, {}),
        ("use-7-export", "H3", "other_restriction", 7, Marking(codes=(H3,)), Use.EXPORT, {}),
        ("use-7-print", "H3, printed by a holder", ACCEPT, 0, Marking(codes=(H3,)), Use.PRINT, {}),
        ("use-8-amber", "amber, to Lisbon", "tlp", 8, Marking(tlp=Tlp.AMBER), Use.PASS_ON, {"recipient": LISBON}),
        ("use-8-green", "green, to Lisbon", ACCEPT, 0, Marking(tlp=Tlp.GREEN), Use.PASS_ON, {"recipient": LISBON}),
        ("use-8-green-court", "green, in court", "tlp", 8, Marking(tlp=Tlp.GREEN), Use.COURT, {}),
        ("use-8-red-print", "red is not copied", "tlp", 8, Marking(tlp=Tlp.RED), Use.PRINT, {}),
        ("use-8-red-act", "red may be acted on", ACCEPT, 0, Marking(tlp=Tlp.RED), Use.OPERATIONAL, {}),
        ("use-9-classified", "restricted, to Lisbon", "classified", 9, Marking(level=Level.RESTRICTED), Use.EXPORT, {"recipient": LISBON}),
        ("use-10-information", "for information only", "information_only", 10, Marking(purpose=Purpose.BY_GRANT), Use.OPERATIONAL, {}),
        ("use-10-purpose", "another purpose", "other_purpose", 10, RESTRICTED, Use.OPERATIONAL, {"purpose": "prevention"}),
        ("use-10-same-purpose", "the marked purpose", ACCEPT, 0, RESTRICTED, Use.OPERATIONAL, {"purpose": "investigation"}),
    ):
        yield question(name, about, expect, check, marking, use, **change)


def _grants() -> Iterator[Case]:
    def scope(**change: Any) -> GrantScope:
        fields: dict[str, Any] = {"to": LISBON, "uses": (Use.PASS_ON,), "until": NOW + 1, "holder": PARIS, "entries": (ENTRY,)}
        return GrantScope(**{**fields, **change})

    for name, about, expect, by, granted in (
        ("fits", "Rabat permits it to Paris", ACCEPT, RABAT, scope()),
        ("by-another", "Madrid may not permit it", "third_party", MADRID, scope()),
        ("to-another", "for Madrid's ears", "third_party", RABAT, scope(to=MADRID)),
        ("to-nobody", "no recipient named", "third_party", RABAT, scope(to="")),
        ("other-use", "to print", "third_party", RABAT, scope(uses=(Use.PRINT,))),
        ("ended", "ends now", "third_party", RABAT, scope(until=NOW)),
        ("other-holder", "for Madrid to do", "third_party", RABAT, scope(holder=MADRID)),
        ("other-entry", "of another entry", "third_party", RABAT, scope(entries=(EntryId(bytes(32)),))),
    ):
        check = 0 if expect == ACCEPT else 6
        marking, to = Marking(codes=(H2,)), {"recipient": LISBON, "grants": [(by, granted)]}
        yield question(f"use-4-grant-{name}", about, expect, check, marking, Use.PASS_ON, **to)
    late = {"recipient": LISBON, "grants": [(RABAT, scope())]}
    yield question("use-3-grant-past-erase-date", "no grant helps", "past_erase_date", 3, Marking(erase_on=NOW), Use.PASS_ON, **late)
    court = {"grants": [(RABAT, scope(uses=(Use.COURT,), to=""))]}
    yield question("use-4-grant-court", "a grant for court names no recipient", ACCEPT, 0, Marking(codes=(H1,)), Use.COURT, **court)


if __name__ == "__main__":
    write_area("marking", marking_cases())
