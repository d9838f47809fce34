# SPDX-License-Identifier: EUPL-1.2
"""The incremental fold: a cursor, entries in order after it, the cursor after them and what became of each.

Total: an entry that breaks a rule is kept and refused with a reason; nothing raises but a caller's mistake (facts
out of order). A cursor is bounded: its size depends on parties and audiences, never on the number of entries.
Checks, in this order (spec/10-order-and-folds.md); an opening takes (1) to (3), (7), (11), (13):
(1) the kind is known; (2) its rules version is; (3) the type opens; (4) a later entry is of the same kind, and its
author a party; (5) its audience are parties; (6) it does not go back to an earlier run; (7) `previous` is its
author's last entry to this audience; (8) the type is known; (9) it is no second opening; (10) it goes to all who have
not left, or its type may be an aside; (11) the coded values are understood; (12) what they name is an ancestor; (13) where the
type needs a legal basis the marking names one; then the kind's own rules, for entries to all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from msgspec import Meta

from amana.dossiers.kind import Coded, Fact, Kind, Reason, Refused, S, Summary
from amana.dossiers.registry import KINDS, AnyKind
from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.entry import MAX_HEADER, PARTNERSHIP, Header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, CodeField, EntryId, EntryIdField, NumberField, SizeField

MAX_STRANDS = 64  # audiences to which one author speaks in one dossier: every entry writes them all anew
KEPT_BYTES = 1024  # of coded values: a partner that sends long ones takes no memory with them
NOT_UNDERSTOOD = "not_understood"  # the stage shown for a dossier whose opening was refused
Audience = tuple[AgencyCode, ...]


class Strand(Canonical, frozen=True, kw_only=True):
    """An author's last entry to one audience; an empty audience stands for all other parties."""

    run: NumberField
    last: EntryIdField
    author: AgencyCodeField
    audience: tuple[AgencyCodeField, ...] = ()


class Cursor(Canonical, frozen=True, kw_only=True):
    """A dossier folded up to and including the entry (`effective`, `last`); the encoding is its snapshot."""

    kind: CodeField
    last: EntryIdField
    count: SizeField
    rules: Annotated[int, Meta(ge=0, lt=2**16)]
    state: bytes = b""  # the kind's state, encoded; empty where `barred`
    barred: Annotated[str, Meta(max_length=48)] = ""  # why the opening was refused, and with it everything after
    parties: tuple[AgencyCodeField, ...]
    strands: tuple[Strand, ...] = ()  # sorted by author and audience
    effective: Annotated[int, Meta(ge=0, lt=2**62)]

    def state_of(self, kind: Kind[S]) -> S:
        """The typed state. Only where not `barred`."""
        return parse(self.state, kind.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """What `advance` gives: the new cursor, and for each fact None (it counts) or why it is refused."""

    cursor: Cursor
    outcomes: tuple[Refused | None, ...]


def advance(cursor: Cursor | None, facts: Sequence[Fact]) -> Advance:
    """Fold `facts`, in order and all after `cursor` (None: from the opening on).

    Raises ValueError where there are none or they are not in order: the caller's mistake, not a partner's.
    """
    if not facts:
        raise ValueError("no facts")
    folding = Folding.resume(cursor) if cursor is not None else Folding.start(facts[0])
    outcomes: list[Refused | None] = []
    effective, last = (cursor.effective, cursor.last) if cursor is not None else (-1, b"")
    for fact in facts:
        if (fact.effective, fact.id) <= (effective, last):
            raise ValueError("facts out of order")
        effective, last = fact.effective, fact.id
        outcomes.append(folding.take(fact))
    return Advance(cursor=folding.cursor(facts[-1]), outcomes=tuple(outcomes))


def summary_of(cursor: Cursor) -> Summary:
    """What lists show of the dossier; stage `not_understood` where its opening was refused."""
    if cursor.barred:
        return Summary(stage=NOT_UNDERSTOOD)
    kind = KINDS[cursor.kind]
    return kind.summary(cursor.state_of(kind))


def parties_of(header: Header) -> Audience:
    """Everybody who holds the entry, sorted: the parties of the dossier that it opens."""
    return tuple(sorted({header.author, *header.audience}))


def is_aside(header: Header, parties: Audience) -> bool:
    """Whether the entry goes to fewer than all parties, and so changes no shared state."""
    return len(header.audience) + 1 < len(parties)


def parse_coded(coded: bytes, shape: type[Coded]) -> Coded | None:
    """The coded values, or None where they are not understood. Kept for identical short bytes: many entries say the same."""
    return _kept(coded, shape) if len(coded) <= KEPT_BYTES else _parsed(coded, shape)


def _parsed(coded: bytes, shape: type[Coded]) -> Coded | None:
    try:
        return parse(coded, shape, limit=MAX_HEADER)
    except PeerFault:
        return None


_kept = lru_cache(maxsize=8192)(_parsed)


class Folding:
    """A working copy of a cursor that takes facts one by one, in order; encoded once at the end by `cursor`."""

    __slots__ = ("barred", "count", "kind", "name", "others", "parties", "rules", "state", "tips")

    def __init__(self, name: str, parties: Audience) -> None:
        self.name = name
        self.parties = parties
        self.others = {party: tuple(other for other in parties if other != party) for party in parties}
        self.kind: AnyKind | None = KINDS.get(name)
        self.state: Canonical | None = None
        self.tips: dict[tuple[AgencyCode, Audience], tuple[EntryId, int]] = {}
        self.barred: Refused | None = None
        self.count = 0
        self.rules = 0

    @classmethod
    def resume(cls, cursor: Cursor) -> Folding:
        """Go on after `cursor`."""
        folding = cls(cursor.kind, cursor.parties)
        folding.barred = Refused(cursor.barred) if cursor.barred else None
        folding.count, folding.rules = cursor.count, cursor.rules
        if folding.barred is None and folding.kind is not None:
            folding.state = cursor.state_of(folding.kind)
        for strand in cursor.strands:
            audience = strand.audience or folding.others[strand.author]
            folding.tips[strand.author, audience] = (strand.last, strand.run)
        return folding

    @classmethod
    def start(cls, first: Fact) -> Folding:
        """Begin with a dossier's first entry in order, which is still to be taken."""
        folding = cls(first.header.kind, parties_of(first.header))
        if folding.kind is not None:
            folding.state = folding.kind.seed(folding.parties)
        return folding

    def cursor(self, last: Fact) -> Cursor:
        """The cursor after `last`, the fact taken last."""
        strands = [
            Strand(run=run, last=tip, author=author, audience=() if audience == self.others[author] else audience)
            for (author, audience), (tip, run) in self.tips.items()
        ]
        return Cursor(
            kind=self.name,
            last=last.id,
            count=self.count,
            rules=self.rules,
            state=encode(self.state) if self.state is not None and self.barred is None else b"",
            barred=self.barred.reason if self.barred is not None else "",
            parties=self.parties,
            strands=tuple(sorted(strands, key=lambda strand: (strand.author, strand.audience))),
            effective=last.effective,
        )

    def take(self, fact: Fact) -> Refused | None:
        """Fold one fact; why it is refused, or None."""
        self.count += 1
        if self.barred is not None:
            return self.barred
        if self.state is None:
            self.barred = self._open(fact)
            return self.barred
        return self._append(self.state, fact)

    def _open(self, fact: Fact) -> Refused | None:
        header = fact.header
        self.rules = header.rules
        if self.kind is None:
            return Refused(Reason.UNKNOWN_KIND)  # (1)
        if header.dossier:
            return Refused(Reason.NO_OPENING)  # its dossier's id is that of no opening entry we know
        if header.rules not in self.kind.rules:
            return Refused(Reason.UNKNOWN_RULES)  # (2)
        entry_type = self.kind.entry_types.get(header.type)
        if entry_type is None:
            return Refused(Reason.UNKNOWN_TYPE)
        if not entry_type.opens:
            return Refused(Reason.NOT_AN_OPENING)  # (3)
        if header.previous:
            return Refused(Reason.FORK)  # (7)
        coded = parse_coded(header.coded, entry_type.coded)
        if coded is None:
            return Refused(Reason.NOT_UNDERSTOOD)  # (11)
        if entry_type.needs_basis and header.marking.basis is None:
            return Refused(Reason.NO_BASIS)  # (13)
        opened = self.kind.open(fact, coded)
        if isinstance(opened, Refused):
            return opened
        self.state = opened
        self.tips[header.author, header.audience] = (fact.id, header.run)
        return None

    def _append(self, state: Canonical, fact: Fact) -> Refused | None:
        header = fact.header
        assert self.kind is not None  # noqa: S101 - a state exists only of a known kind; told to the type checker
        if header.kind != self.name:
            return Refused(Reason.FOREIGN_KIND)  # (4)
        others = self.others.get(header.author)
        if others is None:
            return Refused(Reason.FOREIGN_AUTHOR)  # (4)
        shared = header.audience == others or self._reaches_all(state, header.audience, others)
        if not shared and not self.others.keys() >= set(header.audience):
            return Refused(Reason.FOREIGN_AUDIENCE)  # (5)
        if (refused := self._follow(fact)) is not None:
            return refused
        coded = self._understand(header, shared=shared)
        if isinstance(coded, Refused):
            return coded
        if shared:
            applied = self.kind.apply(state, fact, coded)
            if isinstance(applied, Refused):
                return applied
            self.state = applied
        return None

    def _reaches_all(self, state: Canonical, audience: Audience, others: Audience) -> bool:
        """Whether only who has left the dossier is missing among the receivers: he hears no more of it."""
        assert self.kind is not None  # noqa: S101 - as above
        departed = self.kind.departed(state)
        return bool(departed) and set(audience) <= set(others) and set(others) - set(audience) <= departed

    def _understand(self, header: Header, *, shared: bool) -> Coded | Refused:
        """Checks (8) to (13): the coded values of an entry that may be said in this kind of dossier."""
        assert self.kind is not None  # noqa: S101 - as above
        entry_type = self.kind.entry_types.get(header.type)
        if entry_type is None:
            return Refused(Reason.UNKNOWN_TYPE)  # (8)
        if entry_type.opens or header.rules or (not header.dossier and self.name != PARTNERSHIP):
            return Refused(Reason.SECOND_OPENING)  # (9)
        if not shared and not entry_type.aside:
            return Refused(Reason.NOT_TO_ALL)  # (10)
        coded = parse_coded(header.coded, entry_type.coded)
        if coded is None:
            return Refused(Reason.NOT_UNDERSTOOD)  # (11)
        if not _names_ancestors(coded, header):
            return Refused(Reason.NOT_AFTER)  # (12)
        if entry_type.needs_basis and header.marking.basis is None:
            return Refused(Reason.NO_BASIS)  # (13)
        return coded

    def _speaks_to(self, speaker: AgencyCode) -> int:
        """To how many audiences an author has spoken; each author's own count, so that nobody uses up another's."""
        return sum(1 for author, _ in self.tips if author == speaker)

    def _follow(self, fact: Fact) -> Refused | None:
        """Checks (6) and (7); an entry that passes them is its strand's last, whatever the rules then say of it."""
        header = fact.header
        strand = (header.author, header.audience)
        tip = self.tips.get(strand)
        if tip is None:
            if header.previous:
                return Refused(Reason.FORK)  # (7) it follows something that is not of this strand
            if header.audience != self.others[header.author] and self._speaks_to(header.author) >= MAX_STRANDS:
                return Refused(Reason.TOO_MANY_AUDIENCES)
        else:
            last, run = tip
            if header.run < run:
                return Refused(Reason.RUN_BACK)  # (6)
            if header.previous != last:
                return Refused(Reason.FORK)  # (7)
        self.tips[strand] = (fact.id, header.run)
        return None


def _names_ancestors(coded: Coded, header: Header) -> bool:
    named = coded.named()
    return not named or set(named) <= {*header.after, header.previous, header.dossier}
