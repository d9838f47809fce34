# SPDX-License-Identifier: EUPL-1.2
"""Items proposed from a pasted text: persons, phones, plates, documents, accounts, vessels, companies, observables.

Proposals only: an officer accepts or drops each one. Arabic, French and English; both scripts, both sets of digits and
the invisible direction marks that a paste brings are understood. Persons come last, so that a ship or a company named
like one is not taken for one; when in doubt nothing is proposed. Spec: spec/kinds/information_request.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from amana.dossiers.shared.items import ItemValue, Person
from amana.dossiers.shared.proposals import numbers, observables, things, vehicles
from amana.dossiers.shared.proposals.arabic import arabic_names
from amana.dossiers.shared.proposals.cleaning import CleanText, clean
from amana.dossiers.shared.proposals.given_names import folded
from amana.dossiers.shared.proposals.latin import latin_names
from amana.dossiers.shared.proposals.named import Named, merged, persons
from amana.dossiers.shared.proposals.patterns import Pattern

MAX_PROPOSALS = 200
MAX_TEXT = 50_000  # characters, some twenty pages; what is beyond is not looked at
_PATTERNS: tuple[Pattern, ...] = (
    *observables.PATTERNS,
    *numbers.PATTERNS,
    *vehicles.PATTERNS,
    *numbers.PHONES,
    *observables.LAST,
    *things.PATTERNS,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed:
    """One proposal: the value, where in the cleaned text it stands, and where in the text as it was pasted."""

    value: ItemValue
    start: int
    end: int
    pasted_start: int
    pasted_end: int


def cleaned(text: str) -> str:
    """The text that proposals are looked for in: ASCII digits, no invisible marks, dots of defanged addresses back."""
    return clean(text).text


def propose_items(text: str) -> tuple[Proposed, ...]:
    """What the text seems to hold, in its order, each thing once; the surer patterns take a place first."""
    plain = clean(text[:MAX_TEXT])
    taken: list[tuple[int, int, ItemValue]] = []
    held = bytearray(len(plain.text))  # 1 where something was found: looking here stays cheap in a long text
    for pattern, made in _PATTERNS:
        for match in pattern.finditer(plain.text):
            start, end = match.span()
            value = made(match) if not any(held[start:end]) else None
            if value is not None:
                taken.append((start, end, value))
                held[start:end] = b"\x01" * (end - start)
    named = _apart([*latin_names(plain.text), *arabic_names(plain.text)], held)
    found = [*taken, *_once_each(list(persons(plain.text, named)))]
    return tuple(_proposed(plain, *one) for one in _different(sorted(found, key=lambda one: one[0])))[:MAX_PROPOSALS]


def _apart(found: list[Named], held: bytearray) -> list[Named]:
    """The names in the order of the text, none over another or over something surer; the one that reaches furthest wins."""
    kept: list[Named] = []
    for named in sorted(found, key=lambda named: (named.start, -named.reach)):
        if not any(held[named.start : named.end]) and (not kept or named.start >= kept[-1].reach):
            kept.append(named)
    return kept


def _once_each(found: list[tuple[Named, Person]]) -> list[tuple[int, int, ItemValue]]:
    """Each person once: a name said again, or a part of one ("Mr Benali"), belongs to the person named in full."""
    whole = sorted(found, key=lambda pair: -len(_parts(pair[1].names[0])))
    kept: list[tuple[frozenset[str], Named, Person]] = []
    for named, person in whole:
        parts = _parts(person.names[0])
        same = next((place for place, (known, _, _) in enumerate(kept) if parts <= known), None)
        if same is None:
            kept.append((parts, named, person))
        else:
            known, first, value = kept[same]
            earlier = min(first, named, key=lambda one: one.start) if parts == known else first
            kept[same] = (known, earlier, replace(merged(value, person), names=value.names))
    return [(named.start, named.end, person) for _, named, person in kept]


def _parts(name: str) -> frozenset[str]:
    return frozenset(folded(part) for part in re.findall(r"\w+", name))


def _different(found: list[tuple[int, int, ItemValue]]) -> Iterable[tuple[int, int, ItemValue]]:
    seen: set[ItemValue] = set()
    for start, end, value in found:
        if value not in seen:
            seen.add(value)
            yield start, end, value


def _proposed(plain: CleanText, start: int, end: int, value: ItemValue) -> Proposed:
    pasted_start, pasted_end = plain.pasted(start, end)
    return Proposed(value=value, start=start, end=end, pasted_start=pasted_start, pasted_end=pasted_end)
