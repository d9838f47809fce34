# SPDX-License-Identifier: EUPL-1.2
"""Acts put together from acts, for the suites that every journal passes."""

from __future__ import annotations

from collections.abc import Callable

from amana.node.ports import EntryRow, Reading, Writing
from amana.protocol.errors import Refusal
from tests.storage.rows import PARIS, TO_PARIS, dossier_id, entry_id

ABSENT = entry_id(404)


def refuse_after(act: Callable[[Writing], object]) -> Callable[[Writing], None]:
    """`act`, then a refusal."""

    def refused(writing: Writing) -> None:
        act(writing)
        raise Refusal("not_your_turn")

    return refused


def all_of(*acts: Callable[[Writing], object]) -> Callable[[Writing], None]:
    """These acts as one."""

    def together(writing: Writing) -> None:
        for act in acts:
            act(writing)

    return together


def bodiless(rows: list[EntryRow]) -> list[EntryRow]:
    return [row._replace(body=b"") for row in rows]


def facts(r: Reading) -> tuple[object, ...]:
    return r.entries_by_arrival(0, 9), r.positions(TO_PARIS, 0, 9), r.steps(TO_PARIS), r.logs(), r.local_after(0, 9), r.files()


def derived(r: Reading) -> tuple[object, ...]:
    queue, waiting, ordered = r.queue(PARIS, 9), r.waiting_for([entry_id(3)]), r.dossier_entries(dossier_id(1))
    return queue, waiting, ordered, r.dossiers(), r.snapshots(dossier_id(1)), r.records("officer")
