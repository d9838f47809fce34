# SPDX-License-Identifier: EUPL-1.2
"""A dossier told entry by entry, for tests of folds: headers with the right `previous`, facts in order, outcomes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from amana.dossiers.fold import Cursor, advance
from amana.dossiers.kind import Coded, Fact, Refused
from amana.dossiers.order import OrderKey, ancestors, place
from amana.dossiers.registry import KINDS, coded_of, complete
from amana.protocol.canonical import Canonical, encode
from amana.protocol.entry import PARTNERSHIP, Header, entry_id
from amana.protocol.identifiers import AgencyCode, Digest, EntryId, Millis
from amana.protocol.marking import LegalBasis, Marking

DGSN, DGPN, DGST = AgencyCode("ma.dgsn"), AgencyCode("fr.dgpn"), AgencyCode("ma.dgst")
HOUR = 3_600_000
START = 1_700_000_000_000
BASIS = Marking(basis=LegalBasis(article="4", agreement=b"\x01" * 32))


def fact_of(header: Header, effective: int) -> Fact:
    """A fact as it stands at `effective`."""
    return Fact(id=entry_id(encode(header)), header=header, effective=effective)


@dataclass
class Telling:
    """One dossier, told in order; each `say` comes an hour after the last and after everything before it."""

    kind: str
    parties: tuple[AgencyCode, ...] = (DGPN, DGSN)
    facts: list[Fact] = field(default_factory=list)
    outcomes: list[Refused | None] = field(default_factory=list)
    cursor: Cursor | None = None
    at: int = START

    def coded(self, author: AgencyCode, type: str, given: Mapping[str, Any] | None) -> Coded:
        state = self.state if self.cursor is not None and not self.cursor.barred else None
        return coded_of(self.kind, type, complete(self.kind, type, given or {}, author=author, state=state, agreement=None))

    def header(self, author: AgencyCode, type: str, coded: Coded | bytes, /, **changes: Any) -> Header:
        """The header of the next entry, unsaid; `changes` take the place of what would follow."""
        audience = tuple(sorted(changes.pop("audience", set(self.parties) - {author})))
        strand = [f.id for f in self.facts if f.header.author == author and f.header.audience == audience]
        usual: dict[str, Any] = {
            "run": 1,
            "body": Digest(b"\x00" * 32),
            "kind": self.kind,
            "type": type,
            "after": tuple(sorted(fact.id for fact in self.facts))[-60:],
            "coded": coded if isinstance(coded, bytes) else encode(coded),
            "nonce": hashlib.sha256(f"{len(self.facts)} {author} {type}".encode()).digest()[:16],
            "rules": 0 if self.facts or self.kind == PARTNERSHIP else 1,
            "author": author,
            "dossier": self.facts[0].id if self.facts and self.kind != PARTNERSHIP else b"",
            "made_at": Millis(self.at),
            "marking": BASIS,
            "audience": audience,
            "previous": strand[-1] if strand else b"",
        }
        return Header(**{**usual, **changes})

    def say(self, author: AgencyCode, type: str, given: Mapping[str, Any] | None = None, **changes: Any) -> Refused | None:
        """Say it with what `complete` fills in, and fold it; what became of it."""
        return self.hear(self.header(author, type, self.coded(author, type, given), **changes))

    def say_as_is(self, author: AgencyCode, type: str, coded: Mapping[str, Any] | None = None, **changes: Any) -> Refused | None:
        """Say it without asking `complete`, as another implementation may."""
        return self.hear(self.header(author, type, coded_of(self.kind, type, coded or {}), **changes))

    def hear(self, header: Header) -> Refused | None:
        known = {fact.id: fact.effective for fact in self.facts}
        effective = place(header.made_at, [known[a] for a in ancestors(header) if a in known])
        fact = fact_of(header, effective)
        step = advance(self.cursor, [fact])
        self.cursor = step.cursor
        self.facts.append(fact)
        self.outcomes.append(step.outcomes[0])
        self.at += HOUR
        return step.outcomes[0]

    @property
    def state(self) -> Any:
        assert self.cursor is not None
        return self.cursor.state_of(KINDS[self.kind])

    @property
    def last(self) -> str:
        """The id of the last entry, as coded values take it."""
        return self.facts[-1].id.hex()


def key(fact: Fact) -> OrderKey:
    """Where the fact stands."""
    return OrderKey(fact.effective, fact.id)


def fold_all(facts: Sequence[Fact]) -> tuple[Canonical, tuple[Refused | None, ...]]:
    """State and outcomes of facts in order, from nothing."""
    step = advance(None, sorted(facts, key=key))
    return step.cursor.state_of(KINDS[step.cursor.kind]), step.outcomes


def reason(outcome: Refused | None) -> str:
    """The reason, or empty where the entry counts."""
    return outcome.reason if outcome is not None else ""


def entry(number: int) -> EntryId:
    """An id that no entry of a story has."""
    return EntryId(hashlib.sha256(str(number).encode()).digest())
