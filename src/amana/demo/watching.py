# SPDX-License-Identifier: EUPL-1.2
"""What the demonstration sees of its nodes: their journals, read beside the running processes, never written.

`settle` returns once nothing is on its way between the nodes that run: it asks again and again, bounded by time,
and believes two equal answers in a row, since what arrives at one node may make it speak to another.
Figures are counted from the journals alone.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from amana.compose.config import load_config
from amana.dossiers.fold import parse_coded
from amana.dossiers.reinforcement.entries import KIND as REINFORCEMENT
from amana.dossiers.reinforcement.entries import Status
from amana.node.attachments.wanted import wanted_from
from amana.node.ports import ACCEPTED, EntryRow, LogRow, Reading
from amana.protocol.entry import parse_header
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import AgencyCode, DossierId, EntryId
from amana.storage.orm.journal import OrmJournal

T = TypeVar("T")
LIMIT_SECONDS = 60.0
PAUSE = 0.02  # seconds between two questions
ALL = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The exchange in numbers; a delivery is an entry to one partner."""

    agreements: int
    requests: int
    notices: int
    meetings: int
    communiques: int
    threat_assessments: int
    missions: int
    operations: int
    events: int
    deployments: int
    incidents: int
    answered: int
    entries: int
    receipts: int
    unreceipted: int


class Journals:
    """The journals of several node directories."""

    def __init__(self, directories: Mapping[AgencyCode, Path]) -> None:
        self._closing = ExitStack()
        self._journals = {
            code: self._closing.enter_context(OrmJournal(directory / load_config(directory).database))
            for code, directory in directories.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closing.close()

    def read(self, code: AgencyCode, ask: Callable[[Reading], T]) -> T:
        """Ask one node's journal."""
        journal = self._journals[code]
        try:
            return journal.read(ask)
        except OperatorFault as fault:
            if fault.code != "journal_closed" or journal is self._journals[code]:
                raise
        return self.read(code, ask)  # it was opened anew between the two lines

    def reopen(self, code: AgencyCode) -> None:
        """Open a node's journal anew, once the node was stopped and runs again."""
        before = self._journals[code]
        self._journals[code] = self._closing.enter_context(OrmJournal(before.path))
        before.close()

    def settle(self, running: Collection[AgencyCode]) -> None:
        """Return once all that the running nodes have for each other is receipted. Raises OperatorFault `demo_stalled`."""
        before: list[tuple[int, int]] | None = None
        until = time.monotonic() + LIMIT_SECONDS
        while True:
            found = [self.read(code, lambda reading: _traffic(reading, running)) for code in sorted(running)]
            if all(open == 0 for open, _ in found) and found == before:
                return
            if time.monotonic() > until:
                raise OperatorFault("demo_stalled", seconds=int(LIMIT_SECONDS))
            before = found
            time.sleep(PAUSE)

    def waiting(self, code: AgencyCode, partner: AgencyCode) -> list[EntryId]:
        """What a node has for a partner without the partner's receipt, oldest first."""

        def ask(reading: Reading) -> list[EntryId]:
            sent = [id for log in _outgoing(reading, {partner}) for id in reading.positions(log.origin, log.receipted, log.size)]
            return sent + [row.entry for row in reading.queue(partner, ALL)]

        return self.read(code, ask)

    def arrivals(self, code: AgencyCode, wanted: Iterable[EntryId]) -> list[EntryId]:
        """Those of `wanted` that the node's folds took, in the order in which they came."""
        meant = frozenset(wanted)
        return self.read(code, lambda reading: [row.id for row in _rows(reading) if row.id in meant and row.outcome == ACCEPTED])

    def dossier(self, code: AgencyCode, dossier: DossierId) -> list[EntryRow]:
        """The entries of a dossier at one node in the fold's order, with their bodies."""

        def ask(reading: Reading) -> list[EntryRow]:
            placed = [row.id for row in reading.dossier_entries(dossier)]
            rows = reading.entries(placed)
            return [rows[id] for id in placed]

        return self.read(code, ask)

    def figures(self) -> Figures:
        """Everything counted, over all nodes; what several nodes hold counts once."""
        rows = {row.id: row for code in self._journals for row in self.read(code, _rows)}
        accepted = [row for row in rows.values() if row.outcome == ACCEPTED]
        openings = Counter(f"{row.kind}.{row.type}" for row in accepted if bytes(row.id) == bytes(row.dossier))
        logs = [log for code in self._journals for log in self.read(code, lambda reading: _outgoing(reading, None))]
        queued = sum(sum(self.read(code, lambda reading: reading.queue_counts()).values()) for code in self._journals)
        return Figures(
            agreements=openings["agreement.propose"],
            requests=openings["information_request.request"],
            notices=openings["information_request.notice"],
            meetings=openings["meeting.convene"],
            communiques=openings["communique.draft"],
            threat_assessments=openings["threat_assessment.begin"],
            missions=openings["expertise_mission.request"] + openings["expertise_mission.propose"],
            operations=openings["joint_operation.propose"],
            events=openings["major_event.announce"],
            deployments=len(_deployed(accepted)),
            incidents=openings["event_incident.report"],
            answered=len({row.dossier for row in accepted if row.type == "answer"}),
            entries=len(rows),
            receipts=sum(log.receipted for log in logs),
            unreceipted=sum(log.size - log.receipted for log in logs) + queued,
        )


def _rows(reading: Reading) -> list[EntryRow]:
    return [row for _, row in reading.entries_by_arrival(0, ALL)]


def _deployed(rows: Iterable[EntryRow]) -> set[EntryId]:
    """The offers of which somebody reported how they stand."""
    told = (parse_coded(parse_header(row.header).coded, Status) for row in rows if (row.kind, row.type) == (REINFORCEMENT, "status"))
    return {one.offer for one in told if isinstance(one, Status)}


def _outgoing(reading: Reading, partners: Collection[AgencyCode] | None) -> list[LogRow]:
    return [log for log in reading.logs() if log.outgoing and (partners is None or log.partner in partners)]


def _traffic(reading: Reading, running: Collection[AgencyCode]) -> tuple[int, int]:
    """How much is on its way to or from the running partners, files too, and how far their receipts go."""
    logs = _outgoing(reading, running)
    queued = sum(count for partner, count in reading.queue_counts().items() if partner in running)
    files = sum(1 for partner in running for _ in wanted_from(reading, partner, ALL))
    return queued + files + sum(log.size - log.receipted for log in logs), sum(log.receipted for log in logs)
