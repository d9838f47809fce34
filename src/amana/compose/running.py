# SPDX-License-Identifier: EUPL-1.2
"""`amana run`: one process and one event loop for the peer endpoint, outgoing exchanges and the control socket.

Every write goes to the journal's one writer thread; checks and cryptography run in worker threads. SIGTERM and
SIGINT end it cleanly: answers finish, the writer commits what waits, nothing is lost if they do not.
"""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import structlog
import uvicorn
import uvloop

from amana.compose.control import ControlServer
from amana.compose.listening import open_sockets
from amana.compose.opening import OpenNode, open_node
from amana.compose.rotating import renew_sealing
from amana.compose.verbs import VERBS
from amana.node.actions.administer import announce_card, say_what_is_owed
from amana.node.attachments import sweep_staged
from amana.node.partners import load_partners
from amana.node.ports import FaultPoint
from amana.node.sweeping import sweep
from amana.protocol.errors import OperatorFault, Refusal
from amana.protocol.identifiers import DossierId, Millis
from amana.transport.http_client import PeerClient
from amana.transport.http_endpoint import AsgiApp, PeerEndpoint
from amana.transport.outbound import Outbound

LOG = structlog.get_logger("amana.run")
KEEP_ALIVE_SECONDS = 75
GRACE_SECONDS = 5
MAX_CONNECTIONS = 256  # of all partners and of whoever else finds the port; beyond, 503
SWEEP_SECONDS = 3600


class Pages(Protocol):
    """The pages for people, behind the peer endpoint; made by the layer that has them."""

    @property
    def app(self) -> AsgiApp:
        """The application that serves every path but the partners' own."""
        ...

    def start(self) -> None:
        """Called on the loop before anything is served."""
        ...

    def forget(self, now: Millis, past: Collection[DossierId]) -> int:
        """Destroy the unfinished forms that are due; how many. `past`: what belongs to events whose date is over. In a thread."""
        ...

    def stop(self) -> None:
        """Called on the loop before the server ends: streams that would stay open are to end now."""
        ...


MakePages = Callable[[OpenNode], Pages]


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling: this process has one of its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Left to `run_node`; uvicorn's own would end the peer endpoint first and raise the signal a second time."""
        yield


def run_node(
    directory: Path, *, on_ready: Callable[[OpenNode], None], fault: FaultPoint | None = None, make_pages: MakePages | None = None
) -> None:
    """Run the node in this directory until a signal ends it; with pages where they are made and configured. Raises OperatorFault."""
    with open_node(directory, fault=fault) as opened, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        pages = make_pages(opened) if make_pages is not None and opened.config.pages else None
        runner.run(_run(opened, on_ready, pages))


async def _run(opened: OpenNode, on_ready: Callable[[OpenNode], None], pages: Pages | None) -> None:
    outbound = Outbound(opened.exchange, PeerClient(), random.random)
    opened.waker.wake = outbound.wake

    async def serve(verb: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        if verb == "sync":
            return await sync_now(opened, outbound, arguments)
        if verb not in VERBS:
            raise Refusal("unknown_action")
        return await asyncio.to_thread(VERBS[verb], opened, arguments)

    control = ControlServer(opened.directory, serve)
    server = _server(PeerEndpoint(opened.exchange, pages.app if pages is not None else None, heard=outbound.heard))
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    if pages is not None:
        pages.start()
    sockets = open_sockets(opened.config.listen, opened.config.port)
    serving = asyncio.create_task(server.serve(sockets=sockets))
    try:
        await _started(server, serving)
        await control.start()
        await asyncio.to_thread(announce_card, opened.node)
        await asyncio.to_thread(say_what_is_owed, opened.node)
        sweeping = asyncio.create_task(_sweep(opened, pages))
        outbound.start()
        on_ready(opened)
        LOG.info("running", agency=opened.node.code, port=opened.config.port)
        waiting = asyncio.create_task(stopping.wait())
        await asyncio.wait({waiting, serving}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        sweeping.cancel()
    finally:
        if pages is not None:
            pages.stop()
        await control.stop()
        await outbound.stop()
        server.should_exit = True
        await serving
    LOG.info("ended", agency=opened.node.code)


def _server(app: AsgiApp) -> _Server:
    return _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            limit_concurrency=MAX_CONNECTIONS,
            lifespan="off",
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )


async def _sweep(opened: OpenNode, pages: Pages | None) -> None:
    """What time brings: sealing keys renewed and destroyed, files that were never sent and what is due to be erased destroyed."""
    while True:
        try:
            if await asyncio.to_thread(renew_sealing, opened, now=opened.node.clock.now()):
                LOG.info("new sealing key", agency=opened.node.code)
        except OperatorFault as fault:
            LOG.warning("sealing key not renewed", code=fault.code)
        try:
            if await asyncio.to_thread(sweep_staged, opened.node, opened.node.clock.now()):
                await asyncio.to_thread(opened.journal.truncate_wal)
        except OperatorFault as fault:
            LOG.warning("files never sent not destroyed", code=fault.code)
        try:
            now = opened.node.clock.now()
            swept = await asyncio.to_thread(sweep, opened.node, now=now)
            if pages is not None:
                await asyncio.to_thread(pages.forget, now, swept.past)
            await asyncio.to_thread(opened.journal.truncate_wal)  # each time: what an interrupted sweep destroyed may still stand there
            if swept.erased:
                LOG.info("erased what was due", size=swept.erased)
        except OperatorFault as fault:
            LOG.warning("what is due not erased", code=fault.code)
        await asyncio.sleep(SWEEP_SECONDS)


async def _started(server: _Server, serving: asyncio.Task[None]) -> None:
    while not server.started:
        if serving.done():
            serving.result()
            raise RuntimeError("the server ended before it began")
        await asyncio.sleep(0.01)


async def sync_now(opened: OpenNode, outbound: Outbound, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Exchange with one partner or all of them, until nothing is left to say."""
    wanted = str(arguments.get("partner", ""))
    partners = [p.code for p in opened.journal.read(load_partners) if p.confirmed and wanted in ("", p.code)]
    if wanted and not partners:
        raise Refusal("unknown_partner", partner=wanted)
    answered = await asyncio.gather(*(outbound.exchange_now(code) for code in partners))
    shown = [{"code": code, "answered": came} for code, came in zip(partners, answered, strict=True)]
    return {"ok": all(answered), "partners": shown}
