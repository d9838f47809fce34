# SPDX-License-Identifier: EUPL-1.2
"""One way to have a node do something, whether it runs or not: by its control socket, or by opening its directory."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from amana.compose.config import load_config
from amana.compose.control import ask_running, find_running
from amana.compose.opening import open_node
from amana.compose.running import sync_now
from amana.compose.verbs import VERBS
from amana.transport.http_client import PeerClient
from amana.transport.outbound import Outbound


def call_node(directory: Path, verb: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Do `verb` at the node in this directory. Raises Refusal, PeerFault, OperatorFault."""
    load_config(directory)  # a clear word where there is no node at all
    running = find_running(directory)
    if running is not None:
        return ask_running(running, verb, arguments)
    with open_node(directory) as opened:
        if verb != "sync":
            return dict(VERBS[verb](opened, arguments))

        async def sync() -> dict[str, Any]:
            outbound = Outbound(opened.exchange, PeerClient(), random.random)
            try:
                return await sync_now(opened, outbound, arguments)
            finally:
                await outbound.stop()

        return asyncio.run(sync())
