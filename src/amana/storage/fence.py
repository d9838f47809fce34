# SPDX-License-Identifier: EUPL-1.2
"""`amana.node.ports.Fence` in a file of its own, outside the database and every backup.

One line per signed head: origin, size, root, checksum. A line is on disk before `advance` returns, and so before its
head goes to the wire. A torn last line was never answered for and is cut away; any other damage stops the node, because
what it has signed is no longer known. Promise: a log's size never goes down. Restore: docs/develop/journal.md, fence.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from amana.protocol.checkpoint import Origin
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import Digest
from amana.storage.files import NO_ROOM, replace_file, sync_directory, write_all

COMPACT_ABOVE = 10_000  # lines
LABEL = b"amana/fence/v1\0"
_LINE = re.compile(r"([!-~]{1,100}) (0|[1-9][0-9]{0,15}) ([0-9a-f]{64}) ([0-9a-f]{16})", re.ASCII)

Level = tuple[int, Digest]


def create_fence(path: Path) -> None:
    """A new, empty fence file with mode 0600. Raises OperatorFault `fence_exists`."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise OperatorFault("fence_exists", file=path.name) from error
    sync_directory(path.parent)


class FileFence:
    """The fence of one node, open for appending. Safe to share between threads.

    Raises OperatorFault `fence_missing`, `fence_damaged` (with the line), `fence_backwards`, `fence_second_root`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        whole = _whole_lines(path)
        self._levels = _parse_lines(whole)
        if whole.count(b"\n") > COMPACT_ABOVE:
            whole = b"".join(_line(origin, *level) for origin, level in sorted(self._levels.items()))
            replace_file(path, whole)
        self._opened = os.open(path, os.O_WRONLY | os.O_APPEND)
        self._length = len(whole)
        os.ftruncate(self._opened, self._length)  # a torn last line must not swallow the next one
        self._torn = False  # whether a failed write may have left a part of a line

    def levels(self) -> Mapping[Origin, Level]:
        """A copy of what was reached."""
        with self._lock:
            return dict(self._levels)

    def advance(self, origin: Origin, size: int, root: Digest) -> None:
        """Note a signed head, on disk when this returns. Raises OperatorFault `disk_full`, `fence_unwritable`; then nothing is."""
        line = _line(origin, size, root)
        if _LINE.fullmatch(line[:-1].decode()) is None:
            raise OperatorFault("fence_line", log=origin, size=size)
        with self._lock:
            if _is_reached(self._levels, origin, size, root):
                return
            self._append(line)
            self._levels[origin] = (size, root)

    def _append(self, line: bytes) -> None:
        try:
            if self._torn:
                os.ftruncate(self._opened, self._length)
            self._torn = True
            write_all(self._opened, line)
            os.fdatasync(self._opened)
        except OSError as error:
            code = "disk_full" if error.errno in NO_ROOM else "fence_unwritable"
            raise OperatorFault(code, file=self._path.name, errno=error.errno or 0) from error
        self._torn = False
        self._length += len(line)

    def close(self) -> None:
        """Let go of the file; a second call changes nothing."""
        with self._lock:
            if self._opened >= 0:
                os.close(self._opened)
                self._opened = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def read_levels(path: Path) -> dict[Origin, Level]:
    """What the file at `path` holds, without touching it; a torn last line does not count.

    For a look from outside while a node may be running. Raises OperatorFault `fence_missing`, `fence_damaged`.
    """
    return _parse_lines(_whole_lines(path))


def _whole_lines(path: Path) -> bytes:
    """The file without a torn last line. A whole line with something else where it should end is not torn but damaged."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise OperatorFault("fence_missing", file=path.name) from error
    whole = content[: content.rfind(b"\n") + 1]
    rest = content[len(whole) :].decode("ascii", "replace")
    found = _LINE.match(rest)
    if found is not None and rest != found[0]:
        raise OperatorFault("fence_damaged", line=whole.count(b"\n") + 1)
    return whole


def _is_reached(levels: Mapping[Origin, Level], origin: Origin, size: int, root: Digest) -> bool:
    """Whether this very head is noted; raises where it contradicts what is."""
    held = levels.get(origin)
    if held is None or size > held[0]:
        return False
    if size < held[0]:
        raise OperatorFault("fence_backwards", log=origin, reached=held[0], got=size)
    if root != held[1]:
        raise OperatorFault("fence_second_root", log=origin, size=size)
    return True


def _line(origin: Origin, size: int, root: Digest) -> bytes:
    said = f"{origin} {size} {root.hex()}"
    return f"{said} {_checksum(said)}\n".encode()


def _checksum(said: str) -> str:
    return hashlib.sha256(LABEL + said.encode()).hexdigest()[:16]


def _parse_lines(content: bytes) -> dict[Origin, Level]:
    """Levels after every line; `content` ends with a line feed or is empty."""
    levels: dict[Origin, Level] = {}
    for number, line in enumerate(content.decode("ascii", "replace").split("\n")[:-1], 1):
        found = _LINE.fullmatch(line)
        if found is None or _checksum(line[:-17]) != found[4]:
            raise OperatorFault("fence_damaged", line=number)
        origin, size, root = Origin(found[1]), int(found[2]), Digest(bytes.fromhex(found[3]))
        _is_reached(levels, origin, size, root)
        levels[origin] = (size, root)
    return levels
