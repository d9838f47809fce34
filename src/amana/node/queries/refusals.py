# SPDX-License-Identifier: EUPL-1.2
"""Everything that was refused in a dossier, each with its code, facts, time and where the refusal came from.

Origins: `fold` (kept, but against the dossier's rules), `arrival` (a disposition of ours), `partner` (what a partner's
node reported of an entry of ours), `act` (a rule refused an officer of ours before anything left). No plaintext.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amana.dossiers.fold import Cursor
from amana.dossiers.partnership.state import PartnershipState
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.vocabulary import DispositionCode
from amana.node.folding import partnership_home
from amana.node.local import ActRefused
from amana.node.ports import ACCEPTED, WAITING, EntryRow, LocalRow, Reading
from amana.node.records import DispositionRecord
from amana.node.set_aside import TAKEN
from amana.protocol.canonical import parse
from amana.protocol.entry import PARTNERSHIP
from amana.protocol.identifiers import AgencyCode, DossierId

Plain = dict[str, Any]
SHOWN_ACTS = 100  # the latest


def show_refusals(
    reading: Reading, dossier: DossierId, rows: Sequence[EntryRow], own: AgencyCode, parties: Sequence[AgencyCode]
) -> list[Plain]:
    """All refusals of a dossier, oldest first."""
    found = [*_by_fold(rows, own), *_on_arrival(reading, rows), *_by_partners(reading, rows, own, parties), *_acts(reading, dossier)]
    return sorted(found, key=lambda refused: (refused["at"], refused["entry"]))


def _shown(origin: str, code: str, at: int, **more: Any) -> Plain:
    facts: Plain = {}
    return {"origin": origin, "code": code, "at": at, "facts": facts, "entry": "", "author": "", "action": "", "officer": "", **more}


def _by_fold(rows: Sequence[EntryRow], own: AgencyCode) -> list[Plain]:
    """Entries that are kept and do not count."""
    refused = (row for row in rows if row.outcome not in (ACCEPTED, WAITING))
    return [
        _shown(
            "fold",
            row.outcome,
            row.arrived_at,
            entry=row.id.hex(),
            author=row.author,
            action=f"{row.kind}.{row.type}",
            own=row.author == own,
        )
        for row in refused
    ]


def _on_arrival(reading: Reading, rows: Sequence[EntryRow]) -> list[Plain]:
    """How entries were taken here where they were not simply taken."""
    found = []
    for row in rows:
        held = reading.record("disposition", row.id)
        if held is None:
            continue
        said = parse(held, DispositionRecord)
        by_fold = said.code == DispositionCode.REFUSED_BY_RULE and row.outcome not in (ACCEPTED, WAITING)  # named once
        if said.code != TAKEN and not by_fold:
            found.append(_shown("arrival", said.code, said.at, entry=row.id.hex(), author=row.author, told=said.told))
    return found


def _by_partners(reading: Reading, rows: Sequence[EntryRow], own: AgencyCode, parties: Sequence[AgencyCode]) -> list[Plain]:
    """What partners' nodes reported of entries of ours."""
    ours = {row.id: row for row in rows if row.author == own}
    found = []
    for partner in parties:
        home = reading.dossier(partnership_home(own, partner)) if partner != own else None
        cursor = parse(home.cursor, Cursor) if home is not None else None
        state = cursor.state_of(KINDS[PARTNERSHIP]) if cursor is not None and not cursor.barred else None
        if not isinstance(state, PartnershipState):
            continue
        said = (disposed for side in state.sides if side.agency == partner for disposed in side.disposed)
        found += [
            _shown("partner", disposed.code.value, ours[disposed.entry].made_at, entry=disposed.entry.hex(), author=partner)
            for disposed in said
            if disposed.entry in ours
        ]
    return found


def _acts(reading: Reading, dossier: DossierId) -> list[Plain]:
    """What rules refused to our own officers in this dossier."""
    return [_show_act(row) for row in reading.local_of(dossier, "act_refused")[-SHOWN_ACTS:] if row.content is not None]


def _show_act(row: LocalRow) -> Plain:
    event = parse(row.content or b"", ActRefused)
    facts = {fact.name: fact.value for fact in event.facts}
    return _shown("act", event.code, row.at, facts=facts, entry=event.entry.hex(), action=event.action, officer=row.officer)
