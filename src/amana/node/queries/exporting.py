# SPDX-License-Identifier: EUPL-1.2
"""A list taken out of the node, to paper or a file: only dossiers whose marking allows it, the others counted with why.

Each entry's marking is asked by `decide_use`, for this agency, without a recipient. A list shows what an opening entry
says, so that entry decides; a whole dossier is decided entry by entry. What left is recorded as a consultation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from amana.dossiers.plain import to_plain
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier
from amana.node.context import Node
from amana.node.ports import EntryRow, Reading
from amana.node.queries.rows import show_row
from amana.protocol.entry import parse_header
from amana.protocol.errors import PeerFault, Refusal
from amana.protocol.identifiers import DossierId, EntryId
from amana.protocol.marking import Asking, Because, Use, decide_use

Plain = dict[str, Any]
WORDS = {Use.EXPORT: "export", Use.PRINT: "print"}


def export_rows(node: Node, scope: Scope, dossiers: Sequence[DossierId], *, use: Use = Use.EXPORT, record: bool = True) -> Plain:
    """The rows of these dossiers that may leave so, in this order, each with its `marking`; `withheld` counts the others by reason.

    A dossier that the person may not see is in neither. Raises ValueError for a use that takes nothing out.
    """
    require_content_role(scope)
    what = _word(use)
    now = node.clock.now()

    def ask(reading: Reading) -> Plain:
        rows: list[Plain] = []
        withheld: Counter[str] = Counter()
        for dossier in dossiers:
            try:
                row = require_dossier(reading, scope, dossier)
            except Refusal:
                continue
            because = reason_to_keep(reading.entry(EntryId(row.id)), node, use)
            if because:
                withheld[because] += 1
            else:
                marking = _marking(reading.entry(EntryId(row.id)))
                rows.append(show_row(reading, row, now, own=node.code, account=scope.account) | {"marking": marking})
        return {"rows": rows, "withheld": [{"code": code, "count": count} for code, count in sorted(withheld.items())]}

    shown = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, what))
    return {"agency": node.code, "at": now, **shown}


def decide_entries(node: Node, scope: Scope, dossier: DossierId, *, use: Use, record: bool = True) -> dict[str, str]:
    """Of each entry of a dossier (by hex id) why its content may not leave so; empty where it may. Refusal `not_found`."""
    require_content_role(scope)
    what = _word(use)

    def ask(reading: Reading) -> dict[str, str]:
        require_dossier(reading, scope, dossier)
        rows = [*reading.dossier_entries(dossier), *reading.waiting_in(dossier)]
        return {row.id.hex(): reason_to_keep(row, node, use) for row in rows}

    decided = node.journal.read(ask)
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, what, dossier))
    return decided


def _marking(row: EntryRow | None) -> Plain:
    """What an opening entry is marked with; it says so on whatever the row is written."""
    return to_plain(parse_header(row.header).marking) if row is not None else {}


def _word(use: Use) -> str:
    if use not in WORDS:
        raise ValueError(f"{use} takes no list out")
    return WORDS[use]


def reason_to_keep(row: EntryRow | None, node: Node, use: Use) -> str:
    """Why this agency may not use an entry so without its originator; empty where it may."""
    try:
        header = parse_header(row.header) if row is not None else None
    except PeerFault:
        header = None
    if row is None or header is None:
        return Because.NOT_A_HOLDER.value
    decision = decide_use(
        header.marking,
        entry=row.id,
        use=use,
        by=node.code,
        originator=header.author,
        recipient=None,
        audience=header.audience,
        grants=(),
        now=node.clock.now(),
    )
    return decision.reason.value if isinstance(decision, Asking) else ""
