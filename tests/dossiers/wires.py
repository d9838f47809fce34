# SPDX-License-Identifier: EUPL-1.2
"""Agencies in one dossier over slow wires: each holds what reached it, in whatever order, and speaks from what it knows.

Entries are made as a node makes them: the coded values completed from the own state, after the last entry known of each
strand, to all who have not left by that state. No node is needed: a fold is a pure function of the entries held.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from amana.dossiers.fold import Folding
from amana.dossiers.kind import Coded, Fact, Refused
from amana.dossiers.order import order_all
from amana.dossiers.registry import KINDS, coded_of, complete
from amana.protocol.canonical import encode
from amana.protocol.entry import Entry, Header, entry_id
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, Digest, EntryId, Millis
from tests.dossiers.telling import BASIS, HOUR, START

Given = dict[str, Any]
Wanted = Callable[[random.Random, Any, str, AgencyCode, EntryId | None], tuple[str, Given]]


@dataclass(frozen=True, kw_only=True)
class Story:
    """What is told over the wires. `wanted`: an entry type and what a person would choose, for a word; Refusal: nothing to say."""

    kind: str
    opens: str
    opener: AgencyCode
    wanted: Wanted
    parties: tuple[AgencyCode, ...]
    opening: Given = field(default_factory=dict)


def one_of(rng: random.Random, found: Any) -> Any:
    """One of them. Raises Refusal where there is none."""
    if not found:
        raise Refusal("nothing")
    return rng.choice(list(found))


class Held:
    """What one agency holds, folded: outcomes by entry, the state, the tips of every strand."""

    def __init__(self, entries: Mapping[EntryId, Entry]) -> None:
        ordered = order_all(entries.values())
        self.facts: tuple[Fact, ...] = ordered.facts
        folding = Folding.start(self.facts[0])
        self.outcomes: dict[EntryId, Refused | None] = {fact.id: folding.take(fact) for fact in self.facts}
        self.cursor = folding.cursor(self.facts[-1])
        self.state: Any = self.cursor.state_of(KINDS[self.cursor.kind])
        self.tips = folding.tips

    def counted(self) -> list[Fact]:
        """The entries that count, in order."""
        return [fact for fact in self.facts if self.outcomes[fact.id] is None]


class Wires:
    """The agencies, what each holds and what is on its way to it."""

    def __init__(self, seed: int, story: Story) -> None:
        self.rng = random.Random(seed)
        self.story = story
        self.kind = KINDS[story.kind]
        self.skew = {agency: self.rng.randint(-30, 30) * HOUR for agency in story.parties}
        self.now = START
        self.entries: dict[EntryId, Entry] = {}
        self.held: dict[AgencyCode, dict[EntryId, Entry]] = {agency: {} for agency in self.story.parties}
        self.coming: dict[AgencyCode, list[EntryId]] = {agency: [] for agency in self.story.parties}
        self._folded: dict[frozenset[EntryId], Held] = {}
        opener, type = story.opener, story.opens
        opening = complete(story.kind, type, story.opening, author=opener, state=None, agreement=None)
        self._make(opener, type, encode(coded_of(story.kind, type, opening)), (), set(story.parties) - {opener})
        for agency in self.story.parties:
            self.deliver(agency, 1)

    def folded(self, agency: AgencyCode) -> Held:
        """What the agency has come to by what it holds."""
        key = frozenset(self.held[agency])
        if key not in self._folded:
            self._folded[key] = Held(self.held[agency])
        return self._folded[key]

    def deliver(self, agency: AgencyCode, count: int) -> None:
        """Some of what is on its way arrives, in any order."""
        coming = self.coming[agency]
        self.rng.shuffle(coming)
        for id in coming[:count]:
            self.held[agency][id] = self.entries[id]
        del coming[:count]

    def deliver_everything(self) -> None:
        """Nothing is on its way any more."""
        for agency in self.story.parties:
            self.deliver(agency, len(self.coming[agency]))

    def speak(self, author: AgencyCode, word: str, clause: EntryId | None = None) -> EntryId | None:
        """The agency's officer says something of this sort, if the own node lets it be said."""
        known = self.folded(author)
        try:
            type, given = self.story.wanted(self.rng, known.state, word, author, clause)
            completed = complete(self.story.kind, type, given, author=author, state=known.state, agreement=None)
        except Refusal:
            return None
        coded = coded_of(self.story.kind, type, completed)
        departed = self.kind.departed(known.state)
        audience = set(self.story.parties) - {author} - departed
        return self._make(author, type, encode(coded), coded.named(), audience) if audience else None

    def insist(self, author: AgencyCode, type: str, coded: Coded) -> EntryId:
        """The agency says something whether its node lets it or not, as one that has left and is hostile may."""
        departed = self.kind.departed(self.folded(author).state) - {author}
        others = set(self.story.parties) - {author}
        return self._make(author, type, encode(coded), coded.named(), others - departed or {self.story.opener})

    def _make(self, author: AgencyCode, type: str, coded: bytes, named: tuple[EntryId, ...], to: set[AgencyCode]) -> EntryId:
        audience = tuple(sorted(to))
        opening = next(iter(self.entries), EntryId(b""))
        tips = self.folded(author).tips if self.entries else {}
        previous = tips[author, audience][0] if (author, audience) in tips else EntryId(b"")
        after = {*named, *(id for id, _ in tips.values())} - {previous, opening}
        self.now += self.rng.randint(1, 3) * HOUR
        header = Header(
            run=1,
            body=Digest(bytes(32)),
            kind=self.story.kind,
            type=type,
            after=tuple(sorted(after)),
            coded=coded,
            nonce=self.rng.randbytes(16),
            rules=0 if opening else 1,
            author=author,
            dossier=opening,
            made_at=Millis(self.now + self.skew[author]),
            marking=BASIS,
            audience=audience,
            previous=previous,
        )
        encoded = encode(header)
        entry = Entry(id=entry_id(encoded), header=header, header_bytes=encoded, body=None, body_bytes=b"")
        self.entries[entry.id] = self.held[author][entry.id] = entry
        for reader in audience:
            self.coming[reader].append(entry.id)
        return entry.id
