# SPDX-License-Identifier: EUPL-1.2
"""How commands reach a node that is running: a Unix socket in its directory, mode 0600, one JSON line each way.

Whoever may open the socket may read the directory anyway; there is no other authority in it. The socket's path is
kept short through a link where the directory's own path is too long for the system.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from amana.protocol.errors import AmanaError, OperatorFault, PeerFault, Refusal

SOCKET_NAME = "control.sock"
MAX_PATH = 100  # bytes; sockaddr_un holds 108 with its end
MAX_LINE = 16 * 1024 * 1024
FAMILIES: Mapping[str, type[AmanaError]] = {"refusal": Refusal, "operator": OperatorFault, "peer": PeerFault}
Serve = Callable[[str, Mapping[str, Any]], Awaitable[Mapping[str, Any]]]


class ControlServer:
    """Serves the control socket of one running node."""

    def __init__(self, directory: Path, serve: Serve) -> None:
        self._link = directory / SOCKET_NAME
        self._serve = serve
        self._server: asyncio.Server | None = None
        self._aside: Path | None = None

    async def start(self) -> None:
        """Listen; whatever a crashed node left is replaced (the directory's lock is ours)."""
        self._link.unlink(missing_ok=True)
        path = self._link
        if len(os.fsencode(path)) > MAX_PATH:
            self._aside = Path(tempfile.mkdtemp(prefix="amana-"))
            path = self._aside / SOCKET_NAME
            self._link.symlink_to(path)
        self._server = await asyncio.start_unix_server(self._connected, path, limit=MAX_LINE)
        path.chmod(0o600)

    async def stop(self) -> None:
        """Stop listening and take the socket away."""
        if self._server is not None:
            self._server.close()
        self._link.unlink(missing_ok=True)
        if self._aside is not None:
            shutil.rmtree(self._aside, ignore_errors=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            try:
                line = await reader.readline()
                writer.write(msgspec.json.encode(await self._answer(line)) + b"\n")
                await writer.drain()
            finally:
                writer.close()

    async def _answer(self, line: bytes) -> Mapping[str, Any]:
        try:
            asked = msgspec.json.decode(line, type=dict[str, Any])
            return {"done": await self._serve(str(asked["verb"]), asked["arguments"])}
        except AmanaError as error:
            family = next(name for name, shape in FAMILIES.items() if isinstance(error, shape))
            return {"family": family, "code": error.code, "facts": dict(error.facts)}
        except (msgspec.DecodeError, KeyError, ValueError):
            return {"family": "operator", "code": "control_line", "facts": {}}


def find_running(directory: Path) -> Path | None:
    """The socket of the node that runs in this directory, or None."""
    link = directory / SOCKET_NAME
    try:
        path = link.resolve(strict=True)
    except OSError:
        return None
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return None
    return path


def ask_running(path: Path, verb: str, arguments: Mapping[str, Any], *, seconds: float = 600.0) -> dict[str, Any]:
    """Have the running node do something. Raises what it raised; OperatorFault `node_went_away`."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(seconds)
        try:
            connection.connect(str(path))
            connection.sendall(msgspec.json.encode({"verb": verb, "arguments": arguments}) + b"\n")
            with connection.makefile("rb") as answers:
                line = answers.readline()
        except OSError as error:
            raise OperatorFault("node_went_away") from error
    if not line:
        raise OperatorFault("node_went_away")
    answer = msgspec.json.decode(line, type=dict[str, Any])
    if "done" in answer:
        return dict(answer["done"])
    raise FAMILIES[answer["family"]](answer["code"], **answer["facts"])
