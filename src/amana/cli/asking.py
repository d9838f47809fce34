# SPDX-License-Identifier: EUPL-1.2
"""How commands have a node do something: through its control socket where it runs, else by opening its directory.

Standard output belongs to the answer alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def quiet_logs() -> None:
    """Log lines of warnings and worse only, on standard error: what a command answers is told otherwise."""
    from amana.compose.logs import configure_logs

    configure_logs(verbose=False)


def ask_node(directory: Path, verb: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Do `verb` at the node in this directory. Raises Refusal, PeerFault, OperatorFault."""
    from amana.compose.calling import call_node

    quiet_logs()
    return call_node(directory.absolute(), verb, arguments)
