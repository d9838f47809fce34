# SPDX-License-Identifier: EUPL-1.2
"""One partner's channel in memory: where the outgoing log stands, what the partner is known to hold, contact.

Everything here can be lost at any moment: a new channel starts by asking (state `checking`), and learns again.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from amana.protocol.channel import Effect, Event, State, decide_next
from amana.protocol.identifiers import Millis
from amana.protocol.sync import Parcel

NEVER = Millis(0)
OWN = frozenset({Event.QUEUED, Event.SUSPEND, Event.RESUME, Event.RUN_ENDED})  # these say nothing of whether the partner answers
MAX_REPEATS = 3  # challenges, unknown cards and stale keys in a row before backing off


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A parcel made while the one before it was on the wire; of use only where everything is still as it was."""

    follows: int  # the partner's cursor that it continues
    key: bytes  # id of the partner's sealing key that it is sealed to
    parcel: Parcel


@dataclass(slots=True)
class Channel:
    """Mutable on purpose: the memory of an exchange. `lock` guards signing and state, never the wire."""

    state: State = State.CHECKING
    effect: Effect = Effect.ASK
    have: int = 0  # entries of our log that the partner last said it has cosigned
    known: int = 0  # the longest that our log is known to have been, by the partner's cursor or by the fence
    owes: bool = False  # we cosigned a step of theirs and have not sent the receipt yet
    in_flight: bool = False  # a request of ours carries a step right now
    prepared: Prepared | None = None  # the step after the one in flight, signed and sealed ahead
    show_card: bool = False  # the partner does not hold our current card
    sealing_shown: bytes = b""  # our sealing key statement that the partner was last shown; forgotten after a failure
    challenge: bytes = b""
    repeats: int = 0
    last_contact: Millis = NEVER
    difference: int = 0  # partner's clock minus ours, ms
    failures: int = 0  # exchanges without an answer in a row
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def on(self, event: Event) -> Effect:
        """Move by the table; the effect stands until the next event."""
        if event not in OWN:
            self.failures = self.failures + 1 if event is Event.NO_ANSWER else 0
        if event is Event.NO_ANSWER:
            self.sealing_shown = b""
        self.state, self.effect = decide_next(self.state, event)
        return self.effect

    def observe(self, *, have: int, size: int, fenced: int) -> Effect:
        """Take the partner's cursor; `size` is the length of our log in the database, `fenced` what the fence knows of it.

        A head of ours beyond `size` that was seen once is not forgotten for a lower cursor that comes late.
        """
        risen = have > self.have
        self.have = have
        self.known = max(self.known, have, fenced)
        if self.known > size:
            effect = self.on(Event.NEWER_HEAD)
            return self.on(Event.LAGGING) if have < size else effect
        if self.state is State.BEHIND:
            self.on(Event.RECOVERED)
        if have < size:
            return self.on(Event.LAGGING)
        if risen and self.state is State.OFFERED:
            return self.on(Event.RECEIPT)
        return self.on(Event.CONFIRMED)

    def may_repeat(self) -> bool:
        """Whether to try again at once after a challenge, a new card or a stale key."""
        self.repeats += 1
        return self.repeats <= MAX_REPEATS

    def note_contact(self, now: Millis, *, difference: int) -> None:
        """The partner proved to be there."""
        self.last_contact = now
        self.difference = difference
