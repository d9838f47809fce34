# SPDX-License-Identifier: EUPL-1.2
"""The loop that drives outgoing exchanges: one task per partner, woken by events, never polling for work.

A turn is taken when something was queued, when a receipt is owed, when the table asks for another, and every
POLL_SECONDS so that a partner that can only be called, or one that was away, is asked. Failures back off from half
a second to at most RETRY_CAP_SECONDS (design: retries capped at 30 s) with jitter; a partner that calls ends the
back-off at once. Attachments go between: one exchange of them, then whatever entries wait, then the next; nothing is
asked where none is wanted or offered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from amana.node.channel import MAX_REPEATS
from amana.node.exchange import Exchange, Turn
from amana.node.partners import load_partners
from amana.protocol.channel import Effect
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import AgencyCode
from amana.transport.http_client import PeerClient
from amana.transport.http_endpoint import ATTACHMENTS_PATH

RETRY_FIRST_SECONDS = 0.5
RETRY_CAP_SECONDS = 30.0
POLL_SECONDS = 30.0
AGAIN = frozenset({Effect.SIGN, Effect.SIGN_CONTROL, Effect.SEND_AGAIN, Effect.ASK, Effect.FETCH_OWN})
LOG = structlog.get_logger("amana.outbound")


def decide_delay(failures: int, jitter: float) -> float:
    """Seconds until the next try after `failures` failures in a row; `jitter` in 0 … 1 spreads partners apart."""
    if failures == 0:
        return POLL_SECONDS
    backoff: float = RETRY_FIRST_SECONDS * 2.0 ** min(failures - 1, 10)
    return min(RETRY_CAP_SECONDS, backoff) * (0.5 + 0.5 * jitter)


def _tell_end(task: asyncio.Task[None]) -> None:
    """A task ends when the node does; where an error ended it the next wake starts another, and the log says so."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        LOG.error("exchange stopped", task=task.get_name(), error=type(error).__name__)


class Outbound:
    """Drives the exchanges of one node on the running event loop."""

    def __init__(self, exchange: Exchange, client: PeerClient, jitter: Callable[[], float]) -> None:
        self._exchange = exchange
        self._client = client
        self._jitter = jitter
        self._woken: dict[AgencyCode, asyncio.Event] = {}
        self._tasks: dict[AgencyCode, asyncio.Task[None]] = {}
        self._turns: dict[AgencyCode, asyncio.Lock] = {}  # one turn to a partner at a time
        self._away: set[AgencyCode] = set()  # partners that did not answer, whose next turn waits for the clock
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Start one task per confirmed partner; call on the loop."""
        self._loop = asyncio.get_running_loop()
        for partner in self._exchange.node.journal.read(load_partners):
            if partner.confirmed:
                self._ensure(partner.code)

    def wake(self, partner: AgencyCode) -> None:
        """Something waits for this partner; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ensure, partner)

    def heard(self) -> None:
        """A partner's request was answered: one that was away is back, and does not wait for the clock. Call on the loop."""
        for partner in self._away:
            if self._exchange.channel(partner).failures == 0:
                self._woken[partner].set()

    async def exchange_now(self, partner: AgencyCode) -> bool:
        """Exchange until nothing is left to say; whether the partner answered."""
        again, turns = True, 0
        while again:  # after the first few, which a challenge may take, only where there is something to say
            again = await self._turn(partner, always=turns <= MAX_REPEATS)
            turns += 1
        while self._exchange.channel(partner).failures == 0 and await self._attachments(partner):
            continue  # as long as something moves
        return self._exchange.channel(partner).failures == 0

    async def stop(self) -> None:
        """End all tasks; a turn on the wire is abandoned, which loses nothing."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self._client.aclose()

    def _ensure(self, partner: AgencyCode) -> None:
        event = self._woken.setdefault(partner, asyncio.Event())
        event.set()
        if partner not in self._tasks or self._tasks[partner].done():
            task = asyncio.create_task(self._serve(partner, event), name=f"outbound {partner}")
            task.add_done_callback(_tell_end)
            self._tasks[partner] = task

    async def _serve(self, partner: AgencyCode, woken: asyncio.Event) -> None:
        asked = False
        while True:
            woken.clear()
            again = await self._turn(partner, always=not asked)
            asked = True
            if again or (self._exchange.channel(partner).failures == 0 and await self._attachments(partner)):
                continue
            asked = not await self._rest(partner, woken)

    async def _rest(self, partner: AgencyCode, woken: asyncio.Event) -> bool:
        """Wait until something is to be said or the clock wants the partner asked; whether it was the clock."""
        channel = self._exchange.channel(partner)
        if channel.failures:
            self._away.add(partner)
        delay = decide_delay(channel.failures, self._jitter())
        patience = None if channel.failures else self._exchange.attachments.patience(partner)
        sooner = patience is not None and patience < delay  # a chunk is waited for; nobody is asked for entries on its account
        delay = min(delay, patience) if patience is not None else delay
        try:
            async with asyncio.timeout(delay):
                await woken.wait()
                while channel.failures:  # new entries do not make an absent partner answer sooner; its own call does
                    woken.clear()
                    await woken.wait()
        except TimeoutError:
            return not sooner
        finally:
            self._away.discard(partner)
        return False

    async def _turn(self, partner: AgencyCode, *, always: bool) -> bool:
        """One exchange; whether another should follow at once."""
        async with self._turns.setdefault(partner, asyncio.Lock()):
            return await self._turn_alone(partner, always=always)

    async def _turn_alone(self, partner: AgencyCode, *, always: bool) -> bool:
        exchange = self._exchange
        try:
            turn = await asyncio.to_thread(exchange.open_turn, partner, always=always)
            if turn is None:
                return False
            wire = await self._call(turn)
            effect = await asyncio.to_thread(exchange.close_turn, turn, wire)
        except OperatorFault as fault:
            LOG.warning("exchange held back", partner=partner, code=fault.code)
            exchange.channel(partner).failures += 1
            return False
        channel = exchange.channel(partner)
        if channel.failures:
            return False
        return channel.owes or (effect in AGAIN and await asyncio.to_thread(self._has_more, partner, effect))

    async def _attachments(self, partner: AgencyCode) -> bool:
        """One exchange of attachments; whether another should follow."""
        attachments = self._exchange.attachments
        async with self._turns.setdefault(partner, asyncio.Lock()):
            try:
                turn = await asyncio.to_thread(attachments.open_turn, partner)
                if turn is None:
                    return False
                wire = await self._client.call(turn.addresses, turn.wire, ATTACHMENTS_PATH)
                return await asyncio.to_thread(attachments.close_turn, turn, wire)
            except OperatorFault as fault:
                LOG.warning("attachments held back", partner=partner, code=fault.code)
                attachments.hold_back(partner)
                return False

    async def _call(self, turn: Turn) -> bytes | None:
        """The partner's response; the next step is prepared while this one is on the wire."""
        if not turn.addresses:
            return None
        calling = asyncio.create_task(self._client.call(turn.addresses, turn.wire))
        try:
            if turn.carries:
                await asyncio.to_thread(self._exchange.prepare, turn)
        except OperatorFault as fault:
            LOG.warning("nothing prepared", partner=turn.partner, code=fault.code)
        except asyncio.CancelledError:
            calling.cancel()
            raise
        return await calling

    def _has_more(self, partner: AgencyCode, effect: Effect) -> bool:
        """Whether a turn by this effect would carry anything."""
        if effect in (Effect.SIGN, Effect.SIGN_CONTROL):
            waits = self._exchange.node.journal.read(lambda reading: reading.queue(partner, 1))
            return bool(waits)
        return True
