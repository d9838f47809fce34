# SPDX-License-Identifier: EUPL-1.2
"""Every type that bytes are turned into, completed before there is a second thread.

msgspec completes a Struct class when something is first decoded to it, without a lock: two threads that meet there end
the process (SIGSEGV, seen with 0.22.0 when a partner's request and our own response both brought the first entries) or
could check against half a type. Promise: after `complete_shapes` every Struct that is defined by then is complete.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


def complete_shapes() -> None:
    """Complete every Struct class; quick, and again changes nothing. Call before any thread decodes."""
    for shape in defined_shapes(msgspec.Struct):
        msgspec.json.Decoder(shape)  # making one completes the class and all that it holds


def defined_shapes(base: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """All classes below `base`."""
    for shape in base.__subclasses__():
        yield shape
        yield from defined_shapes(shape)
