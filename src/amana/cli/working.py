# SPDX-License-Identifier: EUPL-1.2
"""Progress of long work on standard error, where somebody looks; nothing where nobody does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

Progress = Callable[[str, int], None]


def silent(what: str, count: int) -> None:
    """For work that nobody watches."""


@contextmanager
def working(*, shown: bool = True) -> Iterator[Progress]:
    """A progress function; what it is told stands on one changing line of the terminal."""
    if not shown or not sys.stderr.isatty():
        yield silent
        return
    console = Console(stderr=True)
    with console.status("…") as status:
        yield lambda what, count: status.update(f"{what} {count or '…'}")
