# SPDX-License-Identifier: EUPL-1.2
"""The start page's server: a thread of the demonstration's process, on the loopback interface only."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from amana.compose.listening import open_sockets

HOST = "127.0.0.1"
PAUSE = 0.02  # seconds between two looks whether it serves
GRACE_SECONDS = 2


@contextmanager
def serving(app: ASGIApp, port: int) -> Iterator[str]:
    """Serve on this port; the address. Raises OperatorFault `port_in_use`."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=GRACE_SECONDS
    )
    server = uvicorn.Server(config)
    sockets = open_sockets(HOST, port)
    thread = threading.Thread(target=server.run, kwargs={"sockets": sockets}, name="start page")
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(PAUSE)
        yield f"http://{HOST}:{port}"
    finally:
        server.should_exit = True
        thread.join()
        for one in sockets:
            one.close()
