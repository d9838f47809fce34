# SPDX-License-Identifier: EUPL-1.2
"""The whole case of a joint operation leaves as one pack, is verified with nothing but the file, and is read elsewhere."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from amana.compose.opening import open_node
from amana.compose.packing import verify_pack_file
from amana.dossiers.joint_operation.counting import totals
from amana.dossiers.joint_operation.state import OperationState
from amana.node.access import open_scope
from amana.node.actions.act import act
from amana.node.packs.making import make_pack
from amana.node.packs.taking import open_pack, take_pack
from amana.node.packs.unfolding import unfold_pack
from amana.node.queries.rows import state_of
from amana.protocol.errors import PeerFault
from amana.protocol.pack import read_frames, verify_pack
from amana.storage.memory.journal import MemoryJournal
from tests.compose.pairs import PARIS, RABAT, both_open, exchange, make_partners
from tests.compose.test_packs import other, say
from tests.federation.acts import DAY
from tests.federation.acts import TERMS as USUAL

__all__ = ["other"]  # a fixture: a node that was never there
TERMS = {**USUAL, "forms": ["joint_operation"], "articles": [{"number": "4", "areas": ["drugs"], "forms": ["joint_operation"]}]}
SECRET = "Aiguille-Annexe"
POINT = "+33 6 00 00 00 77"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An operation with a log, an exhibit, a result of each and a comparison, as a pack for the files."""
    home = tmp_path_factory.mktemp("operation")
    make_partners(home)
    with both_open(home) as (rabat, paris):
        agreement = say(rabat, "agreement.propose", to=[PARIS], title="Accord", coded=TERMS).dossier
        exchange(rabat, paris)
        say(paris, "agreement.consent", dossier=agreement.hex())
        exchange(rabat, paris)
        now = paris.node.clock.now()
        hours = {"area": "drugs", "starts": now, "ends": now + DAY}
        operation = say(paris, "joint_operation.propose", to=[RABAT], title="Opération", coded=hours).dossier
        case = {"operation": operation.hex()}
        seizure = {**case, "at": now, "type": "drugs", "substance": "heroin", "amount": 900, "origin": "search"}
        exhibit = say(paris, "exhibit.register", title="Sachet", coded=seizure, detail={"label": "OP-1"}).dossier
        log = say(paris, "action_log.open", title="Main courante", coded=case).dossier
        deconfliction = say(paris, "deconfliction.begin", to=[RABAT], title="Avant", coded=case).dossier
        exchange(rabat, paris)
        for one in (rabat, paris):
            found = {"at": now, "type": "drugs", "substance": "heroin", "amount": 900, "unit": "gram", "exhibit": exhibit.hex()}
            say(one, "joint_operation.result", dossier=operation.hex(), coded=found)
            say(one, "action_log.line", dossier=log.hex(), text="Entrée", coded={"at": now, "category": "search"})
            notes = {"texts": [{"part": "notes", "text": SECRET}], "points": [{"kind": "phone", "value": POINT}]}
            act(one.node, "desk", {"action": "annex", "dossier": operation.hex(), "detail": notes})
            exchange(rabat, paris)
            act(one.node, "desk", {"action": "deconflict", "dossier": deconfliction.hex()})
            exchange(rabat, paris)
        made = make_pack(paris.node, open_scope(paris.node, "desk"), operation, persons=True)
        file = home / "operation.amana-pack"
        file.write_bytes(made.content)
    return file


def test_the_whole_case_is_verified_without_a_node(file: Path) -> None:
    shown = verify_pack_file(file)
    assert shown["ok"]
    assert (shown["kind"], shown["dossiers"], shown["kept_bodies"]) == ("joint_operation", 4, {})
    assert shown["entries"] == shown["cosigned"] >= 12


def test_nothing_of_the_annex_is_in_any_byte(file: Path) -> None:
    content = file.read_bytes()
    assert SECRET.encode() not in content
    assert POINT.encode() not in content


def test_whatever_byte_is_changed_the_pack_is_refused(file: Path) -> None:
    content, chosen = file.read_bytes(), random.Random(7)
    for place in {0, len(content) - 1, *(chosen.randrange(len(content)) for _ in range(500))}:
        changed = bytearray(content)
        changed[place] ^= 1 << chosen.randrange(8)
        with pytest.raises(PeerFault):
            verify_pack(read_frames(bytes(changed)))


def test_another_node_reads_it_apart_with_the_same_figures(file: Path, other: Path) -> None:
    with open_node(other) as spain:
        scope = open_scope(spain.node, "desk")
        id = take_pack(spain.node, scope, file.read_bytes())
        pack = spain.journal.read(lambda reading: open_pack(reading, id))
        apart = MemoryJournal()
        apart.write(lambda writing: unfold_pack(writing, pack, spain.node.code))
        row = apart.read(lambda reading: next(iter(reading.dossiers(kind="joint_operation"))))
        state = state_of(row)
        assert isinstance(state, OperationState)
        assert [(one.amount, one.said) for one in totals(state)] == [(900, 1800)]
        assert spain.journal.read(lambda reading: reading.dossier(row.id)) is None  # nothing of it is this node's own
