# SPDX-License-Identifier: EUPL-1.2
"""Child processes of a benchmark: started, ready, ended with it whatever happens."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

READY = b"ready\n"


def free_port() -> int:
    """A port of the loopback interface that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(module: str, arguments: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m module arguments…`, once it has said `ready` on stdout; terminated at the end."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own module
        try:
            if process.stdout is None or process.stdout.readline() != READY:
                raise RuntimeError(f"{module} did not start")
            yield process
        finally:
            process.terminate()
