# SPDX-License-Identifier: EUPL-1.2
"""One simulated agency: a real node over a memory journal, with its keys, clock, fence and disk in one hand.

The journal and the fence are the disk: they outlive a crash. A checkpoint is a backup of the journal alone; the
fence stays outside of it, as in a real installation.
"""

from __future__ import annotations

from msgspec.structs import replace

from amana.dossiers.registry import KINDS
from amana.node.access import Role, add_officer
from amana.node.context import Node, NodeSettings
from amana.node.exchange import Exchange
from amana.node.keys import make_identity_secret, make_working_secrets, open_identity, open_keys
from amana.node.local import OfficerAdded, OwnCard
from amana.node.ports import LocalRow
from amana.node.rebuilding import rebuild
from amana.node.records import append_event
from amana.node.verifying import Findings, verify_node
from amana.protocol.card import Card, KindRules, Names, VerifiedCard, sign_card, verify_card
from amana.protocol.identifiers import AgencyCode
from amana.simulation.chance import SeededRandomness, SimulatedClock
from amana.simulation.crashes import CrashPlan
from amana.storage.memory.fence import MemoryFence
from amana.storage.memory.journal import MemoryJournal

DESK = "desk"  # the officer that every simulated agency has from the start
ADMINISTRATOR = "administrator"  # and its administrator


class Agency:
    """A node that can be crashed, restarted and restored. `node` and `exchange` are new after each of these."""

    def __init__(self, code: AgencyCode, *, seed: int, clock: SimulatedClock, settings: NodeSettings) -> None:
        self.code = code
        self.clock = clock
        self.settings = settings
        self.randomness = SeededRandomness(seed, code)
        self.plan = CrashPlan()
        self.fence = MemoryFence()
        self.journal = MemoryJournal(fault=self.plan)
        self.keys = open_keys(make_working_secrets(self.randomness))
        self._identity = open_identity(make_identity_secret(self.randomness))
        self.card = self._sign(self._first_card())
        self._keep_card()
        self.start()
        add_officer(self.node, OfficerAdded(name="", role=Role.DESK, units=("desk",), account=DESK, language="fr"))
        add_officer(self.node, OfficerAdded(name="", role=Role.ADMINISTRATOR, units=(), account=ADMINISTRATOR, language="fr"))

    def start(self) -> None:
        """Start the node over what the disk holds; what was in memory is gone."""
        self.node = Node(
            code=self.code,
            settings=self.settings,
            journal=self.journal,
            clock=self.clock,
            randomness=self.randomness,
            fence=self.fence,
            keys=self.keys,
            card=self.card,
            fault=self.plan,
        )
        self.exchange = Exchange(self.node)

    def checkpoint(self) -> MemoryJournal:
        """A backup of the database as it is now."""
        return self.journal.copy()

    def restore(self, backup: MemoryJournal) -> None:
        """Go on with the database as it was when `backup` was made. The fence is not part of a backup."""
        self.journal = backup.copy()
        self.journal.fault = self.plan
        self.start()

    def renew_card(self, *, run: int = 0) -> VerifiedCard:
        """Sign the next card, with the same keys (and as the next `run`, where one is given), and restart with it."""
        held = self.card.card
        self.card = self._sign(replace(held, number=held.number + 1, run=run or held.run, issued_at=self.clock.now()))
        self._keep_card()
        self.start()
        return self.card

    def verify(self) -> Findings:
        """Everything stored here, checked offline."""
        return verify_node(self.journal, self.fence, MemoryJournal(), self.code)

    def rebuild(self) -> None:
        """Make every derived row again."""
        self.journal.write(lambda writing: rebuild(writing, self.code))

    def _first_card(self) -> Card:
        spoken = [(name, tuple(sorted(kind.rules - {0}))) for name, kind in sorted(KINDS.items())]
        return Card(
            run=1,
            code=self.code,
            head=self.keys.head.public,
            limit=self.settings.limit,
            names=Names(ar=self.code, en=self.code, fr=self.code),
            rules=tuple(KindRules(kind=name, versions=versions) for name, versions in spoken if versions),
            number=1,
            receipt=self.keys.receipt.public,
            request=self.keys.request.public,
            sealing=next(iter(self.keys.sealing.values())).public,
            identity=self._identity.public,
            addresses=(f"http://{self.code}",),
            issued_at=self.clock.now(),
        )

    def _sign(self, card: Card) -> VerifiedCard:
        return verify_card(sign_card(self._identity, card), known=None)

    def _keep_card(self) -> LocalRow:
        signed = self.card.signed_bytes
        return self.journal.write(lambda writing: append_event(writing, OwnCard(card=signed), at=self.clock.now()))
