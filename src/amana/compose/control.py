# SPDX-License-Identifier: EUPL-1.2
"""How commands reach a node that is running: a Unix socket in its directory, mode 0600, one JSON line each way.

Whoever may open the socket may read the directory anyway; there is no other authority in it. The socket's path is
kept short through a link where the directory's own path is too long for the system. Nothing that is sent ends the
node or goes unanswered; what is being done when the node ends is still answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import tempfile
import traceback
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import structlog

from amana.protocol.errors import AmanaError, OperatorFault, PeerFault, Refusal

SOCKET_NAME = "control.sock"
MAX_PATH = 100  # bytes; sockaddr_un holds 108 with its end
MAX_LINE = 16 * 1024 * 1024
GRACE_SECONDS = 5.0  # for answers that are being made when the node ends
ASIDE = "amana-"  # how the directory of a socket elsewhere begins
LOG = structlog.get_logger("amana.control")
FAMILIES: Mapping[str, type[AmanaError]] = {"refusal": Refusal, "operator": OperatorFault, "peer": PeerFault}
Serve = Callable[[str, Mapping[str, Any]], Awaitable[Mapping[str, Any]]]


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a line asks for."""

    verb: str
    arguments: dict[str, Any]


class ControlServer:
    """Serves the control socket of one running node."""

    def __init__(self, directory: Path, serve: Serve) -> None:
        self._link = directory.resolve() / SOCKET_NAME  # as `find_running` will look for it, wherever that is called
        self._serve = serve
        self._server: asyncio.Server | None = None
        self._answering: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen; whatever a crashed node left is replaced (the directory's lock is ours)."""
        self._remove()
        path = self._link
        if len(os.fsencode(path)) > MAX_PATH:
            path = Path(tempfile.mkdtemp(prefix=ASIDE)) / SOCKET_NAME
            self._link.symlink_to(path)
        self._server = await asyncio.start_unix_server(self._connected, path, limit=MAX_LINE)
        path.chmod(0o600)

    async def stop(self) -> None:
        """Stop listening, let the answers under way finish, take the socket away."""
        if self._server is not None:
            self._server.close()
        if self._answering:
            await asyncio.wait(self._answering, timeout=GRACE_SECONDS)
        self._remove()

    def _remove(self) -> None:
        """Take the socket away, and the directory beside which it may stand for the sake of a short path."""
        if self._link.is_symlink():
            aside = self._link.readlink()
            if aside.parent.name.startswith(ASIDE):
                shutil.rmtree(aside.parent, ignore_errors=True)
        self._link.unlink(missing_ok=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            try:
                line = await _read_line(reader)
                if line:
                    answering = asyncio.create_task(self._write_answer(line, writer))
                    self._answering.add(answering)
                    answering.add_done_callback(self._answering.discard)
                    await asyncio.shield(answering)
            finally:
                writer.close()

    async def _write_answer(self, line: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(msgspec.json.encode(await self._answer(line)) + b"\n")
        await writer.drain()

    async def _answer(self, line: bytes) -> Mapping[str, Any]:
        try:
            asked = msgspec.json.decode(line, type=_Asked)
        except (msgspec.DecodeError, RecursionError):
            return _told(OperatorFault("control_line"))
        try:
            return {"done": await self._serve(asked.verb, asked.arguments)}
        except AmanaError as error:
            return _told(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the node goes on, and whoever asked hears where it happened
            return _told(_unexpected(error))


async def _read_line(reader: asyncio.StreamReader) -> bytes:
    """What one client asks; a line that is too long is as none."""
    try:
        return await reader.readline()
    except ValueError:
        return b"\n"


def _told(error: AmanaError) -> dict[str, Any]:
    family = next(name for name, shape in FAMILIES.items() if isinstance(error, shape))
    return {"family": family, "code": error.code, "facts": dict(error.facts)}


def _unexpected(error: Exception) -> OperatorFault:
    """Kind and place of an error that should not be; its own text may hold content and is neither logged nor told."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    fault = OperatorFault("unexpected", kind=type(error).__name__, where=f"{Path(frame.filename).name}:{frame.lineno}")
    LOG.error("unexpected", **fault.facts)
    return fault


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
