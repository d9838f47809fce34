# SPDX-License-Identifier: EUPL-1.2
"""How commands have a node do something: through its control socket where it runs, else by opening its directory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def ask_node(directory: Path, verb: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Do `verb` at the node in this directory. Raises Refusal, PeerFault, OperatorFault."""
    from amana.compose.calling import call_node

    return call_node(directory.absolute(), verb, arguments)
