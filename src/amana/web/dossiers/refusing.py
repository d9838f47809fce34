# SPDX-License-Identifier: EUPL-1.2
"""A print that the marking forbids is kept among what was refused in the dossier, with the entry that forbids it."""

from __future__ import annotations

from typing import Any

from amana.node.actions.refusing import record_refused_act
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.web.doors import Desk

PRINTING = "print"


def keep_refused_print(desk: Desk, dossier: DossierId, refusal: Refusal, shown: dict[str, Any], entry: str) -> None:
    """Keep it in the node's own log."""
    numbered = next((one["id"] for one in shown["entries"] if one.get("number") and one["number"] == refusal.facts.get("number")), entry)
    record_refused_act(desk.node, desk.scope, dossier, action=PRINTING, refusal=refusal, entry=bytes.fromhex(numbered))
