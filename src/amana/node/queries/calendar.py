# SPDX-License-Identifier: EUPL-1.2
"""What this person's visible dossiers have on certain days: visits, sessions, programme, what is due of this agency.

For calendars outside the desk, so each row (1) is of a dossier that the person may see; (2) is left out where its
marking allows no export; (3) has no title and no place where it is classified. Which days there are, each kind of dossier says
(`Kind.dates`). A fetch is recorded as a consultation, unless its caller has already one that counts for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from amana.dossiers.dated import Dated
from amana.dossiers.registry import KINDS, find_entry_type
from amana.node.access import Scope, record_consultation, require_content_role, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, EntryRow, Reading
from amana.node.queries.exporting import reason_to_keep
from amana.node.queries.rows import reference_of, state_of
from amana.node.records import NO_DOSSIER
from amana.protocol.canonical import parse
from amana.protocol.entry import parse_body, parse_header
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import DossierId, EntryId, Millis
from amana.protocol.marking import Level, Use

Plain = dict[str, Any]
CONSULTED = "calendar"
LAST_SEQUENCE = 2**31 - 1  # RFC 5545, 3.3.8


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
    dates = KINDS[dossier.kind].dates(state, node.code) if state is not None else ()
    if not dates:
        return
    told = {entry.id: entry for entry in reading.dossier_entries(dossier.id) if not entry.outcome}
    opening = told.get(EntryId(dossier.id))
    reference = reference_of(dossier, opening.author if opening is not None else "")
    for dated in dates:
        first, now = told.get(dated.entry or EntryId(dossier.id)), told.get(dated.worded or EntryId(dossier.id))
        if first is not None and now is not None and not reason_to_keep(now, node, Use.EXPORT):  # (2)
            title, place = _words(reading.entry(now.id))
            shown = {"reference": reference, "title": title, "place": place, "exercise": bool(getattr(state, "exercise", False))}
            yield _shown(dossier, dated, first, now, told.values()) | shown


def _shown(dossier: DossierRow, dated: Dated, first: EntryRow, now: EntryRow, told: Iterable[EntryRow]) -> Plain:
    changed_at = max([now.made_at, *(entry.made_at for entry in told if entry.type in dated.changed_by)])
    return {
        "entry": first.id.hex(),
        "dossier": dossier.id.hex(),
        "kind": dated.kind.value,
        "type": dated.type,
        "starts": dated.starts,
        "ends": dated.ends,
        "level": dated.level,
        "area": dated.area,
        "organiser": dated.host or "",
        "parties": list(dossier.parties),
        "sequence": _sequence(first.made_at, changed_at),
        "cancelled": dated.cancelled,
        "changed_at": changed_at,
    }


def _sequence(made_at: Millis, changed_at: Millis) -> int:
    """A number that rises with every change and is the same on every node: the seconds since it was first said."""
    return min(max(changed_at - made_at + 999, 0) // 1000, LAST_SEQUENCE)


def _words(entry: EntryRow | None) -> tuple[str, str]:
    """What its author called it and where it is; empty where that is classified (3), erased or cannot be read."""
    if entry is None or not entry.body:
        return "", ""
    try:
        header, body = parse_header(entry.header), parse_body(entry.body)
        if header.marking.level is not Level.UNMARKED:
            return "", ""
        declared = find_entry_type(entry.kind, entry.type)
        detail = parse(body.detail, declared.detail) if declared is not None and declared.detail is not None and body.detail else None
    except PeerFault:
        return "", ""
    return body.title, str(getattr(detail, "place", ""))
