# SPDX-License-Identifier: EUPL-1.2
"""A real node whose port is open to everybody: silent connections, endless ones and floods of junk hinder no partner."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from amana.compose.config import NodeConfig, load_config
from amana.compose.running import MAX_CONNECTIONS
from amana.protocol.errors import OperatorFault
from amana.transport.http_endpoint import SYNC_PATH
from tests.attacks.test_decoding import COSTLY
from tests.processes.nodes import RealNode, ask
from tests.processes.pairs import Pair, agreed, pair

__all__ = ["agreed", "pair"]  # fixtures


def port_of(node: RealNode) -> int:
    return load_config(node.directory).port


def resident(node: RealNode) -> int:
    """MiB of memory that the process holds."""
    status = Path(f"/proc/{node.process.pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) // 1024


@pytest.mark.processes
def test_connections_that_say_nothing_or_never_end_hinder_no_partner(pair: Pair) -> None:
    pair.start()
    half = f"POST {SYNC_PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 30000000\r\n\r\n".encode() + b"\xff" * 1000
    with ExitStack() as stack:
        for number in range(MAX_CONNECTIONS // 2):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port_of(pair.paris)), timeout=10))
            client.sendall([b"", b"POST ", half][number % 3])
        ask(pair.rabat, pair.paris)
        pair.wait_quiet()


@pytest.mark.processes
def test_costly_junk_from_anybody_hinders_no_partner_and_fills_no_log(pair: Pair) -> None:
    pair.start()
    before = resident(pair.paris)
    url = f"http://127.0.0.1:{port_of(pair.paris)}{SYNC_PATH}"
    with httpx.Client(trust_env=False, timeout=60) as client:
        for wire in COSTLY.values():
            assert client.post(url, content=wire).status_code == 403
        for number in range(300):
            answer = client.post(url, content=b"\xff" * number)
            assert (answer.status_code, answer.content) == (403, b"")
        headers = {"transfer-encoding": "chunked"}
        endless = client.post(url, content=(bytes(1_000_000) for _ in range(40)), headers=headers)
        assert endless.status_code == 413
    ask(pair.rabat, pair.paris)
    pair.wait_quiet()
    assert resident(pair.paris) - before < 600
    assert {word for word in pair.paris.log().split() if word.startswith("level=")} == {"level=info"}  # told only to who asks for all


def test_a_misspelt_name_under_four_eyes_does_not_pass_unnoticed() -> None:
    for name in ("information_request.requst", "request", ""):
        with pytest.raises(OperatorFault, match="bad_config"):
            NodeConfig(code="ma.dgsn", port=1, four_eyes=(name,)).settings()  # type: ignore[arg-type]  # a code
    assert NodeConfig(code="ma.dgsn", port=1, four_eyes=("agreement.consent",)).settings().four_eyes == {"agreement.consent"}  # type: ignore[arg-type]  # as above
