# SPDX-License-Identifier: EUPL-1.2
"""One node of the demonstration as a process of its own: the product's `run_node`, ended with the demonstration.

`python -m amana.demo.node_process DIR`. Standard input is a pipe from the demonstration that nothing is written to:
its end is the end of the demonstration, however that came, and the node then ends as on SIGTERM.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

from amana.compose.logs import configure_logs
from amana.compose.opening import OpenNode
from amana.compose.running import run_node
from amana.protocol.errors import OperatorFault
from amana.web.serving import make_pages

GRACE_SECONDS = 15.0  # for an orderly end, before the process ends without one


def _end_with_parent() -> None:
    """Wait for the end of standard input, then end this process."""
    while os.read(sys.stdin.fileno(), 1):
        continue
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


def _ready(opened: OpenNode) -> None:
    """The demonstration sees the control socket."""


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    configure_logs(verbose=True)
    try:
        run_node(Path(sys.argv[1]), on_ready=_ready, make_pages=make_pages)
    except OperatorFault as fault:
        sys.exit(str(fault))
