# SPDX-License-Identifier: EUPL-1.2
"""What this person's visible dossiers have on certain days: visits, sessions, programme, what is due of this agency.

For calendars outside the desk, so each row (1) is of a dossier that the person may see; (2) is left out where its
marking allows no export; (3) has no title where it is classified. Which days there are, each kind of dossier says
(`Kind.dates`). A fetch is recorded as a consultation, unless its caller has already one that counts for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from amana.dossiers.dated import Dated
from amana.dossiers.registry import KINDS
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, EntryRow, Reading
from amana.node.queries.exporting import reason_to_keep
from amana.node.queries.rows import reference_of, state_of
from amana.node.records import NO_DOSSIER
from amana.protocol.entry import parse_body, parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import DossierId, EntryId
from amana.protocol.marking import Level, Use

Plain = dict[str, Any]
CONSULTED = "calendar"


def calendar_of(node: Node, scope: Scope, *, record: bool = True) -> list[Plain]:
    """Everything that this person may see, by time. Raises Refusal `not_found` for an administrator."""
    require_content_role(scope)
    shown = node.journal.read(lambda reading: _rows(reading, node, visible_dossiers(reading, scope)))
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, CONSULTED, NO_DOSSIER, count=len(shown)))
    return shown


def calendar_of_dossier(node: Node, scope: Scope, dossier: DossierId, *, record: bool = True) -> list[Plain]:
    """The same of one dossier. Raises Refusal `not_found`."""
    require_content_role(scope)
    shown = node.journal.read(lambda reading: _rows(reading, node, [require_dossier(reading, scope, dossier)]))
    if record:
        node.journal.write(lambda writing: record_consultation(writing, node, scope, CONSULTED, dossier, count=len(shown)))
    return shown


def _rows(reading: Reading, node: Node, dossiers: Iterable[DossierRow]) -> list[Plain]:
    found = [row for dossier in dossiers for row in _of_one(reading, node, dossier)]
    return sorted(found, key=lambda row: (row["starts"], row["entry"]))


def _of_one(reading: Reading, node: Node, dossier: DossierRow) -> Iterator[Plain]:
    state = state_of(dossier)
    if state is None:
        return
    opening = reading.entry(EntryId(dossier.id))
    reference = reference_of(dossier, opening.author if opening is not None else "")
    for dated in KINDS[dossier.kind].dates(state, node.code):
        entry = reading.entry(dated.worded)
        if not reason_to_keep(entry, node, Use.EXPORT):  # (2)
            yield _shown(dossier, dated, reference, _title(entry))


def _shown(dossier: DossierRow, dated: Dated, reference: str, title: str) -> Plain:
    return {
        "entry": dated.entry.hex(),
        "dossier": dossier.id.hex(),
        "reference": reference,
        "kind": dated.kind.value,
        "type": dated.type,
        "starts": dated.starts,
        "ends": dated.ends,
        "level": dated.level,
        "area": dated.area,
        "organiser": dated.host or "",
        "parties": list(dossier.parties),
        "title": title,
        "sequence": dated.sequence,
        "cancelled": dated.cancelled,
        "changed_at": dated.changed_at,
    }


def _title(entry: EntryRow | None) -> str:
    """What its author called it; empty where it is classified (3), erased or cannot be read."""
    if entry is None or not entry.body:
        return ""
    try:
        header, body = parse_header(entry.header), parse_body(entry.body)
    except PeerFault:
        return ""
    return body.title if header.marking.level is Level.UNMARKED else ""
