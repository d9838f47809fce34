# SPDX-License-Identifier: EUPL-1.2
"""What of a case may go into a pack, entry by entry, and why the rest stays.

(1) The case is the dossier and every dossier that belongs to it, as far as the one who makes the pack sees them. (2) A
dossier goes where its opening may be used so, and another entry where it may itself: `decide_use`, to pass on where a
receiver is named, else to export. (3) Without persons, a dossier that speaks of persons by its nature stays, and so
does every body that may speak of one; headers, which never do, go. (4) What was erased goes as the header that is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from amana.dossiers.kind import Personal
from amana.dossiers.order import ancestors
from amana.dossiers.registry import find_entry_type, may_speak_of_persons
from amana.node.access import Scope, require_dossier, visible_dossiers
from amana.node.context import Node
from amana.node.ports import DossierRow, EntryRow, Reading
from amana.protocol.entry import Header, parse_header
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId
from amana.protocol.marking import Asking, Use, decide_use
from amana.protocol.pack import PackLeftOut

PERSONS = "persons"  # why what may speak of persons stays
OUTSIDE = "not_of_the_case"  # why an entry that another names is not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One entry that goes; its row has no body. `void`: why its body does not."""

    row: EntryRow
    header: Header
    void: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What goes, in order: the case first; what stays, counted by reason."""

    case: DossierRow
    chosen: tuple[Chosen, ...]
    left_out: tuple[PackLeftOut, ...]
    dossiers: Counter[str]  # that go, by kind
    kept_dossiers: Counter[str]  # that stay, by reason
    kept_entries: Counter[str]
    kept_bodies: Counter[str]


def choose_contents(reading: Reading, node: Node, scope: Scope, case: DossierId, *, to: str, persons: bool) -> Contents:
    """What of a case may go. Raises Refusal `not_found`, also where it may not be seen."""
    return _Choosing(reading, node, to=to, persons=persons).choose(require_dossier(reading, scope, case), scope)


class _Choosing:
    """One choice under one purpose."""

    def __init__(self, reading: Reading, node: Node, *, to: str, persons: bool) -> None:
        self.reading = reading
        self.node = node
        self.to = AgencyCode(to) if to else None
        self.persons = persons
        self.now = node.clock.now()
        self.dossiers: Counter[str] = Counter()
        self.kept_dossiers: Counter[str] = Counter()
        self.kept_entries: Counter[str] = Counter()
        self.kept_bodies: Counter[str] = Counter()
        self.left: dict[EntryId, PackLeftOut] = {}

    def choose(self, case: DossierRow, scope: Scope) -> Contents:
        """(1)"""
        parts = sorted(visible_dossiers(self.reading, scope, within=case.id), key=lambda row: (row.opened_at, row.id))
        chosen = [one for dossier in (case, *parts) for one in self._of_dossier(dossier)]
        self._name_absent(chosen)
        return Contents(
            case=case,
            chosen=tuple(chosen),
            left_out=tuple(self.left[id] for id in sorted(self.left)),
            dossiers=self.dossiers,
            kept_dossiers=self.kept_dossiers,
            kept_entries=self.kept_entries,
            kept_bodies=self.kept_bodies,
        )

    def _of_dossier(self, dossier: DossierRow) -> Iterator[Chosen]:
        rows = self.reading.dossier_entries(dossier.id)
        opening = next((row for row in rows if row.id == EntryId(dossier.id)), None)
        because = PERSONS if opening is None or self._speaks_of_persons(opening) else self._reason(opening, parse_header(opening.header))
        if because:
            self.kept_dossiers[because] += 1
            return
        self.dossiers[dossier.kind] += 1
        for row in rows:
            header = parse_header(row.header)
            if because := self._reason(row, header):
                self.kept_entries[because] += 1
                self.left[row.id] = PackLeftOut(id=row.id, because=because, effective=row.effective)  # type: ignore[arg-type]  # msgspec takes the plain int of the NewType
                continue
            void = row.void or self._void(row)
            if void:
                self.kept_bodies[void] += 1
            yield Chosen(row=row, header=header, void=void)

    def _reason(self, row: EntryRow, header: Header) -> str:
        """(2) Why an entry may not go; empty where it may."""
        decision = decide_use(
            header.marking,
            entry=row.id,
            use=Use.PASS_ON if self.to else Use.EXPORT,
            by=self.node.code,
            originator=header.author,
            recipient=self.to,
            audience=header.audience,
            grants=(),
            now=self.now,
        )
        return decision.reason.value if isinstance(decision, Asking) else ""

    def _void(self, row: EntryRow) -> str:
        """(3) of a body"""
        return PERSONS if not self.persons and may_speak_of_persons(row.kind, row.type) else ""

    def _speaks_of_persons(self, opening: EntryRow) -> bool:  # bool: by the declaration of the entry's type
        """(3) of a dossier"""
        declared = find_entry_type(opening.kind, opening.type)
        return not self.persons and (declared is None or declared.personal is Personal.BODY_DOES)

    def _name_absent(self, chosen: list[Chosen]) -> None:
        """Where the ancestors stand that are not there: the reader orders what comes after them by it."""
        present = {one.row.id for one in chosen} | self.left.keys()
        absent = {ancestor for one in chosen for ancestor in ancestors(one.header)} - present
        for id, effective in self.reading.effectives(absent).items():
            self.left[id] = PackLeftOut(id=id, because=OUTSIDE, effective=effective)  # type: ignore[arg-type]  # as above
