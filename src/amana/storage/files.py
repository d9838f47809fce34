# SPDX-License-Identifier: EUPL-1.2
"""Files that must be whole or absent, and readable by their owner alone.

Promise: `replace_file` leaves the old content or the new one at every instant, also after a power cut.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from amana.protocol.errors import OperatorFault

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
OTHERS = 0o077  # permission bits of group and others


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` beside `path` with mode 0600, sync it, rename it over `path`, sync the directory.

    Raises OperatorFault `disk_full`; then what was there is still there.
    """
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        opened = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            write_all(opened, content)
            os.fsync(opened)
        finally:
            os.close(opened)
        fresh.replace(path)
        sync_directory(path.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        if error.errno in NO_ROOM:
            raise OperatorFault("disk_full", file=path.name) from error
        raise


def write_all(opened: int, content: bytes) -> None:
    """Write every byte; the system may take fewer at a time. Raises OSError."""
    while content:
        content = content[os.write(opened, content) :]


def sync_directory(directory: Path) -> None:
    """Make a file's creation or renaming in `directory` survive a power cut."""
    opened = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def require_private(path: Path, code: str) -> None:
    """Raise OperatorFault `code` where anybody but the owner may open the file."""
    mode = path.stat().st_mode & 0o777
    if mode & OTHERS:
        raise OperatorFault(code, file=path.name, mode=f"{mode:04o}", wanted="0600")
