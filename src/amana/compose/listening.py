# SPDX-License-Identifier: EUPL-1.2
"""The sockets on which partners reach the node, bound before anything is served, so that what hinders it is told exactly."""

from __future__ import annotations

import errno
import socket
from contextlib import ExitStack

from amana.protocol.errors import OperatorFault

BACKLOG = 128


def open_sockets(listen: str, port: int) -> list[socket.socket]:
    """One listening socket for each address that `listen` stands for.

    Raises OperatorFault `port_in_use`, or `bad_config` where this machine has no such address or keeps the port for others.
    """
    try:
        found = socket.getaddrinfo(listen or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise OperatorFault("bad_config", key="listen", why=type(error).__name__) from error
    with ExitStack() as failing:
        opened = [failing.enter_context(_open_socket(family, address)) for family, _, _, _, address in found]
        failing.pop_all()  # they stay open
        return opened


def _open_socket(family: int, address: tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a node that just ended does not block the next
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.bind(address)
        opened.listen(BACKLOG)
        opened.setblocking(False)
    except OSError as error:
        opened.close()
        if error.errno == errno.EADDRINUSE:
            raise OperatorFault("port_in_use", port=int(address[1])) from error
        key = "port" if error.errno in (errno.EACCES, errno.EPERM) else "listen"
        raise OperatorFault("bad_config", key=key, why=errno.errorcode.get(error.errno or 0, "OSError")) from error
    return opened
