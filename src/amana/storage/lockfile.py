# SPDX-License-Identifier: EUPL-1.2
"""One program at a time runs a node: an exclusive lock on its directory.

The system drops the lock when its holder ends, however it ends, so a lock is never left behind. The file also says
who holds it; it is not removed, because removing it would let two programs hold two files of one name.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from amana.protocol.errors import OperatorFault

NAME = "node.lock"


@contextmanager
def hold_directory(path: Path) -> Iterator[None]:
    """Hold the node directory at `path`.

    Raises OperatorFault `node_running` with the holder's pid (0: not known), `directory_missing`.
    """
    if not path.is_dir():
        raise OperatorFault("directory_missing", directory=path.name)
    opened = os.open(path / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OperatorFault("node_running", pid=_holder(opened)) from error
        with suppress(OSError):  # who holds it is a courtesy; a full disk must not keep a node from running
            os.ftruncate(opened, 0)
            os.pwrite(opened, b"%d\n" % os.getpid(), 0)
        yield
        with suppress(OSError):
            os.ftruncate(opened, 0)
    finally:
        os.close(opened)


def _holder(opened: int) -> int:
    said = os.pread(opened, 32, 0).strip()
    return int(said) if said.isdigit() else 0
