# SPDX-License-Identifier: EUPL-1.2
"""A federation in memory: agencies with real nodes, wires that fail on command, and one time for all.

`Federation(seed, codes)` starts the nodes; `introduce_all` lets every pair compare safety numbers; `act` is what an
officer does; `settle` exchanges until nobody has anything left to say; `converged` compares what all of them hold.
The same seed plays the same way (see `chance`). Every message is held to what `watch` promises.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, permutations
from typing import Any

from amana.node.actions.act import Done, act_many
from amana.node.attachments.exchange import AttachmentTurn
from amana.node.attachments.line import NEVER
from amana.node.context import NodeSettings
from amana.node.exchange import Turn
from amana.node.partners import add_partner, confirm_partner
from amana.node.ports import Reading
from amana.protocol.errors import OperatorFault, PeerFault
from amana.protocol.identifiers import AgencyCode, Millis, parse_agency_code
from amana.protocol.safety_number import safety_number
from amana.simulation.agency import Agency
from amana.simulation.chance import SeededRandomness, SimulatedClock, Timeline
from amana.simulation.convergence import Convergence, compare
from amana.simulation.crashes import Crash
from amana.simulation.watch import Watch
from amana.simulation.wires import MESSAGE_MS, Fate, Faults, Late, Wires
from amana.storage.memory.journal import MemoryJournal

ROUNDS = 400  # a federation that is not at rest by then never will be
STILL = 4  # rounds in which exchanges go well and move nothing: whoever still asks, asks in vain
LATE_MS = 60_000  # a delayed request arrives within this time


class NotQuiet(AssertionError):
    """The federation did not come to rest."""


class Federation:
    """Some agencies, all of which could be partners."""

    def __init__(
        self,
        seed: int,
        codes: Sequence[str],
        *,
        settings: Mapping[str, NodeSettings] | None = None,
        skew: Mapping[str, int] | None = None,
    ) -> None:
        self.timeline = Timeline()
        self.chance = SeededRandomness(seed, "federation")
        self.wires = Wires(SeededRandomness(seed, "wires"))
        self.watch = Watch()
        self.held_back: list[tuple[AgencyCode, str]] = []
        """Exchanges that an agency's own node did not let happen, with the code of its OperatorFault."""
        self.agencies: dict[AgencyCode, Agency] = {}
        for code in map(parse_agency_code, codes):
            clock = SimulatedClock(self.timeline, (skew or {}).get(code, 0))
            self.agencies[code] = Agency(code, seed=seed, clock=clock, settings=(settings or {}).get(code, NodeSettings()))
        self._partners: set[frozenset[AgencyCode]] = set()
        self._late: list[Late] = []
        self._mishap = False  # something went wrong in this round, by fault or crash

    def __getitem__(self, code: str) -> Agency:
        return self.agencies[AgencyCode(code)]

    # -- people ---------------------------------------------------------------------------------------------

    def introduce_all(self) -> None:
        """Every two agencies exchange cards and compare safety numbers."""
        for one, other in combinations(self.agencies, 2):
            self.introduce(one, other)

    def introduce(self, one: str, other: str) -> None:
        """Two agencies become partners."""
        for here, there in permutations((self[one], self[other])):
            add_partner(here.node, there.card.signed_bytes)
            confirm_partner(here.node, there.code, safety_number(there.code, there.card.card.identity))
        self._partners.add(frozenset((AgencyCode(one), AgencyCode(other))))

    def act(self, code: str, account: str, action: Mapping[str, Any]) -> Done:
        """One action of one officer. Raises Refusal; Crash where the machine stopped (it is running again then)."""
        return self.act_many(code, account, [action])[0]

    def act_many(self, code: str, account: str, actions: Sequence[Mapping[str, Any]]) -> list[Done]:
        """Several actions in one write; see `act`."""
        agency = self[code]
        self.timeline.advance(1)
        try:
            return act_many(agency.node, account, actions)
        except Crash:
            self._restart(agency)
            raise

    # -- machines -------------------------------------------------------------------------------------------

    def crash(self, code: str, *, at: str = "", passes: int = 0) -> None:
        """Stop and restart a node now, or when it comes to the fault point `at` the next time but `passes`."""
        if at:
            self[code].plan.arm(at, passes=passes)
        else:
            self[code].start()

    def checkpoint(self, code: str) -> MemoryJournal:
        """A backup of an agency's database."""
        return self[code].checkpoint()

    def restore(self, code: str, checkpoint: MemoryJournal) -> None:
        """Put an older database in place; the fence stays."""
        self[code].restore(checkpoint)

    # -- wires ----------------------------------------------------------------------------------------------

    def partition(self, here: Iterable[str], there: Iterable[str]) -> None:
        """Cut the wires between two sets of agencies."""
        self.wires.partition(map(AgencyCode, here), map(AgencyCode, there))

    def heal(self) -> None:
        """Every wire works, nothing crashes any more."""
        self.wires.heal()
        for agency in self.agencies.values():
            agency.plan.disarm()

    def set_faults(self, faults: Faults) -> None:
        """How often which fault befalls an exchange from now on."""
        self.wires.faults = faults

    def advance(self, by: int) -> None:
        """Let `by` milliseconds pass; what is late meanwhile arrives."""
        self.timeline.advance(by)
        self._deliver_late(everything=False)

    def exchange(self, sender: str, receiver: str, *, fate: Fate | None = None, always: bool = True) -> bool:
        """One exchange; whether there was one. `always`: also where the sender has nothing to say."""
        caller = self[sender]
        try:
            turn = caller.exchange.open_turn(AgencyCode(receiver), always=always)
            if turn is None:
                return False
            caller.exchange.prepare(turn)
        except OperatorFault as fault:
            self.held_back.append((caller.code, fault.code))
            return False
        except Crash:
            self._restart(caller)
            return True
        self.timeline.advance(MESSAGE_MS)
        self.watch.see(caller, turn.partner, turn.wire)
        answer = self._carry(caller, turn, fate)
        try:
            caller.exchange.close_turn(turn, answer)
        except Crash:
            self._restart(caller)
        return True

    def exchange_attachments(self, sender: str, receiver: str, *, fate: Fate | None = None) -> bool:
        """One exchange of attachments; whether there was one. However long the sender would wait, it is that late now."""
        caller = self[sender]
        attachments = caller.exchange.attachments
        line = attachments.line(AgencyCode(receiver))
        line.retry_at = line.led_at = NEVER
        turn = attachments.open_turn(AgencyCode(receiver))
        if turn is None:
            return False
        self.timeline.advance(MESSAGE_MS)
        answer = self._carry(caller, turn, fate)
        try:
            attachments.close_turn(turn, answer)
        except Crash:
            self._restart(caller)
        return True

    def settle(self, *, rounds: int = ROUNDS) -> int:
        """Exchange, in changing order, until nobody has anything left to say; the rounds it took.

        Agencies that a partition keeps apart are left waiting, and so is one that asks in vain. Raises NotQuiet.
        """
        pairs = [tuple(sorted(pair)) for pair in self._partners]
        ways = sorted([*pairs, *((there, here) for here, there in pairs)])
        still, standing = 0, self._standing()
        for number in range(rounds):
            self._mishap = False
            busy = self._deliver_late(everything=True)
            for sender, receiver in self.chance.shuffled(ways):
                if self.wires.connected(sender, receiver):
                    failed = self[sender].exchange.channel(receiver).failures > 0
                    busy |= self.exchange(sender, receiver, always=failed)
                    busy |= self.exchange_attachments(sender, receiver)
            before, standing = standing, self._standing()
            still = 0 if self._mishap or before != standing else still + 1
            if not busy or still == STILL:
                return number
        raise NotQuiet(f"not at rest after {rounds} rounds")

    def _standing(self) -> list[tuple[object, ...]]:
        """Everything that exchanges bring forward."""

        def ask(reading: Reading) -> tuple[object, ...]:
            settled = (len(reading.records("attachment_settled")), len(reading.records("attachment_taken")))
            logs = ((log.origin, log.size, log.receipted) for log in reading.logs())
            return *logs, *sorted(reading.queue_counts().items()), *reading.files(), settled

        return [agency.journal.read(ask) for agency in self.agencies.values()]

    def converged(self) -> Convergence:
        """Compare what all agencies hold."""
        return compare(self.agencies)

    def _carry(self, caller: Agency, turn: Turn | AttachmentTurn, fate: Fate | None) -> bytes | None:
        """The response that comes back to the caller, or None."""
        if not self.wires.connected(caller.code, turn.partner):
            return None
        wire, attached = turn.wire, isinstance(turn, AttachmentTurn)
        fate = fate or self.wires.decide_fate()
        self._mishap |= fate is not Fate.DELIVERED
        match fate:
            case Fate.DELIVERED:
                return self._answer(caller.code, turn.partner, wire, attached)
            case Fate.REQUEST_LOST:
                return None
            case Fate.RESPONSE_LOST:
                self._answer(caller.code, turn.partner, wire, attached)
                return None
            case Fate.DOUBLED:
                answer = self._answer(caller.code, turn.partner, wire, attached)
                self._answer(caller.code, turn.partner, wire, attached)
                return answer
            case Fate.DELAYED:
                due = Millis(self.timeline.now + self.chance.below(LATE_MS))
                self._late.append(Late(sender=caller.code, receiver=turn.partner, wire=wire, due=due, attachments=attached))
                return None
            case Fate.REQUEST_CORRUPTED:
                return self._answer(caller.code, turn.partner, self.wires.corrupt(wire), attached)
            case Fate.RESPONSE_CORRUPTED:
                answer = self._answer(caller.code, turn.partner, wire, attached)
                return self.wires.corrupt(answer) if answer is not None else None

    def _answer(self, sender: AgencyCode, receiver: AgencyCode, wire: bytes, attached: bool) -> bytes | None:
        """What the receiver's endpoint gives back; None where it refuses, cannot, or crashes."""
        agency = self[receiver]
        try:
            answer = agency.exchange.answer_attachments(wire) if attached else agency.exchange.answer(wire)
        except PeerFault:
            return None
        except OperatorFault as fault:
            self.held_back.append((agency.code, fault.code))
            return None
        except Crash:
            self._restart(agency)
            return None
        if not attached:
            self.watch.see(agency, sender, answer)
        return answer

    def _restart(self, crashed: Agency) -> None:
        self._mishap = True
        crashed.start()

    def _deliver_late(self, *, everything: bool) -> bool:
        """Let late requests arrive whose time has come; nobody waits for their responses."""
        due = [late for late in self._late if everything or late.due <= self.timeline.now]
        self._late = [late for late in self._late if late not in due]
        for late in self.chance.shuffled(due):
            if self.wires.connected(late.sender, late.receiver):
                self._answer(late.sender, late.receiver, late.wire, late.attachments)
        return bool(due)
