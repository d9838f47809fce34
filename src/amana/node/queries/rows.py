# SPDX-License-Identifier: EUPL-1.2
"""One line of a list: a dossier in coded values, its clock, what is expected of us, what is new to the reader.

Everything is derived from the dossier's row, its opening entry and the reader's own consultations; total on whatever
partners sent. The reference is the same on every node: author, year and first digits of the dossier's id.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from amana.dossiers.fold import Cursor
from amana.dossiers.registry import KINDS, find_entry_type
from amana.dossiers.tasks import Task
from amana.node.access import load_assignment
from amana.node.ports import WAITING, DossierRow, EntryRow, Reading
from amana.node.records import SeenRecord
from amana.protocol.canonical import Canonical, parse
from amana.protocol.entry import parse_body
from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId, Millis

Plain = dict[str, Any]
REFERENCE_DIGITS = 6
INCOMING, OUTGOING = "in", "out"
_DAY = 24 * 60 * 60 * 1000


def show_row(reading: Reading, row: DossierRow, now: int, *, own: AgencyCode, account: str = "") -> Plain:
    """One line of a list, as agency `own` and the officer `account` see it."""
    assigned = load_assignment(reading, row.id)
    opening = reading.entry(EntryId(row.id))
    author = opening.author if opening is not None else ""
    title, language = _title(opening)
    tasks = tasks_of(row, own)
    told = _Told(reading, row)
    clock = clock_of(row, own)
    return {
        "dossier": row.id.hex(),
        "reference": reference_of(row, author),
        "kind": row.kind,
        "opening": opening.type if opening is not None else "",
        "title": title,
        "title_language": language,
        "stage": row.stage,
        "area": row.area,
        "urgency": row.urgency,
        "turn": list(row.turn),
        "direction": OUTGOING if author == own else INCOMING,
        "due": row.due,
        "overdue": bool(row.due) and not row.closed and row.due < now,
        "closed": row.closed,
        "exercise": bool(getattr(state_of(row), "exercise", False)),
        "within": row.within.hex(),
        "parties": list(row.parties),
        "partners": [party for party in row.parties if party != own],
        "entries": row.count,
        "opened_at": row.opened_at,
        "changed_at": row.changed_at,
        "task": (tasks[0] if tasks else Task.NONE).value,
        "tasks": [task.value for task in tasks],
        "last": told.last(),
        "new": told.is_new(own, account),
        "unit": assigned.unit if assigned else "",
        "officer": assigned.account if assigned else "",
        **clock,
    }


def state_of(row: DossierRow) -> Canonical | None:
    """The dossier's typed state; None where its opening was refused or its kind is not known here."""
    return _state_in(row.cursor)


@lru_cache(maxsize=4096)
def _state_in(cursor: bytes) -> Canonical | None:
    held = parse(cursor, Cursor)
    if held.barred or held.kind not in KINDS:
        return None
    state: Canonical = held.state_of(KINDS[held.kind])
    return state


def tasks_of(row: DossierRow, own: AgencyCode) -> tuple[Task, ...]:
    """What the dossier expects of us now."""
    state = state_of(row)
    return KINDS[row.kind].tasks(state, own) if state is not None else ()


def clock_of(row: DossierRow, own: AgencyCode) -> Plain:
    """The clock that matters to `own`: its own while it owes an answer, else the one that ends first; zeros for none."""
    state = state_of(row)
    clock = KINDS[row.kind].clock(state, own) if state is not None else None
    if clock is None:
        return {"started_at": 0, "clock": 0, "clock_due": 0, "paused_at": 0}
    return {"started_at": clock.started_at, "clock": clock.due - clock.started_at, "clock_due": clock.due, "paused_at": clock.paused_at}


def reference_of(row: DossierRow, author: str) -> str:
    """A short reference for people, the same on every node that holds the dossier: `MA-DGSN/2023/0417AB`."""
    return f"{author.upper().replace('.', '-')}/{year_of(row.opened_at)}/{row.id.hex()[:REFERENCE_DIGITS].upper()}"


def year_of(at: Millis) -> int:
    """The year of a moment (UTC) by the civil calendar, for any number that a partner may have sent."""
    days = at // _DAY + 719_468  # since 1 March of year 0: a leap day is then the last of its year
    era, of_era = divmod(days, 146_097)
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    return int(year + era * 400 + (of_year >= 306))  # January and February belong to the next


def is_automatic(kind: str, type: str) -> bool:
    """Whether nodes make entries of this type by themselves."""
    declared = find_entry_type(kind, type)
    return declared is not None and declared.automatic


def dossier_title(reading: Reading, dossier: DossierId) -> str:
    """The title in the opening entry's body; empty where it was erased or cannot be read."""
    return _title(reading.entry(EntryId(dossier)))[0]


def _title(opening: EntryRow | None) -> tuple[str, str]:
    """The title of an opening entry and its language."""
    if opening is None or not opening.body:
        return "", ""
    try:
        body = parse_body(opening.body)
    except PeerFault:
        return "", ""
    return body.title, body.language


def is_new(reading: Reading, row: DossierRow, own: AgencyCode, account: str) -> bool:
    """Whether something that people of other agencies said has come since this account last opened the dossier."""
    return _Told(reading, row).is_new(own, account)


class _Told:
    """What was said in a dossier, read only where the row alone does not tell."""

    def __init__(self, reading: Reading, row: DossierRow) -> None:
        self._reading = reading
        self._row = row
        self._people: list[EntryRow] | None = None

    def is_new(self, own: AgencyCode, account: str) -> bool:
        """As the function of this name."""
        held = self._reading.record("seen", self._row.id + account.encode()) if account else None
        seen = parse(held, SeenRecord) if held is not None else None
        if seen is not None and self._row.count <= seen.count:
            return False
        return sum(1 for row in self._by_people() if row.author != own) > (seen.others if seen is not None else 0)

    def last(self) -> Plain:
        """The last entry in order that a person made and that stands; of a dossier without one, the last of all."""
        last = next((row for row in reversed(self._by_people()) if row.outcome in ("", WAITING)), None)
        last = last or self._reading.entry(self._row.last_id)
        if last is None:
            return {"type": "", "author": "", "at": 0}
        return {"type": last.type, "author": last.author, "at": last.made_at}

    def _by_people(self) -> list[EntryRow]:
        if self._people is None:
            rows = self._reading.dossier_entries(self._row.id)
            self._people = [row for row in rows if not is_automatic(row.kind, row.type)]
        return self._people
