# SPDX-License-Identifier: EUPL-1.2
"""Words put into another agency's mouth: whoever sends an entry with another's name on it makes nobody say it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amana.node.ports import QueueRow, Reading
from amana.protocol.entry import entry_id
from amana.protocol.envelope import Slot
from amana.protocol.identifiers import AgencyCode, EntryId
from amana.protocol.sync import Notice
from amana.simulation.agency import Agency
from tests.federation.acts import PARIS, RABAT, TEMARA
from tests.node.hostile import Forge, forge


def holds(agency: Agency, id: EntryId) -> bool:
    return bool(agency.journal.read(lambda reading: reading.present([id])))


def queue_to(code: AgencyCode) -> Callable[[Reading], list[QueueRow]]:
    return lambda reading: reading.queue(code, 1000)


def in_its_name(f: Forge) -> Slot:
    """An entry that says it is by the victim, to the villain and the third agency."""
    return f.entry(text="Nous l'avons dit.", author=PARIS, audience=(RABAT, TEMARA), previous=b"")


def rebuilt(f: Forge) -> None:
    f.victim.rebuild()


def restarted(f: Forge) -> None:
    f.victim.start()


def in_a_new_run(f: Forge) -> None:
    """Its partners lost, its log is continued as the next run: what nobody receipted is sent again."""
    f.victim.renew_card(run=2)
    f.victim.rebuild()


@pytest.mark.parametrize("then", [rebuilt, restarted, in_a_new_run])
def test_a_node_never_signs_what_a_partner_said_in_its_name(then: Callable[[Forge], None]) -> None:
    f = forge()
    slot = in_its_name(f)
    id = EntryId(entry_id(slot.header_bytes))
    assert f.send(slot) is Notice.NONE  # received, receipted, set aside
    assert holds(f.victim, id)
    then(f)
    queued = [row.entry for code in f.made.agencies for row in f.victim.journal.read(queue_to(code))]
    assert id not in queued
    for partner in (TEMARA, RABAT):
        for _ in range(4):
            f.made.exchange(PARIS, partner)
    assert not holds(f.made[TEMARA], id)
    assert not holds(f.made[RABAT], id)
    assert f.victim.verify().ok


def test_an_entry_in_another_name_is_in_no_dossier() -> None:
    f = forge()
    f.send(in_its_name(f), f.entry(author=TEMARA, audience=(PARIS, RABAT), previous=b""))
    before = f.victim.journal.read(lambda reading: reading.dossier_entries(f.dossier))
    assert {row.author for row in before} <= {RABAT, PARIS}
    assert all(row.outcome == "" for row in before)
