# SPDX-License-Identifier: EUPL-1.2
"""A person's name as it stands in a cleaned text, and the person that the words around it make of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from amana.dossiers.shared.items import Person
from amana.dossiers.shared.proposals.birth import born_in
from amana.dossiers.shared.proposals.nations import nations_in

BEFORE, BEHIND = 45, 130  # characters in which a nationality, or a birth and a nationality, belong to the name
_SENTENCE_END = re.compile(r"[.!?؟]\s|\n\s*\n|;")
_UNTIL_NAME = re.compile(r".*[.;:!?؟،,\n](?=.)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name: where it stands, how far its other names reach, and these."""

    name: str
    start: int
    end: int
    reach: int
    aliases: tuple[str, ...] = ()


def persons(text: str, found: list[Named]) -> Iterator[tuple[Named, Person]]:
    """The persons that names, in the order of the text and none over another, speak of; each with its birth and nationality."""
    for place, named in enumerate(found):
        next_start = found[place + 1].start if place + 1 < len(found) else len(text)
        behind = _SENTENCE_END.split(text[named.reach : min(named.reach + BEHIND, next_start)])[0]
        last_end = found[place - 1].reach if place else 0
        ahead = _UNTIL_NAME.sub("", text[max(last_end, named.start - BEFORE) : named.start])
        born, town = born_in(behind)
        nations = tuple(dict.fromkeys((*nations_in(ahead + named.name), *nations_in(behind))))
        yield named, Person(names=(named.name,), aliases=named.aliases[:20], born=born, born_in=town, nationalities=nations[:8])


def merged(known: Person, again: Person) -> Person:
    """What two mentions of one name say together; the first one counts where they differ."""
    return replace(
        known,
        aliases=tuple(dict.fromkeys((*known.aliases, *again.aliases)))[:20],
        born=known.born or again.born,
        born_in=known.born_in or again.born_in,
        nationalities=known.nationalities or again.nationalities,
    )
