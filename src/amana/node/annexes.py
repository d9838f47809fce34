# SPDX-License-Identifier: EUPL-1.2
"""An agency's private annex to an operation: what it notes for itself, and the points by which it could meet another one.

Nothing of it is ever an entry: it has no type, no audience and no way out of the node. Who may see the operation reads it.
What was kept earlier stays in the node's own log until the operation's personal data is erased.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.dossiers.plain import from_plain
from amana.dossiers.shared.operations import JOINT_OPERATION
from amana.dossiers.shared.points import values_of
from amana.node.local_operations import ANNEX, Annex, AnnexRecord
from amana.node.ports import DossierRow, Reading, Writing
from amana.protocol.canonical import parse
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId

EVENT = "annex_kept"


def parse_annex(row: DossierRow, given: Mapping[str, Any]) -> Annex:
    """The annex that an officer hands in. Raises Refusal `not_found` where it is of no operation, `bad_values`, `bad_point`."""
    if row.kind != JOINT_OPERATION:
        raise Refusal("not_found")
    annex = from_plain(given, Annex)
    for place, point in enumerate(annex.points):
        values_of(point, place)
    return annex


def load_annex(reading: Reading, operation: DossierId) -> AnnexRecord | None:
    """The annex of an operation; None where nobody has written one."""
    held = reading.record(ANNEX, operation)
    return parse(held, AnnexRecord) if held is not None else None


def forget_annex(writing: Writing, operation: DossierId) -> None:
    """Destroy every annex that was kept for an operation."""
    writing.erase_local([row.seq for row in writing.local_of(operation, EVENT) if row.content is not None])
    writing.drop_records(ANNEX, [operation])
