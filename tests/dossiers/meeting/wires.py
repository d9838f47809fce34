# SPDX-License-Identifier: EUPL-1.2
"""Five agencies in one meeting over slow wires: each holds what reached it, in whatever order, and speaks from what it knows.

Entries are made as a node makes them: the coded values completed from the own state, after the last entry known of each
strand, to all who have not left by that state. No node is needed: a fold is a pure function of the entries held.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from amana.dossiers.fold import Folding
from amana.dossiers.kind import Fact, Refused
from amana.dossiers.meeting.entries import Delegation
from amana.dossiers.meeting.state import MeetingState, actions, sittings
from amana.dossiers.order import order_all
from amana.dossiers.registry import KINDS, coded_of, complete
from amana.dossiers.shared.joint_text.state import clauses, standing
from amana.protocol.canonical import encode
from amana.protocol.entry import Entry, Header, entry_id
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import AgencyCode, Digest, EntryId, Millis
from tests.dossiers.meeting.stories import DECISION, FIVE, HOURS, POINT, VISIT
from tests.dossiers.telling import BASIS, DGSN, HOUR, START

KIND = KINDS["meeting"]
Given = dict[str, Any]
WORDS = (
    "session", "minutes_point", "revise", "strike", "decision", "redecide", "translation", "agree", "object",
    "approve", "approve_what_others_do", "withdraw_approval", "action", "progress", "cancel", "agenda_point",
)  # fmt: skip


class Held:
    """What one agency holds, folded: outcomes by entry, the state, the tips of every strand."""

    def __init__(self, entries: Mapping[EntryId, Entry]) -> None:
        ordered = order_all(entries.values())
        self.facts: tuple[Fact, ...] = ordered.facts
        folding = Folding.start(self.facts[0])
        self.outcomes: dict[EntryId, Refused | None] = {fact.id: folding.take(fact) for fact in self.facts}
        self.cursor = folding.cursor(self.facts[-1])
        self.state: MeetingState = self.cursor.state_of(KIND)
        self.tips = folding.tips

    def counted(self) -> list[Fact]:
        """The entries that count, in order."""
        return [fact for fact in self.facts if self.outcomes[fact.id] is None]


class Wires:
    """The agencies, what each holds and what is on its way to it."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.skew = {agency: self.rng.randint(-30, 30) * HOUR for agency in FIVE}
        self.now = START
        self.entries: dict[EntryId, Entry] = {}
        self.held: dict[AgencyCode, dict[EntryId, Entry]] = {agency: {} for agency in FIVE}
        self.coming: dict[AgencyCode, list[EntryId]] = {agency: [] for agency in FIVE}
        self._folded: dict[frozenset[EntryId], Held] = {}
        opening = complete("meeting", "convene", VISIT, author=DGSN, state=None, agreement=None)
        self._make(DGSN, "convene", encode(coded_of("meeting", "convene", opening)), (), set(FIVE) - {DGSN})
        for agency in FIVE:
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
        for agency in FIVE:
            self.deliver(agency, len(self.coming[agency]))

    def speak(self, author: AgencyCode, word: str, clause: EntryId | None = None) -> EntryId | None:
        """The agency's officer says something of this sort, if the own node lets it be said."""
        known = self.folded(author)
        try:
            type, given = _wanted(self.rng, known.state, word, author, clause)
            completed = complete("meeting", type, given, author=author, state=known.state, agreement=None)
        except Refusal:
            return None
        coded = coded_of("meeting", type, completed)
        departed = KIND.departed(known.state)
        audience = set(FIVE) - {author} - departed
        return self._make(author, type, encode(coded), coded.named(), audience) if audience else None

    def insist(self, author: AgencyCode) -> EntryId:
        """The agency says something whether its node lets it or not, as one that has left and is hostile may."""
        departed = KIND.departed(self.folded(author).state) - {author}
        return self._make(author, "delegation", encode(Delegation(members=1)), (), set(FIVE) - {author} - departed or {DGSN})

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
            kind="meeting",
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


def _wanted(rng: random.Random, state: MeetingState, word: str, author: AgencyCode, clause: EntryId | None) -> tuple[str, Given]:
    """An entry type and what a person would choose. Raises Refusal where there is nothing to choose from."""
    text, session = state.text, _one(rng, sittings(state)).id if word not in ("session", "cancel", "action") else None
    chosen: Given = {**POINT, "session": session.hex()} if session is not None else {}
    match word:
        case "session":
            return "session", HOURS
        case "minutes_point" | "agenda_point":
            return word, chosen
        case "decision":
            return word, {**chosen, **DECISION, "owner": rng.choice(FIVE)}
        case "revise" | "strike" | "redecide":
            type = "decision" if word == "redecide" else "minutes_point"
            scope = f"minutes.{chosen['session']}"
            found = [c for c in clauses(text, scope) if standing(text, scope, c)[0].type == type and clause in (None, c)]
            decided = {**DECISION, "owner": rng.choice(FIVE)} if type == "decision" else {}
            return type, {**chosen, **decided, "clause": _one(rng, found).hex(), "struck": word == "strike"}
        case "translation":
            originals = [one for one in text.versions if not one.translates and not one.replaced]
            return word, {"version": _one(rng, originals).id.hex(), "language": "ar"}
        case "object":
            return word, {"versions": [_one(rng, [one for one in text.versions if one.author != author]).id.hex()]}
        case "approve":
            return word, {"session": chosen["session"]}
        case "approve_what_others_do":
            return "approve", {"hash": _one(rng, text.texts).hash.hex()}
        case "progress":
            of = [one.id for one in text.versions if one.type == "decision" and one.id == one.clause]
            mine = [one.id for one, _ in actions(state) if one.owner == author]
            return word, {"of": _one(rng, [*of, *mine]).hex(), "state": rng.choice(["in_progress", "done"])}
        case "action":
            of = [one.id for one in text.versions if one.type == "decision" and one.id == one.clause]
            return word, {"due": START, **({"decision": rng.choice(of).hex()} if of else {})}
        case _:
            return word, {}


def _one(rng: random.Random, found: Any) -> Any:
    if not found:
        raise Refusal("nothing")
    return rng.choice(list(found))
