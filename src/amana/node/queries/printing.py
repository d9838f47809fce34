# SPDX-License-Identifier: EUPL-1.2
"""That a dossier, or an entry of it, was printed: kept in the node's own log, before the print leaves the node."""

from __future__ import annotations

from amana.node.access import Scope, record_consultation, require_content_role, require_dossier
from amana.node.context import Node
from amana.protocol.identifiers import DossierId

PRINT = "print"


def record_print(node: Node, scope: Scope, dossier: DossierId, *, count: int) -> None:
    """Keep that this person printed `count` entries of a dossier. Raises Refusal `not_found`."""
    require_content_role(scope)
    node.journal.read(lambda reading: require_dossier(reading, scope, dossier))
    node.journal.write(lambda writing: record_consultation(writing, node, scope, PRINT, dossier, count=count))
